"""Interactive figures compute what the package computes: shown in a real browser, with the modules that readers get.

Each `*.core.mjs` is compared with `dlbook` on cases drawn here, exactly for whole numbers and to 1e-12 for others;
a mutation of each core must be noticed. Then the real controls are moved, and what is drawn is read back.
"""

import json
import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from browsing import BOOK, NARROW, PHONE, path_of, slowness
from playwright.sync_api import Page

from dlbook.convolution import conv2d, output_size, transposed_size, windows
from dlbook.pooling import output_size as pooled_size
from dlbook.positional_encoding import frequencies, positional_encoding

WIDGETS = BOOK.assets / "widgets"
CLOSE = 1e-12  # relative, and absolute for numbers below one


@dataclass(frozen=True)
class Case:
    """A call of a core's function and what `dlbook` gives for it."""

    function: str
    arguments: list[Any]
    expected: Any


def or_none(function: Callable[..., int], *arguments: Any, **options: Any) -> int | None:
    try:
        return function(*arguments, **options)
    except ValueError:
        return None


def axes(seed: int, count: int) -> list[dict[str, int]]:
    draw = random.Random(seed)
    names = {"n": (1, 12), "k": (1, 5), "s": (1, 4), "p": (0, 4), "d": (1, 3), "extra": (0, 3)}
    return [{name: draw.randint(*limits) for name, limits in names.items()} for _ in range(count)]


def conv_size_cases() -> list[Case]:
    cases = []
    for axis in axes(1, 600):
        n, k, s, p, d, extra = axis.values()
        size = or_none(output_size, n, k, stride=s, padding=p, dilation=d)
        grown = or_none(transposed_size, n, k, stride=s, padding=p, output_padding=extra, dilation=d)
        cases.append(Case("outputSize", [axis, "convolution"], size))
        cases.append(Case("outputSize", [axis, "transposed"], grown))
        for ceil in (False, True):
            pooled = or_none(pooled_size, n, k, stride=s, padding=p, dilation=d, ceil_mode=ceil)
            cases.append(Case("outputSize", [axis, "pooling", ceil], pooled))
        if size:
            pixels = torch.arange(-p, n + p, dtype=torch.float64)[None, None, None]
            seen = windows(pixels, (1, k), stride=(1, s), dilation=(1, d))[0, 0, 0, :, 0].long()
            counts = (seen.flatten() + p).bincount(minlength=n + 2 * p)
            cases.append(Case("taps", [axis, size - 1], seen[-1].tolist()))
            cases.append(Case("reads", [axis, size], counts.tolist()))
            cases.append(Case("unread", [axis, size], (counts[p : p + n] == 0).nonzero().flatten().tolist()))
    return cases


def conv_hand_cases() -> list[Case]:
    g = torch.Generator().manual_seed(2)
    cases = []
    for number in range(60):
        side, stride, padding = 3 + number % 5, 1 + number % 3, number % 2
        image = torch.randint(-9, 10, (side, side), generator=g).double()
        kernel = torch.randn(3, 3, generator=g, dtype=torch.float64)
        y = conv2d(image[None, None], kernel[None, None], stride=stride, padding=padding)[0, 0]
        how = {"stride": stride, "padding": padding}
        cases.append(Case("correlate", [image.tolist(), kernel.tolist(), how], y.tolist()))
        cases.append(Case("flipped", [kernel.tolist()], kernel.flip(0, 1).tolist()))
        padded = torch.nn.functional.pad(image[None, None], [padding] * 4)
        i, j = len(y) - 1, number % len(y)
        window = windows(padded, 3, stride=stride)[0, 0, i, j]
        cases.append(Case("products", [image.tolist(), kernel.tolist(), i, j, how], (window * kernel).tolist()))
    return cases


def positions_cases() -> list[Case]:
    cases = []
    for length, width, base in [
        (5, 6, 10000),
        (40, 48, 10000),
        (9, 7, 100),
        (128, 64, 10),
        (3, 1, 1000),
        (64, 33, 1e5),
    ]:
        code = positional_encoding(length, width, base=base, dtype=torch.float64)
        cases.append(Case("frequencies", [width, base], frequencies(width, base=base).tolist()))
        cases.append(Case("encoding", [length, width, base], code.tolist()))
        cases.append(Case("dot", [code[1].tolist(), code[2].tolist()], (code[1] @ code[2]).item()))
        cases.append(Case("byDistance", [list(range(length)), width, base], (code @ code[0]).tolist()))
    return cases


