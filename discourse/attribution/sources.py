"""The noun phrase that names a source, found by its place beside the cue and by agreement with the verb."""

from __future__ import annotations

from discourse.attribution.view import (
    ACC, ADJ, AGLT, ANY_CASE, ANY_GENDER, BREV, CLOSE, COLON, COMMA, COMP, CONJ, DASH, DAT, F, FIN, FINITE, GEN, IMPS,
    INF, INST, LOC, M1, MASCULINE, NOM, NOMINAL, NOUN, NUM, OPEN, PARTICIPLE, PARTICLES, PCON, PL, PLAIN, PRAET, PREP,
    PRONOUN, QUOTE, SEMICOLON, SG, STOP, UNKNOWN, Article,
)  # fmt: skip

#: How far from its cue a source is looked for, in tokens.
REACH = 40
_GOVERNS = {
    "w": ACC | LOC, "we": ACC | LOC, "na": ACC | LOC, "z": INST | GEN, "ze": INST | GEN, "do": GEN, "od": GEN, "dla": GEN,
    "o": ACC | LOC, "po": ACC | LOC, "przed": INST | ACC, "pod": INST | ACC, "nad": INST | ACC, "za": INST | ACC | GEN,
    "między": INST, "pomiędzy": INST, "przez": ACC, "przy": LOC, "podczas": GEN, "wobec": GEN, "dzięki": DAT,
    "wbrew": DAT, "ku": DAT, "wskutek": GEN, "według": GEN, "bez": GEN, "u": GEN, "spośród": GEN, "mimo": GEN,
}  # fmt: skip
_RELATIVE = frozenset({"który", "jaki"})
_SUBORDINATE = frozenset(
    ["że", "iż", "gdy", "kiedy", "gdyż", "bo", "ponieważ", "jeśli", "jeżeli", "aby", "żeby", "by", "choć", "chociaż", "zanim", "dopóki", "jak", "gdzie", "skąd", "dokąd", "jakby", "jakoby", "czy", "którego", "której", "które", "która", "który", "którzy", "których", "któremu", "którym", "którymi", "którą", "co"]
)
_TITLES = frozenset("prof dr hab mec red ks inż mgr gen lek doc".split())
_NOBODY = frozenset("kto co nikt nic to wszystko coś".split())
#: Ranks and titles that the dictionary does not have as abbreviations.
_RANKS = frozenset("nadkom podkom kom asp sierż mł st insp podinsp nadinsp gen płk ppłk mjr kpt por ppor chor bryg kmdr prok sen pos abp bp kard mec".split())
_ASKED = frozenset(("pytać", "zapytać", "dopytywać", "spytać", "poprosić", "pytany", "zapytany", "dopytywany", "poproszony"))
_MONTHS = frozenset(
    ["stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"]
)
#: Names of agencies and outlets stand uninflected between verb and source: powiedział PAP minister.
_ADDRESSEES = frozenset(
    ["PAP", "IAR", "AFP", "Reuters", "Reuterowi", "dpa", "DPA", "AP", "CNN", "BBC", "NBC", "CBS", "TASS", "Interfax", "Onet", "TVN24", "TVN", "TVP", "Polsat", "RMF", "RMF24", "Politico", "Bloomberg", "Wyborcza", "tvn24.pl", "Onet.pl", "Gazeta.pl", "OKO.press", "wPolityce.pl", "Interia", "money.pl", "Newsweek", "Wprost"]
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


def plausible(article: Article, lo: int, hi: int) -> bool:
    """Whether a noun phrase may be one who speaks: a person, a body, a text; not a thing (umowa, spór, sto milionów)."""
    for at in range(lo, hi):
        cls = article.cls[at]
        if cls == PRONOUN or article.lemma[at] in _RELATIVE or article.kind[at] == QUOTE or cls == BREV and article.low[at] in _TITLES:
            return True
        if article.voice[at]:
            return True
        if cls == UNKNOWN:
            return article.cap[at] or article.low[at] in _RANKS
        if cls == NOUN:
            if article.proper[at] or article.nominative[at] & M1 or article.nominative[at] >> 5 & M1:
                return True
            if article.cap[at] and (article.sent_lo[at] != at or at + 1 < hi and article.cap[at + 1]):
                return True
            feminine = bool(article.nominative[at] & F) and article.lemma[at].endswith(("ka", "yni", "ini", "owa"))
            return feminine and not article.lemma[at].endswith(("tyka", "nika", "fika", "liczka", "ówka", "enka"))
        if cls in (ADJ, PARTICIPLE) and hi - lo == 1:
            return bool(article.nominative[at] & (M1 | F) or article.nominative[at] >> 5)
    return hi - lo <= 2 and article.cls[lo] != NUM


def subject(article: Article, verb: int, lo: int, hi: int, *, first: str = "after", mask: int | None = None) -> tuple[int, int] | None:
    """The subject of the verb within tokens `lo` to `hi`: after it or before it, the `first` place tried first."""
    if article.cls[verb] == IMPS:
        return None
    mask = agreement(article, verb) if mask is None else mask
    if first == "after":
        return after(article, verb, hi, mask) or (before(article, verb, lo, mask) if lo < verb else None)
    return before(article, verb, lo, mask, own=True) or after(article, verb, hi, mask) or before(article, verb, lo, mask)


def after(article: Article, verb: int, hi: int, mask: int) -> tuple[int, int] | None:
    """The first nominative noun phrase after the verb, before the next comma or verb."""
    at, hi = verb + 1, min(hi, verb + 1 + REACH)
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == OPEN:
            at = _closed(article, at, hi)
        elif kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which):
                return None
            return at, article.inner[which][1] + 1
        elif bound(article, at):
            return None
        elif cls == PREP or (cls == BREV and article.low[at] == "ws"):
            at = _prepositional_end(article, at, hi, mask)
        elif cls in NOMINAL and article.kind[at] == PLAIN:
            if _may_head(article, at, hi, mask):
                end = phrase_end(article, at, hi, NOM)
                if plausible(article, at, end):
                    return at, end
                at = end
                continue
            at += 1
        elif cls in FINITE or cls in (COMP, PCON):
            return None
        else:
            at += 1
    return None


