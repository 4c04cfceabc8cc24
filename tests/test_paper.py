"""The book on paper: one PDF of the pages of the site, whose contents, outline and links lead to the right pages."""

import os
import subprocess
import sys
from contextlib import closing

import pikepdf
import pytest
from browsing import BOOK, LANGUAGES

from dlbook.book import paper

pytestmark = pytest.mark.xdist_group("site")
SOME = ("lrn", "dropout", "glossary")  # the whole book takes minutes


@pytest.fixture(scope="module", params=LANGUAGES)
def printed(request, site, browser, tmp_path_factory):
    """Some chapters of the built site in one language, their contents, and the opened PDF."""
    language = request.param
    some = [chapter for chapter in paper.chapters(BOOK, language) if chapter["name"] in SOME]
    target = tmp_path_factory.mktemp("paper") / "book.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "chapters", lambda *_: some)
        patch.setenv("DLBOOK_SITE_URL", "https://example.org/book/")
        with closing(browser.new_page()) as page:
            pages = paper.print_book(BOOK, language, site, target, page)
    with pikepdf.open(target) as file:
        assert len(file.pages) == pages
        yield language, some, file


def page_of(place):
    return pikepdf.Page(place[0]).index


def outline(items):
    for item in items:
        yield item
        yield from outline(item.children)


def links(file):
    """Where the links of the file lead: names of places, and addresses."""
    for page in file.pages:
        for note in page.get("/Annots", []):
            if "/Dest" in note:
                yield str(note.Dest).lstrip("/"), None
            elif "/A" in note and "/URI" in note.A:
                yield None, str(note.A.URI)


def test_chapters_begin_in_order_on_pages_of_their_own_and_solutions_end_the_book(printed):
    _, some, file = printed
    places = file.Root["/Dests"]
    starts = [page_of(places[f"/{name}"]) for name in [*(chapter["name"] for chapter in some), "solutions"]]
    assert starts == sorted(set(starts))
    assert starts[0] > 0, "cover and contents stand first"
    assert page_of(places["/dropout--solution-1"]) >= starts[-1]
    assert page_of(places["/dropout--exercise-1"]) < starts[1 + [c["name"] for c in some].index("dropout")]


def test_the_outline_names_the_chapters(printed):
    _, some, file = printed
    with file.open_outline() as read:
        titles = {item.title for item in outline(read.root)}
    assert {chapter["title"] for chapter in some} <= titles


def test_links_between_pages_lead_within_the_book_and_others_to_the_site(printed):
    language, _, file = printed
    places = {name.lstrip("/") for name in file.Root["/Dests"]}
    within, outside = zip(*links(file), strict=True)
    within, outside = set(filter(None, within)), set(filter(None, outside))
    assert within <= places
    assert {"lrn", "dropout", "dropout--solution-1"} <= within
    assert not [name for name in outside if "127.0.0.1" in name or name.startswith("file:")]
    below = "https://example.org/book/" + ("" if language == "en" else f"{language}/")
    assert f"{below}pooling/" in {name.partition("#")[0] for name in outside}


def test_a_picture_that_is_missing_is_named(site, browser, tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "chapters", lambda *_: [{"name": "lrn", "title": "x", "section": ""}])
    whole = paper.text
    monkeypatch.setattr(
        paper, "text", lambda name: whole(name).replace('image.getAttribute("src"), url', '"gone.svg", url')
    )
    with (
        closing(browser.new_page()) as page,
        pytest.raises(paper.PaperError, match=r"book.pdf: no picture at .*gone.svg"),
    ):
        paper.print_book(BOOK, "en", site, tmp_path / "book.pdf", page)
    assert list(tmp_path.iterdir()) == [], "nothing half-written"


def test_without_a_browser_it_says_what_to_install(tmp_path):
    command = [sys.executable, "-m", "dlbook.book.paper", "--site-dir", str(tmp_path), "--to", str(tmp_path / "to")]
    said = subprocess.run(
        command, cwd=BOOK.root, env={**os.environ, "DLBOOK_CHROMIUM": "none"}, capture_output=True, text=True
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("no Chromium here: install one")
