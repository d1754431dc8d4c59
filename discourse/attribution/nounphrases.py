"""Noun and prepositional phrases: where they end, what bounds a clause, which quotation is a name."""

from __future__ import annotations

from discourse.attribution.bounds import OUTLETS, abbreviation, is_name, past_joints
from discourse.attribution.givennames import MEN, POLISH
from discourse.attribution.grammar import (
    ACC,
    ADJ,
    ADV,
    AGLT,
    ANY_CASE,
    BREV,
    COLON,
    COMMA,
    COMP,
    CONJ,
    DASH,
    DAT,
    FINITE,
    GEN,
    INF,
    INST,
    LOC,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    PART,
    PARTICIPLE,
    PARTICLES,
    PCON,
    PLAIN,
    PREP,
    PRONOUN,
    QUOTE,
    SG,
    STOP,
    UNKNOWN,
)
from discourse.attribution.lexicon import words
from discourse.attribution.prepositions import GOVERNS, oblique_end, reflexive_end
from discourse.attribution.view import Article

#: Adjectives that say something of the noun before them or stand alone.
_NOT_OF_A_NAME = words("sam ten taki inny jeden cały pewien przekonany zdania świadomy")
#: Nouns of outlets.
_OUTLETS = words("portal dziennik tygodnik serwis gazeta agencja stacja telewizja radio rozgłośnia magazyn kanał")
RELATIVE = frozenset({"który", "jaki"})


#: How far from its cue a source is looked for, in tokens.
REACH = 40


def phrase_end(article: Article, begin: int, hi: int, case: int) -> int:
    """One past the last token of the noun phrase in `case` that begins at `begin`, up to the first comma."""
    if article.cls[begin] == PRONOUN or article.lemma[begin] in RELATIVE:
        return begin + 1
    at, noun, names = begin, False, 0
    hi = min(hi, begin + REACH)
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if at > begin and article.start[at] - article.end[at - 1] > 1:
            break  # a wide gap is what a lost paragraph left
        joint = past_joints(article, at, hi) if at > begin and article.cap[at - 1] else at
        if joint > at + 1 and article.cap[joint]:
            at = joint + 1  # Nuri al-Maliki
        elif kind == DASH and not article.spaced[at]:
            at += 1
        elif kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which) or article.inner[which][1] + 1 > hi:
                break
            at, noun = article.inner[which][1] + 1, True
        elif kind == STOP:
            if not abbreviation(article, at) or at + 1 >= hi:
                break
            at += 1
        elif kind == COMMA and noun and (further := _list_end(article, begin, at, hi)) > at:
            at = further  # minister rozwoju, pracy i technologii
        elif article.low[at] == "się" and at - 1 > begin and article.cls[at - 1] == PARTICIPLE:
            stop = reflexive_end(article, at, hi)
            if stop == at:
                break
            at = stop
        elif kind != PLAIN or cls in FINITE or cls in (INF, PCON, COMP, AGLT):
            break
        elif cls == PREP or (cls == BREV and article.lemma[at] == "do spraw") or article.low[at] == "ds":
            if not noun and article.lemma[begin] != "jeden" and article.cls[at - 1] != PARTICIPLE:
                break
            if article.low[at] == "temu":
                break  # rok temu Sowa
            stop = _modifier_end(article, begin, at, hi, names)
            if stop == at:
                break
            at, names = stop, 0
        elif cls == CONJ:
            if article.low[at] not in ("i", "oraz") or at + 1 >= hi or not _coordinates(article, at, hi, case):
                break
            at += 1
        elif article.form[at] == "&" and at > begin and at + 1 < hi and article.kind[at + 1] == PLAIN:
            at += 2  # szef Maj & Lis
        elif (cls in NOMINAL and article.low[at] in PARTICLES) or (
            cls in (ADV, PART) and not noun and article.cls[at - 1] == PARTICIPLE
        ):
            at += 1  # wydane dziś zalecenia
        elif cls in NOMINAL:
            if not _continues(article, at, begin, case, noun, names):
                break
            noun = noun or cls in (NOUN, UNKNOWN) or article.cap[at]
            names = names + 1 if article.proper[at] or (cls == UNKNOWN and article.cap[at]) else 0
            at += 1
        else:
            break
    while at > begin + 1 and (article.kind[at - 1] == DASH or article.cls[at - 1] in (CONJ, PREP)):
        at -= 1
    if at > begin + 1 and article.kind[at - 1] == STOP and not abbreviation(article, at - 1):
        at -= 1
    return max(at, begin + 1)


