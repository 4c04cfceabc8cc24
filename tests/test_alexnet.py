"""AlexNet, its towers and its twin: sizes, counts, values against torch, and what is refused."""

import math
from functools import partial

import matplotlib.pyplot as plt
import pytest
import torch
from agreement import assert_same_function
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn import functional
from torch.testing import assert_close

import dlbook.alexnet.drawing
import dlbook.alexnet.network
import dlbook.alexnet.small
from dlbook.alexnet import (
    AlexNet,
    AlexNet2012,
    SmallAlexNet,
    covered,
    draw_net,
    draw_tiles,
    overlapping,
    paper_lrn,
    size_rounded_up,
    tiles,
)
from dlbook.alexnet.drawing import blocks
from dlbook.cnn import layer_table
from dlbook.convolution import Conv2d, output_size
from dlbook.datasets import Images
from dlbook.fully_connected import Linear, count_parameters
from dlbook.lrn import LocalResponseNorm, lrn
from dlbook.pooling import MaxPool2d
from dlbook.training import Plan, create, train

OURS = {"conv": Conv2d, "pool": partial(MaxPool2d, 3, stride=2), "linear": Linear}
TINY = {"channels": (4, 8, 6, 6, 4), "units": (7, 5)}
plain = as_a_reader_imports_it(dlbook.alexnet.network)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def images(n=3, side=32, c=3):
    return torch.rand(n, c, side, side, generator=generator(9), dtype=torch.float64)


def rows_of(make, side, c=3):
    with torch.device("meta"):
        net, x = make(), torch.zeros(1, c, side, side)
    return {row.name.split(".")[1]: row for row in layer_table(net, x)}


def both(rows):
    return sum(r.parameters for r in rows.values()), sum(r.multiply_adds for r in rows.values())


# Sizes and counts


def test_the_net_of_2012_has_the_numbers_of_the_paper():
    rows = rows_of(AlexNet2012, 227)
    assert {name: rows[name].gives for name in ("c1", "p1", "c2", "p2", "c3", "c4", "c5", "p5", "flatten")} == {
        "c1": (96, 55, 55), "p1": (96, 27, 27), "c2": (256, 27, 27), "p2": (256, 13, 13), "c3": (384, 13, 13),
        "c4": (384, 13, 13), "c5": (256, 13, 13), "p5": (256, 6, 6), "flatten": (9216,),
    }  # fmt: skip
    layers = ["c1", "c2", "c3", "c4", "c5", "f6", "f7", "output"]
    assert [name for name, row in rows.items() if row.parameters] == layers
    assert [rows[name].parameters for name in layers] == [
        34944, 307456, 885120, 663936, 442624, 37752832, 16781312, 4097000,
    ]  # fmt: skip
    assert both(rows) == (60965224, 724406816)
    assert sum(rows[name].parameters for name in layers[5:]) == 58631144
    assert sum(rows[name].multiply_adds for name in layers[:5]) == 665784864
    units = [math.prod(rows[name].gives) for name in layers]
    assert units == [290400, 186624, 64896, 64896, 43264, 4096, 4096, 1000]
    assert (sum(units), sum(units) - 290400 + 253440) == (659272, 622312)
    order = [row.kind for row in rows.values()]
    assert order == [
        "Conv2d", "ReLU", "LocalResponseNorm", "MaxPool2d", "Conv2d", "ReLU", "LocalResponseNorm", "MaxPool2d",
        "Conv2d", "ReLU", "Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d",
        "Flatten", "Linear", "ReLU", "Dropout", "Linear", "ReLU", "Dropout", "Linear",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "side", "numbers"),
    [
        (partial(AlexNet2012, towers=1), 227, (62378344, 1135256096)),
        (AlexNet, 224, (61100840, 714188480)),
        (partial(AlexNet, channels=(64, 192, 384, 384, 256)), 224, (61838248, None)),
    ],
)
def test_its_relatives_have_theirs(make, side, numbers):
    parameters, work = both(rows_of(make, side))
    assert parameters == numbers[0]
    assert numbers[1] in (work, None)


