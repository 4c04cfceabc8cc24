"""The reader of handwritten digits: how a drawing is prepared, what is left of the weights in 8 bits, what is sent."""

import gzip
import json
from pathlib import Path

import pytest
import torch
from plain import as_a_reader_imports_it

from dlbook.datasets import DataError, load, pixels
from dlbook.lenet import handwriting, sending
from dlbook.lenet.handwriting import as_mnist, examples, inked
from dlbook.lenet.reader import numbers, quantised, reader, restored
from dlbook.training import evaluate
from dlbook.training.runs import read_config, read_metrics

ROOT = Path(__file__).parents[1]
SENT = ROOT / "docs/theme/widgets/draw.weights.mjs"


def test_ink_is_as_wide_as_the_pen_and_fades_over_one_pixel():
    ink = inked([[(20, 50.5), (90, 50.5)]], pen=3, dtype=torch.float64)
    assert ink[44:58, 60].tolist() == [0, 0, 0, 0.5, 1, 1, 1, 1, 1, 0.5, 0, 0, 0, 0]
    assert ink[50, 15:22].tolist() == [0, 0, *ink[50, 17:19].tolist(), 1, 1, 1]


def test_a_dot_is_round_and_strokes_do_not_add_up():
    dot = inked([[(56, 56)]])
    assert torch.equal(dot, dot.T)
    assert torch.equal(dot, dot.flip(0))
    assert torch.equal(inked([[(56, 56)], [(56, 56), (56, 56)]]), dot)


@pytest.mark.parametrize("pen", [0, -1, float("nan")])
def test_a_pen_without_width_is_refused(pen):
    with pytest.raises(ValueError, match="pen must be a finite number above 0"):
        inked([[(1, 1)]], pen)


def test_the_box_is_scaled_to_twenty_and_its_centre_of_mass_is_in_the_middle():
    ink = torch.zeros(200, 90).double()
    ink[31:191, 7:87] = 1  # 160 high, 80 wide
    seen = as_mnist(ink)
    expected = torch.zeros(28, 28).double()
    expected[4:24, 9:19] = 1
    assert torch.allclose(seen, expected, atol=1e-12)


def test_the_middle_is_that_of_the_mass_but_the_box_stays_in_the_field():
    ink = torch.zeros(60, 60).double()
    ink[10:30, 10:30] = 0.1
    ink[10:20, 10:30] = 1  # heavy above: its centre of mass is in row 5 of the box
    rows, columns = (as_mnist(ink).any(axis).nonzero().flatten() for axis in (1, 0))
    assert (int(rows[0]), int(rows[-1])) == (8, 27), "14 - 5 = 9 would be too far"
    ink[20:30, 10:30] = 0.5  # in row 8
    rows = as_mnist(ink).any(1).nonzero().flatten()
    assert (int(rows[0]), int(rows[-1])) == (14 - 8, 14 - 8 + 19)
    assert (int(columns[0]), int(columns[-1])) == (4, 23)


@pytest.mark.parametrize("down", [0, 5, 33])
@pytest.mark.parametrize("right", [0, 9, 41])
@pytest.mark.parametrize("larger", [1, 2, 3])
def test_place_and_size_of_a_drawing_make_no_difference(down, right, larger):
    g = torch.Generator().manual_seed(3)
    ink = torch.rand(20, 13, generator=g).double()
    sheet = torch.zeros(112, 112).double()
    big = ink.repeat_interleave(larger, 0).repeat_interleave(larger, 1)
    sheet[down : down + 20 * larger, right : right + 13 * larger] = big
    assert torch.allclose(as_mnist(sheet), as_mnist(ink), atol=1e-12)


def test_no_ink_is_lost_and_blank_paper_stays_blank():
    ink = torch.zeros(40, 40)
    ink[3:23, 5:25] = 0.001
    ink[3, 5] = 1
    assert torch.isclose(as_mnist(ink).sum(), ink.sum())
    assert as_mnist(torch.zeros(9, 70)).shape == (28, 28)
    assert as_mnist(torch.zeros(9, 70)).count_nonzero() == 0


@pytest.mark.parametrize(
    ("ink", "fault"),
    [
        (torch.zeros(1, 28, 28), r"ink must have 2 axes \(rows, columns\), got 3"),
        (torch.zeros(28, 28, dtype=torch.uint8), "ink must hold floating-point numbers, got torch.uint8"),
    ],
)
def test_what_is_no_drawing_is_refused(ink, fault):
    with pytest.raises(ValueError, match=fault):
        as_a_reader_imports_it(handwriting).as_mnist(ink)


def test_each_drawn_digit_is_read():
    net = reader()
    assert [one.digit for one in examples()] == [*range(10), *range(10)]
    for one in examples():
        assert int(net(as_mnist(inked(one.strokes))[None, None]).argmax()) == one.digit


def test_weights_are_off_by_half_a_factor_at_most():
    g = torch.Generator().manual_seed(1)
    weights = {"a.weight": torch.randn(6, 3, 5, 5, generator=g), "a.bias": torch.randn(6, generator=g)}
    weights["a.weight"][2] = 0
    kept = quantised(weights)
    assert kept["a.weight"].dtype == torch.int8
    assert kept["a.weight"].flatten(1).abs().amax(1).tolist() == [127, 127, 0, 127, 127, 127]
    back = restored(kept)
    off = (back["a.weight"] - weights["a.weight"]).abs().flatten(1).amax(1)
    assert (off <= kept["a.weight.factor"] * 0.5001).all()
    assert torch.equal(back["a.bias"], weights["a.bias"])
    assert quantised(restored(numbers()))["model.features.c3.weight"].equal(numbers()["model.features.c3.weight"])


def test_the_run_is_beside_the_weights():
    config, epochs = read_config(sending.HERE), read_metrics(sending.HERE)
    assert (config["asked"]["model"], config["asked"]["data"], config["examples"]) == ("lenet", "mnist", 54_000)
    assert len(epochs) == config["asked"]["epochs"]
    assert "/" not in json.dumps(config)
    measured = json.loads((sending.HERE / sending.MEASURED).read_text("utf8"))
    assert measured == {"float32": 0.9914, "8 bits": 0.9915}  # as the page says


def test_the_page_gets_the_weights_of_the_package():
    assert SENT.read_text("utf8") == sending.module()
    assert len(gzip.compress(SENT.read_bytes())) < 66_000  # "65 kB"


def here() -> bool:
    """Whether MNIST can be had without a network."""
    try:
        load("mnist", download=False)
    except DataError:
        return False
    return True


@pytest.mark.skipif(not here(), reason="MNIST is not on this machine")
def test_it_reads_more_than_99_of_100_digits_of_mnist():
    test = load("mnist", download=False).test
    assert evaluate(reader(), test).accuracy == 0.9915


@pytest.mark.skipif(not here(), reason="MNIST is not on this machine")
def test_a_picture_of_mnist_is_prepared_already():
    x = pixels(load("mnist", download=False).test.x[:1000])[:, 0]
    assert all(torch.allclose(as_mnist(picture), picture, atol=1e-6) for picture in x)
