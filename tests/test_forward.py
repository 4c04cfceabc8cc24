"""What a model computes on the way and what it keeps: ours against hooks, counts and torch's own counter."""

import functools
import importlib.util
import itertools
import math

import matplotlib
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from torch import nn
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.forward
from dlbook import drawing
from dlbook.forward import graph, multiply_adds, saved, saved_bytes, trace
from dlbook.fully_connected import MLP, Linear

SIZES = st.lists(st.integers(1, 7), min_size=2, max_size=5)
KEEP_THEIR_OUTPUT = [nn.ReLU, nn.Sigmoid, nn.Tanh]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(3)


def randn(rng, *shape):
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def the_net_of_the_page(activation=nn.ReLU):
    net = MLP([2, 2, 1], activation=activation).double()
    for p, numbers in zip(net.parameters(), [[[1, -1], [-1, 0.5]], [0.5, 1], [[2, -3]], [-1]], strict=True):
        p.data = torch.tensor(numbers, dtype=torch.float64)
    return net


# What it computes


def test_the_numbers_worked_on_the_page():
    first, active, last = trace(the_net_of_the_page(), torch.tensor([2.0, 1], dtype=torch.float64))
    assert first.gives.tolist() == [1.5, -0.5]
    assert active.gives.tolist() == [1.5, 0]
    assert last.gives.tolist() == [2]
    assert torch.sigmoid(last.gives).item() == pytest.approx(1 / (1 + math.exp(-2)))
    assert the_net_of_the_page()(torch.tensor([0.0, 1], dtype=torch.float64)).item() == -5.5


@pytest.mark.equation("forward_chain")
@given(SIZES, st.integers(0, 99))
def test_a_network_is_a_chain_of_functions(sizes, seed):
    g = torch.Generator().manual_seed(seed)
    net = MLP(sizes, activation=torch.tanh, generator=g).double()
    chain = []
    for weight, bias in _pairs(net):
        chain += [functools.partial(_affine, weight, bias), torch.tanh]
    x = randn(g, sizes[0])
    expected = functools.reduce(lambda a, f: f(a), chain[:-1], x)
    assert_close(net(x), expected)


def _pairs(net):
    parameters = list(net.parameters())
    return zip(parameters[::2], parameters[1::2], strict=True)


def _affine(weight, bias, a):
    return (weight * a).sum(1) + bias


@pytest.mark.equation("logit_odds")
@given(st.lists(st.floats(-20, 20), min_size=2, max_size=6), st.floats(-50, 50))
def test_odds_are_the_exponential_of_the_difference(numbers, c):
    z = torch.tensor(numbers, dtype=torch.float64)
    p = z.softmax(0)
    for i, j in itertools.product(range(len(z)), repeat=2):
        assert_close(p[i] / p[j], torch.exp(z[i] - z[j]))
    assert_close(p.sum(), torch.ones((), dtype=p.dtype))
    assert_close((z + c).softmax(0), p)
    assert_close(torch.stack([z[0], 0 * z[0]]).softmax(0)[0], torch.sigmoid(z[0]))


# trace


@given(SIZES, st.integers(0, 4), st.sampled_from([nn.ReLU, nn.Tanh]))
def test_trace_finds_each_layer_in_order(sizes, n, activation):
    net = MLP(sizes, activation=activation)
    steps = trace(net, torch.zeros(n, sizes[0]))
    layers = len(sizes) - 1
    assert [s.kind for s in steps] == (["Linear", activation.__name__] * layers)[:-1]
    assert [s.name for s in steps if s.kind == "Linear"] == [f"layers.{i}" for i in range(layers)]
    assert [tuple(s.takes.shape) for s in steps if s.kind == "Linear"] == [(n, size) for size in sizes[:-1]]
    assert [tuple(s.gives.shape) for s in steps if s.kind == "Linear"] == [(n, size) for size in sizes[1:]]
    assert [s.holds for s in steps if s.kind == "Linear"] == [(a + 1) * b for a, b in itertools.pairwise(sizes)]


def test_each_step_takes_what_the_last_one_gave(rng):
    net, x = MLP([3, 5, 4, 2], activation=nn.ReLU, generator=rng).double(), randn(rng, 6, 3)
    steps = trace(net, x)
    assert_close(steps[0].takes, x)
    for before, after in itertools.pairwise(steps):
        assert_close(before.gives, after.takes)
    assert_close(steps[-1].gives, net(x).detach())