def test_the_twin_keeps_the_order_and_is_small():
    rows = rows_of(SmallAlexNet, 32)
    assert [row.kind for row in rows.values()] == [row.kind for row in rows_of(AlexNet2012, 227).values()]
    assert [rows[name].gives[-1] for name in ("c1", "p1", "c2", "p2", "c5", "p5")] == [32, 15, 15, 7, 7, 3]
    assert both(rows)[0] == count_parameters(SmallAlexNet()) == 463562
    assert count_parameters(SmallAlexNet(c_in=1)) == 463562 - 2 * 25 * 32
    gray = rows_of(partial(SmallAlexNet, c_in=1, frame=2), 28, 1)
    assert gray["c1"].gives == (32, 32, 32)


@pytest.mark.equation("alexnet_ceil")
def test_rounding_up_counts_the_windows_that_cover_all_pixels():
    for size in range(1, 30):
        for kernel in range(1, 7):
            for stride in range(1, kernel + 1):
                for padding in range(kernel):
                    if size + 2 * padding < kernel:
                        continue
                    windows = 1
                    while (windows - 1) * stride + kernel < size + 2 * padding:
                        windows += 1
                    how = {"stride": stride, "padding": padding}
                    assert size_rounded_up(size, kernel, **how) == windows
                    assert windows == math.ceil((size + 2 * padding - kernel) / stride) + 1
                    assert windows - output_size(size, kernel, **how) in (0, 1)
    sizes = [224]
    for kernel, stride in ((11, 4), (3, 2), (3, 2), (3, 2)):
        sizes.append(size_rounded_up(sizes[-1], kernel, stride=stride))
    assert sizes == [224, 55, 27, 13, 6]
    with pytest.raises(ValueError, match="wider than the padded axis"):
        size_rounded_up(10, 11)


@pytest.mark.equation("alexnet_covered")
def test_so_many_windows_span_so_many_pixels():
    for windows, kernel, stride in ((1, 11, 4), (55, 11, 4), (27, 3, 2), (4, 2, 3)):
        seen = {start * stride + u for start in range(windows) for u in range(kernel)}
        assert covered(windows, kernel, stride=stride) == max(seen) + 1
        assert output_size(max(seen) + 1, kernel, stride=stride) == windows
    assert (covered(55, 11, stride=4), covered(4, 3)) == (227, 6)
    assert size_rounded_up(6, 3) == 4
    with pytest.raises(ValueError, match="windows must be an integer of at least 1, got 0"):
        covered(0, 11)


def test_a_window_over_the_end_is_three_rows_of_zeros():
    c1 = nn.Conv2d(3, 4, 11, stride=4).double()
    x = images(1, 224)
    y = c1(functional.pad(x, (0, 3, 0, 3)))
    assert y.shape[2:] == (55, 55)
    assert_close(y[..., :54, :54], c1(x))
    corner = (x[0, :, 216:, 216:] * c1.weight[:, :, :8, :8]).sum((1, 2, 3)) + c1.bias
    assert_close(y[0, :, 54, 54], corner)


