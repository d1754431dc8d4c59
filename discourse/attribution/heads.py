"""Which noun phrases may be a source: one that may head a subject, one that may speak."""

from __future__ import annotations

from discourse.attribution.bounds import RANKS, bound
from discourse.attribution.grammar import (
    ADJ,
    ANY_CASE,
    BREV,
    COMP,
    CONJ,
    DASH,
    DAT,
    GEN,
    INST,
    LOC,
    M1,
    NOM,
    NOMINAL,
    NOUN,
    NUM,
    PARTICIPLE,
    PL,
    PLAIN,
    PREP,
    PRONOUN,
    QUOTE,
    STOP,
    UNKNOWN,
    F,
    N,
)
from discourse.attribution.lexicon import words
from discourse.attribution.nounphrases import RELATIVE
from discourse.attribution.prepositions import FIXED, share
from discourse.attribution.view import Article

_TITLES = words("prof dr hab mec red ks inż mgr gen lek doc")


_NOBODY = frozenset(["kto", "co", "nikt", "nic", "to", "wszystko", "coś"])


_ASKED = words("pytać zapytać dopytywać spytać poprosić pytany zapytany dopytywany poproszony")


_ASKED_ONES = words("badanych ankietowanych respondentów pytanych większość połowa ekspertów polaków polek")


_QUANTITIES = words("procent większość połowa część grupa szereg tysiąc setka dziesiątka para trzecia ćwierć")


#: Quantities that speak, whatever the number of their verb: wielu posłów podkreślało, część uspokaja.
_SOME = frozenset(["wielu", "większość", "część", "kilku", "kilkoro", "niektórzy"])


#: The same before one who speaks: pisze kilkanaście organizacji.
_MANY = words("kilkanaście kilkadziesiąt kilkaset kilkunastu kilkudziesięciu setki dziesiątki tysiące dwoje troje")


#: Nouns of office that women bear as men do: dodała europoseł.
_OFFICES = words(
    "minister wiceminister premier wicepremier prezydent wiceprezydent poseł europoseł senator marszałek wicemarszałek "
    "prezes wiceprezes rzecznik wicerzecznik dyrektor wicedyrektor profesor doktor redaktor sędzia prokurator adwokat "
    "mecenas starosta burmistrz wójt ambasador konsul komisarz eurokomisarz kurator rektor prorektor dziekan szef "
    "wiceszef kanclerz menadżer menedżer manager doradca pełnomocnik sekretarz psycholog socjolog politolog historyk "
    "pediatra lekarz wirusolog epidemiolog immunolog psychiatra ekonomista inspektor radca notariusz architekt pedagog "
    "prawnik analityk ekspert specjalista wojewoda ordynator kierownik komendant gubernator"
)


_MONTHS = words("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia")


#: Names of agencies and outlets stand uninflected between verb and source: powiedział PAP minister.
ADDRESSEES = words(
    "PAP IAR AFP Reuters Reuterowi dpa DPA AP CNN BBC NBC CBS TASS Interfax Onet TVN24 TVN TVP Polsat RMF RMF24 "
    "Politico Bloomberg Wyborcza tvn24.pl Onet.pl Gazeta.pl OKO.press wPolityce.pl Interia money.pl Newsweek "
    "Wprost News Info"
)