def test_trace_copies_and_cleans_up(rng):
    net = nn.Sequential(nn.Linear(3, 3), nn.ReLU(inplace=True))
    first, second = trace(net, torch.tensor([[-1.0, 2, 3]]))
    assert_close(second.gives, first.gives.relu())
    assert not first.gives.requires_grad
    assert all(not layer._forward_hooks for layer in net.modules())
    with pytest.raises(RuntimeError):
        trace(net, torch.zeros(1, 4))
    assert all(not layer._forward_hooks for layer in net.modules())


def test_trace_of_an_inplace_layer_keeps_the_number_before_it():
    net = nn.Sequential(nn.Identity(), nn.ReLU(inplace=True))
    first, second = trace(net, torch.tensor([-1.0]))
    assert (first.gives.item(), second.gives.item()) == (-1, 0)


def test_trace_of_a_lone_a_reused_and_a_recurrent_layer():
    (only,) = trace(nn.Linear(2, 3), torch.zeros(2))
    assert (only.name, only.kind, only.holds) == ("", "Linear", 9)
    layer = nn.Linear(2, 2)
    assert [step.name for step in trace(nn.Sequential(layer, nn.ReLU(), layer), torch.zeros(2))] == ["0", "1", "0"]
    (step,) = trace(nn.GRU(2, 3), torch.zeros(4, 1, 2))
    assert [tuple(t.shape) for t in step.gives] == [(4, 1, 3), (1, 1, 3)]
    (step,) = trace(nn.Bilinear(2, 3, 4), torch.zeros(1, 2), torch.zeros(1, 3))
    assert [tuple(t.shape) for t in step.takes] == [(1, 2), (1, 3)]


# Batches


@given(SIZES, st.integers(1, 5), st.integers(0, 99))
def test_a_batch_is_its_rows_one_at_a_time(sizes, n, seed):
    g = torch.Generator().manual_seed(seed)
    net, x = MLP(sizes, generator=g).double(), randn(g, n, sizes[0])
    assert_close(net(x), torch.stack([net(row) for row in x]))


# What it keeps


def test_without_a_graph_nothing_is_kept():
    net, x = MLP([5, 4, 3]), torch.zeros(7, 5)
    with torch.no_grad():
        assert saved_bytes(net, x) == 0
    with torch.inference_mode():
        assert saved(net, x) == []
    assert saved_bytes(net.eval(), x) > 0
    frozen = net.requires_grad_(requires_grad=False)
    assert saved_bytes(frozen, x) == 0


def test_a_function_may_be_asked_and_each_memory_counts_once():
    x = torch.ones(10, requires_grad=True)
    assert saved_bytes(lambda t: t * t, x) == 40
    assert saved_bytes(lambda t: t.exp() * t, x) == 80
    a_slice = torch.ones(100, requires_grad=True)[:10]
    assert saved_bytes(lambda t: t.square(), a_slice) == 400  # it keeps the whole memory


def test_what_is_saved_is_what_the_way_back_needs(rng):
    net, x = MLP([3, 4, 2], activation=nn.Sigmoid, generator=rng).double(), randn(rng, 5, 3)
    inputs = [step.takes for step in trace(net, x) if step.kind == "Linear"]
    assert_close(saved(net, x), inputs)


# The graph


def test_graph_is_the_order_of_operations():
    net = MLP([2, 2, 1])
    names = dict(net.named_parameters())
    y = torch.sigmoid(net(torch.ones(1, 2)))
    found = graph(y, names)
    labels = [operation.label for operation in found]
    trunk = [0]
    while found[trunk[-1]].reads:
        trunk.append(found[trunk[-1]].reads[0])
    way = [labels[i] for i in trunk]
    assert way[:6] == ["Sigmoid", "Add", "Mm", "Relu", "Add", "Mm"]
    assert way[-1] == "layers.0.weight"
    assert sorted(label for label, o in zip(labels, found, strict=True) if not o.reads) == sorted(names)
    for operation in found:
        assert all(found[source].level > operation.level for source in operation.reads)
    assert found[0].level == 0


