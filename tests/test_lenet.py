"""LeNet, today's and that of 1998: sizes, counts, values against torch, and what is refused."""

import itertools
import math
from functools import partial

import pytest
import torch
from agreement import assert_same_function
from plain import as_a_reader_imports_it
from torch import nn
from torch.func import functional_call, stack_module_state, vmap
from torch.nn import functional
from torch.testing import assert_close

import dlbook.lenet.network
import dlbook.lenet.original
import dlbook.lenet.parts
from dlbook.cnn import CNN, layer_table
from dlbook.convolution import Conv2d
from dlbook.fully_connected import Linear, count_parameters
from dlbook.lenet import (
    RBF,
    LeNet,
    LeNet1998,
    SparseConv2d,
    Squash,
    Subsampling,
    codes,
    connections,
    framed,
    squash,
    table,
)
from dlbook.pooling import AvgPool2d, MaxPool2d

OURS = {"conv": Conv2d, "pool": MaxPool2d, "linear": Linear}


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def images(n=3, side=28, c=1):
    return torch.rand(n, c, side, side, generator=generator(9), dtype=torch.float64)


# Today's net


def test_every_layer_has_the_numbers_that_the_literature_gives():
    rows = {row.name.split(".")[1]: row for row in layer_table(LeNet(), torch.zeros(1, 1, 28, 28))}
    shapes = {"c1": (6, 28, 28), "s2": (6, 14, 14), "c3": (16, 10, 10), "s4": (16, 5, 5), "flatten": (400,)}
    assert {name: rows[name].gives for name in shapes} == shapes
    layers = ("c1", "c3", "c5", "f6", "output")
    assert [rows[name].parameters for name in layers] == [156, 2416, 48120, 10164, 850]
    assert [rows[name].multiply_adds for name in layers] == [117600, 240000, 48000, 10080, 840]
    assert sum(row.parameters for row in rows.values()) == count_parameters(LeNet()) == 61706
    assert sum(row.multiply_adds for row in rows.values()) == 416520
    assert rows["s4"].field == (16, 16)


def test_it_is_the_chain_of_functions_that_the_page_shows():
    net = LeNet(generator=generator()).double()
    x = images()
    c1, c3, c5, f6, output = zip(*[iter(net.parameters())] * 2, strict=True)
    maps = functional.max_pool2d(functional.relu(functional.conv2d(functional.pad(x, [2] * 4), *c1)), 2)
    maps = functional.max_pool2d(functional.relu(functional.conv2d(maps, *c3)), 2)
    hidden = functional.relu(functional.linear(maps.reshape(3, 400), *c5))
    hidden = functional.relu(functional.linear(hidden, *f6))
    assert_close(net(x), functional.linear(hidden, *output))


@pytest.mark.parametrize("pools", [(MaxPool2d, nn.MaxPool2d), (AvgPool2d, nn.AvgPool2d)])
@pytest.mark.parametrize("activation", [nn.ReLU, nn.Sigmoid, nn.Tanh, partial(nn.Softmax, 1)])
def test_ours_and_torchs_layers_fill_the_same_class(pools, activation):
    ours = LeNet(**OURS | {"pool": pools[0]}, activation=activation, generator=generator()).double()
    theirs = LeNet(pool=pools[1], activation=activation).double()
    theirs.load_state_dict(ours.state_dict())
    assert_same_function(ours, theirs, images())


def test_it_is_the_cnn_of_its_chapter_with_other_numbers():
    """A CNN whose second block has no padding either, on images padded beforehand."""
    cnn = CNN((1, 32, 32), [6, 16], [120, 84, 10], kernel=5, padding=0, generator=generator(3)).double()
    net = LeNet().double()
    net.load_state_dict(dict(zip(net.state_dict(), cnn.state_dict().values(), strict=True)))
    x = images()
    assert_close(net(x), cnn(functional.pad(x, [2] * 4)))


def test_padding_of_the_layer_and_zeros_around_the_image_are_the_same():
    padded, bare = LeNet(generator=generator()).double(), LeNet(padding=0).double()
    bare.load_state_dict(padded.state_dict())
    x = images()
    assert_close(padded(x), bare(functional.pad(x, [2] * 4)))


def test_a_generator_draws_the_same_weights_for_any_layers():
    nets = [LeNet(generator=generator(7), **how) for how in ({}, OURS, {"activation": nn.Tanh})]
    for a, *others in zip(*(net.parameters() for net in nets), strict=True):
        assert all(torch.equal(a, b) for b in others)
    layers = [(layer, layer.weight[0].numel()) for layer in nets[0].modules() if hasattr(layer, "weight")]
    assert [reads for _, reads in layers] == [25, 150, 400, 120, 84]
    for layer, reads in layers:
        assert 0.7 * reads**-0.5 < layer.weight.abs().max() <= reads**-0.5
    assert not torch.equal(LeNet(generator=generator(8)).features.c1.weight, nets[0].features.c1.weight)


