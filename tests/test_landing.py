"""A link leads where it says, and nothing moves under the reader: figures with dials come late, and are higher than their drawing.

Chromium keeps what the reader sees in its place when something above it grows. Other browsers do not, so it is told not to.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from browsing import DESKTOP, LANGUAGES, OPENED, PHONE, Visit, all_laid_out, looks_at, path_of
from heights import NARROWEST, live_height, placed, show
from playwright.sync_api import Page, Route

PLACED = placed()
# Where a browser gives no help, book.css leaves nothing to be laid out later.
UNHELPED = "* { overflow-anchor: none; content-visibility: visible !important }"
LIMIT = 10  # pixels from where a section should stand
SHIFT = 0.05  # a share of the screen, as browsers count it
SPARE, MISSING = (
    40,
    120,
)  # pixels kept free for nothing, where lines break otherwise than where heights were measured; and too few
KEPT = "figure => parseFloat(getComputedStyle(document.querySelector(`figure.${figure}`)).minHeight)"
SHARED = ("docs/theme/*.*", "docs/theme/widgets/*", "docs/theme/partials/*", "mkdocs*.yml", "src/dlbook/book/**/*.py")


def of(figure: str) -> pytest.MarkDecorator:
    """Marks a test that looks at the pages of a figure."""
    return pytest.mark.looks_at(*SHARED, *(f"docs/{language}/{PLACED[figure]}.md" for language in LANGUAGES))


@contextmanager
def unhelped(reader, size) -> Iterator[Visit]:
    """A reader whose browser lets things move; said outside of the head, which instant navigation replaces."""
    with reader(size=size) as visit:
        add = f"document.documentElement.append(Object.assign(document.createElement('style'), {{textContent: '{UNHELPED}'}}))"
        visit.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {add})")
        yield visit


# Each place of each page

COMING = """() => [...document.querySelectorAll('figure.widget')].some(figure => {
  const {top, bottom} = figure.getBoundingClientRect();
  return bottom > -400 && top < innerHeight + 400 && !figure.querySelector('[ready]');
})"""
WALK = """async () => {
  const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const coming = COMING;
  await document.fonts.ready;
  const header = document.querySelector('.md-header').getBoundingClientRect().bottom;
  const ids = [...document.querySelectorAll('article [id]')].map(place => place.id);
  const found = [];
  for (const id of ids.filter(id => !id.startsWith('__')).reverse()) {  // from below: what grows stands above
    location.hash = id;
    await frame();
    for (let waits = 0; waits < 200 && coming(); waits++) await frame();
    await frame();
    const place = document.getElementById(id);
    const off = place.getBoundingClientRect().top - header - 20;  // so much room the theme leaves above a heading
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2 && off > 0;
    if (place.checkVisibility() && !atEnd && Math.abs(off) > LIMIT) found.push(`#${id} is ${Math.round(off)} pixels off`);
  }
  return found;
}""".replace("LIMIT", str(LIMIT)).replace("COMING", COMING)


def lost(page: Page) -> list[str]:
    """The places of a page that are not where they should be after their address was called."""
    if page.evaluate("'document$' in window"):  # the theme fetches the page anew at the first link within it
        page.evaluate("window.was = document.querySelector('article'); location.hash = 'first'")
        page.wait_for_function("!was.isConnected")
        page.wait_for_load_state("networkidle")
    return page.evaluate(WALK)


@pytest.mark.parametrize("path", [pytest.param(path, marks=pytest.mark.looks_at(*looks_at(path))) for path in OPENED])
def test_every_place_of_a_page_is_reached(reader, address, path):
    sizes = [PHONE, DESKTOP] if path.strip("/").removeprefix("zh/") in PLACED.values() else [PHONE]
    for size in sizes:
        with unhelped(reader, size) as visit:
            visit.page.goto(address + path)
            assert lost(visit.page) == [], f"in a window of {size[0]} pixels"


def test_a_place_that_is_not_reached_is_found(bad_page):
    """One below the header, one where it should be, and one at the end, which no scrolling brings to the top."""
    header = "<div class=md-header style='height:48px;position:sticky;top:0'></div>"
    places = "<p id=a style='height:900px'>a<p id=b style='height:3000px;scroll-margin-top:68px'>b<p id=c>c"
    with bad_page(header + places, "<style>body { margin: 0 }</style>") as visit:
        assert lost(visit.page) == ["#a is -68 pixels off"]


# What stands behind a figure, from the address and from the contents

BEHIND = """figure => {
  const all = [...document.querySelectorAll('article :is(h2, h3)')];
  const shown = document.querySelector(`figure.${figure}`);
  return all.find(heading => shown.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING).id;
}"""
OFF = """id => document.getElementById(id).getBoundingClientRect().top
  - document.querySelector('.md-header').getBoundingClientRect().bottom - 20"""


def slow_figures(page: Page, seconds: float = 0.6) -> None:
    """Let the words of figures come late, as on a slow connection."""

    def late(route: Route) -> None:
        time.sleep(seconds)
        route.continue_()

    page.route("**/widgets/*.words.json", late)


def all_come(page: Page) -> None:
    """Wait until the figures near what is seen are there, and have been laid out."""
    page.wait_for_timeout(100)
    page.wait_for_function(f"!({COMING})()")
    page.wait_for_timeout(100)


CASES = [pytest.param(figure, marks=of(figure)) for figure in PLACED]


@pytest.mark.parametrize("figure", CASES)
def test_the_section_behind_a_figure_is_reached(reader, address, figure):
    language = LANGUAGES[list(PLACED).index(figure) % len(LANGUAGES)]
    url = address + path_of(language, PLACED[figure])
    for size in (PHONE, DESKTOP):
        with unhelped(reader, size) as visit:
            page = visit.page
            slow_figures(page)
            page.goto(url)
            section = page.evaluate(BEHIND, figure)
            page.locator(f'nav a[href$="#{section}"]').first.evaluate("link => link.click()")
            all_come(page)
            assert abs(page.evaluate(OFF, section)) <= LIMIT, f"from the contents, {size[0]} pixels"
        with unhelped(reader, size) as visit:
            page = visit.page
            slow_figures(page)
            page.goto(f"{url}#{section}")
            all_come(page)
            assert abs(page.evaluate(OFF, section)) <= LIMIT, f"from the address, {size[0]} pixels"


@pytest.mark.looks_at(*SHARED, "docs/en/optimizers.md")
def test_a_reader_who_moves_is_not_held(reader, address):
    with unhelped(reader, DESKTOP) as visit:
        page = visit.page
        page.goto(address + path_of("en", "optimizers") + "#dials")
        page.mouse.move(600, 500)
        page.mouse.wheel(0, 700)
        page.wait_for_selector("dl-descent[ready]")
        page.wait_for_timeout(300)
        assert page.evaluate(OFF, "dials") < -500


GROW = (
    "document.querySelector('article').prepend(Object.assign(document.createElement('div'), {style: 'height: 300px'}))"
)
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.looks_at(*SHARED, "docs/en/lrn.md")
@pytest.mark.parametrize(("scrolls", "is_held"), [(1, True), (12, False)])
def test_a_scroll_of_the_theme_does_not_lose_the_section_and_the_scroll_bar_does(reader, address, scrolls, is_held):
    """The theme scrolls to the section too, once, before or after the book's script; a bar that is drawn scrolls in each frame."""
    with unhelped(reader, DESKTOP) as visit:
        page = visit.page
        page.goto(address + path_of("en", "lrn") + "#torch")
        all_laid_out(page)
        assert abs(page.evaluate(OFF, "torch")) <= LIMIT
        for _ in range(scrolls - 1):
            page.evaluate(f"scrollBy(0, 7), {FRAME}")
        page.evaluate(f"scrollBy(0, 7), {GROW}, {FRAME}")
        assert (abs(page.evaluate(OFF, "torch")) <= LIMIT) == is_held


