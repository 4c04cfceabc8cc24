"""GoogLeNet: blocks and their cost by a second way, the counts of the paper's net, its heads, and what is refused."""

import itertools
import math
from types import SimpleNamespace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn.functional import conv2d, cross_entropy, max_pool2d
from torch.testing import assert_close

from dlbook import googlenet
from dlbook.convolution import Conv2d
from dlbook.experiment._costs import multiply_adds
from dlbook.fully_connected import Linear, count_parameters
from dlbook.googlenet import (
    PLANS,
    GlobalAvgPool2d,
    GoogLeNet,
    Head,
    Inception,
    PlainNet,
    Plan,
    Scores,
    SmallGoogLeNet,
    break_even,
    convolutions,
    googlenet_loss,
    inception_cost,
    plain_width,
    stage_table,
)
from dlbook.lrn import LocalResponseNorm
from dlbook.pooling import AvgPool2d, MaxPool2d

PLAN = Plan(3, 2, 4, 1, 2, 5)  # no two numbers that could be swapped unnoticed, but for the two 2
plans = st.builds(Plan, *(st.integers(least, 6) for least in (1, 0, 1, 0, 1, 0)))


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(17)


@pytest.fixture
def x(rng):
    return torch.randn(2, 6, 7, 5, generator=rng, dtype=torch.float64)


def by_hand(block: Inception, x: torch.Tensor) -> torch.Tensor:
    """A block from its weights, written out."""
    w = dict(block.named_parameters())

    def layer(x, name, padding=0):
        return conv2d(x, w[f"branches.{name}.weight"], w[f"branches.{name}.bias"], padding=padding).clamp(min=0)

    return torch.cat(
        [
            layer(x, "1x1.0"),
            layer(layer(x, "3x3.0"), "3x3.2", 1),
            layer(layer(x, "5x5.0"), "5x5.2", 2),
            layer(max_pool2d(x, 3, 1, 1), "pool.1"),
        ],
        1,
    )


# the block


def test_a_block_is_its_four_branches_written_out(x, rng):
    block = Inception(6, PLAN, generator=rng).double()
    assert_close(block(x), by_hand(block, x))
    assert torch.autograd.gradcheck(block, x[:, :, :3, :3].clone().requires_grad_())


@pytest.mark.parametrize("plan", [PLAN, Plan(2, 0, 3, 0, 1, 0), Plan(2, 1, 3, 0, 1, 4)])
def test_ours_and_torchs_layers_agree_in_value_and_gradient(x, rng, plan):
    theirs = Inception(6, plan, generator=rng).double()
    ours = Inception(6, plan, conv=Conv2d, pool=MaxPool2d).double()
    ours.load_state_dict(theirs.state_dict())
    seen = [x.clone().requires_grad_() for _ in range(2)]
    outputs = [block(one) for block, one in zip((theirs, ours), seen, strict=True)]
    assert_close(*outputs)
    for y in outputs:
        y.square().sum().backward()
    assert_close(seen[0].grad, seen[1].grad)
    for a, b in zip(theirs.parameters(), ours.parameters(), strict=True):
        assert_close(a.grad, b.grad)


@pytest.mark.equation("inception_channels")
@settings(max_examples=30, deadline=None)
@given(plan=plans, c=st.integers(1, 6))
def test_the_channels_add_up(plan, c):
    y = Inception(c, plan)(torch.zeros(1, c, 5, 4))
    assert y.shape == (1, plan.one + plan.three + plan.five + (plan.pool or c), 5, 4)
    assert plan.gives(c) == y.shape[1]


@pytest.mark.equation("inception_same")
@pytest.mark.parametrize("kernel", [1, 3, 5, 7])
@pytest.mark.parametrize("size", [1, 4, 28])
def test_half_of_the_kernel_as_padding_keeps_the_size(kernel, size):
    padding = (kernel - 1) / 2
    assert padding == int(padding)
    y = conv2d(torch.zeros(1, 1, size, size), torch.zeros(1, 1, kernel, kernel), padding=int(padding))
    assert y.shape[2:] == (size, size)
    others = [p for p in range(8) if p != padding and size + 2 * p >= kernel]
    assert all(size + 2 * p - (kernel - 1) != size for p in others)


