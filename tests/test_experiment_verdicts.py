"""The words of a comparison, the interval and the flatness behind them, and the parts of the data."""

import math
import re

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from scipy import stats
from torch.testing import assert_close

import dlbook.experiment.evidence
import dlbook.experiment.parts
import dlbook.experiment.values
from dlbook.data import digits
from dlbook.experiment import (
    Data,
    Part,
    Verdict,
    agrees,
    compare_values,
    flatness,
    interval,
    split,
    turns_round,
    verdicts_in,
)
from dlbook.experiment._shown import between
from dlbook.experiment.competitors import _best_so_far

PLAIN = as_a_reader_imports_it(dlbook.experiment.values)
EVIDENCE = as_a_reader_imports_it(dlbook.experiment.evidence)
PARTS = as_a_reader_imports_it(dlbook.experiment.parts)


def numbers(*values):
    return torch.tensor(values, dtype=torch.float64)


# The interval


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=20), st.sampled_from([0.9, 0.95, 0.99]))
def test_the_interval_is_that_of_scipy(values, level):
    assume(max(values) - min(values) > 1e-3)
    expected = stats.t.interval(level, len(values) - 1, loc=sum(values) / len(values), scale=stats.sem(values))
    assert interval(numbers(*values), level=level) == pytest.approx(expected, rel=1e-7, abs=1e-7)


def test_the_interval_holds_the_mean_as_often_as_it_says():
    draws = torch.randn(4000, 5, generator=torch.Generator().manual_seed(0)).double() * 3 + 1
    ends = torch.tensor([EVIDENCE.interval(row) for row in draws])
    held = ((ends[:, 0] < 1) & (ends[:, 1] > 1)).double().mean()
    assert abs(held - 0.95) < 0.012  # 3.5 standard deviations of such a share


def test_differences_that_lean_on_each_other_have_a_wider_interval():
    low, high = interval(numbers(1, 2, 3, 2, 2), lean=0.2)
    alone = interval(numbers(1, 2, 3, 2, 2))
    assert high - low == pytest.approx((alone[1] - alone[0]) * 2**0.5)
    assert low + high == pytest.approx(sum(alone))


def test_equal_differences_have_an_interval_without_width():
    assert interval(numbers(0, 0, 0, 0, 0)) == (0, 0)
    assert interval(numbers(2, 2, 2, 2, 2)) == (2, 2)


def test_intervals_of_splits_of_one_pool_are_too_short_without_the_lean():
    """A constant is estimated on splits of 60 numbers: the splits share most of them, and so their error."""
    g, held = torch.Generator().manual_seed(0), numbers(0, 0)
    for _ in range(600):
        pool = torch.randn(60, generator=g).double()
        gains = []
        for _ in range(5):
            order = pool[torch.randperm(60, generator=g)]
            gains.append((order[:20] - order[20:].mean()).mean() + order[20:].mean())
        for place, lean in enumerate((0, 20 / 40)):
            low, high = EVIDENCE.interval(torch.stack(gains), lean=lean)
            held[place] += low < 0 < high
    assert held[0] / 600 < 0.9 < held[1] / 600


def test_an_interval_without_sense_is_refused():
    for match, values, how in [
        ("number of differences must be an integer of at least 2, got 1", [1], {}),
        ("level must be a finite number above 0 and below 1, got 95", [1, 2], {"level": 95}),
        ("lean must be a finite number of at least 0, got -1", [1, 2], {"lean": -1}),
    ]:
        with pytest.raises(ValueError, match=match):
            EVIDENCE.interval(numbers(*values), **how)


# Flatness


STEPS = torch.arange(1, 31) * 10


def curves(*rows):
    return torch.stack([torch.as_tensor(row, dtype=torch.float64).expand(30) for row in rows])


def test_a_curve_that_still_falls_is_not_flat():
    falling = torch.linspace(30, 1, 30)
    found = flatness(STEPS, curves(falling, falling + 0.1, falling - 0.1, falling, falling))
    assert found.change == pytest.approx(10)
    assert not found.flat


def test_a_curve_that_has_come_to_rest_is_flat():
    rest = 3 + torch.exp(-torch.arange(30) / 3.0)
    assert flatness(STEPS, curves(rest, rest + 1, rest - 1, rest + 0.5, rest)).flat


