"""The nn library: our module against torch's, LeNet in three ways, and how layers start."""

import copy
import importlib
import math
import re
from types import SimpleNamespace

import pytest
import torch
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn import functional
from torch.testing import assert_close

from dlbook.lenet import LeNet
from dlbook.torch_nn import (
    MiniModule,
    SubclassLeNet,
    draw_as_torch,
    draw_tree,
    fan_in,
    functional_lenet,
    hidden,
    sequential_lenet,
    tree,
)

BASES = [MiniModule, nn.Module]


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


def kinds(base):
    """The same two classes on our module and on torch's."""

    class Dense(base):
        def __init__(self, d_in, d_out, generator):
            super().__init__()
            self.d_in = d_in
            self.register_buffer("scale", torch.full((d_out,), 2.0))
            self.weight = nn.Parameter(torch.randn(d_out, d_in, generator=generator))
            self.bias = nn.Parameter(torch.randn(d_out, generator=generator))
            self.register_buffer("count", torch.tensor(0), persistent=False)

        def forward(self, x):
            if self.training:
                self.count += 1
            return (x @ self.weight.T + self.bias) * self.scale

    class Net(base):
        def __init__(self, seed=0):
            super().__init__()
            generator = seeded(seed)
            self.first = Dense(3, 4, generator)
            self.gain = nn.Parameter(torch.ones(()))
            self.second = Dense(4, 4, generator)
            self.again = self.second  # a shared module
            self.tied = self.first.bias  # a shared parameter
            self.empty = None

        def forward(self, x):
            return self.again(self.second(self.first(x).tanh())) * self.gain + self.tied

    return Dense, Net


def twins(seed=0):
    return [kinds(base)[1](seed) for base in BASES]


# our module and torch's


@pytest.mark.parametrize("walk", ["named_parameters", "named_buffers", "named_modules", "named_children"])
def test_walks_find_the_same_names_in_the_same_order(walk):
    ours, theirs = twins()
    assert [name for name, _ in getattr(ours, walk)()] == [name for name, _ in getattr(theirs, walk)()]
    plain = walk.removeprefix("named_")
    assert [id(one) for _, one in getattr(ours, walk)()] == [id(one) for one in getattr(ours, plain)()]


def test_a_child_that_is_shared_is_walked_once_and_saved_twice():
    ours, theirs = twins()
    names = [name for name, _ in ours.named_parameters()]
    assert names == ["gain", "tied", "first.weight", "second.weight", "second.bias"]
    assert list(ours.state_dict()) == list(theirs.state_dict())
    assert "again.weight" in ours.state_dict()
    assert "tied" in ours.state_dict()
    assert "first.bias" in ours.state_dict()


def test_values_and_gradients_are_those_of_torchs_module():
    x = torch.randn(5, 3, generator=seeded(1)).double()
    grads = []
    for net in twins():
        net = net.to(torch.float64)
        loss = net(x).square().sum()
        loss.backward()
        grads.append([loss, *(p.grad for p in net.parameters())])
    for ours, theirs in zip(*grads, strict=True):
        assert torch.equal(ours, theirs)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.bfloat16])
def test_to_changes_floats_alone_and_keeps_the_parameters(dtype):
    for net in twins():
        net(torch.ones(1, 3)).sum().backward()
        before = list(net.parameters())
        assert net.to(dtype) is net
        assert all(a is b for a, b in zip(before, net.parameters(), strict=True))
        assert {p.dtype for p in net.parameters()} == {dtype}
        assert {p.grad.dtype for p in net.parameters()} == {dtype}
        assert net.first.scale.dtype == dtype
        assert net.first.count.dtype == torch.int64


def test_the_state_shares_memory_and_only_what_persists_is_in_it():
    for net in twins():
        state = net.state_dict()
        assert "first.scale" in state
        assert "first.count" not in state
        assert not any(value.requires_grad for value in state.values())
        with torch.no_grad():
            net.gain += 1
        assert state["gain"] == 2


def test_loading_copies_into_the_same_parameters():
    for net, other in zip(twins(0), twins(1), strict=True):
        before = list(net.parameters())
        keys = net.load_state_dict(other.state_dict())
        assert tuple(keys) == ([], [])
        assert all(a is b for a, b in zip(before, net.parameters(), strict=True))
        for name, value in other.state_dict().items():
            assert torch.equal(net.state_dict()[name], value)


