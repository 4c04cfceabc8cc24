"""A page as a screen reader has it: the tree of roles and names that Chromium gives to one."""

import re

import pytest
from browsing import LANGUAGES, looks_at, path_of

PAGE = "convolution"
pytestmark = [
    pytest.mark.xdist_group("site"),
    pytest.mark.looks_at(*(file for language in LANGUAGES for file in looks_at(path_of(language, PAGE)))),
]
SEEN = """all => all.map((heading) => {
  const copy = heading.cloneNode(true);
  for (const link of copy.querySelectorAll('a.headerlink')) link.remove();
  return copy.textContent;
})"""
WORDS = {"en": ("output", "Enlarge: Figure ", "In the notes"), "zh": ("输出", "放大：图 ", "笔记里")}


@pytest.fixture
def heard(reader, address):
    """The tree of the page in a language, that of its first interactive figure, and its headings as they are seen."""

    def tree(language: str) -> tuple[str, str, list[str]]:
        with reader() as visit:
            visit.page.goto(address + path_of(language, PAGE))
            figure = visit.page.locator("dl-conv-hand")
            figure.scroll_into_view_if_needed()
            visit.page.wait_for_selector("dl-conv-hand[ready]")
            visit.page.wait_for_selector(".book-enlarge", state="attached")
            headings = visit.page.locator("article :is(h1, h2, h3, h4)").evaluate_all(SEEN)
            return visit.page.locator("article").aria_snapshot(), figure.aria_snapshot(), headings

    return tree


def names(tree: str, role: str) -> list[str]:
    """The names of all that has a role; "" where it has none."""
    found = re.findall(rf"""^ *- '?{role}(?: "((?:\\.|[^"\\])*)")?(?=[:' \[]|$)""", tree, re.M)
    return [name.replace("''", "'").replace('\\"', '"') for name in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_listens_hears_what_belongs_together(heard, language):
    output, enlarge, notes = WORDS[language]
    page, figure, headings = heard(language)
    assert names(page, "heading") == headings, "a heading is its words, without its links"
    assert len(headings) > 10
    assert "¶" not in names(page, "link")
    drawn = [name for name in names(page, "button") if name.startswith(enlarge)]
    assert len(set(drawn)) == len(drawn) > 5, "each button says which figure, and does not tell it all again"
    assert max(map(len, drawn)) < 20
    assert notes in names(page, "note")
    labels = re.findall(rf"^ *- text: {output}\n *- (\w+)", page, re.M)
    assert len(labels) > 5
    assert set(labels) == {"code"}, "what is an output is said before it is read"
    assert "" not in names(figure, "img"), "the signs of a legend are no pictures"
