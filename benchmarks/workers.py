"""Tokens, markers and all layers on one process and on several, through the engine and the batches of a run.

    python benchmarks/workers.py FILE.jsonl.gz... [--share 1.0] [--workers 1 2] [--layers cold warm markers all]

Each row is a process of its own. Documents come in a run's batches and lie on disk, as there; tables stay with the
worker that makes them. The seconds are those of the whole: with several workers their start, imports and reading of
caches too; with one, this process has imported what it needs and nothing else. `cold` are tokens with an empty cache
on disk, `warm` with what the first has kept; `markers` are found in ready tokens; `all` are tokens (warm),
attributions and markers, in their place. "x loop" is how many times as fast as Morfeusz in a loop, on one core.
Processor seconds are those of all processes, their start with them: on a machine that others use too, they tell more.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import polars as pl
from language import documents, loop

LAYERS = ("cold", "warm", "markers", "all")
_NEEDED = {
    "tokens": ("discourse.language.annotate", "discourse.language.tagger.network"),
    "markers": ("discourse.markers.match",),
    "all": ("discourse.attribution.annotate", "discourse.language.tagger.network"),
}


def work(path: Path, layer: str) -> int:
    """The number of tokens of the batch, after the layer was made; importable by workers."""
    if layer == "markers":
        from discourse.markers.match import markers

        table = pl.read_parquet(path.with_suffix(".tokens"))
        markers(table)
        return len(table)
    batch = pl.read_parquet(path)
    if layer == "all":
        from discourse.attribution.annotate import annotate

        return len(annotate(batch).tokens)
    from discourse.language.annotate import tokens

    return len(tokens(batch))


def timed(folder: Path, layer: str, workers: int) -> None:
    """Print seconds and tokens of the layer over the batches of the folder."""
    from discourse.experiment.engines import Engine

    if workers == 1:
        for name in _NEEDED[layer]:
            importlib.import_module(name)
    began = time.perf_counter()
    count = sum(Engine(workers=workers).each(partial(work, layer=layer), sorted(folder.glob("*.parquet"))))
    print(time.perf_counter() - began, count)


def measured(folder: Path, layer: str, workers: int, cache: Path) -> tuple[float, float, int]:
    """Seconds, processor seconds and tokens, from a process of its own with this cache on disk."""
    here = Path(__file__).parent
    code = f"import sys; sys.path.insert(0, {str(here)!r}); from pathlib import Path; import workers; "
    code += f"workers.timed(Path({str(folder)!r}), {layer!r}, {workers})"
    paths = os.pathsep.join([str(here), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"DISCOURSE_CACHE": str(cache), "PYTHONPATH": paths}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, count = done.stdout.split()
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(seconds), processor, int(count)


def spooled(frame: pl.DataFrame, folder: Path, ready: bool) -> None:
    """The documents in a run's batches, a file each; with their tokens beside them where those are to be ready."""
    from discourse.corpus.stream import BATCH
    from discourse.language.annotate import batches, tokens

    for number, batch in enumerate(batches(frame, BATCH)):
        path = folder / f"{number:06}.parquet"
        batch.write_parquet(path)
        if ready:
            tokens(batch).write_parquet(path.with_suffix(".tokens"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--layers", nargs="+", default=list(LAYERS), choices=LAYERS)
    options = parser.parse_args()
    print("corpus\tlayer\tworkers\ttokens\ts\ttokens/s\tprocessor s\tMorfeusz s\tx loop\tload")
    for path in options.files:
        frame = documents(path, options.share)
        engine = loop(frame)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            spooled(frame, folder, "markers" in options.layers)
            for workers in options.workers:
                cache = folder / f"cache-{workers}"
                for layer in options.layers:
                    if layer != "cold" and not cache.exists():
                        measured(folder, "tokens", workers, cache)  # fills it
                    what = "tokens" if layer in ("cold", "warm") else layer
                    seconds, processor, count = measured(folder, what, workers, cache)
                    print(
                        path.name.split(".")[0], layer, workers, count, f"{seconds:.1f}", f"{count / seconds:.0f}",
                        f"{processor:.1f}", f"{engine:.0f}", f"{engine / seconds:.1f}", f"{os.getloadavg()[0]:.1f}",
                        sep="\t", flush=True,
                    )  # fmt: skip
                shutil.rmtree(cache)


if __name__ == "__main__":
    main()
