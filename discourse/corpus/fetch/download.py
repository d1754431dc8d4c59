"""One file from one address: resumed where it broke off, retried with growing waits, no faster than asked, verified."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from discourse.core.errors import DiscourseError
from discourse.core.files import sha256, write_text
from discourse.core.progress import say

_BLOCK = 1 << 16
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_AGENT = "discourse (corpus research; one connection)"


@dataclass(frozen=True)
class Manners:
    """How a server is treated: tries without progress, waits in seconds, bytes a second, pause before each request."""

    tries: int = 6
    wait: float = 1.0  # before the second try; doubled each time
    longest: float = 60.0
    rate: int | None = None
    pause: float = 0.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Downloaded:
    """A file that is whole: its place, its digest, its size, and the address that it finally came from."""

    path: Path
    sha256: str
    bytes: int
    url: str


class _Again(Exception):
    """Something that may go better at the next try, and how long the server asked to wait."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def download(
    url: str,
    place: Path,
    digest: str | None = None,
    size: int | None = None,
    manners: Manners | None = None,
    pages: bool = False,
) -> Downloaded:
    """The file at `place`, whole; what has come of it stands beside as `.part` until then, and is gone on from.

    `digest`, `size`: what the file should have, where that is known; `pages`: a web page is what is wanted. Raises
    `DiscourseError` for an address that does not answer with the file, for a file that is another, and for a full
    disk; nothing wrong is ever left at `place`.
    """
    manners = manners or Manners()
    _check(url, url)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.part")
    failed = total = 0
    while True:
        before = part.stat().st_size if part.exists() else 0
        try:
            final = _once(url, part, manners, pages)
            break
        except _Again as again:
            now = part.stat().st_size if part.exists() else 0
            # a server that drops every connection but gives something each time is slow, not dead
            failed = 0 if now > before else failed + 1
            total += 1
            if failed >= manners.tries or total >= 100 * manners.tries:
                raise DiscourseError(
                    f"{url}: {again} ({total} tries, {now} bytes have come); try again later, it goes on from there"
                ) from None
            wait = min(manners.longest, max(again.wait, manners.wait * 2 ** min(failed, 16)))
            say(f"{url}: {again}; trying again in {wait:.0f} s")
            manners.sleep(wait)
    found, length = sha256(part), part.stat().st_size
    if size is not None and length != size:
        _drop(part)
        raise DiscourseError(f"{url}: has {length} bytes, {size} are declared; it is another file now")
    if digest is not None and found != digest:
        _drop(part)
        raise DiscourseError(f"{url}: its SHA-256 is {found}, expected {digest}; it is another file now")
    part.replace(place)
    _drop(part)
    return Downloaded(place, found, length, final)


def _once(url: str, part: Path, manners: Manners, pages: bool) -> str:
    """One request: what is missing of the file is added to `part`; the address that answered."""
    have = part.stat().st_size if part.exists() else 0
    mark = _mark(part) if have else None
    headers = {"Accept-Encoding": "identity", "User-Agent": _AGENT}
    if have and mark:
        headers |= {"Range": f"bytes={have}-", "If-Range": mark}
    else:
        have = 0
    if manners.pause:
        manners.sleep(manners.pause)
    try:
        with requests.get(url, headers=headers, stream=True, timeout=manners.timeout) as answer:
            _check(answer.url, url)
            whole = _expected(answer, url, have, pages)
            if whole is None:
                _drop(part)
                raise _Again("the server has another file now")
            if answer.status_code == 200:
                have = 0
                _keep_mark(part, answer)
            _receive(answer, part, have, manners)
            length = part.stat().st_size
            if whole >= 0 and length > whole:
                _drop(part)
                raise _Again(f"more bytes came than the {whole} that were announced")
            if 0 <= length < whole:
                raise _Again(f"the connection ended after {length} of {whole} bytes")
            return answer.url
    except requests.TooManyRedirects:
        raise DiscourseError(f"{url}: leads from address to address in a circle") from None
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
        raise DiscourseError(f"{url}: no address that can be opened ({error})") from None
    except requests.RequestException as error:
        raise _Again(_plain(error)) from None


def _expected(answer: requests.Response, url: str, have: int, pages: bool) -> int | None:
    """The length of the whole file (-1 where it is not said); None where what has come cannot be gone on from."""
    status = answer.status_code
    if status == 416:  # nothing is missing, or the file has shrunk
        return have if answer.headers.get("Content-Range", "").endswith(f"/{have}") else None
    if status in _AGAIN:
        raise _Again(f"the server answers {status} {answer.reason}", _asked(answer))
    if status not in (200, 206):
        raise DiscourseError(f"{url}: the server answers {status} {answer.reason}; the address may have moved")
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind == "text/html" and not pages and not urlsplit(answer.url).path.lower().endswith((".html", ".htm", "/")):
        raise DiscourseError(f"{url}: answers with a web page, not with the file; open it in a browser to see why")
    try:
        if status == 206:
            span, _, total = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
            if int(span.split("-")[0]) != have:
                return None
            return int(total) if total != "*" else -1
        return int(answer.headers.get("Content-Length", "-1"))
    except ValueError:
        return None if status == 206 else -1


def _receive(answer: requests.Response, part: Path, have: int, manners: Manners) -> None:
    began, came = manners.clock(), 0
    if answer.status_code == 416:
        return
    try:
        with part.open("r+b" if have else "wb") as file:
            file.seek(have)
            file.truncate()
            for block in answer.iter_content(_BLOCK):
                file.write(block)
                came += len(block)
                if manners.rate and (early := came / manners.rate - (manners.clock() - began)) > 0:
                    manners.sleep(early)
    except OSError as error:
        if isinstance(error, requests.RequestException):
            raise
        raise DiscourseError(
            f"cannot write {part}: {error.strerror or error}; what has come is kept, make room and fetch again"
        ) from None


def _check(url: str, asked: str) -> None:
    """Only the web, and never from an encrypted address to an open one."""
    scheme = urlsplit(url).scheme
    if scheme not in ("http", "https"):
        raise DiscourseError(f"{asked}: leads to {url}; only http and https are opened")
    if scheme == "http" and urlsplit(asked).scheme == "https":
        raise DiscourseError(f"{asked}: leads to {url}, which is not encrypted; it was not followed")


def _asked(answer: requests.Response) -> float:
    with contextlib.suppress(ValueError):
        return float(answer.headers.get("Retry-After", "0"))
    return 0.0


def _plain(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "the server does not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no encrypted connection can be made"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off"
    return "no connection"


def _side(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _mark(part: Path) -> str | None:
    """What tells whether the server still has the file that `part` is the beginning of."""
    try:
        found: Any = json.loads(_side(part).read_text(encoding="utf-8")).get("mark")
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def _keep_mark(part: Path, answer: requests.Response) -> None:
    mark = answer.headers.get("ETag", "")
    if not mark or mark.startswith("W/"):  # a weak mark does not promise the same bytes
        mark = answer.headers.get("Last-Modified", "")
    write_text(_side(part), json.dumps({"mark": mark}))


def _drop(part: Path) -> None:
    for path in (part, _side(part)):
        path.unlink(missing_ok=True)


def free(folder: Path) -> int:
    """The bytes that are free where a folder stands or would stand."""
    while not folder.exists():
        folder = folder.parent
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize
