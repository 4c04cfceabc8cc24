"""A figure is enlarged: by touch, by mouse and by keys alone, without a request, and its labels can be read on a phone then."""

import pytest
from browsing import DESKTOP, LANGUAGES, PHONE, path_of
from playwright.sync_api import Page

PAGES = ("rnn", "convolution")
LEGIBLE = 9  # pixels that the letters of a label are high, at least
pytestmark = pytest.mark.looks_at("docs/theme/*.*", *(f"docs/*/{name}.md" for name in PAGES), "mkdocs*.yml")
LABELS = """async img => {
  const text = await (await fetch(img.src)).text();
  const sizes = [...text.matchAll(/font-size: ([\\d.]+)px/g)].map(([, size]) => Number(size));
  const wide = Number(text.match(/viewBox="\\S+ \\S+ (\\S+) /)[1]);
  return Math.min(...sizes) * img.getBoundingClientRect().width / wide;
}"""
FOCUSED = "document.activeElement.classList[0]"


def enlarged(page: Page):
    return page.locator("dialog.book-large")


# By its number, where it has one: what it shows was said just before.
NAMES = """all => all.map(({ alt, parentElement }) =>
  parentElement.closest('figure')?.querySelector('figcaption strong')?.textContent.replace(/[.。]$/, '') || alt)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_a_page_has_its_button(reader, address, language, name):
    with reader() as visit:
        visit.page.goto(address + path_of(language, name))
        images = visit.page.locator('article img[src*="figures/"]')
        visit.page.wait_for_selector(".book-enlarge", state="attached")
        labels = visit.page.locator("article img + .book-enlarge").evaluate_all("all => all.map(e => e.ariaLabel)")
        word = {"en": "Enlarge: ", "zh": "放大："}[language]
        assert labels == [word + name for name in images.evaluate_all(NAMES)]
        assert labels


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_the_labels_of_an_enlarged_figure_can_be_read(reader, address, dark):
    with reader(size=PHONE, dark=dark, has_touch=True) as visit:
        page = visit.page
        page.goto(address + path_of("en", "rnn"))
        page.wait_for_selector(".book-enlarge", state="attached")
        image = page.locator('article img[src*="figures/"]').first
        image.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")  # what the scroll alone asks for is not the tap's
        small, asked = image.evaluate(LABELS), len(visit.requests)
        image.tap()
        large = enlarged(page).locator("img")
        assert large.evaluate(LABELS) >= max(LEGIBLE, 1.5 * small)
        assert large.get_attribute("alt") == image.get_attribute("alt")
        assert [url for url in visit.requests[asked:] if "figures/" not in url] == []
        sheet = enlarged(page).locator(".book-sheet")
        wide, seen = sheet.evaluate("sheet => [sheet.scrollWidth, sheet.clientWidth]")
        assert wide > seen == PHONE[0]  # a finger moves it
        enlarged(page).get_by_role("button", name="Close").tap()
        assert enlarged(page).count() == 0


def test_a_figure_is_enlarged_by_keys_and_the_focus_comes_back(reader, address):
    with reader(size=DESKTOP) as visit:
        page = visit.page
        page.goto(address + path_of("en", "rnn"))
        page.wait_for_selector(".book-enlarge", state="attached")
        page.locator(".book-enlarge").first.focus()
        for leave in ("Escape", "Enter"):
            page.keyboard.press("Enter")
            assert (
                enlarged(page).evaluate("dialog => dialog.open && dialog.getBoundingClientRect().width") == DESKTOP[0]
            )
            assert page.evaluate(FOCUSED) == "book-close"
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUSED) == "book-sheet"
            page.keyboard.press("Shift+Tab")
            page.keyboard.press(leave)
            page.wait_for_function("!document.querySelector('dialog.book-large')")
            assert page.evaluate(FOCUSED) == "book-enlarge"


def test_a_touch_beside_the_figure_closes_it_and_one_on_it_does_not(reader, address):
    with reader(size=DESKTOP) as visit:
        page = visit.page
        page.goto(address + path_of("zh", "rnn"))
        page.wait_for_selector(".book-enlarge", state="attached")
        page.locator(".book-enlarge").first.click()
        enlarged(page).locator("img").click()
        assert enlarged(page).count() == 1
        assert enlarged(page).get_by_role("button", name="关闭").count() == 1
        page.mouse.click(4, 4)
        assert enlarged(page).count() == 0


@pytest.mark.parametrize("size", [PHONE, PHONE[::-1], DESKTOP])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbered_caption_stands_below_the_enlarged_figure(reader, address, language, dark, size):
    with reader(size=size, dark=dark) as visit:
        page = visit.page
        page.goto(address + path_of(language, "rnn"))
        page.wait_for_selector(".book-enlarge", state="attached")
        page.locator(".book-enlarge").first.click()
        caption, figure = enlarged(page).locator(".book-caption"), page.locator(".book-figure > figcaption").first
        assert caption.inner_text() == figure.inner_text()
        assert caption.inner_text().startswith({"en": "Figure 1.", "zh": "图 1"}[language])
        sheet, said = enlarged(page).locator(".book-sheet").bounding_box(), caption.bounding_box()
        assert sheet["y"] + sheet["height"] <= said["y"] + 1
        assert said["y"] + said["height"] <= size[1]
        assert said["x"] >= 0
        assert said["x"] + said["width"] <= size[0]
        assert sheet["height"] >= size[1] / 2  # the figure has most of the screen
        letters, ground = enlarged(page).evaluate(PAPER_AND_INK)
        assert abs(letters - ground) > 300
        caption.locator("strong").click()
        assert enlarged(page).count() == 1


PAPER_AND_INK = """dialog => [dialog.querySelector('.book-caption'), dialog].map((e, ground) =>
  getComputedStyle(e)[ground ? 'backgroundColor' : 'color'].match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))"""


def test_where_the_figure_with_dials_has_come_there_is_nothing_to_enlarge(reader, address):
    with reader() as visit:
        page = visit.page
        page.goto(address + path_of("en", "rnn"))
        page.locator("figure.rnn").scroll_into_view_if_needed()
        page.wait_for_selector("dl-rnn[ready]")
        assert page.locator("figure.rnn .book-enlarge").is_visible() is False
