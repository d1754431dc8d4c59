"""The noun phrase that names a source, found by its place beside the cue and by agreement with the verb."""

from __future__ import annotations

from discourse.attribution.bounds import OUTLETS, bound, closed, is_name
from discourse.attribution.grammar import (
    ADJ,
    ANY_CASE,
    ANY_GENDER,
    BREV,
    CLOSE,
    COMMA,
    COMP,
    CONJ,
    DASH,
    DAT,
    FINITE,
    IMPS,
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
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import REACH, RELATIVE, phrase_end
from discourse.attribution.prepositions import prepositional_end
from discourse.attribution.view import Article

_SUBORDINATE = words(
    "że iż gdy kiedy gdyż bo ponieważ jeśli jeżeli aby żeby by choć chociaż zanim dopóki jak gdzie skąd dokąd "
    "jakby jakoby czy którego której które która który którzy których któremu którym którymi którą co"
)


#: Adjectives that look like the verb *być*.
_FORMER = frozenset(["były", "była", "byli", "byłe"])
#: What people say to outlets, and outlets do not say.
_TO_OUTLETS = words(
    "powiedzieć mówić przekazać przekazywać wyznać wyjaśnić wyjaśniać tłumaczyć wytłumaczyć opowiadać opowiedzieć "
    "zapewnić zapewniać oświadczyć przyznać zdradzić ocenić"
)


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
            return at, past
        elif bound(article, at):
            return first if silent or told is None else told
        elif article.form[at] in OUTLETS and at + 2 < hi and article.cap[at + 1]:
            told = told or (at, at + 2)
            at += 2
        elif cls == PREP or (cls == BREV and article.low[at] == "ws"):
            at = prepositional_end(article, at, hi, mask)
        elif (dotted := _dotted(article, at, hi)) > at:
            if not (dotted < hi and article.cls[dotted] in NOMINAL and may_head(article, dotted, hi, mask)):
                return at, dotted
            at = dotted
        elif cls in NOMINAL and article.kind[at] == PLAIN:
            if may_head(article, at, hi, mask):
                end = phrase_end(article, at, hi, NOM)
                if article.cls[at] == NOUN and article.cls[at - 1] == ADJ and at - 1 > verb:
                    at -= bool(article.nominative[at - 1] & article.nominative[at] & mask)  # brytyjskie gazety
                if plausible(article, at, end):
                    if told is None and _is_outlet(article, at, end):
                        told = (at, end)
                    else:
                        return at, end
                at = end
                continue
            at += 1
        elif article.low[at] in _FORMER and at + 1 < hi and article.voice[at + 1] and article.nominative[at + 1] & mask:
            return at, phrase_end(article, at + 1, hi, NOM)  # przekonywał były prezes
        elif cls in FINITE or cls in (COMP, PCON):
            return first if silent or told is None else told
        else:
            at += 1
    return first if silent or told is None else told


def _beside(article: Article, verb: int, hi: int, mask: int) -> tuple[int, int] | None:
    """The nominative right after the verb where nobody else may speak: a thing that says (stwierdza nota), an outlet
    that nothing but its agreement tells from one that was told (jak przekazał Reuters)."""
    at = verb + 1
    if at >= hi or article.cls[at] != NOUN or article.kind[at] != PLAIN or article.cases[at] == ANY_CASE:
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


def before(article: Article, verb: int, lo: int, mask: int, *, own: bool = False) -> tuple[int, int] | None:
    """The nominative noun phrase before the verb: in its own clause, else (unless `own`) in those before it."""
    lo = max(lo, verb - REACH)
    end = _before_bracket(article, verb, lo)
    loose: tuple[int, int] | None = None
    for step in range(6):
        begin = end
        while begin > lo and not bound(article, begin - 1) and article.kind[begin - 1] not in (OPEN, CLOSE):
            begin -= 1
        found = _in_clause(article, begin, end, mask, step == 0)
        if found is not None and begin > lo and loose is None and _in_phrase(article, begin, found):
            loose, found = found, None  # Jan Sowa, szef banku, na antenie CNBC zapowiedział
        if found is not None:
            return _appositive_head(article, found, begin, end, lo, mask)
        if (
            own
            and (end > begin and any(article.cls[at] not in (CONJ,) for at in range(begin, end)))
            and step == 0
            and not _bare(article, begin, end)
        ):
            return loose
        if begin <= lo:
            return loose
        if article.kind[begin - 1] not in (COMMA, DASH, OPEN, CLOSE, QUOTE):
            return loose
        end = begin - 1
    return loose


def _in_phrase(article: Article, begin: int, found: tuple[int, int]) -> bool:
    """Whether an acronym more likely belongs to the prepositional phrase right before it (na antenie CNBC)."""
    at = found[0]
    return (
        at - 1 > begin
        and article.form[at].isupper()
        and len(article.form[at]) > 1
        and article.cls[at - 1] == NOUN
        and article.cls[at - 2] == PREP
        and article.kind[begin - 1] == COMMA
    )


def _before_bracket(article: Article, verb: int, lo: int) -> int:
    """Before a bracket that stands right before the verb (Instytut Wody (IW) podał)."""
    if verb - 1 > lo and article.kind[verb - 1] == CLOSE:
        for at in range(verb - 2, max(lo, verb - 20), -1):
            if article.kind[at] == OPEN:
                return at
    return verb


def _bare(article: Article, begin: int, end: int) -> bool:
    """Whether a stretch holds nothing but adverbs and particles, so that its subject may stand before the comma."""
    return all(article.cls[at] not in NOMINAL and article.cls[at] not in FINITE for at in range(begin, end)) and (
        begin == end or article.cls[begin] not in (COMP, CONJ)
    )


def _in_clause(article: Article, begin: int, end: int, mask: int, own: bool) -> tuple[int, int] | None:
    at, after_phrase = begin, -1
    thing: tuple[int, int] | None = None  # what cannot speak is the last resort but one
    loose: tuple[int, int] | None = None  # a word of no case after a phrase (na wniosek TK posłowie …) is a last resort
    if at < end and article.lemma[at] in RELATIVE:
        return (at, at + 1) if own and article.nominative[at] & mask else None
    if not own and at < end and article.low[at] in _SUBORDINATE:
        return None
    while at < end:
        cls = article.cls[at]
        if article.kind[at] == QUOTE:
            which = article.opening.get(at)
            if which is not None and article.inner[which][1] < end and is_name(article, which):
                return at, article.inner[which][1] + 1
            at += 1
        elif cls == PREP:
            at = after_phrase = prepositional_end(article, at, end, mask)
        elif cls in NOMINAL and article.kind[at] == PLAIN and may_head(article, at, end, mask):
            if article.lemma[at] in RELATIVE:
                return (at, at + 1) if own else None
            stop = phrase_end(article, at, end, NOM)
            if plausible(article, at, stop):
                acronym = article.form[at].isupper() and len(article.form[at]) > 1
                under = at == after_phrase and article.cls[at - 1] == NOUN and bool(article.gender[at - 1] & M1)
                settled = article.case[at] & NOM and article.nominative[at] & M1  # Bodnar: not Bodnara
                untold = article.nominative[at] == ANY_GENDER | ANY_GENDER << 5 or not settled
                if under and article.cases[at] == ANY_CASE and untold and not article.proper[at - 1]:
                    return loose  # w rozmowie z ministrem Taro Kono
                if at != after_phrase or (own and stop >= end) or not (acronym or article.cases[at] == ANY_CASE):
                    return at, stop
                loose = loose or ((at, stop) if own else None)
            elif own and stop >= end and article.cls[at] == NOUN and article.case[at] & NOM:
                thing = (at, stop)  # skargi wskazują
            at = stop
        else:
            at += 1
    return loose or (_name_last(article, begin, end, mask) or thing if own else None)


def _name_last(article: Article, begin: int, end: int, mask: int) -> tuple[int, int] | None:
    """The name right before the verb, where a preposition took it in (w liście do premiera Sowa napisał)."""
    last = end - 1
    if last <= begin or not article.proper[last] or article.cases[last] == ANY_CASE or article.form[last].isupper():
        return None
    before = last - 1
    cut = article.cls[before] == NOUN and not article.cap[before] and not article.cases[before] & NOM
    return (last, end) if cut and article.nominative[last] & mask else None


def _appositive_head(
    article: Article, found: tuple[int, int], begin: int, end: int, lo: int, mask: int
) -> tuple[int, int]:
    """The phrase before the comma where the one found is an apposition to it (Jan Sowa, szef rady, powiedział)."""
    closed = article.kind[begin - 1] == DASH and end < len(article) and article.kind[end] == DASH
    if found[0] != begin or begin <= lo or not (article.kind[begin - 1] == COMMA or closed):
        return found
    if found[1] != end and not closed and (article.cls[found[1]] != PREP or article.lemma[found[0]] in RELATIVE):
        return found
    stop = begin - 1
    first = stop
    while first > lo and not bound(article, first - 1):
        first -= 1
    head = _in_clause(article, first, stop, mask, False)
    if head is None or head[1] != stop or article.cls[head[0]] == PARTICIPLE:
        return found
    owned = head[0] > first and article.cls[head[0] - 1] == NOUN and article.form[head[0]].isupper()
    return found if owned else head  # uzasadniając stanowisko PSL, Sowa zaznaczył
