"""Damaged files: whatever a library stumbles over in their data, as one line that names the file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discourse.core.errors import DiscourseError


@contextmanager
def damaged(path: Path, kind: str) -> Iterator[None]:
    """Every failure inside is a `DiscourseError`: the libraries that read foreign formats raise anything at all.

    Only for what a library makes of a file's bytes, so that no mistake of ours is blamed on the file.
    """
    try:
        yield
    except (DiscourseError, MemoryError):
        raise
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):  # the disk's, not the data's
            raise DiscourseError(f"{path}: cannot be read: {error.strerror or error}") from None
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise DiscourseError(f"{path}: not a readable {kind} ({reason}); save it again") from error