def test_seeds_that_agree_exactly_are_flat_only_at_rest():
    assert flatness(STEPS, curves(1, 1, 1, 1, 1)).flat
    slow = torch.linspace(1.01, 1, 30)
    assert not flatness(STEPS, curves(slow, slow, slow, slow, slow)).flat


def test_the_change_is_that_of_the_median_over_the_last_third():
    late = torch.where(STEPS > 200, 1.0, 2.0)  # falls just behind two thirds
    early = torch.where(STEPS >= 200, 1.0, 2.0)
    wild = torch.linspace(90, 0, 30)
    assert flatness(STEPS, curves(late, late, late, wild, wild)).change == 1
    assert flatness(STEPS, curves(early, early, early, wild, wild)).change == 0
    found = flatness(STEPS, curves(late, late + 0.4, late, late - 0.4, late))
    assert found.spread == pytest.approx(0.4 / 2**0.5)
    assert not found.flat


def test_the_spread_is_that_at_the_end():
    wide = [torch.linspace(start, 1 + 0.1 * number, 30) for number, start in enumerate((-9, 0, 9))]
    assert flatness(STEPS, curves(*wide)).spread == pytest.approx(0.1)


def test_without_a_point_before_the_last_third_nothing_is_flat():
    assert not flatness(torch.tensor([30]), numbers(1, 2, 3)[:, None]).flat
    assert flatness(torch.tensor([20, 30]), numbers(1, 2, 3)[:, None].expand(-1, 2)).flat


def test_curves_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"a row for each of at least 2 seeds, .* got shape \(1, 30\)"):
        EVIDENCE.flatness(STEPS, curves(1))
    with pytest.raises(ValueError, match=r"at least 2 seeds, and a value for each point, got shape \(2, 0\)"):
        EVIDENCE.flatness(STEPS[:0], curves(1, 2)[:, :0])
    with pytest.raises(ValueError, match="points"):
        EVIDENCE.flatness(STEPS[1:], curves(1, 2))


def test_the_best_so_far():
    assert _best_so_far(numbers(3, 1, 2, 0)[None], "less").tolist() == [[3, 1, 1, 0]]
    assert _best_so_far(numbers(3, 1, 4, 0)[None], "more").tolist() == [[3, 3, 4, 4]]


# Verdicts


def verdict(*values, better="less", **how):
    return compare_values(dict(zip("ABC", values, strict=False)), better=better, **how)


WORST, BEST = [3.1, 3.0, 3.3, 3.2, 3.1], [2.0, 2.1, 2.0, 2.0, 2.2]


def test_what_is_better_in_every_seed_beats():
    assert verdict(BEST, WORST, unit="cm").verdict == "A beats B in 5 of 5 seeds, by 0.9 to 1.3 cm"
    assert verdict(WORST, BEST).verdict == "B beats A in 5 of 5 seeds, by 0.9 to 1.3"
    assert verdict(WORST, BEST, better="more").verdict == "A beats B in 5 of 5 seeds, by 0.9 to 1.3"
    assert [verdict(*pair).verdicts[0].word for pair in ((BEST, WORST), (WORST, BEST))] == ["better", "worse"]


def test_equals_cannot_be_told_apart():
    assert verdict(BEST, BEST).verdict == "A and B cannot be told apart (0.0 to 0.0)"
    assert (verdict(BEST, BEST).verdicts[0].wins, verdict(BEST, BEST).verdicts[0].losses) == (0, 0)
    close = verdict([1.0, 2, 3, 4, 5], [1.3, 1.8, 3.1, 4.1, 4.6], unit="points")
    assert close.verdict == "A and B cannot be told apart (-0.4 to 0.3 points)"
    assert close.verdicts[0].word == "not told apart"


def test_what_differs_by_rounding_alone_is_equal():
    third = [x / 3 for x in BEST]
    found = verdict([3 * x + 1e-15 for x in third], BEST)
    assert (found.verdicts[0].wins, found.verdict) == (0, "A and B cannot be told apart (0.0 to 0.0)")
    steady = verdict([1 / 3] * 5, [2 / 3 + d * 1e-16 for d in range(5)])
    assert steady.verdict == "A beats B in 5 of 5 seeds, by 0.3 to 0.3"