def test_channels_and_classes_are_arguments():
    net = LeNet(c_in=3, classes=7, generator=generator()).double()
    assert net(images(c=3)).shape == (3, 7)
    assert count_parameters(net) == 61706 + 2 * 6 * 25 - 3 * 85


def test_the_dense_layers_may_have_another_activation():
    net = LeNet(activation=nn.Softmax2d, dense_activation=nn.Tanh)
    kinds = [type(layer).__name__ for layer in net.modules()]
    assert kinds.count("Softmax2d") == kinds.count("Tanh") == 2
    assert [name for name, layer in net.named_modules() if isinstance(layer, nn.Tanh)] == [
        "classifier.a5",
        "classifier.a6",
    ]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("make", [LeNet, LeNet1998])
def test_they_keep_the_type_and_the_inputs(make, dtype):
    net = make(generator=generator()).to(dtype)
    x = images().to(dtype)
    before = x.clone()
    assert net(x).dtype == dtype
    assert torch.equal(x, before)


@pytest.mark.parametrize("make", [LeNet, LeNet1998])
def test_many_run_at_once(make):
    nets = [make(generator=generator(seed)).double() for seed in range(3)]
    parameters, buffers = stack_module_state(nets)
    x = images()
    y = vmap(lambda p, b: functional_call(nets[0], (p, b), (x,)))(parameters, buffers)
    assert_close(y, torch.stack([net(x) for net in nets]))


@pytest.mark.parametrize("make", [LeNet, LeNet1998])
def test_gradients_reach_every_parameter(make):
    net = make(generator=generator()).double()
    functional.cross_entropy(net(images(8)), torch.arange(8)).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in net.parameters())


plain = as_a_reader_imports_it(dlbook.lenet.network)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"c_in": 0}, "c_in must be an integer of at least 1, got 0"),
        ({"classes": 2.5}, "classes must be an integer of at least 1, got 2.5"),
        ({"padding": 16}, "padding must be an integer from 0 to 15, got 16"),
        ({"activation": nn.ReLU()}, r"activation must make layers, as the class nn.ReLU does, got ReLU\(\)"),
        ({"dense_activation": "tanh"}, "dense_activation must make layers"),
        ({"pool": nn.MaxPool2d(2)}, "pool must make layers"),
    ],
)
def test_it_refuses_arguments_that_do_not_fit(how, words):
    with pytest.raises(ValueError, match=words):
        plain.LeNet(**how)


@pytest.mark.parametrize("shape", [(5, 28, 28), (5, 1, 32, 32), (5, 3, 28, 28), (5, 784)])
def test_it_refuses_other_images(shape):
    with pytest.raises(ValueError, match=r"images of shape \(1, 28, 28\).*got \(5, "):
        plain.LeNet()(torch.zeros(shape))


# The net of 1998


def test_the_original_has_the_numbers_of_the_paper():
    net = LeNet1998()
    holds = {name: count_parameters(layer) for name, layer in net.features.named_children()}
    holds |= {name: count_parameters(layer) for name, layer in net.classifier.named_children()}
    assert {name: many for name, many in holds.items() if many} == {
        "c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48120, "f6": 10164,
    }  # fmt: skip
    assert count_parameters(net) == 60000
    found = connections(net)
    assert found == {
        "c1": 122304, "s2": 5880, "c3": 151600, "s4": 2000, "c5": 48120, "f6": 10164, "output": 840,
    }  # fmt: skip
    assert sum(found.values()) == 340908


def test_connections_are_the_pairs_of_numbers_that_depend_on_each_other():
    """Counted by another way: the Jacobian of each layer, and its biases."""
    net = LeNet1998(generator=generator()).double()
    shapes = {"c1": (1, 32, 32), "s2": (6, 28, 28), "c3": (6, 14, 14), "s4": (16, 10, 10)}
    for name, shape in shapes.items():
        layer = net.features.get_submodule(name)
        x = torch.rand(1, *shape, generator=generator(1), dtype=torch.float64)
        jacobian = torch.autograd.functional.jacobian(layer, x, vectorize=True)
        biases = layer(x).numel()
        assert int((jacobian != 0).sum()) + biases == connections(net)[name]


def test_the_table_is_that_of_the_paper():
    """Table I, row by row: which maps of c3 read map 0, map 1, … of s2."""
    rows = [[new for new, read in enumerate(table()) if old in read] for old in range(6)]
    assert rows == [
        [0, 4, 5, 6, 9, 10, 11, 12, 14, 15],
        [0, 1, 5, 6, 7, 10, 11, 12, 13, 15],
        [0, 1, 2, 6, 7, 8, 11, 13, 14, 15],
        [1, 2, 3, 6, 7, 8, 9, 12, 14, 15],
        [2, 3, 4, 7, 8, 9, 10, 12, 13, 15],
        [3, 4, 5, 8, 9, 10, 11, 13, 14, 15],
    ]
    assert [len(set(row)) for row in table()] == [3] * 6 + [4] * 9 + [6]