#: Bodies whose names end with a place, texts that are about something, texts that are to somebody.
_COURTS = words(
    "sąd prokuratura komenda ambasada konsulat urząd areszt izba rząd władza władze parlament szpital klinika szkoła "
    "uniwersytet instytut uczelnia ośrodek centrum dyrekcja przedstawicielstwo policja kuria zakład"
)
_ABOUT = words(
    "ustawa porozumienie umowa rozporządzenie dyrektywa traktat uchwała raport projekt książka konwencja "
    "deklaracja artykuł"
)
#: Adjectives that want a preposition after them.
_GOVERNING = words("związany niezwiązany powiązany odpowiedzialny zainteresowany zaangażowany zbliżony zaznajomiony")
_ADDRESSED = words("list apel pismo petycja uzasadnienie odezwa oświadczenie komentarz")
#: Whose names hold lists of what they are of.
_LISTING = words(
    "minister wiceminister ministra wicepremier ministerstwo resort komisja sekretarz podsekretarz departament"
)


def _list_end(article: Article, begin: int, comma: int, hi: int) -> int:
    """Past a list of genitives that goes on after a comma and ends with *i* (rozwoju, pracy i technologii)."""
    if not any(article.lemma[at] in _LISTING for at in range(begin, comma)):
        return comma
    at, joined = comma + 1, False
    while at < min(hi, comma + 6):
        if article.low[at] in ("i", "oraz") and at > comma + 1:
            joined = True
        elif article.cls[at] not in (NOUN, ADJ) or article.cap[at] or not article.cases[at] & GEN:
            break
        at += 1
        if joined and article.cls[at - 1] == NOUN:
            return at
    return comma


