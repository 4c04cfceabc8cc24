"""The workflow: the formulas of the page, each by a second way; and what its boxes warn of."""

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dlbook.datasets import Images
from dlbook.training import evaluate


class Told(torch.nn.Module):
    """Gives the class that stands in the first pixel of a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(()))

    def forward(self, x):
        return self.scale * torch.nn.functional.one_hot((x[:, 0, 0, 0] * 9).round().long(), 10).float()


def pictures(right):
    """One picture for each entry; Told is right about it or not."""
    y = torch.ones(len(right), dtype=torch.int64)
    x = torch.full((len(right), 1, 1, 1), 2 / 9)
    x[right] = 1 / 9
    return Images(x, y)


RIGHT = st.lists(st.booleans(), min_size=1, max_size=60).map(lambda values: torch.tensor(values))


@pytest.mark.equation("weighted_accuracy")
@settings(deadline=None)
@given(right=RIGHT, batch=st.integers(1, 12))
@example(right=torch.tensor([True, True, True, False]), batch=3)
def test_the_accuracy_is_the_mean_over_batches_weighted_by_their_pictures(right, batch):
    parts = right.double().split(batch)
    weighted = sum(len(part) * part.mean().item() for part in parts) / len(right)
    assert evaluate(Told(), pictures(right), batch=batch).accuracy == pytest.approx(weighted)


@pytest.mark.equation("batch_means_off")
@settings(deadline=None)
@given(right=RIGHT, batch=st.integers(1, 12))
@example(right=torch.tensor([True, True, True, False]), batch=3)
def test_a_mean_of_means_is_off_by_the_formula(right, batch):
    parts = right.double().split(batch)
    off = torch.stack([part.mean() for part in parts]).mean().item() - right.double().mean().item()
    before = torch.cat(parts[:-1]).mean().item() if len(parts) > 1 else parts[-1].mean().item()
    formula = (parts[-1].mean().item() - before) * (1 / len(parts) - len(parts[-1]) / len(right))
    assert off == pytest.approx(formula, abs=1e-12)


def expected_largest(n: int, many: int, p: float) -> float:
    """By how much the best of `many` independent candidates of share p looks too good, exactly."""
    counts = torch.arange(n + 1, dtype=torch.float64)
    binomial = torch.distributions.Binomial(n, torch.tensor(p, dtype=torch.float64))
    at_most = binomial.log_prob(counts).exp().cumsum(0).clamp(max=1) ** many
    return float((1 - at_most[:-1]).sum()) / n - p


@pytest.mark.equation("selection_bias")
@pytest.mark.parametrize("p", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("many", [2, 100, 10_000])
@pytest.mark.parametrize("n", [20, 200, 2000])
def test_the_largest_of_many_is_too_large_by_no_more_than_the_bound(n, many, p):
    bound = (torch.tensor(float(many)).log() / (2 * n)).sqrt().item()
    exact = expected_largest(n, many, p)
    assert 0 < exact <= bound
    if p == 0.5 and many == 10_000 and n == 2000:  # where it is nearly reached: no smaller one would hold
        assert exact > 0.85 * bound


def test_the_exact_bias_is_that_of_a_simulation():
    rng = torch.Generator().manual_seed(3)
    draws = (torch.rand(4000, 50, 40, generator=rng) < 0.7).double().mean(2)
    assert draws.amax(1).mean().item() - 0.7 == pytest.approx(expected_largest(40, 50, 0.7), abs=0.002)