def test_the_sparse_convolution_is_a_sum_of_convolutions_of_single_maps():
    layer = SparseConv2d(6, table(), 5, generator=generator()).double()
    x = images(2, side=14, c=6)
    kernels = iter(layer.weight)
    for new, read in enumerate(table()):
        expected = sum(functional.conv2d(x[:, [old]], next(kernels)[None, None]) for old in read)
        assert_close(layer(x)[:, [new]], expected + layer.bias[new])
    assert layer.full().shape == (16, 6, 5, 5)
    assert int((layer.full().flatten(2).abs().sum(-1) > 0).sum()) == 60


@pytest.mark.equation("lenet_sparse")
@pytest.mark.parametrize("reads", [table(), [(0, 1)] * 3, [(0,), (1, 3), (0, 1, 2)]])
@pytest.mark.parametrize("kernel", [1, 3, 5])
def test_each_pair_has_a_kernel_and_each_new_map_a_bias(reads, kernel):
    """Counted as weights of the ordinary convolution that are not 0, and its biases."""
    layer = SparseConv2d(6, reads, kernel, generator=generator())
    weights = int((layer.full() != 0).sum())
    assert count_parameters(layer) == weights + len(reads)
    assert count_parameters(layer) == kernel**2 * sum(len(set(row)) for row in reads) + len(reads)


def test_a_sparse_convolution_that_reads_all_is_an_ordinary_one():
    layer = SparseConv2d(2, [(0, 1)] * 3, 3, generator=generator()).double()
    theirs = nn.Conv2d(2, 3, 3).double()
    theirs.load_state_dict({"weight": layer.full(), "bias": layer.bias})
    x = images(2, side=6, c=2)
    assert_close(layer(x), theirs(x))


@pytest.mark.equation("lenet_subsampling")
def test_subsampling_adds_up_weighs_and_squashes():
    """Pixel by pixel, as the page prints it; f is the squashing behind it."""
    layer = nn.Sequential(Subsampling(2, generator=generator()), Squash()).double()
    x = images(1, side=6, c=2)
    y, weight, bias = layer(x), layer[0].coefficient, layer[0].bias
    for c, i, j in itertools.product(range(2), range(3), range(3)):
        total = sum(x[0, c, 2 * i + u, 2 * j + v] for u in range(2) for v in range(2))
        a = (weight[c] * total + bias[c]).item()
        assert_close(y[0, c, i, j].item(), 1.7159 * math.tanh(2 / 3 * a))


def test_subsampling_is_a_convolution_by_equal_weights():
    layer = Subsampling(3, generator=generator()).double()
    weight = layer.coefficient[:, None, None, None].expand(3, 1, 2, 2)
    x = images(2, side=6, c=3)
    assert_close(layer(x), functional.conv2d(x, weight, layer.bias, stride=2, groups=3))


@pytest.mark.equation("lenet_squash")
def test_the_squashing_is_a_stretched_sigmoid():
    """By another formula: tanh(z) = 2 sigmoid(2z) - 1."""
    a = torch.linspace(-5, 5, 101, dtype=torch.float64)
    assert_close(squash(a), 1.7159 * (2 / (1 + torch.exp(-4 * a / 3)) - 1))


def test_the_squashing_bends_most_where_the_codes_are():
    """At ±1 its value is ±1, and its second derivative is largest."""
    a = torch.linspace(-3, 3, 6001, dtype=torch.float64, requires_grad=True)
    (first,) = torch.autograd.grad(squash(a).sum(), a, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), a)
    assert_close(squash(torch.tensor([-1.0, 1.0])), torch.tensor([-1.0, 1.0]), atol=1e-4, rtol=0)
    assert abs(abs(a[second.abs().argmax()].item()) - 1) < 0.02
    assert torch.equal(Squash()(a), squash(a))


@pytest.mark.equation("lenet_rbf")
def test_the_output_is_a_squared_distance():
    layer = RBF(codes()).double()
    x = torch.randn(4, 84, generator=generator(), dtype=torch.float64)
    assert_close(layer(x), torch.cdist(x, layer.codes).square())
    assert not list(layer.parameters())
    assert torch.equal(layer(layer.codes).argmin(1), torch.arange(10))
    assert (layer(layer.codes).diagonal() == 0).all()


