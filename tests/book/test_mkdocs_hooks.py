"""What the hooks give to MkDocs, in a real build of the book's own pages."""

import json
import re

import pytest

from dlbook.book.mkdocs_hooks import on_post_page


def test_blank_lines_go_and_code_keeps_its_own():
    html = "<p>\n\n   a\n</p>\n<pre>x\n\n    y</pre>\n\n\n<p>b\n    c</p>"
    assert on_post_page(html) == "<p>\na\n</p>\n<pre>x\n\n    y</pre>\n<p>b\nc</p>"


@pytest.mark.xdist_group("site")
def test_a_chapter_offers_its_notebook_and_its_reference_in_both_languages(site):
    for folder, words in ((site, ("Notebook", "Reference")), (site / "zh", ("下载笔记本", "参考手册"))):
        html = (folder / "lrn/index.html").read_text("utf8")
        found = re.findall(r'<li><a href="([^"]+)"(?: download)?>([^<]+)</a></li>', html)
        assert ("../notebooks/lrn.ipynb", words[0]) in found
        assert ("../reference/lrn/", words[1]) in found
        assert json.loads((folder / "notebooks/lrn.ipynb").read_text("utf8"))["nbformat"] == 4


@pytest.mark.xdist_group("site")
def test_pages_without_listings_offer_none(site):
    assert "book-beside" not in (site / "glossary/index.html").read_text("utf8")
    assert not (site / "notebooks/glossary.ipynb").exists()
