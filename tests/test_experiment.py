"""Comparisons of networks: each rule of the protocol, and what happens to those who break it."""

import math
from functools import partial

import matplotlib.pyplot as plt
import pytest
import torch
from plain import as_a_reader_imports_it
from torch import nn, optim
from torch.nn import functional
from torch.testing import assert_close

import dlbook.experiment.comparison
from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.experiment import (
    Competitor,
    Data,
    Many,
    Metric,
    Part,
    Scale,
    Verdict,
    compare,
    compare_values,
    fit_many,
    interval,
    split,
)
from dlbook.experiment._budget import budget
from dlbook.experiment._costs import multiply_adds, parameters
from dlbook.experiment._grid import Grid

PLAIN = as_a_reader_imports_it(dlbook.experiment.comparison)


def arc(seed=0, n=400):
    """Points, and whether they lie above a parabola, which a line can but follow in part."""
    x = torch.randn(n, 2, generator=torch.Generator().manual_seed(seed)).double()
    return x, (x[:, 1] > x[:, 0].square() - 0.7).long()


DATA = split(*arc(), seed=0)
SHORT = {"steps": 30, "rates": [0.03, 0.15, 0.7], "every": 6}
ROUGH = {"steps": 12, "rates": [0.03, 0.3, 30.0], "every": 4, "strict": False, "extensions": 0}

QUICK = ROUGH | {"steps": 2, "every": 1}


def line():
    return nn.Linear(2, 2).double()


def bent(width=8):
    return nn.Sequential(nn.Linear(2, width), nn.Tanh(), nn.Linear(width, 2)).double()


def other():
    torch.rand(3)  # so that it begins elsewhere
    return bent()


@pytest.fixture(scope="module")
def result():
    return compare({"line": line, "bent": bent}, DATA, **SHORT)


@pytest.fixture(scope="module")
def rough():
    return compare({"line": line, "bent": bent}, DATA, **ROUGH)


# Who is better


def test_who_is_better_beats(result):
    (verdict,) = result.verdicts
    assert (verdict.word, verdict.losses, verdict.seeds, verdict.unit) == ("worse", 5, 5, "points")
    assert result.verdict.startswith("bent beats line in 5 of 5 seeds, by ")
    gains = (result.values["bent"] - result.values["line"]) * 100
    assert (verdict.low, verdict.high) == pytest.approx(interval(gains))


def test_equals_cannot_be_told_apart():
    same = compare({"one": bent, "two": bent}, DATA, **ROUGH)
    assert same.verdict.startswith("one and two cannot be told apart (0.0 to 0.0 points)")
    alike = compare({"one": bent, "two": other}, DATA, **ROUGH)
    assert alike.verdicts[0].word == "not told apart"
    assert not torch.equal(alike.values["one"], alike.values["two"])


def test_of_a_metric_where_more_is_better_the_same_wins(rough):
    right = compare({"line": line, "bent": bent}, DATA, metric="right", **ROUGH)
    assert right.verdict == rough.verdict
    for name in ("line", "bent"):
        assert_close(right.values[name], 1 - rough.values[name])
        assert right.entrants[name].rate == rough.entrants[name].rate


def test_three_competitors_in_pairs_or_against_one():
    three = {"line": line, "bent": bent, "other": other}
    found = compare(three, DATA, **QUICK)
    assert [(v.a, v.b) for v in found.verdicts] == [("line", "bent"), ("line", "other"), ("bent", "other")]
    found = compare(three, DATA, against="line", **QUICK)
    assert [(v.a, v.b) for v in found.verdicts] == [("bent", "line"), ("other", "line")]


# 1. What else differs


