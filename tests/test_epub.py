"""The book as an EPUB: what the standard asks of the file, links that stay in it, formulas and drawings that need no variables."""

import posixpath
import re
import zipfile
from contextlib import closing
from xml.etree import ElementTree

import pytest
from browsing import BOOK, LANGUAGES

from dlbook.book import epub, paper

pytestmark = pytest.mark.xdist_group("site")
SOME = ("lrn", "dropout", "labs/clothes")  # the whole book takes a minute
HTML, OPF, MATH = (
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.idpf.org/2007/opf}",
    "{http://www.w3.org/1998/Math/MathML}",
)


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request, site, browser, tmp_path_factory):
    """Some chapters of the built site in one language as an EPUB: the chapters, and the opened file."""
    language = request.param
    some = [chapter for chapter in paper.chapters(BOOK, language) if chapter["name"] in SOME]
    target = tmp_path_factory.mktemp("epub") / "book.epub"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "chapters", lambda *_: some)
        patch.setenv("DLBOOK_SITE_URL", "https://example.org/book/")
        with closing(browser.new_page()) as page:
            chapters = epub.write_epub(BOOK, language, site, target, page)
    with zipfile.ZipFile(target) as file:
        assert chapters == len(SOME) + 2  # the cover and the solutions
        yield some, file


def read(file, name):
    return ElementTree.fromstring(file.read(name))


def documents(file):
    return {name: read(file, name) for name in file.namelist() if name.endswith(".xhtml")}


def test_the_file_says_first_what_it_is(written):
    _, file = written
    first = file.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert file.read("mimetype") == b"application/epub+zip"
    [root] = read(file, "META-INF/container.xml").iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    assert root.get("full-path") in file.namelist()


def test_the_package_names_every_file_and_what_it_holds(written):
    _, file = written
    items = {
        f"book/{item.get('href')}": item.get("properties") or ""
        for item in read(file, "book/package.opf").iter(f"{OPF}item")
    }
    assert set(items) == {name for name in file.namelist() if name.startswith("book/")} - {"book/package.opf"}
    for name, document in documents(file).items():
        assert ("mathml" in items[name]) == any(document.iter(f"{MATH}math")), name
    assert items["book/lrn.xhtml"].split().count("mathml") == 1
    order = [ref.get("idref") for ref in read(file, "book/package.opf").iter(f"{OPF}itemref")]
    assert order == [f"c{i}" for i in range(len(order))]


def test_the_contents_list_the_chapters_within_their_sections(written):
    some, file = written
    nav = read(file, "book/contents.xhtml").find(f".//{HTML}nav")
    listed = [(a.get("href"), a.text) for a in nav.iter(f"{HTML}a")]
    assert [(f"{c['name'].replace('/', '-')}.xhtml", c["title"]) for c in some] == listed[1:-1]
    assert [span.text for span in nav.iter(f"{HTML}span")] == list(dict.fromkeys(c["section"] for c in some))


def test_every_link_and_picture_is_in_the_file_and_every_id_once(written):
    _, file = written
    found = documents(file)
    ids = {name: [e.get("id") for e in document.iter() if e.get("id")] for name, document in found.items()}
    for name, document in found.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for element in document.iter():
            for link in filter(None, (element.get("href"), element.get("src"))):
                if link.startswith(("https://", "http://")):
                    assert element.tag == f"{HTML}a", f"{name} fetches {link}"
                    continue
                path, _, place = link.partition("#")
                to = posixpath.join("book", path) if path else name
                assert to in file.namelist(), f"{name}: {link}"
                assert not place or place in ids[to], f"{name}: {link}"


def test_solutions_stand_at_the_end_and_nothing_is_left_of_the_screen(written):
    _, file = written
    chapter, solutions = file.read("book/dropout.xhtml").decode(), file.read("book/solutions.xhtml").decode()
    assert 'href="solutions.xhtml#dropout--solution-1"' in chapter
    assert 'id="dropout--solution-1"' in solutions
    assert not re.search(r"<(button|input|script|details|dl-\w+)\b|\bon\w+=|headerlink", chapter + solutions)


def test_drawings_have_the_colours_of_day_and_no_variables(written):
    _, file = written
    drawings = [file.read(name).decode() for name in file.namelist() if name.endswith(".svg")]
    assert len(drawings) > 5
    assert not [drawing for drawing in drawings if "var(--" in drawing or "prefers-color-scheme" in drawing]
    assert all(ElementTree.fromstring(drawing).tag.endswith("svg") for drawing in drawings)


def test_a_drawing_by_day():
    drawing = (
        "<svg><style>:root{--ink:#111111;--c0:#0b62c4;}@media (prefers-color-scheme: dark){:root{--ink:#eeeeee;--c0:#6cb0ff;}}*{a:b}</style>"
        '<path style="fill: var(--ink)"/><path d="M0 0" style="stroke: var(--c0)"/></svg>'
    )
    assert epub.by_day(drawing) == '<svg><style>*{a:b}</style><path d="M0 0" style="stroke: #0b62c4"/></svg>'
    assert epub.by_day("<svg/>") == "<svg/>"


def test_a_link_to_nowhere_is_told_and_nothing_is_left(site, browser, tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "chapters", lambda *_: [{"name": "lrn", "title": "LRN", "section": ""}])
    broken = paper.text("epub.js").replace("const lost = [];", "files.delete('lrn'); const lost = ['lrn--gone'];")
    monkeypatch.setattr(paper, "text", lambda name, real=paper.text: broken if name == "epub.js" else real(name))
    with (
        closing(browser.new_page()) as page,
        pytest.raises(paper.PaperError, match=r"a link leads to 'lrn--gone', which stands on no page"),
    ):
        epub.write_epub(BOOK, "en", site, tmp_path / "book.epub", page)
    assert not list(tmp_path.iterdir())
