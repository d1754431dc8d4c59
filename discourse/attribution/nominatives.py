"""Names of persons in the nominative; men's in the genitive by what governs them (*zdaniem Tolbana*)."""

from __future__ import annotations

from collections.abc import Iterable

from discourse.attribution.endings import key
from discourse.attribution.givennames import GIVEN, KEYED, POLISH
from discourse.attribution.grammar import ANY_CASE, GEN, M1, NOM, NOMINAL, PLAIN, SG, UNKNOWN, F
from discourse.attribution.names import ROMAN, Name, may_stand
from discourse.attribution.view import Article

#: What governs a genitive before a name.
GOVERNING = frozenset(("zdaniem", "według", "wg", "wedle", "od", "do", "dla", "u", "wobec", "bez", "opinii", "ocenie"))
#: Consonants after which a final *k* loses no *e* in the genitive: Park, Bank, Wilk, Clark.
_BEFORE_K = frozenset("rlnscaeiouyąęó")


def declined(article: Article, name: Name, person_noun: bool) -> bool:
    """Whether a name is surely a man's in the genitive: no woman's name ends in -a there (zdaniem Tolbana)."""
    before, last = name.lo - 1, name.hi - 1
    if before < article.sent_lo[name.lo] or article.kind[last] != PLAIN:
        return False
    form, unknown = article.form[last], article.cases[last] == ANY_CASE
    if unknown and not form.endswith(("a", "ego")):
        return False
    if article.low[before] in GOVERNING:
        return unknown and form.endswith("a") and len(form) > 3
    man = person_noun and article.gender[before] != F and article.number[before] == SG
    oblique = article.case[before] == GEN or not article.cases[before] & NOM
    first = article.nominative[name.lo] | article.gender[name.lo]
    woman = name.parts > 1 and article.cases[name.lo] != ANY_CASE and not first & M1
    return bool(man and oblique and not woman and article.cases[last] & GEN)


def mark(article: Article, names: Iterable[Name], person_nouns: frozenset[int]) -> None:
    """Mark the names that are surely in the genitive, and the same forms elsewhere."""
    names = list(names)
    found = [name for name in names if declined(article, name, name.lo - 1 in person_nouns)]
    sure = (name for name in found if not article.cases[name.lo - 1] & NOM and article.cases[name.hi - 1] == ANY_CASE)
    forms = {article.form[name.hi - 1] for name in sure}
    same = [name for name in names if article.form[name.hi - 1] in forms]
    for name in found + [name for name in same if name.parts == 1 or article.form[name.lo].endswith("a")]:
        name.gender, name.nominative, name.subject, name.genitive = M1, False, False, True


def nominative(article: Article, name: Name) -> str:
    """The name in the nominative: as written where it stands in it, else by lemmas and endings."""
    if name.genitive:
        return _from_genitive(article, name.lo, name.hi)
    first = name.lo
    given = article.form[first]
    settled = name.parts > 1 and article.case[first] & NOM and (given in POLISH or given.endswith("a"))
    if name.subject or settled or (article.cls[first] == UNKNOWN and name.parts == 1):
        return article.text(name.lo, name.hi)
    text = ""
    for at in range(name.lo, name.hi):
        word = article.form[at]
        if article.kind[at] == PLAIN and article.cap[at] and not ROMAN.fullmatch(word):
            if at == first and name.parts > 1 and article.cases[at] == ANY_CASE and word in GIVEN:
                text += word
                continue  # Danny
            oblique = at > first and name.gender == M1 and not article.cases[first] & NOM
            if oblique and word.endswith(("owa", "ewa")):
                word = word[:-1]  # Michaiła Iwanowa
            elif oblique and article.cases[at] == ANY_CASE and article.lemma[at] == word:
                word = _without_ending(word, name.gender)  # Tima Malloya
            elif article.cls[at] in NOMINAL and article.cls[at] != UNKNOWN and not may_stand(article, at):
                lemma = article.lemma[at]
                if at == first and lemma not in GIVEN and (known := KEYED.get(key(word))) is not None:
                    lemma = known  # Baracka
                word = lemma[:1].upper() + lemma[1:]
                if name.gender == F and word.endswith(("ski", "cki", "dzki", "owy")):
                    word = word[:-1] + "a"
            elif word.endswith(("ę", "ą")) and len(word) > 3:
                word = word[:-1] + "a"
            elif article.cls[first] != UNKNOWN and not may_stand(article, at):
                word = _without_ending(word, name.gender)
        text += (" " if at > name.lo and article.start[at] > article.end[at - 1] else "") + word
    return text


def _without_ending(word: str, gender: int) -> str:
    """The nominative that an unknown surname may have (Sułockiego: Sułocki, Bakera: Baker)."""
    if gender == F:
        return word[:-2] + "a" if word.endswith(("skiej", "ckiej", "owej")) else word
    for ending, put in (
        ("kiego", "ki"),
        ("kiemu", "ki"),
        ("kim", "ki"),
        ("ego", "y"),
        ("'a", ""),
        ("’a", ""),
        ("owi", ""),
        ("iem", ""),
        ("em", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + put
    return word[:-1] if word.endswith("a") and len(word) > 4 and word[-2] not in "aeiouyąęó" else word


def _from_genitive(article: Article, lo: int, hi: int) -> str:
    """A man's name in the genitive put into the nominative (Tima Tolbana: Tim Tolban; Budki: Budka)."""
    text = ""
    for at in range(lo, hi):
        word, lemma = article.form[at], article.lemma[at]
        if article.kind[at] == PLAIN and article.cap[at]:
            known = article.cases[at] != ANY_CASE and lemma[:1].isupper() and lemma[:2] == word[:2]
            if known and (not word.endswith("a") or (lemma != word and article.gender[at] != F)):
                word = lemma
            elif word.endswith("a"):
                word = _stem(word)
            else:
                word = _without_ending(word, M1)
        text += (" " if at > lo and article.start[at] > article.end[at - 1] else "") + word
    return text


def _stem(word: str) -> str:
    """A man's name without the -a of the genitive, with the *e* that it lost (Rostka: Rostek)."""
    bare = word.removesuffix("a").rstrip("'’")
    if bare.endswith("k") and len(bare) > 3 and bare[-2].lower() not in _BEFORE_K:
        return f"{bare[:-1]}ek"
    return bare