CORES: dict[str, Callable[[], list[Case]]] = {
    "conv_size": conv_size_cases,
    "conv_hand": conv_hand_cases,
    "positions": positions_cases,
}
MUTATIONS = {
    "conv_size": [
        ("d * (k - 1) + 1", "d * (k - 1)"),
        ("axis.n + 2 * axis.p - covered", "axis.n + axis.p - covered"),
        ("return Math.floor(steps) + 1", "return Math.floor(steps)"),
        ("i * axis.s + u * axis.d - axis.p", "i * axis.s + u - axis.p"),
        ("axis.extra >= Math.max(axis.s, axis.d)", "axis.extra >= axis.s"),
        ("axis.n + axis.p - 1) / axis.s", "axis.n + axis.p) / axis.s"),
        ("1 - axis.s : 0", "0 : 0"),
        ("axis.p > Math.floor(axis.k / 2)", "axis.p > axis.k / 3"),
    ],
    "conv_hand": [
        ("n + 2 * padding - k", "n + padding - k"),
        ("[j * stride + v - padding]", "[j * stride - v - padding]"),
        ("[...row].reverse()", "[...row]"),
        ("sum + p, 0", "sum + p, 1e-9"),
    ],
    "positions": [
        ("(-2 * i) / width", "-i / width"),
        ("Math.cos(position * w)", "Math.sin(position * w)"),
        ("row(0, width, base)", "row(1, width, base)"),
    ],
}
RUN = """async ([url, calls]) => {
  const core = await import(url);
  return calls.map(([name, args]) => {
    const value = core[name](...args);
    return value === undefined ? 'undefined' : value;
  });
}"""


def differences(page: Page, url: str, cases: list[Case]) -> list[str]:
    """Where a core says something else than the package."""
    found = page.evaluate(RUN, [url, [[case.function, case.arguments] for case in cases]])
    return [
        f"{case.function}({json.dumps(case.arguments)[1:-1]}): {value}, dlbook {case.expected}"
        for case, value in zip(cases, found, strict=True)
        if not same(value, case.expected)
    ]


def same(value: Any, expected: Any) -> bool:
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(same(one, other) for one, other in zip(value, expected, strict=True))
        )
    if isinstance(expected, float) and isinstance(value, (int, float)):
        return math.isclose(value, expected, rel_tol=CLOSE, abs_tol=CLOSE) or (value != value and expected != expected)
    return value == expected and type(value) is type(expected)


@pytest.fixture
def page(reader, address):
    with reader() as visit:
        visit.page.goto(f"{address}/checks/")
        yield visit.page


@pytest.mark.parametrize("core", CORES)
def test_a_core_computes_what_the_package_computes(page, address, core):
    cases = CORES[core]()
    assert len(cases) >= 20
    assert differences(page, f"{address}/widgets/{core}.core.mjs", cases) == []


@pytest.mark.parametrize(("core", "old", "new"), [(core, *pair) for core, pairs in MUTATIONS.items() for pair in pairs])
def test_a_mutation_of_a_core_is_noticed(page, address, core, old, new):
    text = (WIDGETS / f"{core}.core.mjs").read_text("utf8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {core}.core.mjs"
    headers = {"content-type": "text/javascript"}
    page.route("**/mutated.mjs", lambda route: route.fulfill(body=text.replace(old, new), headers=headers))
    assert differences(page, f"{address}/widgets/mutated.mjs", CORES[core]()) != []


def test_every_figure_has_a_core_with_cases_and_mutations():
    figures = {file.name.removesuffix(".core.mjs") for file in WIDGETS.glob("*.core.mjs")}
    assert figures == set(CORES) == set(MUTATIONS)


# The figures themselves


def placed() -> dict[str, str]:
    """Each interactive figure and the page it stands on."""
    found = {}
    for name in BOOK.pages("en"):
        text = (BOOK.docs / "en" / name).read_text("utf8")
        found |= dict.fromkeys(re.findall(r"\{ interactive=([\w-]+)", text), name.stem)
    return found


PLACED = placed()


@dataclass
class Interactive:
    """An interactive figure on an open page."""

    page: Page
    tag: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page.locator(self.tag), name)

    @property
    def says(self) -> str:
        self.page.wait_for_timeout(300)  # it speaks at most four times a second
        return self.page.locator(f"{self.tag} [role=status]").inner_text()

    def set(self, label: str, value: Any) -> None:
        """Set a field or a slider, as typing and dragging do."""
        self.get_by_label(label, exact=True).fill(str(value))