def test_the_table_holds_costs_choices_and_baselines(result):
    lines = result.table().splitlines()
    rows = {row.split("  ")[0]: row.split() for row in lines[1:]}
    assert lines[0].split() == ["parameters", "multiply-adds", "rate", "validation", "test", "least", "to", "most"]
    assert rows["line"][1:3] == ["6", "4"]
    assert rows["bent"][1:3] == ["42", "32"]
    for name in ("line", "bent"):
        entrant = result.entrants[name]
        assert float(rows[name][3]) == entrant.chosen.rate
        assert float(rows[name][4]) == pytest.approx(float(100 * entrant.chosen.validation.mean()), abs=0.06)
        assert float(rows[name][5]) == pytest.approx(float(100 * result.values[name].mean()), abs=0.06)
    most = DATA.train.y.mode().values.item()
    assert float(lines[3].split()[-1]) == pytest.approx(float(100 * (DATA.test.y != most).double().mean()), rel=0.01)
    assert lines[4].startswith("wrong, points: mean of 5 seeds, best of 30 steps")
    assert str(result) == f"{result.table()}\n\n{result.verdict}"
    assert max(map(len, str(result).splitlines())) <= 78


def test_costs_count_what_is_learned_and_what_is_multiplied():
    net = CNN((1, 8, 8), [8, 16], [10])
    assert parameters(net) == 8 * 10 + 16 * 73 + 650
    assert multiply_adds(net, digits()[0]) == 64 * 8 * 9 + 16 * 16 * 72 + 640
    net.features[0].weight.requires_grad_(False)
    assert parameters(net) == 8 + 16 * 73 + 650


def test_notes_and_controls_stand_in_the_table():
    wide = Competitor(partial(bent, 20), note={"width": 20}, control=True)
    found = compare({"bent": Competitor(bent, note={"width": 8}), "wide": wide}, DATA, **QUICK)
    head, *rows = found.table().splitlines()
    assert head.split()[:3] == ["parameters", "multiply-adds", "width"]
    assert rows[0].split()[:4] == ["bent", "42", "32", "8"]
    assert rows[1].split()[:5] == ["wide", "(control)", "102", "80", "20"]


def test_a_baseline_is_given_by_number_or_found_in_the_data():
    counted = {"coin": 0.5, "first": lambda data: float(data.train.y[0])}
    found = compare({"line": line, "bent": bent}, DATA, baselines=counted, **QUICK)
    assert found.baselines["coin"] == 0.5
    assert found.baselines["first"] == float(DATA.train.y[0])
    assert "constant" in found.table()


def test_the_constant_answer_has_the_lowest_loss_and_the_mean():
    found = compare({"line": line, "bent": bent}, DATA, metric="loss", **QUICK)
    p = DATA.train.y.double().mean()
    expected = functional.binary_cross_entropy(p.expand(len(DATA.test.y)), DATA.test.y.double())
    assert found.baselines["constant"] == pytest.approx(expected)
    x, _ = arc()
    y = x.prod(1, keepdim=True)
    data = split(x, y, seed=0)
    mse = {"loss": functional.mse_loss, "metric": "loss"}
    nets = {"line": lambda: nn.Linear(2, 1).double(), "other": lambda: (torch.rand(1), nn.Linear(2, 1).double())[1]}
    found = compare(nets, data, **mse, **QUICK)
    assert found.baselines["constant"] == pytest.approx((data.test.y - data.train.y.mean()).square().mean())


# 2. Each its own rate, chosen on validation examples, inside its grid


def test_each_gets_the_rate_that_is_best_on_validation_examples(rough):
    for name, make in (("line", line), ("bent", bent)):
        many = fit_many(make, range(5), DATA, steps=12, rates=[0.03, 0.3, 30.0], every=4)
        means = many.validation.amin(2).mean(1)
        losses = many.validation_loss.gather(2, many.best_at[..., None]).mean((1, 2))
        ranks = list(zip(means.tolist(), losses.tolist(), many.rates, strict=True))
        assert rough.entrants[name].rate == min(ranks)[2]
        assert_close(rough.entrants[name].validation.mean().item(), min(ranks)[0])


