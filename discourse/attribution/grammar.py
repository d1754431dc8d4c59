"""The grammar of tags and marks as small integers: cases, genders, classes of words, kinds of marks."""

from __future__ import annotations

import functools

from discourse.attribution.lexicon import words

NOM, GEN, DAT, ACC, INST, LOC, VOC = (1 << bit for bit in range(7))


CASE = {"nom": NOM, "gen": GEN, "dat": DAT, "acc": ACC, "inst": INST, "loc": LOC, "voc": VOC}


ANY_CASE = 127


#: Small words inside foreign names.
PARTICLES = words("von van der den de del della bin ibn al el la le du dos ul ur vel y da")


#: Words of the first person, and those that address somebody; those that are so with a capital too.
FIRST_PERSON = words(
    "ja mnie mną mi my nas nam nami mój moja moje mojego mojej moich moim nasz nasza nasze naszego naszej "
    "naszych naszym naszą moją moi nasi naszymi moimi państwo państwa panie pani pana pan"
)
CAPITAL_FIRST_PERSON = words("ja my nas nasz nasza nasze mój moja moje moim nam mnie nasi")


M1, M2, M3, F, N = (1 << bit for bit in range(5))


GENDER = {"m1": M1, "m2": M2, "m3": M3, "f": F, "n": N, "n1": N, "n2": N, "p1": M1, "p2": N, "p3": N}


MASCULINE = M1 | M2 | M3


ANY_GENDER = 31


SG, PL = 1, 2


PRI, SEC, TER = 1, 2, 4


# word classes
(
    NOUN,
    PRONOUN,
    ADJ,
    NUM,
    BREV,
    PREP,
    CONJ,
    COMP,
    FIN,
    PRAET,
    IMPS,
    PCON,
    INF,
    AGLT,
    ADV,
    PART,
    PUNCT,
    UNKNOWN,
    PRED,
    OTHER,
    PARTICIPLE,
) = range(21)


FINITE = frozenset({FIN, PRAET, IMPS, PRED})


NOMINAL = frozenset({NOUN, PRONOUN, ADJ, NUM, BREV, UNKNOWN, PARTICIPLE})


_CLASS = {
    "subst": NOUN,
    "depr": NOUN,
    "ger": NOUN,
    "ppron12": PRONOUN,
    "ppron3": PRONOUN,
    "siebie": PRONOUN,
    "adj": ADJ,
    "adja": ADJ,
    "adjp": OTHER,
    "adjc": OTHER,
    "pact": PARTICIPLE,
    "pacta": ADJ,
    "ppas": PARTICIPLE,
    "num": NUM,
    "numcomp": NUM,
    "brev": BREV,
    "prep": PREP,
    "conj": CONJ,
    "comp": COMP,
    "fin": FIN,
    "bedzie": FIN,
    "impt": PRED,
    "winien": PRED,
    "pred": PRED,
    "praet": PRAET,
    "cond": PRAET,
    "imps": IMPS,
    "pcon": PCON,
    "pant": PCON,
    "inf": INF,
    "aglt": AGLT,
    "adv": ADV,
    "part": PART,
    "qub": PART,
    "interj": PART,
    "interp": PUNCT,
    "ign": UNKNOWN,
    "frag": OTHER,
    "dig": NUM,
}


# kinds of tokens by form
PLAIN, DASH, COMMA, STOP, COLON, SEMICOLON, QUOTE, OPEN, CLOSE = range(9)


KINDS = {
    **dict.fromkeys("-–—―‒‐‑−", DASH),
    "--": DASH,
    ",": COMMA,
    **dict.fromkeys((".", "?", "!", "…", "...", "?!", "!!"), STOP),
    ":": COLON,
    ";": SEMICOLON,
    **dict.fromkeys(('"', "„", "”", "“", "«", "»", "‟", "''", ",,"), QUOTE),
    **dict.fromkeys("([{", OPEN),
    **dict.fromkeys(")]}", CLOSE),
}


@functools.lru_cache(maxsize=10_000)
def parse(tag: str) -> tuple[int, int, int, int, int, int]:
    """(class, cases, numbers, genders, persons, perfective) of a tag, as bits."""
    parts = tag.split(":")
    case = number = gender = person = perfective = 0
    for part in parts[1:]:
        for value in part.split("."):
            case |= CASE.get(value, 0)
            gender |= GENDER.get(value, 0)
            number |= {"sg": SG, "pl": PL}.get(value, 0)
            person |= {"pri": PRI, "sec": SEC, "ter": TER}.get(value, 0)
            perfective |= value == "perf"
    cls = _CLASS.get(parts[0], OTHER)
    if cls in (BREV, UNKNOWN) or parts[0] == "dig":
        case, number, gender = ANY_CASE, SG | PL, ANY_GENDER
    return cls, case, number, gender or ANY_GENDER, person, int(perfective)
