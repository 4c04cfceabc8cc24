"""The first page: what a first visitor sees, the flower that answers, what the book holds, and its chapters as cards."""

import json
import re

import pytest
import torch
from browsing import BOOK, DESKTOP, LANGUAGES, PHONE, all_laid_out, path_of

from dlbook.book import generated, phrases, reading
from dlbook.book.layout import Book
from dlbook.book.site import home
from dlbook.convolution import conv2d
from dlbook.convolution.sending import flower, module

pytestmark = pytest.mark.looks_at(
    "docs/theme/*.*",
    "docs/theme/widgets/*",
    "docs/*/*.md",
    "docs/*/labs/*.md",
    "mkdocs*.yml",
    "src/dlbook/book/**/*.py",
)
HERE = "e => { const box = e.getBoundingClientRect(); return [box.top, box.bottom]; }"
INK = """canvas => {
  const {data, width} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({length: width}, (_, i) => Array.from({length: width}, (_, j) => data[4 * (i * width + j)]));
}"""
CARDS = "all => all.map(e => [e.querySelector('a').href, e.querySelector('img')?.src, e.innerText])"


@pytest.fixture
def home_page(reader, address):
    with reader(size=DESKTOP) as visit:
        visit.page.goto(address + path_of("en", "index"))
        visit.page.wait_for_selector("dl-flower[ready]")
        yield visit.page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_flower_and_the_way_in_stand_on_the_first_screen(reader, address, language, size):
    with reader(size=size) as visit:
        visit.page.goto(address + path_of(language, "index"))
        visit.page.wait_for_selector("dl-flower[ready]")
        seen = [
            "a.md-button--primary",
            "a.md-button[download]",
            "[data-picture=photo] canvas",
            "[data-picture=map] canvas",
        ]
        for each in seen:
            top, bottom = visit.page.locator(each).evaluate(HERE)
            assert 0 < top < bottom < size[1], each


def test_the_buttons_give_the_first_chapter_and_a_notebook(home_page, address):
    start, notebook = (
        home_page.locator(each).evaluate("e => e.href") for each in ("a.md-button--primary", "a[download]")
    )
    assert start == f"{address}/fully_connected/"
    text = home_page.evaluate("url => fetch(url).then(answer => answer.text())", notebook)
    assert json.loads(text)["nbformat"] == 4


def test_the_nine_numbers_draw_what_the_package_computes(home_page):
    photo = flower()
    for kernel in ("-1 -1 -1 -1 8 -1 -1 -1 -1", "0 -1 0 -1 5 -1 0 -1 0", "1 0 0 0 -2 0 0 0 1"):
        for cell, value in zip(home_page.locator(".flower-kernel input").all(), kernel.split(), strict=True):
            cell.fill(value)
        weight = torch.tensor([float(value) for value in kernel.split()], dtype=torch.float64)
        mapped = conv2d(photo[None, None], weight.view(1, 1, 3, 3))[0, 0]
        light = mapped if weight.sum() else 1 - mapped.abs() / 0.7
        drawn = torch.tensor(home_page.locator("[data-picture=map] canvas").evaluate(INK))[1:-1, 1:-1]
        assert (drawn - 255 * light.clamp(0, 1)).abs().max() <= 0.5 + 1e-9
    assert len(drawn) == 80


def test_the_pointer_moves_the_window_and_the_sentence_says_the_sum(home_page):
    canvas = home_page.locator("[data-picture=map] canvas")
    wide = canvas.evaluate("e => e.getBoundingClientRect().width")
    canvas.hover(position={"x": 12.5 * wide / 82, "y": 61.5 * wide / 82})
    home_page.wait_for_timeout(300)
    says = home_page.locator("dl-flower [role=status]").inner_text()
    window = flower()[60:63, 11:14]
    total = round((9 * window[1, 1] - window.sum()).item(), 2)
    assert says.startswith(f"At row 60, column 11 the nine products add up to {total:g}.".replace("-", "−"))


