"""Where the reader was: kept by the browser alone, said on the home page and in the navigation, forgotten at a click."""

import json

import pytest
from browsing import path_of

pytestmark = pytest.mark.xdist_group("site")
KEPT = "JSON.parse(localStorage.getItem('dlbook.progress'))"
CHAPTER = "lrn"


def read_to_the_end(page):
    page.evaluate("document.querySelector('article').lastElementChild.scrollIntoView()")
    page.wait_for_function(f"({KEPT} ?? {{read: []}}).read.length > 0")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_chapter_read_to_its_end_is_marked_and_the_home_page_goes_on_there(reader, address, language):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of(language, CHAPTER))
        assert page.evaluate(f"{KEPT}.read") == [], "begun is not read"
        read_to_the_end(page)
        marked = page.locator(".md-sidebar--primary a.md-nav__link:has(.book-read)")
        assert marked.evaluate_all("all => all.map(a => new URL(a.href).pathname)") == [path_of(language, CHAPTER)]
        other = "zh" if language == "en" else "en"
        page.goto(address + path_of(other, "pooling"))
        page.goto(address + path_of(language))
        said = page.locator(".book-progress")
        assert {"en": "You have read 1 of ", "zh": "已经读了 1 章"}[language] in said.inner_text()
        said.locator("a").click()
        page.wait_for_url(address + path_of(language, "pooling"))


def test_an_exercise_that_is_done_stays_done_in_both_languages(reader, address):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of("en", CHAPTER))
        boxes = page.locator(".book-done input")
        assert boxes.count() == page.locator("li > details.solution").count() > 1
        boxes.nth(1).check()
        page.goto(address + path_of("zh", CHAPTER))
        assert [box.is_checked() for box in page.locator(".book-done input").all()][:3] == [False, True, False]
        page.locator(".book-done input").nth(1).uncheck()
        assert page.evaluate(f"{KEPT}.done") == []


def test_all_is_forgotten_at_a_click(reader, address):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of("en", CHAPTER))
        read_to_the_end(page)
        page.goto(address + path_of("en"))
        page.locator(".book-progress button").click()
        assert page.locator(".book-progress, .book-read").count() == 0
        assert json.loads(page.evaluate("localStorage.getItem('dlbook.progress')")) == {
            "read": [],
            "done": [],
            "last": "",
        }


def test_a_new_reader_is_told_nothing(reader, address):
    with reader() as visit:
        visit.page.goto(address + path_of("en"))
        assert visit.page.locator(".book-progress, .book-read").count() == 0


def test_a_browser_that_keeps_nothing_shows_the_book_all_the_same(reader, address):
    with reader() as visit:
        refuse = "function (key) { if (key === 'dlbook.progress') throw new Error('no'); return null; }"
        visit.context.add_init_script(f"Storage.prototype.getItem = Storage.prototype.setItem = {refuse}")
        visit.page.goto(address + path_of("en", CHAPTER))
        visit.page.evaluate("document.querySelector('article').lastElementChild.scrollIntoView()")
        assert visit.page.locator(".book-done").count() > 1, "the page is set up to its end, and no error was raised"