@pytest.mark.equation("alexnet_groups")
def test_groups_divide_the_weights_and_the_work():
    for towers in (1, 2, 4):
        layer = Conv2d(8, 12, 5, padding=2, groups=towers)
        kernels = [kernel.numel() for kernel in layer.weight]
        assert kernels == [8 // towers * 25] * 12
        assert count_parameters(layer) == 12 * (8 // towers * 25 + 1)
        (row,) = layer_table(layer, torch.zeros(1, 8, 6, 6))
        assert row.multiply_adds == 36 * 12 * 8 // towers * 25
    rows, whole = (rows_of(partial(AlexNet2012, towers=n), 227) for n in (2, 1))
    assert [name for name in rows if rows[name].parameters != whole[name].parameters] == ["c2", "c4", "c5"]


# Values


def test_the_net_of_2012_is_the_chain_of_functions_that_the_paper_describes():
    net = AlexNet2012(**TINY, classes=10).double().eval()
    x = images(2, 227)
    c1, c2, c3, c4, c5, f6, f7, output = zip(*[iter(net.parameters())] * 2, strict=True)

    def block(x, how, **kwargs):
        return functional.relu(functional.conv2d(x, *how, **kwargs))

    def shrink(x):
        return functional.max_pool2d(x, 3, 2)

    norm = partial(functional.local_response_norm, size=5, alpha=5e-4, beta=0.75, k=2)
    h = shrink(norm(block(x, c1, stride=4)))
    halves = [
        block(part, (w, b), padding=2) for part, w, b in zip(h.chunk(2, 1), c2[0].chunk(2), c2[1].chunk(2), strict=True)
    ]
    h = shrink(norm(torch.cat(halves, 1)))  # the norm looks across the towers
    h = block(h, c3, padding=1)
    h = block(h, c4, padding=1, groups=2)
    h = shrink(block(h, c5, padding=1, groups=2))
    h = h.reshape(2, 4 * 36)
    for layer in (f6, f7):
        h = functional.relu(functional.linear(h, *layer))
    assert_close(net(x), functional.linear(h, *output))


def test_the_net_for_one_gpu_reads_224_with_a_padding_of_2_and_has_no_norm():
    net = AlexNet(**TINY, classes=10).double().eval()
    x = images(2, 224)
    bare = AlexNet(**TINY, classes=10, first=(11, 4, 0), side=228).double().eval()
    bare.load_state_dict(net.state_dict())
    assert_close(net(x), bare(functional.pad(x, [2] * 4)))
    assert not any(isinstance(layer, LocalResponseNorm) for layer in net.modules())


@pytest.mark.parametrize("activation", [nn.ReLU, nn.Tanh])
@pytest.mark.parametrize("towers", [1, 2])
def test_ours_and_torchs_layers_fill_the_same_class(activation, towers):
    how = {**TINY, "activation": activation, "towers": towers, "drop": nn.Identity}
    ours = SmallAlexNet(**OURS, **how, generator=generator()).double()
    torchs = partial(nn.LocalResponseNorm, 5, 5e-4, 0.75, 2)
    theirs = SmallAlexNet(norm=lambda maps: torchs(), **how).double()
    theirs.load_state_dict(ours.state_dict())
    x = images()
    assert_same_function(ours, theirs, x)
    assert_same_function(ours, theirs, x.transpose(2, 3))  # not contiguous


def test_dropout_follows_f6_and_f7_and_rests_in_eval():
    net = SmallAlexNet(**TINY, drop=partial(nn.Dropout, 1.0), generator=generator()).double()
    x = images()
    assert_close(net(x), net.classifier.output.bias.expand(3, -1))
    off = SmallAlexNet(**TINY, drop=nn.Identity).double()
    off.load_state_dict(net.state_dict())
    assert_close(net.eval()(x), off(x))
    names = [name for name, layer in net.named_modules() if isinstance(layer, nn.Dropout)]
    assert names == ["classifier.d6", "classifier.d7"]


def test_a_frame_and_zeros_around_the_image_are_the_same():
    framed, whole = SmallAlexNet(**TINY, frame=2).double().eval(), SmallAlexNet(**TINY).double().eval()
    whole.load_state_dict(framed.state_dict())
    x = images(side=28)
    assert_close(framed(x), whole(functional.pad(x, [2] * 4)))


def test_parts_are_arguments():
    net = SmallAlexNet(**TINY, norm=nn.BatchNorm2d, pool=partial(nn.MaxPool2d, 2), classes=7)
    assert [net.features.n1.num_features, net.features.n2.num_features] == [4, 8]
    assert net.classifier.f6.in_features == 4 * 4 * 4
    assert net(images().float()).shape == (3, 7)
    padded = SmallAlexNet(**TINY, pool=partial(nn.MaxPool2d, 3, 2, 1))
    assert count_parameters(padded) == count_parameters(SmallAlexNet(**TINY, pool=partial(nn.MaxPool2d, 2)))


def test_the_makers_of_the_paper():
    x = images(2, 9, c=7)
    assert_close(overlapping()(x), functional.max_pool2d(x, 3, 2))
    assert_close(paper_lrn(64)(x), lrn(x, 5, alpha=1e-4, beta=0.75, k=2))


def test_one_image_without_a_batch_is_refused():
    """LRN alone would take its rows for channels, and say nothing."""
    x = images(1)[0]
    assert not torch.allclose(paper_lrn(3)(1000 * x), paper_lrn(3)(1000 * x[None])[0])
    net = plain.AlexNet(**TINY, side=32, first=(5, 1, 2))
    with pytest.raises(ValueError, match=r"images of shape \(3, 32, 32\).*got \(3, 32, 32\)"):
        net(x.float())


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_they_keep_the_type_and_the_inputs(dtype):
    net = SmallAlexNet(**TINY, generator=generator()).to(dtype)
    x = images().to(dtype)
    before = x.clone()
    assert net(x).dtype == dtype
    assert torch.equal(x, before)
    assert net(x[:0]).shape == (0, 10)


def test_gradients_reach_every_parameter():
    net = SmallAlexNet(generator=generator(), drop=nn.Identity).double()
    functional.cross_entropy(net(images(10)), torch.arange(10)).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in net.parameters())


# Starting weights


def test_weights_start_with_a_variance_of_gain_over_what_a_unit_reads():
    for gain in (2.0, 1.0):
        net = SmallAlexNet(gain=gain, towers=2, generator=generator(1))
        for name in ("features.c1", "features.c2", "features.c4", "classifier.f6", "classifier.f7"):
            layer = net.get_submodule(name)
            reads = layer.weight[0].numel()
            assert layer.weight.var().item() * reads == pytest.approx(gain, rel=0.1)
            assert not layer.bias.any()
    one, same, other = (SmallAlexNet(**TINY, **how) for how in ({"generator": generator(n)} for n in (3, 3, 4)))
    assert all(map(torch.equal, one.parameters(), same.parameters()))
    assert not torch.equal(one.features.c1.weight, other.features.c1.weight)


def test_the_net_of_2012_starts_as_the_paper_says():
    net = AlexNet2012(**TINY | {"units": (300, 200)}, classes=10, generator=generator())
    for name, layer in (*net.features.named_children(), *net.classifier.named_children()):
        if hasattr(layer, "weight"):
            assert layer.weight.std().item() == pytest.approx(0.01, rel=0.1)
            assert abs(layer.weight.mean()) < 0.002
            expected = float(name in ("c2", "c4", "c5", "f6", "f7"))
            assert torch.equal(layer.bias, torch.full_like(layer.bias, expected))


def test_batch_norm_keeps_its_own_start():
    net = SmallAlexNet(**TINY, norm=nn.BatchNorm2d, generator=generator())
    assert torch.equal(net.features.n1.weight, torch.ones(4))


# What is refused


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"channels": (1, 2, 3)}, r"channels must name 5 layers, got 3: \(1, 2, 3\)"),
        ({"units": (1, 2, 3)}, r"units must name 2 layers, got 3: \(1, 2, 3\)"),
        ({"channels": (1, 2, 3, 4, 0)}, "each of channels must be an integer of at least 1, got 0"),
        ({"towers": 3}, "groups 3 must divide|divisible"),
        ({"c_in": 0}, "c_in must be an integer of at least 1, got 0"),
        ({"classes": 2.5}, "classes must be an integer of at least 1, got 2.5"),
        ({"side": 0}, "side must be an integer of at least 1, got 0"),
        ({"side": 5}, "the kernel is wider"),
        ({"gain": 0}, "gain must be a finite number above 0, got 0"),
        ({"activation": nn.ReLU()}, r"activation must make layers, as the class nn.ReLU does, got ReLU\(\)"),
        ({"pool": nn.MaxPool2d(2)}, "pool must make layers"),
        ({"norm": None}, "norm must make layers, as the class nn.ReLU does, got None"),
        ({"drop": 0.5}, "drop must make layers, as the class nn.ReLU does, got 0.5"),
    ],
)
def test_it_refuses_arguments_that_do_not_fit(how, words):
    with pytest.raises(ValueError, match=words):
        plain.AlexNet(**{**TINY, **how})


