"""Prepositional phrases: where they end before what may be a subject."""

from __future__ import annotations

from discourse.attribution.bounds import abbreviation, is_name
from discourse.attribution.givennames import given_gender
from discourse.attribution.grammar import (
    ACC,
    ADJ,
    ANY_CASE,
    BREV,
    CONJ,
    DASH,
    DAT,
    GEN,
    INST,
    LOC,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    PARTICIPLE,
    PLAIN,
    PREP,
    PRONOUN,
    QUOTE,
    STOP,
    UNKNOWN,
)
from discourse.attribution.lexicon import words
from discourse.attribution.view import Article

#: The cases that a preposition governs.
GOVERNS = {
    "w": ACC | LOC,
    "we": ACC | LOC,
    "na": ACC | LOC,
    "z": INST | GEN,
    "ze": INST | GEN,
    "do": GEN,
    "od": GEN,
    "dla": GEN,
    "o": ACC | LOC,
    "po": ACC | LOC,
    "przed": INST | ACC,
    "pod": INST | ACC,
    "nad": INST | ACC,
    "za": INST | ACC | GEN,
    "między": INST,
    "pomiędzy": INST,
    "przez": ACC,
    "przy": LOC,
    "podczas": GEN,
    "wobec": GEN,
    "dzięki": DAT,
    "wbrew": DAT,
    "ku": DAT,
    "wskutek": GEN,
    "według": GEN,
    "bez": GEN,
    "u": GEN,
    "spośród": GEN,
    "mimo": GEN,
}

#: Adverbs that look like prepositional phrases.
FIXED = frozenset(
    {
        ("z", "kolei"),
        ("w", "sumie"),
        ("na", "razie"),
        ("w", "końcu"),
        ("na", "przykład"),
        ("w", "dodatku"),
        ("o", "ile"),
    }
)

#: Nouns of time, which have no name of their own after them.
TIMES = words(
    "poniedziałek wtorek środa czwartek piątek sobota niedziela dzień wieczór rano ranek noc południe północ "
    "popołudnie tydzień miesiąc rok styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik "
    "listopad grudzień weekend godzina r"
)


#: Nouns of outlets and of those who work for them, after which the name of the outlet stands.
_BEARERS = words(
    "portal serwis telewizja radio stacja agencja dziennik tygodnik antena łam łamy rozgłośnia redakcja kanał "
    "dziennikarz dziennikarka korespondent korespondentka reporter reporterka"
)


def _acronym(article: Article, at: int) -> bool:
    """Whether letters stand for a name, whatever word they spell (radio TOK FM)."""
    return article.form[at].isupper() and 1 < len(article.form[at]) <= 5


def _inside(article: Article, at: int, hi: int) -> bool:
    """Whether a dot stands within a name (w rozmowie z mowi.pl)."""
    return at + 1 < hi and article.start[at + 1] == article.end[at] and article.form[at + 1][:1].islower()


def _outlet_end(article: Article, at: int, hi: int) -> int:
    """Past letters or a name with a dot that an outlet goes by (PR 1, mowi.pl); the same token where none stands."""
    if at + 2 < hi and article.form[at + 1] == "." and _inside(article, at + 1, hi):
        return at + 3
    if "." in article.form[at][1:-1]:
        return at + 1
    if not _acronym(article, at):
        return at
    return at + 2 if at + 1 < hi and article.form[at + 1].isdigit() else at + 1


def share(article: Article, at: int, hi: int) -> bool:
    """Whether a share of those who were asked begins here (w sondażu ośrodka 53 proc. badanych powiedziało)."""
    return at + 1 < hi and article.form[at][:1].isdigit() and article.low[at + 1] in ("proc", "procent", "%")


def _subject(article: Article, at: int, governed: int, mask: int) -> bool:
    """Whether a word in the nominative agrees with the verb, and cannot be what the preposition governs."""
    return bool(article.case[at] & NOM and article.nominative[at] & mask and not article.cases[at] & governed)


