"""Convolution layers: our loops and our matrix product against torch, gradients, sizes on the way back, cost."""

import itertools
import math
from functools import partial

import numpy
import pytest
import torch
from convolving import CONVOLUTIONS, draw
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.convolution
from dlbook.convolution import (
    Conv2d,
    conv2d,
    conv2d_fast,
    conv2d_unfold,
    cost,
    output_size,
    transposed_size,
    windows,
)
from dlbook.convolution.gradient import conv_transpose2d, input_gradient, weight_gradient
from dlbook.forward import saved_bytes

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")

# size (h, w), kernel, stride, padding, dilation, groups
GEOMETRIES = [
    pytest.param((5, 4), (3, 3), 1, 0, 1, 1, id="valid"),
    pytest.param((5, 7), (3, 3), 1, 1, 1, 1, id="same by number"),
    pytest.param((8, 6), (3, 3), 2, 0, 1, 1, id="a row and a column are not read"),
    pytest.param((5, 5), (1, 1), 1, 0, 1, 1, id="1x1"),
    pytest.param((5, 4), (5, 4), 1, 0, 1, 1, id="kernel as large as the image"),
    pytest.param((1, 1), (3, 3), 1, 1, 1, 1, id="kernel larger than the image"),
    pytest.param((7, 5), (1, 1), 3, 0, 1, 1, id="stride wider than the kernel"),
    pytest.param((9, 6), (4, 2), (3, 1), (2, 0), (2, 3), 1, id="uneven everywhere"),
    pytest.param((4, 5), (2, 3), 2, (5, 1), 1, 2, id="padding wider than the kernel"),
    pytest.param((6, 6), (3, 2), (1, 2), 1, (1, 2), 4, id="depthwise"),
    pytest.param((6, 7), (2, 4), 1, "same", (1, 3), 2, id="even kernels, same"),
    pytest.param((6, 7), (2, 4), (2, 3), "valid", 1, 2, id="valid by name"),
]
GEOMETRY = pytest.mark.parametrize(("size", "kernel", "stride", "padding", "dilation", "groups"), GEOMETRIES)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


