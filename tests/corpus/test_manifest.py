"""Corpora by manifest, and texts by reference."""

import hashlib
from pathlib import Path

import pytest

from discourse.core.errors import DiscourseError
from discourse.corpus.describe import describe
from discourse.corpus.documents import documents
from discourse.corpus.manifest import Corpus, find, manifests, read_manifest
from discourse.corpus.store import add, data_folder, verified

TEXT = "Deszcz pada.\n"


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A seed whose text is elsewhere, and an empty store."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    path = tmp_path / "seeds" / "deszcz.toml"
    path.parent.mkdir()
    path.write_text(
        f'name = "deszcz"\ntitle = "T"\nlicence = "L"\nkind = "referenced"\n[[files]]\npath = "seeds/deszcz.txt"\n'
        f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"\n[document]\noutlet = "o"\n'
    )
    return read_manifest(path)


def test_a_reference_is_supplied_once_and_found_ever_after(reference: Corpus, tmp_path: Path) -> None:
    with pytest.raises(DiscourseError, match="not at hand .*discourse corpus add deszcz FILE"):
        documents(reference)
    (tmp_path / "mine.txt").write_bytes(TEXT.encode())
    add(reference, tmp_path / "mine.txt")
    assert documents(reference).to_dicts() == [
        {"doc_id": "deszcz", "title": "", "text": "Deszcz pada.", "outlet": "o", "corpus": "deszcz"}
    ]


def test_a_text_saved_with_other_line_ends_is_the_same_text(reference: Corpus, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert add(reference, tmp_path / "mine.txt").read_bytes() == TEXT.encode()


def test_another_text_is_refused_with_both_hashes(reference: Corpus, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Śnieg pada.")
    with pytest.raises(DiscourseError, match=r"not a text of corpus 'deszcz': its SHA-256 is [0-9a-f]{64}, expected"):
        add(reference, tmp_path / "mine.txt")
    data = tmp_path / "data" / "seeds"
    data.mkdir(parents=True)
    (data / "deszcz.txt").write_text("Śnieg pada.")
    with pytest.raises(DiscourseError, match="is not the declared text"):
        verified(reference, tmp_path / "data")


def test_a_stale_file_of_the_same_name_does_not_hide_the_right_one(reference: Corpus, tmp_path: Path) -> None:
    for folder, text in (("seeds", "Śnieg."), ("more/seeds", TEXT)):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "deszcz.txt").write_text(text)
    assert [path.read_text() for path in verified(reference, tmp_path / "data")] == [TEXT]


def test_a_data_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCOURSE_DATA", str(tmp_path / "none"))
    with pytest.raises(DiscourseError, match="DISCOURSE_DATA .*no such folder"):
        data_folder(None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'name = "c"\ntitle = "T"\nlicense = "L"\n[[files]]\npath = "a"\n',
            "unknown key 'license'; did you mean 'licence'",
        ),
        ('name = "d"\ntitle = "T"\nlicence = "L"\n[[files]]\npath = "a"\n', "name 'd' should be 'c'"),
        ('name = "c"\ntitle = "T"\nlicence = "L"\n[[files]]\npath = "../a"\n', "leaves its folder"),
        ('name = "c"\ntitle = "T"\nlicence = "L"\nkind = "referenced"\n[[files]]\npath = "a"\n', "needs its sha256"),
        (
            'name = "c"\ntitle = "T"\nlicence = "L"\nfiles = [{path = "a"}]\nlabels.genre.wire.pl = "depesza"\n',
            "key 'labels.genre.wire.en' is missing",
        ),
    ],
)
def test_manifests_with_mistakes(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corpora" / "c" / "corpus.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(DiscourseError, match=message):
        read_manifest(path)


def test_the_table_and_the_texts_must_agree(tmp_path: Path) -> None:
    folder = tmp_path / "corpora" / "c"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text("A.")
    (folder / "corpus.toml").write_text(
        'name = "c"\ntitle = "T"\nlicence = "L"\nreader = "text"\ntable = "t.csv"\ngroups = ["genre"]\n'
        '[[files]]\npath = "in"\n'
    )
    (folder / "t.csv").write_text("doc_id,title,genre\na,Tytuł,wire\n")
    corpus = find("c", [tmp_path])
    assert documents(corpus).rows() == [("a", "Tytuł", "A.", "wire", "c")]
    assert describe(corpus)["genre"] == {"wire": 1}
    (folder / "t.csv").write_text("doc_id,title,genre\na,Tytuł,wire\nb,Inny,wire\n")
    with pytest.raises(DiscourseError, match="no document for doc_id 'b'"):
        documents(corpus)


def test_unknown_corpus_names_the_nearest() -> None:
    with pytest.raises(DiscourseError, match="unknown corpus 'dmo'; did you mean 'demo'"):
        find("dmo")


def test_every_manifest_of_the_project_is_sound() -> None:
    names = [read_manifest(path).name for path in manifests().values()]
    assert {"demo", "press-outlets", "press-events", "sejm", "gazeta-2023-09-kim-putin"} <= set(names)


@pytest.mark.shared
def test_the_real_corpora_are_those_declared(shared: Path) -> None:
    assert documents(find("press-events"), shared / "data").height == 925
    assert documents(find("press-outlets"), shared / "data").height == 3228
    seed = documents(find("gazeta-2023-09-kim-putin"), shared)
    assert seed["text"].str.len_chars().to_list() == [4255]