@pytest.mark.parametrize("last", ["first.bias", "tied"])
def test_of_two_values_for_a_tied_weight_the_later_name_wins(last):
    """In the order of the module, not of the file."""
    ends = []
    for net in twins():
        state = {name: value.clone() for name, value in net.state_dict().items()}
        state["tied"], state["first.bias"] = torch.zeros(4), torch.ones(4)
        state[last] = state.pop(last)
        net.load_state_dict(state)
        ends.append(net.tied.detach())
    assert torch.equal(*ends)
    assert torch.equal(ends[0], torch.ones(4))


def test_not_strict_takes_what_fits_and_says_what_did_not():
    found = []
    for net in twins():
        state = {"first.bias": torch.zeros(4), "other": torch.zeros(1), "gain": torch.tensor(7.0)}
        found.append(tuple(net.load_state_dict(state, strict=False)))
        assert net.gain == 7
        assert torch.equal(net.first.bias, torch.zeros(4))
    assert found[0] == found[1]
    assert found[0][1] == ["other"]


def test_a_refused_state_changes_nothing_in_ours_and_something_in_torchs():
    for net, error, changed in zip(twins(), (ValueError, RuntimeError), (False, True), strict=True):
        state = {"gain": torch.tensor(7.0)}
        with pytest.raises(error):
            net.load_state_dict(state)
        assert (net.gain == 7) == changed


@pytest.mark.parametrize("strict", [True, False])
def test_another_shape_is_refused_even_if_not_strict(strict):
    said = [r"gain must have shape \(\), got \(2,\)", "size mismatch for gain"]
    for net, error, text in zip(twins(), (ValueError, RuntimeError), said, strict=True):
        state = net.state_dict() | {"gain": torch.zeros(2)}
        with pytest.raises(error, match=text):
            net.load_state_dict(state, strict=strict)


def test_train_and_eval_flip_every_training_and_nothing_else():
    for net in twins():
        assert net.eval() is net
        assert [m.training for m in net.modules()] == [False] * 3
        net(torch.zeros(1, 3))
        assert net.first.count == 0
        assert all(p.requires_grad for p in net.parameters())
        assert net.train() is net
        net(torch.zeros(1, 3))
        assert (net.first.count, net.second.count) == (1, 2)


def test_hooks_run_in_order_may_change_the_result_and_can_be_removed():
    for base in BASES:
        dense = kinds(base)[0](2, 2, seeded())
        seen = []
        first = dense.register_forward_hook(lambda module, inputs, result: result + 1)
        second = dense.register_forward_hook(lambda *said, seen=seen: seen.append(said))
        x = torch.ones(1, 2)
        y = dense(x)
        assert_close(y, dense.forward(x) + 1)
        module, inputs, result = seen.pop()
        assert module is dense
        assert inputs[0] is x
        assert result is y
        first.remove()
        assert torch.equal(dense(x), dense.forward(x))
        second.remove()
        dense(x)
        assert len(seen) == 1


@pytest.mark.parametrize("base", BASES)
def test_a_hook_may_remove_itself_and_those_behind_it_still_run(base):
    dense, times = kinds(base)[0](2, 2, seeded()), []

    def once(*_):
        times.append("once")
        handle.remove()

    handle = dense.register_forward_hook(once)
    dense.register_forward_hook(lambda *_: times.append("always"))
    dense(torch.ones(1, 2))
    dense(torch.ones(1, 2))
    assert times == ["once", "always", "always"]


@pytest.mark.parametrize("base", BASES)
def test_what_is_assigned_finds_its_place(base):
    dense, _ = kinds(base)
    net = base()
    net.a = 3
    net.a = nn.Parameter(torch.zeros(1))  # a plain value becomes a parameter,
    assert [name for name, _ in net.named_parameters()] == ["a"]
    with pytest.raises((TypeError, ValueError), match="a"):
        net.a = dense(1, 1, seeded())  # that does not become a module
    del net.a
    net.a = dense(1, 1, seeded())
    assert [name for name, _ in net.named_parameters()] == ["a.weight", "a.bias"]
    net.a = nn.Parameter(torch.zeros(1))  # but a module may become a parameter
    assert [name for name, _ in net.named_parameters()] == ["a"]
    assert list(net.children()) == []
    del net.a
    net.a = dense(1, 1, seeded())
    net.a = None  # keeps its place, empty,
    assert list(net.named_children()) == []
    net.b = nn.Parameter(torch.ones(1))
    net.a = dense(1, 1, seeded())  # and fills it: b stays behind
    assert [name for name, _ in net.named_children()] == ["a"]
    net.b = None
    assert net.b is None
    assert "b" not in net.state_dict()
    net.b = nn.Parameter(torch.ones(1))
    net.register_buffer("c", None)
    assert "c" not in net.state_dict()
    net.c = torch.zeros(2)
    assert list(net.state_dict())[:2] == ["b", "c"]
    del net.b
    assert not hasattr(net, "b")
    net.c = nn.Parameter(torch.zeros(2))
    assert [name for name, _ in net.named_buffers()] == ["a.scale", "a.count"]
    net.d = torch.zeros(1)
    assert "d" not in net.state_dict()  # a tensor is not sorted
    net.e = [nn.Parameter(torch.zeros(1))]
    assert not any(name.startswith("e") for name in net.state_dict())
    del net.a
    assert list(net.children()) == []
    del net.d
    assert not hasattr(net, "d")