def prepositional_end(article: Article, at: int, hi: int, mask: int) -> int:
    """Past the prepositional phrase at `at`, which ends where a nominative phrase may begin."""
    governed = GOVERNS.get(article.low[at], GEN | ACC | INST | LOC | DAT)
    if at + 1 < hi and (article.low[at], article.low[at + 1]) in FIXED:
        return at + 2
    at += 1
    if article.low[at - 1] == "temu":
        return at  # kilka dni temu AFP podało
    if at < hi and article.lemma[at] in ("który", "jaki"):
        return at + 1  # na które powołuje się Lis
    begin, noun = at, False
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which) or article.inner[which][1] + 1 > hi:
                return at
            if noun and article.lemma[at - 1] in TIMES:
                return at  # pisze w czwartek „Nowy Głos”
            at, noun = article.inner[which][1] + 1, True
            continue
        if kind == STOP and abbreviation(article, at):
            at += 2 if _inside(article, at, hi) else 1
            continue
        if kind == DASH and not article.spaced[at]:
            at += 1
            continue
        if kind != PLAIN or cls not in NOMINAL:
            return at
        if noun:
            if article.lemma[at - 1] in _BEARERS and (end := _outlet_end(article, at, hi)) > at:
                return end  # w rozmowie z dziennikarką TVN
            if cls in (BREV, PRONOUN) or share(article, at, hi):
                return at
            time = article.lemma[at - 1] in TIMES or article.low[at - 1] in TIMES
            if time and article.nominative[at] & mask and article.cases[at] & NOM:
                return at  # informują w poniedziałek brytyjskie gazety
            cases = ANY_CASE if _acronym(article, at) else article.cases[at]
            office = article.voice[at] and not article.cap[at] and bool(article.case[at] & NOM)
            if cases == ANY_CASE and office and article.nominative[at] & mask:
                return at  # napisał w mediach premier Jan Sowa
            if cases == ANY_CASE and given_gender(article.form[at]) and at + 1 < hi and article.cap[at + 1]:
                return at  # cytowany przez portal Jan Sowa
            if cases == ANY_CASE and share(article, at + 1, hi):
                at += 1
                continue
            if cases == ANY_CASE:
                # an uninflected name after the noun may still belong to it (w stacji BFM TV), if a subject follows
                ahead = at + 1
                while ahead < min(hi, at + 3) and article.cap[ahead] and article.cases[ahead] == ANY_CASE:
                    ahead += 1
                office = ahead < hi and article.voice[ahead] and not article.cap[ahead]  # dyrektor: she may be one
                if not (
                    ahead < hi
                    and cls != ADJ
                    and article.kind[ahead] == PLAIN
                    and article.cls[ahead] in NOMINAL
                    and (article.cases[ahead] != ANY_CASE or office)
                    and article.nominative[ahead] & mask
                    and (ahead == at + 1 or not article.cap[ahead])
                ):
                    return at
                at = ahead - 1
            elif article.nominative[at] & mask and (
                article.case[at] & NOM or not cases & (governed | GEN) or (article.voice[at] and not cases & GEN)
            ):
                return at
            if not cases & (governed | GEN):
                return at
        elif at > begin and _subject(article, at, governed, mask):
            return at  # w nawiązaniu do B.1.526 badacze
        elif article.cls[at - 1] == PARTICIPLE and article.case[at] & DAT and not article.cases[at] & governed:
            at += 1  # w przekazanym portalowi mosty.pl oświadczeniu
            if at + 2 < hi and article.form[at + 1] == "." and article.start[at + 1] == article.end[at]:
                at += 3
            elif at < hi and article.cap[at]:
                at += 1
            continue
        year = (cls == NUM and len(article.form[at]) == 4) or article.low[at] in TIMES  # w 2019 Sowa mówił
        noun = noun or cls in (NOUN, UNKNOWN, PRONOUN) or year
        at += 1
    return at


def reflexive_end(article: Article, at: int, hi: int) -> int:
    """Past *się* and what its participle governs (zajmujących [się prawami pasażera]); `at` where nothing follows."""
    first, governed = at + 1, GEN | DAT | ACC | INST
    if first < hi and article.cls[first] == PREP:
        first, governed = first + 1, GOVERNS.get(article.low[first], GEN | ACC | INST | LOC)
    end = oblique_end(article, first, hi, governed) if first < hi else first
    return end if end > first else at


def oblique_end(article: Article, at: int, hi: int, governed: int) -> int:
    """Past the noun phrase in one of the cases that begins at `at`, and what is in the genitive after it."""
    noun = False
    while at < hi:
        if article.kind[at] == DASH and not article.spaced[at]:
            at += 1
            continue
        cases, cls = article.cases[at], article.cls[at]
        if article.kind[at] == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which) or article.inner[which][1] + 1 > hi:
                break
            at, noun = article.inner[which][1] + 1, True
            continue
        if (
            cls == CONJ
            and noun
            and article.low[at] in ("i", "oraz")
            and at + 1 < hi
            and article.cases[at + 1] & governed
            and not article.nominative[at + 1]
        ):
            at += 1
            continue
        if article.kind[at] != PLAIN or cls not in NOMINAL or cls == PRONOUN:
            break
        if noun and (
            cls == BREV
            or (
                cases & NOM
                and (article.case[at] & NOM or cases == ANY_CASE)
                and article.cap[at]
                and article.cases[at - 1] != ANY_CASE
            )
        ):
            break
        if not cases & ((governed | GEN) if noun else governed) and (noun or cases):
            break
        if noun and cls == NOUN and not cases & GEN and not article.cap[at] and article.cls[at - 1] in (NOUN, UNKNOWN):
            break  # zdaniem ekspertów z izby warunkiem jest …
        noun = noun or cls in (NOUN, UNKNOWN) or cases == ANY_CASE
        at += 1
    return at
