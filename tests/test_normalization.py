"""Normalisation layers: ours against sums in loops, against finite differences, against torch, against the page."""

import itertools
import math
from copy import deepcopy

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.testing import assert_close

import dlbook.normalization.functions
import dlbook.normalization.layers
from dlbook.convolution import Conv2d
from dlbook.experiment import Data, fit_many
from dlbook.experiment.parts import Part
from dlbook.fully_connected import Linear, count_parameters
from dlbook.normalization import (
    BatchNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    RMSNorm,
    chain,
    folded,
    freeze,
    normalized,
    normalized_gradient,
)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(23)


def draw(rng, *shape, dtype=torch.float64):
    return (2 + 3 * torch.randn(*shape, generator=rng, dtype=torch.float64)).to(dtype)


def pairs():
    """A layer of ours, one of torch's, and the shape of an input."""
    return [
        (BatchNorm(4), nn.BatchNorm1d(4), (6, 4)),
        (BatchNorm(4), nn.BatchNorm1d(4), (3, 4, 5)),
        (BatchNorm(4), nn.BatchNorm2d(4), (3, 4, 5, 2)),
        (BatchNorm(4), nn.BatchNorm3d(4), (2, 4, 3, 2, 2)),
        (BatchNorm(4, momentum=None), nn.BatchNorm2d(4, momentum=None), (3, 4, 2, 2)),
        (BatchNorm(4, momentum=0.7, eps=0.1), nn.BatchNorm2d(4, momentum=0.7, eps=0.1), (3, 4, 2, 2)),
        (BatchNorm(4, momentum=0.0), nn.BatchNorm1d(4, momentum=0.0), (3, 4)),
        (BatchNorm(4, affine=False), nn.BatchNorm1d(4, affine=False), (5, 4)),
        (BatchNorm(4, track_running_stats=False), nn.BatchNorm1d(4, track_running_stats=False), (5, 4)),
        (LayerNorm(5), nn.LayerNorm(5), (2, 3, 5)),
        (LayerNorm((3, 5), 0.1), nn.LayerNorm((3, 5), 0.1), (2, 3, 5)),
        (LayerNorm(5, bias=False), nn.LayerNorm(5, bias=False), (5,)),
        (LayerNorm(5, elementwise_affine=False), nn.LayerNorm(5, elementwise_affine=False), (4, 5)),
        (GroupNorm(2, 6), nn.GroupNorm(2, 6), (3, 6, 4, 2)),
        (GroupNorm(3, 6, affine=False), nn.GroupNorm(3, 6, affine=False), (3, 6)),
        (GroupNorm(1, 6, 0.2), nn.GroupNorm(1, 6, 0.2), (1, 6, 3)),
        (InstanceNorm(4), nn.InstanceNorm2d(4), (2, 4, 3, 3)),
        (InstanceNorm(4, affine=True), nn.InstanceNorm1d(4, affine=True), (2, 4, 5)),
        (RMSNorm(5), nn.RMSNorm(5), (2, 3, 5)),
        (RMSNorm((3, 5), 0.1), nn.RMSNorm((3, 5), 0.1), (2, 3, 5)),
        (RMSNorm(5, elementwise_affine=False), nn.RMSNorm(5, elementwise_affine=False), (2, 5)),
    ]


# The numbers that share a mean


def by_loops(x, shares, eps, centred=True):
    """Each number less the mean of all that share one with it, over their spread; all places tried."""
    y = torch.empty_like(x)
    places = list(itertools.product(*map(range, x.shape)))
    for here in places:
        together = [x[there] for there in places if shares(here, there)]
        mean = sum(together) / len(together) if centred else 0.0
        var = sum((number - mean) ** 2 for number in together) / len(together)
        y[here] = (x[here] - mean) / math.sqrt(var + eps)
    return y


SHARES = {
    "batch": lambda a, b: a[1] == b[1],
    "layer": lambda a, b: a[0] == b[0],
    "instance": lambda a, b: a[:2] == b[:2],
    "group": lambda a, b: a[0] == b[0] and a[1] // 2 == b[1] // 2,
}