@pytest.mark.parametrize("base", BASES)
def test_a_buffer_that_was_not_saved_and_is_registered_anew_is(base):
    net = base()
    net.register_buffer("a", torch.zeros(1), persistent=False)
    assert not net.state_dict()
    net.register_buffer("a", torch.zeros(1))
    assert list(net.state_dict()) == ["a"]
    net.register_buffer("a", torch.zeros(1), persistent=False)
    del net.a
    net.a = nn.Parameter(torch.zeros(1))
    assert list(net.state_dict()) == ["a"]


@pytest.mark.parametrize("base", BASES)
def test_an_unsaved_buffer_that_becomes_a_parameter_is_saved(base):
    net = base()
    net.register_buffer("a", torch.zeros(1), persistent=False)
    net.a = nn.Parameter(torch.zeros(1))
    assert list(net.state_dict()) == ["a"]


def test_a_copy_is_independent_and_keeps_what_is_shared():
    for net in twins():
        other = copy.deepcopy(net)
        assert other.tied is other.first.bias
        assert other.again is other.second
        with torch.no_grad():
            other.gain += 1
        assert net.gain == 1


def test_an_optimiser_trains_ours_as_it_trains_torchs():
    x = torch.randn(8, 3, generator=seeded(4))
    ends = []
    for net in twins():
        sgd = torch.optim.SGD(net.parameters(), 0.01)
        for _ in range(3):
            sgd.zero_grad()
            net(x).square().mean().backward()
            sgd.step()
        ends.append(torch.cat([p.detach().flatten() for p in net.parameters()]))
    assert torch.equal(*ends)


def test_what_must_come_first_and_what_is_missing():
    class Late(MiniModule):
        def __init__(self):
            self.weight = nn.Parameter(torch.zeros(1))

    with pytest.raises(AttributeError, match=r"Late must call super\(\).__init__\(\)"):
        Late()
    with pytest.raises(AttributeError, match="MiniModule has no 'weight'"):
        _ = MiniModule().weight
    with pytest.raises(AttributeError, match="weight"):
        del MiniModule().weight
    with pytest.raises(NotImplementedError, match="MiniModule has no forward"):
        MiniModule()(1)


def with_parts(m):
    net = m.MiniModule()
    net.weight = nn.Parameter(torch.zeros(2))
    net.child = m.MiniModule()
    net.register_buffer("mean", torch.zeros(2))
    return net


