"""Names of persons in an article: runs of proper nouns, their nominative, and which of them are one person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from discourse.attribution.bounds import past_joints, within
from discourse.attribution.endings import key, stem
from discourse.attribution.givennames import GIVEN, MEN, POLISH, WOMEN, given_gender
from discourse.attribution.grammar import (
    ADJ,
    ANY_CASE,
    ANY_GENDER,
    BREV,
    DASH,
    GEN,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    PARTICLES,
    PL,
    PLAIN,
    UNKNOWN,
    VOC,
    F,
)
from discourse.attribution.lexicon import Lexicon, words
from discourse.attribution.places import PLACES
from discourse.attribution.typography import has_digit
from discourse.attribution.view import Article
from discourse.attribution.vocabulary import BARRED, BODY, INSTITUTION, PERSON, TABLED

_DEGREES = words("prof dr hab inż mgr ks abp bp kard gen płk mec red mjr kpt")
#: What counts kings and popes.
ROMAN = re.compile("[IVX]+")
_MEN = words("Kuba Barnaba Bonawentura Kosma Sasza Wania Nikita Ilja Luca Andrea")


@dataclass(slots=True)
class Name:
    """A run of proper nouns: its tokens, the key under which its inflected forms meet, its genders (M1, F)."""

    lo: int
    hi: int
    key: str
    nominative: bool  # whether some reading of the whole is
    subject: bool  # whether the chosen reading is
    gender: int
    parts: int = field(default=1)
    genitive: bool = False  # a man's that stands in it for sure


def names(article: Article, lexicon: Lexicon, lo: int = 0, hi: int | None = None) -> list[Name]:
    """The runs of proper nouns between two tokens that may name a person, in order."""
    hi = len(article) if hi is None else hi
    found: list[Name] = []
    end = lo
    for at in within(article.caps, lo, hi):
        if at < end or not (is_proper(article, at, lexicon) or _opens_given(article, at, hi, lexicon)):
            continue
        begin, cases = at, article.cases[at] or ANY_CASE
        end, parts = at + 1, 1
        while end < hi and end - begin < 9 and article.par_lo[end] == article.par_lo[begin]:
            place = past_joints(article, end, hi)
            if place == end and article.kind[place] != PLAIN:
                if (
                    article.form[place] == "."
                    and article.end[place - 1] == article.start[place]
                    and len(article.form[place - 1]) == 1
                ):
                    end = place + 1
                    continue
                break
            if middle_initial(article, place, hi) and not article.word[place + 2] & TABLED:
                end, parts = place + 3, parts + 1
                continue
            hyphen = article.kind[place - 1] == DASH and article.cap[place] and article.kind[place] == PLAIN
            hyphen = hyphen and place == end + 1
            surname = place == begin + 1 and article.cap[place] and _is_surname(article, place, lexicon)
            if not hyphen and not surname and not is_proper(article, place, lexicon):
                break
            if parts == 2 and place == begin + 2 and _is_known_body(article, begin, place, lexicon):
                break  # powiedział Deutsche Welle Jan Sowa
            if _opens_body(article, place, lexicon):
                break  # powiedział Sowa New York Times
            if _opens_name(article, begin, place, hi):
                break  # prezes Work Nurt Jan Sowa
            common = cases & (article.cases[place] or ANY_CASE)
            if surname:
                common = common or cases
            elif not common or (
                article.case[place - 1] == GEN
                and article.case[place] == NOM
                and (article.cases[place] != ANY_CASE or not article.cases[place - 1] & NOM)
            ):
                break
            cases, end, parts = common, place + 1, parts + (not hyphen)
        if initial := _initial(article, begin, end, parts, hi):
            end, parts = initial, parts + 1
        if end < hi and ROMAN.fullmatch(article.form[end]):
            end += 1
        last = end - 1
        while (last > begin and ROMAN.fullmatch(article.form[last])) or (article.kind[last] != PLAIN and last > begin):
            last -= 1
        while last > begin and article.kind[last] != PLAIN:
            last -= 1
        if end - begin == 1 and len(article.form[begin]) == 1:
            continue  # Sputnik V, J&J
        gender = gender_of(article, begin)
        if any(article.form[place].endswith(("ę", "ą")) for place in range(begin, end)):
            cases &= ~NOM  # Nicolę: no name ends so in the nominative
        if _agree(article.form[begin], article.form[last]):
            cases |= NOM
        known = article.cls[last] != UNKNOWN and article.cases[last] != ANY_CASE
        subject = bool(cases & NOM) and (
            known
            or all(may_stand(article, place) for place in range(begin, end) if article.cap[place])
            or (
                gender == F
                and article.form[begin][-1] == article.form[last][-1] == "a"
                and not article.case[begin] & GEN
            )
        )
        if subject and article.form[begin].endswith("a") and article.nominative[begin] & F:
            gender = F  # Lena, whatever the tagger makes of it
        found.append(Name(begin, end, key(article.form[last]), bool(cases & NOM), subject, gender, parts))
    return found


def _agree(given: str, surname: str) -> bool:
    """Whether a name is in the nominative, whatever else the dictionary has its surname for (Larysa Wronowa)."""
    if given.endswith("a"):
        return given in WOMEN and surname.endswith(("owa", "ewa", "ina", "yna"))
    return (given in MEN or given in POLISH) and surname.endswith(("ow", "ew", "in", "yn"))


def _opens_given(article: Article, at: int, hi: int, lexicon: Lexicon) -> bool:
    """Whether a given name that is a common noun too stands right before a surname (Gabriela Nowak)."""
    after = at + 1
    if article.form[at] not in POLISH or article.word[at] & (INSTITUTION | BARRED) or after >= hi:
        return False
    near = article.start[after] == article.end[at] + 1
    return near and article.proper[after] and is_proper(article, after, lexicon)


def _opens_name(article: Article, begin: int, at: int, hi: int) -> bool:
    """Whether a Polish given name begins a person's name right after other capitals (prezes Work Nurt Jan Sowa)."""
    if article.form[at] not in POLISH or at + 1 >= hi or not article.cap[at + 1] or article.kind[at + 1] != PLAIN:
        return False
    before = [article.form[place] for place in range(begin, at) if article.kind[place] == PLAIN]
    return all(form not in GIVEN for form in before) and article.kind[at - 1] == PLAIN


