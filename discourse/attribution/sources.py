"""The noun phrase that names a source, found by its place beside the cue and by agreement with the verb."""

from __future__ import annotations

from discourse.attribution.bounds import OUTLETS, bound, closed, is_name, nominative_name
from discourse.attribution.grammar import (
    ACC,
    ADJ,
    ANY_CASE,
    ANY_GENDER,
    BREV,
    COMMA,
    COMP,
    DAT,
    FINITE,
    GEN,
    IMPS,
    INST,
    M1,
    MASCULINE,
    NOM,
    NOMINAL,
    NOUN,
    OPEN,
    PARTICIPLE,
    PCON,
    PL,
    PLAIN,
    PRAET,
    PREP,
    QUOTE,
    SG,
)
from discourse.attribution.heads import ADDRESSEES, may_head, plausible
from discourse.attribution.joined import FORMER, joined_end
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import REACH, phrase_end
from discourse.attribution.participles import described
from discourse.attribution.preceding import before
from discourse.attribution.prepositions import prepositional_end
from discourse.attribution.view import Article

#: What people say to outlets, and outlets do not say.
_TO_OUTLETS = words(
    "powiedzieć mówić przekazać przekazywać wyznać wyjaśnić wyjaśniać tłumaczyć wytłumaczyć opowiadać opowiedzieć "
    "zapewnić zapewniać oświadczyć przyznać zdradzić ocenić"
)
#: Who is cited in an apposition to come.
_CITED = words("cytować cytowany przytaczać")
#: Parts of an outlet, after which its name may be the subject.
_ISSUES = words("wydanie numer czołówka nagłówek tytuł okładka komentarz artykuł wstępniak felieton dodatek strona")


def agreement(article: Article, verb: int) -> int:
    """The genders (singular, and << 5 plural) that the subject of a verb may have."""
    cls, number, gender = article.cls[verb], article.number[verb], article.gender[verb]
    if cls != PRAET:
        singular = ANY_GENDER if number & SG or not number else 0
        plural = ANY_GENDER << 5 if number & PL or not number else 0
        return singular | plural
    if gender & MASCULINE and number & SG:
        gender |= MASCULINE
    if number & PL and not gender & M1:
        gender = ANY_GENDER & ~M1
    return (gender if number & SG else 0) | (gender << 5 if number & PL else 0)


def subject(
    article: Article, verb: int, lo: int, hi: int, *, first: str = "after", mask: int | None = None
) -> tuple[int, int] | None:
    """The subject of the verb within tokens `lo` to `hi`: after it or before it, the `first` place tried first."""
    if article.cls[verb] == IMPS:
        return None
    mask = agreement(article, verb) if mask is None else mask
    if first == "after":
        return after(article, verb, hi, mask) or (before(article, verb, lo, mask) if lo < verb else None)
    return (
        before(article, verb, lo, mask, own=True) or after(article, verb, hi, mask) or before(article, verb, lo, mask)
    )


def after(article: Article, verb: int, hi: int, mask: int) -> tuple[int, int] | None:
    """The first nominative noun phrase after the verb, before the next comma or verb; an outlet only if no other."""
    at, hi = verb + 1, min(hi, verb + 1 + REACH)
    told: tuple[int, int] | None = None  # podała PAP; but przekazał PAP: who was told
    silent = article.lemma[verb] in _TO_OUTLETS
    first = _beside(article, verb, hi, mask)
    cited = False
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == OPEN:
            at = closed(article, at, hi)
        elif kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which):
                return None if silent else told
            past = article.inner[which][1] + 1
            if at - 1 > verb and article.cls[at - 1] == NOUN and article.case[at - 1] & DAT and past < hi:
                at = past  # powiedziała tygodnikowi „Nowy Głos” radna
                continue
            if silent and past < hi and article.cls[past] in NOMINAL and may_head(article, past, hi, mask):
                told, at = told or (at, past), past  # mówi „Głosowi” radna
                continue
            return at, past
        elif article.kind[at] == COMMA and cited and at + 1 < hi and article.proper[at + 1]:
            at, cited = at + 1, False  # ocenił cytowany przez radio, Sowa
        elif article.kind[at] == COMMA and at == verb + 1 and at + 1 < hi and article.lemma[at + 1] in _CITED:
            at += 1  # podkreśliła, cytowana przez radio Ewa Lis
        elif bound(article, at):
            return first if silent or told is None else told
        elif article.form[at] in OUTLETS and at + 2 < hi and article.cap[at + 1]:
            told = told or (at, at + 2)
            at += 2
        elif (cls == PARTICIPLE and article.lemma[at] in _CITED) or (cls == PCON and at == verb + 1):
            at, cited = at + 1, True  # tłumaczył odpowiadając na pytania Sowa
        elif cls == PREP or (cls == BREV and article.low[at] == "ws"):
            begin, at = at, prepositional_end(article, at, hi, mask)
            issue = None if silent else _issue(article, begin, at)
            first = first or issue
        elif (dotted := _dotted(article, at, hi)) > at:
            if not (dotted < hi and article.cls[dotted] in NOMINAL and may_head(article, dotted, hi, mask)):
                return at, dotted
            at = dotted
        elif (several := joined_end(article, at, hi, mask)) > at:
            return at, several
        elif cls in NOMINAL and article.kind[at] == PLAIN:
            if may_head(article, at, hi, mask):
                end = phrase_end(article, at, hi, NOM)
                if article.cls[at] == NOUN and article.cls[at - 1] == ADJ and at - 1 > verb:
                    at -= bool(article.nominative[at - 1] & article.nominative[at] & mask)  # brytyjskie gazety
                noun = described(article, at, end, hi, mask)
                if noun is not None:
                    return noun
                if plausible(article, at, end):
                    if told is None and _is_outlet(article, at, end):
                        told = (at, end)
                    else:
                        return at, end
                at = _past_thing(article, at, end)
                continue
            at += 1
        elif (office := _former(article, at, hi, mask)) > at:
            return at, phrase_end(article, office, hi, NOM)  # przekonywał były prezes
        elif cls in FINITE or cls in (COMP, PCON):
            return first if silent or told is None else told
        else:
            at += 1
    return first if silent or told is None else told