def plain():
    """The names of the package, from modules without the shape checks of the test run."""
    names = {}
    for name in ("module", "lenets", "start"):
        names |= vars(as_a_reader_imports_it(importlib.import_module(f"dlbook.torch_nn.{name}")))
    return SimpleNamespace(**names)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m: setattr(with_parts(m), "weight", torch.ones(2)), "weight must be a Parameter or None, got Tensor"),
        (lambda m: setattr(with_parts(m), "child", 3), "child must be a MiniModule or None, got int"),
        (lambda m: setattr(with_parts(m), "mean", 0.5), "mean must be a Tensor or None, got float"),
        (lambda m: with_parts(m).register_buffer("a.b", None), "name must be a word without a dot, got 'a.b'"),
        (lambda m: with_parts(m).register_buffer("", None), "name must be a word without a dot, got ''"),
        (lambda m: with_parts(m).register_buffer("weight", None), "name must be free, got 'weight', which is not"),
        (lambda m: with_parts(m).register_buffer("forward", None), "name must be free, got 'forward'"),
        (lambda m: with_parts(m).register_buffer("n", 3), "n must be a Tensor or None, got int"),
        (lambda m: with_parts(m).load_state_dict({}), r"got none for \['weight', 'mean'\], and \[\] that it has not"),
        (
            lambda m: with_parts(m).load_state_dict(with_parts(m).state_dict() | {"x": torch.zeros(1)}),
            r"got none for \[\], and \['x'\] that it has not",
        ),
        (lambda m: with_parts(m).train(1), "mode must be True or False, got 1"),
        (lambda m: with_parts(m).to(torch.int64), "to must be a floating-point type, got torch.int64"),
        (lambda m: m.fan_in(torch.zeros(3)), r"weight must have at least 2 axes, units first, got 1: shape \(3,\)"),
        (lambda m: m.draw_as_torch(nn.MultiheadAttention(4, 2), seeded()), "of the kinds Linear, .* got Multihead"),
        (lambda m: m.SubclassLeNet()(torch.zeros(2, 1, 32, 32)), r"\(1, 28, 28\).* got \(2, 1, 32, 32\)"),
        (lambda m: m.functional_lenet(torch.zeros(2, 28, 28), {}), r"\(1, 28, 28\).* got \(2, 28, 28\)"),
        (lambda m: m.functional_lenet(torch.zeros(2, 1, 28, 28).int(), {}), "floating-point numbers, got torch.int32"),
        (
            lambda m: m.functional_lenet(torch.zeros(2, 1, 28, 28), {"c1.weight": torch.zeros(6, 1, 5, 5)}),
            r"weights must hold 'c1.bias', got \['c1.weight'\]",
        ),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call(plain())


# LeNet in three ways


def in_four_ways(dtype=torch.float64):
    chain = sequential_lenet(generator=seeded(3)).to(dtype)
    own = SubclassLeNet().to(dtype)
    own.load_state_dict(chain.state_dict())
    whole = LeNet().to(dtype)
    whole.load_state_dict({name: chain.state_dict()[name.split(".", 1)[1]] for name in whole.state_dict()})
    weights = {name: value.clone().requires_grad_() for name, value in chain.state_dict().items()}
    return [
        (chain, list(chain.parameters())),
        (own, list(own.parameters())),
        (lambda x: functional_lenet(x, weights), list(weights.values())),
        (whole, list(whole.parameters())),
    ]


@pytest.mark.parametrize("n", [0, 1, 5])
@pytest.mark.parametrize("layout", ["contiguous", "columns first"])
def test_all_four_lenets_agree_in_value_and_gradient(n, layout):
    x = torch.randn(n, 1, 28, 28, generator=seeded(1)).double()
    if layout == "columns first":
        x = x.mT.contiguous().mT
    found = []
    for net, weights in in_four_ways():
        inputs = x.clone(memory_format=torch.preserve_format).requires_grad_()
        y = net(inputs)
        assert y.shape == (n, 10)
        grads = torch.autograd.grad((y * torch.arange(10.0)).square().sum(), [inputs, *weights])
        found.append([y, *grads])
    for others in found[1:]:
        for a, b in zip(found[0], others, strict=True):
            assert_close(a, b, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_they_agree_in_other_types(dtype):
    x = torch.randn(2, 1, 28, 28, generator=seeded(1)).to(dtype)
    ys = [net(x) for net, _ in in_four_ways(dtype)]
    assert {y.dtype for y in ys} == {dtype}
    for y in ys[1:]:
        assert_close(y, ys[0])


def test_the_names_are_the_same_and_so_is_the_count():
    chain, own = sequential_lenet(), SubclassLeNet()
    assert list(chain.state_dict()) == list(own.state_dict())
    assert sum(p.numel() for p in own.parameters()) == 61_706


def test_a_seed_gives_the_same_weights_in_all_of_them():
    nets = [make(generator=seeded(8)) for make in (sequential_lenet, SubclassLeNet)]
    torch.manual_seed(8)
    nets.append(LeNet())
    for values in zip(*(net.parameters() for net in nets), strict=True):
        assert all(torch.equal(values[0], value) for value in values)


# how layers start


def layers():
    return {
        "dense": lambda: nn.Linear(50, 30),
        "no bias": lambda: nn.Linear(50, 30, bias=False),
        "conv": lambda: nn.Conv2d(8, 16, 3),
        "groups": lambda: nn.Conv2d(8, 16, 3, groups=4),
        "conv1d": lambda: nn.Conv1d(3, 7, 5),
        "up": lambda: nn.ConvTranspose2d(8, 3, 2),
        "embedding": lambda: nn.Embedding(100, 20, padding_idx=3),
        "bag": lambda: nn.EmbeddingBag(10, 4),
        "lstm": lambda: nn.LSTM(6, 9, 2, bidirectional=True),
        "gru": lambda: nn.GRU(6, 9),
        "cell": lambda: nn.LSTMCell(6, 9),
        "batch norm": lambda: nn.BatchNorm2d(4),
        "layer norm": lambda: nn.LayerNorm((3, 4)),
        "group norm": lambda: nn.GroupNorm(2, 4),
        "prelu": lambda: nn.PReLU(),
        "nothing": lambda: nn.ReLU(),
        "lenet": LeNet,
    }


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("name", layers())
def test_with_a_seed_layers_start_as_torch_starts_them(name, dtype):
    make = layers()[name]
    torch.set_default_dtype(dtype)
    try:
        torch.manual_seed(11)
        theirs, ours = make(), make()
    finally:
        torch.set_default_dtype(torch.float32)
    assert draw_as_torch(ours, seeded(11)) is ours
    for a, b in zip(ours.state_dict().values(), theirs.state_dict().values(), strict=True):
        assert a.dtype == b.dtype
        assert_close(a, b, rtol=0, atol=1e-15)  # in float64 their bound is rounded another way


def test_redrawing_forgets_what_was_learned():
    net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4))
    net(torch.randn(5, 1, 8, 8, generator=seeded()) + 3)
    net[1].weight.data.fill_(7)
    draw_as_torch(net, seeded())
    assert net[1].running_mean.abs().max() == 0
    assert net[1].num_batches_tracked == 0
    assert torch.equal(net[1].weight, torch.ones(4))


