"""Pages: everything is escaped, nothing comes from elsewhere, and a browser shows what was meant."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import polars as pl
import pytest
from lxml import html

from discourse.measures import measure
from discourse.report.figures import FIGURES
from discourse.report.pages import Section, article_page, report_page
from discourse.report.tables import Table

from .conftest import Annotated, annotated

MARKUP = '"><img src=x onerror=alert(1)>'


def lone(page: str) -> bool:
    """Whether the page asks for nothing from elsewhere and runs nothing."""
    tree = html.document_fromstring(page)
    elements = {element.tag for element in tree.iter()} & {"script", "link", "img", "iframe", "object", "image"}
    handlers = tree.xpath("//@*[starts-with(name(), 'on') or name() = 'src']")
    return not elements and not handlers and not re.search(r"@import|url\((?!#)", page)


def report() -> str:
    frame = pl.DataFrame({"group": [MARKUP, "depesza"], "value": [1.0, 2.0]})
    return report_page(MARKUP, "pl", "Kto mówi?", [
        Section("Miary", ["Pierwszy akapit.\n\nDrugi akapit.", Table("t", frame, {"pl": MARKUP})]),
        Section(MARKUP, [FIGURES.get("distribution")(frame, name="a b", caption={"pl": MARKUP}),
                         FIGURES.get("distribution")(frame, name="c", caption={"pl": "Rozkład"})]),
    ], {"ziarno": "1", MARKUP: MARKUP}, files=True)


def test_report_escapes_whatever_it_is_given() -> None:
    assert lone(report())


def test_report_numbers_its_parts_and_lists_its_sections() -> None:
    page = report()
    assert re.findall(r"<b>(\w+ \d)\.</b>", page) == ["Tabela 1", "Rycina 1", "Rycina 2"]
    assert '<a href="#s1">Miary</a>' in page and '<h2 id="s1">Miary</h2>' in page
    assert page.count("<p>") == 2
    assert 'href="figures/a%20b.svg"' in page and 'id="figure-a-b"' in page


def test_report_is_the_same_twice() -> None:
    assert report() == report()


def test_report_without_anything_is_a_page() -> None:
    assert "</html>" in report_page("Raport", "en", "", [])


def test_article_shows_markup_as_text(article: Annotated) -> None:
    page = article_page(*article.frames)
    assert "&lt;script&gt;alert" in page
    assert lone(page)


def test_article_escapes_names_metadata_and_ids() -> None:
    frames = annotated("Tytuł", "Tak.", attributions=[
        {"type": "direct", "content": ["Tak"], "cue": "Tak", "speaker": MARKUP, "role": "expert", "verb": MARKUP}],
        speakers=[(MARKUP, "expert", MARKUP)])
    page = article_page(frames.document.with_columns(pl.lit(MARKUP).alias(MARKUP)), *frames.frames[1:])
    assert lone(page)


def test_article_tells_role_and_verb_of_a_passage(article: Annotated) -> None:
    page = article_page(*article.frames)
    tip = "2. Jan Okoński · władza · „zapewnia” (potwierdzający) · mowa zależna"
    assert f'<span class="voice v2" id="a4" title="{tip}"><a class="who" href="#voice2" data-tip="{tip}"' in page
    assert "2. Jan Okoński · official · “zapewnia” (endorsing) · indirect speech" in article_page(
        *article.frames, language="en")


def test_article_sets_boilerplate_apart(article: Annotated) -> None:
    page = article_page(*article.frames)
    assert re.search(r'<p class="boilerplate"><span class="label">poza artykułem</span>.*REKLAMA', page)


def test_a_voice_of_boilerplate_has_no_share() -> None:
    frames = annotated("", "Pada. Reklama: kup teraz!", attributions=[
        {"type": "direct", "content": ["kup teraz"], "speaker": "Firma", "role": "organization"}],
        speakers=[("Firma", "organization", "Firma (organization)")], boilerplate="Reklama: kup teraz!")
    page = article_page(frames.document, frames.tokens, frames.markers,
                        frames.attributions.with_columns(boilerplate=True), frames.speakers)
    assert '<span class="who-role">organizacja, poza artykułem</span>' in page
    assert "<td>Firma (organizacja)</td>" in page


def test_article_gives_measures_or_the_reason_for_none(article: Annotated) -> None:
    measures = measure(*article.frames)
    page = article_page(*article.frames, measures=measures)
    assert '<td class="name">udział słów przytoczonych</td><td class="n">55,8%</td><td class="n">43</td>' in page
    assert '<span class="reason">brak czasowników</span>' in page


@pytest.mark.parametrize("title, text", [("", ""), ("Tytuł", ""), ("", "…"), ("", "Bez tytułu.")])
def test_article_without_title_or_text_is_a_page(title: str, text: str) -> None:
    frames = annotated(title, text)
    page = article_page(*frames.frames, measures=measure(*frames.frames))
    assert page.count("<h1>") == 1 and page.endswith("</html>\n")
    assert "Nikt poza autorem nie zabiera głosu." in page


@pytest.mark.browser
def test_a_browser_shows_the_article(article: Annotated, chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "article.html"
    page.write_text(article_page(*article.frames, measures=measure(*article.frames)), encoding="utf-8")
    shot = tmp_path / "article.png"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}"]
    dom = subprocess.run([chromium, *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True,
                         timeout=120).stdout
    subprocess.run([chromium, *flags, "--window-size=1200,1000", f"--screenshot={shot}", page.as_uri()],
                   capture_output=True, check=True, timeout=120)
    assert "<script" not in dom
    assert len(re.findall(r'<mark class="\w+" title=', dom)) == 7
    assert re.findall(r'class="who"[^>]*>(\d)</a>', dom) == ["1", "1", "1", "2", "2", "3"]
    assert re.findall(r'<tr id="voice(\d)">', dom) == ["1", "2", "3"]
    # speech inside speech is an element inside an element
    assert re.search(r'<span class="voice v1" title=[^>]*><mark class="obl.*<span class="voice v2" id="a3"', dom)
    assert shot.read_bytes().startswith(b"\x89PNG") and shot.stat().st_size > 20_000