class Fake(Many):
    """Stands for networks whose value on validation examples is a function of the rate."""

    def __init__(self, value, rates):
        self.rates = rates
        self.metric = Metric(lambda z, y: 0.0, Scale())
        self.validation = torch.tensor([[[value(rate)] * 2] * 5 for rate in rates]).double()
        self.train = self.validation_loss = self.validation
        self.best_at = torch.zeros(len(rates), 5, dtype=torch.int64)


def grid(value, rates=(0.01, 0.1, 1.0), settings=(None,), extensions=4):
    tried = []

    def run(setting, some):
        tried.append((setting, tuple(some)))
        return Fake(partial(value, setting) if setting is not None else value, some)

    found = Grid(run, rates, list(settings), last=False)
    found.search(extensions)
    return found, tried


def test_a_grid_is_extended_until_its_best_is_inside():
    found, tried = grid(lambda rate: abs(math.log10(rate) + 4))  # best at 1e-4
    assert [rates for _, rates in tried] == [(0.01, 0.1, 1.0), (0.001,), (0.0001,), (1e-05,)]
    assert (found.best.rate, found.edge) == (1e-4, "")
    found, tried = grid(lambda rate: abs(math.log10(rate) - 1))
    assert [rates for _, rates in tried[1:]] == [(10.0,), (100.0,)]
    assert (found.best.rate, found.edge) == (10.0, "")


def test_a_grid_with_its_best_inside_is_not_extended():
    found, tried = grid(lambda rate: abs(rate - 0.1))
    assert (len(tried), found.best.rate, found.edge) == (1, 0.1, "")


def test_an_edge_that_moves_on_for_ever_is_refused():
    found, tried = grid(lambda rate: rate, extensions=2)
    assert len(tried) == 3
    assert found.edge == "the learning rate 0.0001, of [0.0001, 0.001, 0.01, 0.1, 1.0]"
    with pytest.raises(
        ValueError, match="best choice for 'A' must not be at the edge of its grid, but is the learning"
    ):
        found.refuse_edge("A")


def test_a_rate_that_diverges_is_the_worst():
    found, _ = grid(lambda rate: 1 / rate if rate < 0.5 else math.inf)
    assert (found.best.rate, found.edge) == (0.1, "")
    found, _ = grid(lambda rate: math.nan, extensions=0)
    with pytest.raises(ValueError, match=r"'A' diverges with all learning rates, \[0.01, 0.1, 1.0\]"):
        found.refuse_divergence("A")


def test_a_loss_that_once_was_no_number_counts_as_divergence():
    fake = Fake(lambda rate: rate, (0.1, 1.0))
    assert not fake.diverged.any()
    for curves in ("train", "validation", "validation_loss"):
        fake = Fake(lambda rate: rate, (0.1, 1.0))
        spoiled = fake.validation.clone()
        spoiled[1, 3, 0] = math.nan
        setattr(fake, curves, spoiled)
        assert fake.diverged.nonzero().tolist() == [[1, 3]]


def test_a_setting_is_chosen_too_and_must_be_inside_or_0():
    found, tried = grid(lambda setting, rate: abs(setting - 2) + abs(rate - 0.1), settings=[1, 2, 3])
    assert (found.best.setting, found.edge, len(tried)) == (2, "", 3)
    found, tried = grid(lambda setting, rate: abs(setting - 2) + rate, settings=[1, 2, 3], extensions=1)
    assert tried[3:] == [(2, (0.001,))]  # beyond the edge with the best setting alone
    found, _ = grid(lambda setting, rate: setting + abs(rate - 0.1), settings=[0, 1, 2])
    assert (found.best.setting, found.edge) == (0, "")
    found, _ = grid(lambda setting, rate: -setting + abs(rate - 0.1), settings=[0, 1, 2])
    assert found.edge == "the setting 2, of [0, 1, 2]"
    found, _ = grid(lambda setting, rate: abs(rate - 0.1) - len(setting), settings=["relu", "sigmoid"])
    assert (found.best.setting, found.edge) == ("sigmoid", "")


