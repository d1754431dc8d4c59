"""Posts set into an article, with their signature: *A — Jan Sowa (@jansowa) February 18, 2021*."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from discourse.attribution.finder import DIRECT, Finder, Report

#: A signature: dash, name, handle, and the date in English or Polish where there is one.
_SIGNATURE = re.compile(
    r"[—–-][ \u00a0]?(?P<name>[^\n—()]{2,60}?)[ \u00a0]\(@\w{1,20}\)"
    r"(?:[ \u00a0]?(?:[A-Z][a-z]{2,8}[ \u00a0]\d{1,2},[ \u00a0]\d{4}|\d{1,2}[ \u00a0]\w{3,12}[ \u00a0]\d{4}))?"
)
#: A post has so many characters at most, its links and tags not counted.
_LENGTH = 330


class Posts(Finder):
    """Embedded posts."""

    def _posts(self) -> None:
        """The text before each signature: back to a line break, a lost one, the post before, or a post's length."""
        article = self.article
        if "(@" not in article.string:
            return
        after = 0
        for found in _SIGNATURE.finditer(article.string):
            mark = bisect_left(article.start, found.start())
            lo = self._post_start(mark, after)
            after = bisect_left(article.start, found.end())
            first, last = (
                bisect_left(article.start, found.start("name")),
                bisect_right(article.start, found.end("name") - 1),
            )
            if mark - lo < 2 or first >= last:
                continue
            content = (article.start[lo], article.end[mark - 1])
            self._add(
                Report(DIRECT, [content], None, (first, last), None, None, mark, 1023, tokens=[(lo, mark)], post=True)
            )

    def _post_start(self, mark: int, after: int) -> int:
        """The first token of the post that ends before the signature at `mark`."""
        article = self.article
        floor = max(after, article.par_lo[mark] if mark < len(article) else after)
        if floor >= mark - 1 and mark > 1:
            floor = max(after, article.par_lo[mark - 1])  # the signature has a line of its own
        at = mark
        while at > floor:
            begin = max(article.sent_lo[at - 1], floor)
            if article.end[mark - 1] - article.start[begin] > _LENGTH and at < mark:
                break
            at = begin
            gap = article.start[at] - article.end[at - 1] if at else 0
            if at > floor and (gap > 1 or (not gap and article.cap[at])):
                break
        return at