def layer_inputs(rng, size, kernel, groups=1, n=2):
    return draw(rng, n, 4, *size), draw(rng, 8, 4 // groups, *kernel), draw(rng, 8)


@st.composite
def geometries(draw):
    """A random image, kernel and geometry in which the kernel fits."""
    pair = lambda low, high: st.tuples(st.integers(low, high), st.integers(low, high))  # noqa: E731
    kernel, dilation, padding = draw(pair(1, 4)), draw(pair(1, 3)), draw(pair(0, 3))
    least = [max(1, d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)]
    size = tuple(low + draw(st.integers(0, 6)) for low in least)
    groups, c_group, o_group = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    how = {"stride": draw(pair(1, 4)), "padding": padding, "dilation": dilation, "groups": groups}
    x = (draw(st.integers(0, 2)), groups * c_group, *size)
    return x, (groups * o_group, c_group, *kernel), how


# Sizes


@pytest.mark.equation("transposed_size")
@given(st.integers(1, 9), st.integers(1, 5), st.integers(1, 4), st.integers(0, 2), st.integers(1, 3), st.integers(0, 3))
def test_transposed_size_undoes_output_size(o, k, s, p, d, a):
    n = (o - 1) * s + d * (k - 1) + 1 - 2 * p + a
    if n < 1 or a >= s:
        return
    assert transposed_size(o, k, stride=s, padding=p, output_padding=a, dilation=d) == n
    assert output_size(n, k, stride=s, padding=p, dilation=d) == o
    layer = torch.nn.ConvTranspose2d(1, 1, (1, k), (1, s), (0, p), (0, a), dilation=(1, d))
    assert layer(torch.zeros(1, 1, 1, o)).shape[3] == n


# Values


@pytest.mark.equation("conv2d")
@CONVOLUTIONS
def test_conv2d_is_the_sum_on_the_page(convolution, rng):
    (s, p, d), (h, w) = (2, 1, 2), (6, 7)
    x, weight, b = draw(rng, 1, 2, h, w), draw(rng, 3, 2, 3, 2), draw(rng, 3)
    y = convolution(x, weight, b, stride=s, padding=p, dilation=d)
    for o, i, j in itertools.product(*map(range, y.shape[1:])):
        total = b[o].item()
        for c, u, v in itertools.product(range(2), range(3), range(2)):
            row, column = i * s + u * d - p, j * s + v * d - p
            if 0 <= row < h and 0 <= column < w:
                total += (weight[o, c, u, v] * x[0, c, row, column]).item()
        assert y[0, o, i, j].item() == pytest.approx(total)


@CONVOLUTIONS
@GEOMETRY
@pytest.mark.parametrize("with_bias", [True, False])
def test_conv2d_agrees_with_torch(convolution, size, kernel, stride, padding, dilation, groups, with_bias, rng):
    x, w, b = layer_inputs(rng, size, kernel, groups)
    inputs = (x, w, b) if with_bias else (x, w)
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    expected, y = functional.conv2d(*inputs, **how), convolution(*inputs, **how)
    assert_close(y, expected)
    grad_y = draw(rng, *y.shape).detach()
    assert_close(torch.autograd.grad(y, inputs, grad_y), torch.autograd.grad(expected, inputs, grad_y))


@settings(max_examples=150, deadline=None)
@given(geometries(), st.integers(0, 9))
def test_any_geometry_agrees_with_torch_in_value_and_gradient(geometry, seed):
    x_shape, w_shape, how = geometry
    rng = torch.Generator().manual_seed(seed)
    x, w = draw(rng, *x_shape), draw(rng, *w_shape)
    expected = functional.conv2d(x, w, **how)
    grad_y = draw(rng, *expected.shape).detach()
    dx, dw = torch.autograd.grad(expected, (x, w), grad_y)
    for convolution in (conv2d, conv2d_unfold, conv2d_fast):
        y = convolution(x, w, **how)
        assert_close(y, expected)
        assert_close(torch.autograd.grad(y, (x, w), grad_y), (dx, dw))
    assert_close(input_gradient(grad_y, w, x_shape[2:], **how), dx)
    assert_close(weight_gradient(grad_y, x, w_shape[2:], **how), dw)
    assert list(expected.shape[2:]) == [
        output_size(
            x_shape[a + 2],
            w_shape[a + 2],
            stride=how["stride"][a],
            padding=how["padding"][a],
            dilation=how["dilation"][a],
        )
        for a in (0, 1)
    ]


@CONVOLUTIONS
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_conv2d_agrees_in_the_other_types(convolution, dtype, rng):
    x, w, b = (t.detach().to(dtype) for t in layer_inputs(rng, (6, 5), (3, 2)))
    rounding = 16 * torch.finfo(dtype).eps  # the order of the sum is free
    expected = functional.conv2d(x, w, b, padding=1)
    assert_close(convolution(x, w, b, padding=1), expected, atol=rounding, rtol=rounding)


@CONVOLUTIONS
@pytest.mark.parametrize("size", [(3, 2), (6, 5)])  # one output for each kernel: nothing is repeated there
def test_conv2d_gives_one_piece_of_new_memory_and_leaves_its_arguments_alone(convolution, size, rng):
    x, w, b = (t.detach() for t in layer_inputs(rng, size, (3, 2), n=1))
    before = [t.clone() for t in (x, w, b)]
    y = convolution(x, w, b)
    assert y.is_contiguous()
    assert_close(y, functional.conv2d(x, w, b))
    assert_close([x, w, b], before, rtol=0, atol=0)


@CONVOLUTIONS
@pytest.mark.parametrize("axes", [(0, None), (None, 0), (0, 0)])
def test_conv2d_can_be_mapped_over_images_and_over_kernels(convolution, axes, rng):
    x, w, b = (t.detach() for t in layer_inputs(rng, (6, 5), (3, 2), groups=2, n=3))
    many = [x if axis is None else torch.stack([x, x + 1]) for x, axis in zip((x, w), axes, strict=True)]
    how = {"stride": 2, "padding": 1, "groups": 2}
    y, expected = (
        torch.vmap(lambda x, w, way=way: way(x, w, b, **how), axes)(*many) for way in (convolution, functional.conv2d)
    )
    assert_close(y, expected)


@pytest.mark.parametrize("bias", [True, False])
def test_layers_can_follow_each_other_under_autocast(bias):
    net = torch.nn.Sequential(Conv2d(2, 3, 3, bias=bias), Conv2d(3, 4, 3, bias=bias))
    x = torch.rand(2, 2, 8, 8)
    with torch.autocast("cpu", torch.bfloat16):
        y = net(x)
    assert y.dtype == torch.bfloat16
    assert_close(y.float(), net(x), atol=0.05, rtol=0.05)


@CONVOLUTIONS
def test_second_derivatives_are_right(convolution, rng):
    x, w, b = layer_inputs(rng, (4, 5), (2, 3), groups=2, n=1)
    how = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2), "groups": 2}
    assert torch.autograd.gradgradcheck(lambda *args: convolution(*args, **how), (x, w, b))