@pytest.mark.equation("norm")
@pytest.mark.parametrize("kind", SHARES)
def test_each_kind_is_the_formula_over_the_numbers_that_share_a_mean(kind, rng):
    x, eps = draw(rng, 3, 4, 2, 2), 0.3
    expected = by_loops(x, SHARES[kind], eps)
    layer = {
        "batch": BatchNorm(4, eps),
        "layer": LayerNorm((4, 2, 2), eps),
        "instance": InstanceNorm(4, eps),
        "group": GroupNorm(2, 4, eps),
    }[kind].double()
    assert_close(layer(x), expected)
    axes = {"batch": (0, 2, 3), "layer": (-1, 1, 2), "instance": (2, 3)}.get(kind)
    if axes:
        assert_close(normalized(x, axes, eps=eps), expected)
    else:
        assert_close(normalized(x.unflatten(1, (2, 2)), (2, 3, 4), eps=eps).flatten(1, 2), expected)


@pytest.mark.equation("norm_rms")
def test_rms_norm_is_the_formula_without_a_mean(rng):
    x = draw(rng, 3, 4)
    y = torch.stack([row / math.sqrt(sum(number**2 for number in row.tolist()) / 4 + 0.3) for row in x])
    assert_close(RMSNorm(4, 0.3).double()(x), y)
    assert_close(normalized(x, (1,), eps=0.3, centred=False), y)
    assert_close(by_loops(x, SHARES["layer"], 0.3, centred=False), y)


def test_normalized_numbers_have_mean_0_and_the_share_of_variance_that_eps_leaves(rng):
    x = draw(rng, 5, 4)
    y, var = normalized(x, (0,), eps=0.5), x.var(0, correction=0)
    assert_close(y.mean(0), torch.zeros(4).double())
    assert_close(y.square().mean(0), var / (var + 0.5))


# torch


@pytest.mark.parametrize("case", range(len(pairs())))
def test_value_gradient_and_averages_are_torchs(case, rng):
    ours, theirs, shape = pairs()[case]
    ours, theirs = ours.double(), theirs.double()
    with torch.no_grad():
        for weight in theirs.parameters():
            weight.normal_(generator=rng)
    ours.load_state_dict(theirs.state_dict())
    for mode in (True, True, False, True, False):
        ours.train(mode), theirs.train(mode)
        x = draw(rng, *shape)
        a, b = x.clone().requires_grad_(), x.clone().requires_grad_()
        y, z = ours(a), theirs(b)
        assert_close(y, z)
        slopes = draw(rng, *shape)
        found = torch.autograd.grad(y, [a, *ours.parameters()], slopes)
        assert_close(found, torch.autograd.grad(z, [b, *theirs.parameters()], slopes))
    assert_close(ours.state_dict(), theirs.state_dict())
    theirs.load_state_dict(ours.state_dict())


@pytest.mark.parametrize("case", range(len(pairs())))
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("weights", ["half", "single"])
def test_half_precision_is_that_of_single_rounded_once(case, dtype, weights, rng):
    layer, _, shape = pairs()[case]
    with torch.no_grad():
        for weight in layer.parameters():
            weight.uniform_(0.5, 2, generator=rng).copy_(weight.to(dtype))
    x = 100 * draw(rng, *shape, dtype=dtype)
    single, half = deepcopy(layer), layer.to(dtype if weights == "half" else torch.float32)
    for mode in (True, False):
        if isinstance(half, BatchNorm) and half.running_mean is not None:
            for average in (single.running_mean, single.running_var):
                average.copy_(average.to(dtype))
            half.load_state_dict(single.state_dict())
        expected = single.train(mode)(x.float()).to(dtype)
        y = half.train(mode)(x)
        assert y.dtype == dtype
        assert_close(y, expected, rtol=0, atol=0)
        assert_close(
            half.state_dict(), {name: value.to(half.state_dict()[name]) for name, value in single.state_dict().items()}
        )


