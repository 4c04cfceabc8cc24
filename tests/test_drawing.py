"""Pictures of networks show the networks: as many lines as weights, their signs, their numbers."""

import matplotlib
import pytest
import torch
from matplotlib import pyplot as plt
from torch import nn

from dlbook.drawing import network, unit, volumes
from dlbook.fully_connected import MLP


@pytest.fixture
def ax():
    with matplotlib.rc_context({"backend": "agg"}):
        figure, axes = plt.subplots()
        yield axes
        plt.close(figure)


def words(ax):
    return [text.get_text() for text in ax.texts]


def circles(ax):
    return sum(len(collection.get_offsets()) for collection in ax.collections)


def test_every_weight_is_a_line_and_every_unit_a_circle(ax):
    network(ax, MLP([4, 5, 3]), names=["in", "hidden", "out"])
    assert len(ax.lines) == 4 * 5 + 5 * 3
    assert circles(ax) == 4 + 5 + 3
    assert words(ax) == ["in\n4", "hidden\n5", "out\n3"]


def test_the_colour_is_the_sign_and_the_width_the_size(ax):
    net = nn.Linear(2, 1)
    net.weight.data = torch.tensor([[2.0, -1]])
    network(ax, net)
    (positive, negative), half = ax.lines, 0.3 + 2.7 / 2
    assert (positive.get_color(), negative.get_color()) == ("C0", "C1")
    assert positive.get_linewidth() == pytest.approx(3)
    assert negative.get_linewidth() == pytest.approx(half)
    assert list(positive.get_ydata()) == [0.5, 0]  # the first input stands on top


def test_a_line_leads_from_its_input_to_its_unit(ax):
    net = nn.Linear(3, 2)
    net.weight.data = torch.tensor([[6.0, 5, 4], [-3, -2, -1]])
    network(ax, net)
    first, *_, last = ax.lines
    assert list(first.get_ydata()) == [1, 0.5]  # from the first input to the first unit
    assert list(last.get_ydata()) == [-1, -0.5]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == pytest.approx([0.3 + 2.7 * size / 6 for size in (6, 5, 4, 3, 2, 1)])
    assert [line.get_color() for line in ax.lines] == ["C0"] * 3 + ["C1"] * 3


def test_numbers_are_those_of_the_network(ax):
    net = nn.Linear(2, 1)
    net.weight.data, net.bias.data = torch.tensor([[2.0, -1.257]]), torch.tensor([-0.001])
    x = torch.tensor([3.0, 1])
    network(ax, net, values=[x, net(x)], numbers=True)
    assert words(ax) == ["2", "−1.26", "3", "1", "4.74", "b = 0", "2", "1"]


def test_of_many_units_the_ends_are_drawn(ax):
    net = MLP([64, 32, 4])
    values = [torch.arange(64.0), torch.arange(32.0), torch.arange(4.0)]
    network(ax, net, values=values, most=6)
    assert circles(ax) == 6 + 6 + 4
    assert len(ax.lines) == 6 * 6 + 6 * 4
    shown = words(ax)
    assert shown[:6] == ["0", "1", "2", "63", "62", "61"]
    assert shown.count("⋮") == 2
    assert shown[-3:] == ["64", "32", "4"]


def test_a_unit_shows_its_sum(ax):
    x, w, b = torch.tensor([5.0, 2]), torch.tensor([0.5, -2]), torch.tensor(0.25)
    unit(ax, x, w, b, torch.relu, names=["length", "width"])
    assert words(ax) == ["0.5", "−2", "5", "2", "−1.25", "0", "relu", "b = 0.25", "Σ w x + b", "a", "length", "width"]


def test_volumes_show_every_map_at_its_size(ax):
    g = torch.Generator().manual_seed(0)
    maps, numbers = torch.rand(3, 4, 6, generator=g), torch.arange(10.0)
    volumes(ax, [maps, numbers], ["maps", "row"])
    assert words(ax) == ["maps\n3×4×6", "row\n10"]
    shown = [image.get_array() for image in ax.images]
    assert len(shown) == 3 + 1
    for image, pixels in zip(reversed(ax.images[:3]), maps, strict=True):  # the first is drawn last, in front
        assert image.get_array().tolist() == pytest.approx(pixels.numpy())
        left, right, bottom, top = image.get_extent()
        assert (right - left, top - bottom) == pytest.approx((6, 4))
    assert shown[3].shape == (10, 1)
    assert len(ax.lines) == 4  # a frame for each
    assert max(image.get_extent()[1] for image in ax.images[:3]) < ax.images[3].get_extent()[0]


def test_volumes_without_names(ax):
    volumes(ax, [torch.ones(1, 2, 2)])
    assert words(ax) == ["1×2×2"]