def middle_initial(article: Article, at: int, hi: int) -> bool:
    """Whether a token is the letter of a middle name, its dot and a capital after it (Adam R. Sowa)."""
    return (
        at + 2 < hi
        and len(article.form[at]) == 1
        and article.form[at].isupper()
        and article.form[at + 1] == "."
        and article.start[at + 1] == article.end[at]
        and article.start[at + 2] == article.end[at + 1] + 1
        and article.cap[at - 1]
        and article.cap[at + 2]
        and article.cls[at + 2] in (NOUN, ADJ, UNKNOWN)
        and article.form[at + 2] not in GIVEN
        and article.sent_lo[at + 2] != at + 2
    )


def _initial(article: Article, begin: int, end: int, parts: int, hi: int) -> int:
    """Past the letter that stands for a surname after a given name (Paweł R.); 0 where none does."""
    given = parts == 1 and (article.form[begin] in GIVEN or article.lemma[begin] in GIVEN)
    if not given or end + 1 >= hi or article.form[end + 1] != "." or article.start[end + 1] != article.end[end]:
        return 0
    letter = article.form[end]
    return end + 2 if len(letter) == 1 and letter.isupper() and article.start[end] == article.end[end - 1] + 1 else 0


def _is_surname(article: Article, at: int, lexicon: Lexicon) -> bool:
    """Whether a capital right after a given name is a surname, whatever the dictionary makes of it (Sabina Nowak)."""
    form, before = article.form[at], at - 1
    if not article.cap[at] or article.start[at] != article.end[before] + 1 or form.isupper() or has_digit(form):
        return False
    lemma = article.lemma[before]
    if not (article.form[before] in GIVEN or lemma in GIVEN or lemma.capitalize() in POLISH):
        return False
    low = article.low[at]
    known = article.word[at] & TABLED
    return not (
        known or low in PARTICLES or low.startswith(("południow", "północn")) or _opens_body(article, at, lexicon)
    )


def may_stand(article: Article, at: int) -> bool:
    """Whether a name stands in the nominative by its chosen reading, or by its form where no dictionary has it."""
    return bool(
        article.case[at] & NOM
        or article.cls[at] == UNKNOWN
        or (article.form[at] in POLISH and not article.form[at].endswith("a"))
        or (
            article.cases[at] == ANY_CASE
            and (article.case[at] & VOC or article.form[at] == article.lemma[at] or article.number[at] == PL)
        )
    )


