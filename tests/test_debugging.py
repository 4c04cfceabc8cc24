"""What the chapter on debugging says about numbers, by a second way."""

import math
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy, one_hot

from dlbook.datasets import load
from dlbook.training.doctor import examine

PAGES = Path(__file__).parents[1] / "docs"


def of_each_class(z):
    """The loss of one row of scores, for each class as the right one."""
    classes = torch.arange(len(z))
    return cross_entropy(z.expand(len(z), -1), classes, reduction="none")


@pytest.mark.equation("debug_start")
@pytest.mark.parametrize("classes", [2, 10, 100])
def test_scores_that_know_nothing_cost_log_c_and_half_their_variance(classes):
    g = torch.Generator().manual_seed(classes)
    z = torch.randn(classes, generator=g).double() + 3
    exact = of_each_class(z).mean()
    assert exact == pytest.approx(z.logsumexp(0).item() - z.mean().item())
    missed = []
    for small in (0.1, 0.05):
        scores = small * z
        s = scores.std(correction=0)
        guess = math.log(classes) + s**2 / 2
        missed.append(abs(of_each_class(scores).mean() - guess))
        assert missed[-1] < 0.1 * s**2  # the term with s is no decoration
    assert missed[1] < missed[0] / 7 or missed[0] < 1e-6  # of third order


@pytest.mark.equation("debug_large")
@pytest.mark.parametrize("size", [0.01, 1, 30])
def test_scores_that_know_nothing_cost_the_highest_above_the_mean(size):
    g = torch.Generator().manual_seed(0)
    for _ in range(50):
        z = size * torch.randn(10, generator=g).double()
        above = z.max() - z.mean()
        assert above <= of_each_class(z).mean() <= above + math.log(10)


@pytest.mark.equation("debug_range")
@pytest.mark.parametrize("classes", [2, 3, 4, 10])
def test_softmax_twice_leaves_a_range_of_one(classes):
    floor = math.log(1 + (classes - 1) / math.e)
    g = torch.Generator().manual_seed(0)
    z = 5 * torch.randn(1000, classes, generator=g).double()
    y = torch.randint(classes, (1000,), generator=g)
    losses = cross_entropy(z.softmax(1), y, reduction="none")
    assert losses.min() >= floor
    assert losses.max() <= floor + 1
    sure = one_hot(torch.arange(classes), classes).double()
    ends = cross_entropy(sure, torch.zeros(classes).long(), reduction="none")
    assert ends[0].item() == pytest.approx(floor)
    assert ends[1:].tolist() == pytest.approx([floor + 1] * (classes - 1))


@pytest.mark.equation("debug_sure")
def test_with_sure_answers_the_loss_counts_the_wrong_ones():
    g = torch.Generator().manual_seed(0)
    y, said = (torch.randint(10, (500,), generator=g) for _ in range(2))
    said[:400] = y[:400]
    wrong = (said != y).double().mean().item()
    loss = cross_entropy(1000 * one_hot(said, 10).double(), y)
    assert loss > 10  # once: what is sure and wrong costs
    twice = cross_entropy((1000 * one_hot(said, 10).double()).softmax(1), y)
    assert twice.item() == pytest.approx(1.4611 + wrong, abs=1e-4)


@pytest.mark.equation("debug_smooth")
@pytest.mark.parametrize(("eps", "classes"), [(0.1, 10), (0.1, 3), (0.3, 4)])
def test_no_scores_cost_less_than_the_floor_of_smoothed_labels(eps, classes):
    low, high = eps / classes, 1 - eps + eps / classes
    floor = -high * math.log(high) - (classes - 1) * low * math.log(low)
    z = torch.zeros(1, classes, dtype=torch.float64, requires_grad=True)
    step = torch.optim.LBFGS([z], max_iter=200, tolerance_grad=1e-12)

    def loss():
        step.zero_grad()
        value = cross_entropy(z, torch.tensor([1]), label_smoothing=eps)
        value.backward()
        return value

    step.step(loss)
    assert loss().item() == pytest.approx(floor, abs=1e-9)


@pytest.mark.equation("debug_twins")
def test_equal_pictures_with_unequal_labels_leave_their_entropy():
    groups = [[0, 0, 1], [2], [1, 2, 0, 0]]  # the labels of equal pictures
    n = sum(map(len, groups))
    floor = -sum(group.count(c) * math.log(group.count(c) / len(group)) for group in groups for c in set(group)) / n
    z = torch.zeros(len(groups), 3, dtype=torch.float64, requires_grad=True)
    rows = [i for i, group in enumerate(groups) for _ in group]
    y = torch.tensor([label for group in groups for label in group])
    step = torch.optim.Adam([z], lr=0.3)
    for _ in range(2000):
        step.zero_grad()
        loss = cross_entropy(z[rows], y)
        loss.backward()
        assert loss.item() >= floor
        step.step()
    assert loss.item() == pytest.approx(floor, abs=1e-3)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_checklist_on_the_page_is_that_of_the_doctor(language):
    net = nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    asked = [found.check for found in examine(net, load("digits").train)]
    page = (PAGES / language / "debugging.md").read_text(encoding="utf-8")
    table = page.partition("{ #doctor }")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == asked