@pytest.mark.parametrize("shape", [(5, 3, 224, 224), (5, 1, 227, 227), (3, 227, 227)])
def test_it_refuses_other_images(shape):
    with torch.device("meta"):
        net = plain.AlexNet2012()
        with pytest.raises(ValueError, match=r"\(3, 227, 227\), so \(n, 3, 227, 227\), got \("):
            net(torch.zeros(shape))


def test_the_twin_refuses_a_frame_without_a_picture():
    small = as_a_reader_imports_it(dlbook.alexnet.small)
    for frame in (-1, 16, 1.0):
        with pytest.raises(ValueError, match="frame must be an integer from 0 to 15, got"):
            small.SmallAlexNet(frame=frame)


# In the harness


def test_the_harness_knows_the_twin_by_its_name():
    for shape in ((1, 28, 28), (3, 32, 32)):
        net = create("alexnet-small", shape=shape, classes=7, seed=3)
        assert isinstance(net, SmallAlexNet)
        assert net(torch.zeros(2, *shape)).shape == (2, 7)
    with pytest.raises(ValueError, match="28 by 28 or 32 by 32 pixels, got 8 by 8"):
        create("alexnet-small", shape=(1, 8, 8))
    with pytest.raises(ValueError, match="got 28 by 32"):
        create("alexnet-small", shape=(1, 28, 32))