def before(article: Article, verb: int, lo: int, mask: int, *, own: bool = False) -> tuple[int, int] | None:
    """The nominative noun phrase before the verb: in its own clause, else (unless `own`) in those before it."""
    lo = max(lo, verb - REACH)
    end = verb
    for step in range(6):
        begin = end
        while begin > lo and not bound(article, begin - 1) and article.kind[begin - 1] not in (OPEN, CLOSE):
            begin -= 1
        found = _in_clause(article, begin, end, mask, step == 0)
        if found is not None:
            if step or found[1] >= end or own is False or True:
                return _appositive_head(article, found, begin, end, lo, mask) if found[1] >= end else found
        if own and (end > begin and any(article.cls[at] not in (CONJ,) for at in range(begin, end))) and step == 0 and not _bare(article, begin, end):
            return None
        if begin <= lo:
            return None
        if article.kind[begin - 1] not in (COMMA, DASH, OPEN, CLOSE, QUOTE):
            return None
        end = begin - 1
    return None


def _bare(article: Article, begin: int, end: int) -> bool:
    """Whether a stretch holds nothing but adverbs and particles, so that its subject may stand before the comma."""
    return all(article.cls[at] not in NOMINAL and article.cls[at] not in FINITE for at in range(begin, end)) and (
        begin == end or article.cls[begin] not in (COMP, CONJ)
    )


def _in_clause(article: Article, begin: int, end: int, mask: int, own: bool) -> tuple[int, int] | None:
    at = begin
    if at < end and article.lemma[at] in _RELATIVE:
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
            at = _prepositional_end(article, at, end, mask)
        elif cls in NOMINAL and article.kind[at] == PLAIN and _may_head(article, at, end, mask):
            if article.lemma[at] in _RELATIVE:
                return (at, at + 1) if own else None
            stop = phrase_end(article, at, end, NOM)
            if plausible(article, at, stop):
                return at, stop
            at = stop
        else:
            at += 1
    return None


