"""The glossary, the notes map and the page of the promises: nothing scrolls sideways on a phone, and letters lead to terms."""

import re

import pytest
from browsing import BOOK, LANGUAGES, NARROW, PHONE, all_laid_out, path_of

from dlbook.book.markdown import prose

pytestmark = pytest.mark.xdist_group("site")
PAGES = ["glossary", "notes_map", "checks", "notation"]
WIDE = """() => [...document.querySelectorAll('article .md-typeset__scrollwrap, html')]
  .filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.className + box.scrollWidth)"""
TOP = """id => document.getElementById(id).getBoundingClientRect().top - document.querySelector('.md-header').getBoundingClientRect().bottom"""


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["phone", "narrow"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_each_row_is_a_card(reader, address, language, name, size):
    with reader(size=size) as visit:
        page = visit.page
        page.goto(address + path_of(language, name))
        page.wait_for_selector("article .md-typeset__scrollwrap")
        assert page.evaluate(WIDE) == []
        rows = page.locator("article table tbody tr")
        assert rows.count() >= 7
        assert _height(rows.nth(0)) > 0, "the last cell stands below the first"
        page.evaluate("document.querySelectorAll('[data-cards]').forEach(table => table.removeAttribute('data-cards'))")
        assert _height(rows.nth(0)) == 0, "without cards, beside it"


def _height(row):
    """How far the last cell of a row stands below the first."""
    cells = [cell.bounding_box()["y"] for cell in row.locator("td:visible").all()]
    return round(cells[-1] - cells[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_leads_to_its_first_term_by_keyboard(reader, address, language):
    with reader(size=PHONE) as visit:
        page = visit.page
        page.goto(address + path_of(language, "glossary"))
        all_laid_out(page)
        links = page.locator(".book-letters a")
        letters = links.all_inner_texts()
        assert letters == sorted(letters)
        assert len(letters) >= 22
        links.nth(0).focus()
        for _ in range(3):
            page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == letters[3]
        page.keyboard.press("Enter")
        place = links.nth(3).get_attribute("href").split("#")[1]  # the theme makes addresses whole
        page.wait_for_function("place => location.hash === '#' + place", arg=place)
        page.wait_for_timeout(200)
        assert 0 <= page.evaluate(TOP, place) < 60
        page.keyboard.press("Tab")  # on from there: the link of this card, not the next letter
        assert page.evaluate("document.activeElement.closest('tr')?.id") == place
        targets = links.evaluate_all("all => all.map(link => document.getElementById(link.hash.slice(1))?.tagName)")
        assert set(targets) == {"TR"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_place_of_its_own(site, language):
    html = (BOOK.site(site, language) / "glossary/index.html").read_text("utf8")
    terms = prose.glossary_tables(BOOK, language)[0]
    found = re.findall(r"<tr[^>]* id=\"?(term-[a-z0-9-]+)", html)
    assert len(found) == len(set(found)) == len(terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_promises_are_counted_on_the_page(reader, address, language):
    with reader() as visit:
        visit.page.goto(address + path_of(language, "checks"))
        all_laid_out(visit.page)
        rows = visit.page.locator("#promises ~ * tbody tr, #promises ~ .md-typeset__scrollwrap tbody tr")
        assert rows.count() == 7
        for row in rows.all():
            cells = row.locator("td").all_inner_texts()
            assert re.search(r"\d", cells[2]), cells
            assert visit.page.locator("#" + row.locator("a").get_attribute("href").split("#")[1]).count() == 1
