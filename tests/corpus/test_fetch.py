"""Downloads against a server on loopback that drops connections, lies about lengths, redirects and fails."""

from __future__ import annotations

import bz2
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from test_bad_input import small_disk

from discourse.cli import app as cli
from discourse.core.errors import DiscourseError
from discourse.corpus.documents import documents
from discourse.corpus.fetch.corpus import fetch, plan
from discourse.corpus.fetch.download import Manners, download
from discourse.corpus.manifest import Corpus, find, manifests, read_manifest

DATA = bytes(range(256)) * 4_000  # about a megabyte
Answer = Callable[[BaseHTTPRequestHandler, int], None]


class Server:
    """Addresses and what they answer to the first, second… request; every request is kept."""

    def __init__(self, port: int) -> None:
        self.base = f"http://localhost:{port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []  # address, Range

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = held.times(self.path)
            held.asked.append((self.path, self.headers.get("Range", "")))
            if self.path in held.answers:
                held.answers[self.path](self, number)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held = Server(http.server_address[1])
    thread = threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield held
    http.shutdown()
    http.server_close()
    thread.join()


def gives(
    data: bytes = DATA, *, drop: int = 0, ranges: bool = True, mark: str = '"1"', claims: int | None = None,
    kind: str = "application/octet-stream",
) -> Answer:  # fmt: skip
    """Answers with the data; the connection drops after `drop` bytes each time, the length may be a lie."""

    def answer(request: BaseHTTPRequestHandler, number: int) -> None:
        start = 0
        wanted = request.headers.get("Range", "")
        if ranges and wanted and request.headers.get("If-Range") == mark:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(data):
                request.send_response(416)
                request.send_header("Content-Range", f"bytes */{len(data)}")
                request.end_headers()
                return
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            request.send_response(200)
        request.send_header("ETag", mark)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data) - start if claims is None else claims))
        request.end_headers()
        request.wfile.write(data[start : start + drop] if drop else data[start:])
        if drop:
            request.wfile.flush()
            request.connection.close()

    return answer


def fails(status: int, then: Answer, times: int = 1, **headers: str) -> Answer:
    """Answers with a status for the first requests, and otherwise with `then`."""

    def answer(request: BaseHTTPRequestHandler, number: int) -> None:
        if number < times:
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", "0")
            request.end_headers()
        else:
            then(request, number)

    return answer


