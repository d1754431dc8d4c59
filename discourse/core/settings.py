"""TOML files read into pydantic models, every mistake named in one line with the nearest right key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from discourse.core.errors import DiscourseError, nearest

M = TypeVar("M", bound="Settings")


class Settings(BaseModel):
    """Base of all configuration: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Settings):
    """A text in both languages."""

    pl: str
    en: str


def read_toml(path: Path) -> dict[str, Any]:
    """The TOML file as a dictionary; raises `DiscourseError` that names the file and the place."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except OSError as error:
        raise DiscourseError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DiscourseError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DiscourseError(f"{path}: not valid TOML: {error}") from None


def parse(model: type[M], data: dict[str, Any], where: object) -> M:
    """`data` as a validated model; raises `DiscourseError` for the first mistake, with its place in the file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise DiscourseError(f"{where}: {_first(model, error)}") from None


def _first(model: type[BaseModel], error: ValidationError) -> str:
    # an unknown key explains more than a missing one: it is most often the same key, mistyped
    problems = sorted(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
    problem = problems[0]
    place = [str(part) for part in problem["loc"]]
    if problem["type"] == "extra_forbidden":
        return f"unknown key {'.'.join(place)!r}{nearest(place[-1], _keys(model, problem['loc'][:-1]))}"
    if problem["type"] == "missing":
        return f"key {'.'.join(place)!r} is missing"
    message = problem["msg"].removeprefix("Value error, ")
    return f"{'.'.join(place)}: {message[:1].lower()}{message[1:]}" if place else message


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Known keys of the table at `path` inside the model."""
    for part in path:
        if isinstance(part, int) or part not in model.model_fields:
            continue
        inner = _model_in(model.model_fields[part].annotation)
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None
