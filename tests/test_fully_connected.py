"""Fully connected layers and networks: ours against sums, against torch, against the page."""

import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from scipy.optimize import linprog
from sklearn.datasets import load_iris
from torch import nn
from torch.nn import functional
from torch.testing import assert_close

import dlbook.fully_connected
from dlbook.data import digits
from dlbook.experiment import split
from dlbook.fully_connected import MLP, Linear, count_parameters, draw, linear

SIZES = st.lists(st.integers(1, 7), min_size=2, max_size=5)
CORNERS = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


def randn(rng, *shape, dtype=torch.float64):
    return torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype)


def written(sizes, *numbers):
    """A network in float64 whose weights and biases are given."""
    net = MLP(sizes).double()
    for parameter, values in zip(net.parameters(), numbers, strict=True):
        parameter.data = torch.tensor(values, dtype=torch.float64)
    return net


# One unit


@pytest.mark.equation("unit")
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=6), st.floats(-9, 9))
def test_a_unit_is_the_sum_on_the_page(pairs, b):
    z = sum(w * x for w, x in pairs) + b
    w, x = torch.tensor(pairs, dtype=torch.float64).T
    met = linear(x, w[None], torch.tensor([b], dtype=torch.float64))
    assert_close(met, torch.tensor([z], dtype=torch.float64))
    a = MLP([len(pairs), 1, 1], activation=torch.relu).double()
    a.load_state_dict(
        {
            "layers.0.weight": w[None],
            "layers.0.bias": torch.tensor([b], dtype=torch.float64),
            "layers.1.weight": torch.ones(1, 1),
            "layers.1.bias": torch.zeros(1),
        }
    )
    assert a(x).item() == pytest.approx(max(0.0, z))


def test_the_unit_of_the_page_finds_setosa_and_nothing_else():
    iris = load_iris()
    x = torch.tensor(iris.data)
    z = linear(x, torch.tensor([[0.0, 0, -1, -2]]).double(), torch.tensor([4.0]).double())[:, 0]
    assert ((z > 0).numpy() == (iris.target == 0)).all()
    assert z[[0, 50, 100]].tolist() == pytest.approx([2.2, -3.5, -7.0])


@pytest.mark.equation("unit_distance")
@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.floats(-5, 5), st.integers(0, 9))
def test_z_over_the_length_of_w_is_the_distance_to_the_boundary(w, b, seed):
    w = torch.tensor(w, dtype=torch.float64)
    if w.norm() < 0.1:
        return
    p = randn(torch.Generator().manual_seed(seed), 3)
    z = w @ p + b
    # another way: the nearest point of the plane w·q + b = 0, by least squares under that condition
    system = torch.zeros(4, 4, dtype=torch.float64)
    system[:3, :3], system[:3, 3], system[3, :3] = 2 * torch.eye(3, dtype=torch.float64), w, w
    nearest = torch.linalg.solve(system, torch.cat([2 * p, torch.tensor([-b], dtype=torch.float64)]))[:3]
    assert_close((z / w.norm()).abs(), (p - nearest).norm(), atol=1e-9, rtol=1e-9)
    assert torch.sign(z) == torch.sign(w @ (p - nearest))


# A layer


@pytest.mark.equation("layer_column")
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_a_layer_is_its_units_one_below_the_other(d_in, d_out, seed):
    g = torch.Generator().manual_seed(seed)
    W, b, x = randn(g, d_out, d_in), randn(g, d_out), randn(g, d_in)  # noqa: N806
    one_by_one = [sum(W[j, i] * x[i] for i in range(d_in)) + b[j] for j in range(d_out)]
    assert_close(W @ x + b, torch.stack(one_by_one))
    assert_close(linear(x, W, b), torch.stack(one_by_one))