def test_a_model_that_is_refused_is_not_changed():
    net = nn.Sequential(nn.Linear(2, 2), nn.MultiheadAttention(4, 2))
    before = net[0].weight.detach().clone()
    with pytest.raises(ValueError, match="MultiheadAttention"):
        draw_as_torch(net, seeded())
    assert torch.equal(net[0].weight, before)


@pytest.mark.equation("nn_start")
@pytest.mark.parametrize(
    ("layer", "reads"),
    [
        (lambda: nn.Linear(400, 120), 400),
        (lambda: nn.Conv2d(6, 16, 5), 6 * 5 * 5),
        (lambda: nn.Conv2d(64, 64, 3, groups=4), 16 * 3 * 3),
        (lambda: nn.Conv1d(7, 40, 5), 35),
        (lambda: nn.ConvTranspose2d(40, 7, 3), 7 * 3 * 3),
    ],
)
def test_weights_and_biases_fill_the_interval_that_the_page_names(layer, reads):
    """The bound by kaiming_uniform_'s own arguments, and by what a fresh layer holds."""
    torch.manual_seed(0)
    fresh = [layer() for _ in range(30)]
    gain = nn.init.calculate_gain("leaky_relu", math.sqrt(5))
    assert math.isclose(math.sqrt(3) * gain / math.sqrt(reads), reads**-0.5)
    assert math.isclose(gain, math.sqrt(2 / (1 + 5)))
    for values in (torch.cat([getattr(one, name).detach().flatten() for one in fresh]) for name in ("weight", "bias")):
        assert 0.9 * reads**-0.5 < values.abs().max() <= reads**-0.5 * (1 + 1e-6)
        assert abs(values.mean()) < 0.1 * reads**-0.5
        assert math.isclose(values.var(), 1 / (3 * reads), rel_tol=0.2)
    assert fan_in(fresh[0].weight) == reads


@pytest.mark.equation("nn_sixth")
def test_a_layer_with_relu_keeps_a_sixth_of_the_mean_square():
    """Exactly, in the mean over weights: here over 40,000 draws, and in closed form by moments."""
    n, draws = 4, 40_000
    h = torch.tensor([0.3, 1.0, 0.0, 2.0]).double()
    weight, bias = (torch.empty(draws, *s, dtype=torch.float64) for s in ((n, n), (n,)))
    for values in (weight, bias):
        values.uniform_(-(n**-0.5), n**-0.5, generator=seeded(2))
    after = (weight @ h + bias).relu().square().mean()
    assert math.isclose(after, (h.square().mean() + 1 / n) / 6, rel_tol=0.02)


@pytest.mark.equation("nn_sixth")
def test_its_fixed_point_is_a_fifth_of_one_over_the_width():
    q, n = 1.0, 64
    for _ in range(30):
        q = (q + 1 / n) / 6
    assert math.isclose(q, 1 / (5 * n))


