"""The parts of corpora that an experiment is about, and its own columns of groups: settings, validated."""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic import Field, model_validator

from discourse.core.settings import Settings
from discourse.corpus.select import Selection

#: A year, a month or a day.
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
Values = dict[str, list[str]]


class CorpusPart(Settings):
    """A corpus of the experiment, or the documents of one that the filters leave and the sample draws."""

    name: str
    called: str = Field(default="", alias="as", pattern="^[a-z0-9][a-z0-9-]*$")  # in the column `corpus`
    where: Values = {}  # column → values, one of which a document must have
    without: Values = {}  # column → values, none of which it may have
    since: str | None = Field(default=None, pattern=_DATE)
    until: str | None = Field(default=None, pattern=_DATE)
    date: str = "date"  # the column of `since` and `until`
    number: int | None = Field(default=None, ge=1)  # documents drawn by chance…
    share: float | None = Field(default=None, gt=0, le=1)  # …or this part of them…
    each: int | None = Field(default=None, ge=1)  # …or so many of each group
    by: str | None = None  # column of groups to draw from in proportion, or `each`

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """A name alone is the whole corpus; one value of a filter need not be a list."""
        value = {"name": value} if isinstance(value, str) else value
        if isinstance(value, dict):
            value = {"as": value.get("name"), **value}
            for key in ("where", "without"):
                if isinstance(value.get(key), dict):
                    value[key] = {c: [v] if isinstance(v, str) else v for c, v in value[key].items()}
            for key in ("since", "until"):
                if isinstance(value.get(key), datetime.date | int):
                    value[key] = str(value[key])
        return value

    @model_validator(mode="after")
    def _one_sample(self) -> CorpusPart:
        given = [name for name in ("number", "share", "each") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"{given[0]!r} and {given[1]!r} cannot be given together; choose one")
        if self.each is not None and self.by is None:
            raise ValueError("'each' needs 'by': the column whose groups are drawn from")
        if self.by is not None and not given:
            raise ValueError("'by' draws nothing alone; give 'number', 'share' or 'each' as well")
        if self.since and self.until and self.since > f"{self.until}~":
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self

    @property
    def selection(self) -> Selection:
        """The filters and the sample, for `corpus.select`."""
        return Selection(**self.model_dump(exclude={"name", "called"}))


class Grouping(Settings):
    """A column of groups made from another: by its `groups` of values, or by the dates `since` which groups begin."""

    column: str = Field(alias="from")
    groups: Values = {}
    since: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Grouping:
        if bool(self.groups) == bool(self.since):
            raise ValueError("give either 'groups' (group = [values]) or 'since' (group = date)")
        if wrong := [date for date in self.since.values() if not re.match(_DATE, date)]:
            raise ValueError(f"since {wrong[0]!r} is no date; write a year, a month or a day, as in 2021-02-28")
        values = [value for group in self.groups.values() for value in group]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ValueError(f"value {twice[0]!r} is in two groups")
        return self
