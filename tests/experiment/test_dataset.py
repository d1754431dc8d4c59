"""Annotation in parts: the same bytes however it was cut off, and nothing done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from discourse.attribution.annotate import annotate
from discourse.core.errors import DiscourseError
from discourse.corpus.stream import Seen, framed
from discourse.experiment.annotation import write
from discourse.experiment.engines import Engine

LINES = [
    {"doc_id": "a", "title": "Most", "text": "– Chyba zdążymy – mówi burmistrz Jan Kos."},
    {"doc_id": "b", "text": "Według prof. Anny Lis to na pewno błąd.", "outlet": "Echo"},
    {"doc_id": "c", "text": "Autobus pojedzie w poniedziałek."},
    {"doc_id": "d", "title": "Sala", "text": "„Może w maju” – dodała dyrektorka.", "outlet": "Głos"},
]
DOCUMENTS = [("lines.jsonl", line) for line in LINES]


def frames(characters: int = 40) -> Iterator[pl.DataFrame]:
    return framed(DOCUMENTS, characters)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_documents_are_cut_where_their_text_reaches_the_size() -> None:
    assert [frame["doc_id"].to_list() for frame in frames()] == [["a"], ["b"], ["c", "d"]]
    assert [frame["doc_id"].to_list() for frame in frames(10_000)] == [["a", "b", "c", "d"]]


def test_an_id_that_comes_back_in_a_later_batch_is_refused() -> None:
    with pytest.raises(DiscourseError, match="two documents have the id 'a' .*the second in more.jsonl"):
        list(framed([*DOCUMENTS, ("more.jsonl", LINES[0])], 40))


def test_ids_are_remembered_over_any_number_of_batches() -> None:
    seen = Seen()
    for first in range(0, 3000, 7):
        assert not seen.add(pl.Series([f"d{number}" for number in range(first, first + 7)])).any()
    assert seen.add(pl.Series(["new", "d1500"])).tolist() == [False, True]
    assert seen.add(pl.Series(["new"])).tolist() == [True]
    assert seen.add(pl.Series([], dtype=pl.String)).tolist() == []


def test_a_data_set_has_a_file_a_batch_and_layer(tmp_path: Path) -> None:
    write(frames(), tmp_path / "set", "all,measures", None, partitioned=True)
    tables = ("documents", "tokens", "markers", "attributions", "speakers", "measures")
    for table in tables:
        assert len(list((tmp_path / "set" / table).glob("part-*.parquet"))) == 3
    made = json.loads((tmp_path / "set" / "dataset.json").read_text())
    assert (made["parts"], made["documents"], made["words"]) == (3, 4, 25)
    assert made["columns"] == ["doc_id", "title", "text", "outlet"]
    whole = annotate(pl.concat(frames(), how="diagonal"))
    assert_frame_equal(pl.scan_parquet(tmp_path / "set" / "tokens").collect(), whole.tokens)
    assert_frame_equal(pl.scan_parquet(tmp_path / "set" / "attributions").collect(), whole.attributions)
    assert pl.scan_parquet(tmp_path / "set" / "measures").select("doc_id").collect()["doc_id"].n_unique() == 4


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.conllu", "t.vrt", "t.xml"])
def test_one_file_of_many_parts_is_that_of_one(tmp_path: Path, name: str) -> None:
    write(frames(), tmp_path / "many" / name, "tokens", None)
    write(frames(10_000), tmp_path / "one" / name, "tokens", None)
    assert files(tmp_path / "many") == files(tmp_path / "one")
    assert list(files(tmp_path / "many")) == [name]


def test_one_parquet_file_of_many_parts_holds_them_all(tmp_path: Path) -> None:
    write(frames(), tmp_path / "tokens.parquet", "tokens", None)
    assert_frame_equal(pl.read_parquet(tmp_path / "tokens.parquet"), annotate(pl.DataFrame(LINES)).tokens)


def test_parts_that_are_whole_are_not_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(frames(), tmp_path, "all", None, partitioned=True)
    before, made = files(tmp_path), (tmp_path / "tokens" / "part-000001.parquet").stat().st_mtime_ns
    (tmp_path / "markers" / "part-000000.parquet").unlink()
    (tmp_path / "parts" / "part-000002.json").write_text("{")
    write(frames(), tmp_path, "all", None, partitioned=True)
    assert "1 of 3 parts were there already" in capsys.readouterr().err
    assert files(tmp_path) == before
    assert (tmp_path / "tokens" / "part-000001.parquet").stat().st_mtime_ns == made


def test_a_shorter_corpus_leaves_no_part_of_the_longer_one(tmp_path: Path) -> None:
    write(frames(), tmp_path / "a", "all", None, partitioned=True)
    write(framed(DOCUMENTS[:2], 40), tmp_path / "a", "all", None, partitioned=True)
    write(framed(DOCUMENTS[:2], 40), tmp_path / "b", "all", None, partitioned=True)
    assert set(files(tmp_path / "a")) == set(files(tmp_path / "b"))


def test_a_mistake_in_the_documents_leaves_nothing_unfinished(tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="two documents have the id 'a'"):
        write(framed([*DOCUMENTS, DOCUMENTS[0]], 40), tmp_path / "m.csv", "markers", None)
    assert list(tmp_path.iterdir()) == []


def test_no_document_makes_empty_tables(tmp_path: Path) -> None:
    write(iter(()), tmp_path / "m.csv", "markers", None)
    assert (tmp_path / "m.csv").read_text().startswith("doc_id,start,end,category")
    assert (tmp_path / "m.csv").read_text().count("\n") == 1


def test_a_folder_that_another_process_writes_is_refused(tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DiscourseError, match="is being written by another process"):
            write(frames(), tmp_path, "all", None, partitioned=True)


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    code = (
        "import json, sys; from pathlib import Path; from discourse.corpus.stream import framed;"
        "from discourse.experiment.annotation import write;"
        f"lines = [('x', dict(line, doc_id=f'{{n}}')) for n in range(60) for line in {LINES[:1]!r}];"
        f"write(framed(lines, 40), Path({str(tmp_path / 'killed')!r}), 'all', None, partitioned=True)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ})
    marks = tmp_path / "killed" / "parts"
    while len(list(marks.glob("part-*.json"))) < 3:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = {path.name: path.stat().st_mtime_ns for path in marks.glob("part-*.json")}
    assert 3 <= len(done) < 60
    again = [("x", {**LINES[0], "doc_id": f"{number}"}) for number in range(60)]
    write(framed(again[:12], 40), tmp_path / "killed", "all", None, partitioned=True)
    write(framed(again[:12], 40), tmp_path / "whole", "all", None, partitioned=True)
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    for name, when in done.items():
        if (marks / name).exists():
            assert (marks / name).stat().st_mtime_ns == when


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    write(frames(), tmp_path / "one", "all", "csv", Engine(workers=1))
    write(frames(), tmp_path / "two", "all", "csv", Engine(workers=2))
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.cluster
def test_dask_writes_the_same_bytes(tmp_path: Path) -> None:
    write(frames(), tmp_path / "local", "all,measures", None, partitioned=True)
    write(frames(), tmp_path / "dask", "all,measures", None, Engine("dask", 2), partitioned=True)
    assert files(tmp_path / "local") == files(tmp_path / "dask")