@pytest.mark.equation("lenet_loss")
def test_cross_entropy_of_its_scores_is_the_criterion_of_the_paper():
    """Distance to the right code, and the log of a sum that pushes the others away."""
    net, x, y = LeNet1998(generator=generator()).double(), images(4), torch.tensor([3, 1, 9, 0])
    hidden = net.classifier[:2](net.features(framed(x)))
    distances = torch.stack([(hidden - code).square().sum(1) for code in net.classifier.output.codes], 1)
    expected = [d[i] + math.log(sum(math.exp(-v) for v in d.tolist())) for d, i in zip(distances, y, strict=True)]
    assert_close(functional.cross_entropy(net(x), y), torch.stack(expected).mean())


def test_the_codes_are_ten_different_pictures():
    found = codes()
    assert found.shape == (10, 84)
    assert set(found.unique().tolist()) == {-1, 1}
    apart = (found[:, None] != found).sum(-1)
    assert (apart + 99 * torch.eye(10)).min() >= 4  # pixels


def test_it_is_the_chain_of_the_paper():
    net = LeNet1998(generator=generator()).double()
    x, layers = images(), dict(net.features.named_children()) | dict(net.classifier.named_children())
    maps = framed(x)
    for name in ("c1", "s2", "c3", "s4", "c5"):
        maps = squash(layers[name](maps))
    assert maps.shape == (3, 120, 1, 1)
    assert_close(net(x), -layers["output"](squash(layers["f6"](maps.flatten(1)))))


def test_framed_is_what_the_paper_says_of_its_input():
    x = framed(torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1).expand(2, 1, 28, 28))
    assert x.shape == (2, 1, 32, 32)
    assert_close(x[0].unique(), torch.tensor([-0.1]))
    assert_close(x[1].unique(), torch.tensor([-0.1, 1.175]))
    assert (x[1] > 1).sum() == 28 * 28


def test_the_starting_weights_are_those_of_the_paper():
    net = LeNet1998(generator=generator(5))
    again = LeNet1998(generator=generator(5))
    for a, b in zip(net.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)
    reads = {"c1": 25, "s2": 4, "s4": 4, "c5": 400}
    for name, many in reads.items():
        for parameter in net.features.get_submodule(name).parameters():
            assert 0.3 * 2.4 / many < parameter.abs().max() <= 2.4 / many
    kernels = iter(net.features.c3.weight)
    for read, bias in zip(table(), net.features.c3.bias, strict=True):
        assert bias.abs() <= 2.4 / (25 * len(read))
        for _ in read:
            assert next(kernels).abs().max() <= 2.4 / (25 * len(read))
    assert 0.9 * 2.4 / 120 < net.classifier.f6.weight.abs().max() <= 2.4 / 120


def test_its_state_comes_back():
    net, other = LeNet1998(generator=generator(1)).double(), LeNet1998(generator=generator(2)).double()
    other.load_state_dict(net.state_dict())
    assert torch.equal(net(images()), other(images()))
    assert "features.c3.weight" in net.state_dict()


parts = as_a_reader_imports_it(dlbook.lenet.parts)
original = as_a_reader_imports_it(dlbook.lenet.original)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: parts.Subsampling(0), "channels must be an integer of at least 1, got 0"),
        (lambda: parts.Subsampling(2)(torch.zeros(1, 3, 4, 4)), "x must have 2 channels, got 3"),
        (lambda: parts.Subsampling(2)(torch.zeros(1, 2, 5, 4)), r"even numbers of rows and columns.*got \(5, 4\)"),
        (lambda: parts.SparseConv2d(2, [(0, 2)], 3), "each number of reads must be an integer from 0 to 1, got 2"),
        (lambda: parts.SparseConv2d(2, [(0, 0)], 3), r"none twice, got \(0, 0\)"),
        (lambda: parts.SparseConv2d(2, [()], 3), r"at least one map, and none twice, got \(\)"),
        (lambda: parts.SparseConv2d(2, [], 3), "a row for each new map, got none"),
        (lambda: parts.SparseConv2d(2, [(0,)], 0), "kernel must be an integer of at least 1, got 0"),
        (lambda: parts.SparseConv2d(2, [(0,)], 3)(torch.zeros(1, 3, 4, 4)), "x must have 2 channels, got 3"),
        (lambda: parts.RBF(torch.zeros(3)), "codes must have 2 axes"),
        (lambda: parts.RBF(torch.zeros(3, 4))(torch.zeros(1, 5)), r"x must hold 4 numbers.*got shape \(1, 5\)"),
        (lambda: parts.squash(torch.tensor([1])), "a must hold floating-point numbers, got torch.int64"),
        (lambda: original.framed(torch.zeros(1, 1, 32, 32)), r"images of shape \(1, 28, 28\).*got \(1, 1, 32, 32\)"),
        (lambda: original.LeNet1998()(torch.zeros(1, 28, 28)), "pixels must have 4 axes"),
    ],
)
def test_they_refuse_what_does_not_fit(call, words):
    with pytest.raises(ValueError, match=words):
        call()