def _continues(article: Article, at: int, begin: int, case: int, noun: bool, names: int) -> bool:
    cases, cls = article.cases[at], article.cls[at]
    if at == begin:
        return True
    if case != NOM and noun and (_opens_clause(article, at) or _opens_person(article, at)):
        return False
    if article.low[at] == "im" and at + 1 < len(article) and article.form[at + 1] == ".":
        return True  # Instytut im. Jana Sowy
    if cls == PRONOUN:
        return False
    if noun and article.form[at].isdigit() and article.cap[at - 1]:
        return _numbers(article, at)
    if cls == ADJ and article.kind[at - 1] == DASH and not article.spaced[at - 1]:
        return True  # kuria zalesińsko-wolska
    acronym = article.form[at].isupper() and 1 < len(article.form[at]) <= 5
    if acronym and noun and case != NOM and not article.cap[at - 1] and not _rules(article, at):
        return True  # według rządu RFN
    if (
        article.cap[at]
        and noun
        and case != NOM
        and (article.voice[at] if not article.cap[at - 1] else article.form[at - 1] in OUTLETS)
    ):
        return True  # według ustaleń Polsat News
    if case != NOM and noun and cls == NOUN and article.cap[at] and article.voice[at - 1] and _is_followed(article, at):
        return True  # według spółki Rzeka most runie
    if cls == ADJ and at + 1 < len(article) and article.kind[at + 1] == DASH and not article.spaced[at + 1]:
        return True  # Instytut Polsko-Niemiecki
    if cls == ADJ and article.kind[at - 1] == DASH and article.low[at - 2].endswith("o") and noun and cases & case:
        return True  # wojewoda leśno-polny
    if (
        names
        and noun
        and not article.cap[at]
        and cls != BREV
        and not (at == begin + 1 and article.sent_lo[begin] == begin and cls == ADJ)
    ):
        # after a name only what still belongs to the name of a body: Rada Miasta stołecznego, rzecznik PSP młodszy
        return (
            names == 1
            and bool(cases & GEN)
            and not article.nominative[at]
            and article.cls[at - 1] in (NOUN, ADJ)
            and article.cases[at - 1] != ANY_CASE
        )
    if article.cap[at] and article.cap[at - 1] and cases & DAT and article.cls[at - 1] == NOUN and noun and not names:
        return True  # Centrum Zapobiegania Chorobom
    if cases == ANY_CASE:
        return not (case != NOM and names >= 2 and cls == UNKNOWN and not article.cases[at - 1] & NOM)
    if not noun:
        counted = article.cls[begin] == NUM or article.low[begin] in ("art", "ust", "p.o")
        return bool(cases & case) or bool(counted and cases & GEN)  # 56 proc. badanych, art. 14 ustawy, p.o. dyrektora
    if case == NOM and cases & NOM and not cases & GEN:
        # a second nominative must be a name or stand in apposition before one
        if cls == ADJ and article.cls[at - 1] == NOUN and article.case[at] & NOM and article.case[at - 1] & NOM:
            agrees = article.gender[at] & article.gender[at - 1] and article.number[at] & article.number[at - 1]
            return bool(agrees or (article.cap[at] and article.cap[at - 1])) and article.lemma[at] not in _NOT_OF_A_NAME
        body = article.voice[at] and not article.proper[at]
        if body and article.cap[at] and (article.cls[at - 1] == UNKNOWN or (article.proper[at - 1] and names)):
            return False  # przekonywał Jan Sowa Sąd w Warszawie nakazał: a stop was lost
        return article.cap[at] or cls == NOUN
    return bool(cases & (case | GEN))


def _numbers(article: Article, at: int) -> bool:
    """Whether a number closes a name (przeciwnicy Nord Stream 2), and counts nothing after it."""
    nxt = at + 1
    short = len(article.form[at]) < 5 and article.start[at] - article.end[at - 1] == 1
    return short and nxt < len(article) and (article.cls[nxt] in FINITE or article.kind[nxt] in (COMMA, DASH, COLON))


def _is_followed(article: Article, at: int) -> bool:
    """Whether another nominative follows a name, which then belongs to what is before it."""
    nxt = at + 1
    if nxt >= len(article) or article.cls[nxt] not in (NOUN, ADJ) or article.cap[nxt]:
        return False
    return bool(article.case[nxt] & NOM) and not article.cases[nxt] & GEN


def _rules(article: Article, at: int) -> bool:
    """Whether a verb in the singular follows, whose subject an acronym may be."""
    nxt = at + 1
    if nxt >= len(article) or article.lemma[nxt] == "wynikać":
        return False  # z informacji PAP wynika
    return article.cls[nxt] in FINITE and bool(article.number[nxt] & SG)


def _opens_clause(article: Article, at: int) -> bool:
    """Whether a nominative after a phrase in another case is the subject of what follows (zdaniem torysów Lis może)."""
    before = at - 1
    cased = article.cases[before] != ANY_CASE and article.cls[before] in (NOUN, ADJ) and not article.cap[before]
    if not cased or not article.case[at] & NOM or article.cls[at] not in (NOUN, UNKNOWN):
        return False
    if article.cls[before] == NOUN and article.voice[before] and article.number[before] == SG:
        return False  # zdaniem posłanki Nowak
    end = at + 1
    while end < min(len(article), at + 4) and article.cap[end] and article.case[end] & NOM:
        end += 1
    while end < min(len(article), at + 8) and article.cls[end] in (PART, ADV):
        end += 1
    return end < len(article) and article.cls[end] in FINITE and article.lemma[end] != "wynikać"


