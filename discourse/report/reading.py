"""One article made ready to be read: its voices, its spans, whose words fill it. The page and the terminal share it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from discourse.core import schema
from discourse.core.errors import DiscourseError
from discourse.measures.layers import layers

# Control characters could steer a terminal and direction overrides could disguise text: both become visible.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def visible(text: str) -> str:
    """The text, as long as it was, each unprintable character shown as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


@dataclass(frozen=True)
class Voice:
    """A speaker of the article; numbers count from 1 in order of appearance."""

    number: int
    speaker: str | None
    role: str
    evidence: str | None
    titles: str | None
    verbs: tuple[tuple[str, int], ...]  # lemma and how often, the most frequent first
    passages: int
    words: int  # that no other voice inside this one says
    share: float  # of the article's words
    first: float  # where the voice is first heard: share of the article's words that stand before
    boilerplate: bool  # heard in boilerplate only, and so in no measure


@dataclass(frozen=True)
class Span:
    """A stretch of the string that is shown in some way: `boilerplate`, `voice`, `source`, `cue` or `marker`.

    `voice` numbers the speaker (0 where there is none), `attribution` the attribution, `piece` its pieces of content
    from 0; `category` and `marker` are a marker's.
    """

    start: int
    end: int
    kind: str
    voice: int = 0
    attribution: int = -1
    piece: int = 0
    category: str = ""
    marker: str = ""


@dataclass(frozen=True)
class Passage:
    """An attribution as readers are told of it."""

    attribution: int
    voice: int
    type: str
    role: str
    cue: str | None  # as written
    verb: str | None
    verb_stance: str | None


@dataclass(frozen=True)
class Event:
    """A step through a paragraph: `open` or `close` a span, or `text`. `first` is false where a split span goes on."""

    what: str
    text: str = ""
    span: Span | None = None
    first: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as a sequence of events, each opening closed within it."""

    heading: bool
    boilerplate: bool
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Stretch:
    """A run of words of one voice (0: the author), placed by share of the article's words."""

    start: float
    length: float
    voice: int
    attribution: int | None


@dataclass(frozen=True)
class Reading:
    """All that the page and the terminal show of an article."""

    doc_id: str
    title: str
    metadata: tuple[tuple[str, str], ...]
    string: str
    title_end: int
    words: int
    voices: tuple[Voice, ...]
    passages: dict[int, Passage]
    spans: tuple[Span, ...]
    strip: tuple[Stretch, ...]
    #: one row a category: `category, quoted, reported, own, total, boilerplate`; `total` leaves boilerplate out
    counts: pl.DataFrame

    def paragraphs(self) -> Iterator[Paragraph]:
        """The article's paragraphs in order, spans that overlap split where they cross."""
        return _paragraphs(self.string, self.title_end, self.spans)


def reading(
    document: pl.DataFrame, tokens: pl.DataFrame, markers: pl.DataFrame, attributions: pl.DataFrame,
    speakers: pl.DataFrame,
) -> Reading:
    """The reading of one document, a frame of one row; of the other tables, its rows are taken.

    Raises `DiscourseError` where there is not exactly one document, or a table lacks its columns.
    """
    if document.height != 1:
        raise DiscourseError(f"an article page shows one document, not {document.height}; choose one by its doc_id")
    tables = {"tokens": tokens, "markers": markers, "attributions": attributions, "speakers": speakers}
    doc_id = document["doc_id"].item()
    own = {name: schema.check(frame, name).filter(pl.col("doc_id") == doc_id) for name, frame in tables.items()}
    string = visible(document.select(schema.string()).item() or "")
    title = visible(document["title"].item() or "")
    words = layers(document, own["tokens"], own["markers"], own["attributions"], own["speakers"]).words
    voices, voice_of = _voices(own["attributions"], own["speakers"], words)
    return Reading(
        doc_id=doc_id,
        title=title,
        metadata=tuple((column, visible(str(document[column].item()))) for column in document.columns
                       if column not in ("doc_id", "title", "text") and document[column].item() is not None
                       and not document.schema[column].is_nested()),
        string=string,
        title_end=len(title),
        words=words.height,
        voices=voices,
        passages=_passages(own["attributions"], voice_of, string),
        spans=tuple(_spans(own, voice_of, len(string))),
        strip=tuple(_strip(words, voice_of)),
        counts=_counts(own["markers"]),
    )