def test_a_seed_that_loses_is_counted():
    found = verdict([1, 1, 1, 1, 2.1], [2.1, 2.0, 2.2, 2.0, 2.0])
    assert (found.verdicts[0].wins, found.verdicts[0].losses) == (4, 1)
    wide = [0.0, 0, 0, 0, 0.1, 0, 0], [5.0, 6, 5, 6, 0, 5, 5]
    assert verdict(*wide).verdict.startswith("A beats B in 6 of 7 seeds, by ")


def test_pairs_are_what_counts_and_not_the_spread_between_seeds():
    easy_and_hard = numbers(1, 20, 3, 50, 8)
    assert verdict(easy_and_hard, easy_and_hard + numbers(1, 1.1, 0.9, 1, 1)).verdicts[0].word == "better"
    assert verdict(easy_and_hard, easy_and_hard.flip(0)).verdicts[0].word == "not told apart"


def test_of_three_all_pairs_or_those_with_one_are_compared():
    assert [(v.a, v.b) for v in verdict(BEST, WORST, BEST).verdicts] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert [(v.a, v.b) for v in verdict(BEST, WORST, BEST, against="B").verdicts] == [("A", "B"), ("C", "B")]


def test_more_verdicts_have_wider_intervals_so_that_all_hold_together():
    two, three = verdict(BEST, WORST).verdicts[0], verdict(BEST, WORST, WORST).verdicts[0]
    gains = numbers(*WORST) - numbers(*BEST)
    assert (two.low, two.high) == pytest.approx(interval(gains))
    assert (three.low, three.high) == pytest.approx(interval(gains, level=1 - 0.05 / 3))


def test_the_table_holds_means_and_ranges():
    assert verdict(BEST, WORST, unit="cm", name="error").table().splitlines() == [
        "error cm  mean  least to most",
        "A          2.1     2.0 to 2.2",
        "B          3.1     3.0 to 3.3",
    ]
    assert str(verdict(BEST, WORST)).endswith("\n\nA beats B in 5 of 5 seeds, by 0.9 to 1.3")


@given(st.floats(-1e3, 1e3), st.floats(0, 1e3))
def test_both_ends_are_told_apart_from_0(low, width):
    assume(width > 1e-4 or width == 0)
    assume(all(abs(end) > 1e-4 or end == 0 for end in (low, low + width)))
    first, second = map(float, between(low, low + width).split(" to "))
    for said, meant in ((first, low), (second, low + width)):
        assert math.copysign(bool(said), said) == math.copysign(bool(meant), meant)
        assert abs(said - meant) <= max(0.05, width / 10 if width >= 10 else 0.05) + 0.5


def test_what_else_a_verdict_says():
    base = {"a": "CNN", "b": "dense", "wins": 2, "losses": 3, "seeds": 5, "unit": "points"}
    alike = Verdict(low=-0.42, high=0.53, **base)
    assert str(alike) == "CNN and dense cannot be told apart (-0.4 to 0.5 points)"
    assert str(Verdict(low=0.02, high=0.53, after=150, **base)) == (
        "CNN beats dense in 2 of 5 seeds, by 0.02 to 0.53 points, after 150 steps"
    )
    assert str(Verdict(low=-1, high=1, faster="dense", share=(0.2, 0.351), **base)) == (
        "dense is faster, and CNN ends as good (in 20 to 35 % of the steps)"
    )
    other = Verdict(low=-1, high=1, faster="CNN", share=(0.2, 0.351), **base)
    assert str(other) == "CNN is faster, and dense ends as good (in 20 to 35 % of the steps)"
    edge = Verdict(low=1, high=2, edge="dense", **base)
    assert (edge.word, str(edge)) == (
        "no verdict", "no verdict on CNN and dense: the best setting of dense is at the edge of its grid",
    )  # fmt: skip


# Agreement


A_WINS = "A beats B in 5 of 5 seeds, by 1.9 to 2.6 points"
B_WINS = "B beats A in 4 of 5 seeds, by 0.1 to 0.9 points, after 150 steps"
OPEN = "A and B cannot be told apart (-0.4 to 0.5)"
FAST = "A is faster, and B ends as good (in 20 to 35 % of the steps)"
EDGE = "no verdict on A and B: the best setting of B is at the edge of its grid"