@pytest.mark.equation("layer_rows")
@given(st.integers(0, 5), st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_rows_are_the_columns_laid_down(n, d_in, d_out, seed):
    g = torch.Generator().manual_seed(seed)
    W, b, X = randn(g, d_out, d_in), randn(g, d_out), randn(g, n, d_in)  # noqa: N806
    ones = torch.ones(n, 1, dtype=torch.float64)
    columns = [W @ x + b for x in X]
    expected = torch.stack(columns) if n else X.new_zeros(0, d_out)
    assert_close(X @ W.T + ones @ b[None], expected)
    assert_close(linear(X, W, b), expected)


@given(
    st.lists(st.integers(0, 4), max_size=3),
    st.integers(1, 8),
    st.integers(1, 8),
    st.booleans(),
    st.integers(0, 99),
)
def test_linear_agrees_with_torch_in_value_and_gradient(axes, d_in, d_out, has_bias, seed):
    g = torch.Generator().manual_seed(seed)
    x, weight = randn(g, *axes, d_in).requires_grad_(), randn(g, d_out, d_in).requires_grad_()
    bias = randn(g, d_out).requires_grad_() if has_bias else None
    inputs = [tensor for tensor in (x, weight, bias) if tensor is not None]
    ours, theirs = linear(x, weight, bias), functional.linear(x, weight, bias)
    assert_close(ours, theirs)
    grad_y = randn(g, *theirs.shape)
    slopes = zip(torch.autograd.grad(ours, inputs, grad_y), torch.autograd.grad(theirs, inputs, grad_y), strict=True)
    for our_slope, their_slope in slopes:
        assert_close(our_slope, their_slope)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_types_are_kept(dtype, rng):
    x, weight, bias = randn(rng, 9, 20, dtype=dtype), randn(rng, 5, 20, dtype=dtype), randn(rng, 5, dtype=dtype)
    z = linear(x, weight, bias)
    assert z.dtype == dtype
    exact = functional.linear(x.double(), weight.double(), bias.double())
    of_the_type = torch.finfo(dtype).eps
    assert_close(z.double(), exact, atol=30 * of_the_type, rtol=30 * of_the_type)
    assert_close(z, functional.linear(x, weight, bias), atol=30 * of_the_type, rtol=30 * of_the_type)


def test_views_are_taken_and_left_alone(rng):
    x, weight = randn(rng, 6, 3, 4).movedim(0, -1), randn(rng, 6, 5).T
    before = x.clone(), weight.clone()
    assert_close(linear(x, weight), functional.linear(x.contiguous(), weight.contiguous()))
    assert_close((x, weight), before)


def test_layer_is_torchs_layer(rng):
    ours, theirs = Linear(7, 4, generator=rng), nn.Linear(7, 4)
    theirs.load_state_dict(ours.state_dict())
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(3, 7, generator=rng)
    assert_close(ours(x), theirs(x))
    assert repr(ours) == "Linear(7, 4, bias=True)"
    assert repr(Linear(7, 4, bias=False)) == "Linear(7, 4, bias=False)"
    assert Linear(2, 3, bias=False).state_dict().keys() == {"weight"}


def test_starting_weights_have_torchs_bounds(rng):
    layer = Linear(25, 4000, generator=rng)
    for parameter in layer.parameters():
        assert parameter.abs().max() <= 0.2
        assert parameter.abs().max() > 0.199
        assert abs(parameter.mean()) < 0.01
        assert parameter.std().item() == pytest.approx(0.2 / math.sqrt(3), rel=0.05)
    for parameter in nn.Linear(25, 4000).parameters():
        assert parameter.abs().max().item() == pytest.approx(0.2, rel=0.01)


def test_the_generator_alone_decides(rng):
    one, other, third = (Linear(5, 6, generator=torch.Generator().manual_seed(s)) for s in (1, 1, 2))
    assert_close(one.state_dict(), other.state_dict())
    assert not one.weight.equal(third.weight)


# A network


def by_the_formula(x, weights, biases, activation):
    a = x
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        a = activation(weight @ a + bias)
    return weights[-1] @ a + biases[-1]


@pytest.mark.equation("mlp")
@given(SIZES, st.sampled_from([torch.relu, torch.tanh, torch.sigmoid]), st.integers(0, 99))
def test_a_network_is_its_layers_one_after_the_other(sizes, activation, seed):
    g = torch.Generator().manual_seed(seed)
    net = MLP(sizes, activation=activation, generator=g).double()
    x = randn(g, 4, sizes[0])
    weights = [p.detach() for p in net.parameters() if p.ndim == 2]
    biases = [p.detach() for p in net.parameters() if p.ndim == 1]
    expected = torch.stack([by_the_formula(row, weights, biases, activation) for row in x])
    assert_close(net(x).detach(), expected)


@given(SIZES, st.integers(0, 99))
def test_network_agrees_with_torchs_in_value_and_gradient(sizes, seed):
    g = torch.Generator().manual_seed(seed)
    ours = MLP(sizes, generator=g).double()
    parts = [nn.Linear(*pair).double() for pair in itertools.pairwise(sizes)]
    for part, layer in zip(parts, ours.layers, strict=True):
        part.load_state_dict(layer.state_dict())
    theirs = nn.Sequential(*[step for part in parts for step in (part, nn.ReLU())][:-1])
    x = randn(g, 3, sizes[0]).requires_grad_()
    assert_close(ours(x), theirs(x))
    for our_slope, their_slope in zip(
        torch.autograd.grad(ours(x).sin().sum(), [x, *ours.parameters()]),
        torch.autograd.grad(theirs(x).sin().sum(), [x, *theirs.parameters()]),
        strict=True,
    ):
        assert_close(our_slope, their_slope)


def test_torchs_layers_fill_the_same_class():
    a, b = torch.Generator().manual_seed(3), torch.Generator().manual_seed(3)
    ours, theirs = MLP([4, 5, 3], generator=a), MLP([4, 5, 3], linear=nn.Linear, generator=b)
    assert type(theirs.layers[0]) is nn.Linear
    assert_close(ours.state_dict(), theirs.state_dict())  # one seed, the same numbers
    x = torch.randn(2, 4, generator=a)
    assert_close(ours(x), theirs(x))


def test_an_activation_may_be_a_function_a_layer_or_a_class():
    nets = {}
    for name, activation in {"function": torch.tanh, "layer": nn.Tanh(), "class": nn.Tanh}.items():
        nets[name] = MLP([3, 4, 4, 2], activation=activation, generator=torch.Generator().manual_seed(0))
    x = torch.ones(5, 3)
    assert_close(nets["function"](x), nets["layer"](x))
    assert_close(nets["function"](x), nets["class"](x))
    first, second = nets["class"].activations
    assert first is not second
    first, second = nets["layer"].activations
    assert first is second


def test_weights_of_an_activation_are_trained_too():
    apart, shared = MLP([3, 4, 4, 2], activation=nn.PReLU), MLP([3, 4, 4, 2], activation=nn.PReLU())
    plain = count_parameters(MLP([3, 4, 4, 2]))
    assert count_parameters(apart) == plain + 2
    assert count_parameters(shared) == plain + 1


def test_the_last_layer_has_no_activation():
    net = written([1, 1, 1], [[1.0]], [0.0], [[-1.0]], [-2.0])
    assert net(torch.ones(1, 1, dtype=torch.float64)).item() == -3


def test_two_sizes_make_one_layer(rng):
    net = MLP([4, 3], generator=rng)
    x = torch.randn(2, 4, generator=rng)
    assert_close(net(x), net.layers[0](x))


@pytest.mark.equation("mlp_parameters")
@given(SIZES)
def test_parameters_are_counted_by_the_formula(sizes):
    formula = sum((sizes[layer - 1] + 1) * sizes[layer] for layer in range(1, len(sizes)))
    assert count_parameters(MLP(sizes)) == formula
    assert formula == sum(p.numel() for p in MLP(sizes, linear=nn.Linear).parameters())


def test_the_counts_of_the_page():
    assert count_parameters(MLP([4, 5, 3])) == 43
    assert count_parameters(MLP([784, 16, 16, 10])) == 13_002
    shared = nn.ModuleList([Linear(3, 3)] * 2)
    assert count_parameters(shared) == 12


# What one unit can do


def one_unit_can(wanted, corners):
    rows = [[-(2 * one - 1) * value for value in (*x, 1)] for one, x in zip(wanted, corners, strict=True)]
    return linprog([0] * len(rows[0]), rows, [-1] * len(rows), bounds=[(None, None)] * len(rows[0])).success


@pytest.mark.equation("xor_impossible")
@given(st.floats(-99, 99), st.floats(-99, 99), st.floats(-99, 99))
def test_no_unit_does_xor(w1, w2, b):
    corners = itertools.product([0, 1], repeat=2)
    assert [w1 * x1 + w2 * x2 + b > 0 for x1, x2 in corners] != [False, True, True, False]
    outer, inner = b + (w1 + w2 + b), (w1 + b) + (w2 + b)  # what the proof adds up
    assert outer == pytest.approx(inner, abs=1e-12)
    assert not one_unit_can([0, 1, 1, 0], list(itertools.product([0, 1], repeat=2)))


def test_one_unit_does_14_of_16_functions():
    corners = list(itertools.product([0, 1], repeat=2))
    impossible = [t for t in itertools.product([0, 1], repeat=4) if not one_unit_can(t, corners)]
    assert impossible == [(0, 1, 1, 0), (1, 0, 0, 1)]


def test_one_unit_cannot_part_even_from_odd_in_the_training_set_of_the_page():
    images, labels = digits()
    learned = split(images.flatten(1), labels, seed=0, validation=300, test=497).train
    corners = learned.x.tolist()
    assert len(corners) == 1000
    assert not one_unit_can((learned.y % 2).tolist(), corners)
    assert one_unit_can((learned.y == 0).int().tolist(), corners)  # the question is not to blame


@pytest.mark.equation("xor_fold")
@given(st.floats(-3, 3), st.floats(-3, 3))
def test_two_hidden_units_fold_the_plane(x1, x2):
    net = written([2, 2, 1], [[1, -1], [-1, 1]], [0, 0], [[1, 1]], [0])
    assert net(torch.tensor([x1, x2], dtype=torch.float64)).item() == pytest.approx(abs(x1 - x2))
    assert net(CORNERS).flatten().tolist() == [0, 1, 1, 0]


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.fully_connected.layers)
WEIGHT = torch.zeros(3, 4)


