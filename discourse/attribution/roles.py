"""In what role a source speaks, told from the nouns, titles and institutions around its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from discourse.attribution.endings import stem
from discourse.attribution.lexicon import Lexicon, words
from discourse.core.schema import ROLES

#: A word of evidence: lemma, form.
Word = tuple[str, str]
#: Ranks of officers, who speak for a body or as those who know, as what follows tells.
_RANKS = words(
    "generał gen pułkownik płk podpułkownik ppłk major mjr kapitan kpt porucznik por podporucznik admirał "
    "komandor kmdr brygadier bryg oficer żołnierz weteran pilot"
)
_FORMER = frozenset(("były", "była", "eks", "ex", "emerytowany", "dawny"))
_PARTIES = words(
    "PiS PO PSL SLD KO Lewica Konfederacja Porozumienie Platforma Nowoczesna Razem Wiosna partia ugrupowanie "
    "opozycja koalicja klub UP AWS UW SP Kukiz'15 KORWiN Agrounia SPD CDU CSU CDU/CSU AfD FDP Zieloni Fidesz UKIP "
    "SNP DUP Sinn GOP Republikanie Demokraci laburzyści Szin Syriza Podemos Vox VMRO Smer ANO ODS Likud EPL EKR "
    "lewica prawica frakcja stronnictwo"
)
#: The same of several words, by stems.
_PARTY_PHRASES = frozenset(
    tuple(stem(word) for word in name.split())
    for name in (
        "Solidarna Polska", "Suwerenna Polska", "Zjednoczona Prawica", "Polska 2050", "Prawo i Sprawiedliwość",
        "Platforma Obywatelska", "Koalicja Obywatelska", "Koalicja Polska", "Koalicja Europejska", "Nowa Lewica",
        "Polskie Stronnictwo", "Sojusz Lewicy", "Ruch Narodowy", "Ruch Palikota", "Twój Ruch", "Inicjatywa Polska",
        "Partia Razem", "Partia Pracy", "Partia Konserwatywna", "Partia Republikańska", "Partia Demokratyczna",
        "Partia Zielonych", "Partia Brexit", "Liberalni Demokraci", "Zjednoczenie Narodowe", "Front Narodowy",
        "Republika Naprzód", "Liga Północna", "Bracia Włosi", "Ruch Pięciu", "Italia Viva", "Alternatywa dla",
        "Jedna Rosja", "Sługa Narodu", "Samoobrona", "Unia Wolności", "Unia Pracy", "Europejska Partia",
        "Partia Ludowa", "Partia Socjalistyczna", "Partia Wolności", "Partia Demokratyczna",
    )
)  # fmt: skip
#: Forms of the reason, whose lemma the plaintiff shares.
_REASONS = words("powodu powody powodów powodem powodom powodach powodami")
#: What makes an office of a profession that the state has one of (główny lekarz weterynarii, but główny ekonomista).
CHIEF, _OF_STATE = words("główny naczelny"), words("lekarz lekarka epidemiolog epidemiolożka geolog konserwator")
#: Forms of nouns of figures that look like persons or adjectives.
_FIGURES = words("dane danych danymi danym statystyki statystykach statystykami")
#: What outweighs what where signs differ: a minister with a doctorate speaks as a minister.
_WEIGHT = {"function": 6, "institution": 4, "profession": 5, "title": 3, "document": 5}
#: What it weighs that a name is one of public life: more than a title, less than a function in the article.
KNOWN, SURNAME = 4, 2
#: What a function or profession weighs at least: who has one, and no sign of another role, speaks in it.
DECISIVE = _WEIGHT["profession"]


class Sign(NamedTuple):
    """One piece of evidence for a role: the words that give it, how much they weigh."""

    role: str
    words: str
    weight: int


def signs(words: Sequence[Word], lexicon: Lexicon) -> list[Sign]:
    """The signs of a role in a noun phrase, given as (lemma, form) pairs from left to right."""
    found: list[Sign] = []
    heads = 0
    body = False  # whether the head is a body
    at = 0
    while at < len(words):
        lemma, form = words[at]
        low = form.lower()
        length, role = phrase(words, at, lexicon)
        if length:
            if heads and not body and party(words, at):
                role = "official"  # lider Solidarnej Polski: a politician
            found.append(
                Sign(
                    role,
                    " ".join(word for _, word in words[at : at + length]),
                    _WEIGHT["institution"] if not heads else 2,
                )
            )
            heads += 1
            at += length
            continue
        spoken = low in lexicon.persons and lemma != "statystyka"
        person = lexicon.persons.get(low if spoken else lemma) if low not in _REASONS else None
        if at + 1 < len(words):
            person = lexicon.persons.get(f"{lemma} {words[at + 1][1].lower()}", person)  # doradca podatkowy
            if lemma in _LEADERS and not heads:
                person = _led(words, at, lexicon) or person
        title = lexicon.titles.get(low.rstrip(".")) if at + 1 < len(words) else None
        institution = _institution(lemma, form, lexicon)
        if lemma.lower() == "unia" and at + 1 < len(words) and words[at + 1][1][:1].isupper() and institution:
            institution = "organization"  # Unia Producentów
        if lemma == "agencja" and form[:1].isupper() and at + 1 < len(words):
            name, shown = words[at + 1]
            if shown[:1].isupper() and name[:1].islower():
                person, institution = None, "official"  # Agencja Zdrowia Publicznego, but Agencja Reutera
        if person and not heads and not (institution and form[:1].isupper() and form.isupper()):
            former = any(word.lower().startswith(("był", "eks", "emeryt")) for _, word in words[max(0, at - 2) : at])
            if former and (lemma in _ENVOYS or any({*word} & _ENVOYS for word in words[at + 1 : at + 4])):
                found.append(Sign("expert", form, _WEIGHT["profession"]))  # były ambasador, były szef wywiadu
                heads += 1
            elif _of_a_party(words, at, lexicon):
                found.append(Sign("other", f"{form} {words[at + 1][1]}", _WEIGHT["function"]))
                heads += 1
            elif person == "affiliation":
                found.append(_affiliated(words, at, lexicon))
                heads += 1
            elif low in _RANKS or lemma in _RANKS:
                found.append(Sign("expert" if former else person, form, _WEIGHT["title"]))  # as a commentator
            elif lemma in _OF_STATE and at and words[at - 1][0] in CHIEF:
                found.append(Sign("official", f"{words[at - 1][1]} {form}", _WEIGHT["function"]))
                heads += 1
            elif person == "official":
                found.append(Sign(person, form, 2 if former else _WEIGHT["function"]))
                heads += 1
            else:
                found.append(Sign(person, form, _WEIGHT["profession"]))
                heads += 1
        elif person and heads and person not in ("affiliation", "media", "citizen", "organization"):
            found.append(Sign(person, form, 3))
        elif institution and heads and body and lexicon.institutions.get(form) and form[:1].isupper():
            found.append(Sign(institution, form, 5))  # sieć CNN
        elif institution and not heads:
            body = True
            found.append(Sign(institution, form, _WEIGHT["institution"]))
            heads += 1
        elif (lemma in lexicon.documents or low in _FIGURES) and not heads and not form.isupper():
            found.append(Sign("document", form, _WEIGHT["document"]))
            heads += 1
        elif title:
            found.append(Sign(title, form, _WEIGHT["title"] if title != "other" else 0))
        at += 1
    return [sign for sign in found if sign.weight]


#: Those at the head of anything, official where nothing tells of what.
_LEADERS = words("władza władze")


def _led(words: Sequence[Word], at: int, lexicon: Lexicon) -> str | None:
    """Whose authorities: organization where a party, firm or school follows (władze partii, władze Twittera)."""
    for place in range(at + 1, min(len(words), at + 4)):
        lemma, form = words[place]
        role = phrase(words, place, lexicon)[1] or _institution(lemma, form, lexicon)
        if party(words, place) or role in ("organization", "media", "expert"):
            return "organization"
        if role:
            return None
    return None


#: Who speaks for a party to the matter where somebody's name, and not a body's, stands after the noun.
_COUNSEL = words("prawnik prawniczka")
#: Parties to a trial.
_LITIGANTS = words(
    "oskarżony oskarżona pozwany pozwana skarżący skarżąca powód powódka podejrzany podejrzana rodzina ofiara"
)
#: Who, out of office, is asked for what they know.
_ENVOYS = words("ambasador ambasadorka dyplomata dyplomatka konsul wywiad kontrwywiad GROM dowódca negocjator")
#: Firms that sell knowledge: their people are asked for it.
_CONSULTANTS = words("PwC Deloitte EY KPMG BDO MDDP Crido Thornton JLL CBRE Colliers Savills McKinsey BCG HRE Gartner")


def _of_a_party(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a lawyer is somebody's (prawnik Nowickiej, prawniczka oskarżonego)."""
    if words[at][0] not in _COUNSEL or at + 1 >= len(words):
        return False
    lemma, form = words[at + 1]
    if lemma in _LITIGANTS or form.startswith(("oskarżon", "pozwan", "podejrzan")):
        return True
    body = _institution(lemma, form, lexicon) or form in _SCHOOLS or lemma.lower() in _LEARNED
    name = form[:1].isupper() and lemma[:1].isupper() and form.isalpha() and not form.isupper()
    return name and form != lemma and not body


