"""What the hooks give to MkDocs, in a real build of the book's own pages."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from dlbook.book import generated
from dlbook.book.layout import Book
from dlbook.book.site import mkdocs_hooks

BOOK = Book(Path(__file__).parents[2])


@pytest.mark.xdist_group("site")
def test_a_chapter_offers_its_notebook_and_its_reference_in_both_languages(site):
    for folder, words in ((site, ("Notebook", "Reference")), (site / "zh", ("下载笔记本", "参考手册"))):
        html = (folder / "lrn/index.html").read_text("utf8")
        found = re.findall(r'<li><a href="([^"]+)"(?: download)?>([^<]+)</a></li>', html)
        assert ("../notebooks/lrn.ipynb", words[0]) in found
        assert ("../reference/lrn/", words[1]) in found
        assert json.loads((folder / "notebooks/lrn.ipynb").read_text("utf8"))["nbformat"] == 4


@pytest.mark.xdist_group("site")
def test_a_chapter_says_what_to_read_before_it_in_both_languages(site):
    for folder, words in ((site, "Read before: LeNet, Pooling"), (site / "zh", "先读： LeNet、池化")):
        html = BeautifulSoup((folder / "googlenet/index.html").read_text("utf8"), "html.parser")
        said = html.select_one(".book-before")
        assert " ".join(said.get_text().split()) == words
        assert [link["href"] for link in said.select("a")] == ["../lenet/", "../pooling/"]
    assert "book-before" not in (site / "vocabulary/index.html").read_text("utf8"), "it needs nothing"


@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("language", BOOK.languages)
def test_the_time_above_a_chapter_is_that_of_how_to_read_and_of_the_map(site, language):
    folder = BOOK.site(site, language)
    how = BeautifulSoup((folder / "how_to_read/index.html").read_text("utf8"), "html.parser")
    for chapter in generated.chapters(BOOK, language):
        html = BeautifulSoup((folder / chapter.name / "index.html").read_text("utf8"), "html.parser")
        said = html.select_one(".book-takes").get_text().split(":")[-1].split("：")[-1].strip()
        row = how.select_one(f'td:first-child > a[href="../{chapter.name}/"]').find_parent("tr")
        on_map = how.select_one(f'.chapter-map a[href="../{chapter.name}/"]').find_next_sibling("span")
        assert said == row.select("td")[-1].get_text() == on_map.get_text(), chapter.name
    assert "book-takes" not in (folder / "glossary/index.html").read_text("utf8")


@pytest.mark.xdist_group("site")
def test_pages_without_listings_offer_none(site):
    assert "book-beside" not in (site / "glossary/index.html").read_text("utf8")
    assert not (site / "notebooks/glossary.ipynb").exists()


def test_pages_carry_no_indentation_of_templates_and_code_keeps_its_own():
    code = '<div data-before="import (\n  a)"><pre>\n  a\n\n\n    b</pre>'
    page = f"<p>\n\n   one\u3000\n  two </p>\n  {code}\n\n<script>\n\n  1</script>  <b>x</b>"
    assert mkdocs_hooks.on_post_page(page) == f"<p>one\u3000\ntwo </p>{code}\n<script>\n\n  1</script>  <b>x</b>"


def test_space_between_words_and_within_lines_stays():
    line = "a\n<a>b</a>\n<span>c</span>\n<code>d</code>\ne"
    assert mkdocs_hooks.on_post_page(f"<ul>\n<li>\n{line}\n</li>\n</ul>\n{line}") == f"<ul><li>{line}</li></ul>{line}"


def test_the_words_of_the_theme_are_sent_as_letters():
    sent = '<script id="__config" type="application/json">{"base": "..", "a": "\\u590d\\u5236", "b": "\\u003c/script>"}</script>'
    short = '<script id="__config" type="application/json">{"base":"..","a":"复制","b":"\\u003c/script>"}</script>'
    assert mkdocs_hooks.on_post_page(sent) == short


def test_figures_are_sent_without_notes_and_with_the_words_of_one_language(tmp_path):
    source = '// A note.\nexport const f = (x) => "// no note"; // stays\n  /** A note. */\n  g();\n'
    (tmp_path / "a.mjs").write_text(source, "utf8")
    (tmp_path / "a.weights.mjs").write_text("// From a photo by somebody.\nlet a;\n", "utf8")
    (tmp_path / "a.words.json").write_text(json.dumps({"en": {"a": "one"}, "zh": {"a": "一"}}), "utf8")
    sent = dict(mkdocs_hooks.figure_files(tmp_path, "zh"))
    assert sent == {
        "a.mjs": 'export const f = (x) => "// no note"; // stays\n  g();\n',
        "a.weights.mjs": "// From a photo by somebody.\nlet a;\n",
        "a.words.json": '{"zh":{"a":"一"}}\n',
    }
    assert mkdocs_hooks.in_folder("a.mjs", 'f("x")') == ("a.mjs.js", 'dlText("a.mjs", "f(\\"x\\")")\n')


@pytest.mark.xdist_group("site")
def test_the_site_has_these_files(site):
    for folder, language in ((site, "en"), (site / "zh", "zh")):
        assert list(json.loads((folder / "widgets/all.words.json").read_text("utf8"))) == [language]
        assert "/** " not in (folder / "widgets/figure.mjs").read_text("utf8")