def _voices(
    attributions: pl.DataFrame, speakers: pl.DataFrame, words: pl.DataFrame
) -> tuple[tuple[Voice, ...], dict[int, int]]:
    """The voices by number, and the number of each attribution's voice.

    Attributions without a speaker make one voice a role; who speaks only in boilerplate has a voice of no words.
    """
    rows = attributions.with_columns(
        pl.col("content").list.eval(pl.element().list.first()).list.min().alias("start")
    ).sort("start", "attribution")
    known = {row["speaker"]: row for row in speakers.iter_rows(named=True)}
    members: dict[tuple[str | None, str], list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        key = (row["speaker"], "" if row["speaker"] is not None else row["role"] or "other")
        members.setdefault(key, []).append(row)
    first = dict(words.filter(pl.col("attribution").is_not_null()).group_by("attribution")
                 .agg(pl.col("position").min()).iter_rows())
    said = dict(words.filter(pl.col("attribution").is_not_null()).group_by("attribution").len().iter_rows())
    total = max(words.height, 1)
    voices, voice_of = [], {}
    for number, ((speaker, role), passages) in enumerate(members.items(), start=1):
        ids = [passage["attribution"] for passage in passages]
        entry = known.get(speaker, {})
        roles = Counter(str(passage["role"] or "other") for passage in passages)
        verbs = Counter(str(passage["verb"]) for passage in passages if passage["verb"] is not None)
        count = sum(said.get(id_, 0) for id_ in ids)
        titles = entry.get("titles")
        voices.append(Voice(
            number=number,
            speaker=None if speaker is None else visible(speaker),
            role=str(entry.get("role") or role or min(roles, key=lambda r: (-roles[r], r))),
            evidence=None if entry.get("evidence") is None else visible(str(entry["evidence"])),
            titles=visible(", ".join(map(str, titles)) if isinstance(titles, list) else str(titles or "")) or None,
            verbs=tuple(sorted(verbs.items(), key=lambda item: (-item[1], item[0]))),
            passages=len(passages),
            words=count,
            share=count / total,
            first=min((first[id_] for id_ in ids if id_ in first), default=0) / total,
            boilerplate=all(passage["boilerplate"] for passage in passages),
        ))
        voice_of.update(dict.fromkeys(ids, number))
    return tuple(voices), voice_of  # type: ignore[return-value]


def _passages(attributions: pl.DataFrame, voice_of: dict[int, int], string: str) -> dict[int, Passage]:
    return {
        row["attribution"]: Passage(
            row["attribution"], voice_of[row["attribution"]], row["type"] or "", row["role"] or "other",
            string[row["cue"][0]:row["cue"][1]] if row["cue"] else None, row["verb"], row["verb_stance"])
        for row in attributions.iter_rows(named=True)
    }


def _spans(own: dict[str, pl.DataFrame], voice_of: dict[int, int], length: int) -> Iterator[Span]:
    """Every span that is shown, by start, the longer first, and where that is equal in order of kinds."""
    spans = [Span(start, end, "boilerplate") for start, end in _boilerplate(own["tokens"])]
    for row in own["attributions"].iter_rows(named=True):
        id_, voice = row["attribution"], voice_of[row["attribution"]]
        spans += [Span(start, end, "voice", voice, id_, piece)
                  for piece, (start, end) in enumerate(sorted(row["content"] or []))]
        spans += [Span(row[kind][0], row[kind][1], kind, voice, id_) for kind in ("source", "cue") if row[kind]]
    spans += [Span(row["start"], row["end"], "marker", category=row["category"], marker=row["marker"] or "")
              for row in own["markers"].iter_rows(named=True)]
    rank = {"boilerplate": 0, "voice": 1, "source": 2, "cue": 3, "marker": 4}
    yield from sorted((span for span in spans if span.start < span.end <= length),
                      key=lambda s: (s.start, -s.end, rank[s.kind], s.attribution, s.category, s.marker))


def _boilerplate(tokens: pl.DataFrame) -> list[tuple[int, int]]:
    """Stretches of tokens that are boilerplate, at most a paragraph each."""
    runs = tokens.sort("tok").with_columns(pl.struct("boilerplate", "paragraph").rle_id().alias("run"))
    return list(runs.filter("boilerplate").group_by("run", maintain_order=True)
                .agg(pl.col("start").min(), pl.col("end").max()).select("start", "end").iter_rows())


def _strip(words: pl.DataFrame, voice_of: dict[int, int]) -> Iterator[Stretch]:
    runs = words.group_by(pl.col("attribution").rle_id().alias("run"), maintain_order=True).agg(
        pl.col("attribution").first(), pl.col("position").first(), pl.len().alias("n"))
    for _, attribution, position, n in runs.iter_rows():
        voice = 0 if attribution is None else voice_of[attribution]
        yield Stretch(position / words.height, n / words.height, voice, attribution)


def _counts(markers: pl.DataFrame) -> pl.DataFrame:
    inside = ~pl.col("boilerplate")
    quoted = pl.col("quoted").fill_null(False)
    reported = ~quoted & pl.col("attribution").is_not_null()
    found = markers.group_by("category").agg(
        (inside & quoted).sum().alias("quoted"),
        (inside & reported).sum().alias("reported"),
        (inside & ~quoted & ~reported).sum().alias("own"),
        inside.sum().alias("total"),
        pl.col("boilerplate").sum(),
    )
    every = pl.DataFrame({"category": list(schema.CATEGORIES)}, schema={"category": pl.String})
    return every.join(found, on="category", how="left", maintain_order="left").fill_null(0)


def _paragraphs(string: str, title_end: int, spans: Sequence[Span]) -> Iterator[Paragraph]:
    """Paragraphs in one sweep: the work grows with the text, and with how deeply spans nest where they end."""
    bounds = [(0, title_end)] if title_end else []
    bounds += [match.span() for match in re.compile(r"[^\r\n]*\S[^\r\n]*").finditer(string, title_end)]
    stack: list[Span] = []
    seen: set[int] = set()
    following = 0
    for start, end in bounds:
        stack = [span for span in stack if span.end > start]
        while following < len(spans) and spans[following].start < start:
            if spans[following].end > start:
                stack.append(spans[following])
            following += 1
        events: list[Event] = [_opened(span, seen) for span in stack]
        grey, at = True, start
        while at < end:
            begins = spans[following].start if following < len(spans) else end
            stop = min([end, begins, *(span.end for span in stack)])
            if stop > at:
                events.append(Event("text", string[at:stop]))
                grey = grey and (string[at:stop].isspace() or any(span.kind == "boilerplate" for span in stack))
                at = stop
            events += _close_ended(stack, at, seen)
            while at < end and following < len(spans) and spans[following].start == at:
                stack.append(spans[following])
                events.append(_opened(spans[following], seen))
                following += 1
        events += [Event("close", span=span) for span in reversed(stack)]
        yield Paragraph(end <= title_end, grey, tuple(events))


def _opened(span: Span, seen: set[int]) -> Event:
    event = Event("open", span=span, first=id(span) not in seen)
    seen.add(id(span))
    return event


def _close_ended(stack: list[Span], at: int, seen: set[int]) -> list[Event]:
    """Closes what ends here; what was opened inside it and goes on is closed and opened again."""
    ended = [index for index, span in enumerate(stack) if span.end <= at]
    if not ended:
        return []
    above = stack[ended[0]:]
    going_on = [span for span in above if span.end > at]
    stack[ended[0]:] = going_on
    return [*(Event("close", span=span) for span in reversed(above)), *(_opened(span, seen) for span in going_on)]