def test_squares_too_large_for_half_precision_do_not_overflow():
    x = torch.tensor([[300.0], [-300.0]], dtype=torch.float16)
    for norm in (BatchNorm(1), RMSNorm(1)):
        assert_close(norm(x).flatten().tolist(), [1.0, -1.0])
    assert_close(normalized_gradient(x, x, (0,)), torch.zeros(2, 1, dtype=torch.float16), atol=1e-3, rtol=0)


def test_rms_norm_adds_by_itself_what_torch_adds():
    for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        x = torch.full((1, 4), 1e-4, dtype=dtype)
        assert_close(RMSNorm(4, elementwise_affine=False)(x), nn.RMSNorm(4, elementwise_affine=False)(x))
    layer = RMSNorm(4).double()
    layer(torch.ones(4).double())
    small = torch.full((4,), 1e-4)
    assert_close(layer.float()(small), nn.RMSNorm(4)(small))


def test_layers_take_a_view_and_leave_it_alone(rng):
    x = draw(rng, 2, 5, 4, 3).permute(3, 2, 0, 1)
    before = x.clone()
    for layer in (BatchNorm(4), GroupNorm(2, 4), InstanceNorm(4), LayerNorm((2, 5)), RMSNorm(5)):
        assert_close(layer.double()(x), layer.train()(x.contiguous()))
        assert_close(x, before)


def test_numbers_far_from_0_are_normalized_as_well(rng):
    x = torch.randn(4000, 1, generator=rng)
    assert_close(BatchNorm(1)(x + 1000), BatchNorm(1)(x), atol=1e-3, rtol=0)


def test_an_empty_batch_goes_through_and_counts_for_nothing(rng):
    for layer, shape in ((BatchNorm(4), (0, 4, 2)), (GroupNorm(2, 4), (0, 4, 2)), (LayerNorm(4), (0, 4))):
        assert layer(torch.zeros(shape)).shape == shape
        assert layer.eval()(torch.zeros(shape)).shape == shape
    ours, once = BatchNorm(4, momentum=None), BatchNorm(4, momentum=None)
    first, second = draw(rng, 5, 4, dtype=torch.float32), draw(rng, 5, 4, dtype=torch.float32)
    for x in (first, torch.zeros(0, 4), second):
        ours(x)
    once(first), once(second)
    assert_close(ours.state_dict(), once.state_dict())


def test_a_state_without_the_count_of_batches_passes_torchs_check_and_not_ours():
    ours, theirs = BatchNorm(3), nn.BatchNorm1d(3)
    less = {name: value for name, value in theirs.state_dict().items() if name != "num_batches_tracked"}
    theirs.load_state_dict(less)
    with pytest.raises(RuntimeError, match=r"Missing key.*num_batches_tracked"):
        ours.load_state_dict(less)


# Running averages


@pytest.mark.equation("norm_running")
@pytest.mark.parametrize("momentum", [0.1, 0.7, 1.0])
def test_running_averages_move_by_momentum_towards_the_batch(momentum, rng):
    layer = BatchNorm(2, momentum=momentum).double()
    x = draw(rng, 3, 2, 2)
    layer(x)
    for channel in range(2):
        numbers = x[:, channel].flatten().tolist()
        mean = sum(numbers) / 6
        unbiased = sum((number - mean) ** 2 for number in numbers) / 5
        assert layer.running_mean[channel].item() == pytest.approx((1 - momentum) * 0 + momentum * mean)
        assert layer.running_var[channel].item() == pytest.approx((1 - momentum) * 1 + momentum * unbiased)


@pytest.mark.equation("norm_forgotten")
def test_after_many_batches_the_start_counts_for_a_power(rng):
    layer, m, start = BatchNorm(1, momentum=0.2).double(), 0.2, 7.0
    layer.running_mean.fill_(start)
    means = []
    for _ in range(9):
        x = draw(rng, 4, 1)
        layer(x)
        means.append(x.mean().item())
    t = len(means)
    expected = (1 - m) ** t * start + m * sum((1 - m) ** (t - i) * b for i, b in enumerate(means, 1))
    assert layer.running_mean.item() == pytest.approx(expected)


