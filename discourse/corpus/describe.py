"""What a corpus holds, in numbers."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from discourse.corpus.documents import documents
from discourse.corpus.manifest import Corpus
from discourse.corpus.store import locate


def describe(corpus: Corpus, data: Path | None = None) -> dict[str, Any]:
    """The manifest's facts, and where the texts are at hand the number of documents, words and groups."""
    manifest = corpus.manifest
    facts: dict[str, Any] = {
        "name": manifest.name,
        "title": manifest.title,
        "description": manifest.description,
        "why": " ".join(manifest.why.split()),
        "licence": manifest.licence,
        "citation": manifest.citation,
        "kind": manifest.kind,
        "manifest": str(corpus.path),
    }
    facts = {key: value for key, value in facts.items() if value}
    missing = [place.file.path for place in locate(corpus, data) if place.path is None]
    if missing:
        return facts | {"missing": ", ".join(missing)}
    found = documents(corpus, data)
    # runs of characters between white space that have a letter or a digit: close to the words that rates count
    words = found["text"].str.count_matches(r"\S*[\p{L}\p{N}]\S*")
    facts |= {
        "documents": found.height,
        "words": int(words.sum() or 0),
        "words a document": _spread(words.to_list()),
        "columns": ", ".join(found.columns),
    }
    for column in manifest.groups:
        counts = found.group_by(column).len().sort(["len", column], descending=[True, False], nulls_last=True)
        facts[column] = {str(key): n for key, n in counts.iter_rows()}
    return facts


def _spread(counts: list[int]) -> str:
    return f"{min(counts)} to {max(counts)}, median {statistics.median(counts):g}" if counts else "none"
