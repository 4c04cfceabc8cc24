"""What a link refers to shows itself: a formula, or what the glossary says; by mouse and by keyboard, not by touch."""

import re

import pytest
from browsing import BOOK, LANGUAGES, PHONE, all_laid_out, path_of

from dlbook.book.markdown import pages

pytestmark = pytest.mark.xdist_group("site")
PAGE = "optimizers"
SHOWN = "#book-preview"


def row_of(language, link):
    """What the glossary of a language says of the words of a link."""
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \|", pages.text_of(BOOK.docs / language / "glossary.md"), re.M)
    return next((says for english, chinese, says in rows if link.lower() in (english.lower(), chinese.lower())), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formula_that_is_referred_to_shows_itself(reader, address, language):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of(language, PAGE))
        link = page.locator('article a[href*="#eq-"]:not(.math-tested)').first
        target = page.locator(f"[id='{link.get_attribute('href').partition('#')[2]}'] math").first
        link.hover()
        page.wait_for_selector(f"{SHOWN} math")
        assert page.locator(f"{SHOWN} math").inner_html() == target.inner_html()
        assert link.get_attribute("aria-describedby") == "book-preview"
        box, screen = page.locator(SHOWN).bounding_box(), page.viewport_size
        assert 0 <= box["x"] <= screen["width"] - box["width"]
        assert 0 <= box["y"] <= screen["height"] - box["height"]
        page.mouse.move(0, 0)
        page.wait_for_selector(SHOWN, state="detached")
        assert link.get_attribute("aria-describedby") is None


def test_a_formula_of_another_page_too_and_it_goes_at_a_key(reader, address):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of("en", PAGE))
        page.evaluate("document.querySelector('article p').innerHTML += ' <a id=one href=\"../lrn/#eq-lrn\">(1)</a>'")
        page.locator("#one").hover()
        page.wait_for_selector(f"{SHOWN} math")
        page.keyboard.press("Escape")
        page.wait_for_selector(SHOWN, state="detached")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_explained_by_keyboard_too(reader, address, language):
    """Every link whose words are a term's; one is tried."""
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of(language, "cnn"))
        all_laid_out(page)
        found = [
            (link, says)
            for link in page.locator("article p a[href*='/']:visible").all()
            if (says := row_of(language, link.inner_text()))
        ]
        assert found
        link, says = found[0]
        page.keyboard.press("Tab")
        link.focus()
        page.wait_for_selector(SHOWN)
        shown = page.locator(SHOWN).inner_text()
        assert shown[:10] == says[:10]
        page.keyboard.press("Tab")
        page.wait_for_selector(SHOWN, state="detached")


def test_a_touch_follows_the_link_and_shows_nothing(reader, address):
    with reader(size=PHONE, has_touch=True) as visit:
        page = visit.page
        page.goto(address + path_of("en", PAGE))
        link = page.locator('article a[href*="#eq-"]:not(.math-tested)').first
        link.tap()
        page.wait_for_timeout(400)
        assert page.locator(SHOWN).count() == 0
        assert page.url.partition("#")[2] == link.get_attribute("href").partition("#")[2]