def test_the_harness_trains_it():
    net = create("dlbook.alexnet:alexnet_small", shape=(1, 28, 28), classes=2)
    x = torch.rand(16, 1, 28, 28, generator=generator())
    before = [p.clone() for p in net.parameters()]
    list(train(net, Images(x, torch.arange(16) // 8), Plan(epochs=2, batch=8, lr=0.01)))
    assert not any(map(torch.equal, before, net.parameters()))


# Pictures


def test_tiles_divide_the_rectangle_to_scale():
    sizes = [5, 1, 3, 2, 0.5]
    found = tiles(sizes, 4, 3, x=1, y=2)
    for size, tile in zip(sizes, found, strict=True):
        assert tile.wide * tile.high == pytest.approx(12 * size / 11.5)
        assert tile.x >= 1 - 1e-9
        assert tile.y >= 2 - 1e-9
        assert tile.x + tile.wide <= 5 + 1e-9
        assert tile.y + tile.high <= 5 + 1e-9
    for n, a in enumerate(found):
        for b in found[:n]:
            apart_x = a.x + a.wide <= b.x + 1e-9 or b.x + b.wide <= a.x + 1e-9
            apart_y = a.y + a.high <= b.y + 1e-9 or b.y + b.high <= a.y + 1e-9
            assert apart_x or apart_y
    assert tiles([7], 2, 1) == [(0.0, 0.0, 2.0, 1.0)]


@pytest.mark.parametrize(
    ("sizes", "words"), [([], "at least one size, got none"), ([1, 0], "a size must be a finite number above 0, got 0")]
)
def test_tiles_refuse_what_has_no_area(sizes, words):
    with pytest.raises(ValueError, match=words):
        tiles(sizes)


def test_a_treemap_names_what_has_room():
    _, ax = plt.subplots()
    draw_tiles(ax, {"small": 1, "large": 90, "dense": 60}, dense=["dense"])
    assert [text.get_text() for text in ax.texts] == ["large\n60%", "dense\n40%"]
    areas = sorted(p.get_width() * p.get_height() for p in ax.patches)
    assert areas == pytest.approx([1 / 151, 60 / 151, 90 / 151])
    colours = {p.get_facecolor()[:3] for p in ax.patches}
    assert len(colours) == 2
    plt.close()


def test_the_drawing_reads_towers_and_sizes_off_the_model():
    net, x = SmallAlexNet(**TINY, towers=2), torch.zeros(1, 3, 32, 32)
    found = blocks(net, x)
    assert [b.name for b in found] == ["image", "c1", "c2", "c3", "c4", "c5", "f6", "f7", "output"]
    assert [b.numbers for b in found] == [3, 4, 8, 6, 6, 4, 7, 5, 10]
    assert [b.side for b in found] == [32, 32, 15, 7, 7, 7, 1, 1, 1]
    assert [b.name for b in found if b.apart] == ["c2", "c4", "c5"]
    for towers, boxes, lines in ((2, 16, 2 + 2 + 4 + 2 + 2 + 4 + 4 + 2), (1, 9, 8)):
        _, ax = plt.subplots()
        draw_net(ax, SmallAlexNet(**TINY, towers=towers), x)
        assert (len(ax.patches), len(ax.lines)) == (boxes, lines)
        plt.close()
