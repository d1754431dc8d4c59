"""The distinct tokens of a text and the conditions that hold of them: each is tested once, however often it occurs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from discourse.core.codes import codes, once
from discourse.markers.tree import All, Any, Condition, Not, Test, literals, tests, whole

_SOFT = "\u00ad"
_DENSE = 4096


class Vocabulary:
    """The kinds of token in a table of tokens: distinct triples of form, lemma, tag.

    `kind` gives each token's kind, `counts` how often each kind occurs. Forms are compared in NFC and without soft
    hyphens; the table's own strings and offsets stay as they are.
    """

    def __init__(self, tokens: pl.DataFrame) -> None:
        kinds = (
            tokens.lazy().select(pl.col("form", "lemma", "tag").fill_null("")).with_row_index("row")
            .group_by("form", "lemma", "tag", maintain_order=True).agg("row").collect()
        )  # fmt: skip
        self.size = len(kinds)
        self.counts = kinds["row"].list.len().to_numpy().astype(np.int64)
        self.kind = np.empty(len(tokens), dtype=np.int64)
        self.kind[kinds["row"].explode(empty_as_null=False).to_numpy()] = np.repeat(np.arange(self.size), self.counts)
        (form, of_form), (lemma, of_lemma), (tag, of_tag) = (codes(kinds[name]) for name in ("form", "lemma", "tag"))
        form = form.str.replace_all(_SOFT, "", literal=True).str.normalize("NFC")
        self._columns = {
            "form": _Column(form, of_form),
            "lower": _Column(form.str.to_lowercase(), of_form),
            "lemma": _Column(lemma.str.normalize("NFC"), of_lemma),
            "tag": _Column(tag, of_tag),
            "pos": _Column(tag.str.split(":").list.first(), of_tag),
        }
        self._shapes = lambda: _Column(form.to_frame("form").select(_shape(pl.col("form"))).to_series(), of_form)

    def values(self, attribute: str) -> tuple[pl.Series, np.ndarray]:
        """The distinct values of an attribute, and the number of each kind's."""
        column = self._column(attribute)
        return column.values, column.code

    def _column(self, attribute: str) -> _Column:
        if attribute == "shape" and attribute not in self._columns:
            self._columns[attribute] = self._shapes()  # few patterns ask for it
        return self._columns[attribute]

    def expect(self, conditions: Iterable[Condition]) -> None:
        """Test the distinct values for all regular expressions of these conditions, many in one pass."""
        wanted: dict[str, dict[str, None]] = {}
        for condition in conditions:
            for test in tests(condition):
                if literals(test.regex) is None:
                    wanted.setdefault(test.attribute, {})[test.regex] = None
        for attribute, regexes in wanted.items():
            self._column(attribute).expect(regexes)

    def kinds(self, condition: Condition) -> np.ndarray:
        """The kinds of which a condition holds, ascending."""
        match condition:
            case Test(attribute, regex):
                return self._column(attribute).rows(regex)
            case Any(parts):
                return once(np.concatenate([self.kinds(part) for part in parts]))
            case Not(part):
                held = np.ones(self.size, dtype=bool)
                held[self.kinds(part)] = False
                return np.flatnonzero(held)
            case All(()):
                return np.arange(self.size)
            case All(parts):
                found: np.ndarray | None = None
                for part in sorted(parts, key=self._cost):
                    found = self.kinds(part) if found is None else found[self.holds(part, found)]
                    if not len(found):
                        break
                assert found is not None
                return found
        raise TypeError(condition)

    def holds(self, condition: Condition, kinds: np.ndarray) -> np.ndarray:
        """For each of these kinds, whether the condition holds of it."""
        match condition:
            case Test(attribute, regex):
                return self._column(attribute).holds(regex, kinds)
            case Not(part):
                return ~self.holds(part, kinds)
            case All(parts):
                result = np.ones(len(kinds), dtype=bool)
                for part in parts:
                    result &= self.holds(part, kinds)
                return result
            case Any(parts):
                result = np.zeros(len(kinds), dtype=bool)
                for part in parts:
                    result |= self.holds(part, kinds)
                return result
        raise TypeError(condition)

    def _cost(self, condition: Condition) -> tuple[int, int]:
        """Conditions with the fewest kinds first: words, then expressions over words, then tags, then negations."""
        match condition:
            case Test(attribute, regex):
                narrow = attribute in ("form", "lower", "lemma")
                return (0 if narrow and literals(regex) is not None else 1 if narrow else 2, 0)
            case Any(parts):
                return max(map(self._cost, parts))
            case All(parts):
                return min(map(self._cost, parts), default=(4, 0))
        return (3, 0)


