"""Speed of everything up to attributions beside Morfeusz in a loop, and cues of speech recovered in UD Polish PDB.

    python benchmarks/attribution.py [FILE.jsonl.gz...] [--ud pl_pdb-ud-dev.conllu.gz] [--share 1.0]

Speed: seconds of tokens, markers and attributions with a warm cache of forms, in this process (`workers.py` measures
several). UD: each sentence alone;
recall over heads of `parataxis:obj` in the third person or impersonal (verbs of asking left out), those of the lexicon
of reporting verbs apart; precision over predicted cues of speech that are verbs: the share that heads a reported clause
(`parataxis:obj`, `ccomp:obj`, `parataxis:insert` either way). UD PDB is for evaluation only.
"""

from __future__ import annotations

import argparse
import gzip
import os
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from language import documents, loop

#: Asking gives nobody a claim.
_ASKING = {"pytać", "zapytać", "spytać", "dopytywać", "dopytać", "zastanawiać", "zastanowić", "indagować", "dociekać"}
_REPORTED = ("parataxis:obj", "ccomp:obj", "parataxis:insert")


def speed(frame: pl.DataFrame) -> tuple[int, float, float, float, int]:
    """(tokens, seconds of tokens, of markers, of attributions, attributions), after one pass that warms the caches."""
    from discourse.attribution.attribute import attribute
    from discourse.language.annotate import tokens
    from discourse.markers.match import markers

    tokens(frame)
    began = time.perf_counter()
    table = tokens(frame)
    tokenised = time.perf_counter()
    markers(table)
    marked = time.perf_counter()
    found = attribute(frame, table)[0]
    return len(table), tokenised - began, marked - tokenised, time.perf_counter() - marked, len(found)


def sentences(path: Path) -> Iterator[tuple[str, list[list[str]], list[tuple[int, int]]]]:
    """(text, rows, offsets of the rows) of each sentence of a CoNLL-U file; ranges and empty nodes left out."""
    rows: list[list[str]] = []
    skip = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.startswith("#"):
                continue
            if line.strip():
                row = line.rstrip("\n").split("\t")
                if "-" in row[0]:
                    first, last = row[0].split("-")
                    skip = int(last) - int(first)
                elif "." not in row[0]:
                    if skip:  # inside a written word
                        row[9], skip = "SpaceAfter=No", skip - 1
                    rows.append(row)
            elif rows:
                text, offsets = "", []
                for row in rows:
                    offsets.append((len(text), len(text) + len(row[1])))
                    text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
                yield text.rstrip(), rows, offsets
                rows = []


def treebank(path: Path) -> dict[str, tuple[int, int]]:
    """(hits, all) of the recall over heads of `parataxis:obj`, over those in the lexicon, and of the precision."""
    from discourse.attribution.attribute import attribute
    from discourse.attribution.lexicon import load_lexicon
    from discourse.language.annotate import tokens

    known = load_lexicon().verbs
    every = {f"s{number:05}": sentence for number, sentence in enumerate(sentences(path))}
    frame = pl.DataFrame({"doc_id": list(every), "title": "", "text": [text for text, _, _ in every.values()]})
    cues: dict[str, list[tuple[int, int]]] = {}
    for row in attribute(frame, tokens(frame))[0].iter_rows(named=True):
        if row["cue"]:
            cues.setdefault(row["doc_id"], []).append((row["cue"][0], row["cue"][1]))
    counts = {"heads": [0, 0], "heads in the lexicon": [0, 0], "cues that are verbs": [0, 0]}
    for doc_id, (_, rows, offsets) in every.items():
        found = cues.get(doc_id, [])
        speech = {int(row[6]) - 1 for row in rows if row[7] == "parataxis:obj"} - {-1}
        reporting = {int(row[6]) - 1 for row in rows if row[7] in _REPORTED}
        reporting |= {at for at, row in enumerate(rows) if row[7] in _REPORTED}
        for at in sorted(speech):
            kind, _, rest = rows[at][4].partition(":")
            person = kind == "imps" or (kind == "fin" and ":ter:" in f":{rest}:") or kind == "praet"
            first = kind == "praet" and at + 1 < len(rows) and rows[at + 1][4].startswith("aglt")
            if not person or first or rows[at][2] in _ASKING:
                continue
            hit = any(lo < offsets[at][1] and hi > offsets[at][0] for lo, hi in found)
            for name in ("heads", *(("heads in the lexicon",) if rows[at][2] in known else ())):
                counts[name][0] += hit
                counts[name][1] += 1
        for lo, hi in found:
            verbs = [
                at
                for at, (begin, end) in enumerate(offsets)
                if begin < hi and end > lo and rows[at][4].split(":")[0] in ("fin", "praet", "imps")
            ]
            if verbs:
                counts["cues that are verbs"][0] += any(at in reporting for at in verbs)
                counts["cues that are verbs"][1] += 1
    return {name: (hits, total) for name, (hits, total) in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--ud", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    options = parser.parse_args()
    if options.files:
        print("corpus\ttokens\tMorfeusz s\ttokens s\tmarkers s\tattributions s\tattributions\ttokens/s\tx loop\tload")
    for path in options.files:
        frame = documents(path, options.share)
        count, tokenised, marked, attributed, found = speed(frame)
        whole, engine = tokenised + marked + attributed, loop(frame)
        print(
            path.name.split(".")[0], count, f"{engine:.1f}", f"{tokenised:.2f}", f"{marked:.2f}", f"{attributed:.2f}",
            found, f"{count / whole:.0f}", f"{engine / whole:.1f}", f"{os.getloadavg()[0]:.1f}", sep="\t", flush=True,
        )  # fmt: skip
    if options.ud:
        for name, (hits, total) in treebank(options.ud).items():
            print(f"{name}: {hits} of {total}, {hits / max(total, 1):.3f}")


if __name__ == "__main__":
    main()