@pytest.mark.parametrize(
    ("x", "weight", "bias", "message"),
    [
        (torch.zeros(2, 5), WEIGHT, None, r"x must end in an axis of 4 numbers, .* got shape \(2, 5\)"),
        (torch.zeros(()), WEIGHT, None, r"x must end in an axis of 4 numbers, .* got shape \(\)"),
        (torch.zeros(4).long(), WEIGHT, None, "x must hold floating-point numbers, got torch.int64"),
        (torch.zeros(4), None, None, "weight must hold floating-point numbers, got NoneType"),
        ([1.0, 2, 3, 4], WEIGHT, None, "x must hold floating-point numbers, got list"),
        (torch.zeros(4), torch.zeros(4), None, r"weight must have 2 axes \(units, inputs\), got 1: shape \(4,\)"),
        (torch.zeros(4), WEIGHT, torch.zeros(1, 3), r"bias must hold 3 numbers, .* got shape \(1, 3\)"),
        (torch.zeros(4), WEIGHT, torch.zeros(1), r"bias must hold 3 numbers, one for each unit, got shape \(1,\)"),
        (torch.zeros(4).double(), WEIGHT, None, "weight is torch.float32, x is torch.float64"),
        (torch.zeros(4, device="meta"), WEIGHT, None, "weight is on cpu, x is on meta"),
        (torch.zeros(4), WEIGHT, torch.zeros(3).half(), "bias is torch.float16, x is torch.float32"),
        (torch.zeros(4), WEIGHT.tolist(), None, "weight must hold floating-point numbers, got list"),
    ],
)
def test_what_does_not_fit_is_refused(x, weight, bias, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.linear(x, weight, bias)


@pytest.mark.parametrize("value", [0, -1, 2.0, True, "3", None])
def test_sizes_without_sense_are_refused(value):
    for make in (lambda: PLAIN.Linear(value, 2), lambda: PLAIN.Linear(2, value), lambda: PLAIN.MLP([2, value, 2])):
        with pytest.raises(ValueError, match=f"must be an integer of at least 1, got {value!r}"):
            make()


@pytest.mark.parametrize("sizes", [[], [4]])
def test_a_network_needs_two_sizes(sizes):
    with pytest.raises(ValueError, match=rf"sizes must name the inputs and at least one layer, got \{sizes}"):
        PLAIN.MLP(sizes)


def test_draw_takes_no_gradient_and_the_shape_stays(rng):
    layer = nn.Linear(9, 2)
    draw(layer, 9, rng)
    assert layer.weight.grad_fn is None
    assert layer.weight.requires_grad
    assert layer.weight.abs().max() <= 1 / 3


@pytest.mark.equation("unit_monotone")
@given(st.integers(1, 5), st.floats(-9, 9), st.integers(0, 99))
def test_more_of_an_input_counts_one_way_only(d, t, seed):
    g = torch.Generator().manual_seed(seed)
    layer, x = Linear(d, 1, generator=g).double(), randn(g, d)
    for i in range(d):
        raised = x.clone()
        raised[i] += t
        # another way: the sums written out, all other terms cancel
        assert_close(layer(raised) - layer(x), layer.weight[:, i] * t)


def test_three_axes_go_through_a_layer_as_rows_do(rng):
    layer, x = Linear(5, 3, generator=rng).double(), randn(rng, 2, 7, 5)
    assert_close(layer(x), torch.stack([torch.stack([layer(word) for word in text]) for text in x]))
