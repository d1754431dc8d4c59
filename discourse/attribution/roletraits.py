"""What a name and the places of its mentions tell of a role, where no noun of a person or body says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discourse.attribution.grammar import COMMA, NOMINAL, PLAIN
from discourse.attribution.lexicon import words
from discourse.attribution.speaker import Speaker
from discourse.attribution.view import Article

#: Mentions that are looked at; letters of a word that count, whatever its ending; words of a name.
_MENTIONS, _STEM, _WORDS = 8, 6, 8
#: Tokens after a mention among which the place of the words is looked for, and after z among which whose somebody is.
_AFTER, _OF = 14, 4
#: Where somebody says or writes what an article tells: on whose pages, on whose air, in a post, when asked.
_WHERE = words(
    "łamach antenie rozmowie wywiadzie studiu programie gościem konferencji komunikacie twitterze facebooku tweecie "
    "wpisie komentarzu felietonie artykule"
)
_AGED = ("letni", "letnia", "letniego", "letniej", "latek", "latka")

Span = tuple[int, int]


def traits(article: Article, speaker: Speaker, mentions: Sequence[Span], sources: Sequence[Span]) -> set[str]:
    """What the form of a speaker's name tells, and what stands right beside the mentions and sources of it."""
    found = set(_of_name(speaker))
    spans = mentions[:_MENTIONS] if speaker.key else ()
    if spans:
        lo, hi = spans[0]
        found.add("first by full name" if hi - lo > 1 else "first by surname")
    for lo, hi in spans:
        found |= set(_belonging(article, hi))
        if _aged(article, lo, hi):
            found.add("of an age")
    for _, hi in (*spans, *sources):
        end = min(hi + _AFTER, len(article))
        found |= {f"said in {word}" for word in _WHERE.intersection(article.low[hi:end])}
        if any("@" in form for form in article.form[hi : min(hi + 3, end)]):
            found.add("handle")
    return found


def _of_name(speaker: Speaker) -> Iterator[str]:
    """A person's number of names and the last letter of the first; a body's words, how many, small or capital."""
    parts = speaker.name.split()
    if not parts:
        return
    if speaker.key:
        yield f"names {min(len(parts), 4)}"
        yield f"given name in {parts[0][-1]}"
    else:
        yield "small" if parts[0][0].islower() else "capital"
        yield f"words {min(len(parts), 4)}"
        yield f"head {parts[0][:_STEM].lower()}"
        for part in parts[:_WORDS]:
            yield f"of {part[:_STEM].lower()}"


def _belonging(article: Article, at: int) -> Iterator[str]:
    """Where somebody is from, or of what body, by the words after z (Jan Sowa z Zielonej Doliny)."""
    if at < len(article) and article.kind[at] == COMMA:
        at += 1
    if at + 1 >= len(article) or article.low[at] not in ("z", "ze"):
        return
    yield "from"
    for place in range(at + 1, min(at + 1 + _OF, len(article))):
        if article.kind[place] != PLAIN or article.cls[place] not in NOMINAL:
            return
        yield f"from {article.lemma[place].lower()[:_STEM]}"


def _aged(article: Article, lo: int, hi: int) -> bool:
    """Whether somebody's age stands beside the name, as of those whom nobody knows (43-letni Jan Sowa)."""
    before = range(max(article.sent_lo[lo], lo - 3), lo)
    after = article.low[hi : min(hi + 4, len(article))]
    return any(article.low[at].endswith(_AGED) for at in before) or any(word in ("lat", "l.", "lata") for word in after)
