"""Documents to tokens: the whole way of the language step."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl
import threadpoolctl

from discourse.core import schema
from discourse.core.collection import put_off
from discourse.core.errors import unknown
from discourse.corpus.readers.conllu import COLUMN
from discourse.corpus.recurrent import COLUMN as RECURRENT
from discourse.language import adapters, agree, complete, disambiguate, flags, forms, names, rows, sentences, tokenize

POLICIES = ("default", "first")
_BATCH = 2_000_000  # bytes of text taken at once: bounds the memory, changes no result


def tokens(documents: pl.DataFrame, *, policy: str = "default") -> pl.DataFrame:
    """One row a token (Morfeusz segment or mark), in the order of the documents; see `schema.TABLES["tokens"]`.

    `policy` chooses among Morfeusz's readings: `first` takes the first, `default` the likeliest; or it names another
    tagger (see `adapters`). Documents that carry their annotation (column `conllu`) keep it, whatever the policy.
    A document without a token has no row. Raises `DiscourseError` for an unknown policy.
    """
    check_policy(policy)
    own = pl.col(COLUMN) if COLUMN in documents.columns else pl.lit(None, dtype=pl.String).alias(COLUMN)
    documents = documents.select(
        pl.col("doc_id").cast(pl.String),
        (pl.col("title") if "title" in documents.columns else pl.lit(None).alias("title")).cast(pl.String),
        pl.col("text").cast(pl.String).fill_null(""),
        own,
        *([RECURRENT] if RECURRENT in documents.columns else []),
    )
    annotated = documents.get_column(COLUMN).is_not_null()
    if annotated.any():
        kept, plain = documents.filter(annotated), documents.filter(~annotated).drop(COLUMN)
        parts = [complete.complete(kept, complete.own_tokens(kept)), tokens(plain, policy=policy)]
        order = documents.select("doc_id").with_row_index("_order")
        found = pl.concat(parts).join(order, on="doc_id", how="left", maintain_order="left")
        return schema.check(found.sort("_order", "tok").drop("_order"), "tokens")
    documents = documents.drop(COLUMN)
    if policy not in POLICIES:
        return schema.check(complete.complete(documents, adapters.raw_tokens(documents, policy)), "tokens")
    with put_off(), _one_thread_each(), ThreadPoolExecutor(_threads()) as pool:
        frames = list(pool.map(partial(_tokens, policy=policy), batches(documents, _fair(documents))))
    forms.keep(disambiguate.kept)
    return schema.check(pl.concat(frames) if frames else schema.empty("tokens"), "tokens")


def check_policy(policy: str) -> None:
    """Raises `DiscourseError` where there is no such policy."""
    if policy not in POLICIES and not adapters.known(policy):
        raise unknown("policy", policy, (*POLICIES, *adapters.NAMES))


def _threads() -> int:
    """How many batches are worked on at once: as many as this process may use processors, at most four."""
    try:
        return min(len(os.sched_getaffinity(0)), 4)
    except AttributeError:  # not on Linux
        return min(os.cpu_count() or 1, 4)


def _fair(documents: pl.DataFrame) -> int:
    """Bytes of a batch, so that all threads have as many to do."""
    sizes = documents.get_column("text").str.len_bytes().to_numpy().astype(np.int64)
    total, threads = int(sizes.sum()), _threads()
    if total <= _BATCH:
        return _BATCH
    many = -(-total // (_BATCH * threads)) * threads
    return min(_BATCH, total // many + int(sizes.max()))


def _one_thread_each() -> contextlib.AbstractContextManager[object]:
    """Within the block, products of matrices keep to their thread: the batches are many enough."""
    return threadpoolctl.threadpool_limits(1, user_api="blas")


def batches(documents: pl.DataFrame, size: int = _BATCH) -> Iterator[pl.DataFrame]:
    """The documents in slices of about `size` bytes of text; a longer document is a slice of its own."""
    upto = (
        documents.select(pl.col("text").cast(pl.String).fill_null("").str.len_bytes().cast(pl.UInt64).cum_sum())
        .to_series()
        .to_numpy()
    )
    begin = 0
    while begin < len(documents):
        done = int(upto[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(upto, done + size, side="right")), begin + 1)
        yield documents.slice(begin, end - begin)
        begin = end


def _tokens(documents: pl.DataFrame, policy: str) -> pl.DataFrame:
    store = forms.shared()
    pieces = tokenize.chunks(documents, store.stretches)
    if len(pieces.doc) == 0:
        return schema.empty("tokens")
    chunk = store.numbers(pieces.forms)[pieces.number]
    kind, abbreviation = store.kind[chunk], store.abbreviation[chunk]
    starts = sentences.starts(kind, abbreviation, pieces.gap)
    chunk = _with_dot(chunk, kind, pieces.gap, store)
    found = rows.rows(pieces.doc, pieces.start, pieces.gap, chunk, starts, store)

    reading = disambiguate.choose(store, found.segment, found.new_sentence, policy)
    if policy == "default":
        reading = agree.before_nouns(store, found.segment, reading, found.new_sentence)
        reading = names.unify(store, found.document, found.segment, reading)
        reading = names.capitals(store, found.document, found.segment, reading, found.new_sentence)
    segments = pl.Series(found.segment.astype(np.uint32))
    chosen = store.readings.select(pl.col("lemma", "tag", "pos").gather(pl.Series(reading.astype(np.uint32))))
    return pl.DataFrame(
        {
            "doc_id": documents.get_column("doc_id").rechunk().gather(pl.Series(found.document)),
            "sent": found.sent,
            "tok": found.tok,
            "start": found.start,
            "end": found.end,
            "form": store.segments.get_column("form").gather(segments),
            **chosen.to_dict(),
            "word": found.word,
            "word_start": found.word_start,
            "paragraph": found.paragraph,
            "boilerplate": flags.flags(documents, found.document, found.start),
        }
    )


def _with_dot(
    chunk: npt.NDArray[np.int64], kind: npt.NDArray[np.uint8], gap: npt.NDArray[np.uint8], store: forms.Forms
) -> npt.NDArray[np.int64]:
    """The chunks, with those that are abbreviations before their dot analysed as such."""
    before_dot = np.zeros(len(chunk), dtype=np.bool_)
    before_dot[:-1] = (kind[1:] == sentences.DOT) & (gap[1:] == 0)
    dotted = store.dotted[chunk]
    return np.where(before_dot & (dotted >= 0), dotted, chunk)
