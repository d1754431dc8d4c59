"""The way through the steps of an experiment: each is found in the cache, or made, or (in a plan) reported."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from discourse.experiment.cache import Ingredients, Made, Outputs, Store, key

#: What makes the blobs of a step: all at once, or one after the other.
Work = Callable[[], Mapping[str, bytes] | Iterable[Made]]
#: A step that is not there, and why it would be made.
NEW = "not done before"
AFTER = "after"
_PACE = "pace"


@dataclass
class State:
    """A step of a walk: what it makes, whether that was there, and why not; `parts` of them were, of `of`."""

    name: str
    what: str
    cached: bool = False
    why: str = ""
    wanting: str = ""
    parts: int = 0
    of: int = 0
    seconds: float = 0.0
    output: str = ""  # one digest over what it made


@dataclass
class Walk:
    """Steps of the run called `run`, in order; with `make` false nothing is made or written."""

    store: Store
    run: str
    make: bool = True
    states: list[State] = field(default_factory=list)
    notice: Callable[[str, float], None] = lambda name, left: None  # told of each step about to be made, and `left`
    pace: dict[str, float] = field(default_factory=dict)  # step → seconds that it took when it was last made

    def __post_init__(self) -> None:
        self.pace |= {step: float(seconds) for step, seconds in (self.store.last(self.run, _PACE) or {}).items()}

    def left(self, name: str) -> float:
        """The seconds that this step and those after it took when they were last made: at most so much is left."""
        behind = {state.name for state in self.states} - {name}
        return sum(seconds for step, seconds in self.pace.items() if step not in behind)

    def keep_pace(self) -> None:
        """Remember how long the steps took that were made now."""
        now = {state.name: state.seconds for state in self.states if state.seconds}
        self.store.remember(self.run, _PACE, {step: f"{s:.2f}" for step, s in {**self.pace, **now}.items()})

    def step(
        self, name: str, what: str, ingredients: Ingredients | None, work: Work,
        *, kind: str = "", after: str = "",
    ) -> Outputs | None:
        """What the step makes: from the cache, else by `work`; None in a plan, where it would have to be made.

        `ingredients` is None where a step before it (`after`) is to be made first. `kind` is what tells steps with the
        same ingredients apart (default: the name).
        """  # fmt: skip
        state = State(name, what)
        self.states.append(state)
        if ingredients is None:
            state.why = f"{AFTER} {after}" if after else NEW
            return None
        made = key(kind or name, ingredients)
        outputs = self.store.find(made)
        state.cached = outputs is not None
        if outputs is None:
            state.why = why(self.store.last(self.run, name), ingredients)
            if not self.make:
                return None
            self.notice(name, self.left(name))
            started = time.perf_counter()
            outputs = self.store.keep(made, work())
            state.seconds = time.perf_counter() - started
        if self.make:
            self.store.remember(self.run, name, ingredients)
        state.output = together(outputs)
        return outputs


def together(outputs: Mapping[str, str]) -> str:
    """One digest over named digests."""
    from discourse.experiment.cache import digest

    return digest(json.dumps(sorted(outputs.items())))


def why(before: Mapping[str, str] | None, now: Ingredients) -> str:
    """Which ingredients are other than they were, in a few words."""
    if before is None:
        return NEW
    lines = []
    for name in dict.fromkeys([*now, *before]):
        old, new = before.get(name), now.get(name)
        if old == new:
            continue
        if name.startswith(("setting ", "library ", "dictionary", "python")):
            lines.append(f"{name}: {_short(old)} → {_short(new)}")
        else:
            lines.append(f"{name} {'is new' if old is None else 'is gone' if new is None else 'changed'}")
    if not lines:
        return "its result is no longer in the cache"
    return "; ".join(lines[:3]) + (f"; and {len(lines) - 3} more" if len(lines) > 3 else "")


def _short(value: str | None) -> str:
    return "none" if value is None else value if len(value) <= 40 else f"{value[:37]}…"
