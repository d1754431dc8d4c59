"""What speaks for and against one whom a passage may be given to: nearness, gender, office, name."""

from __future__ import annotations

from collections.abc import Iterable

from discourse.attribution.endings import key
from discourse.attribution.finder import Report
from discourse.attribution.givennames import given_gender
from discourse.attribution.grammar import DASH, M1, MASCULINE, QUOTE, F
from discourse.attribution.lexicon import words
from discourse.attribution.mentions import Mentions
from discourse.attribution.namedbodies import NamedBody
from discourse.attribution.questions import DESCRIPTION, Question, far
from discourse.attribution.speaker import Speaker

#: Words that begin what is asked before an answer.
_ASKED = words(
    "pytany pytana zapytany zapytana dopytywany dopytywana spytany spytana indagowany indagowana dopytany dopytana "
    "pytani zapytani pytanie sugestia"
)
#: Where an office is held that needs no telling.
_HOME = key("polski")


class Likeness(Mentions):
    """How well somebody fits a question."""

    @staticmethod
    def _clashes(question: Question, one: Speaker, wanted: int) -> bool:
        """Whether a verb or pronoun asks for the other gender than a given name surely has."""
        if question.kind == DESCRIPTION or not wanted or not one.key or one.gender & wanted:
            return False
        return given_gender(one.name) == one.gender != 0

    def _unmarked(self, report: Report) -> bool:
        """Whether words before their cue stand without quotation marks and dash: none tells where they begin."""
        article = self.article
        if not report.tokens or report.tokens[0][0] >= report.at:
            return False
        first = report.tokens[0][0]
        return article.quote[first] < 0 and not (first and article.kind[first - 1] in (DASH, QUOTE))

    def _asked_about(self, at: int) -> range:
        """The words of a question before its answer (pytany o Sowę, odparł): whom they name does not answer."""
        article = self.article
        for begin in range(at - 1, max(article.sent_lo[at], at - 40) - 1, -1):
            if article.lemma[begin] in _ASKED or article.low[begin] in _ASKED:
                return range(begin, at)
        return range(0)

    def _around(self, mark: int, report: Report) -> Iterable[str]:
        """How near to words without a cue somebody is named."""
        article, places = self.article, self.places.get(mark, [])
        lo, hi = report.tokens[0][0], report.tokens[-1][1]
        last = min(hi, len(article) - 1)
        if any(article.sent_lo[lo] <= place < article.sent_hi[last - 1] for place in places):
            yield "same sentence"
        if any(hi <= place < hi + 12 for place in places):
            yield "right after"
        if any(lo - 12 <= place < lo for place in places):
            yield "right before"
        if any(article.par_lo[lo] <= place < article.par_hi[last - 1] for place in places):
            yield "same paragraph"
        if any(place < article.par_hi[0] for place in places):
            yield "in title"

    def _of_body(self, question: Question, one: NamedBody, first: bool) -> Iterable[str]:
        """How near a body is named, whether as what the description says."""
        article = self.article
        away = far(self.sentence[question.begins] - self.sentence[one.place])
        sort = question.sort or question.kind
        proper = "proper" if one.proper else "common"
        yield f"body {away}"
        yield f"body {proper}, {sort}"
        yield f"body {one.role}, {sort}"
        if first:
            yield "body nearest"
            yield f"body nearest, {sort}"
        if question.head >= 0:
            same = "same" if question.root == one.root else "other"
            yield f"body noun {same}"
            yield f"body noun {same}, {proper}"
            yield f"body noun {same}, {away}"
            yield f"body noun {same}, {'bare' if question.bare else 'long'}"
        if article.start[one.place] < article.title_end:
            yield "body in title"

    def _of_question(self, question: Question, name: str) -> Iterable[str]:
        if question.kind != DESCRIPTION:
            yield f"{name}: {question.kind}"
            yield f"{name}: {question.report.type}"
            if question.report.mask >> 5 and not question.report.mask & 31:
                yield f"{name}: plural"
            return
        yield f"{name}: {question.plain or 'no noun'}"
        yield f"{name}: {question.sort}"
        yield f"{name}: {'bare' if question.bare else 'long'}"
        yield f"{name}: {question.plain} {'bare' if question.bare else 'long'}"
        if question.head >= 0:
            yield f"{name}: noun {self.article.lemma[question.head].lower()}"
            if self.article.number[question.head] == 2:
                yield f"{name}: plural noun"
        if question.links:
            yield f"{name}: links"

    def _held(self, question: Question, one: Speaker) -> Iterable[str]:
        """Whether a person of public life held the office that the noun tells, and whether there."""
        noun = self.cast.noun(question.head)
        held = [office for office in one.held if noun in office.nouns]
        of = question.of | {key(noun)}  # RPO says it all
        if not held:
            yield "held no such office"
        elif any(all(group & of for group in office.of) for office in held):
            yield "held this office"
        elif question.of:
            yield "held such an office elsewhere"
        else:
            home = any(_HOME in group for office in held for group in office.of)
            yield "held such an office at home" if home else "held such an office"

    def _kind(self, question: Question, one: Speaker) -> Iterable[str]:
        """Whether the press calls a body by the noun, and whether it is whose the description says."""
        kinds = self.cast.lexicon.kinds_of(one.name)
        if not kinds:
            return
        noun, size = self.cast.noun(question.head), "bare" if question.bare else "long"
        same = [kind for kind in kinds if noun in kind.nouns]
        if not same:
            yield "body of another kind"
            yield f"body of another kind, {size}"
            return
        yield "body of this kind"
        yield f"body of this kind, {size}"
        if question.of:
            there = any(group & question.of for kind in same for group in kind.of)
            yield "body of this kind, there" if there else "body of this kind, elsewhere"

    def _of_speaker(self, question: Question, one: Speaker) -> Iterable[str]:
        article = self.article
        role = one.shown_role()
        sort = "person" if one.key else "human" if one.person else "document" if role == "document" else "body"
        yield f"{question.kind} {sort}"
        mask = question.report.mask
        single = mask & 31
        wanted = self._wanted(question)
        known = (
            F if one.gender & F and not one.gender & MASCULINE else M1 if one.gender & M1 and not one.gender & F else 0
        )
        if wanted and known:
            sure = "sure" if one.key and given_gender(one.name) == known else "guessed"
            agrees = "gender agrees" if wanted == known else "gender differs"
            yield agrees
            yield f"{agrees}, {sure}, {question.sort}"
            if wanted == F:
                yield f"{agrees}, {sure}, of her"
        elif wanted:
            yield "gender untold"
        if mask >> 5 and not single:
            yield f"plural verb, {'plural' if one.plural else sort}"
        if question.kind != DESCRIPTION or one is question.own:
            return
        plain = question.plain
        if question.head >= 0:
            root = question.root
            if one.held:
                yield from self._held(question, one)
            elif not one.key:
                yield from self._kind(question, one)
            if root in one.offices:
                yield "in this office"
                yield f"in this office, {'bare' if question.bare else 'long'}"
            elif one.offices:
                yield "in another office"
            if root in one.descriptors:
                alike = "shared" if question.links & one.links else "differ" if one.links else "untold"
                yield f"described so, links {alike if question.links else None}"
                yield "described so"
                yield f"described so, {'bare' if question.bare else 'long'}"
            elif one.descriptors:
                yield "described otherwise"
        if plain:
            yield f"role {'same' if role == plain else 'untold' if role is None else 'other'}"
            yield f"{plain}, role {'same' if role == plain else 'untold' if role is None else 'other'}"
            yield f"{plain} {sort}"
        yield f"{question.sort}, {sort}"
        yield f"{question.sort}, {sort}, {'bare' if question.bare else 'long'}"
        if question.head >= 0 and article.number[question.head] == 2 and not one.plural:
            yield f"plural noun, {sort}"
        if question.links:
            shared = question.links & one.links
            yield "links shared" if shared else "links differ" if one.links else "links untold"
            if one.key in question.links:
                yield "named in it"
        yield f"{sort} {'bare' if question.bare else 'long'}"
