"""Where a phrase for a source ends and the subject of what is reported begins: *według planu rady | szkoły ruszą*."""

from __future__ import annotations

from discourse.attribution.bounds import bound
from discourse.attribution.givennames import GIVEN, WOMEN
from discourse.attribution.grammar import (
    ADJ,
    ADV,
    ANY_CASE,
    BREV,
    COMMA,
    CONJ,
    FIN,
    GEN,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    PART,
    PARTICIPLE,
    PARTICLES,
    PLAIN,
    PRAET,
    PREP,
    PRONOUN,
    QUOTE,
    SG,
    UNKNOWN,
    F,
)
from discourse.attribution.sources import agreement
from discourse.attribution.view import Article

#: How far from the phrase its verb, and from the verb its subject, is looked for.
_NEAR, _FAR = 5, 12


def before_subject(article: Article, begin: int, end: int, hi: int) -> int:
    """The end of a phrase moved before a subject that it took in: a nominative that agrees with what follows."""
    if end - begin > 1 and end < hi and (_described(article, end) or _opens_name(article, end)):
        return end - 1
    if end - begin < 2:
        return end
    verb = _verb(article, end, hi)
    if verb < 0:
        return end - 1 if end - begin > 2 and _is_subject(article, end - 1, hi) else end
    mask = agreement(article, verb)
    if _has_subject(article, verb, hi, mask):
        return end
    nouns = [at for at in range(end - 1, begin, -1) if _nominative(article, at, mask)]
    for chosen in (True, False):
        for at in nouns:
            if chosen and (not article.case[at] & NOM or article.cases[at] == ANY_CASE):
                continue
            start = at if article.form[at].isupper() else _start(article, begin, at, mask)
            if any(article.cls[place] in (NOUN, UNKNOWN) for place in range(begin, start)):
                return end if _bears_name(article, start, at) else start
    return end


def _described(article: Article, end: int) -> bool:
    """Whether the last noun agrees in the nominative alone with the adjective after it (oświadczenia majątkowe)."""
    noun, cls = end - 1, article.cls[end]
    if article.cls[noun] != NOUN or cls not in (ADJ, PARTICIPLE) or article.cap[noun] or article.cap[end]:
        return False
    if article.kind[noun - 1] != PLAIN:
        return False  # mowi.pl
    own = end + 1 < len(article) and article.cls[end + 1] == NOUN and article.cases[end + 1] & NOM
    if own and article.nominative[end] & article.nominative[end + 1]:
        return False  # według gazety użyte dane
    return bool(article.nominative[end] & article.nominative[noun]) and not article.cases[end] & GEN


def _opens_name(article: Article, end: int) -> bool:
    """Whether a name was cut between its adjective, which a phrase took in, and its noun (Wielka | Brytania)."""
    adjective = end - 1
    if article.cls[adjective] != ADJ or article.cls[end] != NOUN or not article.cap[adjective] or not article.cap[end]:
        return False
    return bool(article.case[end] & article.case[adjective] & NOM) and article.start[end] == article.end[adjective] + 1


def _is_subject(article: Article, at: int, hi: int) -> bool:
    """Whether a lone name at the end of a phrase is the subject of a verb farther on, with only places, times or
    quotation marks between (według komitetu | Nawalny w sieci opublikował); not where it names a person before it."""
    before = at - 1
    form = article.form[at]
    if not article.cap[at] or article.cls[at] not in (NOUN, UNKNOWN) or not article.cases[at] & NOM:
        return False
    if form.isupper() or article.cls[before] != NOUN:
        return False
    if article.cases[before] == ANY_CASE or not article.case[before] & GEN:
        return False
    if article.lemma[before] in GIVEN or article.form[before] in WOMEN or _bears_name(article, at, at):
        return False
    if article.cases[at] != ANY_CASE and not article.case[at] & NOM:
        return False
    place, oblique = at + 1, False
    while place < min(hi, at + _FAR):
        cls = article.cls[place]
        if cls in (FIN, PRAET):
            mask = agreement(article, place)
            return bool(article.nominative[at] & mask) and not _has_subject(article, place, hi, mask)
        if cls == PREP or (article.kind[place] == QUOTE and place == at + 1):
            oblique = True
        elif cls not in (ADV, PART):
            subject = article.case[place] & NOM and article.case[place] != ANY_CASE
            if not oblique or subject or cls not in NOMINAL:
                return False
        place += 1
    return False