def test_an_edge_is_an_error_or_takes_the_verdict_away():
    how = {"steps": 2, "rates": [1e-5, 1e-4], "extensions": 0}
    with pytest.raises(
        ValueError, match=r"'line' must not be at the edge of its grid, but is the learning rate 0.0001"
    ):
        compare({"line": line, "bent": bent}, DATA, **how)
    found = compare({"line": line, "bent": bent}, DATA, strict=False, **how)
    assert found.verdict.startswith("no verdict on line and bent: the best setting of line is at the edge of its grid")
    assert found.verdicts[0].word == "no verdict"


def test_settings_go_to_make_to_the_run_or_to_the_optimizer():
    sizes = []

    def sized(width=2):
        sizes.append(width)
        return bent(width)

    found = compare(
        {
            "width": Competitor(sized, settings={"width": [5, 3, 7]}),
            "batch": Competitor(bent, settings={"batch": [8, 16, 32]}),
            "decay": Competitor(bent, settings={"weight_decay": [0, 0.01, 0.1]}, how={"optimizer": optim.AdamW}),
        },
        DATA, against="width", **QUICK | {"rates": [0.03, 0.3]},
    )  # fmt: skip
    assert {3, 5, 7} <= set(sizes)
    assert [len(found.entrants[name].grid.cells) for name in ("width", "batch", "decay")] == [6, 6, 6]
    assert found.entrants["width"].grid.settings == [3, 5, 7]
    heads = found.table().splitlines()[0].split()
    assert heads[2:6] == ["width", "batch", "optimizer", "weight_decay"]
    weights = {c.setting: c.many.last["0.weight"][0] for c in found.entrants["decay"].grid.cells}
    assert weights[0.1].norm() < weights[0].norm()
    batches = {c.setting: c.many.train for c in found.entrants["batch"].grid.cells}
    assert not torch.equal(batches[8], batches[16])


# 3. Run until flat


def test_a_run_that_is_not_flat_says_after_how_many_steps():
    found = compare({"line": line, "bent": bent}, DATA, metric="loss", **ROUGH)
    assert not found.entrants["bent"].flatness.flat
    assert found.verdicts[0].after == 12
    assert found.verdict.endswith(", after 12 steps")
    assert found.table().endswith("; not flat: bent")


def test_a_run_that_is_flat_says_nothing(result):
    assert all(each.flatness.flat for each in result.entrants.values())
    assert result.verdicts[0].after is None
    assert "not flat" not in result.table()


def overfitting():
    """Labels with mistakes, and a network that learns them by heart."""
    x, y = arc(1, 90)
    wrong = torch.arange(90) % 3 == 0
    return split(x, torch.where(wrong, 1 - y, y), seed=1)


def test_what_overfits_is_taken_at_its_best_step():
    how = ROUGH | {"steps": 24, "rates": [0.01, 0.4], "every": 4, "metric": "loss"}
    nets = {"line": line, "wide": partial(bent, 30)}
    best, last = (compare(nets, overfitting(), take=take, **how) for take in ("best", "last"))
    curve = best.curves["wide"].validation
    assert (curve.amin(1) < curve[:, -1]).all()
    assert_close(best.entrants["wide"].chosen.validation, curve.amin(1))
    assert_close(last.entrants["wide"].chosen.validation, last.curves["wide"].validation[:, -1])
    assert (best.entrants["wide"].chosen.validation < last.entrants["wide"].chosen.validation).any()
    for found, last_step in ((best, False), (last, True)):
        for seed in range(5):
            chosen = found.entrants["wide"].chosen
            z = chosen.many.network(chosen.place, seed, last=last_step)(best.entrants["wide"].data[0].test.x)
            value = functional.cross_entropy(z, best.entrants["wide"].data[0].test.y)
            assert_close(found.values["wide"][seed], value.detach())
    assert torch.equal(last.entrants["wide"].learned, last.curves["wide"].validation)
    assert_close(best.entrants["wide"].learned, best.curves["wide"].validation.cummin(1).values)
    assert "best of 24 steps" in best.table()
    assert "after 24 steps" in last.table().splitlines()[-1]


