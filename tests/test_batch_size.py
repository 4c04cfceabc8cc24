"""Batch size: every formula of the page by a second way, most by listing all batches that there are."""

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn.functional import cross_entropy, mse_loss
from torch.testing import assert_close

import dlbook.batch_size
from dlbook.batch_size import (
    Noise,
    best_rate,
    curved_noise,
    example_gradients,
    gradient_noise,
    lengths,
    noise_from_two,
    sharpness,
    steps_to,
)
from dlbook.fully_connected import MLP

N = 7


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(66)


@pytest.fixture
def net(rng):
    return MLP([3, 4, 2], generator=rng).double()


@pytest.fixture
def examples(rng):
    return torch.randn(N, 3, generator=rng).double(), torch.randint(2, (N,), generator=rng)


def one_row(gradients):
    return torch.cat([g.flatten() for g in gradients])


def by_backward(net, x, y, loss=cross_entropy):
    return one_row(torch.autograd.grad(loss(net(x), y), list(net.parameters())))


def hessian(net, x, y):
    """All second derivatives, by torch's own function."""
    names, shapes = zip(*((n, p.shape) for n, p in net.named_parameters()), strict=True)

    def at(w):
        parts = w.split([s.numel() for s in shapes])
        weights = {n: p.view(s) for n, p, s in zip(names, parts, shapes, strict=True)}
        return cross_entropy(torch.func.functional_call(net, weights, (x,)), y)

    return torch.autograd.functional.hessian(at, one_row(p.detach() for p in net.parameters()))


def all_batches(each, size, *, replace):
    """The gradient of every batch that there is."""
    picks = (
        itertools.product(range(len(each)), repeat=size) if replace else itertools.combinations(range(len(each)), size)
    )
    return torch.stack([each[list(pick)].mean(0) for pick in picks])


# gradients of single examples


def test_each_row_is_what_backward_gives_for_that_example(net, examples):
    x, y = examples
    loop = torch.stack([by_backward(net, x[i : i + 1], y[i : i + 1]) for i in range(N)])
    assert_close(example_gradients(net, x, y), loop)


def test_another_loss_with_targets_of_several_numbers(net, examples, rng):
    x, y = examples[0], torch.randn(N, 2, generator=rng).double()
    loop = torch.stack([by_backward(net, x[i : i + 1], y[i : i + 1], mse_loss) for i in range(N)])
    assert_close(example_gradients(net, x, y, loss=mse_loss), loop)


def test_a_convolution_as_well(rng):
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(18, 3)).double()
    x, y = torch.randn(4, 1, 5, 5, generator=rng).double(), torch.arange(4) % 3
    assert_close(example_gradients(net, x, y).mean(0), by_backward(net, x, y))


def test_the_model_is_left_alone(net, examples):
    before = [p.detach().clone() for p in net.parameters()]
    example_gradients(net, *examples)
    gradient_noise(net, *examples)
    sharpness(net, *examples, rounds=2)
    assert all(torch.equal(a, b) for a, b in zip(before, net.parameters(), strict=True))
    assert all(p.grad is None for p in net.parameters())


@pytest.mark.parametrize("chunk", [1, 3, N, 100])
def test_noise_in_chunks_is_the_covariance(net, examples, chunk):
    each = example_gradients(net, *examples)
    noise = gradient_noise(net, *examples, chunk=chunk)
    assert math.isclose(noise.square, each.mean(0).square().sum())
    assert math.isclose(noise.trace, each.T.cov(correction=0).trace())
    assert math.isclose(noise.scale, noise.trace / noise.square)


# batches


@pytest.mark.equation("batch_unbiased")
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("replace", [True, False])
def test_the_mean_over_all_batches_is_the_full_gradient(net, examples, size, replace):
    each = example_gradients(net, *examples)
    assert_close(all_batches(each, size, replace=replace).mean(0), by_backward(net, *examples))


@pytest.mark.equation("batch_variance")
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_with_replacement_the_variance_is_the_trace_over_the_batch(net, examples, size):
    each, noise = example_gradients(net, *examples), gradient_noise(net, *examples)
    off = all_batches(each, size, replace=True) - each.mean(0)
    assert math.isclose(off.square().sum(1).mean(), noise.variance(size))
    assert math.isclose(noise.variance(size), noise.trace / size)


@pytest.mark.equation("batch_without")
@pytest.mark.parametrize("size", range(1, N + 1))
def test_without_replacement_it_has_the_factor_of_a_finite_population(net, examples, size):
    each, noise = example_gradients(net, *examples), gradient_noise(net, *examples)
    off = all_batches(each, size, replace=False) - each.mean(0)
    assert math.isclose(off.square().sum(1).mean(), noise.variance(size, N), abs_tol=1e-12)
    assert math.isclose(noise.variance(size, N), noise.trace / size * (N - size) / (N - 1), abs_tol=1e-12)


