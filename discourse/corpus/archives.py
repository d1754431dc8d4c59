"""ZIP and tar archives: looked through before anything is taken out, and unpacked only inside their folder."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256
from discourse.core.places import cache_folder, used
from discourse.corpus.packed import BROKEN, RATIO, SAFE, opened

ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tbz2")
MEMBERS = 2_000_000  # more files than that in one archive are a mistake
_BLOCK = 1 << 20


def is_archive(path: Path) -> bool:
    """Whether the name is that of an archive of files."""
    return path.name.lower().endswith(ARCHIVES)


def unpacked(archive: Path) -> Path:
    """The folder in the user's cache with the archive's files: unpacked once, found again by the archive's checksum."""
    place = cache_folder() / "unpacked" / sha256(archive)[:24]
    if not place.is_dir():
        unpack(archive, place)
    used(place)
    return place


def unpack(archive: Path, folder: Path) -> Path:
    """`folder`, with the archive's files in it, all or none.

    Raises `DiscourseError` for a member that would leave the folder, a link or device, a bomb, and a broken archive.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise DiscourseError(f"cannot unpack into {folder}: {error.strerror or error}; choose another place") from None
    try:
        if archive.name.lower().endswith(".zip"):
            _zip(archive, temporary)
        else:
            _tar(archive, temporary)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.chmod(0o755)
        temporary.rename(folder)
    except OSError as error:
        raise DiscourseError(f"cannot unpack {archive} into {folder}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def checked_zip(path: Path, entities: bool = False) -> None:
    """Raises `DiscourseError` where a ZIP (DOCX, ODT, XLSX) is broken, a bomb, or, if asked, declares XML entities."""
    try:
        with _zip_file(path, "file", "save it again") as archive:
            _checked(path, archive)
            if entities:
                _no_entities(path, archive)
    except FileNotFoundError:
        raise DiscourseError(f"{path}: no such file") from None


@contextlib.contextmanager
def _zip_file(path: Path, kind: str, remedy: str) -> Iterator[zipfile.ZipFile]:
    """The opened ZIP; whatever says that it is damaged, encrypted or packed in an unknown way is a `DiscourseError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, RuntimeError, *BROKEN) as error:
        reason: Exception = error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # the disk's, not the data's (a place before the file's beginning)
            raise
        reason = error
    else:
        return
    raise DiscourseError(f"{path}: broken or encrypted {kind} ({reason}); {remedy}")


def _checked(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise DiscourseError(f"{path}: holds {len(members)} files, more than {MEMBERS}; it was left alone")
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    # members may share their bytes in the file (a bomb without recursion), so the file's own size bounds them too
    if size > SAFE and size > RATIO * max(1, min(packed, path.stat().st_size)):
        raise DiscourseError(
            f"{path}: unpacks to over {RATIO} times its size; this looks like a bomb and was left alone"
        )


def _no_entities(path: Path, archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as stream:
                if b"<!DOCTYPE" in (start := stream.read(4096)) or b"<!ENTITY" in start:
                    raise DiscourseError(f"{path}: {member.filename} declares XML entities, which are not read")


def _zip(path: Path, folder: Path) -> None:
    with _zip_file(path, "ZIP file", "download or pack it again") as archive:
        _checked(path, archive)
        for member in archive.infolist():
            place = _inside(path, folder, member.filename)
            if member.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                continue
            if (member.external_attr >> 28) == 0xA:
                raise DiscourseError(f"{path}: {member.filename!r} is a link; only files are unpacked")
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, place.open("wb") as target:
                shutil.copyfileobj(source, target, _BLOCK)


def _tar(path: Path, folder: Path) -> None:
    try:  # the stream is ours, so that it counts what it unpacks
        with opened(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, member in enumerate(archive, start=1):
                if number > MEMBERS:
                    raise DiscourseError(f"{path}: holds more than {MEMBERS} files; it was left alone")
                place = _inside(path, folder, member.name)
                if member.isdir():
                    place.mkdir(parents=True, exist_ok=True)
                    continue
                if not member.isreg():
                    raise DiscourseError(f"{path}: {member.name!r} is a link or device; only files are unpacked")
                place.parent.mkdir(parents=True, exist_ok=True)
                source = archive.extractfile(member)
                assert source is not None
                with source, place.open("wb") as target:
                    shutil.copyfileobj(source, target, _BLOCK)
    except (tarfile.TarError, *BROKEN) as error:
        raise DiscourseError(f"{path}: broken tar archive ({error}); download or pack it again") from None


def _inside(archive: Path, folder: Path, name: str) -> Path:
    pure = PurePosixPath(name.replace("\\", "/"))
    if pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0]) or "\x00" in name:
        raise DiscourseError(f"{archive}: its member {name!r} would leave the folder; nothing was unpacked")
    return folder.joinpath(*pure.parts)
