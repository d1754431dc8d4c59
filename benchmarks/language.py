"""Speed and memory of the tokens layer, side by side with Morfeusz in a loop and with bare tokenisation.

    python benchmarks/language.py FILE.jsonl.gz... [--share 1.0] [--memory [MB]] [--only-memory]

One table on standard output: cold with nothing kept on disk, warm in a new process with what a first has kept,
hot in one process the second time. `--share` takes the first part of each file's documents; `--memory` also annotates
1 GB of text, or so many MB (the files repeated with changed ids), and reports the peak.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl


def documents(path: Path, share: float) -> pl.DataFrame:
    frame = pl.read_ndjson(path)
    if "title" not in frame.columns:
        frame = frame.with_columns(title=pl.lit(""))
    return frame.select("doc_id", "title", "text").head(max(1, int(len(frame) * share)))


def loop(frame: pl.DataFrame) -> float:
    """Seconds of `Morfeusz.analyse` over the documents, one by one."""
    import morfeusz2

    engine = morfeusz2.Morfeusz()
    began = time.perf_counter()
    for text in frame.get_column("text"):
        engine.analyse(text)
    return time.perf_counter() - began


def bare(frame: pl.DataFrame) -> float:
    """Seconds of tokenisation alone: words, numbers, single marks, white space, with offsets."""
    began = time.perf_counter()
    (
        frame.select("doc_id", form=pl.col("text").str.extract_all(r"[\p{L}\p{M}]+|\p{N}+|\s+|(?s:.)"))
        .explode("form")
        .with_columns(length=pl.col("form").str.len_chars())
        .with_columns(end=pl.col("length").cum_sum().over("doc_id"))
        .with_columns(start=pl.col("end") - pl.col("length"))
    )
    return time.perf_counter() - began


def tokens(frame: pl.DataFrame, cache: Path) -> tuple[float, float, int]:
    """Seconds of the tokens layer in a process of its own, with this cache on disk: first pass, second; tokens."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents.parquet"
        frame.write_parquet(source)
        code = (
            "import polars as pl, time; from discourse.language.annotate import tokens;"
            "from discourse.language.tagger import network; network.shipped();"
            f"frame = pl.read_parquet({str(source)!r}); began = time.perf_counter(); n = len(tokens(frame));"
            "first = time.perf_counter() - began; began = time.perf_counter(); tokens(frame);"
            "print(first, time.perf_counter() - began, n)"
        )
        environment = os.environ | {"DISCOURSE_CACHE": str(cache)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
        first, second, count = done.stdout.split()
    return float(first), float(second), int(count)


def memory(frames: list[pl.DataFrame], size: int = 10**9) -> tuple[float, float]:
    """Peak memory in MB after the first pass over the files, and after about `size` bytes of text."""
    from discourse.language.annotate import batches
    from discourse.language.annotate import tokens as annotate

    done, turn, first = 0, 0, 0.0
    while done < size:
        for frame in frames:
            renamed = frame.with_columns(doc_id=pl.format("{}-{}", "doc_id", pl.lit(turn)))
            for batch in batches(renamed):
                annotate(batch)
                done += int(batch.get_column("text").str.len_bytes().sum())
        turn += 1
        first = first or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{done / 1e6:.0f} MB of text", file=sys.stderr)
    return first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--memory", type=int, nargs="?", const=1000, metavar="MB")
    parser.add_argument("--only-memory", action="store_true")
    options = parser.parse_args()
    frames = []
    print(
        "corpus\ttokens\tbare s\tMorfeusz s\tcold s\twarm s\thot s\tcold x\twarm x\thot x\thot of bare"
        "\ttokens/s hot\tload"
    )
    for path in options.files:
        frame = documents(path, options.share)
        frames.append(frame)
        if options.only_memory:
            continue
        cache = Path(tempfile.mkdtemp())
        cold, _, count = tokens(frame, cache)
        warm, hot, _ = tokens(frame, cache)
        shutil.rmtree(cache)
        alone, engine = bare(frame), loop(frame)
        print(
            path.name.split(".")[0], count, f"{alone:.2f}", f"{engine:.1f}", f"{cold:.2f}", f"{warm:.2f}", f"{hot:.2f}",
            f"{engine / cold:.1f}", f"{engine / warm:.1f}", f"{engine / hot:.1f}", f"{alone / hot:.2f}",
            f"{count / hot:.0f}", f"{os.getloadavg()[0]:.1f}", sep="\t", flush=True,
        )  # fmt: skip
    if options.memory:
        first, last = memory(frames, options.memory * 10**6)
        print(f"peak memory: {first:.0f} MB after one pass, {last:.0f} MB after {options.memory} MB of text")


if __name__ == "__main__":
    main()