def test_the_fast_way_keeps_less_for_the_way_back(rng):
    x, w, b = (t.detach().requires_grad_() for t in layer_inputs(rng, (24, 24), (5, 1)))
    fast, unfold = (saved_bytes(partial(way, x, w, b)) for way in (conv2d_fast, conv2d_unfold))
    assert fast < unfold / 3  # the image once, not kh times


@CONVOLUTIONS
def test_no_images_give_no_outputs(convolution, rng):
    x, w, b = layer_inputs(rng, (6, 5), (3, 2), groups=2, n=0)
    y = convolution(x, w, b, groups=2, stride=2)
    assert y.shape == (0, 8, 2, 2)
    dx, dw, db = torch.autograd.grad(y.sum(), (x, w, b))
    assert dx.shape == x.shape
    assert not dw.any()
    assert not db.any()


def test_windows_share_the_memory_of_the_image(rng):
    x = draw(rng, 2, 3, 7, 6).detach()
    seen = windows(x, (3, 2), stride=(2, 1), dilation=(1, 3))
    assert seen.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    assert seen.shape == (2, 3, 3, 3, 3, 2)
    assert_close(seen[1, 2, 2, 1], x[1, 2, 4:7, 1:5:3])


def test_windows_hold_any_kind_of_number():
    numbers = torch.arange(12).reshape(1, 1, 3, 4)
    assert windows(numbers, 2, stride=2)[0, 0, 0].tolist() == [[[0, 1], [4, 5]], [[2, 3], [6, 7]]]


def test_a_1x1_kernel_is_a_matrix_product_over_the_channels(rng):
    x, w = draw(rng, 2, 4, 3, 5), draw(rng, 6, 4, 1, 1)
    assert_close(conv2d(x, w), torch.einsum("oc,nchw->nohw", w[:, :, 0, 0], x))


# Gradients


def gradient_example(rng):
    """An uneven geometry and what torch's autograd says: x, w, grad_y, how, dL/dx, dL/dw, dL/db."""
    how = {"stride": (2, 1), "padding": (1, 2), "dilation": (1, 2)}
    x, w, b = draw(rng, 2, 2, 6, 5), draw(rng, 3, 2, 3, 2), draw(rng, 3)
    y = functional.conv2d(x, w, b, **how)
    g = draw(rng, *y.shape).detach()
    return x, w, g, how, *torch.autograd.grad(y, (x, w, b), g)


@pytest.mark.equation("conv_bias_gradient")
def test_bias_gradient_is_the_sum_over_places(rng):
    _, _, g, _, _, _, db = gradient_example(rng)
    assert_close(torch.stack([sum(g[n, o].sum() for n in range(2)) for o in range(3)]), db)


@pytest.mark.equation("conv_weight_gradient")
def test_weight_gradient_is_the_sum_on_the_page(rng):
    x, w, g, how, _, dw, _ = gradient_example(rng)
    (sh, sw), (ph, pw), (dh, dw_) = how["stride"], how["padding"], how["dilation"]
    by_hand = torch.zeros_like(w)
    with torch.no_grad():
        for n, o, i, j in itertools.product(*map(range, g.shape)):
            for c, u, v in itertools.product(*map(range, w.shape[1:])):
                row, column = i * sh + u * dh - ph, j * sw + v * dw_ - pw
                if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                    by_hand[o, c, u, v] += g[n, o, i, j] * x[n, c, row, column]
    assert_close(by_hand, dw)
    assert_close(weight_gradient(g, x, (3, 2), **how), dw)