@pytest.mark.equation("concat_gradient")
def test_the_input_gets_the_sum_of_what_the_branches_send_back(x, rng):
    block = Inception(6, PLAN, generator=rng).double()
    x = x[:1, :, :3, :3].clone().requires_grad_()
    g = torch.randn(block(x).shape, generator=rng, dtype=torch.float64)
    block(x).backward(g)
    summed = torch.zeros_like(x)
    pieces = g.split([PLAN.one, PLAN.three, PLAN.five, PLAN.pool], 1)
    for branch, piece in zip(block.branches.values(), pieces, strict=True):
        jacobian = torch.autograd.functional.jacobian(branch, x.detach())
        summed += (jacobian.reshape(piece.numel(), -1).T @ piece.flatten()).reshape(x.shape)
    assert_close(x.grad, summed)


def test_a_wide_kernel_of_3_is_torchvisions():
    block = Inception(192, PLANS["3a"], wide=3)
    assert [tuple(p.shape) for p in block.branches["5x5"].parameters() if p.ndim > 1] == [
        (16, 192, 1, 1),
        (32, 16, 3, 3),
    ]
    assert block(torch.zeros(1, 192, 4, 4)).shape == (1, 256, 4, 4)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_kinds_of_numbers_views_and_no_images_at_all(rng, dtype):
    block = Inception(6, PLAN, generator=rng).to(dtype)
    wide = torch.randn(2, 5, 7, 6, generator=rng).to(dtype)
    assert_close(block(wide.movedim(-1, 1)), block(wide.movedim(-1, 1).contiguous()))
    y = block(wide.movedim(-1, 1)[:0])
    assert (y.shape, y.dtype) == ((0, 14, 5, 7), dtype)


# what it costs


@pytest.mark.equation("inception_work")
@settings(max_examples=40, deadline=None)
@given(plan=plans, c=st.integers(1, 6), h=st.integers(1, 6), w=st.integers(1, 6))
def test_the_cost_is_what_torch_counts(plan, c, h, w):
    block = Inception(c, plan)
    costs = inception_cost((h, w), c, plan)
    for name, branch in block.branches.items():
        assert costs[name].parameters == count_parameters(branch)
    work = sum(cost.multiply_adds for cost in costs.values())
    assert work == multiply_adds(block, torch.zeros(1, c, h, w))
    if plan.reduce3 and plan.reduce5:
        one, r3, three, r5, five, pool = plan
        assert work == h * w * (c * one + c * r3 + 9 * r3 * three + c * r5 + 25 * r5 * five + c * pool)


@pytest.mark.equation("bottleneck_ratio")
@pytest.mark.equation("bottleneck_pays")
@given(c=st.integers(1, 900), out=st.integers(1, 900), k=st.sampled_from([1, 3, 5, 7]), r=st.integers(1, 900))
def test_a_bottleneck_pays_below_break_even(c, out, k, r):
    direct = sum(c * out for _ in range(k * k))
    squeezed = c * r + sum(r * out for _ in range(k * k))
    assert math.isclose(squeezed / direct, r / c + r / (k**2 * out))
    assert (squeezed < direct) == (r < break_even(c, out, k))
    assert math.isclose(break_even(c, out, k), k**2 * c * out / (c + k**2 * out))


def test_block_3a_with_and_without_reductions():
    plan = PLANS["3a"]
    found = {
        name: inception_cost(28, 192, p)
        for name, p in {"with": plan, "free": Plan(64, 0, 128, 0, 32, 0), "like": Plan(64, 0, 128, 0, 32, 32)}.items()
    }
    work = {name: sum(c.multiply_adds for c in costs.values()) for name, costs in found.items()}
    assert work == {"with": 128_049_152, "free": 303_464_448, "like": 308_281_344}
    assert (Plan(64, 0, 128, 0, 32, 0).gives(192), plan.gives(192)) == (416, 256)
    assert (found["like"]["5x5"].multiply_adds, found["with"]["5x5"].multiply_adds) == (120_422_400, 12_443_648)
    assert sum(c.parameters for c in inception_cost(28, 192, plan, bias=False).values()) == 163_328


# the whole net


def on_meta(**how):
    with torch.device("meta"):
        return GoogLeNet(**how), torch.zeros(1, how.get("c_in", 3), 224, 224)


def test_parameters_and_work_of_the_paper():
    net, x = on_meta()
    stages = stage_table(net, x)
    assert count_parameters(net) == sum(s.parameters for s in stages) == 6_998_552
    assert sum(s.multiply_adds for s in stages) == 1_582_671_872
    assert sum(p.numel() for p in net.parameters() if p.ndim > 1) == 6_990_272


@pytest.mark.parametrize(
    ("how", "parameters", "work"),
    [
        ({"heads": True}, 13_378_280, 1_582_671_872),
        ({"wide": 3}, 6_617_624, 1_498_376_192),
        ({"c_in": 1, "classes": 10}, 5_977_530, None),
        ({"ceil_mode": False}, 6_998_552, 1_431_556_352),
    ],
)
def test_parameters_and_work_of_its_relatives(how, parameters, work):
    net, x = on_meta(**how)
    assert count_parameters(net) == parameters
    if work:
        assert sum(s.multiply_adds for s in stage_table(net, x)) == work


