"""The subject before its verb: in the verb's own clause, else in those that a mark parts from it."""

from __future__ import annotations

from discourse.attribution.bounds import bound, is_name, nominative_name
from discourse.attribution.grammar import (
    ADV,
    ANY_CASE,
    ANY_GENDER,
    BREV,
    CLOSE,
    COMMA,
    COMP,
    CONJ,
    DASH,
    FINITE,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    OPEN,
    PARTICIPLE,
    PLAIN,
    PRAET,
    PREP,
    QUOTE,
)
from discourse.attribution.heads import may_head, plausible
from discourse.attribution.joined import FORMER, joined_end
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import REACH, RELATIVE, phrase_end
from discourse.attribution.participles import described
from discourse.attribution.prepositions import FIXED, TIMES, prepositional_end
from discourse.attribution.view import Article

_SUBORDINATE = words(
    "że iż gdy kiedy gdyż bo ponieważ jeśli jeżeli aby żeby by choć chociaż zanim dopóki jak gdzie skąd dokąd "
    "dlaczego czemu ile jakby jakoby czy którego której które która który którzy których któremu którym którymi którą "
    "co"
)


def before(article: Article, verb: int, lo: int, mask: int, *, own: bool = False) -> tuple[int, int] | None:
    """The nominative noun phrase before the verb: in its own clause, else (unless `own`) in those before it."""
    lo = max(lo, verb - REACH)
    end = _before_bracket(article, verb, lo)
    loose: tuple[int, int] | None = None
    for step in range(6):
        end = _before_bracket(article, end, lo) if step else end
        begin = end
        while begin > lo and not bound(article, begin - 1) and article.kind[begin - 1] not in (OPEN, CLOSE):
            begin -= 1
        if step == 0 and _spent(article, begin, end):
            end = begin - 1
            continue
        found = _in_clause(article, begin, end, mask, step == 0)
        if found is not None and begin > lo and loose is None and _in_phrase(article, begin, found):
            loose, found = None if own else found, None  # Jan Sowa, szef banku, na antenie CNBC zapowiedział
        if found is not None:
            first, last = _appositive_head(article, found, begin, end, lo, mask)
            return first - (first > lo and article.low[first - 1] in FORMER and article.cls[first - 1] == PRAET), last
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


def _spent(article: Article, begin: int, end: int) -> bool:
    """Whether a relative clause whose closing comma was left out stands before the verb (X, który ma akta twierdzi)."""
    if (
        end - begin < 3
        or article.lemma[begin] not in RELATIVE
        or not article.nominative[begin]
        or article.kind[begin - 1] != COMMA
    ):
        return False
    verbs = [at for at in range(begin, end) if article.cls[at] in FINITE]
    return bool(verbs) and not any(article.cls[at] == CONJ for at in range(verbs[0], end))


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
        if not own or article.nominative[at] & mask:
            alone = end - begin == 1 and bool(article.nominative[at] & mask)  # który – jak dodał rzecznik – uważa
            return (at, at + 1) if own or alone else None
        at += 1  # której lider
    if not own and at < end:
        within = article.cls[at] == PREP and at + 1 < end and article.lemma[at + 1] in RELATIVE  # strajk, w którym
        if within or article.low[at] in _SUBORDINATE:
            return None
    while at < end:
        cls = article.cls[at]
        if article.kind[at] == QUOTE:
            which = article.opening.get(at)
            if which is not None and article.inner[which][1] < end and is_name(article, which):
                if nominative_name(article, which):
                    return at, article.inner[which][1] + 1
                at = article.inner[which][1]
            at += 1
        elif cls == PREP:
            at = after_phrase = prepositional_end(article, at, end, mask)
        elif (several := joined_end(article, at, end, mask)) > at:
            return at, several
        elif cls in NOMINAL and article.kind[at] == PLAIN and may_head(article, at, end, mask):
            if article.lemma[at] in RELATIVE:
                return (at, at + 1) if own else None
            stop = phrase_end(article, at, end, NOM)
            noun = described(article, at, stop, end, mask)
            if noun is not None:
                return noun
            if plausible(article, at, stop):
                acronym = article.form[at].isupper() and len(article.form[at]) > 1
                free = at != after_phrase or article.lemma[at - 1] in TIMES or article.cls[at] in (BREV, NUM)
                free = free or (at > begin + 1 and (article.low[at - 2], article.low[at - 1]) in FIXED)
                under = not free and article.cls[at - 1] == NOUN and bool(article.gender[at - 1] & M1)
                settled = article.case[at] & NOM and article.nominative[at] & M1  # Bodnar: not Bodnara
                untold = article.nominative[at] == ANY_GENDER | ANY_GENDER << 5 or not settled
                if under and article.cases[at] == ANY_CASE and untold and not article.proper[at - 1]:
                    return loose  # w rozmowie z ministrem Taro Kono
                if free or (own and stop >= end) or not (acronym or article.cases[at] == ANY_CASE):
                    return at, stop
                loose = loose or ((at, stop) if own else None)
            elif own and _closes(article, stop, end) and article.cls[at] == NOUN and article.case[at] & NOM:
                thing = (at, stop)  # skargi wskazują
            at = stop
        else:
            at += 1
    return loose or (_name_last(article, begin, end, mask) or thing if own else None)


def _closes(article: Article, stop: int, end: int) -> bool:
    """Whether nothing but adverbs stands between a phrase and its verb (ława przysięgłych jednomyślnie uznała)."""
    return all(article.cls[at] == ADV for at in range(stop, end))


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
    parted = begin > lo and (article.kind[begin - 1] == COMMA or closed)
    if article.lemma[found[0]] in RELATIVE or found[0] != begin or not parted:
        return found
    if found[1] != end and not closed and article.cls[found[1]] not in (PREP, CONJ, PARTICIPLE):
        return found
    stop = begin - 1
    first = stop
    while first > lo and not bound(article, first - 1):
        first -= 1
    head = _in_clause(article, first, stop, mask, False)
    if head is not None and article.cls[head[0]] == PARTICIPLE:
        head = described(article, head[0], head[0] + 1, stop, mask)  # cytowana przez gazetę Ewa Lis, inżynierka, …
    if head is None or any(article.cls[at] in FINITE for at in range(first, head[0])):
        return found
    if head[1] != stop:
        if head[0] != first or not _placed(article, head[0], head[1], stop):
            return found
        head = head[0], stop
    owned = head[0] > first and article.cls[head[0] - 1] == NOUN and article.form[head[0]].isupper()
    return found if owned else head  # uzasadniając stanowisko PSL, Sowa zaznaczył


def _placed(article: Article, begin: int, end: int, stop: int) -> bool:
    """Whether a phrase of somebody is followed by nothing but where it is so (sekretarz w urzędzie, Jan Sowa, …)."""
    somebody = any(article.voice[at] or article.proper[at] for at in range(begin, end))
    rest = range(end, stop)
    return somebody and article.cls[end] == PREP and not any(article.cls[at] in FINITE for at in rest)
