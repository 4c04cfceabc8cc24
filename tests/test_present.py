"""A chapter as slides: all that can be shown is on one of them, whole; by keys and by mouse; alive; and as a PDF."""

from contextlib import closing

import pikepdf
import pytest
from browsing import LANGUAGES, PHONE, path_of

from dlbook.book.paper import served
from dlbook.book.slides import print_slides

PAGES = ("convolution", "losses", "captioning")
pytestmark = pytest.mark.looks_at(
    "docs/theme/*.*", "docs/theme/widgets/*.*", "mkdocs*.yml", *(f"docs/*/{name}.md" for name in (*PAGES, "lrn"))
)
PROJECTOR = (1280, 720)
# Of each slide: whether it is whole, whether letters are legible, and which parts of the page stand on it.
WALK = """() => Array.from({length: dlPresent.count}, (_, i) => {
  dlPresent.show(i);
  const parts = [...document.querySelectorAll('article > .on')];
  const outside = parts.filter(part => part.getBoundingClientRect().right > innerWidth + 1);
  return {
    tall: document.documentElement.classList.contains('present-tall'), outside: outside.length, many: parts.length,
    heads: parts.filter(part => /^H/.test(part.tagName)).length,
    shown: parts.map(part => [...document.querySelector('article').children].indexOf(part)),
  };
})"""
# What a teacher would miss: figures, formulas, listings that are not folded, boxes on mistakes.
WANTED = """() => [...document.querySelector('article').children].flatMap((part, i) => {
  const late = document.querySelector('#sources').compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING;
  return !late && part.matches('figure, div.math, .highlight, .admonition.mistake, details.derivation') ? [i] : [];
})"""
# To the slide on which the figure can be moved.
LIVE = """() => {
  for (let i = 0; i < dlPresent.count; i++) {
    dlPresent.show(i);
    if (document.querySelector('.on .conv-hand > img.present-off')) return i;
  }
}"""
AT = "document.querySelector('.present-said').textContent"


def opened(visit, address, path, query="?present"):
    visit.page.goto(address + path + query)
    visit.page.wait_for_selector(".present .present-bar")
    return visit.page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_all_that_can_be_shown_stands_on_a_slide_and_each_slide_is_whole(reader, address, language, name):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, path_of(language, name))
        wanted, slides = page.evaluate(WANTED), page.evaluate(WALK)
        assert [slide for slide in slides if slide["tall"] or slide["outside"] or not slide["heads"]] == []
        assert all(slide["many"] > 1 for slide in slides)
        shown = {part for slide in slides for part in slide["shown"]}
        assert len(wanted) > 20
        assert set(wanted) - shown == set()


@pytest.mark.parametrize(("language", "words"), [("en", "Slide {} of {}"), ("zh", "第 {} 张，共 {} 张")])
def test_keys_lead_through_the_slides_and_out(reader, address, language, words):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, path_of(language, "losses"))
        many = page.evaluate("dlPresent.count")
        moves = ["ArrowRight", "PageDown", "Space", "ArrowLeft", "End", "ArrowRight", "Home", "PageUp", "ArrowDown"]
        places = [2, 3, 4, 3, many, many, 1, 1, 2]
        for key, place in zip(moves, places, strict=True):
            page.keyboard.press(key)
            assert page.evaluate(AT) == words.format(place, many)
        assert "present=2" in page.url
        page.reload()
        page.wait_for_selector(".present .present-bar")
        assert page.evaluate(AT) == words.format(2, many)
        page.evaluate("dlPresent.show(20)")
        section = page.locator("article > :is(h2, h3).on").last.get_attribute("id")
        page.keyboard.press("Escape")
        assert page.locator(".present-bar").count() == 0
        assert page.url == f"{address}{path_of(language, 'losses')}#{section}"
        assert page.locator("header.md-header").is_visible()
        assert page.locator("article > p").first.is_visible()


def test_a_link_begins_at_the_section_that_is_read(reader, address):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, "/losses/", "?present#entropy")
        assert page.locator("article > h2.on, article > h3.on").last.get_attribute("id") == "entropy"


def test_the_page_says_that_it_can_be_shown(reader, address):
    with reader(size=PROJECTOR) as visit:
        visit.page.goto(address + "/zh/losses/")
        visit.page.get_by_role("link", name="幻灯片").click()
        visit.page.wait_for_selector(".present .present-bar")
        visit.page.get_by_role("button", name="退出").click()
        assert visit.page.locator("header.md-header").is_visible()
        visit.page.get_by_role("link", name="幻灯片").click()
        visit.page.wait_for_selector(".present .present-bar")


def test_the_text_beside_a_slide_is_shown_when_asked_for(reader, address):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, path_of("en", "convolution"), "?present=5")
        before = page.locator("article > p.on").count()
        page.keyboard.press("t")
        assert page.get_by_role("button", name="Text").get_attribute("aria-pressed") == "true"
        assert page.locator("article > p.on").count() > before
        page.keyboard.press("t")
        assert page.locator("article > p.on").count() == before


def test_a_figure_is_alive_on_its_slide_and_keeps_its_keys(reader, address):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, path_of("en", "convolution"))
        number = page.evaluate(LIVE)
        page.wait_for_selector("dl-conv-hand input[type=range]:visible")
        assert not page.locator("figure.widget.conv-hand > img").is_visible()
        slider = page.locator("dl-conv-hand input[type=range]:visible").first
        slider.focus()
        before, said = slider.input_value(), page.evaluate(AT)
        page.keyboard.press("ArrowRight")
        assert slider.input_value() != before
        assert page.evaluate(AT) == said
        page.evaluate(f"dlPresent.show({number - 1})")
        assert page.locator("figure.widget.conv-hand > img").is_visible()
        assert not page.locator("dl-conv-hand").is_visible()


def test_slides_are_found_by_those_who_do_not_see_them(reader, address):
    with reader(size=PROJECTOR) as visit:
        page = opened(visit, address, path_of("en", "losses"), "?present=3")
        assert page.get_by_role("navigation", name="Slides").is_visible()
        assert page.get_by_role("status").inner_text().startswith("Slide 3 of")
        names = page.locator(".present-bar button").evaluate_all("all => all.map(e => e.ariaLabel)")
        assert names == ["Back", "Next", "Text", "Full screen", "Close"]


def test_on_a_phone_a_slide_is_as_wide_as_the_screen(reader, address):
    with reader(size=PHONE) as visit:
        slides = opened(visit, address, path_of("zh", "losses")).evaluate(WALK)
        assert [slide for slide in slides if slide["outside"]] == []


def test_slides_open_from_a_folder(reader, folder):
    with reader(size=PROJECTOR) as visit:
        visit.page.goto(f"{(folder / 'lrn.html').as_uri()}?present")
        visit.page.wait_for_selector(".present .present-bar")
        visit.page.keyboard.press("ArrowRight")
        assert visit.page.evaluate(AT).startswith("Slide 2 of")


@pytest.mark.xdist_group("site")
def test_slides_are_printed_one_to_a_sheet(site, browser, tmp_path):
    target = tmp_path / "lrn.zh.pdf"
    with served(site) as address, closing(browser.new_page()) as page:
        many = print_slides(f"{address}/zh/lrn/", target, page)
        assert many == page.evaluate("dlPresent.count")
    with pikepdf.open(target) as printed:
        assert len(printed.pages) == many > 20
        assert {tuple(map(float, sheet.MediaBox)) for sheet in printed.pages} == {(0, 0, 960, 540)}
    assert [file.name for file in tmp_path.iterdir()] == ["lrn.zh.pdf"]
