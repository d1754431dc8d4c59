"""Bodies and texts: the full names that bare nouns and acronyms mean, names in the nominative."""

from __future__ import annotations

from discourse.attribution import roles
from discourse.attribution.grammar import (
    ADJ,
    DASH,
    GEN,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    PARTICIPLE,
    PLAIN,
    PREP,
    QUOTE,
    UNKNOWN,
    F,
)
from discourse.attribution.lexicon import Lexicon
from discourse.attribution.nounphrases import phrase_end
from discourse.attribution.speaker import bare
from discourse.attribution.view import Article


def _adjective(lemma: str, form: str, gender: int) -> str:
    if not lemma.endswith(("y", "i")):
        return form
    word = lemma
    if gender & F and not gender & M1:
        word = lemma[:-1] + ("a" if not lemma.endswith("i") or lemma.endswith(("ki", "gi")) else "ia")
    elif gender & 16 and not gender & (M1 | F):
        word = lemma[:-1] + "e" if not lemma.endswith("i") else lemma + "e"
    return word[:1].upper() + word[1:] if form[:1].isupper() else word


#: Endings of nouns in the nominative plural: of persons, and of all else.
_PERSONS = (("sta", "ści"), ("ca", "cy"), ("kt", "kci"), ("nt", "nci"), ("rt", "rci"), ("owiec", "owcy"), ("iec", "cy"),
    ("ec", "cy"), ("arz", "arze"), ("erz", "erze"), ("rz", "rze"), ("ciel", "ciele"), ("cz", "cze"), ("log", "lodzy"),
    ("g", "dzy"), ("k", "cy"), ("r", "rzy"), ("t", "ci"), ("d", "dzi"), ("n", "ni"), ("f", "fowie"),
    ("ł", "li"))  # fmt: skip
_THINGS = (("dana", "dane"), ("ka", "ki"), ("ga", "gi"), ("ia", "ie"), ("ja", "je"), ("ca", "ce"), ("la", "le"),
    ("ni", "nie"), ("cza", "cze"), ("sza", "sze"), ("a", "y"), ("nie", "nia"), ("cie", "cia"), ("o", "a"), ("e", "a"),
    ("k", "ki"), ("g", "gi"), ("ść", "ści"), ("ć", "cie"), ("ń", "nie"), ("l", "le"), ("c", "ce"), ("sz", "sze"),
    ("rz", "rze"), ("ż", "że"), ("j", "je"), ("", "y"))  # fmt: skip
_IRREGULAR = {"człowiek": "ludzie", "osoba": "osoby", "lekarz": "lekarze", "ekspertyza": "ekspertyzy"}