def test_without_momentum_all_batches_count_alike(rng):
    layer = BatchNorm(1, momentum=None).double()
    xs = [draw(rng, 4, 1) for _ in range(5)]
    for x in xs:
        layer(x)
    assert layer.running_mean.item() == pytest.approx(sum(x.mean().item() for x in xs) / 5)
    assert layer.running_var.item() == pytest.approx(sum(x.var().item() for x in xs) / 5)
    assert layer.num_batches_tracked.item() == 5


@pytest.mark.equation("norm_testing")
def test_in_testing_the_averages_normalise(rng):
    layer, x = BatchNorm(2, eps=0.2).double().eval(), draw(rng, 3, 2, 2)
    layer.load_state_dict(
        {
            "weight": torch.tensor([2.0, -1]),
            "bias": torch.tensor([0.5, 3]),
            "running_mean": torch.tensor([1.0, -2]),
            "running_var": torch.tensor([4.0, 0.3]),
            "num_batches_tracked": torch.tensor(1),
        }
    )
    before, y = deepcopy(layer.state_dict()), layer(x)
    for n, c, p in itertools.product(range(3), range(2), range(2)):
        gamma, beta, mean, var = ((2, 0.5, 1, 4), (-1, 3, -2, 0.3))[c]
        expected = gamma * (x[n, c, p].item() - mean) / math.sqrt(var + 0.2) + beta
        assert y[n, c, p].item() == pytest.approx(expected)
    assert_close(layer.state_dict(), before)


def test_layer_gives_the_numbers_worked_on_the_page():
    layer, x = BatchNorm(1, eps=0).double(), torch.tensor([[1.0], [3], [5], [7]]).double()
    assert layer(x).flatten().tolist() == pytest.approx([n / math.sqrt(5) for n in (-3, -1, 1, 3)])
    assert layer.running_mean.item() == pytest.approx(0.4)
    assert layer.running_var.item() == pytest.approx(0.9 + 20 / 30)


def test_only_batch_norm_reads_other_examples(rng):
    x, other = draw(rng, 4, 6, 3, 3), draw(rng, 4, 6, 3, 3)
    other[0] = x[0]
    for layer in (GroupNorm(2, 6), LayerNorm((6, 3, 3)), InstanceNorm(6), RMSNorm((6, 3, 3)), BatchNorm(6).eval()):
        layer.double()
        assert_close(layer(x)[0], layer(other)[0])
    layer = BatchNorm(6).double()
    assert not layer(x)[0].allclose(layer(other)[0], rtol=0.01)


# The gradient


@pytest.mark.equation("norm_gradient")
@pytest.mark.parametrize("axes", [(0,), (0, 2), (1, 2), (2,)])
@pytest.mark.parametrize("centred", [True, False])
def test_gradient_is_that_of_finite_differences(axes, centred, rng):
    x, g = draw(rng, 3, 2, 2), draw(rng, 3, 2, 2)
    how = {"eps": 0.3, "centred": centred}
    slopes = torch.empty_like(x)
    for place in itertools.product(range(3), range(2), range(2)):
        up, down = x.clone(), x.clone()
        up[place] += 1e-5
        down[place] -= 1e-5
        slopes[place] = (g * (normalized(up, axes, **how) - normalized(down, axes, **how))).sum() / 2e-5
    assert_close(normalized_gradient(g, x, axes, **how), slopes, atol=1e-8, rtol=1e-6)
    # and as printed: the mean of g and its part along y are taken off
    y = normalized(x, axes, **how)
    scale = ((x - x.mean(axes, keepdim=True) * centred).square().mean(axes, keepdim=True) + 0.3).sqrt()
    printed = (g - g.mean(axes, keepdim=True) * centred - y * (g * y).mean(axes, keepdim=True)) / scale
    assert_close(normalized_gradient(g, x, axes, **how), printed)
    a = x.clone().requires_grad_()
    assert_close(normalized_gradient(g, x, axes, **how), torch.autograd.grad(normalized(a, axes, **how), a, g)[0])