@pytest.mark.equation("conv_input_gradient")
def test_input_gradient_is_the_sum_on_the_page(rng):
    x, w, g, how, dx, _, _ = gradient_example(rng)
    (sh, sw), (ph, pw), (dh, dw) = how["stride"], how["padding"], how["dilation"]
    spread = {(i * sh, j * sw): g[:, :, i, j] for i, j in itertools.product(*map(range, g.shape[2:]))}
    by_hand = torch.zeros_like(x)
    with torch.no_grad():
        for c, a, b in itertools.product(*map(range, x.shape[1:])):
            for u, v in itertools.product(*map(range, w.shape[2:])):
                if (place := (a + ph - u * dh, b + pw - v * dw)) in spread:
                    by_hand[:, c, a, b] += spread[place] @ w[:, c, u, v]
    assert_close(by_hand, dx)
    assert_close(input_gradient(g, w, (6, 5), **how), dx)


def test_gradients_give_the_numbers_worked_on_the_page():
    x = torch.tensor([[1.0, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1]])[None, None]
    w = torch.tensor([[1.0, 0, -1], [2, 1, 0], [0, 0, -1]])[None, None]
    g = torch.tensor([[1.0, 2], [0, -1]])[None, None]
    assert weight_gradient(g, x, 3)[0, 0, 0, 0] == 4
    assert input_gradient(g, w, (4, 4))[0, 0, 1, 1] == 4


@GEOMETRY
def test_gradients_by_hand_agree_with_torch(size, kernel, stride, padding, dilation, groups, rng):
    x, w, b = layer_inputs(rng, size, kernel, groups)
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    y = functional.conv2d(x, w, b, **how)
    grad_y = draw(rng, *y.shape).detach()
    dx, dw, db = torch.autograd.grad(y, (x, w, b), grad_y)
    assert_close(input_gradient(grad_y, w, size, **how), dx)
    assert_close(weight_gradient(grad_y, x, kernel, **how), dw)
    assert_close(grad_y.sum((0, 2, 3)), db)


@CONVOLUTIONS
def test_gradcheck(convolution, rng):
    x, w, b = draw(rng, 1, 2, 5, 4), draw(rng, 2, 1, 2, 3), draw(rng, 2)
    how = {"stride": (2, 1), "padding": 1, "groups": 2}
    assert torch.autograd.gradcheck(lambda *inputs: convolution(*inputs, **how), (x, w, b))


@settings(max_examples=100, deadline=None)
@given(geometries(), st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 9))
def test_conv_transpose2d_agrees_with_torch(geometry, extra, seed):
    x_shape, w_shape, how = geometry
    how["output_padding"] = tuple(a % max(s, d) for a, s, d in zip(extra, how["stride"], how["dilation"], strict=True))
    rng = torch.Generator().manual_seed(seed)
    x, w = draw(rng, x_shape[0], w_shape[0], 2, 3), draw(rng, *w_shape)
    b = draw(rng, w_shape[1] * how["groups"])
    least = [
        (n - 1) * s + d * (k - 1) + 1 + a - 2 * p
        for n, k, s, p, d, a in zip(
            (2, 3), w_shape[2:], how["stride"], how["padding"], how["dilation"], how["output_padding"], strict=True
        )
    ]
    if min(least) < 1:
        with pytest.raises(ValueError, match="leaves nothing"):
            conv_transpose2d(x, w, b, **how)
        return
    expected, y = functional.conv_transpose2d(x, w, b, **how), conv_transpose2d(x, w, b, **how)
    assert_close(y, expected)
    grad_y = draw(rng, *y.shape).detach()
    assert_close(torch.autograd.grad(y, (x, w, b), grad_y), torch.autograd.grad(expected, (x, w, b), grad_y))


# The layer


@GEOMETRY
def test_layer_equals_torch_layer_with_the_same_weights(size, kernel, stride, padding, dilation, groups, rng):
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    ours, theirs = Conv2d(4, 8, kernel, **how).double(), torch.nn.Conv2d(4, 8, kernel, **how).double()
    theirs.load_state_dict(ours.state_dict())
    x = draw(rng, 2, 4, *size)
    assert_close(ours(x), theirs(x))
    assert ours.load_state_dict(theirs.state_dict())


@pytest.mark.parametrize("bias", [True, False])
def test_layer_draws_its_weights_as_torch_does(bias):
    ours = Conv2d(4, 64, (3, 2), groups=2, bias=bias, generator=torch.Generator().manual_seed(3))
    with torch.random.fork_rng():
        torch.manual_seed(3)
        theirs = torch.nn.Conv2d(4, 64, (3, 2), groups=2, bias=bias)
    assert ours.state_dict().keys() == theirs.state_dict().keys()
    for mine, torchs in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert_close(mine, torchs)
    bound = 1 / math.sqrt(4 / 2 * 3 * 2)
    assert 0.9 * bound < ours.weight.abs().max() <= bound


