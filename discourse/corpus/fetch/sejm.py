"""Speeches of the Polish Sejm from its open interface: one file of JSON lines a day of sitting."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from discourse.core.errors import DiscourseError
from discourse.core.files import write_text
from discourse.core.progress import track
from discourse.corpus.encoding import decode
from discourse.corpus.fetch.download import Manners, download


def collect_sejm(address: str, folder: Path, manners: Manners) -> int:
    """The number of days in `folder` after all days of the term at `address` (…/sejm/term10) are there.

    A day that is there is not asked for again. A speech has `doc_id` (`sejm-2023-11-14-0001`), `date`, `speaker`,
    `function`, `text`. Days without a transcript yet are left for another time.
    """
    sittings = _json(f"{address}/proceedings", manners)
    days = sorted({(str(day), int(one["number"])) for one in sittings for day in one.get("dates", ()) if one["number"]})
    folder.mkdir(parents=True, exist_ok=True)
    for day, number in track(days, "days of sitting"):
        place = folder / f"{day}.jsonl"
        if place.exists():
            continue
        base = f"{address}/proceedings/{number}/{day}/transcripts"
        try:
            statements = _json(base, manners).get("statements") or []
        except DiscourseError as error:
            if "answers 404" in str(error):
                continue
            raise
        rows = []
        for statement in statements:
            if (text := _speech(_bytes(f"{base}/{statement['num']}", manners))) and statement.get("name"):
                rows.append(
                    {
                        "doc_id": f"sejm-{day}-{int(statement['num']):04}",
                        "date": day,
                        "speaker": statement["name"],
                        "function": statement.get("function") or None,
                        "text": text,
                    }
                )
        if rows:
            write_text(place, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    return len(list(folder.glob("*.jsonl")))


def _speech(data: bytes) -> str:
    """The paragraphs of a statement; without its heading (who speaks)."""
    text = decode(data, "transcript")  # the interface does not say its encoding in the page
    if not text.strip():
        return ""
    root = html.fromstring(text)
    spoken = (p for p in root.iter("p") if "mowca" not in (p.get("class") or ""))
    paragraphs = (" ".join("".join(p.itertext()).split()) for p in spoken)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _json(url: str, manners: Manners) -> Any:
    try:
        return json.loads(_bytes(url, manners))
    except ValueError:
        raise DiscourseError(f"{url}: answers with something that is no JSON") from None


def _bytes(url: str, manners: Manners) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        name = Path(urlsplit(url).path).name or "index"
        return download(url, Path(folder) / name, manners=manners, pages=True).path.read_bytes()