def plural(lemma: str, persons: bool) -> str:
    """The nominative plural of a noun, as far as its ending tells (ekspert: eksperci, dana: dane)."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    for ending, put in _PERSONS if persons and not lemma.endswith("ka") else _THINGS:
        if lemma.endswith(ending):
            return lemma[: len(lemma) - len(ending)] + put
    return lemma


def _virile(stem: str) -> str:
    """The adjective of several men from that of one (rządowy: rządowi, polski: polscy)."""
    for ending, put in (("ki", "cy"), ("gi", "dzy"), ("ry", "rzy"), ("sty", "ści"), ("ty", "ci"), ("dy", "dzi"),
                        ("ły", "li"), ("szy", "si"), ("czy", "czy"), ("cy", "cy")):  # fmt: skip
        if stem.endswith(ending):
            return stem[: -len(ending)] + put
    return stem[:-1] + "i" if stem.endswith("y") else stem


class Bodies:
    """The bodies and texts that an article names, and its words as the lexicon knows them."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self._by_capital: dict[str, list[int]] | None = None
        self._expansions: dict[str, tuple[int, int] | None] = {}

    def is_body(self, lo: int, hi: int) -> bool:
        """Whether the last words of a stretch are the name of a known body (New York Times)."""
        words = self.words(lo, hi)
        return any(
            length and at + length == len(words)
            for at in range(len(words))
            for length in (roles.phrase(words, at, self.lexicon)[0],)
        )

    def words(self, lo: int, hi: int) -> list[roles.Word]:
        """The words of a stretch without its marks, as the evidence of roles."""
        article = self.article
        return [(self.noun(at), article.form[at]) for at in range(lo, hi) if article.kind[at] == PLAIN]

    def noun(self, at: int) -> str:
        """The lemma, or the noun of a person that the form may belong to where the chosen lemma is none (analityka)."""
        article, persons = self.article, self.lexicon.persons
        if article.case[at] & GEN and f"{article.low[at]}a" in self.lexicon.documents:
            return f"{article.low[at]}a"  # ze statystyk
        if article.low[at] == "liście":
            return "list"
        if article.lemma[at] in persons or article.cap[at]:
            return article.lemma[at]
        low = article.low[at]
        return low if low in persons else low[:-1] if low.endswith("a") and low[:-1] in persons else article.lemma[at]

    def is_person_noun(self, at: int) -> bool:
        return self.noun(at) in self.lexicon.persons or self.article.low[at] in self.lexicon.persons

    def expansion(self, acronym: str) -> tuple[int, int] | None:
        """Where the article spells an acronym out in capitals (KE: Komisja Europejska), as tokens."""
        article = self.article
        if not (acronym.isupper() and 2 <= len(acronym) <= 5):
            return None
        if acronym not in self._expansions:
            size = len(acronym)
            self._expansions[acronym] = next(
                (
                    (at, at + size)
                    for at in self._capitals().get(acronym[0], ())
                    if at + size <= len(article)
                    and all(
                        article.form[at + place][:1] == letter
                        and len(article.form[at + place]) > 2
                        and not article.form[at + place].isupper()
                        for place, letter in enumerate(acronym)
                    )
                ),
                None,
            )
        return self._expansions[acronym]

    def _capitals(self) -> dict[str, list[int]]:
        """The tokens that begin with a capital, by that capital."""
        if self._by_capital is None:
            self._by_capital = {}
            for at, cap in enumerate(self.article.cap):
                if cap:
                    many = self._by_capital.setdefault(self.article.form[at][:1], [])
                    if len(many) < 400:
                        many.append(at)
        return self._by_capital

    def body(self, head: int) -> str | None:
        """The full name of the body that a bare noun means (instytut: Instytut Rzek), if the article has it."""
        article = self.article
        lemma = article.lemma[head]
        for at in self._bodies().get(lemma, ()):
            end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
            while end > at + 2 and article.cls[end - 1] == PREP:
                end -= 1
            stop = at + 1
            while stop < end and (
                article.cap[stop] or article.kind[stop] in (QUOTE, DASH) or article.low[stop] in ("i", "oraz")
            ):
                stop += 1
            if stop - at > 1:
                return self.in_nominative(at, stop, article.case[at] or NOM)
        return None

    def document(self, head: int) -> str | None:
        """The text that a bare noun means (raport: raport regionalnej izby), by its first fuller mention."""
        article = self.article
        for at in article.voices[:2000]:
            nxt = at + 1
            if article.lemma[at] != article.lemma[head] or at == head or nxt >= len(article):
                continue
            if article.cls[nxt] in NOMINAL and article.cases[nxt] & GEN and article.kind[nxt] == PLAIN:
                end = phrase_end(article, at, article.sent_hi[at], article.case[at] or NOM)
                stop = next((place for place in range(nxt, end) if article.cls[place] == PREP), end)
                if stop > nxt and article.number[at] & 1:
                    return self.in_nominative(at, stop, article.case[at] or NOM)
        return None

    def _bodies(self) -> dict[str, list[int]]:
        article = self.article
        found: dict[str, list[int]] = {}
        for at in article.voices:
            many = found.setdefault(article.lemma[at], [])
            if article.cap[at] and at + 1 < len(article) and article.cap[at + 1] and len(many) < 5:
                many.append(at)
        return found

    def in_nominative(self, lo: int, hi: int, case: int) -> str:
        """A noun phrase in the nominative, as far as lemmas and the endings of adjectives allow."""
        article = self.article
        if case == NOM or article.cls[lo] == UNKNOWN or self.is_body(lo, hi):
            return bare(article.text(lo, hi))
        if article.lemma[lo] == "jeden":
            return f"{'jedna' if article.gender[lo] == F else 'jeden'} {bare(article.text(lo + 1, hi))}".strip()
        while lo + 1 < hi and article.lemma[lo] in ("ten", "taki", "ów", "tamten"):
            lo += 1
        head = next((at for at in range(lo, hi) if article.cls[at] in (NOUN, UNKNOWN)), lo)
        plural_ = bool(article.number[head] & 2) and not article.number[head] & 1
        men = bool(article.gender[head] & M1) and not article.gender[head] & F
        text = ""
        for at in range(lo, hi):
            word = article.form[at]
            if at == head and article.cls[at] == NOUN and article.kind[at] == PLAIN and not plural_:
                lemma = self.noun(at)
                word = lemma[:1].upper() + lemma[1:] if word[:1].isupper() else lemma
            elif at == head and plural_ and article.cls[at] == NOUN and article.kind[at] == PLAIN:
                lemma = self.noun(at)
                word = plural(lemma, men)
                word = word[:1].upper() + word[1:] if article.cap[at] else word
            elif (
                plural_
                and article.cls[at] in (ADJ, PARTICIPLE)
                and (at < head or at == head + 1)
                and article.low[at].endswith(("ych", "ich", "ymi", "imi"))
                and article.cases[at] & article.cases[head] & case
            ):
                base = word[:-2]
                word = _virile(base) if men else base[:-1] + "e" if base.endswith("y") else base + "e"
            elif (
                article.cls[at] in (ADJ, PARTICIPLE)
                and (at < head or at == head + 1)
                and article.cases[at] & case
                and not plural_
                and (article.gender[at] & article.gender[head])
            ):
                word = _adjective(article.lemma[at] if article.cls[at] == ADJ else word, word, article.gender[head])
            text += (" " if at > lo and article.start[at] > article.end[at - 1] else "") + word
        return bare(text)
