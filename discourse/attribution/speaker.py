"""One who speaks, and the words by which speakers are compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from discourse.attribution import roles
from discourse.attribution.entries import Held
from discourse.attribution.grammar import ADJ, NUM, PARTICIPLE, PLAIN
from discourse.attribution.view import Article


@dataclass(slots=True, eq=False)
class Speaker:
    """One who speaks or might: name, gender bits (0 where unknown), what is said of them, where they stand."""

    name: str
    person: bool
    gender: int = 0
    plural: bool = False
    key: str = ""
    human: bool = False  # whether a noun of a person stands beside some mention
    signs: list[roles.Sign] = field(default_factory=list)
    descriptors: set[str] = field(default_factory=set)  # roots of the nouns that describe them
    offices: frozenset[str] = frozenset()  # roots of the nouns by which the press calls a person of public life
    held: tuple[Held, ...] = ()  # the offices that a person of public life held
    links: set[str] = field(
        default_factory=set
    )  # keys of the names in those descriptions: whose minister, whose spokesman
    titles: dict[str, None] = field(default_factory=dict)
    affiliation: str = ""  # the first body that a person is said to belong to, as it stands
    mentions: list[int] = field(default_factory=list)  # tokens of their reports
    role: str = "other"
    evidence: str = ""
    heard: set[roles.Sign] = field(default_factory=set)
    decided: tuple[list[roles.Sign], int, str | None] | None = None  # signs, their number then, the role they gave

    def hear(self, signs: Iterable[roles.Sign]) -> None:
        """Take signs of a role, each once: an article that says the same a thousand times says it."""
        for sign in signs:
            if sign not in self.heard:
                self.heard.add(sign)
                self.signs.append(sign)

    def shown_role(self) -> str | None:
        """The role that the signs seen so far give, decided anew only where there are more of them."""
        known = self.decided
        if known is None or known[0] is not self.signs or known[1] != len(self.signs):
            self.decided = known = self.signs, len(self.signs), roles.decide(self.signs)[0]
        return known[2]


def short(article: Article, lo: int, hi: int, head: int) -> bool:
    """Whether a phrase is a bare noun with adjectives at most (ten specjalista), so that it points back to somebody."""
    return all(
        at == head
        or article.kind[at] != PLAIN
        or article.cls[at] in (ADJ, PARTICIPLE, NUM)
        or article.low[at] in ("jego", "jej", "ich")
        for at in range(lo, hi)
    )


def root_of(lemma: str) -> str:
    """What the masculine and the feminine name of a profession share: ekspert, ekspertka."""
    for ending in ("czyni", "ka", "yni", "owa", "a"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)][: max(4, len(lemma) - len(ending) - 1)]
    return lemma[: max(4, len(lemma) - 1)] if len(lemma) > 4 else lemma


_MARKS = frozenset('„”"«»“')


def bare(text: str) -> str:
    """The text without the quotation marks around it, and without any that have no fellow (źródła „Fali”: as it is)."""
    text = text.strip()
    marks = [at for at, letter in enumerate(text) if letter in _MARKS]
    if len(marks) == 2 and marks[0] > 0:
        return text
    return "".join(letter for letter in text if letter not in _MARKS).strip()