def _is_known_body(article: Article, lo: int, hi: int, lexicon: Lexicon) -> bool:
    return tuple(stem(article.form[at]) for at in range(lo, hi)) in lexicon.institution_phrases


def _opens_body(article: Article, at: int, lexicon: Lexicon) -> bool:
    """Whether a known name of two or three words begins at a token."""
    return bool(article.word[at] & BODY) and any(
        _is_known_body(article, at, at + size, lexicon) for size in (2, 3) if at + size <= len(article)
    )


def is_proper(article: Article, at: int, lexicon: Lexicon) -> bool:
    """Whether a token may be part of a person's name."""
    if not article.cap[at] or article.kind[at] != PLAIN:
        return False
    form, cls = article.form[at], article.cls[at]
    if (article.lemma[at] in PLACES or key(form) == "polsk") and not (at and article.lemma[at - 1] in GIVEN):
        return False  # naczelny rabin Polski
    if at > 1 and article.form[at - 1] == "." and article.low[at - 2] in _DEGREES and cls in (NOUN, ADJ, UNKNOWN):
        return True  # prof. Polak
    word = article.word[at]
    if word & INSTITUTION:
        given = at > 0 and article.proper[at - 1] and article.cls[at - 1] == NOUN
        if (
            not given
            or form.isupper()
            or not article.nominative[at - 1] & (M1 | F)
            or article.gender[at - 1] & ~(M1 | F)
        ):
            return False  # but Marcin Duma
    if word & BARRED:
        return False
    if word & PERSON:
        return _after_given_name(article, at)
    if article.proper[at] and (cls in NOMINAL) and cls != BREV:
        return True
    if cls == UNKNOWN:
        return True
    if (
        at > 0
        and article.cap[at - 1]
        and article.cls[at - 1] == NOUN
        and not article.proper[at - 1]
        and article.lemma[at - 1] not in lexicon.persons
    ):
        return False  # Izba Lekarska
    ahead = at + 1
    common = ahead < len(article) and article.cap[ahead] and article.cls[ahead] == NOUN and not article.proper[ahead]
    if common and cls == ADJ and article.start[ahead] == article.end[at] + 1:
        return False  # Mazurski Komitet Rzek
    # surnames that look like common words: Sowa, Kowalska
    return (
        cls in (NOUN, ADJ)
        and at > 0
        and article.sent_lo[at] != at
        and (
            article.proper[at - 1]
            or article.cls[at - 1] == BREV
            or form.endswith(("ski", "ska", "cki", "cka", "skiego", "skiej", "ckiego", "ckiej", "dzki", "dzka"))
        )
        and not form.endswith(("ński", "ńska"))
    ) or (
        cls in (NOUN, ADJ)
        and at > 0
        and article.cls[at - 1] in (NOUN, UNKNOWN)
        and article.proper[at - 1]
        and bool(article.nominative[at - 1] & (M1 | F) or article.lemma[at - 1] in GIVEN)
    )


def _after_given_name(article: Article, at: int) -> bool:
    """Whether a noun of a person is a surname: right after a given name that itself opens the name (Iwona Sołtys)."""
    before = at - 1
    return (
        before >= 0
        and article.lemma[before] in GIVEN
        and article.start[at] == article.end[before] + 1
        and not (before > 0 and article.cap[before - 1] and article.sent_lo[before - 1] != before - 1)
    )


def gender_of(article: Article, at: int) -> int:
    """The genders that a given name at `at` may have: M1, F or both."""
    if at + 2 < len(article) and article.kind[at + 1] == DASH and not article.spaced[at + 1]:
        double = given_gender(f"{article.form[at]}-{article.form[at + 2]}") or given_gender(article.form[at + 2])
        if double:
            return double  # Jean-Claude
    lemma = article.lemma[at]
    if article.form[at] in WOMEN:
        return F
    if article.form[at] in MEN:
        return M1
    if article.cls[at] == UNKNOWN or article.nominative[at] == ANY_GENDER | ANY_GENDER << 5:
        return F if (article.form[at] if article.cls[at] == UNKNOWN else lemma).endswith("a") else M1 | F
    bits = (article.nominative[at] | article.gender[at]) & (M1 | F)
    if lemma.endswith("a") and lemma not in _MEN:
        return F if bits & F or not bits else bits
    return M1 if bits & M1 else bits or M1 | F
