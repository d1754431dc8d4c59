"""The command line as its users meet it: what it prints, writes, refuses."""

import contextlib
import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from discourse.cli.app import call
from discourse.core.schema import TABLES

ARTICLE = "– To chyba prawda – mówi prof. Anna Zielińska.\n\nREKLAMA\n\nMinister dodał, że być może wróci.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artykuł.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    out, err = capsys.readouterr()
    return out, err


def test_annotate_writes_every_layer_into_a_folder(article: Path, tmp_path: Path) -> None:
    assert call(["annotate", str(article), "--out", str(tmp_path / "out")]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "attributions.parquet", "markers.parquet", "speakers.parquet", "tokens.parquet",
    ]  # fmt: skip
    for name in ("tokens", "markers", "attributions", "speakers"):
        frame = pl.read_parquet(tmp_path / "out" / f"{name}.parquet")
        assert dict(frame.schema).items() >= TABLES[name].items()
        assert frame.height > 0


def test_annotate_one_layer_into_a_file_of_the_format_of_its_suffix(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.csv"
    assert call(["annotate", str(article), "--layers", "markers", "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(ARTICLE[int(r["start"]) : int(r["end"])], r["category"]) for r in rows] == [
        ("chyba", "hedge"), ("być może", "hedge"),
    ]  # fmt: skip


def test_annotate_stand_off_is_one_json_line_a_document(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.jsonl"
    assert call(["annotate", str(article), "--format", "standoff", "--out", str(out)]) == 0
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert row["doc_id"] == "artykuł"
    assert [ARTICLE[m["start"] : m["end"]] for m in row["markers"]] == ["chyba", "być może"]
    first = row["attributions"][0]
    assert (first["type"], first["role"], first["speaker"]) == ("direct", "expert", "Anna Zielińska")
    assert ARTICLE[slice(*first["cue"])] == "mówi"
    assert [ARTICLE[slice(*piece)] for piece in first["content"]] == ["To chyba prawda"]


def test_a_lexicon_of_ones_own_adds_and_switches_off(article: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        """off = ["chyba"]

[[entry]]
id = "minister"
category = "booster"
pattern = "minister"
hyland = "booster"
engagement = "pronounce"
yes = ["[Minister] wróci."]
""",
        encoding="utf-8",
    )
    out = tmp_path / "m.csv"
    arguments = ["annotate", str(article), "--layers", "markers", "--out", str(out), "--lexicon", str(mine)]
    assert call([*arguments, "--workers", "2"]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        found = [(row["marker"], row["category"]) for row in csv.DictReader(file)]
    assert found == [("minister", "booster"), ("być może", "hedge")]


def test_annotation_is_the_same_on_any_number_of_workers(tmp_path: Path) -> None:
    digests = []
    for workers in ("1", "2"):
        out = tmp_path / f"w{workers}.jsonl"
        arguments = ["annotate", "corpora/demo/articles", "--format", "standoff", "--out", str(out)]
        assert call([*arguments, "--workers", workers]) == 0
        digests.append(hashlib.sha256(out.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_read_shows_voices_and_markers(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["read", str(article)]) == 0
    out, _ = lines(capsys)
    assert "⟦chyba⟧" in out
    assert "Zielińska" in out
    assert "ekspert" in out


def test_read_writes_a_page_in_which_markup_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<script>alert(1)</script> Chyba tak.")
    assert call(["read", str(path), "--out", str(tmp_path / "a.html"), "--language", "en"]) == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_read_writes_no_page_under_the_name_of_another_format(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["read", str(article), "--out", str(tmp_path / "a.pdf")]) == 2
    assert "give a name that ends in .html" in capsys.readouterr().err
    assert not list(tmp_path.glob("a.pdf"))


def test_read_as_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["read", str(article), "--json"]) == 0
    row = json.loads(lines(capsys)[0])
    assert {s["speaker"] for s in row["speakers"]} >= {"Anna Zielińska"}


def test_evaluate_prints_all_scores_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = tmp_path / "d.jsonl"
    assert call(["corpus", "documents", "demo", "--out", str(documents)]) == 0
    assert call(["evaluate", "corpora/demo/gold.jsonl", "--documents", str(documents), "--json"]) == 0
    result = json.loads(lines(capsys)[0])
    assert result["documents"] == 18
    assert result["markers"]["overlap"]["micro"]["f1"] > 0.8
    assert result["attributions"]["f1"] > 0.8
    assert (
        call(
            [
                "evaluate",
                "corpora/demo/gold.jsonl",
                "--documents",
                str(documents),
                "--predictions",
                "corpora/demo/gold.jsonl",
            ]
        )
        == 0
    )
    assert "1.000" in lines(capsys)[0]


def test_plan_takes_frozen_measures_for_missing_texts_and_runs_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert call(["plan", "experiments/seed-vs-press", "--json"]) == 0
    steps = json.loads(lines(capsys)[0])
    assert [s["step"] for s in steps][:3] == [
        "read press-outlets",
        "read press-events",
        "read gazeta-2023-09-kim-putin",
    ]
    assert steps[0]["what"].startswith("frozen measures in the place of texts")
    assert steps[0]["wanting"] == ""
    assert not (Path("runs") / "seed-vs-press").exists()


def test_the_short_table_of_a_run_fits_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert call(["run", "experiments/demo", "--out", str(tmp_path / "r"), "--workers", "1"]) == 0
    out, _ = lines(capsys)
    assert max(map(len, out.splitlines()[:-1])) <= 80
    assert len(next(line for line in out.splitlines() if "wywiad" in line).split()) == 5


def test_corpus_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["corpus", "list", "--json"]) == 0
    assert {"demo", "sejm"} <= {row["name"] for row in json.loads(lines(capsys)[0])}
    assert call(["corpus", "info", "demo", "--json"]) == 0
    facts = json.loads(lines(capsys)[0])
    assert facts["documents"] == 72
    assert facts["genre"] == dict.fromkeys(["analysis", "interview", "opinion", "release", "voices", "wire"], 12)
    assert call(["corpus", "check", "demo"]) == 0


def test_check_of_a_corpus_without_its_text_is_found_wanting(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert call(["corpus", "check", "sejm"]) == 1
    assert "discourse corpus add sejm FILE" in lines(capsys)[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["annotate", "none.txt", "--out", "{tmp}/x"], "none.txt: no such file or folder"),
        (["annotate", "{tmp}/binary.txt", "--out", "{tmp}/x"], "binary.txt: is no text"),
        (["annotate", "{tmp}/twice.jsonl", "--out", "{tmp}/x"], "two documents have the id 'a'"),
        (["annotate", "{tmp}/body.csv", "--out", "{tmp}/x"], "body.csv: no column 'text'; it has doc_id, body"),
        (["annotate", "{tmp}/bad.jsonl", "--out", "{tmp}/x"], "bad.jsonl, line 2: malformed JSON"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/a.txt/x", "--layers", "tokens"], "cannot write {tmp}/a.txt/x"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/a.txt", "--format", "csv"], "cannot write {tmp}/a.txt"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}", "--format", "standoff"], "it is a folder"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/x", "--layers", "tokns"], "layer 'tokns'; did you mean 'tokens'"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/x", "--format", "xlsx"], "unknown format 'xlsx'"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/x", "--layers", "markers", "--format", "conllu"], "holds tokens"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/a.xyz"], "no format for '.xyz'"),
        (["annotate", "{tmp}/a.txt", "--out", "{tmp}/x", "--lexicon", "{tmp}/body.csv"], "body.csv: not TOML"),
        (["run", "experiments/demo", "--set", 'annotation.lexicons=["no.toml"]'], "no.toml: no such lexicon"),
        (["annotate", "{tmp}/a.txt"], "missing option '--out'; see discourse annotate --help"),
        (["annotate", "{tmp}/a.txt", "--bogus"], "no such option: --bogus"),
        (["anotate"], "no such command 'anotate'"),
        (["read", "{tmp}/two.jsonl"], "holds 2 documents; choose one with --doc"),
        (["read", "{tmp}/two.jsonl", "--doc", "c"], "unknown document 'c'"),
        (["run", "{tmp}"], "no experiment there"),
        (["run", "{tmp}/key.toml"], "unknown key 'corpra'; did you mean 'corpora'"),
        (["run", "{tmp}/corpus.toml", "--out", "{tmp}/run"], "unknown corpus 'dmo'; did you mean 'demo'"),
        (["run", "{tmp}/measure.toml"], "unknown measure 'hedge_rat'; did you mean 'hedge_rate'"),
        (["run", "experiments/demo", "--set", "topics.kk=3"], "unknown key 'topics.kk'; did you mean 'k'"),
        (["run", "experiments/demo", "--set", "seed"], "write KEY=VALUE"),
        (["run", "experiments/demo", "--out", "{tmp}/a.txt"], "it is a file"),
        (["run", "experiments/demo", "--out", "{tmp}"], "it holds files that are no run"),
        (["corpus", "documents", "press-events", "--out", "{tmp}/x.jsonl"], "is not at hand"),
        (["run", "experiments/seed-vs-press", "--out", "{tmp}/run", "--data", "{tmp}/none"], "none: no such folder"),
        (["corpus", "info", "dmo"], "unknown corpus 'dmo'; did you mean 'demo'"),
        (["corpus", "add", "gazeta-2023-09-kim-putin", "{tmp}/a.txt"], "its SHA-256 is"),
        (["corpus", "add", "demo", "{tmp}/a.txt"], "there is nothing to add"),
        (["evaluate", "{tmp}/none.jsonl", "--documents", "{tmp}/a.txt"], "no such file"),
        (["evaluate", "corpora/demo/gold.jsonl", "--documents", "{tmp}/a.txt"], "18 of its 18 documents are not among"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_status_2_and_nothing_written(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "a.txt").write_text("Chyba tak.")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "twice.jsonl").write_text('{"doc_id": "a", "text": "x"}\n{"doc_id": "a", "text": "y"}\n')
    (tmp_path / "two.jsonl").write_text('{"doc_id": "a", "text": "x"}\n{"doc_id": "b", "text": "y"}\n')
    (tmp_path / "bad.jsonl").write_text('{"doc_id": "a", "text": "x"}\n{"doc_id": "b"\n')
    (tmp_path / "body.csv").write_text("doc_id,body\na,x\n")
    head = 'name = "x"\nseed = 1\ntitle = {pl = "t", en = "t"}\nquestion = {pl = "q", en = "q"}\n'
    (tmp_path / "key.toml").write_text(head + 'corpra = ["demo"]\n')
    (tmp_path / "corpus.toml").write_text(head + 'corpora = ["dmo"]\n')
    (tmp_path / "measure.toml").write_text(head + 'corpora = ["demo"]\nmeasures = ["hedge_rat"]\n')
    before = sorted(tmp_path.rglob("*"))
    assert call([part.replace("{tmp}", str(tmp_path)) for part in arguments]) == 2
    out, err = lines(capsys)
    assert out == ""
    assert err.startswith("discourse: ")
    assert err.count("\n") == 1
    assert message.replace("{tmp}", str(tmp_path)) in err
    assert sorted(tmp_path.rglob("*")) == before


def command(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    code = "from discourse.cli.app import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def test_a_run_that_is_terminated_leaves_nothing(tmp_path: Path) -> None:
    running = command("run", "experiments/demo", "--out", str(tmp_path / "r"))
    while not any(tmp_path.iterdir()):
        assert running.poll() is None
    running.terminate()
    assert running.wait() == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_measures_are_listed_with_their_formula(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["measures", "--family", "framing"]) == 0
    out, _ = lines(capsys)
    assert "expert_share" in out
    assert "hedge_rate " not in out
    assert call(["measures", "hedge_rate"]) == 0
    assert "1000 × spans of category `hedge` / words" in lines(capsys)[0]
    assert call(["measures", "--json"]) == 0
    assert all(each["doc"] for each in json.loads(lines(capsys)[0]))
    assert call(["measures", "hegde_rate"]) == 2
    assert "did you mean 'hedge_rate'" in lines(capsys)[1]


def test_an_output_without_our_signs_gets_their_codes(article: Path) -> None:
    out, err = command("read", str(article), PYTHONIOENCODING="iso8859-2", PYTHONUTF8="0").communicate()
    assert err == b""
    assert r"\u27e6chyba\u27e7" in out.decode("iso8859-2")


def test_an_output_that_is_full_is_one_line() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full, contextlib.redirect_stdout(full):
        assert call(["lexicon", "list"]) == 2


def test_empty_documents_and_punctuation_have_zero_counts_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"doc_id": "a", "text": ""}\n{"doc_id": "b", "text": "— … !?"}\n')
    assert call(["annotate", str(tmp_path / "d.jsonl"), "--out", str(tmp_path / "o")]) == 0
    assert pl.read_parquet(tmp_path / "o" / "markers.parquet").is_empty()
    assert call(["read", str(tmp_path / "d.jsonl"), "--doc", "a", "--out", str(tmp_path / "a.html")]) == 0
    assert "<html" in (tmp_path / "a.html").read_text()