def test_layer_says_what_it_is():
    text = "4, 6, (3, 3), stride=1, padding='same', dilation=1, groups=2, bias=True"
    assert repr(Conv2d(4, 6, 3, padding="same", groups=2)) == f"Conv2d({text})"


# Cost


@pytest.mark.equation("conv_parameters")
@pytest.mark.parametrize(("groups", "bias"), list(itertools.product([1, 2, 4], [True, False])))
def test_parameters_are_those_of_the_layer(groups, bias):
    layer = torch.nn.Conv2d(4, 8, (3, 5), groups=groups, bias=bias)
    counted = sum(parameter.numel() for parameter in layer.parameters())
    assert cost(9, 4, 8, (3, 5), groups=groups, bias=bias).parameters == counted
    assert 8 * (4 // groups * 3 * 5 + bias) == counted


@pytest.mark.equation("conv_multiply_adds")
@GEOMETRY
def test_multiply_adds_are_half_of_the_operations_that_torch_counts(size, kernel, stride, padding, dilation, groups):
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    layer, x = torch.nn.Conv2d(4, 8, kernel, bias=False, **how), torch.zeros(1, 4, *size)
    with FlopCounterMode(display=False) as counter:
        y = layer(x)
    printed = y.shape[2] * y.shape[3] * 8 * (4 // groups) * kernel[0] * kernel[1]
    assert cost(size, 4, 8, kernel, **how).multiply_adds == printed
    assert counter.get_total_flops() == 2 * printed


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.convolution.forward)
PLAIN_SIZES = as_a_reader_imports_it(dlbook.convolution.sizes)
PLAIN_GRADIENT = as_a_reader_imports_it(dlbook.convolution.gradient)
WORDS_OR_NUMBERS = 'padding must be "same", "valid", an integer of at least 0 or a pair of them, got '
PLAIN_CONVOLUTIONS = pytest.mark.parametrize("convolution", [PLAIN.conv2d, PLAIN.conv2d_unfold, PLAIN.conv2d_fast])


@PLAIN_CONVOLUTIONS
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stride": 0}, "stride must be an integer of at least 1, got 0"),
        ({"stride": (1, 2.0)}, "stride must be an integer of at least 1, got 2.0"),
        ({"stride": (1, 2, 3)}, r"stride must be one integer or a pair .* got \(1, 2, 3\)"),
        ({"padding": -1}, "padding must be an integer of at least 0, got -1"),
        ({"padding": True}, "padding must be an integer of at least 0, got True"),
        ({"padding": "full"}, WORDS_OR_NUMBERS + "'full'"),
        ({"padding": "same", "stride": 2}, r'padding="same" needs a stride of 1, got \(2, 2\)'),
        ({"dilation": 0}, "dilation must be an integer of at least 1, got 0"),
        ({"dilation": 4}, "kernel 3 with dilation 4 covers 9 pixels, size 6 with padding 0 has 6"),
        ({"groups": 0}, "groups must be an integer of at least 1, got 0"),
        ({"groups": 3}, "groups 3 must divide the channels, c_in 4 and c_out 8"),
        ({"groups": 2, "weight": torch.zeros(7, 2, 3, 3)}, "groups 2 must divide the channels, c_in 4 and c_out 7"),
        ({"groups": 2}, r"x has 4 channels, but kernels of shape \(8, 4, 3, 3\) with groups 2 expect 8"),
        (
            {"x": torch.zeros(4, 6, 7)},
            r"x must have 4 axes \(images, channels, rows, columns\), got 3: shape \(4, 6, 7\)",
        ),
        ({"x": numpy.zeros((2, 4, 6, 7))}, "x must hold floating-point numbers, got ndarray"),
        ({"x": [[[[0.0]]]]}, "x must hold floating-point numbers, got list"),
        ({"x": None}, "x must hold floating-point numbers, got NoneType"),
        ({"weight": None}, "weight must hold floating-point numbers, got NoneType"),
        ({"x": torch.zeros(2, 4, 6, 7).long()}, "x must hold floating-point numbers, got torch.int64"),
        (
            {"x": torch.zeros(2, 3, 6, 7)},
            r"x has 3 channels, but kernels of shape \(8, 4, 3, 3\) with groups 1 expect 4",
        ),
        ({"x": torch.zeros(2, 4, 2, 7)}, "kernel 3 with dilation 1 covers 3 pixels, size 2 with padding 0 has 2"),
        ({"x": torch.zeros(2, 4, 0, 7)}, "size must be an integer of at least 1, got 0"),
        ({"weight": torch.zeros(3, 3)}, r"weight must have 4 axes \(kernels, channels, .* got 2: shape \(3, 3\)"),
        ({"weight": numpy.zeros((8, 4, 3, 3))}, "weight must hold floating-point numbers, got ndarray"),
        ({"weight": torch.zeros(8, 1, 3, 3)}, r"x has 4 channels, .* expect 1"),
        ({"weight": torch.zeros(8, 4, 3, 3).double()}, "weight is torch.float64, x is torch.float32"),
        ({"weight": torch.zeros(8, 4, 3, 3, device="meta")}, "weight is on meta, x is on cpu"),
        ({"bias": [0.0] * 8}, "bias must hold floating-point numbers, got list"),
        ({"bias": torch.zeros(1)}, r"bias must hold 8 numbers, one for each channel of the output, got shape \(1,\)"),
        ({"bias": torch.zeros(8, 1)}, r"bias must hold 8 numbers, .* got shape \(8, 1\)"),
    ],
)
def test_conv2d_refuses_what_does_not_fit(convolution, change, message):
    fits = {"x": torch.zeros(2, 4, 6, 7), "weight": torch.zeros(8, 4, 3, 3)}
    with pytest.raises(ValueError, match=message):
        convolution(**{**fits, **change})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kernel": 0}, "kernel must be an integer of at least 1, got 0"),
        ({"c_in": 0}, "c_in must be an integer of at least 1, got 0"),
        ({"c_out": 2.5}, "c_out must be an integer of at least 1, got 2.5"),
        ({"groups": 2}, "groups 2 must divide the channels, c_in 3 and c_out 8"),
        ({"padding": "same", "stride": 3}, "needs a stride of 1"),
        ({"padding": "half"}, WORDS_OR_NUMBERS + "'half'"),
    ],
)
def test_layer_and_cost_refuse_what_does_not_fit(change, message):
    fits = {"c_in": 3, "c_out": 8, "kernel": 3}
    with pytest.raises(ValueError, match=message):
        PLAIN.Conv2d(**{**fits, **change})
    with pytest.raises(ValueError, match=message):
        PLAIN_SIZES.cost(**{"size": 9, **fits, **change})