def _verb(article: Article, at: int, hi: int) -> int:
    """The finite verb that follows a phrase at once or behind a relative clause of its last noun; -1 if none does."""
    if at + 1 < hi and article.kind[at] == COMMA and article.lemma[at + 1] == "który" and article.nominative[at + 1]:
        close = (place for place in range(at + 2, min(hi, at + 25)) if article.kind[place] == COMMA)
        at = next(close, hi) + 1
    for place in range(at, min(hi, at + _NEAR)):
        if article.cls[place] in (FIN, PRAET):
            return place
        if article.cls[place] not in (ADV, PART) and article.low[place] != "nie":
            return -1
    return -1


def _has_subject(article: Article, verb: int, hi: int, mask: int) -> bool:
    """Whether a nominative that agrees stands after the verb."""
    for at in range(verb + 1, min(hi, verb + _FAR)):
        if bound(article, at):
            return False
        if article.cls[at] in (NOUN, PRONOUN, NUM) and article.case[at] & NOM and article.nominative[at] & mask:
            return True
        if article.low[at] == "to":
            return True
    return False


def _nominative(article: Article, at: int, mask: int) -> bool:
    """Whether a noun or name may be the subject."""
    cls = article.cls[at]
    if cls not in (NOUN, UNKNOWN) or article.kind[at] != PLAIN or not article.cases[at] & NOM:
        return False
    if article.form[at].isupper() and len(article.form[at]) > 1:
        last = article.form[at - 1]  # according to the rząd federalny, the BAMF; to źródła PAP, the KE
        return (article.cls[at - 1] == ADJ and not article.cap[at - 1]) or (last.isupper() and len(last) > 1)
    titled = article.cap[at] and not article.proper[at] and not article.case[at] & NOM  # Rady Zdrowia
    surname = article.cap[at] and article.cap[at - 1] and not article.cases[at - 1] & NOM  # Adama Guta
    before = at - 1
    joined = article.cls[at + 1] == CONJ or article.form[at + 1] == "." or article.form[before] == "."
    joined = joined or (article.low[before] in PARTICLES and not article.cap[before])  # Ursuli von der Leyen
    owned = article.cls[before] in (ADJ, PARTICIPLE) and not article.cases[before] & NOM
    owned = owned and bool(article.cases[before] & article.cases[at] & GEN)  # autorów nowej ekspertyzy
    return bool(article.nominative[at] & mask) and not (titled or surname or joined or owned)


def _start(article: Article, begin: int, at: int, mask: int) -> int:
    """Where the noun phrase begins whose head, or whose last name, stands at `at`."""
    while at - 1 > begin and article.kind[at - 1] == PLAIN:
        before = at - 1
        name = article.cap[before] and article.cap[at] and article.cls[before] in (NOUN, UNKNOWN)
        describes = article.cls[before] == ADJ and bool(article.nominative[before] & article.nominative[at] & mask)
        title = article.cls[before] == BREV and article.cap[at]
        if not (title or describes or (name and article.cases[before] & NOM)):
            break
        at = before
    return at


def _bears_name(article: Article, start: int, at: int) -> bool:
    """Whether an uninflected name belongs to the person before it (zdaniem posłanki Nowak)."""
    before = start - 1
    if article.form[before].isupper() or article.proper[before]:
        return False  # źródła PAP, Komitet Rosji
    person = article.voice[before] and article.number[before] == SG and article.gender[before] & (M1 | F)
    return bool(person and article.cap[start] and article.cases[start] == ANY_CASE)
