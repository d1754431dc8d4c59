"""The analyses of an experiment, one file each, in the report's order."""

from discourse.experiment.sections import (  # noqa: F401, I001 - the order is the report's
    corpora,
    place,
    description,
    contrasts,
    voices,
    markers,
    topics,
    classifier,
)
