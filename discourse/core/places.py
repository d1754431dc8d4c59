"""Where the user's caches are."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """`DISCOURSE_CACHE`, or the user's cache folder."""
    base = os.environ.get("DISCOURSE_CACHE")
    return Path(base) if base else Path(platformdirs.user_cache_dir("discourse"))


def used(path: Path) -> None:
    """Mark that something in the caches is used today, so that it is told from what is used no more."""
    with contextlib.suppress(OSError):
        os.utime(path)
