"""A new corpus: its manifest proposed, written, and checked by reading the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from discourse.core.errors import DiscourseError
from discourse.core.files import write_text
from discourse.corpus.columns import groups
from discourse.corpus.documents import Reading, reading
from discourse.corpus.examine import Examined, examined
from discourse.corpus.manifest import Corpus, Manifest, manifests, parse_manifest, read_manifest
from discourse.corpus.propose import Proposal, propose, toml
from discourse.corpus.readers import TABLES
from discourse.corpus.recurrent import write_lines


@dataclass(frozen=True)
class Made:
    """A new corpus with how its manifest came about and what it holds."""

    corpus: Corpus
    proposal: Proposal
    examined: Examined


def new(
    name: str,
    paths: Sequence[Path],
    project: Path,
    *,
    title: str = "",
    licence: str = "",
    replace: bool = False,
    quick: bool = False,
) -> Made:
    """The corpus `name` of these files, after its manifest was written to `corpora/<name>/corpus.toml` in `project`.

    Nothing is written where nothing can be read. Raises `DiscourseError` for a name that cannot be one, a manifest that
    is there already (unless `replace`), and files without a document.
    """
    if not re.fullmatch(Manifest.model_fields["name"].metadata[0].pattern, name):
        raise DiscourseError(f"name {name!r}: use small letters a–z, digits and hyphens, a letter or digit first")
    place = project / "corpora" / name / "corpus.toml"
    if place.exists() and not replace:
        raise DiscourseError(f"{place} is there already; choose another name, or write over it with --replace")
    proposal = propose(name, paths, place.parent, title, licence)
    hidden = manifests([project]).get(name)
    if hidden is not None and hidden.resolve() != place.resolve():
        proposal.notes.append(f"a corpus {name!r} is there already ({hidden}); here the name means the new one")
    corpus = Corpus(parse_manifest(proposal.manifest, place), place)
    found = reading(corpus)
    if proposal.manifest.get("reader") in TABLES and _repeats(found):
        # an id of several documents is none: they are numbered by file instead
        manifest = proposal.manifest
        rename = manifest.get("rename", {})
        column = next((column for column, name in rename.items() if name == "doc_id"), "doc_id")
        manifest["rename"] = {**rename, column: "id_in_file"}
        proposal.notes.append("the column of ids names several documents at once, so documents are numbered instead")
        corpus = Corpus(parse_manifest(manifest, place), place)
        found = reading(corpus)
    if found.documents.is_empty():
        raise DiscourseError(f"{', '.join(map(str, paths))}: no document in these files")
    if by := groups(found.documents, proposal.manifest.get("dates", ())):
        proposal.manifest["groups"] = by
    proposal.manifest["found"] = {"documents": found.documents.height, "rejected": len(found.rejected)}
    corpus = Corpus(parse_manifest(proposal.manifest, place), place)
    write_text(place, toml(proposal.manifest))
    return Made(read_manifest(place), proposal, examined(corpus, found, quick))


def keep_lines(corpus: Corpus, lines: pl.DataFrame) -> Path:
    """The file with recurring lines beside the manifest, which names it from then on."""
    place = write_lines(lines, corpus.folder / "boilerplate.csv")
    if not corpus.manifest.boilerplate:
        text = corpus.path.read_text(encoding="utf-8")
        head, mark, rest = text.partition("\n[")
        write_text(corpus.path, f'{head.rstrip()}\nboilerplate = "{place.name}"\n{mark}{rest}' if mark else
                   f'{head.rstrip()}\nboilerplate = "{place.name}"\n')  # fmt: skip
    return place


def _repeats(found: Reading) -> bool:
    again = sum(one.kind == "same id" for one in found.rejected)
    return again > 0.01 * (found.documents.height + again)