class Membership:
    """Whether condition number `c` holds of kind `k`, for arrays of both at once."""

    def __init__(self, vocabulary: Vocabulary, conditions: Iterable[Condition]) -> None:
        conditions = list(conditions)
        vocabulary.expect(conditions)
        self.kinds = [vocabulary.kinds(condition) for condition in conditions]
        self.counts = np.array([vocabulary.counts[kinds].sum() for kinds in self.kinds], dtype=np.int64)
        self._size = max(vocabulary.size, 1)
        dense = [number for number, kinds in enumerate(self.kinds) if len(kinds) > _DENSE]
        self._row = np.full(len(self.kinds), -1, dtype=np.int64)
        self._row[dense] = np.arange(len(dense))
        self._dense = np.zeros((len(dense), self._size), dtype=bool)
        for row, number in enumerate(dense):
            self._dense[row, self.kinds[number]] = True
        sparse = [kinds + number * self._size for number, kinds in enumerate(self.kinds) if len(kinds) <= _DENSE]
        # one key past the end, so that every look-up stays inside
        self._keys = np.append(np.concatenate(sparse) if sparse else np.empty(0, np.int64), np.int64(2**62))

    def __call__(self, condition: np.ndarray, kind: np.ndarray) -> np.ndarray:
        row = self._row[condition]
        result = np.empty(len(condition), dtype=bool)
        dense = row >= 0
        result[dense] = self._dense[row[dense], kind[dense]]
        rest = ~dense
        keys = condition[rest] * self._size + kind[rest]
        result[rest] = self._keys[np.searchsorted(self._keys, keys)] == keys
        return result


class _Column:
    """One attribute of the kinds: the distinct values, and the kinds that have each; kind `k` has number `which[k]`."""

    def __init__(self, values: pl.Series, which: np.ndarray) -> None:
        self.values, code = codes(values)
        self.code = code[which]
        self._order = np.argsort(self.code, kind="stable")
        self._start = np.searchsorted(self.code[self._order], np.arange(len(self.values) + 1))
        self._number: dict[str, int] | None = None
        self._known: dict[str, np.ndarray] = {}

    def expect(self, regexes: Iterable[str]) -> None:
        """Find out `codes` of these regular expressions."""
        new = [regex for regex in regexes if regex not in self._known]
        found = self.values.to_frame("value").select(
            pl.col("value").str.contains(whole(regex), strict=True).alias(str(at)) for at, regex in enumerate(new)
        )
        for at, regex in enumerate(new):
            self._known[regex] = np.flatnonzero(found[str(at)].to_numpy())

    def codes(self, regex: str) -> np.ndarray:
        """The distinct values that a regular expression matches whole, as numbers, ascending."""
        if regex not in self._known:
            words = literals(regex)
            if words is None:
                self.expect([regex])
            else:
                if self._number is None:
                    self._number = dict(zip(self.values.to_list(), range(len(self.values)), strict=True))
                found = sorted({self._number[word] for word in words if word in self._number})
                self._known[regex] = np.array(found, dtype=np.int64)
        return self._known[regex]

    def rows(self, regex: str) -> np.ndarray:
        codes = self.codes(regex)
        if len(codes) == 0:
            return np.empty(0, dtype=np.int64)
        if len(codes) == 1:
            return self._order[self._start[codes[0]] : self._start[codes[0] + 1]]
        if len(codes) < 32:
            return np.sort(np.concatenate([self._order[self._start[c] : self._start[c + 1]] for c in codes]))
        return np.flatnonzero(self._mask(codes)[self.code])

    def holds(self, regex: str, kinds: np.ndarray) -> np.ndarray:
        codes = self.codes(regex)
        mine = self.code[kinds]
        if len(codes) < 4 or len(kinds) < 64:
            result = np.zeros(len(kinds), dtype=bool)
            if len(codes):
                at = np.minimum(np.searchsorted(codes, mine), len(codes) - 1)
                result = codes[at] == mine
            return result
        return self._mask(codes)[mine]

    def _mask(self, codes: np.ndarray) -> np.ndarray:
        mask = np.zeros(len(self.values), dtype=bool)
        mask[codes] = True
        return mask


def _shape(form: pl.Expr) -> pl.Expr:
    """lower, title, upper, mixed (of letters), number (has a digit, no letter), other."""
    lower, upper = form.str.to_lowercase() == form, form.str.to_uppercase() == form
    letters = form.str.contains(r"\p{L}")
    title = form.str.contains(r"^\P{L}*\p{Lu}[^\p{Lu}]*$")
    return (
        pl.when(letters & lower)
        .then(pl.lit("lower"))
        .when(letters & title)
        .then(pl.lit("title"))
        .when(letters & upper)
        .then(pl.lit("upper"))
        .when(letters)
        .then(pl.lit("mixed"))
        .when(form.str.contains(r"\p{N}"))
        .then(pl.lit("number"))
        .otherwise(pl.lit("other"))
    )