# Nothing moves

SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => shifted += entry.value)).observe({type: 'layout-shift', buffered: true});
}"""


ON_SCREEN = "figure => document.querySelector(`figure.${figure}`).getBoundingClientRect().top < innerHeight"


@pytest.mark.parametrize("helped", [False, True])
@pytest.mark.parametrize("figure", CASES)
def test_nothing_moves_when_a_page_is_flung(reader, address, figure, helped):
    language = LANGUAGES[(list(PLACED).index(figure) + 1) % len(LANGUAGES)]
    with reader(size=PHONE) if helped else unhelped(reader, PHONE) as visit:
        page = visit.page
        page.add_init_script(f"({SHIFTS})()")
        slow_figures(page, 0.3)
        page.goto(address + path_of(language, PLACED[figure]))
        page.evaluate("document.fonts.ready")
        page.evaluate("figure => scrollTo(0, document.querySelector(`figure.${figure}`).offsetTop - 2500)", figure)
        page.wait_for_timeout(200)
        page.evaluate("window.shifted = 0")
        page.mouse.move(190, 400)
        for _ in range(12):  # what lay far away was an estimate of its height, and may be higher
            page.mouse.wheel(0, 600)
            page.wait_for_timeout(60)
            if page.evaluate(ON_SCREEN, figure):
                break
        page.wait_for_selector(f"dl-{figure}[ready]")
        page.wait_for_timeout(400)
        assert page.evaluate("window.shifted") < SHIFT


# Words of a drawing that reach over its edge, where they are cut off.
CUT = """figure => [...document.querySelectorAll(`figure.${figure} svg text`)].filter(text => {
  const [whole, own] = [text.closest('svg'), text].map(each => each.getBoundingClientRect());
  return own.width && (own.right > whole.right + 1 || own.left < whole.left - 1);
}).map(text => text.textContent)"""


@pytest.mark.parametrize("figure", CASES)
def test_as_much_is_kept_free_as_a_figure_needs(reader, address, figure):
    """And not much more: there would be a hole below it. `python tests/support/heights.py` measures anew. No word is cut."""
    for language in LANGUAGES:
        with reader() as visit:
            show(visit.page, address + path_of(language, PLACED[figure]), figure)
            for width in (NARROWEST, PHONE[0], 820, DESKTOP[0]):
                visit.page.set_viewport_size({"width": width, "height": 900})
                kept = visit.page.evaluate(KEPT, figure)
                visit.page.evaluate("document.documentElement.classList.add('folder')")
                needed = live_height(visit.page, figure, width)
                assert visit.page.evaluate(CUT, figure) == [], f"{width} pixels, {language}"
                visit.page.evaluate("document.documentElement.classList.remove('folder')")
                assert needed - MISSING <= kept <= needed + SPARE, f"{width} pixels, {language}"


def test_from_a_folder_nothing_is_kept_free(reader, site):
    with reader() as visit:
        visit.page.goto((site / "optimizers/index.html").as_uri())
        drawn, whole = visit.page.evaluate(
            "['figure.descent img', 'figure.descent'].map(each => document.querySelector(each).getBoundingClientRect().height)"
        )
        assert whole < drawn + 80