def test_a_budget_lengthens_the_run(monkeypatch):
    how = {name: value for name, value in ROUGH.items() if name not in ("steps", "every")}
    nets = {"line": line, "bent": Competitor(bent, how={"steps": 8})}
    assert budget() == 1

    def last(found):
        return [int(curves.points[-1]) for curves in found.curves.values()]

    assert last(compare(nets, DATA, steps=6, budget=0.5, **how)) == [3, 4]
    monkeypatch.setenv("DLBOOK_BUDGET", "1.5")
    assert last(compare(nets, DATA, steps=2, **how)) == [3, 12]
    for wrong in ("0", "-1", "four", "inf"):
        monkeypatch.setenv("DLBOOK_BUDGET", wrong)
        with pytest.raises(ValueError, match="DLBOOK_BUDGET must be a finite number above 0"):
            budget()


# 4. Validation chooses, test reports


def test_test_examples_decide_nothing_but_what_is_reported(rough):
    mixed = Data(DATA.train, DATA.validation, Part(DATA.test.x, 1 - DATA.test.y))
    found = compare({"line": line, "bent": bent}, mixed, **ROUGH)
    for name, entrant in found.entrants.items():
        before = rough.entrants[name]
        assert entrant.chosen.rate == before.chosen.rate
        assert torch.equal(entrant.chosen.validation, before.chosen.validation)
        assert torch.equal(entrant.curves.validation, before.curves.validation)
        assert_close(found.values[name], 1 - rough.values[name])
    assert rough.verdicts[0].high < 0 < found.verdicts[0].low


def test_test_examples_are_looked_at_once_when_all_is_chosen(monkeypatch):
    events = []

    def measure(z, y):
        events.append("test" if y is DATA.test.y else "validation")
        return functional.cross_entropy(z, y)

    metric = Metric(measure, Scale(name="loss"))
    compare({"line": line, "bent": bent}, DATA, metric=metric, **QUICK)
    first = events.index("test")
    assert set(events[:first]) == {"validation"}
    assert events[first:] == ["test"] * 15  # two competitors and a baseline, five seeds each


def test_fit_many_is_given_no_test_examples(monkeypatch):
    from dlbook.experiment import _runner as module

    seen = []
    monkeypatch.setattr(
        module,
        "fit_many",
        lambda make, seeds, data, **how: seen.append(data(0)) or fit_many(make, seeds, data, **how),
    )
    compare({"line": line, "bent": bent}, DATA, **QUICK)
    assert len(seen) == 2
    assert all(data.test is None for data in seen)


def test_a_leak_is_refused_before_anything_is_trained():
    with pytest.raises(ValueError, match="of the test examples stand among the train examples too"):
        Data(
            DATA.train,
            DATA.validation,
            Part(torch.cat([DATA.test.x, DATA.train.x[:1]]), torch.cat([DATA.test.y, DATA.train.y[:1]])),
        )


# 5. Pairs


def test_data_from_a_seed_widen_the_interval(result):
    each = compare({"line": line, "bent": bent}, partial(split, *arc()), **QUICK)
    gains = (each.values["bent"] - each.values["line"]) * 100
    ends = each.verdicts[0].low, each.verdicts[0].high
    assert ends == pytest.approx(interval(gains, lean=80 / 240))
    fresh = compare({"line": line, "bent": bent}, fresh_data, **QUICK)
    gains = (fresh.values["bent"] - fresh.values["line"]) * 100
    assert (fresh.verdicts[0].low, fresh.verdicts[0].high) == pytest.approx(interval(gains))


def fresh_data(seed):
    data = split(*arc(100 + seed), seed)
    return Data(data.train, data.validation, data.test)  # no pool stands behind it


