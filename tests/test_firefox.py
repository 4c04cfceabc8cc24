"""A tour in another browser: what Chromium shows, Firefox shows too. Formulas, interactive figures, search.

Skipped, with the reason, where there is no Firefox; CONTRIBUTING says how to make it.
"""

import re
from collections.abc import Iterator

import pytest
from browsing import BOOK, LANGUAGES, Visit, path_of, visiting
from firefox import WAIT, Firefox, firefox

pytestmark = pytest.mark.xdist_group("site")
FORMULAS = """
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  return [...document.querySelectorAll('article math')].map((each) => ({
    of: each.textContent, block: each.getAttribute('display') === 'block', width: each.getBoundingClientRect().width,
    height: each.getBoundingClientRect().height, lines: each.getClientRects().length,
  }));
"""
START = """
  const figure = document.querySelector(given[0]);
  figure.scrollIntoView();
  await until(() => figure.hasAttribute('ready'));
"""
SAYS = "return figure.querySelector('.widget-says').textContent;"
SEARCH = """
  const box = document.querySelector('.md-search input');
  const hits = () => [...document.querySelectorAll('.md-search-result__link')].map((hit) => new URL(hit.href).pathname);
  box.focus();
  box.value = given[0];
  for (const kind of ['focus', 'input', 'keyup']) box.dispatchEvent(new Event(kind, { bubbles: true }));
  await until(() => hits().length);
  return hits();
"""
QUERIES = [("en", "stride"), ("en", "softmax temperature"), ("zh", "卷积核"), ("zh", "学习率")]


def placed() -> dict[str, str]:
    """Each interactive figure, and the first page in the order of the book that has it."""
    found: dict[str, str] = {}
    for page in BOOK.pages("en"):
        for name in re.findall(r"interactive=([\w-]+)", (BOOK.docs / "en" / page).read_text("utf8")):
            found.setdefault(name, page.with_suffix("").as_posix())
    return found


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    with firefox() as window:
        yield window


@pytest.fixture(scope="module")
def chromium(browser) -> Iterator[Visit]:
    with visiting(browser) as visit:
        yield visit


def in_chromium(visit: Visit, body: str, *arguments: object) -> object:
    """What `Firefox.run` gives, in Chromium."""
    return visit.page.evaluate(f"async (given) => {{ {WAIT} {body} }}", list(arguments))


@pytest.mark.parametrize("page", ["losses", "convolution", "notation"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_are_set_whole_and_as_large(fox, chromium, address, page, language):
    url = address + path_of(language, page)
    fox.open(url)
    chromium.page.goto(url)
    here, there = fox.run(FORMULAS), in_chromium(chromium, f"await document.fonts.ready; {FORMULAS}")
    assert [each["of"] for each in here] == [each["of"] for each in there]
    assert len(here) > 100
    assert [each["of"] for each in here if min(each["width"], each["height"]) < 1 and each["of"]] == []
    assert [each["of"] for each in here if each["lines"] > 1] == [], "broken where a line ends"
    sized = [
        (one["width"] / other["width"], one["of"])
        for one, other in zip(here, there, strict=True)
        if one["block"] and other["width"]
    ]
    assert [pair for pair in sized if not 0.85 < pair[0] < 1.2] == []
    assert fox.run(
        "return [...document.fonts].some((font) => font.family.includes('Book Math') && font.status === 'loaded')"
    )
    assert fox.complaints(address) == []


@pytest.mark.parametrize("page", ["losses", "convolution", "attention", "index"])
def test_nothing_is_wider_than_a_phone(fox, address, page):
    fox.open(address + path_of("zh", page))
    fox.zoom(3.3)
    try:
        width, holds = fox.run("return [innerWidth, document.documentElement.scrollWidth]")
        assert width < 400
        assert holds <= width
    finally:
        fox.zoom(1)


@pytest.mark.parametrize("figure", placed())
def test_a_figure_starts_and_says_what_it_says_in_chromium(fox, chromium, address, figure):
    url, tag = address + path_of("en", placed()[figure]), f"dl-{figure}"
    fox.open(url)
    chromium.page.goto(url)
    assert fox.run(START + SAYS, tag) == in_chromium(chromium, START + SAYS, tag) != ""
    assert fox.complaints(address) == []


def test_a_control_moves_a_figure(fox, address):
    fox.open(address + path_of("en", "optimizers"))
    said = fox.run(START + SAYS, "dl-descent")
    moved = """
      const dial = figure.querySelector('input[type=range]');
      dial.stepUp(3);
      for (const kind of ['input', 'change']) dial.dispatchEvent(new Event(kind, { bubbles: true }));
      const says = figure.querySelector('.widget-says');
      await until(() => says.textContent !== given[1]);
      return says.textContent;
    """
    assert fox.run(START + moved, "dl-descent", said) != said


@pytest.mark.parametrize(("language", "query"), QUERIES)
def test_a_search_finds_what_it_finds_in_chromium(fox, chromium, address, language, query):
    fox.open(address + path_of(language))
    chromium.page.goto(address + path_of(language))
    found = fox.run(SEARCH, query)
    assert found == in_chromium(chromium, SEARCH, query)
    assert len(found) > 1
    assert fox.complaints(address) == []