def test_graph_knows_what_each_operation_keeps():
    x = torch.ones(3, 2)
    weight = torch.ones(4, 2, requires_grad=True)
    relu, mm, *_ = graph(torch.relu(x @ weight.T), {"w": weight})
    assert (relu.label, relu.keeps) == ("Relu", ((3, 4),))
    assert (mm.label, mm.keeps) == ("Mm", ((3, 2),))  # the input alone: nobody asks for its gradient


def test_a_leaf_read_twice_stands_once_behind_its_last_reader():
    w = torch.ones(2, requires_grad=True)
    found = graph((w.exp() * w).sum(), {"w": w})
    assert [o.label for o in found] == ["Sum", "Mul", "Exp", "w"]
    assert [o.level for o in found] == [0, 1, 2, 3]
    assert [o.reads for o in found] == [(1,), (2, 3), (3,), ()]


def test_levels_of_a_ladder_are_the_longest_ways():
    # each step reads both steps before it: short ways and long ways meet everywhere
    a = b = torch.ones((), requires_grad=True)
    for _ in range(6):
        a, b = a + b, a
    found = graph(a, {})
    for operation in found:
        for source in operation.reads:
            assert found[source].level > operation.level
    assert max(o.level for o in found) == 6


def test_a_deep_graph_needs_no_recursion():
    y = x = torch.ones((), requires_grad=True)
    for _ in range(1500):
        y = y + 1
    assert graph(y, {"x": x})[-1] == ("x", 1500, (), ())


def test_the_picture_of_a_graph_has_a_box_for_each_operation_and_an_arrow_for_each_reading():
    net = MLP([2, 3, 1])
    found = graph(net(torch.ones(5, 2)), dict(net.named_parameters()))
    with matplotlib.rc_context({"backend": "agg"}):
        figure, ax = plt.subplots()
        drawing.graph(ax, found)
        words = [text.get_text() for text in ax.texts]
        plt.close(figure)
    assert words.count("") == sum(len(o.reads) for o in found)  # the arrows
    assert [w for w in words if w and not w.startswith("keeps")] == [o.label for o in found]
    assert [w for w in words if w.startswith("keeps")] == ["keeps 3×1, 5×3", "keeps 5×3", "keeps 5×2"]


# What it costs


@pytest.mark.equation("forward_multiply_adds")
@given(SIZES, st.integers(1, 9))
def test_forward_cost_is_half_of_torchs_flops(sizes, batch):
    x = torch.zeros(batch, sizes[0])
    for linear in (Linear, nn.Linear):
        with FlopCounterMode(display=False) as counter:
            MLP(sizes, linear=linear)(x)
        weights = sum(sizes[k - 1] * sizes[k] for k in range(1, len(sizes)))
        assert counter.get_total_flops() == 2 * batch * weights
    assert multiply_adds(sizes, batch)[0] == batch * weights


@pytest.mark.equation("bp_cost")
@given(SIZES, st.integers(1, 9))
def test_backward_cost_is_half_of_torchs_flops(sizes, batch):
    y = MLP(sizes)(torch.zeros(batch, sizes[0]))
    with FlopCounterMode(display=False) as counter:
        y.sum().backward()
    there, back = multiply_adds(sizes, batch)
    assert back == 2 * there - batch * sizes[0] * sizes[1]
    assert counter.get_total_flops() == 2 * back


# Mistakes


def plain():
    """The module without the shape checks of the test run, as a reader imports it."""
    spec = importlib.util.spec_from_file_location("plain_forward", dlbook.forward.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_result_without_a_graph_is_refused():
    with pytest.raises(ValueError, match="y has no graph: autograd did not follow it"):
        plain().graph(torch.ones(2), {})
    with torch.no_grad(), pytest.raises(ValueError, match="y has no graph"):
        plain().graph(MLP([2, 1])(torch.ones(2)), {})


@pytest.mark.parametrize(
    ("sizes", "batch", "message"),
    [
        ([2, 0], 1, "each of sizes must be an integer of at least 1, got 0"),
        ([2, 2.5], 1, "each of sizes must be an integer of at least 1, got 2.5"),
        ([2, 2], -1, "batch must be an integer of at least 0, got -1"),
        ([2], 1, r"sizes must name the inputs and at least one layer, got \[2\]"),
    ],
)
def test_costs_without_sense_are_refused(sizes, batch, message):
    with pytest.raises(ValueError, match=message):
        plain().multiply_adds(sizes, batch)