def _appositive_head(article: Article, found: tuple[int, int], begin: int, end: int, lo: int, mask: int) -> tuple[int, int]:
    """The phrase before the comma where the one found is an apposition to it (Jan Sowa, szef rady, powiedział)."""
    if found[0] != begin or found[1] != end or begin <= lo or article.kind[begin - 1] != COMMA:
        return found
    stop = begin - 1
    first = stop
    while first > lo and not bound(article, first - 1):
        first -= 1
    head = _in_clause(article, first, stop, mask, False)
    return head if head is not None and head[1] == stop else found


def _may_head(article: Article, at: int, hi: int, mask: int) -> bool:
    """Whether a nominative phrase that agrees may begin here."""
    cls = article.cls[at]
    if not article.nominative[at] & mask and cls not in (BREV, UNKNOWN):
        return False
    if article.form[at] in _ADDRESSEES and at + 1 < hi and article.cls[at + 1] in NOMINAL and article.kind[at + 1] == PLAIN and (
        article.cls[at + 1] in (BREV, UNKNOWN) or article.nominative[at + 1] & mask
    ):
        return False
    if article.form[at].isupper() and 1 < len(article.form[at]) <= 6 and at + 1 < hi and article.kind[at + 1] == PLAIN and (
        article.cls[at + 1] in NOMINAL and article.nominative[at + 1] & mask and article.cases[at + 1] != ANY_CASE and not article.cases[at + 1] & GEN
    ):
        return False  # broniła działań UE przewodnicząca …
    if article.lemma[at] in _NOBODY:
        return False
    if cls == NUM and article.form[at].isdigit() and len(article.form[at]) == 4:
        return False
    if cls == NUM and (article.form[at].isdigit() or article.form[at][:1].isdigit()):
        return at + 1 < hi and article.low[at + 1] not in _MONTHS and article.form[at + 1] not in ("r", "roku", "rok") and at + 1 < hi and article.cls[at + 1] in (NOUN, BREV)
    if article.cases[at] != ANY_CASE and not article.case[at] & NOM:
        # the chosen reading says otherwise: believe it before a common noun in the genitive or accusative
        if article.case[at] & (GEN | DAT | INST | LOC) and not article.proper[at]:
            return False
        if cls == ADJ and not article.cap[at]:
            return False
    if cls == UNKNOWN and not article.cap[at] and article.low[at] not in _RANKS or any(letter.isdigit() for letter in article.form[at]) and cls == UNKNOWN:
        return False
    if cls == BREV:
        return article.low[at] not in ("m", "in", "ok", "r", "godz", "tys", "mln", "mld", "proc", "ds", "ws", "zł", "np", "tzw", "tj", "ub", "br", "itp", "itd", "m.in")
    if cls == PRONOUN:
        return bool(article.case[at] & NOM) and article.low[at] in ("on", "ona", "ono", "oni", "one", "ja", "my")
    if cls == PARTICIPLE and article.lemma[at] in _ASKED:
        return False
    if cls in (ADJ, NUM, PARTICIPLE):
        ahead = at
        while ahead < min(hi, at + 6) and (article.cls[ahead] in (ADJ, NUM, BREV, PARTICIPLE) or article.kind[ahead] == STOP):
            ahead += 1
        has_noun = ahead < hi and article.cls[ahead] in (NOUN, UNKNOWN) and (article.nominative[ahead] & mask or article.cls[at] == NUM)
        return bool(has_noun) or article.cap[at] or article.lemma[at] in ("ten", "sam", "jeden", "inny", "drugi", "przewodniczący", "radny", "wielu", "kilka", "wszystek", "każdy", "oba")
    return True