def test_measured_on_random_batches_the_slope_is_minus_one(rng):
    each = torch.randn(500, 20, generator=rng).double()
    sizes = torch.tensor([1, 4, 16, 64])
    off = [
        (each[torch.randint(500, (2000, int(s)), generator=rng)].mean(1) - each.mean(0)).square().sum(1).mean()
        for s in sizes
    ]
    logs = torch.stack([sizes.log().double(), torch.stack(off).log()])
    assert abs(logs.cov()[0, 1] / logs[0].var() + 1) < 0.03


@pytest.mark.equation("batch_last")
@pytest.mark.parametrize(("examples", "batch"), [(10, 4), (1797, 64), (60_000, 256)])
def test_the_short_last_batch_is_as_much_noisier_as_the_page_says(examples, batch):
    rest, noise = examples % batch, Noise(1.0, 3.0)
    ratio = noise.variance(rest, examples) / noise.variance(batch, examples)
    assert math.isclose(ratio, batch / rest * (examples - rest) / (examples - batch))


# what "mean" divides by


@pytest.mark.equation("batch_counted")
@pytest.mark.parametrize("ignored", [[], [1], [0, 3]])
def test_mean_divides_by_the_weights_of_what_is_kept(rng, ignored):
    z, y = torch.randn(5, 3, generator=rng).double(), torch.tensor([0, 1, 2, 1, 0])
    weight = torch.tensor([1.0, 5.0, 0.5]).double()
    y[ignored] = -100
    kept = [i for i in range(5) if i not in ignored]
    losses = [-z[i].log_softmax(0)[y[i]] for i in kept]
    by_hand = sum(weight[y[i]] * one for i, one in zip(kept, losses, strict=True)) / sum(weight[y[i]] for i in kept)
    assert_close(cross_entropy(z, y, weight=weight), by_hand)


def test_with_class_weights_the_batches_are_wrong_on_average(net, examples):
    x, y = examples
    assert 0 < y.sum() < N  # both classes are there
    weight = torch.tensor([1.0, 4.0]).double()
    full = by_backward(net, x, y, lambda z, t: cross_entropy(z, t, weight=weight))
    picks = [list(pick) for pick in itertools.combinations(range(N), 2)]
    fixed = 2 * weight[y].mean()
    own = torch.stack([by_backward(net, x[p], y[p], lambda z, t: cross_entropy(z, t, weight=weight)) for p in picks])
    same = torch.stack(
        [
            by_backward(net, x[p], y[p], lambda z, t: cross_entropy(z, t, weight=weight, reduction="sum") / fixed)
            for p in picks
        ]
    )
    assert_close(same.mean(0), full)
    assert (own.mean(0) - full).norm() > 0.01 * full.norm()


# the length of a step


@pytest.mark.equation("batch_gain")
@pytest.mark.parametrize("size", [1, 2, 3])
def test_in_a_bowl_the_mean_change_of_the_loss_is_as_the_page_says(rng, size):
    each = torch.randn(6, 4, generator=rng).double()
    root = torch.randn(4, 4, generator=rng).double()
    h, full, rate = root @ root.T, each.mean(0), 0.3
    steps = -rate * all_batches(each, size, replace=True)
    change = (steps @ full + 0.5 * ((steps @ h) * steps).sum(1)).mean()
    sigma = each.T.cov(correction=0)
    assert_close(change, -rate * full @ full + rate**2 / 2 * (full @ h @ full + (h @ sigma).trace() / size))


@pytest.mark.equation("batch_rate")
@given(size=st.integers(1, 1000), most=st.floats(0.01, 10), scale=st.floats(0.1, 1e4))
def test_the_best_rate_is_where_the_gain_is_largest(size, most, scale):
    # |G|² = 1, so GᵀHG = 1 / most and tr(HΣ) = scale / most
    rate = best_rate(size, scale, most)
    change = lambda r: -r + r * r / 2 * (1 + scale / size) / most  # noqa: E731
    assert change(rate) <= min(change(rate * 0.99), change(rate * 1.01))
    assert math.isclose(rate, most / (1 + scale / size))


def test_curved_noise_is_that_of_the_whole_hessian(net, examples):
    each, h = example_gradients(net, *examples), hessian(net, *examples)
    full = each.mean(0)
    bend, sigma = full @ h @ full, each.T.cov(correction=0)
    found = curved_noise(net, *examples, chunk=2)
    assert math.isclose(found.most, full @ full / bend, rel_tol=1e-9)
    assert math.isclose(found.scale, (h @ sigma).trace() / bend, rel_tol=1e-9)


def test_sharpness_is_the_largest_eigenvalue_in_size(net, examples, rng):
    largest = torch.linalg.eigvalsh(hessian(net, *examples)).abs().max()
    found = sharpness(net, *examples, rounds=300, generator=rng)
    assert math.isclose(found, largest, rel_tol=1e-4)


# the noise scale