def test_a_competitor_may_see_something_else_of_the_same_examples(result):
    doubled = DATA.changed(lambda x: torch.cat([x, x.square()], 1))
    seeing = Competitor(lambda: nn.Linear(4, 2).double(), data=doubled)
    found = compare({"line": line, "squares": seeing}, DATA, **ROUGH)
    assert (found.verdicts[0].losses, found.verdicts[0].high < 0) == (5, True)
    head, *rows = found.table().splitlines()
    assert head.split()[:3] == ["parameters", "multiply-adds", "input"]
    assert [row.split()[3] for row in rows[:2]] == ["2", "4"]
    assert "input" not in result.table()


# Speed


class Slow(nn.Module):
    """The same line, its weights a tenth as large: a tenth of the gradient."""

    def __init__(self, times):
        super().__init__()
        self.weight, self.times = nn.Parameter(torch.zeros(2, 2).double()), times

    def forward(self, x):
        return x @ self.weight * self.times


def test_who_is_faster_and_ends_alike():
    x = torch.randn(200, 2, generator=torch.Generator().manual_seed(0)).double()
    data = split(x, (x[:, 0] > 0.5 * torch.randn(200, generator=torch.Generator().manual_seed(1))).long(), seed=0)
    how = {"steps": 40, "every": 4, "optimizer": optim.SGD, "metric": "loss", "strict": False, "extensions": 0}
    nets = {
        "slow": Competitor(partial(Slow, 0.3), rates=[0.9, 1.0]),
        "fast": Competitor(partial(Slow, 1.0), rates=[0.9, 1.0]),
    }
    found = compare(nets, data, speed=True, **how)
    steps = found._steps_to_the_worst("slow", "fast")
    assert (steps[1] < steps[0]).all()
    (verdict,) = found.verdicts
    low, high = interval((steps[1] / steps[0]).log())
    with_speed = found._with_speed(verdict, 0.95)
    assert with_speed.faster == "fast"
    assert with_speed.share == pytest.approx((math.exp(low), math.exp(high)))
    turned = found._with_speed(Verdict("fast", "slow", 0, 0), 0.95)
    assert (turned.faster, turned.share) == (with_speed.faster, pytest.approx(with_speed.share))


def test_speed_is_asked_only_of_those_that_end_alike(result, monkeypatch):
    monkeypatch.setattr(result, "speed", True)
    monkeypatch.setattr(result, "_with_speed", None)
    assert result._verdict("line", "bent", 0.95, 0.0) == result.verdicts[0]


# The picture


def test_the_picture_shows_median_and_range_of_each(result):
    _, ax = plt.subplots()
    result.draw(ax)
    for number, (name, curves) in enumerate(result.curves.items()):
        drawn = ax.lines[number]
        assert drawn.get_label() == name
        assert drawn.get_color() == f"C{number}"
        assert_close(torch.tensor(drawn.get_ydata()), 100 * curves.validation.median(0).values)
        assert drawn.get_xdata().tolist() == [*range(6, 31, 6)]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("steps", "wrong, points")
    plt.close()


def test_the_picture_of_values_joins_what_belongs_together():
    _, ax = plt.subplots()
    rows = {"A": [1.0, 2, 3, 4, 5], "B": [2.0, 2, 2, 2, 2]}
    compare_values(rows, unit="cm", name="length").draw(ax)
    assert [[*line.get_ydata()] for line in ax.lines[:5]] == [[a, 2.0] for a in rows["A"]]
    assert [*ax.lines[5].get_ydata()] == [3, 2]
    assert ax.get_ylabel() == "length, cm"
    plt.close()


# What falls back is said


def test_a_result_says_what_was_trained_one_by_one(result):
    assert result.reasons == {}

    def normed():
        return nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2)).double()

    found = compare({"line": line, "normed": normed}, DATA, **QUICK)
    assert found.reasons == {"normed": "forward changes the buffer '1.running_mean'"}