def phrase_end(article: Article, begin: int, hi: int, case: int) -> int:
    """One past the last token of the noun phrase in `case` that begins at `begin`, up to the first comma."""
    if article.cls[begin] == PRONOUN or article.lemma[begin] in _RELATIVE:
        return begin + 1
    at, noun, names = begin, False, 0
    hi = min(hi, begin + REACH)
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == DASH and not article.spaced[at]:
            at += 1
        elif kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which) or article.inner[which][1] + 1 > hi:
                break
            at, noun = article.inner[which][1] + 1, True
        elif kind == STOP:
            if not _abbreviation(article, at) or at + 1 >= hi:
                break
            at += 1
        elif kind != PLAIN or cls in FINITE or cls in (INF, PCON, COMP, AGLT):
            break
        elif cls == PREP or (cls == BREV and article.lemma[at] == "do spraw") or article.low[at] == "ds":
            if not noun and article.lemma[begin] != "jeden":
                break
            stop = _modifier_end(article, at, hi, names)
            if stop == at:
                break
            at, names = stop, 0
        elif cls == CONJ:
            if article.low[at] not in ("i", "oraz") or at + 1 >= hi or not _coordinates(article, at, hi, case):
                break
            at += 1
        elif cls in NOMINAL and article.low[at] in PARTICLES:
            at += 1
        elif cls in NOMINAL:
            if not _continues(article, at, begin, case, noun, names):
                break
            noun = noun or cls in (NOUN, UNKNOWN) or article.cap[at]
            names = names + 1 if article.proper[at] or cls == UNKNOWN and article.cap[at] else 0
            at += 1
        else:
            break
    while at > begin + 1 and (article.kind[at - 1] == DASH or article.cls[at - 1] in (CONJ, PREP)):
        at -= 1
    if at > begin + 1 and article.kind[at - 1] == STOP and not _abbreviation(article, at - 1):
        at -= 1
    return max(at, begin + 1)


def _continues(article: Article, at: int, begin: int, case: int, noun: bool, names: int) -> bool:
    cases, cls = article.cases[at], article.cls[at]
    if at == begin:
        return True
    if cls == PRONOUN:
        return False
    if names and noun and not article.cap[at] and cls != BREV and not (at == begin + 1 and article.sent_lo[begin] == begin and cls == ADJ):
        # after a name only what still belongs to the name of a body: Rada Miasta stołecznego, rzecznik PSP młodszy
        return names == 1 and bool(cases & GEN) and not article.nominative[at] and article.cls[at - 1] in (NOUN, ADJ) and article.cases[at - 1] != ANY_CASE
    if cases == ANY_CASE:
        if case != NOM and names >= 2 and cls == UNKNOWN and not article.cases[at - 1] & NOM:
            return False
        return True
    if not noun:
        return bool(cases & case)
    if case == NOM and cases & NOM and not cases & GEN:
        # a second nominative must be a name or stand in apposition before one
        return article.cap[at] or cls == NOUN
    return bool(cases & (case | GEN))


def _modifier_end(article: Article, at: int, hi: int, names: int) -> int:
    """Past the prepositional phrase at `at`, if it belongs to the noun phrase before it; `at` if not."""
    word = article.low[at]
    end = at + 1
    if article.lemma[at] == "do spraw" or word == "ds":
        if end < hi and article.kind[end] == STOP:
            end += 1
        return _oblique_end(article, end, hi, GEN)
    if word == "do" and end < hi and article.low[end] == "spraw":
        return _oblique_end(article, end + 1, hi, GEN)
    governed = _GOVERNS.get(word, GEN | ACC | INST | LOC)
    end = _oblique_end(article, end, hi, governed)
    if end == at + 1:
        return at
    if article.cls[at - 1] == PARTICIPLE:
        return end
    if word in ("z", "ze") and names < 2 and not (article.cases[at + 1] & INST and not article.cases[at + 1] & GEN):
        return end
    named = end < hi and (article.proper[end] or article.cls[end] == BREV) and (article.cases[end] & NOM)
    return end if named and names < 2 else at


def _oblique_end(article: Article, at: int, hi: int, governed: int) -> int:
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
        if cls == CONJ and noun and article.low[at] in ("i", "oraz") and at + 1 < hi and article.cases[at + 1] & governed and not article.nominative[at + 1]:
            at += 1
            continue
        if article.kind[at] != PLAIN or cls not in NOMINAL or cls == PRONOUN:
            break
        if noun and (cls == BREV or (cases & NOM and (article.case[at] & NOM or cases == ANY_CASE) and article.cap[at] and article.cases[at - 1] != ANY_CASE)):
            break
        if not cases & ((governed | GEN) if noun else governed) and (noun or cases):
            break
        noun = noun or cls in (NOUN, UNKNOWN) or cases == ANY_CASE
        at += 1
    return at