@pytest.mark.equation("norm_affine_gradient")
def test_gradients_of_weight_and_bias_are_sums_over_the_channel(rng):
    layer, x, g = BatchNorm(2).double(), draw(rng, 3, 2, 2), draw(rng, 3, 2, 2)
    by_weight, by_bias = torch.autograd.grad(layer(x), [layer.weight, layer.bias], g)
    y = normalized(x, (0, 2))
    for c in range(2):
        places = list(itertools.product(range(3), range(2)))
        assert by_weight[c].item() == pytest.approx(sum(g[n, c, p].item() * y[n, c, p].item() for n, p in places))
        assert by_bias[c].item() == pytest.approx(sum(g[n, c, p].item() for n, p in places))


@pytest.mark.equation("norm_bias")
@pytest.mark.parametrize("before", [lambda: Conv2d(2, 3, 2), lambda: nn.Conv2d(2, 3, 2)])
def test_a_bias_before_batch_norm_does_nothing_and_learns_nothing(before, rng):
    conv, norm, x = before().double(), BatchNorm(3).double(), draw(rng, 4, 2, 3, 3)
    y = norm(conv(x))
    y.pow(3).sum().backward()
    assert conv.bias.grad.abs().max() < 1e-10 * conv.weight.grad.abs().max()
    with torch.no_grad():
        conv.bias += torch.tensor([5.0, -40, 300])
    assert_close(norm(conv(x)), y)
    flat, layer = Linear(6, 4).double(), LayerNorm(4).double()  # behind layer norm only what biases share is lost
    layer(flat(draw(rng, 5, 6))).pow(3).sum().backward()
    assert flat.bias.grad.abs().max() > 1e-3
    assert abs(flat.bias.grad.sum()) < 1e-10


def test_gradients_add_up_to_0_over_numbers_that_share_a_mean(rng):
    x, g = draw(rng, 4, 3, 2), draw(rng, 4, 3, 2)
    sums = normalized_gradient(g, x, (0, 2)).sum((0, 2))
    assert_close(sums, torch.zeros(3).double())
    along = (normalized_gradient(g, x, (0, 2), eps=0) * x).sum((0, 2))
    assert_close(along, torch.zeros(3).double(), atol=1e-10, rtol=0)


# Laws


@pytest.mark.equation("norm_scale")
@pytest.mark.equation("norm_scale_gradient")
@given(st.floats(1e-3, 1e3), st.integers(0, 9), st.sampled_from(["batch", "layer", "rms"]))
def test_scaled_weights_give_the_same_and_a_gradient_so_much_shorter(c, seed, kind):
    rng = torch.Generator().manual_seed(seed)
    norm = {"batch": BatchNorm(4, 0), "layer": LayerNorm(4, 0), "rms": RMSNorm(4, 0)}[kind].double()
    x, w, g = draw(rng, 6, 5), draw(rng, 4, 5), draw(rng, 6, 4)
    one, scaled = w.clone().requires_grad_(), (c * w).requires_grad_()
    y, z = norm(x @ one.T), norm(x @ scaled.T)
    assert_close(y, z)
    (slopes,) = torch.autograd.grad(y, one, g)
    assert_close(torch.autograd.grad(z, scaled, g)[0], slopes / c, rtol=1e-6, atol=1e-9 / c)


@pytest.mark.equation("norm_length")
def test_a_step_makes_the_weights_of_each_unit_longer_as_pythagoras_says(rng):
    norm, x = BatchNorm(4, 0).double(), draw(rng, 6, 5)
    w = draw(rng, 4, 5).requires_grad_()
    (slopes,) = torch.autograd.grad(norm(x @ w.T).pow(3).sum(), w)
    assert (w * slopes).sum(1).abs().max() < 1e-9 * slopes.abs().max()
    stepped = w - 0.7 * slopes
    assert_close(stepped.square().sum(1), w.square().sum(1) + 0.7**2 * slopes.square().sum(1))