def test_gradients_refuse_a_gradient_of_another_shape():
    x, w, grad_y = torch.zeros(2, 4, 6, 7), torch.zeros(8, 4, 3, 3), torch.zeros(2, 8, 4, 4)
    message = r"grad_y must have the shape of the output, \(2, 8, 4, 5\), got \(2, 8, 4, 4\)"
    with pytest.raises(ValueError, match=message):
        PLAIN_GRADIENT.weight_gradient(grad_y, x, 3)
    with pytest.raises(ValueError, match=message):
        PLAIN_GRADIENT.input_gradient(grad_y, w, (6, 7))


def test_conv_transpose2d_refuses_what_does_not_fit():
    x, w = torch.zeros(1, 4, 3, 3), torch.zeros(4, 2, 3, 3)
    with pytest.raises(ValueError, match="x has 3 channels"):
        PLAIN_GRADIENT.conv_transpose2d(x[:, :3], w)
    with pytest.raises(ValueError, match="output_padding 1 must be smaller than stride 1 or dilation 1"):
        PLAIN_GRADIENT.conv_transpose2d(x, w, output_padding=1)
    with pytest.raises(ValueError, match="groups 3 must divide the channels"):
        PLAIN_GRADIENT.conv_transpose2d(x, w, groups=3)
    with pytest.raises(ValueError, match="x must hold floating-point numbers, got ndarray"):
        PLAIN_GRADIENT.conv_transpose2d(x.numpy(), w)
    with pytest.raises(ValueError, match=r"bias must hold 2 numbers, .* got shape \(4,\)"):
        PLAIN_GRADIENT.conv_transpose2d(x, w, torch.zeros(4))