def _past_thing(article: Article, at: int, end: int) -> int:
    """Past what cannot speak, up to a name that it took in (ocenia pomysł rady | Jan Sowa)."""
    for name in range(at + 1, end):
        sure = article.cases[name] != ANY_CASE or (name + 1 < end and article.proper[name + 1])
        if article.proper[name] and article.case[name] & NOM and sure and not article.form[name].isupper():
            return name
    return end


def _issue(article: Article, begin: int, end: int) -> tuple[int, int] | None:
    """The outlet at the end of a phrase for a part of it (pisze w dzisiejszym wydaniu „Głos”), unless inflected."""
    which = article.closing.get(end - 1)
    if which is None or article.inner[which][0] - 1 <= begin or not nominative_name(article, which):
        return None
    opening = article.inner[which][0] - 1
    return (opening, end) if article.lemma[opening - 1] in _ISSUES else None


def _former(article: Article, at: int, hi: int, mask: int) -> int:
    """The noun of office after *były* (były brytyjski dyplomata, była menadżer), or its adjective; `at` if none."""
    head = at + 1
    if article.low[at] not in FORMER:
        return at
    while head < min(hi, at + 4) and article.cls[head] == ADJ and not article.voice[head]:
        head += 1
    if head >= hi or not article.voice[head] or not may_head(article, head, hi, mask):
        return at
    return at + 1


def _beside(article: Article, verb: int, hi: int, mask: int) -> tuple[int, int] | None:
    """The nominative right after the verb where nobody else may speak: a thing that says (stwierdza nota), an outlet
    that nothing but its agreement tells from one that was told (jak przekazał Reuters)."""
    at = verb + 1
    if at >= hi or article.cls[at] != NOUN or article.kind[at] != PLAIN:
        return None
    strange = article.cap[at] and not article.voice[at] and not article.cases[at] & (GEN | DAT | ACC | INST)
    if strange and mask & ANY_GENDER and not article.cases[at] & NOM:
        return at, phrase_end(article, at, hi, NOM)  # powiedział Palu: no verb of saying has a bare locative beside it
    if article.cases[at] == ANY_CASE:
        if article.cap[at] and not article.proper[at] and not article.voice[at] and not article.nominative[at] & mask:
            return at, phrase_end(article, at, hi, NOM)  # oświadczył Yang
        return None
    if not article.case[at] & NOM or not article.nominative[at] & mask or article.nominative[at] & mask == ANY_GENDER:
        return None
    end = phrase_end(article, at, hi, NOM)
    return (at, end) if not plausible(article, at, end) or _is_outlet(article, at, end) else None


def _is_outlet(article: Article, lo: int, hi: int) -> bool:
    """Whether a phrase is the name of an outlet, which after a verb may be who was told (powiedział PAP minister)."""
    return hi == lo + 1 and article.form[lo] in ADDRESSEES


def _dotted(article: Article, at: int, hi: int) -> int:
    """One past a name with a dot inside (mowi.pl), as outlets have; `at` where none begins."""
    if (
        at + 2 < hi
        and article.form[at + 1] == "."
        and article.kind[at + 2] == PLAIN
        and not article.cap[at + 2]
        and article.end[at] == article.start[at + 1]
        and article.end[at + 1] == article.start[at + 2]
    ):
        return at + 3
    return at