def test_the_heads_alone():
    net, _ = on_meta(heads=True)
    assert {name: count_parameters(head) for name, head in net.heads.items()} == {"4a": 3_188_840, "4d": 3_190_888}


def test_torchvisions_own_count_with_batch_norm():
    def conv(c_in, c_out, kernel, **how):
        return nn.Sequential(nn.Conv2d(c_in, c_out, kernel, bias=False, **how), nn.BatchNorm2d(c_out))

    assert count_parameters(on_meta(conv=conv, wide=3, norm=nn.Identity)[0]) == 6_624_904


@pytest.mark.parametrize(("ceil", "sides"), [(True, [112, 56, 28, 14, 7]), (False, [112, 55, 27, 13, 6])])
def test_the_sizes_when_rounding_up_and_down(ceil, sides):
    net, x = on_meta(ceil_mode=ceil)
    found = [s.gives[1] for s in stage_table(net, x) if len(s.gives) == 3]
    assert [side for side, _ in itertools.groupby(found)] == sides


def test_the_channels_are_those_of_table_1():
    net, x = on_meta()
    gives = {s.name: s.gives[0] for s in stage_table(net, x)}
    assert [gives[name] for name in PLANS] == [256, 480, 512, 512, 512, 528, 832, 832, 1024]


def test_the_largest_and_the_smallest_images():
    net, _ = on_meta()
    for size in ((224, 224), (31, 31), (160, 320)):
        assert net(torch.zeros(2, 3, *size, device="meta")).shape == (2, 1000)


