"""The whole CNN: ours against torch, the table against counts of other makes, and the formulas of the page."""

import itertools
import math

import pytest
import torch
from agreement import assert_same_function
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn import functional
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.cnn
import dlbook.cnn.table
import dlbook.training.fitting
from dlbook.activations import relu
from dlbook.cnn import CNN, feature_shape, hidden_width, layer_table
from dlbook.convolution import Conv2d, cost
from dlbook.data import digits
from dlbook.fully_connected import MLP, Linear, count_parameters
from dlbook.pooling import AvgPool2d, MaxPool2d
from dlbook.training import fit, wrong

TORCH = {"conv": nn.Conv2d, "pool": nn.MaxPool2d, "linear": nn.Linear}


class Nothing(nn.Module):
    """An activation that is none."""

    def forward(self, x):
        return x


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def randn(g, *shape):
    return torch.randn(*shape, generator=g, dtype=torch.float64)


GEOMETRY = {
    "shape": st.tuples(st.integers(1, 3), st.integers(10, 13), st.integers(10, 13)),
    "channels": st.lists(st.integers(1, 4), min_size=1, max_size=2),
    "units": st.lists(st.integers(1, 5), min_size=1, max_size=3),
    "kernel": st.sampled_from([1, 2, 3]),
    "padding": st.integers(0, 1),
    "window": st.integers(1, 2),
    "seed": st.integers(0, 99),
}


# The network


@given(**GEOMETRY)
@settings(max_examples=40)
def test_ours_and_torchs_layers_fill_the_same_class(shape, channels, units, kernel, padding, window, seed):
    how = {"kernel": kernel, "padding": padding, "window": window}
    ours = CNN(shape, channels, units, generator=generator(seed), **how).double()
    theirs = CNN(shape, channels, units, **how, **TORCH).double()
    theirs.load_state_dict(ours.state_dict())
    y = assert_same_function(ours, theirs, randn(generator(seed), 3, *shape))
    assert y.shape == (3, units[-1])


def test_it_is_the_chain_of_functions_that_the_page_shows():
    net = CNN((2, 9, 8), [3, 4], [6, 5], generator=generator()).double()
    x = randn(generator(1), 2, 2, 9, 8)
    conv1, conv2, dense1, dense2 = zip(*[iter(net.parameters())] * 2, strict=True)
    for weight, bias in (conv1, conv2):
        maps = functional.relu(functional.conv2d(x if weight is conv1[0] else maps, weight, bias, padding=1))
        maps = functional.max_pool2d(maps, 2)
    hidden = functional.relu(functional.linear(maps.flatten(1), *dense1))
    assert_close(net(x), functional.linear(hidden, *dense2))
    assert_close(net.features(x), maps)


def test_a_generator_draws_the_same_weights_for_any_layers():
    nets = [CNN((1, 8, 8), [3, 4], [5, 2], generator=generator(7), **how) for how in ({}, TORCH)]
    for a, b in zip(*(net.parameters() for net in nets), strict=True):
        assert torch.equal(a, b)
    assert nets[0].features[0].weight.abs().max() <= 1 / 3
    assert nets[0].features[3].weight.abs().max() <= 27**-0.5
    assert nets[0].features[3].weight.abs().max() > 0.9 * 27**-0.5
    other = CNN((1, 8, 8), [3, 4], [5, 2], generator=generator(8))
    assert not torch.equal(other.features[0].weight, nets[0].features[0].weight)


def test_each_place_gets_an_activation_of_its_own():
    net = CNN((1, 8, 8), [2, 2], [3, 2], activation=nn.PReLU)
    assert sum(isinstance(layer, nn.PReLU) for layer in net.modules()) == 3
    assert count_parameters(net) == count_parameters(CNN((1, 8, 8), [2, 2], [3, 2])) + 3


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16, torch.float16])
def test_it_keeps_the_type_and_the_inputs(dtype):
    net = CNN((1, 8, 8), [2], [3], generator=generator()).to(dtype)
    x = randn(generator(1), 4, 8, 8, 1).permute(0, 3, 1, 2).to(dtype)  # not contiguous
    before = x.clone()
    assert net(x).dtype == dtype
    assert_close(net(x), net(x.contiguous()))
    assert torch.equal(x, before)


# Sizes


