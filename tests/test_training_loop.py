"""The training loop: the formulas of the page, each by a second way, and what its listings promise."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
import torch
from torch import nn

from dlbook.datasets import Images
from dlbook.training import Plan, Step, Trainer
from dlbook.training.recipes import Recipe, nesterov, one_cycle


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(5)


@pytest.fixture
def images(rng):
    return Images(torch.rand(50, 1, 4, 4, generator=rng), torch.randint(3, (50,), generator=rng))


def net(rng):
    model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3))
    for p in model.parameters():
        nn.init.uniform_(p, -0.5, 0.5, generator=rng)
    return model


def gradients_with_lengths(rng, sizes):
    return [nn.Parameter(torch.zeros(size), requires_grad=True) for size in sizes]


@pytest.mark.equation("clip_norm")
@pytest.mark.parametrize("clip", [0.1, 1.0, 4.0, 100.0])
def test_clipping_keeps_the_direction_and_cuts_the_length(rng, clip):
    weights = gradients_with_lengths(rng, [(3, 4), (5,), (2, 2, 2)])
    for each in weights:
        each.grad = torch.randn(each.shape, generator=rng, dtype=torch.float64).float()
    before = [each.grad.double().flatten().tolist() for each in weights]
    length = math.sqrt(sum(number**2 for row in before for number in row))  # one length for all weights
    factor = min(1.0, clip / length)

    met = nn.utils.clip_grad_norm_(weights, clip)

    assert met.item() == pytest.approx(length, rel=1e-6)
    after = [each.grad.double().flatten().tolist() for each in weights]
    for row, old in zip(after, before, strict=True):
        assert row == pytest.approx([factor * number for number in old], rel=1e-5)
    now = math.sqrt(sum(number**2 for row in after for number in row))
    assert now <= clip * (1 + 1e-6) or now == pytest.approx(length, rel=1e-6)


def test_the_harness_clips_between_backward_and_step(rng, images):
    """Plain descent with rate 1 moves by the gradient itself: no step is longer than the clip."""
    plan = Plan(epochs=4, batch=10, lr=1.0, clip=0.01)
    model = net(rng)
    places = [nn.utils.parameters_to_vector(model.parameters()).detach().clone()]
    for news in Trainer(model, images, plan).run():
        if isinstance(news, Step):
            places.append(nn.utils.parameters_to_vector(model.parameters()).detach().clone())
    moved = [(b - a).norm().item() for a, b in pairwise(places)]
    assert len(moved) == 20
    assert moved == pytest.approx([0.01] * 20, rel=1e-3)


@pytest.mark.equation("one_cycle_rate")
@pytest.mark.parametrize(("epochs", "batch"), [(1, 10), (3, 7), (2.5, 50), (10, 1)])
def test_the_rates_of_a_run_are_two_straight_lines(rng, images, epochs, batch):
    """Against corners joined by lines, in fractions; and each news says the rate that its step had."""
    recipe = Recipe("cycle", nesterov, one_cycle, lr=0.25)
    run = Trainer(net(rng), images, Plan(epochs, batch, recipe=recipe)).run()
    rates = [news.rate for news in run if isinstance(news, Step)]
    total, top = len(rates), Fraction(1, 10)
    expected = []
    for t in range(total):
        done = Fraction(2 * t + 1, 2 * total)
        share = done / top if done <= top else 1 - (done - top) / (1 - top)
        expected.append(float(share) / 4)
    assert rates == pytest.approx(expected, rel=1e-12)
    assert min(rates) > 0
    assert max(rates) <= 0.25


def played(launch, work, steps, *, waits):
    """A queue of one device, tick by tick; the second way to both times."""
    queue, busy, handing, given, done, tick = 0, 0, 0, 0, 0, 0
    while done < steps:
        if given < steps and not (waits and (queue or busy)):
            handing += 1
        if busy == 0 and queue:
            queue, busy = queue - 1, work
        if busy:
            busy -= 1
            done += busy == 0
        if handing == launch:
            handing, given, queue = 0, given + 1, queue + 1
        tick += 1
    return tick


@pytest.mark.equation("read_each_step")
@pytest.mark.parametrize(("launch", "work"), [(1, 2), (3, 3), (2, 7), (1, 1)])
@pytest.mark.parametrize("steps", [1, 2, 5, 40])
def test_waiting_after_each_step_costs_the_sum_and_not_waiting_the_larger(launch, work, steps):
    assert played(launch, work, steps, waits=True) == steps * (launch + work)
    assert played(launch, work, steps, waits=False) == launch + steps * work


@pytest.mark.parametrize("place", ["before forward", "before backward", "after step"])
def test_three_places_of_zero_grad_are_one(rng, images, place):
    model = net(torch.Generator().manual_seed(1))
    hers = net(torch.Generator().manual_seed(1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    other = torch.optim.SGD(hers.parameters(), lr=0.1, momentum=0.9)
    for part in torch.arange(50).split(10):
        x, y = images.x[part], images.y[part]
        for each in torch.autograd.grad(nn.functional.cross_entropy(hers(x), y), list(hers.parameters())):
            at = next(p for p in hers.parameters() if p.shape == each.shape)
            at.grad = each  # nothing is ever added up
        other.step()
        if place == "before forward":
            optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        if place == "before backward":
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if place == "after step":
            optimizer.zero_grad()
    for mine, right in zip(model.parameters(), hers.parameters(), strict=True):
        assert mine.equal(right)
