"""Text of any size that grows as real text does: corpora multiplied, a share of the words of each copy made new."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import polars as pl

_ENDINGS = ("a", "y", "em", "owi", "ach", "ami", "ie", "ów", "ego", "emu", "ować", "ał", "ała", "ali", "uje", "ski")
_LETTERS = "abcdefghijklmnoprstuwyzłśżó"


def growth(texts: list[str]) -> tuple[float, float, float]:
    """Heaps' law of the texts, `types = k · words ** beta`, fitted at a quarter and at all of them; and their words."""
    types: set[str] = set()
    words, points = 0, []
    quarter = sum(len(text) for text in texts) / 4
    done = 0
    for text in texts:
        found = re.findall(r"\w+", text)
        words += len(found)
        types.update(found)
        if done < quarter <= done + len(text):
            points.append((words, len(types)))
        done += len(text)
    points.append((words, len(types)))
    (n0, v0), (n1, v1) = points
    beta = float(np.log(v1 / v0) / np.log(n1 / n0))
    return v1 / n1**beta, beta, n1


def made(files: list[Path], out: Path, megabytes: float, seed: int = 1) -> Path:
    """JSON lines of about so many megabytes: the documents of the files again and again, in an order of chance.

    In every copy after the first a share of the words of five letters and more (the others keep their form, so that
    most cues and markers stay) is exchanged for words that did not exist, a changed stem with an ending: so many that
    the vocabulary goes on growing by the law (Heaps) that the files themselves follow.
    """
    random = np.random.default_rng(seed)
    frames = [pl.read_ndjson(path) for path in files]
    rows = [row for frame in frames for row in frame.iter_rows(named=True)]
    order = random.permutation(len(rows))
    texts = [rows[number]["text"] for number in order]
    k, beta, words = growth(texts)
    long = sum(len(re.findall(r"\w{5,}", text)) for text in texts[:2000])
    long_share = long / sum(len(re.findall(r"\w+", text)) for text in texts[:2000])
    written, turn = 0, 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            new = k * beta * (words * (turn + 0.5)) ** (beta - 1) / long_share
            for number in order:
                row = rows[number]
                text = row["text"] if turn == 0 else _changed(row["text"], new, random)
                line = {"doc_id": f"{row['doc_id']}-{turn}", "title": row.get("title") or "", "text": text,
                        "outlet": row.get("outlet") or "sejm", "date": row.get("date") or ""}  # fmt: skip
                written += file.write(json.dumps(line, ensure_ascii=False) + "\n")
                written += sum(1 for letter in text if letter > "\x7f")  # of two bytes
                if written >= megabytes * 1e6:
                    break
            turn += 1
    return out


def _changed(text: str, new: float, random: np.random.Generator) -> str:
    words = re.split(r"(\w{5,})", text)
    places = np.arange(1, len(words), 2)
    for place in places[random.random(len(places)) < new]:
        stem = "".join(_LETTERS[i] for i in random.integers(0, len(_LETTERS), 2))
        ending = _ENDINGS[random.integers(0, len(_ENDINGS))]
        words[place] = words[place][: random.integers(3, 6)] + stem + ending
    return "".join(words)
