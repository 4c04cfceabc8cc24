"""Mini-batches: what graphs keep, gradients that add up, and what is refused."""

import gc
from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.autograd import grad
from torch.nn.functional import cross_entropy, mse_loss
from torch.testing import assert_close

import dlbook.mini_batches
from dlbook.data import digits
from dlbook.mini_batches import Kept, accumulate, accumulated, mini_batches, one_graph

PLAIN = as_a_reader_imports_it(dlbook.mini_batches)
SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)


def drawn(sizes, *, seed=0):
    """A network in double precision, and parts of these sizes."""
    g = torch.Generator().manual_seed(seed)
    model = nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 3)).double()
    for p in model.parameters():
        p.data = torch.randn(p.shape, generator=g, dtype=torch.double)
    x = torch.randn(sum(sizes), 5, generator=g, dtype=torch.double)
    y = torch.randint(3, (sum(sizes),), generator=g)
    return model, x, y, list(zip(x.split(sizes), y.split(sizes), strict=True))


def gradients(model):
    return [p.grad for p in model.parameters()]


def small_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip


# Gradients of parts


@pytest.mark.equation("accumulate_gradient")
@given(SIZES, st.integers(0, 99))
def test_parts_of_any_sizes_give_the_gradient_of_all(sizes, seed):
    model, x, y, parts = drawn(sizes, seed=seed)
    whole = cross_entropy(model(x), y)
    right = grad(whole, list(model.parameters()))
    assert_close(accumulate(model, parts), whole.detach())
    assert_close(gradients(model), list(right))
    each = [grad(cross_entropy(model(a), b), list(model.parameters())) for a, b in parts]
    printed = [
        sum(n / sum(sizes) * g for n, g in zip(sizes, column, strict=True)) for column in zip(*each, strict=True)
    ]
    assert_close(printed, list(right))


@pytest.mark.equation("mean_of_means")
@given(SIZES, st.integers(0, 99))
def test_the_mean_of_means_is_off_by_what_is_printed(sizes, seed):
    model, x, y, parts = drawn(sizes, seed=seed)
    losses = torch.stack([cross_entropy(model(a), b) for a, b in parts])
    shares = torch.tensor(sizes).double() / sum(sizes)
    assert_close(losses.mean() - cross_entropy(model(x), y), ((1 / len(sizes) - shares) * losses).sum())


@pytest.mark.equation("short_batch")
@given(st.integers(1, 400), st.integers(1, 64))
def test_an_example_of_the_short_batch_counts_more(n, batch):
    parts = torch.arange(n).split(batch)
    counts = torch.cat([torch.full((len(part),), 1 / len(part), dtype=torch.double) for part in parts])
    r = n % batch
    if r and n > batch:
        assert_close(counts[-1] / counts[0], torch.tensor(batch / r, dtype=torch.double))
        assert (counts > counts[0] * (1 + 1e-9)).sum() == r
    elif r == 0:
        assert counts.unique().numel() == 1


@pytest.mark.equation("uncleared_sum")
@pytest.mark.parametrize("many", [1, 2, 5])
def test_without_clearing_equal_parts_add_up_to_so_many_means(many):
    model, x, y, parts = drawn([4] * many)
    right = grad(cross_entropy(model(x), y), list(model.parameters()))
    for a, b in parts:
        cross_entropy(model(a), b).backward()
    assert_close(gradients(model), [many * g for g in right])


def test_gradients_of_before_do_not_enter():
    model, x, y, parts = drawn([3, 5])
    cross_entropy(model(x), y).backward()
    accumulate(model, parts)
    assert_close(gradients(model), list(grad(cross_entropy(model(x), y), list(model.parameters()))))


@pytest.mark.parametrize("sizes", [[6], [1, 2, 3], [1] * 6])
def test_another_loss_and_weights_that_do_not_learn(sizes):
    model, x, y, _ = drawn(sizes)
    model[0].requires_grad_(False)
    target = nn.functional.one_hot(y, 3).double()
    whole = mse_loss(model(x), target)
    right = grad(whole, list(model[2].parameters()))
    parts = zip(x.split(sizes), target.split(sizes), strict=True)
    assert_close(accumulate(model, parts, loss=mse_loss), whole.detach())
    assert_close([p.grad for p in model[2].parameters()], list(right))
    assert model[0].weight.grad is None


@pytest.mark.parametrize("kind", [int, torch.tensor])
def test_targets_that_are_ignored_do_not_count(kind):
    model, x, y, _ = drawn([4, 4, 4])
    y[1:3], y[4:8] = -100, -100  # of the second part nothing is left
    parts = list(zip(x.split(4), y.split(4), strict=True))
    whole = cross_entropy(model(x), y)
    right = list(grad(whole, list(model.parameters())))
    loss = accumulate(model, parts, count=lambda y: kind(int((y != -100).sum())))
    assert_close(loss, whole.detach())
    assert_close(gradients(model), right)


def test_parts_may_come_one_by_one():
    model, x, y, parts = drawn([2, 3])
    loss = accumulate(model, (pair for pair in parts))
    assert_close(loss, cross_entropy(model(x), y).detach())
    assert not loss.requires_grad


def test_batch_norm_breaks_the_law_and_group_norm_does_not():
    _, x, y, _ = drawn([8])
    for layer, equal in [(nn.BatchNorm1d(4), False), (nn.GroupNorm(2, 4), True), (nn.BatchNorm1d(4).eval(), True)]:
        model = nn.Sequential(nn.Linear(5, 4), layer, nn.Linear(4, 3)).double()
        right = grad(cross_entropy(model(x), y), model[2].weight)[0]
        accumulate(model, zip(x.split(4), y.split(4), strict=True))
        assert torch.allclose(model[2].weight.grad, right) == equal


