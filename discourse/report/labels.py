"""What readers see in place of keys, in Polish and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from discourse.core.errors import unknown

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")

#: A text in each language.
Text = Mapping[str, str]


def _text(pl: str, en: str) -> Text:
    return {"pl": pl, "en": en}


def language(name: str) -> Language:
    """The language of this name; raises `DiscourseError` for any but Polish and English."""
    for known in LANGUAGES:
        if name == known:
            return known
    raise unknown("language", name, LANGUAGES)


ROLE_LABELS: Mapping[str, Text] = {
    "expert": _text("ekspert", "expert"),
    "official": _text("władza", "official"),
    "organization": _text("organizacja", "organization"),
    "document": _text("dokument", "document"),
    "media": _text("media", "media"),
    "citizen": _text("obywatel", "citizen"),
    "anonymous": _text("źródło anonimowe", "anonymous"),
    "other": _text("inne", "other"),
    "author": _text("autor tekstu", "author"),
}
CATEGORY_LABELS: Mapping[str, Text] = {
    "hedge": _text("asekuracja", "hedge"),
    "approximator": _text("przybliżenie", "approximator"),
    "booster": _text("wzmocnienie", "booster"),
    "reportive": _text("ze słyszenia", "reportive"),
    "attitude": _text("ocena", "attitude"),
    "obligation": _text("powinność", "obligation"),
}
TYPE_LABELS: Mapping[str, Text] = {
    "direct": _text("mowa niezależna", "direct speech"),
    "indirect": _text("mowa zależna", "indirect speech"),
    "according": _text("powołanie się na źródło", "according to"),
}
VERB_STANCE_LABELS: Mapping[str, Text] = {
    "neutral": _text("neutralny", "neutral"),
    "endorsing": _text("potwierdzający", "endorsing"),
    "distancing": _text("dystansujący", "distancing"),
    "directive": _text("dyrektywny", "directive"),
    "emotive": _text("emocjonalny", "emotive"),
}

#: Words of the pages, the terminal and the figures.
WORDS: Mapping[str, Text] = {
    "affiliation": _text("afiliacja", "affiliation"),
    "all": _text("wszystkie", "all"),
    "at": _text("od", "at"),
    "attribution": _text("przytoczenie", "attribution"),
    "boilerplate": _text("poza artykułem", "not the article"),
    "boilerplate_note": _text(
        "Szary tekst to dodatki redakcyjne (reklama, odsyłacze). Trafienia w nim zostają w anotacji, "
        "ale nie wchodzą do miar.",
        "Grey text is boilerplate (advertising, teasers). Hits in it are kept in the annotation and left out of "
        "the measures."),
    "category": _text("kategoria", "category"),
    "contents": _text("Spis treści", "Contents"),
    "cue": _text("wprowadzenie", "cue"),
    "denominator": _text("mianownik", "denominator"),
    "empty": _text("Dokument jest pusty.", "The document is empty."),
    "evidence": _text("podstawa roli", "evidence"),
    "example": _text("przykład", "example"),
    "figure": _text("Rycina", "Figure"),
    "first": _text("pierwszy raz", "first heard"),
    "gender": _text("płeć", "gender"),
    "group": _text("grupa", "group"),
    "in_indirect": _text("w mowie zależnej", "in reported speech"),
    "in_quotes": _text("w cytatach", "in quotation"),
    "legend": _text("Objaśnienia", "Legend"),
    "markers": _text("Wykładniki", "Markers"),
    "measure": _text("miara", "measure"),
    "measures": _text("Miary", "Measures"),
    "missing": _text("brak", "missing"),
    "no_markers": _text("Nie znaleziono wykładników.", "No marker was found."),
    "no_speakers": _text("Nikt poza autorem nie zabiera głosu.", "Nobody but the author speaks."),
    "note": _text("Uwaga", "Note"),
    "numerator": _text("licznik", "numerator"),
    "own": _text("słowa autora", "author’s words"),
    "passages": _text("Przytoczenia", "Passages"),
    "percentile": _text("centyl", "percentile"),
    "place": _text("w tekście", "position"),
    "predicted": _text("przypisana", "predicted"),
    "actual": _text("prawdziwa", "actual"),
    "prevalence": _text("udział", "prevalence"),
    "question": _text("Pytanie", "Question"),
    "trace": _text("Skąd te liczby", "Where these numbers come from"),
    "gallery": _text("Galeria rycin", "Gallery of figures"),
    "gallery_note": _text("Rycina prowadzi do swojej strony, na której wskazane miejsce podaje wartości.",
                          "A figure leads to its page, on which whatever is pointed at tells its values."),
    "interactive": _text("interaktywna", "interactive"),
    "record": _text("Zapis przebiegu", "Record"),
    "role": _text("rola", "role"),
    "share": _text("udział słów", "share of words"),
    "source": _text("źródło", "source"),
    "speaker": _text("mówiący", "speaker"),
    "speakers": _text("Kto mówi", "Who speaks"),
    "speakers_note": _text(
        "Słowa liczone są raz, na rzecz głosu najbardziej wewnętrznego. „Pierwszy raz”: jaka część słów tekstu "
        "poprzedza ten głos.",
        "Words are counted once, for the innermost voice. “First heard”: the share of the text’s words that stand "
        "before the voice."),
    "strip": _text("Czyje słowa wypełniają tekst", "Whose words fill the text"),
    "table": _text("Tabela", "Table"),
    "titles": _text("tytuły", "titles"),
    "topic": _text("temat", "topic"),
    "total": _text("razem", "total"),
    "unnamed": _text("nie ustalono", "not resolved"),
    "untitled": _text("Bez tytułu", "Untitled"),
    "value": _text("wartość", "value"),
    "verbs": _text("czasowniki", "verbs"),
    "voice": _text("głos", "voice"),
    "words": _text("słów", "words"),
}


def word(key: str, language: str) -> str:
    """The page's word for a key."""
    return WORDS[key][language]


