"""What the theme says itself, outside the article: in the language of the page, and in the words that the book chose."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from browsing import BOOK, CHINESE, LANGUAGES, path_of

from dlbook.book.markdown.outline import read_config

pytestmark = pytest.mark.xdist_group("site")
PAGES = ["index", "lrn", "glossary", "labs/first_network", "404.html"]
NAMES = {"dlbook", "English", "中文", "¶", "⚑"}  # said alike in both languages
SAID = """() => {
  const said = []
  for (const one of document.querySelectorAll("body *, title")) {
    if (one.closest("article") && !one.matches(".headerlink, .book-enlarge, .md-content__button, .md-clipboard, .md-code__button")) continue
    if (one.closest("script, style, .md-nav__item, .md-footer__title")) continue
    for (const name of ["title", "aria-label", "placeholder", "alt", "data-md-title"]) said.push(one.getAttribute(name))
    for (const part of one.childNodes) if (part.nodeType === 3) said.push(part.textContent)
  }
  said.push(...Object.values(JSON.parse(document.getElementById("__config").textContent).translations))
  return said.filter((words) => words?.trim()).map((words) => words.trim())
}"""


def chosen(language):
    """The book's own words for those of the theme."""
    return read_config(BOOK.config(language))["extra"]["theme_words"]


def foreign(said, language):
    """What is not said in the language of the page."""
    return sorted({words for words in said if bool(CHINESE.search(words)) != (language == "zh")} - NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_the_theme_speaks_the_language_of_its_page(reader, address, language, page):
    path = path_of(language) + page if page == "404.html" else path_of(language, page)
    with reader() as visit:
        visit.page.goto(address + path)
        visit.page.wait_for_selector(".md-footer")
        said = visit.page.evaluate(SAID)
        assert len(said) > 25
        assert foreign(said, language) == []


def test_words_of_the_other_language_would_be_found():
    assert foreign(["Skip to content", "跳到正文", "dlbook"], "zh") == ["Skip to content"]
    assert foreign(["Skip to content", "跳到正文", "中文"], "en") == ["跳到正文"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_chosen_are_words_of_the_theme(language):
    """A key that the theme does not have would say nothing; a word that is the theme's own need not be chosen."""
    folder = Path(find_spec("material").submodule_search_locations[0], "templates/partials/languages")
    theirs = (folder / f"{language}.html").read_text("utf8")
    for key, words in chosen(language).items():
        assert f'"{key}": ' in theirs, key
        assert f'"{key}": "{words}"' not in theirs, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_the_book_chose(reader, address, language):
    """In the page as it comes, in the search once it is asked, and at the end of a page on the way back up."""
    words = chosen(language)
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of(language, "lrn"))
        page.keyboard.press("Tab")
        if "action.skip" in words:
            assert page.locator(":focus").inner_text() == words["action.skip"]
        page.keyboard.press("Enter")
        assert page.url.split("#")[1], "to the article"
        page.keyboard.press("/")
        meta = page.locator(".md-search-result__meta")
        page.wait_for_function(
            f"document.querySelector('.md-search-result__meta').innerText.trim() === {words['search.result.placeholder']!r}"
        )
        box = page.locator(".md-search__input")
        box.press_sequentially("xyzzyq")
        page.wait_for_function(
            f"document.querySelector('.md-search-result__meta').innerText.trim() === {words['search.result.none']!r}"
        )
        box.fill("")
        box.press_sequentially("lrn")
        page.wait_for_selector(".md-search-result__link", state="attached")
        before, after = words["search.result.other"].split("#")
        assert meta.inner_text().strip().startswith(before)
        assert meta.inner_text().strip().endswith(after.strip())
