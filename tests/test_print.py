"""A chapter on paper, printed as a reader prints it: all figures, numbers and address in the margin, no half-empty pages."""

import pytest
from browsing import LANGUAGES, path_of

PAGES = ("batch_size", "losses")
pytestmark = pytest.mark.looks_at(
    "docs/theme/*.*", "docs/theme/widgets/*.css", *(f"docs/*/{name}.md" for name in PAGES)
)
# Of a sheet A4, in pixels of CSS: what is left between the margins.
WIDE, HIGH = 673, 986
SEEN = "all => all.map(image => image.complete && image.naturalWidth > 0)"
FIGURES = 'article img[src*="figures/"], article img[src^="data:image/svg"]'
# What may not be cut, and is so high that the page before it stays half empty, or stands in the middle of nothing.
WHOLE = """half => [...document.querySelectorAll('article *')].flatMap(e => {
  const {height} = e.getBoundingClientRect();
  return height > half && getComputedStyle(e).breakInside === 'avoid' ? [`${e.tagName} ${e.className} ${height}`] : [];
})"""
OPENED = "document.querySelectorAll('article details').forEach(fold => { fold.open = true; })"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_figures_that_the_reader_has_not_come_near_are_printed(reader, address, language, name):
    with reader() as visit:
        visit.page.goto(address + path_of(language, name))
        before = visit.page.locator(FIGURES).evaluate_all(SEEN)
        assert not all(before), "none is far away: this looks at nothing"
        visit.page.pdf()
        assert visit.page.locator(FIGURES).evaluate_all(SEEN) == [True] * len(before)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_may_not_be_cut_is_higher_than_half_a_page(reader, address, language, name):
    with reader(size=(WIDE, HIGH)) as visit:
        visit.page.goto(address + path_of(language, name))
        visit.page.wait_for_function("document.documentElement.classList.contains('js')")
        visit.page.emulate_media(media="print")
        visit.page.evaluate(OPENED)
        assert visit.page.evaluate(WHOLE, HIGH / 2) == []
        heights = "all => all.map(e => e.getBoundingClientRect().height - e.querySelector('img').getBoundingClientRect().height)"
        beside = visit.page.locator("figure.widget").evaluate_all(heights)
        assert all(room < 100 for room in beside), beside
        cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"
        assert visit.page.locator("article pre > code").evaluate_all(cut) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sheet_has_its_number_and_the_address_of_the_page(reader, address, language):
    """Told by the rules of the margin boxes: Chromium draws them, and a file of PDF has no easy words for what it shows."""
    with reader() as visit:
        visit.page.goto(f"{address}{path_of(language, 'losses')}?dl-x=1#softmax")
        visit.page.pdf()
        rules = visit.page.evaluate(MARGINS)
        assert [rule for rule in rules if "counter(page)" in rule]
        assert [rule for rule in rules if f'content: "{address}{path_of(language, "losses")}"' in rule]


MARGINS = """[...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText)"""