def open_figure(page: Page, url: str, figure: str) -> Interactive:
    page.goto(url)
    return ready(page, figure)


def ready(page: Page, figure: str) -> Interactive:
    page.locator(f"figure.{figure}").scroll_into_view_if_needed()
    page.wait_for_selector(f"dl-{figure}[ready]")
    return Interactive(page, f"dl-{figure}")


def url_of(address: str, figure: str, language: str = "en") -> str:
    return address + path_of(language, PLACED[figure])


def drawn_grid(figure: Interactive, which: int) -> tuple[int, int]:
    rows, columns = figure.locator("[data-grid]").nth(which).get_attribute("data-grid").split(" × ")
    return int(rows), int(columns)


LAYERS = {
    "pooling": lambda k, s, p, d, extra: torch.nn.MaxPool2d(k, s, p, d),
    "convolution": lambda k, s, p, d, extra: torch.nn.Conv2d(1, 1, k, s, p, d),
    "transposed": lambda k, s, p, d, extra: torch.nn.ConvTranspose2d(1, 1, k, s, p, extra, dilation=d),
}


@pytest.mark.parametrize("mode", LAYERS)
def test_conv_size_draws_the_size_that_torch_gives(reader, address, mode):
    settings = [(rows, columns) for rows, columns in zip(axes(3, 40), axes(4, 40), strict=True)]
    with reader() as visit:
        figure = open_figure(visit.page, url_of(address, "conv-size"), "conv-size")
        figure.get_by_label("Layer").select_option(mode)
        drawn = 0
        for pair in settings:
            for axis in pair:
                axis["p"] = min(axis["p"], axis["k"] // 2) if mode == "pooling" else axis["p"]
            for axis, along in zip(pair, ("rows", "columns"), strict=True):
                for name, label in zip("nkspd", ("size", "kernel", "stride", "padding", "dilation"), strict=True):
                    figure.set(f"{along}: {label} {name}", axis[name])
                if mode == "transposed":
                    figure.set(f"{along}: output_padding", axis["extra"])
            k, s, p, d, extra = (tuple(axis[name] for axis in pair) for name in ("k", "s", "p", "d", "extra"))
            try:
                layer = LAYERS[mode](k, s, p, d, extra)
                expected = tuple(layer(torch.empty(1, 1, *(axis["n"] for axis in pair))).shape[2:])
            except (RuntimeError, ValueError):
                assert figure.locator(".widget-fault").count() == 1, pair
                continue
            assert drawn_grid(figure, 1) == expected, pair
            assert [
                int(size) for size in figure.locator("[data-size]").evaluate_all("all => all.map(e => e.dataset.size)")
            ] == list(expected)
            drawn += 1
        assert drawn > 10


def test_conv_size_says_what_a_cell_reads_and_what_none_reads(reader, address):
    with reader() as visit:
        figure = open_figure(visit.page, url_of(address, "conv-size"), "conv-size")
        assert figure.says.startswith("Output 6 × 3. Cell (0, 0) reads rows 0–1 and columns 0–2 of the image.")
        assert figure.says.endswith("Never read: 0 of 6 rows and 1 of 8 columns.")
        figure.set("row", 5)
        figure.set("column", 2)
        assert "Cell (5, 2) reads rows 4–5 and columns 4–6" in figure.says
        assert figure.locator(".cell.unread").count() == 6
        figure.set("columns: kernel k", 7)
        figure.set("columns: size n", 6)
        assert "wider than the padded axis (columns)" in figure.says
        visit.page.goto(url_of(address, "conv-size", "zh"))
        assert ready(visit.page, "conv-size").says.startswith("输出 6 × 3。格子 (0, 0) 读图像的第 0–1 行")


def test_conv_hand_shows_the_numbers_worked_on_the_page_and_those_of_torch(reader, address):
    with reader() as visit:
        figure = open_figure(visit.page, url_of(address, "conv-hand"), "conv-hand")
        sums = []
        for _ in range(4):
            sums.append(float(figure.locator("[data-sum]").get_attribute("data-sum")))
            if figure.get_by_role("button", name="Next").is_enabled():
                figure.get_by_role("button", name="Next").click()
        assert sums == [2, 6, 0, 1]
        figure.get_by_label("Image", exact=True).select_option("ramp")
        figure.get_by_label("weight in row 0, column 0").fill("-2.5")
        figure.get_by_label("turn the kernel").check()
        figure.set("stride", 2)
        figure.set("padding", 1)
        figure.set("place", 15)
        kernel = torch.tensor([[-2.5, 0, -1], [2, 1, 0], [0, 0, -1]], dtype=torch.float64).flip(0, 1)
        image = torch.arange(7, dtype=torch.float64).expand(7, 7)
        expected = torch.nn.functional.conv2d(image[None, None], kernel[None, None], stride=2, padding=1).flatten()
        drawn = figure.locator("[data-value]").evaluate_all("all => all.map(e => Number(e.dataset.value))")
        assert drawn == expected.tolist()
        assert figure.says.endswith(f"= {expected[15]:g}.".replace("-", "−"))


def test_conv_hand_takes_an_image_that_is_typed(reader, address):
    with reader() as visit:
        figure = open_figure(visit.page, url_of(address, "conv-hand"), "conv-hand")
        figure.get_by_text("Type an image").click()
        area = figure.locator("textarea")
        area.fill("1 2 3, 4 5 6, 7 8")
        assert area.get_attribute("aria-invalid") == "true"
        area.fill("1 2 3\n4 5 6\n7 8 −9")
        assert area.get_attribute("aria-invalid") == "false"
        assert float(figure.locator("[data-sum]").get_attribute("data-sum")) == 1 - 3 + 8 + 5 + 9


def test_positions_draws_the_rows_and_their_product(reader, address):
    with reader() as visit:
        figure = open_figure(visit.page, url_of(address, "positions"), "positions")
        for length, width, p, q in ((40, 48, 3, 10), (90, 7, 80, 2), (128, 64, 127, 0)):
            for label, value in (("positions", length), ("columns d", width), ("row p", p), ("row q", q)):
                figure.set(label, value)
            code = positional_encoding(length, width, dtype=torch.float64)
            strips = figure.locator("rect[data-value]").evaluate_all("all => all.map(e => Number(e.dataset.value))")
            expected = torch.cat([code[p], code[q], code[p] * code[q]]).tolist()
            assert same(strips, expected)
            dot = float(figure.locator("circle[data-y]").get_attribute("data-y"))
            assert same(dot, (code[p] @ code[q]).item())
            assert f"Rows {p} and {q}: product" in figure.says


# What all of them promise


@pytest.mark.parametrize("figure", PLACED)
def test_the_address_holds_the_state_and_reset_clears_it(reader, address, figure):
    with reader() as visit:
        shown = open_figure(visit.page, url_of(address, figure), figure)
        first = shown.says
        slider = shown.locator("input[type=range]").last
        slider.focus()
        visit.page.keyboard.press("ArrowRight")
        changed = shown.says
        assert changed != first
        visit.page.wait_for_function(f"location.search.includes('dl-{figure}=')")
        visit.page.reload()
        assert ready(visit.page, figure).says == changed
        shown.get_by_role("button", name="Reset").click()
        assert shown.says == first
        visit.page.wait_for_function("!location.search")


@pytest.mark.parametrize("figure", PLACED)
def test_nonsense_in_the_address_is_ignored(reader, address, figure):
    with reader() as visit:
        first = open_figure(visit.page, url_of(address, figure), figure).says
        nonsense = "~".join(
            f"{key}*{value}"
            for key in ["nh", "kw", "mode", "place", "image", "kernel", "p", "length", "base"]
            for value in ("1e99", "x")
        )
        shown = open_figure(visit.page, f"{url_of(address, figure)}?dl-{figure}={nonsense}", figure)
        assert shown.locator(".widget-drawing svg").count() >= 1
        assert shown.says
        shown.get_by_role("button", name="Reset").click()
        assert shown.says == first


@pytest.mark.parametrize("figure", PLACED)
def test_all_controls_are_reached_and_moved_by_keys_alone(reader, address, figure):
    with reader() as visit:
        shown = open_figure(visit.page, url_of(address, figure), figure)
        controls = shown.locator("input:visible, select:visible, button:enabled:visible, summary")
        controls.first.focus()
        reached = []
        for _ in range(60):
            inside = visit.page.evaluate("tag => Boolean(document.activeElement.closest(tag))", f"dl-{figure}")
            if not inside:
                break
            reached.append(visit.page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
            visit.page.keyboard.press("Tab")
        assert len(reached) >= controls.count()
        shown.locator("summary").last.focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector(f"dl-{figure} .widget-numbers td")


@pytest.mark.parametrize("figure", PLACED)
def test_controls_have_names_and_are_large_enough(reader, address, figure):
    with reader(size=PHONE) as visit:
        shown = open_figure(visit.page, url_of(address, figure), figure)
        for control in shown.locator("input:visible, select:visible, button:visible").all():
            name = control.evaluate("e => e.labels?.[0]?.textContent || e.getAttribute('aria-label') || e.textContent")
            assert name.strip(), control.evaluate("e => e.outerHTML")
            box = control.bounding_box()
            where = control.evaluate("e => (e.closest('label') ?? e).getBoundingClientRect().height")
            assert max(box["height"], where) >= 24, name
        assert shown.locator("[role=status]").count() == 1


@pytest.mark.parametrize("figure", PLACED)
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_and_follows_the_palette(reader, address, figure, dark):
    with reader(size=NARROW, dark=dark) as visit:
        shown = open_figure(visit.page, url_of(address, figure, "zh"), figure)
        assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW[0]
        ink = shown.locator("text").first.evaluate("e => getComputedStyle(e).fill")
        assert (sum(map(int, re.findall(r"\d+", ink)[:3])) > 380) == dark, ink


@pytest.mark.parametrize("figure", PLACED)
def test_paper_and_pages_without_scripts_show_the_first_state(browser, reader, address, figure):
    with reader() as visit:
        open_figure(visit.page, url_of(address, figure), figure)
        visit.page.emulate_media(media="print")
        assert visit.page.locator(f"figure.{figure} img").is_visible()
        assert not visit.page.locator(f"dl-{figure} .widget-controls").first.is_visible()
    with reader(java_script_enabled=False) as visit:
        visit.page.goto(url_of(address, figure))
        assert visit.page.locator(f"figure.{figure} img").is_visible()
        assert visit.page.locator(f"figure.{figure} :is(input, button, select)").count() == 0


@pytest.mark.parametrize("figure", PLACED)
def test_it_answers_at_once_on_a_slow_machine(reader, address, figure):
    with reader(size=PHONE) as visit:
        shown = open_figure(visit.page, url_of(address, figure), figure)
        visit.context.new_cdp_session(visit.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        for _ in range(5):
            before = slowness(visit.page)
            times = shown.locator("input[type=range]").last.evaluate(ANSWER)
            typical = sorted(times)[len(times) // 2] / max(before, slowness(visit.page))
            if typical <= 100:
                return
        pytest.fail(f"it takes {typical:.0f} ms: {times}")


ANSWER = """async slider => {
  const times = [];
  for (let step = 0; step < 9; step++) {
    slider.value = Number(slider.min) + (step % 2);
    const start = performance.now();
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times;
}"""


def test_twenty_instant_navigations_leave_one_figure_and_no_error(reader, address):
    with reader() as visit:
        page = visit.page
        figure = open_figure(page, url_of(address, "positions"), "positions")
        first = figure.says
        page.evaluate("window.same = true")
        for _ in range(20):
            page.locator('.md-nav--primary a[href$="/lrn/"]').first.dispatch_event("click")
            page.wait_for_function("document.querySelector('link[rel=canonical]').href.endsWith('/lrn/')")
            page.go_back()
            page.wait_for_function(
                "document.querySelector('link[rel=canonical]').href.endsWith('/positional_encoding/')"
            )
        assert page.evaluate("window.same"), "a page was loaded anew"
        assert ready(page, "positions").says == first
        assert page.locator("dl-positions .widget-drawing").count() == 1


def words() -> dict[str, Any]:
    return json.loads((WIDGETS / "words.json").read_text("utf8"))


def keys(tree: Any) -> Any:
    return {key: keys(value) for key, value in tree.items()} if isinstance(tree, dict) else None


def holes(tree: Any) -> Any:
    """The places that numbers fill in each text."""
    if isinstance(tree, dict):
        return {key: holes(value) for key, value in tree.items()}
    return sorted(re.findall(r"\{\w+\}", tree))


def test_both_languages_have_the_same_words_with_the_same_numbers_in_them():
    found = words()
    assert keys(found["en"]) == keys(found["zh"])
    assert holes(found["en"]) == holes(found["zh"])


def test_every_figure_of_the_folder_stands_on_a_page_of_both_languages():
    written = {tag.removeprefix("dl-") for tag in words()["en"] if tag != "all"}
    loader = set(re.findall(r'"dl-([\w-]+)":', (WIDGETS / "loader.mjs").read_text("utf8")))
    assert written == loader == set(PLACED)