@pytest.mark.equation("batch_square")
@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_square_of_a_batch_is_too_large_by_its_variance(net, examples, size):
    each, noise = example_gradients(net, *examples), gradient_noise(net, *examples)
    squares = all_batches(each, size, replace=True).square().sum(1)
    assert math.isclose(squares.mean(), noise.square + noise.trace / size)


@pytest.mark.equation("batch_two_sizes")
@pytest.mark.parametrize("sizes", [(1, 2), (1, 4), (2, 3)])
def test_two_sizes_give_both_right_on_average(net, examples, sizes):
    each, noise = example_gradients(net, *examples), gradient_noise(net, *examples)
    small, large = (all_batches(each, s, replace=True).square().sum(1).mean().item() for s in sizes)
    found = noise_from_two(small, large, sizes)
    assert math.isclose(found.square, noise.square)
    assert math.isclose(found.trace, noise.trace)


def test_one_pair_is_as_good_on_average_as_the_means(net, examples):
    """It is linear: the mean of estimates is the estimate of the means."""
    each = example_gradients(net, *examples)
    small, large = (all_batches(each, s, replace=True).square().sum(1)[:N] for s in (1, 2))
    single = [noise_from_two(a.item(), b.item(), (1, 2)) for a, b in zip(small, large, strict=True)]
    found = noise_from_two(small.mean().item(), large.mean().item(), (1, 2))
    assert math.isclose(sum(s.trace for s in single) / N, found.trace)


@pytest.mark.equation("batch_hyperbola")
@given(scale=st.floats(0.1, 1e4), least=st.floats(1, 1e4), batch=st.integers(1, 10_000))
def test_steps_and_examples_lie_on_the_hyperbola(scale, least, batch):
    steps = least * (1 + scale / batch)
    examples, fewest = steps * batch, least * scale
    assert math.isclose((steps / least - 1) * (examples / fewest - 1), 1, rel_tol=1e-6)
    # a step gains in proportion to its best rate
    assert math.isclose(steps, least / best_rate(batch, scale), rel_tol=1e-9)


# the rest


@settings(max_examples=50)
@given(examples=st.integers(1, 300), batch=st.integers(1, 310))
def test_lengths_are_those_of_a_data_loader(examples, batch):
    data = torch.utils.data.TensorDataset(torch.zeros(examples))
    for drop in (False, True):
        loader = torch.utils.data.DataLoader(data, batch, drop_last=drop)
        assert lengths(examples, batch, drop_last=drop) == [len(x) for (x,) in loader]


def test_the_first_time_at_the_target_counts():
    points = torch.tensor([5, 10, 15])
    values = torch.tensor([[[0.3, 0.1, 0.3], [0.3, 0.3, 0.3]], [[0.1, 0.5, 0.5], [0.9, 0.2, 0.1]]])
    assert steps_to(0.2, points, values).tolist() == [[10, torch.inf], [5, 10]]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda m: m.Noise(1.0, 1.0).variance(0), "batch must be an integer of at least 1, got 0"),
        (lambda m: m.Noise(1.0, 1.0).variance(8, 7), "batch must be an integer from 1 to 7, got 8"),
        (lambda m: m.Noise(1.0, 1.0).variance(1, 1), "examples must be an integer of at least 2, got 1"),
        (lambda m: m.noise_from_two(1.0, 1.0, (4, 4)), "the larger size must be an integer of at least 5, got 4"),
        (lambda m: m.noise_from_two(-1.0, 1.0, (1, 4)), "small must be a finite number of at least 0, got -1.0"),
        (lambda m: m.best_rate(0, 1.0), "batch must be a finite number above 0, got 0"),
        (lambda m: m.best_rate(1, -1.0), "scale must be a finite number above 0, got -1.0"),
        (lambda m: m.lengths(0, 4), "examples must be an integer of at least 1, got 0"),
        (lambda m: m.lengths(4, 2.0), "batch must be an integer of at least 1, got 2.0"),
        (
            lambda m: m.steps_to(0.1, torch.arange(2), torch.zeros(3)),
            r"values must hold one for each of 2 points .* got shape \(3,\)",
        ),
        (
            lambda m: m.gradient_noise(nn.Linear(1, 2), torch.ones(2, 1), torch.zeros(3).long()),
            "x and y must hold as many examples, and at least one, got 2 and 3",
        ),
        (
            lambda m: m.example_gradients(nn.Linear(1, 2), torch.ones(0, 1), torch.zeros(0).long()),
            "at least one, got 0 and 0",
        ),
        (
            lambda m: m.gradient_noise(nn.Linear(1, 2), torch.ones(2, 1), torch.zeros(2).long(), chunk=0),
            "chunk must be an integer of at least 1, got 0",
        ),
        (
            lambda m: m.sharpness(nn.Linear(1, 2), torch.ones(2, 1), torch.zeros(2).long(), rounds=0),
            "rounds must be an integer of at least 1, got 0",
        ),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call(as_a_reader_imports_it(dlbook.batch_size))