@pytest.mark.parametrize(
    ("short", "long", "same", "round_"),
    [
        (A_WINS, A_WINS, True, False),
        (A_WINS, "A beats B in 3 of 5 seeds, by 0.1 to 1.3 points", True, False),
        (B_WINS, B_WINS, True, False),
        (A_WINS, B_WINS, False, True),
        (B_WINS, A_WINS, False, True),
        (A_WINS, OPEN, False, False),
        (OPEN, B_WINS, False, False),
        (OPEN, "B and A cannot be told apart (-9 to 9)", True, False),
        (A_WINS, EDGE, False, False),
        (FAST, A_WINS, True, False),  # speed is exempt
        (B_WINS, FAST, True, False),
        (f"{A_WINS}\n{OPEN}", f"{A_WINS}\n{B_WINS}", False, False),
        (f"{A_WINS}\n{OPEN}", f"{B_WINS}\n{OPEN}", False, True),
    ],
)
def test_agreement_of_a_short_and_a_long_run(short, long, same, round_):
    assert agrees(short, long) == same
    assert turns_round(short, long) == round_
    assert agrees(verdicts_in(short), verdicts_in(long)) == same


def test_results_and_their_words_agree():
    short, long = verdict(BEST, WORST), verdict(numbers(*BEST) + 0.3, WORST)
    assert agrees(short, long)
    assert agrees(short, long.verdict)
    assert turns_round(short, verdict(WORST, BEST))


def test_runs_of_other_comparisons_are_not_compared():
    with pytest.raises(ValueError, match="the same competitors in the same order"):
        agrees(A_WINS, A_WINS.replace("A", "C"))
    with pytest.raises(ValueError, match="the same competitors in the same order"):
        agrees(A_WINS, f"{A_WINS}\n{A_WINS}")
    with pytest.raises(ValueError, match="the same competitors in the same order"):
        turns_round("no words", "no words")


