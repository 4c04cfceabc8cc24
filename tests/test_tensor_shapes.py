"""Tensor shapes: the page's formulas against torch, and what it says of silent mistakes."""

import itertools
import math

import pytest
import torch
from torch.nn import functional
from torch.testing import assert_close

SHAPES = [shape for axes in range(4) for shape in itertools.product((0, 1, 3), repeat=axes)]


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def ways_to_look() -> list[torch.Tensor]:
    """Tensors with all kinds of strides, over numbers that are all different."""
    base = torch.arange(120.0).view(2, 3, 4, 5)
    looks = [base.permute(order) for order in itertools.permutations(range(4))]
    looks += [base[:, 1:, ::2], base[1:, :, :, 1::3], base[:, :1].expand(2, 3, 4, 5), base[:, :, 0], base[..., None, :]]
    return [*looks, base.to(memory_format=torch.channels_last), base.diagonal(dim1=2, dim2=3), base.unfold(3, 2, 1)]


@pytest.mark.equation("all_pairs")
def test_the_loss_of_a_column_against_a_row_is_that_of_the_mean_plus_the_variance():
    for seed, n in enumerate((1, 2, 7, 100)):
        p, t = numbers(n, seed=seed), numbers(n, seed=seed + 10) + 3
        pairs = math.fsum((a - b) ** 2 for a in p.tolist() for b in t.tolist()) / n**2
        parts = (p - t.mean()).square().sum() / n + (t - t.mean()).square().sum() / n
        assert_close(parts.item(), pairs)
        assert_close((p[:, None] - t).square().mean().item(), pairs)  # what a program computes


@pytest.mark.equation("address")
def test_a_number_lies_at_its_address():
    for x in ways_to_look():
        storage = x.untyped_storage()
        memory = torch.frombuffer(bytearray(storage.tolist()), dtype=x.dtype)
        for index in itertools.product(*map(range, x.shape)):
            where = x.storage_offset() + sum(i * s for i, s in zip(index, x.stride(), strict=True))
            assert memory[where] == x[index]


@pytest.mark.equation("row_major")
def test_a_new_tensor_is_written_row_by_row():
    for shape in itertools.product((1, 2, 3, 5), repeat=4):
        strides = torch.zeros(shape).stride()
        for k in range(4):
            assert strides[k] == math.prod(shape[k + 1 :])
            assert k == 3 or strides[k] == shape[k + 1] * strides[k + 1]
        assert strides[3] == 1


@pytest.mark.equation("merge_axes")
def test_view_makes_one_axis_of_two_if_memory_goes_on_where_the_next_step_begins():
    seen = set()
    for x in ways_to_look():
        for k in range(x.ndim - 1):
            if 1 in x.shape[k : k + 2]:
                continue  # nobody steps along an axis of size 1
            flat = (*x.shape[:k], x.size(k) * x.size(k + 1), *x.shape[k + 2 :])
            rule = x.stride(k) == x.size(k + 1) * x.stride(k + 1)
            seen.add(rule)
            if rule:
                assert torch.equal(x.view(flat), x.reshape(flat))
            else:
                with pytest.raises(RuntimeError, match="spans across two contiguous subspaces"):
                    x.view(flat)
    assert seen == {True, False}


@pytest.mark.equation("broadcast_size")
def test_shapes_are_lined_up_at_the_right_and_ones_are_stretched():
    for a, b in itertools.product(SHAPES, repeat=2):
        axes = max(len(a), len(b))
        full_a, full_b = (1,) * (axes - len(a)) + a, (1,) * (axes - len(b)) + b
        if all(m == n or n == 1 or m == 1 for m, n in zip(full_a, full_b, strict=True)):
            sizes = tuple(m if n in (m, 1) else n for m, n in zip(full_a, full_b, strict=True))
            assert (torch.zeros(a) + torch.zeros(b)).shape == sizes
        else:
            with pytest.raises(RuntimeError, match="must match the size"):
                torch.zeros(a) + torch.zeros(b)


@pytest.mark.equation("broadcast_gradient")
def test_what_was_stretched_gets_the_sum_of_the_gradients():
    x, b, weights = numbers(4, 3, 2, 5), numbers(3, seed=1).requires_grad_(), numbers(4, 3, 2, 5, seed=2)

    def loss(b: torch.Tensor) -> torch.Tensor:
        return (weights * (x + b[:, None, None]).sin()).sum()

    y = (x + b[:, None, None]).detach().requires_grad_()
    (slopes,) = torch.autograd.grad((weights * y.sin()).sum(), y)
    (gradient,) = torch.autograd.grad(loss(b), b)
    assert_close(slopes.sum((0, 2, 3)), gradient)
    for channel in range(3):  # a second way: move b a little
        step = 1e-6 * functional.one_hot(torch.tensor(channel), 3)
        with torch.no_grad():
            assert_close((loss(b + step) - loss(b - step)) / 2e-6, gradient[channel], rtol=1e-7, atol=1e-7)


def test_the_best_line_against_a_row_is_flat():
    x, t = numbers(50), numbers(50, seed=1)
    column = torch.stack([x, torch.ones(50, dtype=torch.float64)], 1)
    repeated = column.repeat_interleave(50, 0)  # each prediction meets each target
    best = torch.linalg.lstsq(repeated, t.repeat(50)[:, None]).solution[:, 0]
    assert_close(best, torch.stack([torch.zeros_like(t.mean()), t.mean()]))


def test_a_convolution_or_a_layer_without_bias_left_on_meta_says_nothing():
    """The page warns of it; if PyTorch begins to refuse, the page should say so."""
    weight = torch.zeros(4, 3, device="meta")
    assert functional.linear(torch.zeros(2, 3), weight).device.type == "cpu"
    kernel, bias = torch.zeros(1, 1, 3, 3, device="meta"), torch.zeros(1, device="meta")
    assert functional.conv2d(torch.zeros(1, 1, 5, 5), kernel, bias).device.type == "cpu"
    with pytest.raises(RuntimeError, match="not on the expected device"):
        functional.linear(torch.zeros(2, 3), weight, torch.zeros(4, device="meta"))