@pytest.mark.parametrize(("name", "bound"), [("lstm", 9**-0.5), ("gru", 9**-0.5), ("cell", 9**-0.5)])
def test_recurrent_layers_look_at_the_hidden_size_alone(name, bound):
    torch.manual_seed(0)
    values = torch.cat([p.detach().flatten() for p in layers()[name]().parameters()])
    assert 0.97 * bound < values.abs().max() <= bound


@pytest.mark.equation("nn_lstm")
@pytest.mark.parametrize(("d", "h"), [(1, 1), (8, 16), (5, 3)])
def test_the_parameters_of_recurrent_layers(d, h):
    for kind, gates in ((nn.LSTM, 4), (nn.GRU, 3), (nn.RNN, 1)):
        assert sum(p.numel() for p in kind(d, h).parameters()) == gates * h * (d + h + 2)


# the tree


def test_the_tree_holds_every_module_and_every_parameter():
    model = LeNet()
    nodes = tree(model)
    assert [node.path for node in nodes] == [name for name, _ in model.named_modules()]
    assert [node.depth for node in nodes][:4] == [0, 1, 2, 2]
    assert sum(math.prod(shape) for node in nodes for shape in node.shapes.values()) == 61_706
    assert nodes[2] == (2, "c1", "features.c1", "Conv2d", {"weight": (6, 1, 5, 5), "bias": (6,)})


def test_a_module_with_two_names_stands_in_the_tree_twice():
    layer = nn.ReLU()
    assert [node.path for node in tree(nn.Sequential(layer, layer))] == ["", "0", "1"]


def test_the_drawing_has_a_row_for_each_module():
    import matplotlib.pyplot as plt

    fig, ax = plt.subplots()
    draw_tree(ax, LeNet(), "LeNet")
    said = [text.get_text() for text in ax.texts]
    assert "LeNet: LeNet" in said
    assert "c3: Conv2d" in said
    assert "weight 16×6×5×5, bias 16" in said
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == len(tree(LeNet()))
    plt.close(fig)


# what is hidden


def test_hidden_finds_what_the_optimiser_never_sees():
    model = nn.Module()
    model.layers = [nn.Linear(1, 1), nn.ReLU()]
    model.pair = (nn.Parameter(torch.zeros(1)),)
    model.table = {"a": [nn.Linear(1, 1)], "b": 3}
    model.loose = torch.zeros(1, requires_grad=True)
    model.child = nn.Module()
    model.child.more = [torch.zeros(2, requires_grad=True)]
    found = hidden(model)
    assert found == ["layers[0]", "layers[1]", "pair[0]", "table['a'][0]", "loose", "child.more[0]"]


def test_hidden_is_silent_about_what_is_known():
    model = LeNet()
    model.order = [model.features.c1, model.features.c1.weight]
    model.constant = [torch.zeros(3), 4, "text"]
    model.more = nn.ModuleList([nn.Linear(1, 1)])
    model.lstm = nn.LSTM(2, 3)
    model.result = (model.lstm.bias_hh_l0 * 2).detach()
    model.computed = model.lstm.bias_hh_l0 * 2  # no leaf
    loop = []
    loop.append(loop)
    model.loop = loop
    assert hidden(model) == []


def test_one_object_in_two_lists_is_named_once():
    model, layer = nn.Module(), nn.Linear(1, 1)
    model.a, model.b = [layer], [layer]
    assert hidden(model) == ["a[0]"]


# what the page says about torch


def test_attention_reads_the_weight_of_out_proj_and_never_calls_it():
    attention = nn.MultiheadAttention(4, 2, batch_first=True)
    called = []
    attention.out_proj.register_forward_hook(lambda *_: called.append(1))
    x = torch.randn(1, 3, 4, generator=seeded())
    before = attention(x, x, x)[0]
    attention.out_proj.forward = None  # would raise if it were called
    with torch.no_grad():
        attention.out_proj.weight.mul_(2)
    assert not torch.allclose(attention(x, x, x)[0], before)
    assert called == []


def test_the_function_dropout_does_not_know_eval():
    x = torch.ones(1000)
    assert (functional.dropout(x) == 0).any()
    assert torch.equal(nn.Dropout().eval()(x), x)


def test_the_errors_are_still_the_ones_that_the_page_quotes():
    with pytest.raises(ValueError, match="optimizer got an empty parameter list"):
        torch.optim.SGD([], 0.1)
    layer = nn.Linear(1, 1)
    with pytest.raises(TypeError, match=re.escape("(torch.nn.Parameter or None expected)")):
        layer.weight = torch.zeros(1, 1)
