"""What holds for every file of the house: size, docstrings, no traces of a machine, data with origin and licence."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "discourse"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 330

_HOSTS = ("pypi", "pythonhosted", "npmjs", "artifactory", "nexus", "mirror", "proxy")
TRACES = {
    "the address of a package index": re.compile(rf"https?://[^\s/\"'>)]*(?:{'|'.join(_HOSTS)})[^\s/]*", re.IGNORECASE),
    "an address with a number for a host": re.compile(r"https?://\d{1,3}(?:\.\d{1,3}){3}"),
    "a path of one machine": re.compile(r"(?<![\w.}-])/(?:work|root|home/\w+|Users/\w+)\b(?![-=])"),
}
#: What is data rather than code, if it stands in the package.
DATA = {".toml", ".parquet", ".csv", ".tsv", ".json", ".jsonl", ".txt", ".npz", ".bin", ".gz", ".xz"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a clone: git knows no tracked files here")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_modules_are_short(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{_name(module)} has {lines} lines; over {LONGEST} it wants to be two"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_what_is_public_says_what_it_is(module: Path) -> None:
    """Modules, functions and classes whose name has no underscore in front; methods of more than one statement."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    silent += [name for name, node in _public(tree.body) if not ast.get_docstring(node)]
    assert not silent, f"{_name(module)}: no docstring: {', '.join(silent)}"


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(body: list[ast.stmt], inside: str = "") -> list[tuple[str, Named]]:
    found: list[tuple[str, Named]] = []
    for node in body:
        if not isinstance(node, Named) or node.name.startswith("_"):
            continue
        # a method of one statement says itself what it returns
        if not (inside and len(node.body) == 1):
            found.append((f"{inside}{node.name}", node))
        if isinstance(node, ast.ClassDef):
            found += _public(node.body, f"{node.name}.")
    return found


@pytest.mark.parametrize("trace", TRACES)
def test_no_file_carries_traces_of_a_machine(trace: str) -> None:
    found = []
    for path in _tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{_name(path)}:{n}: {m[0]}" for n, line in enumerate(lines, 1) if (m := TRACES[trace].search(line))]
    assert not found, f"{trace}: {'; '.join(found[:5])}"


@pytest.mark.parametrize(
    ("line", "trace"),
    [
        # put together here, so that this file passes its own test
        (f"see https://files.{_HOSTS[1]}.org/x", "the address of a package index"),
        (f"index = 'http://{'.'.join('1234')}:8080/simple'", "an address with a number for a host"),
        (f"open('{'/'.join(['', 'work', 'main', 'a.txt'])}')", "a path of one machine"),
        (f"in {'/'.join(['', 'home', 'anna', 'corpus'])}", "a path of one machine"),
    ],
)
def test_traces_are_recognised(line: str, trace: str) -> None:
    assert TRACES[trace].search(line)


def test_links_and_places_inside_the_house_are_no_traces() -> None:
    for line in ("docs/work/a.md", "https://example.org/home/page", "a frame/root of", "{folder}/work"):
        assert not any(pattern.search(line) for pattern in TRACES.values()), line


_DATA_FILES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in DATA and path.is_file())


@pytest.mark.parametrize("file", _DATA_FILES, ids=_name)
def test_data_state_origin_and_licence(file: Path) -> None:
    """In the README.md of their folder, which says a licence, or in the comment at their head."""
    readme = file.parent / "README.md"
    stated = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    if file.suffix == ".toml":
        lines = file.read_text(encoding="utf-8").splitlines()
        head = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        stated += "\n".join(lines[:head])
    assert re.search(r"\blicen[cs]e", stated, re.IGNORECASE), (
        f"{_name(file)}: say in {_name(readme)} where it comes from and under which licence"
    )