def test_batch_of_two_gives_nothing_but_signs(rng):
    y = BatchNorm(5, eps=0).double()(draw(rng, 2, 5))
    assert_close(y.abs(), torch.ones(2, 5).double())
    assert_close(y[0], -y[1])


# Folding and freezing

FOLDS = {
    "ours": lambda: Conv2d(2, 4, 3, padding=1),
    "ours, no bias": lambda: Conv2d(2, 4, 3, bias=False),
    "torch's": lambda: nn.Conv2d(2, 4, 3, stride=2, bias=False),
    "groups": lambda: nn.Conv2d(2, 4, 3, groups=2),
    "one axis": lambda: nn.Conv1d(2, 4, 3),
    "three": lambda: nn.Conv3d(2, 4, 2),
    "linear": lambda: Linear(6, 4),
    "torch's linear": lambda: nn.Linear(6, 4, bias=False),
}


def used(norm, rng):
    """A norm with weights and averages that have moved."""
    with torch.no_grad():
        for weight in norm.parameters():
            weight.normal_(generator=rng)
    norm.running_mean.normal_(generator=rng)
    norm.running_var.uniform_(0.2, 3, generator=rng)
    return norm.double()


@pytest.mark.equation("norm_folded")
@pytest.mark.parametrize("kind", FOLDS)
@pytest.mark.parametrize("affine", [True, False])
def test_folded_layer_does_what_both_do_in_testing(kind, affine, rng):
    layer = FOLDS[kind]().double()
    axes = 1 if "linear" in kind else {"one axis": 3, "three": 5}.get(kind, 4)
    x = draw(rng, 3, 6) if axes == 1 else draw(rng, 3, 2, *[6] * (axes - 2))
    theirs = {1: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}[axes]
    for norm in (BatchNorm(4, affine=affine), theirs(4, affine=affine)):
        norm = used(norm, rng).eval()
        before = deepcopy(layer.state_dict()), deepcopy(norm.state_dict())
        alone = folded(layer, norm)
        assert type(alone) is type(layer)
        assert_close(alone(x), norm(layer(x)))
        assert_close((layer.state_dict(), norm.state_dict()), before)
        assert all(weight.requires_grad for weight in alone.parameters())
        assert count_parameters(alone) == layer.weight.numel() + 4
        for o in range(4):  # as printed
            gamma, beta = (1.0, 0.0) if not affine else (norm.weight[o].item(), norm.bias[o].item())
            factor = gamma / math.sqrt(norm.running_var[o].item() + norm.eps)
            assert_close(alone.weight[o], layer.weight[o] * factor)
            b = 0.0 if layer.bias is None else layer.bias[o].item()
            assert alone.bias[o].item() == pytest.approx(factor * (b - norm.running_mean[o].item()) + beta)


def test_folded_keeps_the_type(rng):
    layer, norm = nn.Linear(6, 4).bfloat16(), used(BatchNorm(4), rng).bfloat16()
    assert {weight.dtype for weight in folded(layer, norm).parameters()} == {torch.bfloat16}


@pytest.mark.parametrize(
    ("layer", "norm", "said"),
    [
        (nn.ConvTranspose2d(4, 4, 3), BatchNorm(4), "layer must be linear or a convolution, got ConvTranspose2d"),
        (nn.ReLU(), BatchNorm(4), "got ReLU"),
        (nn.Linear(3, 4), LayerNorm(4), "norm must be batch norm, got LayerNorm"),
        (nn.Linear(3, 4), nn.InstanceNorm1d(4), "got InstanceNorm1d"),
        (nn.Linear(3, 4), BatchNorm(4, track_running_stats=False), "must keep averages"),
        (nn.Linear(4, 3), BatchNorm(4), "the layer's 3 channels, got 4"),
    ],
)
def test_what_does_not_fit_is_not_folded(layer, norm, said):
    with pytest.raises(ValueError, match=said):
        folded(layer, norm)


