"""The live figure on batch size: it draws what torch computes, is moved by the pointer, walks, and ticks its tasks."""

import json
from urllib.parse import unquote

import pytest
import torch
from browsing import path_of
from widget_cases import drawn_batches, half_square, led, line_at, line_of_batches

from dlbook.batch_size import example_gradients

pytestmark = pytest.mark.looks_at("docs/theme/widgets/*", "docs/theme/*.*", "docs/*/batch_size.md", "mkdocs*.yml")
TICKED = "all => all.filter(e => e.dataset.done == 'yes').map(e => e.dataset.task)"


@pytest.fixture
def figure(reader, address):
    with reader() as visit:
        visit.page.goto(address + path_of("en", "batch_size"))
        visit.page.locator("figure.batch").scroll_into_view_if_needed()
        visit.page.wait_for_selector("dl-batch[ready]")
        yield visit.page.locator("dl-batch")


def set_to(figure, **values):
    for label, value in values.items():
        figure.locator(f'input[type=range][aria-label="{label}"]').evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }",
            str(value),
        )


def test_the_dots_are_the_gradients_of_the_batches_and_the_circle_their_spread(figure):
    set_to(figure, **{"B, the batch size": 6})
    x, y = line_of_batches()
    each = example_gradients(line_at([-1, 1.4]), x, y, loss=half_square)
    expected = torch.stack([each[own].mean(0) for own in drawn_batches(6, 100, 1)])
    drawn = figure.locator("[data-g]").evaluate_all("all => all.map(e => JSON.parse(e.dataset.g))")
    assert torch.allclose(torch.tensor(drawn, dtype=torch.float64), expected, rtol=1e-12)
    said = float(figure.locator("[data-spread]").get_attribute("data-spread"))
    assert abs(said**2 - (each - each.mean(0)).square().sum(1).mean().item() / 6 * 18 / 23) < 1e-12


def test_the_walk_ends_where_torchs_ends(figure):
    set_to(figure, **{"η, the learning rate": 50, "steps": 60})
    last = json.loads(figure.locator("[data-last]").get_attribute("data-last"))
    assert torch.allclose(torch.tensor(last), torch.tensor(led([-1.0, 1.4], 4, 0.1, 1, 60)[-1]), atol=1e-9)
    figure.page.wait_for_timeout(300)
    assert figure.locator("[role=status]").inner_text().startswith("After 60 steps of rate 0.1 with batches of 4")


def test_a_click_on_the_map_moves_the_start_and_the_address_keeps_it(figure):
    figure.locator(".batch-map").scroll_into_view_if_needed()
    box = figure.locator(".batch-map").bounding_box()
    figure.page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.25 * box["height"])
    figure.page.wait_for_timeout(400)
    assert "w*2~b*1.5" in unquote(figure.page.url)


def test_walking_plays_to_the_end_and_stops_when_asked(figure):
    figure.page.emulate_media(reduced_motion="no-preference")
    figure.get_by_role("button", name="Walk").click()
    figure.page.wait_for_timeout(500)
    figure.get_by_role("button", name="Stop").click()
    at = int(figure.locator('input[aria-label="steps"]').input_value())
    assert 0 < at < 200
    figure.page.wait_for_timeout(300)
    assert int(figure.locator('input[aria-label="steps"]').input_value()) == at


def test_each_task_is_ticked_when_it_is_done(figure):
    done = lambda: figure.locator("[data-task]").evaluate_all(TICKED)  # noqa: E731
    assert done() == []
    set_to(figure, **{"B, the batch size": 10})
    assert done() == ["quarter"]
    set_to(figure, **{"start: w": 1.0, "start: b": 0.2, "B, the batch size": 2})
    assert done() == ["quarter", "lost"]
    set_to(
        figure, **{"start: w": -1, "start: b": 1.4, "B, the batch size": 1, "η, the learning rate": 35, "steps": 200}
    )
    assert done() == ["quarter", "lost", "arrived"]