def test_the_tasks_of_the_flower_are_ticked(home_page):
    tasks = {"same": "0 0 0 0 1 0 0 0 0", "moved": "0 0 0 0 0 1 0 0 0", "upright": "-1 0 1 -1 0 1 -1 0 1"}
    ticked = "all => all.filter(e => e.dataset.done == 'yes').map(e => e.dataset.task)"
    assert home_page.locator("dl-flower [data-task]").evaluate_all(ticked) == []
    for number, (_, kernel) in enumerate(tasks.items()):
        for cell, value in zip(home_page.locator(".flower-kernel input").all(), kernel.split(), strict=True):
            cell.fill(value)
        assert home_page.locator("dl-flower [data-task]").evaluate_all(ticked) == list(tasks)[: number + 1]


def test_the_photo_of_the_flower_is_the_packages():
    assert (BOOK.theme / "widgets/flower.weights.mjs").read_text("utf8") == module()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_book_holds_is_counted_and_not_typed(site, language):
    page = site / path_of(language, "index").strip("/") / "index.html"
    said = re.search(r'<ul class="book-proof">(.*?)</ul>', page.read_text("utf8"))[1]
    numbers = [int(number.replace(",", "")) for number in re.findall(r"<b>([\d,]+)</b>", said)]
    texts = [
        file.read_text("utf8") for file in [*(BOOK.docs / "en").glob("*.md"), *(BOOK.docs / "en/labs").glob("*.md")]
    ]
    blocks = sum(len(re.findall(r"^ *```(?:python|\{ ?\.python)", text, re.M)) for text in texts)
    figures = sum(len(re.findall(r"\]\((?:\.\./)*figures/", text)) for text in texts)
    labels = sum(text.count("\\label{") for text in texts)
    assert numbers[0] == len(generated.chapters(BOOK, language))
    assert numbers[1] == blocks
    assert numbers[2:] == [labels, figures, 2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_and_lab_is_a_card_with_its_first_picture(reader, address, language):
    with reader(size=DESKTOP) as visit:
        visit.page.goto(address + path_of(language, "index"))
        all_laid_out(visit.page)  # what is not has no `innerText`
        cards = visit.page.locator("ul.book-cards li").evaluate_all(CARDS)
        chapters = generated.chapters(BOOK, language)
        labs = [page for page in BOOK.pages(language) if page.parent.name == "labs"]
        expected = [address + path_of(language, chapter.name) for chapter in chapters]
        assert [link for link, _, _ in cards][: len(chapters)] == expected
        assert len(cards) == len(chapters) + len(labs)
        for link, picture, text in cards:
            name = link.removeprefix(address).strip("/").removeprefix("zh/")
            drawn = home.picture_of(BOOK, BOOK.docs / language / f"{name}.md")
            assert (picture or "").endswith(drawn) if drawn else picture is None
            answer = visit.page.evaluate("url => fetch(url).then(answer => answer.status)", picture) if picture else 200
            assert answer == 200
            assert any(chapter.title in text for chapter in chapters) or "labs/" in link
            assert reading.duration(reading.minutes(BOOK, name, language), phrases.of(language)) in text
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
        assert wide == DESKTOP[0]


def test_a_level_grows_along_what_a_chapter_needs():
    levels = {chapter.name: home.level(BOOK, chapter.name) for chapter in generated.chapters(BOOK, "en")}
    for chapter in generated.chapters(BOOK, "en"):
        assert all(levels[need] <= levels[chapter.name] for need in chapter.about.get("needs", []))
    assert set(levels.values()) == {1, 2, 3}


def test_a_card_shows_the_first_picture_that_is_not_heavy(tmp_path):
    small, large = (
        "<svg/>",
        "<svg>"
        + "".join(map(chr, torch.randint(33, 90, (30_000,), generator=torch.Generator().manual_seed(0))))
        + "</svg>",
    )
    book = Book(tmp_path)
    for name, text in (("a", large), ("b", small), ("c", small), ("d", large[:20_000])):
        (book.theme / "figures/x").mkdir(parents=True, exist_ok=True)
        (book.theme / f"figures/x/{name}.svg").write_text(text, "utf8")
    page = tmp_path / "page.md"
    for shown, expected in (("abc", "b"), ("cb", "c"), ("ad", "d"), ("", "")):
        page.write_text("\n".join(f"![x](figures/x/{name}.svg)" for name in shown), "utf8")
        assert home.picture_of(book, page) == (f"figures/x/{expected}.svg" if expected else "")
