"""The examples in README, docs and help work as printed.

In Markdown, in the order of the page and in one folder of its own:

- a `console` block is run: lines that begin with `$ ` are commands (a backslash at the end goes on), the lines below a
  command are what it prints, compared where there are any. A line `…` stands for any lines, `…` inside a line for any
  characters. A command that exits with another status than 0 must be followed by `$ echo $?` and that status.
  `make demo` is what the Makefile runs; other `make`, `git` and `cd` are passed over, and blocks marked `console skip`;
- a `python` block is run, all blocks of a page in one namespace; a `text output` block below it is what it prints;
- any block marked `file=PATH` is written there first, as a user would (measures, lexicons, manifests, experiments).

`DISCOURSE_PASTE=1 pytest tests/docs` pastes what is printed now into the pages, where it differs and no `…` stands for
whole lines; read the difference before you commit it.

In help, the docstring of every command has `Example:` and under it commands beginning with `$ `, run one after another.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib
import inspect
import io
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer.main
from printed import Block, agrees, blocks, commands, compare, pasted

from discourse.cli import app as cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
REACHABLE = ("corpora", "experiments", "seeds", "tests/data")
#: Settings of the runs that examples speak of, where any run will do.
QUICK = "--set contrasts.draws=100 --set classifier.repeats=1"
MADE = {"make demo": "discourse run experiments/demo --out runs/demo"}
PASSED_OVER = ("make", "git", "cd")
RUN = ("discourse", "cat", "head", "ls", "cp", "mkdir", "rm", "diff", "cmp", "sha256sum", "wc", "sed", "gzip", "echo")


class Terminal:
    """A folder in which commands are given as a reader of the docs would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0

    def give(self, command: str) -> str:
        """What the command prints, both streams together; its status is kept."""
        words = shlex.split(command)
        if command == "echo $?":
            printed, self.status = f"{self.status}\n", 0
            return printed
        plain = not re.search(r"[|<>;&*$`]", re.sub(r"'[^']*'", "", command))
        if words[0] == "discourse" and plain:
            return self._inside(words[1:])
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, env=environment, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.status = done.returncode
        return done.stdout

    def _inside(self, arguments: list[str]) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            self.status = cli.call(arguments)
        return printed.getvalue()

    def follow(self, given: list[tuple[str, list[str]]], where: str, page: Path | None = None) -> None:
        """Give the commands in turn and compare what they print."""
        for number, (command, expected) in enumerate(given):
            command = MADE.get(command, command)
            name = shlex.split(command)[0]
            if name in PASSED_OVER:
                continue
            assert name in RUN, f"{where}: {name!r} is neither run nor passed over; mark the block 'console skip'"
            printed = self.give(command)
            asked = number + 1 < len(given) and given[number + 1][0] == "echo $?"
            assert self.status == 0 or asked, f"{where}: $ {command}\nexits with {self.status}:\n{printed}"
            if any(line.strip() for line in expected):
                compare(printed, expected, f"{where}: $ {command}", page)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A folder with copies of the repository's corpora, experiments, seeds and test data; nothing of the user's."""
    folder = tmp_path / "clone"
    for name in REACHABLE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return Terminal(folder)


@pytest.fixture(autouse=True)
def _bricks_put_back() -> Iterator[None]:
    """What an example registers is gone when it ends."""
    from discourse.corpus.readers import READERS, SUFFIXES
    from discourse.experiment.analyses import ANALYSES
    from discourse.experiment.section import SECTIONS
    from discourse.measures import MEASURES
    from discourse.report.figures import FIGURES

    for analysis in ANALYSES:  # they file themselves when first imported
        importlib.import_module(f"discourse.experiment.sections.{analysis.key}")
    kept = [(held, dict(held)) for held in (*(r._bricks for r in (MEASURES, READERS, FIGURES, SECTIONS)), SUFFIXES)]
    yield
    for held, before in kept:
        held.clear()
        held.update(before)


# --- README and docs


def _page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [p for p in PAGES if p.is_file() and "```" in p.read_text("utf-8")], ids=_page_name)
def test_examples_of_the_page(page: Path, terminal: Terminal) -> None:
    names: dict[str, object] = {"__name__": "__example__"}
    printed = ""
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{_page_name(page)}, line {block.line}"
        if block.file is not None:
            place = terminal.folder / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
        elif "skip" in block.marks:
            continue
        elif block.kind == "console":
            terminal.follow(commands(block.text), where, page)
        elif block.kind == "python":
            printed = _run(block, page, names, terminal.folder)
        elif block.kind == "text" and "output" in block.marks:
            compare(printed, block.text.split("\n"), f"{where}: the block of Python above", page)


def _run(block: Block, page: Path, names: dict[str, object], folder: Path) -> str:
    # empty lines in front, so that a traceback names the line of the page
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed), pl.Config(tbl_width_chars=100):
        exec(code, names)
    return printed.getvalue()


LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=_page_name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        place = (page.parent / name).resolve() if name else page
        assert place.exists(), f"{_page_name(page)}: {target} leads nowhere"
        if anchor:
            heads = re.findall(r"^#+ +(.+?)\s*$", place.read_text(encoding="utf-8"), flags=re.MULTILINE)
            known = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in known, f"{_page_name(page)}: {name or 'the page'} has no heading #{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=_page_name)
def test_no_text_is_hidden_as_markup(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"<[^\W\d_][^>\n]*>", text) == [], f"{_page_name(page)}: a browser would not show this"


# --- help


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from _leaves(inner, f"{name} {word}")
    else:
        yield name, command


def _commands() -> list[tuple[str, Any]]:
    cli._fill_once()
    return list(_leaves(typer.main.get_command(cli.app), "discourse"))


@pytest.mark.parametrize(("name", "command"), [pytest.param(n, c, id=n) for n, c in _commands()])
def test_example_in_the_help(name: str, command: Any, terminal: Terminal, request: pytest.FixtureRequest) -> None:
    help_ = inspect.getdoc(command.callback) or ""
    assert help_.split("\n")[0].endswith((".", ";", ":")) or "\n\n" in help_, f"{name} has no docstring"
    _, sign, example = help_.partition("Example:\n")
    assert sign, f"the help of {name} has no 'Example:'"
    given = [(line.strip()[2:], []) for line in example.split("\n") if line.strip().startswith("$ ")]
    assert given, f"the example in the help of {name} has no line that begins with '$ '"
    assert any(line.startswith(name) for line, _ in given), f"the example in the help of {name} does not call it"
    if any("../shared" in line for line, _ in given):
        (terminal.folder.parent / "shared").symlink_to(request.getfixturevalue("shared"))
    for treebank in re.findall(r"nkjp1m-\w+\.conllu\.gz", example):
        _excerpt(request.getfixturevalue("shared") / "data" / "nkjp1m" / treebank, terminal.folder / treebank)
    _shortened(terminal.folder)
    if name != "discourse corpus documents":
        terminal.give("discourse corpus documents demo --out demo.jsonl")
    for run in sorted({run for run in re.findall(r"runs/\w+", example) if f"--out {run}" not in example}):
        terminal.give(f"discourse run experiments/demo --out {run} --workers 1 {QUICK}")
    terminal.follow(given, f"help of {name}")


@pytest.mark.parametrize("name", [name for name, _ in _commands()])
def test_the_docs_name_every_command(name: str) -> None:
    assert any(re.search(rf"{name}\b", page.read_text(encoding="utf-8")) for page in PAGES), f"no page shows {name}"


def _excerpt(treebank: Path, place: Path, sentences: int = 60) -> None:
    """The first sentences of a treebank, under the name that the example has for the whole."""
    with gzip.open(treebank, "rt", encoding="utf-8") as whole, gzip.open(place, "wt", encoding="utf-8") as part:
        for sentence in itertools.islice(whole.read().split("\n\n"), sentences):
            part.write(f"{sentence}\n\n")


def _shortened(folder: Path) -> None:
    """The demonstration corpus with six articles a genre instead of twelve: the examples run faster."""
    corpus = folder / "corpora" / "demo"
    table = pl.read_csv(corpus / "articles.csv", infer_schema=False)
    gold = pl.read_ndjson(corpus / "gold.jsonl", schema={"doc_id": pl.String})["doc_id"]
    first = table.sort(~pl.col("doc_id").is_in(gold.implode()), "doc_id").group_by("genre", maintain_order=True).head(6)
    kept = table.filter(pl.col("doc_id").is_in([*gold, *first["doc_id"], "voices-01"]))
    kept.write_csv(corpus / "articles.csv")
    for article in (corpus / "articles").iterdir():
        if article.stem not in set(kept["doc_id"]):
            article.unlink()


# --- the reading of examples itself


def test_make_demo_is_what_the_makefile_runs() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("demo: setup\n")[2].split("\n")[0]
    assert recipe.strip() == "@$(BIN)/" + MADE["make demo"]


def test_output_is_compared_with_gaps() -> None:
    assert agrees("a\nb 3 c\n", ["a", "b … c"])
    assert agrees("a\n1\n2\nz\n", ["a", "…", "z"])
    assert not agrees("a\nb\n", ["a"])
    assert not agrees("a\n", ["b"])


def test_output_is_pasted_around_gaps_inside_lines() -> None:
    assert pasted("a 2\n7 s\n", ["a 1", "… s"]) == ["a 2", "… s"]
    assert pasted("a\nb\n", ["a", "…", "c"]) is None


def test_commands_are_told_from_their_output() -> None:
    assert commands("$ discourse a \\\n    --b c\nout\n$ echo $?\n0\n") == [
        ("discourse a --b c", ["out"]),
        ("echo $?", ["0"]),
    ]


def test_blocks_know_their_kind_marks_and_line() -> None:
    assert blocks("x\n```toml file=a.toml\nb = 1\n```\n") == [Block("toml", ["file=a.toml"], "b = 1\n", 3)]