def label(labels: Mapping[str, Text], key: str | None, language: str) -> str:
    """The key's label, the key itself where it has none, '–' where there is no key."""
    if key is None:
        return "–"
    return labels[key][language] if key in labels else key


#: Metadata columns that many corpora have.
COLUMN_LABELS: Mapping[str, Text] = {
    "author": _text("autor", "author"),
    "corpus": _text("korpus", "corpus"),
    "date": _text("data", "date"),
    "event": _text("wydarzenie", "event"),
    "genre": _text("gatunek", "genre"),
    "outlet": _text("tytuł", "outlet"),
    "subject": _text("temat", "subject"),
}
FAMILY_LABELS: Mapping[str, Text] = {
    "stance": _text("Postawa", "Stance"),
    "framing": _text("Głosy", "Voices"),
    "lexical": _text("Język", "Language"),
}

#: Why a measure has no value: what its denominator counts, and that there is none (Polish wants the genitive).
_NONE_OF: Mapping[str, str] = {
    "words": "słów", "attributed words": "słów przytoczonych", "attributions": "przytoczeń", "cues": "wprowadzeń",
    "hedges or boosters": "asekuracji i wzmocnień", "hedges": "asekuracji", "sentences": "zdań",
    "stance markers": "wykładników", "verbs": "czasowników", "words of an expert": "słów eksperta",
    "words attributed to a known speaker": "słów ustalonego mówiącego",
    "words of the author's own": "własnych słów autora", "window of 100 words": "okna 100 słów",
    "second known speaker with words": "drugiego ustalonego mówiącego", "headline": "nagłówka",
    "expert speakers": "mówiących ekspertów", "attributions to experts": "przytoczeń ekspertów",
    "speakers of known gender": "mówiących o znanej płci", "words of experts": "słów ekspertów",
    "words of speakers of known gender": "słów mówiących o znanej płci", "words of officials": "słów osób urzędowych",
    "content words of the author's own after an expert": "pełnoznacznych słów autora po ekspercie",
}


def reason_label(reason: str | None, language: str) -> str:
    """Why there is no value, in the language where it is one of the known reasons (`no words`…), else as given."""
    if reason is None or language == "en":
        return reason or ""
    base = reason.removeprefix("no ")
    return f"brak {_NONE_OF[base]}" if base != reason and base in _NONE_OF else reason
