"""What a shift does: the laws of the page, of pooling, of stacks of blocks, and of the classifier behind them."""

import itertools

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional
from torch.testing import assert_close

from dlbook.cnn import CNN
from dlbook.convolution import conv2d
from dlbook.fully_connected import Linear
from dlbook.pooling import avg_pool2d, global_avg_pool2d, max_pool2d


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def randn(g, *shape):
    return torch.randn(*shape, generator=g, dtype=torch.float64)


@pytest.mark.equation("dense_subsample")
@given(st.integers(1, 4), st.integers(1, 5), st.integers(0, 9))
def test_pooling_is_dense_pooling_then_subsampling(k, s, seed):
    x = randn(generator(seed), 1, 2, 9, 11)
    for pool in (max_pool2d, avg_pool2d):
        assert_close(pool(x, k, stride=s), pool(x, k, stride=1)[:, :, ::s, ::s])


@pytest.mark.equation("winner_stays")
@given(st.integers(1, 6), st.integers(-5, 5), st.integers(-5, 5))
def test_of_all_winners_so_many_stay_in_their_window(k, a, b):
    pixels = list(itertools.product(range(k), range(k)))
    stay = [(u, v) for u, v in pixels if 0 <= u + a < k and 0 <= v + b < k]
    printed = max(0, 1 - abs(a) / k) * max(0, 1 - abs(b) / k)
    assert len(stay) / len(pixels) == pytest.approx(printed)


def test_a_one_pixel_move_keeps_three_in_eight_and_five_in_nine():
    moves = [move for move in itertools.product((-1, 0, 1), repeat=2) if move != (0, 0)]
    for k, expected in ((2, 3 / 8), (3, 5 / 9)):
        mean = sum((1 - abs(a) / k) * (1 - abs(b) / k) for a, b in moves) / 8
        assert mean == pytest.approx(expected)


@pytest.mark.equation("global_shift")
@pytest.mark.parametrize("stride", [1, 2, 4])
def test_a_global_average_forgets_shifts_by_the_stride(stride):
    g = generator(20)
    x, weight = randn(g, 1, 3, 8, 12), randn(g, 5, 3, 3, 3)

    def features(x):
        around = functional.pad(x, (1, 1, 1, 1), mode="circular")
        return global_avg_pool2d(functional.conv2d(around, weight, stride=stride).relu())

    for t in range(-4, 5):
        same = features(x.roll(t, 3)).allclose(features(x))
        assert same == (t % stride == 0)


@pytest.mark.equation("cnn_stack_shift")
@pytest.mark.parametrize("t", [1, 2])
def test_a_shift_by_the_jump_moves_the_features_by_one(t):
    features = CNN((1, 32, 32), [3, 4], [5], padding=0, generator=generator()).double().features
    x = torch.zeros(1, 1, 32, 32, dtype=torch.float64)
    x[..., 8:18, 8:18] = randn(generator(1), 10, 10)
    moved = functional.pad(x, (4 * t, -4 * t, 0, 0))
    y, y_moved = features(x), features(moved)
    assert_close(y_moved[..., t:], y[..., :-t])
    for other in (1, 2, 3):  # and for no other shift
        y_moved = features(functional.pad(x, (other, -other, 0, 0)))
        assert not any(torch.allclose(y_moved[..., s:], y[..., : y.shape[3] - s]) for s in (0, 1))


@pytest.mark.equation("cnn_place_weights")
def test_scores_after_a_shift_of_the_maps():
    g = generator(3)
    maps = torch.zeros(2, 3, 4, dtype=torch.float64)
    maps[:, :, :3] = randn(g, 2, 3, 3)
    weight = randn(g, 5, 2, 3, 4)
    moved = functional.pad(maps, (1, -1, 0, 0))
    difference = torch.zeros(5, dtype=torch.float64)
    for c, i, j in itertools.product(range(2), range(3), range(3)):
        difference += (weight[:, c, i, j + 1] - weight[:, c, i, j]) * maps[c, i, j]
    assert_close(weight.flatten(1) @ moved.flatten() - weight.flatten(1) @ maps.flatten(), difference)


@pytest.mark.equation("cnn_vote")
def test_a_dense_layer_behind_a_mean_is_the_mean_of_votes():
    g = generator(4)
    maps, layer = randn(g, 2, 6, 3, 5), Linear(6, 4, generator=g).double()
    votes = conv2d(maps, layer.weight[:, :, None, None], layer.bias)
    assert_close(layer(maps.mean((2, 3))), votes.mean((2, 3)))


@pytest.mark.equation("cnn_dense_conv")
def test_a_dense_layer_is_a_convolution_as_large_as_the_map():
    net = CNN((1, 8, 8), [3, 4], [5], generator=generator()).double()
    maps = net.features(randn(generator(1), 6, 1, 8, 8))
    weight, bias = list(net.parameters())[-2:]
    kernels = weight.reshape(5, 4, 2, 2)
    y = conv2d(maps, kernels, bias)
    assert y.shape == (6, 5, 1, 1)
    assert_close(y[:, :, 0, 0], net.classifier(maps))
    larger = randn(generator(2), 1, 4, 5, 7)
    y = conv2d(larger, kernels, bias)
    for i, j in itertools.product(range(4), range(6)):
        assert_close(y[:, :, i, j], net.classifier(larger[:, :, i : i + 2, j : j + 2]))


def test_the_classifier_worked_by_hand_on_the_page():
    maps, weight = torch.tensor([2.0, 1, 0]), torch.tensor([1.0, 3, 5])
    assert weight @ maps == 5
    assert weight @ torch.tensor([0.0, 2, 1]) == 11
    assert ((weight[1:] - weight[:-1]) * maps[:-1]).sum() == 6


def test_a_blur_before_the_stride_changes_a_quarter_where_the_stride_alone_changes_one():
    """The numbers of the page, by convolution with the weights 1, 2, 1."""
    signal = torch.tensor([0.0, 0, 1, 1, 0, 0, 1, 1])
    plain, blurred = [], []
    for shift in range(2):
        around = functional.pad(signal.roll(shift)[None, None], (0, 1), mode="circular")
        dense = functional.max_pool1d(around, 2, 1)
        kernel = torch.tensor([[[0.25, 0.5, 0.25]]])
        smooth = functional.conv1d(functional.pad(dense, (1, 1), mode="circular"), kernel)
        plain.append(dense[0, 0, ::2].tolist())
        blurred.append(smooth[0, 0, ::2].tolist())
    assert plain == [[0, 1, 0, 1], [1, 1, 1, 1]]
    assert blurred == [[0.5, 1, 0.5, 1], [0.75] * 4]


@pytest.mark.parametrize(("window", "blocks"), [(2, 2), (3, 2), (4, 2), (3, 3)])
def test_multiples_of_the_whole_stride_are_safe_and_no_others(window, blocks):
    jump = window**blocks
    x = torch.rand(1, 1, jump, 8 * jump, generator=generator(window), dtype=torch.float64)

    def maps(x):
        for _ in range(blocks):
            x = avg_pool2d(x, window)  # a maximum may stay by chance
        return x

    y = maps(x)
    safe = [s for s in range(2 * jump + 1) if any(torch.allclose(maps(x.roll(s, 3)), y.roll(t, 3)) for t in range(8))]
    assert safe == [0, jump, 2 * jump]
