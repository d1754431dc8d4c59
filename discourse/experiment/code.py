"""The code and the libraries that a step's results depend on: its module, and all that this imports of the house."""

from __future__ import annotations

import functools
import importlib.metadata
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import discourse
from discourse.core.files import sha256

PACKAGE = Path(discourse.__file__).parent
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*))",
    re.MULTILINE,
)
#: Import name → distribution, where they differ; and what a distribution draws with.
_DISTRIBUTIONS = {"sklearn": "scikit-learn", "vl_convert": "vl-convert-python", "docx": "python-docx"}
#: Libraries that cannot change a result.
_INNOCENT = {"rich", "typer", "platformdirs", "typing_extensions", "resource", "pydantic"}


def code(modules: Iterable[str], without: tuple[str, ...] = ()) -> dict[str, str]:
    """`code <file>` → SHA-256 of each module and of all it imports of the package, `library <name>` → its version.

    Imports inside functions count as well. Modules whose name begins like one of `without` are left out.
    """
    found: set[str] = set()
    libraries: set[str] = set()
    ahead = list(modules)
    while ahead:
        name = ahead.pop()
        if name in found or name.startswith(without):
            continue
        found.add(name)
        inside, outside = _imports(name)
        ahead += inside
        libraries |= outside
    files = {f"code {_file(name).relative_to(PACKAGE).as_posix()}": _sha(_file(name)) for name in sorted(found)}
    versions = {f"library {name}": version(name) for name in sorted(libraries - _INNOCENT)}
    return {**files, **versions, "python": ".".join(platform.python_version_tuple()[:2])}


def data(kind: str, folder: str, pattern: str = "*") -> dict[str, str]:
    """`<kind> <name>` → SHA-256 of the data files of a folder of the package."""
    paths = (path for path in sorted((PACKAGE / folder).glob(pattern)) if path.is_file() and path.suffix != ".md")
    return {f"{kind} {path.name}": _sha(path) for path in paths if path.suffix not in (".py", ".pyc")}


@functools.cache
def version(name: str) -> str:
    """The version of a distribution, `none` where it is not installed."""
    try:
        return importlib.metadata.version(_DISTRIBUTIONS.get(name, name))
    except importlib.metadata.PackageNotFoundError:
        return "none"


@functools.cache
def _imports(name: str) -> tuple[list[str], set[str]]:
    """The modules of the package that a module imports, and the libraries."""
    inside: list[str] = []
    libraries: set[str] = set()
    for match in _IMPORT.finditer(_file(name).read_text(encoding="utf-8")):
        source, names, plain = match.groups()
        for target in [source] if source else [part.strip() for part in plain.split(",")]:
            top = target.split(".")[0]
            if top != "discourse":
                if top not in sys.stdlib_module_names:
                    libraries.add(top)
                continue
            named = re.findall(r"(\w+)(?:[ \t]+as[ \t]+\w+)?", names.split("#")[0].strip("()")) if source else []
            parts = [f"{target}.{part}" for part in re.findall(r"\w+", " ".join(named))]
            modules = [part for part in parts if _is_module(part)]
            inside += modules
            if (len(modules) < len(parts) or not parts) and _is_module(target) and target != "discourse":
                inside.append(target)
    return inside, libraries


@functools.cache
def _is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


@functools.cache
def _file(name: str) -> Path:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"


_known: dict[Path, tuple[tuple[int, int], str]] = {}


def _sha(path: Path) -> str:
    """The file's digest, worked out once for as long as its size and time stay."""
    stat = path.stat()
    mark = (stat.st_size, stat.st_mtime_ns)
    if path not in _known or _known[path][0] != mark:
        _known[path] = (mark, sha256(path))
    return _known[path][1]
