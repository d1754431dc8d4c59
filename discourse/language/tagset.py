"""The tags of today's SGJP, and how the tags of other editions of the tagset are written in them."""

from __future__ import annotations

import functools
import itertools

#: Part of speech of the 2012 tagset (NKJP) → that of SGJP. Which of several it is, the dictionary decides.
SINCE_2012 = {
    "qub": ("part",),
    "burk": ("frag", "part"),
    "xxx": ("ign",),
    "depr": ("subst", "depr"),
    "numcol": ("num",),
}


@functools.cache
def expand(tag: str) -> tuple[str, ...]:
    """The single tags of one in Morfeusz's short form: *subst:sg:gen.acc:m1* is two."""
    return tuple(":".join(values) for values in itertools.product(*(part.split(".") for part in tag.split(":"))))


def pos(tag: str) -> str:
    """The part of speech: the tag's first position."""
    return tag.partition(":")[0]
