"""What each group says more often than the others."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from discourse.experiment.config import Experiment
from discourse.experiment.gather import Gathered
from discourse.experiment.keyness import Counted, Wanted, as_table, key_table
from discourse.experiment.section import SECTIONS, Section, both, called
from discourse.experiment.sections.groups import groups
from discourse.measures.items import OF_TOKENS, items_of_tokens, markers_as_items, parts_of_speech, speakers_as_items


@SECTIONS.register("keyness")
def keyness(experiment: Experiment, gathered: Gathered) -> Section | None:
    """The key items of every group: the first of each on the page, all in the file."""
    asked = experiment.keyness
    if asked is None:
        return None
    wanted = Wanted(asked.by, asked.of, tuple(asked.pos), asked.target, asked.minimum, asked.draws, experiment.seed,
                    asked.sort, asked.dispersion)  # fmt: skip
    members = groups(experiment, gathered, asked.by)
    found = key_table(_counted(gathered, wanted, members), members, wanted)
    first = found.filter(pl.col("g2") > 0).group_by("group_a", maintain_order=True).head(asked.top)
    named = gathered.labels.get(asked.by, {})
    of = called(asked.by)
    shown = as_table(first.select(found.columns), wanted)
    shown = replace(
        shown,
        name="keyness-first",
        caption=both(
            f"Kluczowe jednostki ({asked.of}) w grupach ({of['pl']}): po {asked.top} o największym G²",
            f"Key items ({asked.of}) by {of['en']}: the first {asked.top} of each group",
        ),
        values={"group_a": named},
        labels={**shown.labels, "group_a": both("grupa", "group")},
    )
    return Section("keyness", [shown], more=[replace(as_table(found, wanted), values={"group_a": named})])


def _counted(gathered: Gathered, wanted: Wanted, members: pl.DataFrame) -> Counted:
    """The items of the compared documents, counted batch by batch."""
    pos = parts_of_speech(wanted.pos)
    parts = []
    batches = zip(*(gathered.each(name) for name in ("tokens", "markers", "attributions")), strict=True)
    for tokens, markers, attributions in batches:
        own = [frame.join(members, on="doc_id", how="semi", maintain_order="left")
               for frame in (tokens, markers, attributions)]  # fmt: skip
        if wanted.of in OF_TOKENS:
            items = items_of_tokens(own[0], wanted.of, pos)
        else:
            items = markers_as_items(own[1], own[0]) if wanted.of == "marker" else speakers_as_items(own[2])
        parts.append((items.counts(), items.sizes, items.places if wanted.dispersion else items.places.clear()))
    counts, sizes, places = (pl.concat([part[at] for part in parts]) for at in range(3))
    return Counted(counts, sizes, places if wanted.dispersion else None)