# What is refused


def refused(match, nets=None, data=DATA, **how):
    with pytest.raises(ValueError, match=match):
        PLAIN.compare({"line": line, "bent": bent} if nets is None else nets, data, **({"steps": 2} | how))


def test_what_makes_no_sense_is_refused_before_anything_is_trained(monkeypatch):
    monkeypatch.setattr(Grid, "search", None)
    refused("at least 5 seeds, got 0", seeds=[])
    refused("at least 5 seeds, got 4", seeds=range(4))
    refused("seeds must differ", seeds=[1, 2, 3, 4, 4])
    refused(r"at least 2 competitors, got \['line'\]", nets={"line": line})
    refused("names of competitors must differ", nets=[("a", line), ("a", bent)])
    refused("a name must be a text", nets={"a and b": line, "c": bent})
    refused(r"at least 2 learning rates, got \[0.1\]", rates=[0.1])
    refused(r"at least 2 learning rates, got \[0.1\]", nets={"a": Competitor(line, rates=[0.1]), "b": bent})
    refused(
        r"one setting can be chosen, got a grid for \['a', 'b'\]",
        nets={"a": Competitor(line, settings={"a": [1], "b": [2]}), "b": bent},
    )
    refused(
        r"grid of batch must hold at least 2 different settings, got \[8\]",
        nets={"a": Competitor(line, settings={"batch": [8]}), "b": bent},
    )
    for nets in ([line, bent], None, 3):
        with pytest.raises(ValueError, match="competitors must be a dict, or pairs with a name, got "):
            PLAIN.compare(nets, DATA, steps=2)
    refused("make must be a function that gives a new network, got Linear", nets={"a": line, "b": nn.Linear(2, 2)})
    refused("a competitor may have .* got 'batchsize'", batchsize=3)
    refused("a competitor may have .* got 'metric'", nets={"a": line, "b": Competitor(bent, how={"metric": "loss"})})
    for name in ("widht", "steps"):
        refused(
            f"a setting must be an argument of make or of the optimiser, or one of .* got '{name}'",
            nets={"a": line, "b": Competitor(bent, settings={name: [1, 2]})},
        )
    refused("extensions must be an integer of at least 0, got -1", extensions=-1)
    refused("the baseline 'coin' must be a finite number, got nan", baselines={"coin": math.nan})
    refused("steps must be an integer of at least 1, got 0", steps=0)
    refused("budget must be a finite number above 0, got 0", budget=0)
    refused(r"take must be one of \('best', 'last'\), got 'first'", take="first")
    refused(r"against must be one of \['line', 'bent'\], got 'CNN'", against="CNN")
    refused("data must have a test part to report", data=DATA.without_test())
    shorter = Data(Part(DATA.train.x[1:], DATA.train.y[1:]), DATA.validation, DATA.test)
    refused(
        r"'b' and 'a' must see equally many training, validation and test examples, got \[239, 80, 80\] and \[240, 80, 80\]",
        nets={"a": line, "b": Competitor(bent, data=shorter)},
    )
    refused(
        r"tested examples of all seeds must be equally many, got \[79, 80\]",
        data=lambda seed: Data(DATA.train, DATA.validation, Part(DATA.test.x[seed == 2 :], DATA.test.y[seed == 2 :])),
    )
    others = Data(DATA.train, DATA.validation, Part(DATA.test.x, 1 - DATA.test.y))
    refused("must be tested on the same examples", nets={"a": line, "b": Competitor(bent, data=others)})


def test_what_diverges_with_all_rates_is_refused():
    how = {
        "steps": 6,
        "optimizer": optim.SGD,
        "loss": lambda z, y: z.square().mean(),
        "rates": [1e200, 1e210],
        "extensions": 0,
    }
    refused(r"'line' diverges with all learning rates, \[1e\+200, 1e\+210\]", **how)