names = st.text("ABab 12,:.-", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(
    a=names, b=names, low=st.floats(-9, 9), width=st.floats(0.01, 9), wins=st.integers(0, 5),
    after=st.none() | st.integers(1, 99), unit=st.sampled_from(["", "points", "cm per s"]),
    kind=st.sampled_from(["", "faster", "edge"]),
)  # fmt: skip
@settings(max_examples=60)
def test_what_is_said_can_be_read_again(a, b, low, width, wins, after, unit, kind):
    assume(all(abs(end) > 1e-3 for end in (low, low + width)))
    how = {"faster": a, "share": (0.1, 0.2)} if kind == "faster" else {kind: b} if kind else {}
    one = Verdict(a, b, low, low + width, wins, 5 - wins, 5, unit, after, **how)
    (read,) = verdicts_in(f"some text\n  {one}\nand more")
    assert re.sub(r"\d+\.\d+", "#", str(read)) == re.sub(r"\d+\.\d+", "#", str(one))
    swapped = one.word == "worse"
    if one.word != "no verdict" and not one.faster:
        ends = (-one.high, -one.low) if swapped else (one.low, one.high)
        assert (read.low, read.high) == pytest.approx(ends, abs=0.051)
    assert (read.word, read.after) == ("better" if swapped else one.word, after)
    if kind != "faster" or one.word != "not told apart":
        assert ((read.a, read.b) if not swapped else (read.b, read.a)) == (a, b)


# What is refused


def refused(match, values, **how):
    with pytest.raises(ValueError, match=match):
        PLAIN.compare_values(values, **how)


def test_values_without_sense_are_refused():
    row = [1.0, 2, 3, 4, 5]
    refused(r"at least 2 competitors, got \['A'\]", {"A": row})
    refused(r"names of competitors must differ, got \['A', 'A'\]", [("A", row), ("A", row)])
    refused('without " and " and " beats ", got \'A and B\'', {"A and B": row, "C": row})
    refused("must be a text .* got ''", {"": row, "C": row})
    refused("must be a text .* got 3", {3: row, "C": row})
    refused(r"at least 5 seeds, all equally many, got {'A': 4, 'B': 4}", {"A": row[:4], "B": row[:4]})
    refused(r"all equally many, got {'A': 5, 'B': 6}", {"A": row, "B": [*row, 6]})
    refused("values of B must be a row of finite numbers", {"A": row, "B": [*row[:4], math.nan]})
    refused("values of B must be a row of finite numbers", {"A": row, "B": [*row[:4], "x"]})
    refused("values of B must be a row of finite numbers", {"A": row, "B": [row]})
    refused(r"against must be one of \['A', 'B'\], got 'C'", {"A": row, "B": row}, against="C")
    refused('better must be "less" or "more", got \'low\'', {"A": row, "B": row}, better="low")


# The parts of the data


@given(n=st.integers(5, 60), seed=st.integers(0, 99), kinds=st.integers(3, 60))
def test_split_gives_each_example_to_one_part(n, seed, kinds):
    x = torch.randint(kinds, (n, 2), generator=torch.Generator().manual_seed(seed))
    ids = torch.arange(n)
    try:
        data = split(x, ids, seed)
    except ValueError as error:
        if "at least one, got 0 and 0" not in str(error):
            raise
        assume(False)  # too few kinds for three parts
    parts = data.train, data.validation, data.test
    assert sorted(i for part in parts for i in part.y.tolist()) == list(range(n))
    for part in parts:
        assert torch.equal(part.x, x[part.y])
    rows = [{tuple(row) for row in part.x.tolist()} for part in parts]
    assert sum(map(len, rows)) == len(set().union(*rows))  # equals stay together


def test_split_by_share_and_by_number():
    x, y = digits()
    sizes = [
        [len(p.x) for p in (d.train, d.validation, d.test)]
        for d in (split(x, y, 0), split(x, y, 0, validation=300, test=0.1))
    ]
    assert sizes == [[1079, 359, 359], [1317, 300, 180]]
    assert torch.equal(split(x, y, 5).test.x, split(x, y, 5).test.x)
    assert not torch.equal(split(x, y, 5).test.x, split(x, y, 6).test.x)


def part(*rows):
    x = torch.tensor(rows, dtype=torch.float32)
    return Part(x, torch.arange(len(x)))


A, B, C = part([1, 2], [3, 4]), part([5, 6]), part([7, 8], [9, 0])


def test_an_example_in_two_parts_is_refused():
    Data(A, B, C)
    leaks = [(A, B, A), (A, part([3, 4]), C), (A, B, part([5, 6], [9, 0])), (A, part([3, 4]), None)]
    for parts in leaks:
        with pytest.raises(ValueError, match="must be new"):
            Data(*parts)
    with pytest.raises(ValueError, match="2 different x of the test examples stand among the train examples too"):
        Data(A, B, A)
    zero = part([0.0, 1])
    with pytest.raises(ValueError, match="must be new"):
        Data(zero, B, Part(-zero.x * torch.tensor([1, -1]), zero.y))  # -0.0 is 0.0
    assert Data(A, B, A, repeats=True).test is not None


def test_a_change_reaches_all_parts():
    data = Data(A, B, C).changed(lambda x: 0 * x)
    assert all((p.x == 0).all() for p in (data.train, data.validation, data.test))
    assert torch.equal(data.test.y, C.y)
    assert data.without_test().test is None
    assert split(*digits(), 0).changed(torch.neg).pooled


def parts_refused(match, *parts, **how):
    with pytest.raises(ValueError, match=match):
        PARTS.Data(*parts, **how)


def test_parts_without_sense_are_refused():
    parts_refused("train must be a pair of x and y, got int", 3, B)
    parts_refused("x and y of validation .* at least one, got 1 and 2", A, (B.x, A.y))
    parts_refused("x and y of test .* got 0 and 0", A, B, (A.x[:0], A.y[:0]))
    parts_refused(
        "y of test must hold numbers, got NaN in 1 examples",
        (A.x, A.x),
        (B.x, B.x),
        (C.x, C.x * math.nan ** C.y[:, None]),
    )
    parts_refused("x of train must hold numbers, got NaN in 2 examples", (A.x * math.nan, A.y), B)
    parts_refused("x of validation must be like that of train, torch.float32 of shape", A, (B.x.double(), B.y))
    parts_refused(r"x of test must be like .* got torch.float32 of shape \(1,\)", A, B, (C.x[:, :1], C.y))
    for share in (0, -1, True, 1.5, "all"):
        with pytest.raises(ValueError, match="validation must be a share below 1, or how many"):
            PARTS.split(A.x, A.y, 0, validation=share)
    with pytest.raises(ValueError, match="at least one, got 0 and 0"):
        PARTS.split(A.x, A.y, 0, test=2)
    with pytest.raises(ValueError, match="data must have a test part"):
        _ = Data(A, B).tested
    assert_close(Data(A, B, C).tested.x, C.x)