def _opens_person(article: Article, at: int) -> bool:
    """Whether a man's whole name in the nominative begins after an outlet's (cytowany przez Radio Fala | Jan Sowa)."""
    form, after, before = article.form[at], at + 1, at - 1
    base = (form in MEN or form in POLISH) and not form.endswith(("a", "o")) and bool(article.cases[at] & NOM)
    if not base or after >= len(article) or not article.cap[after] or article.kind[after] != PLAIN:
        return False
    if article.cases[after] != ANY_CASE and not article.cases[after] & NOM:
        return False
    outlet = article.lemma[before] in _OUTLETS or article.form[before].isupper() or "." in article.form[before]
    return outlet or (article.cap[before] and article.form[before - 1] in OUTLETS)


def _modifier_end(article: Article, begin: int, at: int, hi: int, names: int) -> int:
    """Past the prepositional phrase at `at`, if it belongs to the noun phrase before it; `at` if not."""
    word = article.low[at]
    acronym = word == "na" and article.form[at - 1].isupper()  # dyrektor WHO na Europę Jan Sowa
    first = next((place for place in range(begin, at) if article.cls[place] in (NOUN, UNKNOWN)), begin)
    seated = word in ("w", "we") and article.lemma[first] in _COURTS  # Uniwersytet Jana Sowy w Gdańsku
    if (
        names
        and not acronym
        and not seated
        and word in ("w", "we", "na", "dla", "po", "podczas")
        and article.cls[at - 1] in (NOUN, UNKNOWN, ADJ)
    ):
        return at  # Sowa w Radiu Fala
    end = at + 1
    near = {article.lemma[place] for place in range(max(0, at - 3), at)}
    ahead = at + 1 < hi and article.cls[at + 1] in (NOUN, ADJ, UNKNOWN, PARTICIPLE)
    body = seated or (word in ("w", "we") and near & _COURTS)
    if body and ahead and article.cap[at + 1] and article.cases[at + 1] & LOC:
        return oblique_end(article, end, hi, LOC)  # Sąd Okręgowy w Gdańsku
    if word == "o" and near & _ABOUT and ahead and article.cases[at + 1] & LOC:
        return oblique_end(article, end, hi, LOC)  # porozumienie o granicy
    if word == "do" and near & _ADDRESSED and ahead and article.cases[at + 1] & GEN:
        return oblique_end(article, end, hi, GEN)  # list do wiernych
    if article.lemma[at] == "do spraw" or word == "ds":
        if end < hi and article.kind[end] == STOP:
            end += 1
        return oblique_end(article, end, hi, GEN)
    if word == "do" and end < hi and article.low[end] == "spraw":
        return oblique_end(article, end + 1, hi, GEN)
    governed = GOVERNS.get(word, GEN | ACC | INST | LOC)
    end = oblique_end(article, end, hi, governed)
    if end == at + 1:
        return at
    if article.cls[at - 1] == PARTICIPLE or article.lemma[at - 1] in _GOVERNING:
        return end
    if word in ("z", "ze") and names < 2 and not (article.cases[at + 1] & INST and not article.cases[at + 1] & GEN):
        return end
    named = end < hi and (article.proper[end] or article.cls[end] == BREV) and (article.cases[end] & NOM)
    return end if named and names < 2 else at


def _coordinates(article: Article, at: int, hi: int, case: int) -> bool:
    """Whether the conjunction at `at` joins two phrases of one case (Sowa i Lis), and not two clauses."""
    nxt = at + 1
    if article.cls[nxt] not in NOMINAL or article.kind[nxt] != PLAIN:
        return False
    left, right = article.cases[at - 1], article.cases[nxt]
    if case == NOM and right & NOM and left & NOM and article.case[nxt] & NOM:
        return article.cls[nxt] in (NOUN, UNKNOWN, BREV, ADJ)
    return bool(left & right & (GEN if case == NOM else case | GEN)) and not (
        article.case[nxt] & NOM and case == NOM and not right & GEN
    )