def narrow(monkeypatch):
    """A net of the same form with few channels, that runs at once."""
    thin = {name: Plan(*(max(1, n // 32) for n in plan)) for name, plan in PLANS.items()}
    monkeypatch.setattr("dlbook.googlenet.network.PLANS", thin)


def test_the_whole_net_of_our_layers_equals_that_of_torchs(monkeypatch, rng):
    narrow(monkeypatch)
    none = {"norm": nn.Identity, "dropout": lambda share: nn.Identity()}
    theirs = GoogLeNet(classes=3, heads=True, generator=rng, **none).double()
    layers = {"conv": Conv2d, "pool": MaxPool2d, "average": AvgPool2d, "linear": Linear}
    ours = GoogLeNet(classes=3, heads=True, **layers, **none).double()
    ours.load_state_dict(theirs.state_dict())
    x, y = torch.randn(1, 3, 224, 224, generator=rng, dtype=torch.float64), torch.tensor([2])
    for net in (theirs, ours):
        googlenet_loss(net(x), y).backward()
    assert_close(theirs(x), ours(x))
    for (name, a), b in zip(theirs.named_parameters(), ours.parameters(), strict=True):
        assert_close(a.grad, b.grad, msg=name)


def test_heads_speak_in_training_only(monkeypatch, rng):
    narrow(monkeypatch)
    net, x = GoogLeNet(classes=4, heads=True, generator=rng), torch.randn(2, 3, 224, 224, generator=rng)
    scores = net(x)
    assert isinstance(scores, Scores)
    assert [tuple(s.shape) for s in scores] == [(2, 4)] * 3
    assert net.eval()(x).shape == (2, 4)
    assert GoogLeNet(classes=4)(x).shape == (2, 4)
    assert torch.equal(net(x), net.classifier(net.features(x)))


def test_a_head_reads_the_block_that_it_is_named_after(monkeypatch, rng):
    narrow(monkeypatch)
    net = GoogLeNet(classes=4, heads=True, dropout=lambda share: nn.Identity(), generator=rng)
    x = torch.randn(1, 3, 224, 224, generator=rng)
    for head, name in ((1, "4a"), (2, "4d")):
        last = [n for n, _ in net.features.named_children()].index(name)
        maps = net.features[: last + 1](x)
        assert_close(net(x)[head], net.heads[name](maps))


def test_a_head_is_what_the_page_writes_out(rng):
    head = Head(6, 3, dropout=lambda share: nn.Identity()).double()
    x = torch.randn(2, 6, 14, 14, generator=rng, dtype=torch.float64)
    reduce, hidden, output = (head.layers.get_submodule(name) for name in ("reduce", "hidden", "output"))
    windows = torch.stack([x[..., i : i + 5, j : j + 5].mean((2, 3)) for i in (0, 3, 6, 9) for j in (0, 3, 6, 9)], 2)
    maps = (reduce.weight[:, :, 0, 0] @ windows + reduce.bias[:, None]).relu()
    dense = (maps.flatten(1) @ hidden.weight.T + hidden.bias).relu()
    assert_close(head(x), dense @ output.weight.T + output.bias)


def test_shares_dropped_and_normalisations():
    net, _ = on_meta(heads=True)
    assert [m.p for m in net.modules() if isinstance(m, nn.Dropout)] == [0.7, 0.7, 0.4]
    assert [name for name, m in net.features.named_children() if isinstance(m, LocalResponseNorm)] == ["n1", "n2"]


def test_a_generator_decides_the_start():
    nets = [SmallGoogLeNet(generator=torch.Generator().manual_seed(seed)) for seed in (3, 3, 4)]
    weights = [torch.cat([p.flatten() for p in net.parameters()]) for net in nets]
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])
    for layer in nets[0].modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            bound = layer.weight[0].numel() ** -0.5
            assert layer.weight.abs().max() <= bound
            assert layer.weight.abs().max() > 0.5 * bound


# the loss


@pytest.mark.equation("googlenet_loss")
def test_the_other_heads_count_by_three_tenths(rng):
    scores = Scores(*(torch.randn(5, 3, generator=rng, dtype=torch.float64) for _ in range(3)))
    y = torch.tensor([0, 1, 2, 2, 1])
    each = [-s.log_softmax(1)[range(5), y].mean() for s in scores]
    assert_close(googlenet_loss(scores, y), each[0] + 0.3 * (each[1] + each[2]))
    assert_close(googlenet_loss(scores, y, weight=0), each[0])
    assert_close(googlenet_loss(scores.main, y), each[0])


@pytest.mark.equation("googlenet_gradient")
def test_the_gradient_is_the_same_sum_and_zero_above_a_head(monkeypatch, rng):
    narrow(monkeypatch)
    none = {"norm": nn.Identity, "dropout": lambda share: nn.Identity(), "activation": nn.LeakyReLU}  # none is dead
    net = GoogLeNet(classes=3, heads=True, generator=rng, **none).double()
    x, y = torch.randn(1, 3, 224, 224, generator=rng, dtype=torch.float64), torch.tensor([1])
    names, weights = zip(*net.features.named_parameters(), strict=True)
    how = {"retain_graph": True, "materialize_grads": True}
    scores = net(x)
    own, low, high = (torch.autograd.grad(cross_entropy(s, y), weights, **how) for s in scores)
    together = torch.autograd.grad(googlenet_loss(scores, y), weights, **how)
    for name, a, b, c, g in zip(names, own, low, high, together, strict=True):
        assert_close(g, a + 0.3 * (b + c), msg=name)
        block = name.split(".")[0]
        assert (b == 0).all() == (block > "4a" and block[0].isdigit()), name
        assert (c == 0).all() == (block > "4d" and block[0].isdigit()), name


# the small nets


def test_the_small_net_and_its_plain_rivals_cost_alike():
    x = torch.zeros(1, 1, 28, 28)
    work = [
        sum(s.multiply_adds for s in stage_table(net, x))
        for net in (SmallGoogLeNet(), PlainNet([8, 35]), PlainNet([5, 14], depth=2))
    ]
    assert work == [255_200, 250_838, 246_218]
    assert [multiply_adds(SmallGoogLeNet(), x)] == work[:1]


def test_the_small_net_of_our_layers(rng):
    theirs = SmallGoogLeNet(generator=rng).double()
    ours = SmallGoogLeNet(conv=Conv2d, pool=MaxPool2d, linear=Linear).double()
    ours.load_state_dict(theirs.state_dict())
    x = torch.rand(3, 1, 28, 28, generator=rng, dtype=torch.float64)
    assert_close(theirs(x), ours(x))
    assert theirs(x[:0]).shape == (0, 10)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_plain_net_has_as_many_convolutions_as_it_says(depth):
    net = PlainNet([4, 6], depth=depth)
    convolutions = [m for m in net.modules() if isinstance(m, nn.Conv2d)]
    assert [m.out_channels for m in convolutions] == [8, *[4] * depth, *[6] * depth]
    assert sum(isinstance(m, nn.ReLU) for m in net.modules()) == 1 + 2 * depth
    assert [s.gives for s in stage_table(net, torch.zeros(1, 1, 28, 28)) if s.name.startswith("block")] == [
        (4, 14, 14),
        (6, 7, 7),
    ]


@given(work=st.integers(1, 20_000), c=st.integers(1, 60), depth=st.integers(1, 3))
def test_no_other_width_comes_nearer(work, c, depth):
    needs = {width: 9 * width * (c + (depth - 1) * width) for width in range(1, work + 2)} if work < 400 else None
    found = plain_width(work, c, depth=depth)
    near = (found - 1, found + 1) if needs is None else needs
    miss = abs(9 * found * (c + (depth - 1) * found) - work)
    assert all(miss <= abs(9 * w * (c + (depth - 1) * w) - work) for w in near if w >= 1)


def test_the_mean_of_a_map_as_a_layer(x):
    assert_close(GlobalAvgPool2d()(x), x.sum((2, 3)) / 35)


# what is refused

READERS = SimpleNamespace(
    **{
        name: value
        for module in (googlenet.inception, googlenet.network, googlenet.small)
        for name, value in vars(as_a_reader_imports_it(module)).items()
        if getattr(value, "__module__", "").startswith("plain_")  # defined there
    }
)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m: m.Inception(0, PLAN), "c_in must be an integer of at least 1, got 0"),
        (lambda m: m.Inception(6, (1, 2, 3)), r"plan must be six numbers \(one, reduce3, .*\), got \(1, 2, 3\)"),
        (lambda m: m.Inception(6, PLAN._replace(five=0)), "five must be an integer of at least 1, got 0"),
        (lambda m: m.Inception(6, PLAN._replace(reduce5=-1)), "reduce5 must be an integer of at least 0, got -1"),
        (lambda m: m.Inception(6, PLAN._replace(pool=2.0)), "pool must be an integer of at least 0, got 2.0"),
        (lambda m: m.Inception(6, PLAN, wide=4), "wide must be odd, .* got 4"),
        (lambda m: m.Inception(6, PLAN, wide=0), "wide must be an integer of at least 1, got 0"),
        (lambda m: m.Inception(6, PLAN, activation=nn.ReLU()), r"activation must make layers, .* got ReLU\(\)"),
        (lambda m: m.Inception(6, PLAN)(torch.zeros(1, 5, 4, 4)), "x must have 6 channels, got 5: shape"),
        (lambda m: m.Inception(6, PLAN)(torch.zeros(6, 4, 4)), "x must have 4 axes"),
        (lambda m: m.Inception(6, PLAN)(torch.zeros(1, 6, 4, 4).long()), "x must hold floating-point numbers"),
        (lambda m: m.inception_cost(0, 6, PLAN), "size must be an integer of at least 1, got 0"),
        (lambda m: m.break_even(1, 0, 3), "c_out must be an integer of at least 1, got 0"),
        (lambda m: m.GoogLeNet(classes=0), "classes must be an integer of at least 1, got 0"),
        (lambda m: m.GoogLeNet(norm=None), "norm must make layers, .* got None"),
        (lambda m: m.SmallGoogLeNet(stem=0), "stem must be an integer of at least 1, got 0"),
        (
            lambda m: m.SmallGoogLeNet(())(torch.zeros(1)),
            "the number of blocks must be an integer of at least 1, got 0",
        ),
        (lambda m: m.SmallGoogLeNet()(torch.zeros(2, 3, 28, 28)), "x must have 1 channels, got 3"),
        (lambda m: m.PlainNet([]), "channels must name at least one layer"),
        (lambda m: m.PlainNet([4], depth=0), "depth must be an integer of at least 1, got 0"),
        (lambda m: m.plain_width(0, 4), "work must be an integer of at least 1, got 0"),
        (lambda m: m.Head(512, 10)(torch.zeros(1, 512, 13, 14)), r"14 to 16 rows and columns, .* got \(13, 14\)"),
        (lambda m: m.Head(512, 10)(torch.zeros(1, 512, 14, 17)), r"14 to 16 rows and columns, .* got \(14, 17\)"),
        (
            lambda m: m.googlenet_loss(torch.zeros(1, 2), torch.zeros(1).long(), weight=-1),
            "weight must be a finite number of at least 0, got -1",
        ),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call(READERS)


def test_a_head_takes_what_leaves_four_windows():
    with torch.device("meta"):
        for side in (14, 16):
            assert Head(512, 10)(torch.zeros(1, 512, side, side)).shape == (1, 10)


def test_the_branches_are_named_as_the_page_names_them():
    assert list(convolutions(192, PLANS["3a"])) == ["1x1", "3x3", "5x5", "pool"]
    assert convolutions(192, Plan(64, 0, 128, 0, 32, 0)) == {
        "1x1": [(192, 64, 1)],
        "3x3": [(192, 128, 3)],
        "5x5": [(192, 32, 5)],
        "pool": [],
    }