# The three designs


@given(SIZES)
def test_one_graph_and_accumulated_make_the_same_update(sizes):
    weights = []
    for design in (one_graph, accumulated):
        model, _, _, parts = drawn(sizes)
        design(model, torch.optim.SGD(model.parameters(), 0.5, momentum=0.9), iter(parts))
        weights.append(list(model.parameters()))
    assert_close(*weights)
    before = list(drawn(sizes)[0].parameters())
    assert not torch.equal(before[0], weights[0][0])


def test_mini_batches_update_after_each_part():
    model, _, _, parts = drawn([3, 4])
    other = drawn([3, 4])[0]
    mini_batches(model, torch.optim.SGD(model.parameters(), 0.5), parts)
    for x, y in parts:
        found = grad(cross_entropy(other(x), y), list(other.parameters()))
        for p, g in zip(other.parameters(), found, strict=True):
            p.data -= 0.5 * g
    assert_close(list(model.parameters()), list(other.parameters()))


# What graphs keep


@pytest.mark.equation("parts_kept")
@pytest.mark.parametrize("size", [1, 7, 64, 200])
def test_parts_keep_what_the_largest_of_them_keeps(size):
    images, labels = digits()
    x, y, model = images[:200], labels[:200], small_cnn()
    parts = list(zip(x.split(size), y.split(size), strict=True))
    # by hand: both ReLUs, both pools with the numbers of their winners, the log-probabilities
    a = 4 * (8 * 64 + 16 * 16) + (4 + 8) * (8 * 16 + 16 * 4) + 4 * 10
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for design, examples in [(one_graph, 200), (accumulated, min(size, 200)), (mini_batches, min(size, 200))]:
        with Kept(x, y, *model.parameters()) as kept:
            design(model, optimizer, parts)
        scalars = kept.peak - a * examples  # cross-entropy keeps one number for each graph
        assert 0 <= scalars <= (16 * len(parts) if design is one_graph else 16)
        assert kept.now == 0


def test_a_memory_that_is_saved_twice_counts_once():
    w = torch.ones(100, requires_grad=True)
    with Kept(w) as kept:
        y = w.exp()  # keeps y
        z = y * y  # keeps y twice more
        z.sum().backward()
    assert kept.history == [0, 400, 0]


def test_a_slice_keeps_the_whole_memory():
    x, w = torch.ones(100), torch.ones(10, requires_grad=True)
    with Kept(w) as kept:
        y = w * x[:10]
    assert kept.now == 400
    with Kept(w, x) as kept:
        y = w * x[:10]
    assert kept.now == 0
    del y


def test_it_falls_when_the_graph_dies_without_backward():
    w = torch.ones(100, requires_grad=True)
    with Kept() as kept:
        y = w.exp()
    assert (kept.now, kept.peak) == (400, 400)
    del y
    gc.collect()
    assert (kept.now, kept.peak) == (0, 400)


def test_no_grad_keeps_nothing_and_values_stay_the_same():
    images, labels = digits()
    x, y, model = images[:32], labels[:32], small_cnn()
    with torch.no_grad(), Kept() as kept:
        model(x)
    assert kept.history == [0]
    plain = grad(cross_entropy(model(x), y), list(model.parameters()))
    with Kept(x, y) as kept:
        watched = grad(cross_entropy(model(x), y), list(model.parameters()))
    assert_close(plain, watched, rtol=0, atol=0)
    assert kept.peak > 0


def test_meta_tensors_count_as_real_ones():
    peaks = []
    for device in ("cpu", "meta"):
        model, x = small_cnn().to(device), torch.empty(5, 1, 8, 8, device=device)
        y = torch.zeros(5, dtype=torch.int64, device=device)
        with Kept(x, y, *model.parameters()) as kept:
            cross_entropy(model(x), y).backward()
        peaks.append(kept.peak)
    assert peaks[0] == peaks[1] > 0


def test_an_error_within_is_not_swallowed_and_the_hooks_are_gone():
    kept, w = Kept(), torch.ones(3, requires_grad=True)
    with pytest.raises(RuntimeError, match="oh"), kept:
        raise RuntimeError("oh")
    w.exp()
    assert kept.history == [0]


def test_a_loss_that_is_added_up_holds_all_graphs():
    images, labels = digits()
    x, y, model = images[:128], labels[:128], small_cnn()
    with Kept(x, y, *model.parameters()) as kept:
        total = torch.zeros(())
        for a, b in zip(x.split(32), y.split(32), strict=True):
            total = total + cross_entropy(model(a), b)
        each = kept.now
        del total
    assert each == kept.peak > 0
    assert kept.now == 0


# Mistakes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parts": []}, "the parts must hold at least one example, got none"),
        ({"count": lambda y: 0}, "the parts must hold at least one example, got none"),
        ({"count": lambda y: 1.5}, "the count of a part must be an integer of at least 0, got 1.5"),
        ({"count": lambda y: -1}, "the count of a part must be an integer of at least 0, got -1"),
        ({"count": lambda y: torch.tensor(2.5)}, "the count of a part must be an integer of at least 0, got 2.5"),
        ({"loss": partial(cross_entropy, reduction="none")}, r"loss must give one number, .* got shape \(2,\)"),
    ],
)
def test_what_makes_no_sense_is_refused(change, message):
    model, _, _, parts = drawn([2, 2])
    how = {"parts": parts} | change
    with pytest.raises(ValueError, match=message):
        PLAIN.accumulate(model, how.pop("parts"), **how)


def test_designs_refuse_no_examples():
    model = drawn([1])[0]
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for design in (PLAIN.one_graph, PLAIN.accumulated):
        with pytest.raises(ValueError, match="the parts must hold at least one example, got none"):
            design(model, optimizer, [])