def test_freeze_stops_all_batch_norms_until_train(rng):
    net = nn.Sequential(BatchNorm(3), nn.Sequential(nn.BatchNorm1d(3), nn.Dropout()), GroupNorm(1, 3), nn.ReLU())
    assert freeze(net) == 2
    assert [part.training for part in (net[0], net[1][0], net[1][1], net[2])] == [False, False, True, True]
    before = deepcopy(net.state_dict())
    net(draw(rng, 5, 3, dtype=torch.float32)).sum().backward()
    assert_close(net.state_dict(), before)
    assert net[0].weight.grad is not None
    net.train()
    net(draw(rng, 5, 3, dtype=torch.float32))
    assert net[0].num_batches_tracked == net[1][0].num_batches_tracked == 1


# The deep chain


def test_chain_has_the_layers_it_names(rng):
    names = [type(part).__name__ for part in chain([6, 4, 5, 3], BatchNorm)]
    assert names == ["Linear", "BatchNorm", "ReLU", "Linear", "BatchNorm", "ReLU", "Linear"]
    assert [type(part).__name__ for part in chain([6, 3])] == ["Linear"]
    assert count_parameters(chain([6, 4, 5, 3], LayerNorm)) == 28 + 8 + 25 + 10 + 18
    one, other = chain([6, 4, 3], generator=rng), chain([6, 4, 3], BatchNorm, generator=rng.manual_seed(23))
    assert_close(one[0].weight, other[0].weight)
    assert_close(one[-1].weight, other[-1].weight)


def test_he_start_has_twice_the_inverse_of_the_inputs_as_variance(rng):
    net = chain([900, 400, 10], he=True, generator=rng)
    assert net[0].weight.var().item() == pytest.approx(2 / 900, rel=0.02)
    assert net[0].bias.abs().max() == 0
    assert net[-1].weight.abs().max() <= 400**-0.5
    assert chain([900, 400, 10], generator=rng)[0].weight.var().item() == pytest.approx(1 / 2700, rel=0.02)


def test_many_at_once_are_trained_as_one_by_one(rng):
    x, y = torch.randn(40, 6, generator=rng), torch.randint(3, (40,), generator=rng)
    data = Data(Part(x[:30], y[:30]), Part(x[30:], y[30:]))

    def trained(norm):
        def make(generator):
            return chain([6, 5, 3], norm, generator=generator)

        sgd = torch.optim.SGD  # Adam would turn what rounding makes of the useless biases' slopes into steps
        return fit_many(make, range(4), data, rates=(0.1,), steps=6, batch=10, optimizer=sgd)

    for norm, theirs in ((BatchNorm, nn.BatchNorm1d), (LayerNorm, nn.LayerNorm)):
        assert_close(trained(norm).validation_loss, trained(theirs).validation_loss, atol=1e-4, rtol=1e-4)


# What is refused