#: How outlets call themselves.
_OUTLETS = ("observer", "news", "times", "post", "press", "media", "tv", "radio", "today", "herald", "journal",
    "zeitung", "gazeta", "magazine", "tribune", "chronicle")  # fmt: skip


DOMAINS = (".pl", ".com", ".org", ".net", ".info", ".eu", ".press", ".news")


def _institution(lemma: str, form: str, lexicon: Lexicon) -> str | None:
    if form[:1].isupper() and form not in lexicon.institutions and form.lower().endswith(_OUTLETS):
        return "media"
    if form.endswith(DOMAINS):
        return "media"
    return (
        lexicon.institutions.get(form)
        or lexicon.institutions.get(lemma)
        or lexicon.institutions.get(lemma.lower() if len(lemma) > 5 else lemma)
    )


#: Places of learning, whose people are asked for what they know.
_LEARNED = words(
    "instytut uniwersytet politechnika akademia uczelnia wydział katedra zakład ośrodek centrum szpital klinika "
    "laboratorium think-tank obserwatorium kolegium fundacja"
)
_SCHOOLS = words("UW UJ UAM SGH SWPS KUL UMK WUM PW AGH SGGW UŁ UŚ UG UWr PAN PISM OSW PIE NIZP PZH CASE AWF ASP")