@pytest.mark.equation("cnn_flat")
@given(**GEOMETRY)
@settings(max_examples=40)
def test_the_classifier_reads_what_the_features_give(shape, channels, units, kernel, padding, window, seed):
    how = {"kernel": kernel, "padding": padding, "window": window}
    net = CNN(shape, channels, units, **how, **TORCH)
    maps = net.features(torch.zeros(1, *shape))
    c, h, w = feature_shape(shape, channels, **how)
    assert maps.shape[1:] == (c, h, w)
    sides = shape[1:]
    for _ in channels:  # block by block, as printed
        sides = [(side + 2 * padding - kernel + 1) // window for side in sides]
    assert sides == [h, w]
    assert next(net.classifier.parameters()).shape[1] == c * h * w == maps.flatten(1).shape[1]


@pytest.mark.equation("cnn_halving")
@given(st.integers(1, 6), st.integers(0, 400), st.integers(2, 3))
def test_pooling_divides_the_side_and_rounds_down_once(blocks, more, window):
    size = window**blocks + more
    assert feature_shape((1, size, size), [1] * blocks, window=window)[1] == math.floor(size / window**blocks)


def test_sizes_of_the_page_and_of_lenet():
    assert feature_shape((1, 8, 8), [8, 16]) == (16, 2, 2)
    assert feature_shape((1, 28, 28), [6, 16], kernel=5, padding=0) == (16, 4, 4)
    lenet = CNN((1, 32, 32), [6, 16], [120, 84, 10], kernel=5, padding=0)
    assert count_parameters(lenet) == 61_706
    assert sum(row.multiply_adds for row in layer_table(lenet, torch.zeros(1, 1, 32, 32))) == 416_520


# The table


@pytest.mark.equation("cnn_parameters")
@given(**GEOMETRY)
@settings(max_examples=30)
def test_parameters_by_the_formula(shape, channels, units, kernel, padding, window, seed):
    net = CNN(shape, channels, units, kernel=kernel, padding=padding, window=window)
    c, h, w = feature_shape(shape, channels, kernel=kernel, padding=padding, window=window)
    expected = sum(b * (a * kernel**2 + 1) for a, b in itertools.pairwise([shape[0], *channels]))
    expected += sum(b * (a + 1) for a, b in itertools.pairwise([c * h * w, *units]))
    assert count_parameters(net) == expected
    assert sum(row.parameters for row in layer_table(net, torch.zeros(1, *shape))) == expected


@pytest.mark.equation("cnn_work")
@pytest.mark.parametrize("how", [{}, TORCH], ids=["ours", "torch"])
@given(**GEOMETRY)
@settings(max_examples=20)
def test_multiply_adds_as_torch_counts_them(how, shape, channels, units, kernel, padding, window, seed):
    sizes = {"kernel": kernel, "padding": padding, "window": window}
    x = torch.zeros(2, *shape)
    net = CNN(shape, channels, units, **sizes, **TORCH)
    with FlopCounterMode(display=False) as counter:
        net(x)
    table = layer_table(CNN(shape, channels, units, **sizes, **how), x)
    assert counter.get_total_flops() == 2 * len(x) * sum(row.multiply_adds for row in table)


CONVOLUTIONS = [{}, {"stride": 2}, {"dilation": 2}, {"groups": 2}, {"padding": (2, 1), "stride": (3, 1)}]


@pytest.mark.equation("cnn_work")
@pytest.mark.parametrize("how", CONVOLUTIONS, ids=str)
@pytest.mark.parametrize("conv", [Conv2d, nn.Conv2d], ids=["ours", "torch"])
def test_a_row_agrees_with_the_cost_of_the_convolution_chapter(conv, how):
    (row,) = layer_table(conv(4, 6, (3, 2), **how), torch.zeros(5, 4, 11, 9))
    assert (row.parameters, row.multiply_adds) == cost((11, 9), 4, 6, (3, 2), **how)
    assert row.gives == tuple(conv(4, 6, (3, 2), **how)(torch.zeros(1, 4, 11, 9)).shape[1:])


@pytest.mark.parametrize("how", [{}, TORCH], ids=["ours", "torch"])
def test_the_table_of_the_page(how):
    table = layer_table(CNN((1, 8, 8), [8, 16], [10], **how), torch.zeros(3, 1, 8, 8))
    assert [row.kind for row in table] == ["Conv2d", "ReLU", "MaxPool2d"] * 2 + ["Flatten", "Linear"]
    assert [row.gives for row in table] == [
        *[(8, 8, 8)] * 2, (8, 4, 4), *[(16, 4, 4)] * 2, (16, 2, 2), (64,), (10,),
    ]  # fmt: skip
    assert [row.parameters for row in table] == [80, 0, 0, 1168, 0, 0, 0, 650]
    assert [row.multiply_adds for row in table] == [4608, 0, 0, 18432, 0, 0, 0, 640]
    assert [row.field for row in table] == [(3, 3), (3, 3), (4, 4), (8, 8), (8, 8), (10, 10), (10, 10), None]
    assert [row.name for row in table][:2] == ["features.0", "features.1"]
    assert table[-1].name == "classifier.1.layers.0"


CHAINS = [
    [nn.Conv2d(1, 1, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(1, 1, (2, 3))],
    [Conv2d(1, 1, 3), nn.Sigmoid(), AvgPool2d(2), Conv2d(1, 1, (2, 3))],
    [nn.Conv2d(1, 1, 3, stride=(2, 1), dilation=(1, 2)), nn.AvgPool2d(3, stride=1), nn.Conv2d(1, 1, 2)],
    [Conv2d(1, 1, 3, stride=(2, 1), dilation=(1, 2)), AvgPool2d(3, stride=1), Conv2d(1, 1, 2)],
    [nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1).eval(), nn.Dropout(0.5).eval(), nn.Conv2d(1, 1, (1, 5))],
]


@pytest.mark.parametrize("layers", CHAINS, ids=range(len(CHAINS)))
def test_the_field_is_what_autograd_says(layers):
    model = nn.Sequential(*layers).double()
    for parameter in model.parameters():
        parameter.data.fill_(0.1)
    x = (1 + torch.rand(1, 1, 25, 25, generator=generator(), dtype=torch.float64)).requires_grad_()
    for number, row in enumerate(layer_table(model, x), 1):
        y = model[:number](x)
        middle = y[0, 0, y.shape[2] // 2, y.shape[3] // 2]
        (grad,) = torch.autograd.grad(middle, x)
        if any(isinstance(layer, (MaxPool2d, nn.MaxPool2d)) for layer in layers):
            grad = sum(
                torch.autograd.grad(model[:number](z := randn(generator(s), 1, 1, 25, 25).requires_grad_())[
                    0, 0, y.shape[2] // 2, y.shape[3] // 2], z)[0].abs() for s in range(60)
            )  # fmt: skip
        rows, columns = torch.nonzero(grad[0, 0], as_tuple=True)
        met = (int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1)
        assert row.field == met


def test_where_the_field_has_no_limit():
    table = layer_table(
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 3), nn.ReLU()),
        torch.zeros(1, 1, 9, 9),
    )
    assert [row.field for row in table] == [(3, 3), None, None, None, None]


def test_a_function_between_layers_makes_the_field_unknown():
    class Hidden(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Conv2d(1, 1, 3), nn.Conv2d(1, 1, 3)

        def forward(self, x):
            return self.second(functional.max_pool2d(self.first(x), 2))

    table = layer_table(Hidden(), torch.zeros(1, 1, 12, 12))
    assert [row.field for row in table] == [(3, 3), None]


def test_a_layer_that_runs_twice_has_two_rows_and_the_batch_does_not_count():
    layer = nn.Linear(4, 4)
    table = layer_table(nn.Sequential(layer, layer), torch.zeros(7, 4))
    assert [(row.gives, row.parameters, row.multiply_adds) for row in table] == [((4,), 20, 16)] * 2
    (row,) = layer_table(nn.Linear(4, 3), torch.zeros(7, 5, 4))  # five places
    assert row.multiply_adds == 60


def test_the_table_leaves_model_and_images_alone():
    net = CNN((1, 8, 8), [2], [3], generator=generator())
    x = randn(generator(), 2, 1, 8, 8).float()
    before = [x.clone(), *(p.clone() for p in net.parameters())]
    layer_table(net, x)
    assert all(map(torch.equal, before, [x, *net.parameters()]))
    assert not any(layer._forward_hooks for layer in net.modules())


# The laws of the page


@pytest.mark.equation("cnn_whole")
def test_features_then_one_matrix():
    net = CNN((1, 8, 8), [3, 4], [5], generator=generator()).double()
    x = randn(generator(1), 6, 1, 8, 8)
    weight, bias = list(net.parameters())[-2:]
    for image, scores in zip(x, net(x), strict=True):
        maps = net.features(image[None])[0]
        by_place = sum(
            weight[:, (c * 4 + i * 2 + j)] * maps[c, i, j]
            for c, i, j in itertools.product(range(4), range(2), range(2))
        )
        assert_close(scores, by_place + bias)


@pytest.mark.equation("cnn_collapse")
def test_without_activation_and_with_average_pooling_it_is_one_matrix():
    net = CNN((1, 8, 8), [3, 4], [6, 5], activation=Nothing, pool=AvgPool2d, generator=generator()).double()
    rest = net(torch.zeros(1, 1, 8, 8).double())
    matrix = net(torch.eye(64, dtype=torch.float64).reshape(64, 1, 8, 8)) - rest  # column by column
    x = randn(generator(1), 9, 1, 8, 8)
    assert_close(net(x), x.flatten(1) @ matrix + rest)
    assert matrix.shape == (64, 5)
    for how in ({"activation": nn.ReLU, "pool": AvgPool2d}, {"activation": Nothing, "pool": MaxPool2d}):
        other = CNN((1, 8, 8), [3, 4], [5], generator=generator(), **how).double()
        rest = other(torch.zeros(1, 1, 8, 8).double())
        matrix = other(torch.eye(64, dtype=torch.float64).reshape(64, 1, 8, 8)) - rest
        assert not torch.allclose(other(x), x.flatten(1) @ matrix + rest, atol=1e-3)


@pytest.mark.equation("cnn_shuffle")
@given(st.integers(0, 99))
@settings(max_examples=20)
def test_a_dense_layer_does_not_see_a_shuffle(seed):
    g = generator(seed)
    order, x = torch.randperm(12, generator=g), randn(g, 5, 12)
    weight, bias = randn(g, 4, 12), randn(g, 4)
    moved = torch.empty_like(weight)
    for place, source in enumerate(order.tolist()):
        moved[:, place] = weight[:, source]
    assert_close(functional.linear(x[:, order], moved, bias), functional.linear(x, weight, bias))


def test_a_dense_net_trained_on_shuffled_pixels_is_the_same_net():
    images, labels = digits()
    x, order = images.flatten(1).double()[:300], torch.randperm(64, generator=generator(5))
    nets = [MLP([64, 8, 10], generator=generator(1)).double() for _ in range(2)]
    nets[1].layers[0].weight.data = nets[0].layers[0].weight.data[:, order]
    losses = [
        fit(net, data, labels[:300], steps=30, generator=generator(2))
        for net, data in zip(nets, (x, x[:, order]), strict=True)
    ]
    assert losses[0] == pytest.approx(losses[1])


@pytest.mark.equation("cnn_channel_order")
def test_channels_can_change_places():
    net = CNN((1, 8, 8), [5, 4], [3], generator=generator()).double()
    x = randn(generator(1), 2, 1, 8, 8)
    order, before = torch.randperm(5, generator=generator(2)), net(x)
    first, second = net.features[0], net.features[3]
    first.weight.data, first.bias.data = first.weight.data[order], first.bias.data[order]
    assert not torch.allclose(net(x), before)
    second.weight.data = second.weight.data[:, order]
    assert_close(net(x), before)


# Equal parameters


@pytest.mark.equation("cnn_equal_width")
@given(st.integers(200, 9000), st.integers(1, 80), st.integers(1, 12))
def test_no_other_width_comes_nearer(parameters, d_in, d_out):
    width = hidden_width(parameters, d_in, d_out)
    off = [abs(count_parameters(MLP([d_in, h, d_out])) - parameters) for h in (width - 1, width, width + 1) if h]
    assert abs(count_parameters(MLP([d_in, width, d_out])) - parameters) == min(off)


# Training


@pytest.mark.parametrize("how", [{}, TORCH], ids=["ours", "torch"])
def test_it_learns_real_digits(how):
    images, labels = digits()
    x, g = images.double(), generator(0)
    net = CNN((1, 8, 8), [8, 16], [10], generator=g, **how).double()
    losses = fit(net, x[:1000], labels[:1000], steps=120, generator=g)
    assert len(losses) == 120
    assert losses[0] == pytest.approx(math.log(10), abs=0.2)
    assert sum(losses[-10:]) / 10 < 0.3
    missed = wrong(net, x[1000:], labels[1000:])
    assert missed.shape == (797,)
    assert missed.double().mean() < 0.12


def test_fit_is_adam_on_the_drawn_examples():
    g = generator(1)
    x, y = randn(g, 20, 4), torch.randint(3, (20,), generator=g)
    nets = [Linear(4, 3, generator=generator(2)).double() for _ in range(2)]
    losses = fit(nets[0], x, y, steps=5, batch=6, lr=0.1, generator=generator(3))
    step, h = torch.optim.Adam(nets[1].parameters(), lr=0.1), generator(3)
    for loss in losses:
        part = torch.randperm(20, generator=h)[:6]
        step.zero_grad()
        expected = -nets[1](x[part]).log_softmax(1)[torch.arange(6), y[part]].mean()
        expected.backward()
        step.step()
        assert loss == pytest.approx(expected.item())
    for a, b in zip(*(net.parameters() for net in nets), strict=True):
        assert_close(a, b)


def test_wrong_names_the_right_ones():
    scores = torch.tensor([[1.0, 2], [3, 0], [0, 1]])
    assert wrong(nn.Identity(), scores, torch.tensor([1, 1, 1])).tolist() == [False, True, False]


# What is refused


@pytest.mark.parametrize(
    ("arguments", "how", "message"),
    [
        (((8, 8), [4], [2]), {}, r"shape must be \(channels, rows, columns\) of one image, got \(8, 8\)"),
        ((64, [4], [2]), {}, "shape must be .* got 64"),
        (((0, 8, 8), [4], [2]), {}, "each number of shape must be an integer of at least 1, got 0"),
        (((1, 8, 8), [], [2]), {}, "channels must name at least one layer"),
        (((1, 8, 8), [4], []), {}, "units must name at least one layer"),
        (((1, 8, 8), [4, 0], [2]), {}, "each of channels must be an integer of at least 1, got 0"),
        (((1, 8, 8), [4], [2.0]), {}, "each of units must be an integer of at least 1, got 2.0"),
        (((1, 8, 8), [4] * 4, [2]), {}, "kernel 2 with dilation 1 covers 2 pixels, size 1 with padding 0 has 1"),
        (((1, 8, 8), [4], [2]), {"kernel": 11}, "kernel 11 with dilation 1 covers 11 pixels"),
        (((1, 8, 8), [4], [2]), {"padding": -1}, "padding must be an integer of at least 0, got -1"),
        (((1, 8, 8), [4], [2]), {"window": 0}, "must be an integer of at least 1, got 0"),
        (((1, 8, 8), [4], [2]), {"activation": nn.ReLU()}, r"activation must be a class of layers.*got ReLU\(\)"),
        (((1, 8, 8), [4], [2]), {"activation": relu}, "activation must be a class of layers"),
    ],
)
def test_refused_networks(arguments, how, message):
    plain = as_a_reader_imports_it(dlbook.cnn.network)
    with pytest.raises(ValueError, match=message):
        plain.CNN(*arguments, **how)


def test_refused_tables():
    plain = as_a_reader_imports_it(dlbook.cnn.table)
    net = CNN((1, 8, 8), [2], [3])
    with pytest.raises(ValueError, match=r"x must be a batch of at least one image, got \(0, 1, 8, 8\)"):
        plain.layer_table(net, torch.zeros(0, 1, 8, 8))
    with pytest.raises(ValueError, match="x must be a batch of at least one image, got list"):
        plain.layer_table(net, [1, 2])
    with pytest.raises(ValueError, match=r"not that of ConvTranspose2d \(1\)"):
        plain.layer_table(nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(1, 1, 3)), torch.zeros(1, 1, 8, 8))
    with pytest.raises(ValueError, match=r"not that of Conv1d \(the model itself\)"):
        plain.layer_table(nn.Conv1d(1, 1, 3), torch.zeros(1, 1, 8))


def test_refused_numbers():
    plain = as_a_reader_imports_it(dlbook.cnn.network)
    with pytest.raises(ValueError, match="40 parameters are too few for 64 inputs, one hidden unit and 10 outputs"):
        plain.hidden_width(40, 64, 10)
    with pytest.raises(ValueError, match="parameters must be an integer of at least 1, got 0"):
        plain.hidden_width(0, 64, 10)
    training = as_a_reader_imports_it(dlbook.training.fitting)
    net, x, y = nn.Linear(4, 3), torch.zeros(5, 4), torch.zeros(5, dtype=torch.long)
    with pytest.raises(ValueError, match="at least one, got 5 and 4"):
        training.fit(net, x, y[:4])
    with pytest.raises(ValueError, match="at least one, got 0 and 0"):
        training.wrong(net, x[:0], y[:0])
    with pytest.raises(ValueError, match="steps must be an integer of at least 1, got 0"):
        training.fit(net, x, y, steps=0)