def plausible(article: Article, lo: int, hi: int) -> bool:
    """Whether a noun phrase may be one who speaks: a person, a body, a text; not a thing (spór, sto milionów)."""
    if (article.lemma[lo] == "jeden" and hi - lo > 1) or article.low[lo] in _SOME:
        return True
    if share(article, lo, hi):
        nouns = [at for at in range(lo + 2, hi) if article.cls[at] == NOUN]
        return not nouns or article.voice[nouns[0]] or bool(article.gender[nouns[0]] & M1)  # 45 proc. uznało
    if article.cls[lo] == PARTICIPLE and hi - lo > 2 and article.cls[lo + 1] == PREP:
        return any(article.voice[at] for at in range(lo, hi))  # opublikowany w niedzielę sondaż
    for at in range(lo, hi):
        cls = article.cls[at]
        if (
            cls == PRONOUN
            or article.lemma[at] in RELATIVE
            or article.kind[at] == QUOTE
            or (cls == BREV and article.low[at] in _TITLES)
        ):
            return True
        if article.voice[at] or article.low[at] in _ASKED_ONES:
            return True
        if cls == UNKNOWN:
            return article.cap[at] or article.low[at] in RANKS
        if cls == NOUN and article.lemma[at] in _QUANTITIES and at + 1 < hi:
            continue
        if cls == NOUN:
            if article.proper[at] or article.nominative[at] & M1 or article.nominative[at] >> 5 & M1:
                return True
            opens = article.sent_lo[at] == at or bound(article, at - 1)
            if article.cap[at] and (not opens or (at + 1 < hi and article.cap[at + 1])):
                return True
            feminine = bool(article.nominative[at] & F) and article.lemma[at].endswith(("ka", "yni", "ini", "owa"))
            return feminine and not article.lemma[at].endswith(("tyka", "nika", "fika", "liczka", "ówka", "enka"))
        if cls in (ADJ, PARTICIPLE) and hi - lo == 1:
            return bool(article.nominative[at] & (M1 | F) or article.nominative[at] >> 5)
    return hi - lo <= 2 and article.cls[lo] != NUM


def voiced(article: Article, lo: int, hi: int) -> bool:
    """The same for a phrase in any case: whether its first noun is somebody, a body or a text."""
    if article.cls[lo] == PARTICIPLE and hi - lo > 2:
        return any(article.voice[at] for at in range(lo, hi))  # z wydanymi we wtorek zaleceniami
    for at in range(lo, hi):
        cls = article.cls[at]
        if cls == PRONOUN or article.kind[at] == QUOTE or article.voice[at] or article.lemma[at] in RELATIVE:
            return True
        if cls in (NOUN, UNKNOWN) and article.kind[at] == PLAIN:
            return bool(article.cap[at] or article.gender[at] & M1 or article.lemma[at].endswith(("ka", "yni", "ini")))
    return hi - lo == 1


def may_head(article: Article, at: int, hi: int, mask: int) -> bool:
    """Whether a nominative phrase that agrees may begin here."""
    cls = article.cls[at]
    # bodies take verbs in the gender of what they are called: donosiło CNN, podał Reuters
    body = article.voice[at] and article.proper[at] and bool(article.nominative[at])
    if at + 1 < hi and (article.low[at] in _SOME or (article.low[at] in _MANY and article.voice[at + 1])):
        return True
    counted = cls == NUM and bool(mask & N) and at + 1 < hi and article.voice[at + 1] and not article.form[at].isdigit()
    if counted and article.cases[at + 1] & GEN and article.number[at + 1] & PL:
        return True  # pięciu przywódców stwierdziło
    if mask == F and article.lemma[at] in _OFFICES and article.case[at] & NOM and article.nominative[at] & M1:
        return True
    if not article.nominative[at] & mask and cls not in (BREV, UNKNOWN) and not body:
        return False
    if (
        article.form[at] in ADDRESSEES
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
            and (article.cls[at + 1] != PARTICIPLE or article.voice[at + 1])
        )
    ):
        return False  # broniła działań UE przewodnicząca …
    follows = at + 1 < hi and article.kind[at + 1] == PLAIN and article.cls[at + 1] in NOMINAL
    if "." in article.form[at][1:-1] and follows and (article.cap[at + 1] or article.nominative[at + 1] & mask):
        return False  # mówi mosty.pl Ewa Lis
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
            and not (article.cap[at + 1] and at and article.kind[at - 1] == DASH)  # SARS-CoV-2 Uniwersytet
        )
    if article.cases[at] != ANY_CASE and not article.case[at] & NOM:
        # the chosen reading says otherwise: believe it before a common noun in the genitive or accusative
        opens = article.sent_lo[at] == at or bound(article, at - 1) or article.cls[at - 1] in (CONJ, COMP)
        opens = opens or (at > 1 and (article.low[at - 2], article.low[at - 1]) in FIXED)  # z kolei Centrum Wody
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
            or bool(article.voice[at] and article.nominative[at] & mask)
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