def belonging(words: Sequence[Word], lexicon: Lexicon) -> Sign | None:
    """The sign that an affiliation without a function gives (Jan Sowa z Instytutu Rzek); null where it gives none."""
    for at in range(len(words[:6])):
        if party(words, at):
            return Sign("official", f"z {words[at][1]}", _WEIGHT["profession"])
        name = phrase(words, at, lexicon)[1]
        if name in ("expert", "organization", "official", "media"):
            return Sign(name, f"z {words[at][1]}", _WEIGHT["institution"])  # z Instytutu Ordo Iuris
    for lemma, form in words[:6]:
        if form in _SCHOOLS or (lemma.lower() in _LEARNED and form[:1].isupper()):
            role: str | None = "expert" if lemma.lower() != "fundacja" else "organization"
        elif form in _CONSULTANTS:
            role = "expert"
        else:
            known = _institution(lemma, form, lexicon)
            role = known if form[:1].isupper() or known == "organization" else None
        if role in ("expert", "organization", "official", "media"):
            return Sign(role, f"z {form}", _WEIGHT["institution"])
    for lemma, form in words[:2]:
        if form[:1].isupper() and (lemma[:1].islower() or (form.isupper() and 2 <= len(form) <= 6)):
            return Sign("organization", f"z {form}", 1)  # a body that nobody knows: z Unii Ochrony Rzek, z ITF
    return None


def party(words: Sequence[Word], at: int) -> bool:
    """Whether the name of a party begins at a word, if there is one: its people are politicians."""
    if at >= len(words):
        return False
    lemma, form = words[at]
    pair = tuple(stem(word) for _, word in words[at : at + 2])
    named = form in _PARTIES or lemma[:1].upper() + lemma[1:] in _PARTIES
    return form[:1].isupper() and (pair in _PARTY_PHRASES or (named and not (form == "Konfederacji" and len(pair) > 1)))