def _prepositional_end(article: Article, at: int, hi: int, mask: int) -> int:
    """Past the prepositional phrase at `at`, which ends where a nominative phrase may begin."""
    governed = _GOVERNS.get(article.low[at], GEN | ACC | INST | LOC | DAT)
    at += 1
    noun = False
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which) or article.inner[which][1] + 1 > hi:
                return at
            at, noun = article.inner[which][1] + 1, True
            continue
        if kind == STOP and _abbreviation(article, at):
            at += 1
            continue
        if kind == DASH and not article.spaced[at]:
            at += 1
            continue
        if kind != PLAIN or cls not in NOMINAL:
            return at
        if noun:
            if cls == BREV:
                return at
            if cls == PRONOUN:
                return at
            cases = article.cases[at]
            if cases == ANY_CASE:
                # an uninflected name after the noun may still belong to it (w Radiu ZET), if a subject follows
                if not (at + 1 < hi and article.kind[at + 1] == PLAIN and article.cls[at + 1] in NOMINAL
                        and article.cases[at + 1] != ANY_CASE and article.nominative[at + 1] & mask):
                    return at
            elif article.nominative[at] & mask and (article.case[at] & NOM or not cases & (governed | GEN)):
                return at
            if not cases & (governed | GEN):
                return at
        noun = noun or cls in (NOUN, UNKNOWN, PRONOUN)
        at += 1
    return at


def _coordinates(article: Article, at: int, hi: int, case: int) -> bool:
    """Whether the conjunction at `at` joins two phrases of one case (Sowa i Lis), and not two clauses."""
    nxt = at + 1
    if article.cls[nxt] not in NOMINAL or article.kind[nxt] != PLAIN:
        return False
    left, right = article.cases[at - 1], article.cases[nxt]
    if case == NOM and right & NOM and left & NOM and article.case[nxt] & NOM:
        return article.cls[nxt] in (NOUN, UNKNOWN, BREV, ADJ)
    return bool(left & right & (GEN if case == NOM else case | GEN)) and not (article.case[nxt] & NOM and case == NOM and not right & GEN)


def bound(article: Article, at: int) -> bool:
    kind = article.kind[at]
    if kind in (COMMA, COLON, SEMICOLON):
        return True
    if kind == DASH:
        return article.spaced[at]
    if kind == STOP:
        return not _abbreviation(article, at)
    if kind == QUOTE:
        which = article.opening.get(at, article.closing.get(at))
        return which is None or not is_name(article, which)
    return False


def _abbreviation(article: Article, at: int) -> bool:
    """Whether the dot at `at` belongs to an abbreviation or an initial."""
    if at == 0 or article.form[at] != "." or article.start[at] != article.end[at - 1]:
        return False
    before = article.form[at - 1]
    return article.cls[at - 1] == BREV or (len(before) == 1 and before.isupper() or before in ("Dz", "Ks", "Św", "Gen", "Sz", "Cz", "Ch")) or before in ("ds", "prof", "św", "ks", "dr", "hab", "inż", "red") or before.lower() in _RANKS


def is_name(article: Article, which: int) -> bool:
    """Whether a quotation is short enough and capitalised, so that it names rather than says („Nowy Głos”)."""
    lo, hi = article.inner[which]
    if not 0 < hi - lo <= 5 or not article.quotes[which].closed:
        return False
    return article.cap[lo] and all(article.cls[at] not in (FIN, PRAET) and article.kind[at] != STOP for at in range(lo, hi))


def _closed(article: Article, at: int, hi: int) -> int:
    """Past the bracket that opens at `at`."""
    for end in range(at, min(hi, at + 12)):
        if article.kind[end] == CLOSE:
            return end + 1
    return at + 1