PLAIN = as_a_reader_imports_it(dlbook.normalization.layers)
FUNCTIONS = as_a_reader_imports_it(dlbook.normalization.functions)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: PLAIN.BatchNorm(0), "channels must be an integer of at least 1, got 0"),
        (lambda: PLAIN.BatchNorm(2.0), "channels must be an integer of at least 1, got 2.0"),
        (lambda: PLAIN.BatchNorm(2, eps=-1), "eps must be a finite number of at least 0, got -1"),
        (lambda: PLAIN.BatchNorm(2, momentum=1.5), "momentum .* of at least 0 and at most 1, got 1.5"),
        (lambda: PLAIN.BatchNorm(2, momentum=-0.1), "momentum .* got -0.1"),
        (lambda: PLAIN.GroupNorm(4, 6), "groups must divide the 6 channels, got 4"),
        (lambda: PLAIN.GroupNorm(0, 6), "groups must be an integer of at least 1, got 0"),
        (lambda: PLAIN.LayerNorm(()), "shape must name at least one layer"),
        (lambda: PLAIN.LayerNorm((3, 0)), "of at least 1, got 0"),
        (lambda: PLAIN.BatchNorm(3)(torch.ones(1, 3)), r"two numbers that share a mean, got one: shape \(1, 3\)"),
        (lambda: PLAIN.BatchNorm(3)(torch.ones(1, 3, 1, 1)), "got one"),
        (lambda: PLAIN.InstanceNorm(3)(torch.ones(4, 3, 1)), "got one"),
        (lambda: PLAIN.InstanceNorm(3)(torch.ones(4, 3)), "got one"),
        (lambda: PLAIN.BatchNorm(3)(torch.ones(3)), "at least 2 axes .*got 1"),
        (lambda: PLAIN.BatchNorm(3)(torch.ones(2, 4)), r"3 channels along its second axis, got 4: shape \(2, 4\)"),
        (lambda: PLAIN.GroupNorm(1, 3)(torch.ones(2, 4)), "3 channels"),
        (lambda: PLAIN.LayerNorm(3)(torch.ones(2, 4)), r"must end in the axes \(3,\), got shape \(2, 4\)"),
        (lambda: PLAIN.LayerNorm((2, 3))(torch.ones(3)), "must end in the axes"),
        (lambda: PLAIN.RMSNorm(3)(torch.ones(2, 3, dtype=torch.int64)), "floating-point numbers, got torch.int64"),
        (lambda: PLAIN.BatchNorm(3)(torch.ones(2, 3, dtype=torch.int64)), "floating-point numbers, got torch.int64"),
        (lambda: PLAIN.LayerNorm(3).double()(torch.ones(2, 3)), "weight is torch.float64, x is torch.float32"),
        (lambda: FUNCTIONS.normalized(torch.ones(2, 3), ()), "one at least, and none twice, got ()"),
        (lambda: FUNCTIONS.normalized(torch.ones(2, 3), (1, -1)), r"none twice, got \(1, -1\)"),
        (lambda: FUNCTIONS.normalized(torch.ones(2, 3), (2,)), "each of axes must be an integer from -2 to 1, got 2"),
        (lambda: FUNCTIONS.normalized(torch.ones(2, 3), (-3,)), "from -2 to 1, got -3"),
        (lambda: FUNCTIONS.normalized(torch.ones(2), (0,), eps=-1e-9), "eps must be"),
        (lambda: FUNCTIONS.normalized_gradient(torch.ones(3), torch.ones(2), (0,)), "grad_y must have the shape of x"),
    ],
)
def test_what_makes_no_sense_is_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()


def test_one_number_that_nothing_is_learned_from_is_no_fault_in_testing():
    assert BatchNorm(3).eval()(torch.ones(1, 3)).shape == (1, 3)
    with pytest.raises(ValueError, match="got one"):
        BatchNorm(3, track_running_stats=False).eval()(torch.ones(1, 3))


def test_a_refused_batch_leaves_the_averages_alone():
    layer = BatchNorm(3)
    with pytest.raises(ValueError, match="got one"):
        layer(torch.ones(1, 3))
    assert layer.num_batches_tracked.item() == 0


def test_layers_say_what_they_are():
    assert repr(BatchNorm(3, momentum=None)) == (
        "BatchNorm(3, eps=1e-05, momentum=None, affine=True, track_running_stats=True)"
    )
    assert repr(LayerNorm(3)) == "LayerNorm((3,), eps=1e-05, elementwise_affine=True)"
    assert repr(RMSNorm(3)) == "RMSNorm((3,), eps=None, elementwise_affine=True)"
    assert repr(GroupNorm(2, 4)) == "GroupNorm(2, 4, eps=1e-05, affine=True)"
    assert repr(InstanceNorm(4)) == "InstanceNorm(4, eps=1e-05, affine=False)"


def test_a_mean_of_many_rows_is_that_of_all():
    """32 million ones: a sum that is raised by one at a time stops at 2**24, in single precision."""
    layer = BatchNorm(1, momentum=1.0, affine=False)
    layer(torch.ones(1, 1).expand(2**25, 1))
    assert_close(layer.running_mean, torch.ones(1))