def phrase(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[int, str]:
    """(length, role) of the known name of a body that begins at a word; (0, "") where none does."""
    for length in lexicon.institution_starts.get(stem(words[at][1]), ()):
        if length <= len(words) - at:
            role = lexicon.institution_phrases.get(tuple(stem(form) for _, form in words[at : at + length]))
            if role:
                return length, role
    return 0, ""


def _affiliated(words: Sequence[Word], at: int, lexicon: Lexicon) -> Sign:
    """The role of a spokesman, head or member, as the institution after it decides."""
    head = words[at][1]
    if words[at][0].startswith(("autor", "współautor")):
        texts = {lemma for lemma, _ in words[at + 1 :]}
        if texts & {"raport", "badanie", "analiza", "opracowanie", "publikacja", "ekspertyza", "książka"}:
            return Sign("expert", f"{head} {words[-1][1]}", _WEIGHT["function"])
        if texts & {"tekst", "artykuł", "felieton", "komentarz", "materiał", "blog", "podcast", "reportaż", "kanał"}:
            return Sign("media", f"{head} {words[-1][1]}", _WEIGHT["function"])
    if any(form in _CONSULTANTS for _, form in words[at + 1 :]):
        return Sign("expert", f"{head} {words[-1][1]}", _WEIGHT["function"])
    if not words[at][0].startswith(("rzeczni", "rektor", "dyrektor", "prezes")):
        learned = next((form for lemma, form in words[at + 1 :] if lexicon.institutions.get(lemma) == "expert"), None)
        if learned is not None:
            return Sign("expert", f"{head} {learned}", _WEIGHT["function"])
    for place, (lemma, form) in enumerate(words[at + 1 :], at + 1):
        pair = tuple(stem(word) for _, word in words[place : place + 2])
        if form[:1].isupper() and pair in _PARTY_PHRASES:
            return Sign("official", f"{head} {form}", _WEIGHT["function"])
        if form in _PARTIES or (form[:1].isupper() and lemma[:1].upper() + lemma[1:] in _PARTIES):
            return Sign("official", f"{head} {form}", _WEIGHT["function"])
    for place in range(at + 1, len(words)):
        lemma, form = words[place]
        role = phrase(words, place, lexicon)[1]
        inner = lexicon.persons.get(lemma)
        role = (
            role
            or ("" if lemma == "agencja" else None)
            or _institution(lemma, form, lexicon)
            or (inner if inner in ("official",) else "")
            or ""
        )
        if role:
            if (
                form in _PARTIES
                or lemma in _PARTIES
                or (role == "organization" and lemma in ("partia", "klub", "ugrupowanie"))
            ):
                role = "official"
            if role == "expert" and words[at][0].startswith("rzeczni"):
                role = "organization"
            return Sign(role, f"{head} {form}", _WEIGHT["function"])
        if lemma == "agencja" and form[:1].isupper() and place + 1 < len(words) and words[place + 1][1][:1].isupper():
            return Sign("official", f"{head} {form}", _WEIGHT["profession"])  # a virologist who heads it is an expert
        if lemma == "zdrowie" or lemma in ("sprawa", "obrona", "sprawiedliwość", "dyplomacja", "państwo"):
            return Sign("official", f"{head} {form}", _WEIGHT["function"])
    return Sign("official" if words[at][0].startswith("lider") else "organization", head, 2)


_by_weight = attrgetter("weight")
_ORDER = {role: place for place, role in enumerate(ROLES)}


def decide(found: Iterable[Sign]) -> tuple[str | None, str]:
    """The role that the signs weigh most for (null without any), and the signs as text, strongest first."""
    weights: dict[str, int] = {}
    best: dict[str, int] = {}
    shown: dict[str, None] = {}
    for role, said, weight in sorted(found, key=_by_weight, reverse=True):
        text = f"{said} ({role})"
        if text not in shown:
            best[role] = max(best.get(role, 0), weight)
            weights[role] = weights.get(role, 0) + weight
            shown[text] = None
    if not weights:
        return None, ""
    if (
        best.get("expert", 0) >= _WEIGHT["title"]
        and "organization" in best
        and max(best.values()) == best["organization"]
    ):
        best["expert"] = best["organization"] + 1  # a doctor who heads a laboratory speaks as one who knows
    role = min(weights, key=lambda name: (-best[name], -weights[name], _ORDER[name]))
    return role, "; ".join(shown)
