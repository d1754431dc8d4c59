"""The noun phrase that names a source, found by its place beside the cue and by agreement with the verb."""

from __future__ import annotations

from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import (
    RANKS,
    REACH,
    RELATIVE,
    bound,
    closed,
    is_name,
    phrase_end,
    prepositional_end,
)
from discourse.attribution.view import (
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
    GEN,
    IMPS,
    INST,
    LOC,
    M1,
    MASCULINE,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    OPEN,
    PARTICIPLE,
    PCON,
    PL,
    PLAIN,
    PRAET,
    PREP,
    PRONOUN,
    QUOTE,
    SG,
    STOP,
    UNKNOWN,
    Article,
    F,
)

_SUBORDINATE = words(
    "że iż gdy kiedy gdyż bo ponieważ jeśli jeżeli aby żeby by choć chociaż zanim dopóki jak gdzie skąd dokąd "
    "jakby jakoby czy którego której które która który którzy których któremu którym którymi którą co"
)
_TITLES = words("prof dr hab mec red ks inż mgr gen lek doc")
_NOBODY = frozenset(["kto", "co", "nikt", "nic", "to", "wszystko", "coś"])
_ASKED = words("pytać zapytać dopytywać spytać poprosić pytany zapytany dopytywany poproszony")
_MONTHS = words("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia")
#: Names of agencies and outlets stand uninflected between verb and source: powiedział PAP minister.
_ADDRESSEES = words(
    "PAP IAR AFP Reuters Reuterowi dpa DPA AP CNN BBC NBC CBS TASS Interfax Onet TVN24 TVN TVP Polsat RMF RMF24 "
    "Politico Bloomberg Wyborcza tvn24.pl Onet.pl Gazeta.pl OKO.press wPolityce.pl Interia money.pl Newsweek "
    "Wprost"
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
    """Whether a noun phrase may be one who speaks: a person, a body, a text; not a thing (spór, sto milionów)."""
    if article.lemma[lo] == "jeden" and hi - lo > 1:
        return True
    for at in range(lo, hi):
        cls = article.cls[at]
        if (
            cls == PRONOUN
            or article.lemma[at] in RELATIVE
            or article.kind[at] == QUOTE
            or (cls == BREV and article.low[at] in _TITLES)
        ):
            return True
        if article.voice[at]:
            return True
        if cls == UNKNOWN:
            return article.cap[at] or article.low[at] in RANKS
        if cls == NOUN:
            if article.proper[at] or article.nominative[at] & M1 or article.nominative[at] >> 5 & M1:
                return True
            if article.cap[at] and (article.sent_lo[at] != at or (at + 1 < hi and article.cap[at + 1])):
                return True
            feminine = bool(article.nominative[at] & F) and article.lemma[at].endswith(("ka", "yni", "ini", "owa"))
            return feminine and not article.lemma[at].endswith(("tyka", "nika", "fika", "liczka", "ówka", "enka"))
        if cls in (ADJ, PARTICIPLE) and hi - lo == 1:
            return bool(article.nominative[at] & (M1 | F) or article.nominative[at] >> 5)
    return hi - lo <= 2 and article.cls[lo] != NUM


def voiced(article: Article, lo: int, hi: int) -> bool:
    """The same for a phrase in any case: whether its first noun is somebody, a body or a text."""
    for at in range(lo, hi):
        cls = article.cls[at]
        if cls == PRONOUN or article.kind[at] == QUOTE or article.voice[at] or article.lemma[at] in RELATIVE:
            return True
        if cls in (NOUN, UNKNOWN) and article.kind[at] == PLAIN:
            return bool(article.cap[at] or article.gender[at] & M1 or article.lemma[at].endswith(("ka", "yni", "ini")))
    return hi - lo == 1


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
    """The first nominative noun phrase after the verb, before the next comma or verb."""
    at, hi = verb + 1, min(hi, verb + 1 + REACH)
    while at < hi:
        kind, cls = article.kind[at], article.cls[at]
        if kind == OPEN:
            at = closed(article, at, hi)
        elif kind == QUOTE:
            which = article.opening.get(at)
            if which is None or not is_name(article, which):
                return None
            return at, article.inner[which][1] + 1
        elif bound(article, at):
            return None
        elif cls == PREP or (cls == BREV and article.low[at] == "ws"):
            at = prepositional_end(article, at, hi, mask)
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
            return _appositive_head(article, found, begin, end, lo, mask) if found[1] >= end else found
        if (
            own
            and (end > begin and any(article.cls[at] not in (CONJ,) for at in range(begin, end)))
            and step == 0
            and not _bare(article, begin, end)
        ):
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
            at = prepositional_end(article, at, end, mask)
        elif cls in NOMINAL and article.kind[at] == PLAIN and _may_head(article, at, end, mask):
            if article.lemma[at] in RELATIVE:
                return (at, at + 1) if own else None
            stop = phrase_end(article, at, end, NOM)
            if plausible(article, at, stop):
                return at, stop
            at = stop
        else:
            at += 1
    return None


def _appositive_head(
    article: Article, found: tuple[int, int], begin: int, end: int, lo: int, mask: int
) -> tuple[int, int]:
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
    if (
        article.form[at] in _ADDRESSEES
        and at + 1 < hi
        and article.cls[at + 1] in NOMINAL
        and article.kind[at + 1] == PLAIN
        and (article.cls[at + 1] in (BREV, UNKNOWN) or article.nominative[at + 1] & mask)
    ):
        return False
    if (
        article.form[at].isupper()
        and 1 < len(article.form[at]) <= 6
        and at + 1 < hi
        and article.kind[at + 1] == PLAIN
        and (
            article.cls[at + 1] in NOMINAL
            and article.nominative[at + 1] & mask
            and article.cases[at + 1] != ANY_CASE
            and not article.cases[at + 1] & GEN
        )
    ):
        return False  # broniła działań UE przewodnicząca …
    if article.lemma[at] in _NOBODY:
        return False
    if cls == NUM and article.form[at].isdigit() and len(article.form[at]) == 4:
        return False
    if cls == NUM and (article.form[at].isdigit() or article.form[at][:1].isdigit()):
        return (
            at + 1 < hi
            and article.low[at + 1] not in _MONTHS
            and article.form[at + 1] not in ("r", "roku", "rok")
            and at + 1 < hi
            and article.cls[at + 1] in (NOUN, BREV)
        )
    if article.cases[at] != ANY_CASE and not article.case[at] & NOM:
        # the chosen reading says otherwise: believe it before a common noun in the genitive or accusative
        opens = article.sent_lo[at] == at or bound(article, at - 1) or article.cls[at - 1] in (CONJ, COMP)
        if article.case[at] & (GEN | DAT | INST | LOC) and not article.proper[at] and not (opens and article.voice[at]):
            return False
        if cls == ADJ and not article.cap[at]:
            return False
    if (cls == UNKNOWN and not article.cap[at] and article.low[at] not in RANKS) or (
        any(letter.isdigit() for letter in article.form[at]) and cls == UNKNOWN
    ):
        return False
    if cls == BREV:
        return article.low[at] not in (
            "m",
            "in",
            "ok",
            "r",
            "godz",
            "tys",
            "mln",
            "mld",
            "proc",
            "ds",
            "ws",
            "zł",
            "np",
            "tzw",
            "tj",
            "ub",
            "br",
            "itp",
            "itd",
            "m.in",
        )
    if cls == PRONOUN:
        return bool(article.case[at] & NOM) and article.low[at] in ("on", "ona", "ono", "oni", "one", "ja", "my")
    if cls == PARTICIPLE and article.lemma[at] in _ASKED:
        return False
    if cls in (ADJ, NUM, PARTICIPLE):
        ahead = at
        while ahead < min(hi, at + 6) and (
            article.cls[ahead] in (ADJ, NUM, BREV, PARTICIPLE) or article.kind[ahead] == STOP
        ):
            ahead += 1
        has_noun = (
            ahead < hi
            and article.cls[ahead] in (NOUN, UNKNOWN)
            and (article.nominative[ahead] & mask or article.cls[at] == NUM)
        )
        return (
            bool(has_noun)
            or article.cap[at]
            or article.lemma[at]
            in (
                "ten",
                "sam",
                "jeden",
                "inny",
                "drugi",
                "przewodniczący",
                "radny",
                "wielu",
                "kilka",
                "wszystek",
                "każdy",
                "oba",
            )
        )
    return True