class Clock:
    """Waits that take no time and are written down."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def manners(self, **settings: float) -> Manners:
        return Manners(sleep=self.sleep, clock=lambda: self.now, **{"timeout": 5, **settings})  # type: ignore[arg-type]


def test_a_file_comes_whole_with_its_checksum(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives()
    done = download(f"{server.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == DATA
    assert (done.sha256, done.bytes) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_dropped_connection_is_gone_on_from_where_it_broke_off(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives(drop=300_000)
    clock = Clock()
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=clock.manners(tries=2))
    assert (tmp_path / "a.bin").read_bytes() == DATA
    starts = [int(wanted.removeprefix("bytes=").rstrip("-") or 0) for _, wanted in server.asked]
    assert starts == sorted(set(starts)) and len(starts) == 4 and starts[-1] >= 600_000


def test_a_server_that_cannot_go_on_gives_the_whole_again(server: Server, tmp_path: Path) -> None:
    def answer(request: BaseHTTPRequestHandler, number: int) -> None:
        gives(ranges=False, drop=0 if number else 300_000)(request, number)

    server.answers["/a.bin"] = answer
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=Clock().manners())
    assert (tmp_path / "a.bin").read_bytes() == DATA


def test_a_file_that_changed_meanwhile_is_not_glued_together(server: Server, tmp_path: Path) -> None:
    other = DATA[::-1]

    def answer(request: BaseHTTPRequestHandler, number: int) -> None:
        gives(other, mark='"2"')(request, number) if number else gives(drop=300_000)(request, number)

    server.answers["/a.bin"] = answer
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=Clock().manners())
    assert (tmp_path / "a.bin").read_bytes() == other


def test_a_download_that_was_killed_goes_on_in_the_next_one(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives(drop=300_000)
    with pytest.raises(DiscourseError, match=r"the connection .*\(1 tries, \d+ bytes have come\); try again later"):
        download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=Clock().manners(tries=0))
    came = (tmp_path / "a.bin.part").stat().st_size
    assert came > 0 and not (tmp_path / "a.bin").exists()
    server.answers["/a.bin"] = gives()
    download(f"{server.base}/a.bin", tmp_path / "a.bin")
    assert server.asked[-1] == ("/a.bin", f"bytes={came}-")
    assert (tmp_path / "a.bin").read_bytes() == DATA


def test_busy_servers_are_waited_for_as_they_ask_and_ever_longer(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = fails(503, fails(429, gives(), times=3, Retry_After="30"), times=2)
    clock = Clock()
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=clock.manners())
    assert clock.waits == [2.0, 4.0, 30.0]


def test_a_server_that_stays_broken_is_given_up_with_what_has_come(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = fails(500, gives(), times=99)
    with pytest.raises(DiscourseError, match=r"the server answers 500 .* \(3 tries, 0 bytes have come\)"):
        download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=Clock().manners(tries=3))


def test_waits_are_told_with_their_reason(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["/a.bin"] = gives(drop=300_000)
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=Clock().manners())
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3
    assert all(line.startswith(f"{server.base}/a.bin: ") and "; trying again in " in line for line in told)


@pytest.mark.parametrize("claims", [len(DATA) + 1000, len(DATA) - 1000])
def test_wrong_lengths_never_make_a_file(server: Server, tmp_path: Path, claims: int) -> None:
    server.answers["/a.bin"] = gives(claims=claims, ranges=False)
    expected = hashlib.sha256(DATA).hexdigest()
    with pytest.raises(DiscourseError):
        download(f"{server.base}/a.bin", tmp_path / "a.bin", expected, manners=Clock().manners(tries=2, timeout=1))
    assert not (tmp_path / "a.bin").exists()


def test_another_file_is_refused_with_both_checksums(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives()
    with pytest.raises(DiscourseError, match=r"its SHA-256 is [0-9a-f]{64}, expected 00; it is another file now"):
        download(f"{server.base}/a.bin", tmp_path / "a.bin", "00")
    with pytest.raises(DiscourseError, match=rf"has {len(DATA)} bytes, 7 are declared"):
        download(f"{server.base}/a.bin", tmp_path / "a.bin", size=7)
    assert list(tmp_path.iterdir()) == []


def test_redirects_are_followed_on_the_web_and_nowhere_else(server: Server, tmp_path: Path) -> None:
    server.answers["/old"] = fails(302, gives(), times=99, Location="/new.bin")
    server.answers["/new.bin"] = gives()
    assert download(f"{server.base}/old", tmp_path / "a.bin").url == f"{server.base}/new.bin"
    server.answers["/circle"] = fails(301, gives(), times=99, Location="/circle")
    with pytest.raises(DiscourseError, match="in a circle"):
        download(f"{server.base}/circle", tmp_path / "b.bin")
    server.answers["/file"] = fails(302, gives(), times=99, Location="file:///etc/passwd")
    with pytest.raises(DiscourseError, match="no address that can be opened"):
        download(f"{server.base}/file", tmp_path / "c.bin")
    with pytest.raises(DiscourseError, match="only http and https are opened"):
        download("ftp://localhost/a", tmp_path / "d.bin")


def test_what_is_gone_or_a_login_page_says_so(server: Server, tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="the server answers 404 Not Found; the address may have moved"):
        download(f"{server.base}/none.bin", tmp_path / "a.bin")
    server.answers["/a.tgz"] = gives(b"<html>Log in</html>", kind="text/html; charset=utf-8")
    with pytest.raises(DiscourseError, match="answers with a web page, not with the file"):
        download(f"{server.base}/a.tgz", tmp_path / "a.tgz")


def test_a_limit_on_the_rate_holds(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives()
    clock = Clock()
    download(f"{server.base}/a.bin", tmp_path / "a.bin", manners=clock.manners(rate=100_000, pause=3))
    assert clock.waits[0] == 3
    assert clock.now == pytest.approx(3 + len(DATA) / 100_000, rel=0.01)


def test_a_full_disk_keeps_what_has_come(server: Server, tmp_path: Path) -> None:
    server.answers["/a.bin"] = gives()
    with small_disk(200_000), pytest.raises(DiscourseError, match=r"cannot write .*a\.bin\.part: File too large; what"):
        download(f"{server.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin.part").stat().st_size > 0
    download(f"{server.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == DATA


# --- corpora

DUMP = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>Most</title><ns>0</ns><id>7</id>'
    "<revision><text>{{data|3 maja 2008}}Most w [[Zalesin]]ie zamknięto.</text></revision></page></mediawiki>"
)


@pytest.fixture
def corpus(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus that is downloaded from the server, and an empty store."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    server.answers["/wiki/d.xml.bz2"] = gives(bz2.compress(DUMP.encode()))
    path = tmp_path / "corpora" / "wiki" / "corpus.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        f'name = "wiki"\ntitle = "T"\nlicence = "L"\nkind = "download"\nreader = "mediawiki"\ndates = ["date"]\n'
        f'[[files]]\npath = "d.xml.bz2"\nurl = "{server.base}/wiki/d.xml.bz2"\nunverified = true\n'
    )
    return read_manifest(path)


def test_a_corpus_is_fetched_once_recorded_and_verified_ever_after(corpus: Corpus, server: Server) -> None:
    with pytest.raises(DiscourseError, match=r"d\.xml\.bz2 is not at hand; get it with: discourse corpus fetch wiki"):
        documents(corpus)
    assert len(fetch(corpus)) == 1
    found = documents(corpus).select("doc_id", "text", "date").rows()
    assert found == [("7", "Most w Zalesinie zamknięto.", "2008-05-03")]
    assert fetch(corpus)[0].endswith("there already, as recorded")
    assert server.times("/wiki/d.xml.bz2") == 1
    place = plan(corpus)[0].place
    place.write_bytes(bz2.compress(b"inny"))
    with pytest.raises(DiscourseError, match=r"is not the declared text: its SHA-256 is .* expected"):
        documents(corpus)
    with pytest.raises(DiscourseError, match="it was changed: delete it and fetch again"):
        fetch(corpus)
    place.unlink()
    server.answers["/wiki/d.xml.bz2"] = gives(bz2.compress(b"nowe wydanie"))
    with pytest.raises(DiscourseError, match="it is another file now"):  # the first checksum holds
        fetch(corpus)


def test_a_mirror_has_the_same_files(corpus: Corpus, server: Server) -> None:
    server.answers["/mirror/d.xml.bz2"] = gives(bz2.compress(DUMP.encode()))
    assert fetch(corpus, f"{server.base}/mirror/")[0].partition(": ")[0] == str(plan(corpus)[0].place)
    assert server.times("/mirror/d.xml.bz2") == 1


def test_speeches_are_collected_day_by_day_and_gone_on_with(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))

    def json_(value: object) -> Answer:
        return gives(json.dumps(value).encode(), kind="application/json")

    base = "/sejm/term10/proceedings"
    server.answers[base] = json_([{"number": 1, "dates": ["2023-11-13", "2023-11-14"]}, {"number": 0, "dates": ["x"]}])
    server.answers[f"{base}/1/2023-11-13/transcripts"] = json_(
        {"statements": [{"num": 0, "name": ""}, {"num": 1, "name": "Ewa Lis", "function": "Poseł"}]}
    )
    page = '<html><body><p class="mowca">Poseł Ewa Lis:</p><p>Wysoka  Izbo!</p><p>Dziękuję.</p></body></html>'
    server.answers[f"{base}/1/2023-11-13/transcripts/0"] = gives(b"<p>Spis</p>", kind="text/html")
    server.answers[f"{base}/1/2023-11-13/transcripts/1"] = gives(page.encode(), kind="text/html")
    path = tmp_path / "corpora" / "sejm-api" / "corpus.toml"
    path.parent.mkdir(parents=True)
    text = manifests()["sejm-api"].read_text(encoding="utf-8")
    path.write_text(text.replace("https://api.sejm.gov.pl", server.base), encoding="utf-8")
    corpus = find("sejm-api", [tmp_path])
    assert fetch(corpus)[0].endswith("days: 1 files")  # the second day has no transcript yet
    assert documents(corpus).drop("corpus").to_dicts() == [
        {"doc_id": "sejm-2023-11-13-0001", "title": "", "text": "Wysoka Izbo!\n\nDziękuję.", "date": "2023-11-13",
         "speaker": "Ewa Lis", "function": "Poseł"}
    ]  # fmt: skip
    fetch(corpus)
    assert server.times(f"{base}/1/2023-11-13/transcripts") == 1
    assert server.times(f"{base}/1/2023-11-14/transcripts") == 2


def test_open_corpora_say_where_they_come_from_and_what_is_unverified(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("wikinews-pl", "wikipedia-pl", "parlamint-pl", "nkjp1m", "pdb-ud", "sejm-api"):
        corpus = find(name)
        assert corpus.manifest.licence and corpus.manifest.citation and corpus.manifest.size
        assert all(file.url and file.unverified for file in corpus.manifest.files)
        assert cli.call(["corpus", "fetch", name, "--dry-run"]) == 0
        assert "(unverified: nobody could open this address" in capsys.readouterr().out
    assert cli.call(["corpus", "list"]) == 0
    assert "wikinews-pl                  download    unverified" in capsys.readouterr().out


def test_a_corpus_that_is_not_downloaded_says_what_else_there_is() -> None:
    with pytest.raises(DiscourseError, match="'sejm': its texts have no address; .*see also: .* fetch sejm-api"):
        plan(find("sejm"))
    with pytest.raises(DiscourseError, match="'demo': its texts are its own files"):
        plan(find("demo"))
