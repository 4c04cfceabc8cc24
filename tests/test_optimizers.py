"""Optimisers: ours against torch step by step, the laws of momentum, Adam, decay, noise, averages and schedules."""

import itertools
import math
from functools import partial

import pytest
import torch
from bowls import bowl, draw, height, number
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.optim import lr_scheduler, swa_utils
from torch.testing import assert_close

import dlbook.optimizers.adamw
import dlbook.optimizers.averaging
import dlbook.optimizers.preconditioning
import dlbook.optimizers.schedules
from dlbook.gradient_descent import SGD, Adam, descend
from dlbook.gradient_descent.bowl import best_momentum, best_step
from dlbook.optimizers import AdamW, Average, cosine, one_cycle, warm_up
from dlbook.optimizers.averaging import floor
from dlbook.optimizers.preconditioning import condition, newton_step, rescaled

PAIRS = [
    (SGD, torch.optim.SGD, {"lr": 0.1}),
    (SGD, torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    (SGD, torch.optim.SGD, {"lr": 0.01, "momentum": 1.0}),
    (Adam, torch.optim.Adam, {}),
    (Adam, torch.optim.Adam, {"lr": 0.1}),
    (Adam, torch.optim.Adam, {"lr": 0.1, "betas": (0.5, 0.8), "eps": 1e-2}),
    (Adam, torch.optim.Adam, {"lr": 0.1, "betas": (0.0, 0.0), "eps": 1e-3}),
    (AdamW, torch.optim.AdamW, {}),
    (AdamW, torch.optim.AdamW, {"lr": 0.1, "weight_decay": 0.7, "betas": (0.5, 0.8)}),
]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


# Against torch


@pytest.mark.equation("gd_momentum")
@pytest.mark.equation("gd_adam")
@pytest.mark.equation("opt_adamw")
@pytest.mark.parametrize(("ours", "theirs", "how"), PAIRS)
def test_each_optimizer_walks_as_torchs_does(ours, theirs, how, rng):
    x = draw(rng, 7, 5)
    loss = lambda w: (x @ w).tanh().square().sum()  # noqa: E731
    start = draw(rng, 5, 3)
    paths = [descend(loss, start, partial(maker, **how), steps=60) for maker in (ours, theirs)]
    assert_close(*paths, rtol=1e-9, atol=1e-11)
    assert (paths[0].diff(dim=0) != 0).any()


@given(
    st.lists(st.integers(0, 3), max_size=3),
    st.sampled_from(range(len(PAIRS))),
    st.floats(0.001, 0.3),
    st.integers(0, 9),
)
def test_any_shape_walks_as_torchs_does(shape, pair, lr, seed):
    ours, theirs, how = PAIRS[pair]
    rng = torch.Generator().manual_seed(seed)
    start, target = draw(rng, *shape), draw(rng, *shape)
    loss = lambda w: (w - target).square().sum() / 2 + w.sin().sum()  # noqa: E731
    paths = [descend(loss, start, partial(maker, **{**how, "lr": lr}), steps=5) for maker in (ours, theirs)]
    assert_close(*paths, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("ours", "theirs", "how"), PAIRS)
def test_parameters_without_a_gradient_stay_and_keep_their_own_time(ours, theirs, how, rng):
    starts = [draw(rng, 3), draw(rng, 2, 2), draw(rng, 4)]
    sets = [[t.clone().requires_grad_() for t in starts] for _ in range(2)]
    sets[0][2].requires_grad_(False)
    sets[1][2].requires_grad_(False)
    walkers = ours(iter(sets[0]), **how), theirs(iter(sets[1]), **how)
    for step in range(8):
        for walker, (a, b, _) in zip(walkers, sets, strict=True):
            walker.zero_grad()
            loss = a.cos().sum() + (b.square().sum() if step % 3 == 2 else 0)  # b now and then
            loss.backward()
            walker.step()
    for mine, theirs_ in zip(*sets, strict=True):
        assert_close(mine, theirs_, rtol=1e-9, atol=1e-11)
    assert_close(sets[0][2].detach(), starts[2])


@pytest.mark.parametrize(("ours", "theirs", "how"), PAIRS)
def test_the_rate_may_change_on_the_way(ours, theirs, how, rng):
    start = draw(rng, 4)
    points = [start.clone().requires_grad_() for _ in range(2)]
    walkers = ours([points[0]], **how), theirs([points[1]], **how)
    for step in range(10):
        walkers[0].lr = walkers[1].param_groups[0]["lr"] = 0.1 / (1 + step)
        for walker, p in zip(walkers, points, strict=True):
            walker.zero_grad()
            (p**4).sum().backward()
            walker.step()
    assert_close(*points, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
@pytest.mark.parametrize(("ours", "theirs", "how"), PAIRS)
def test_one_step_in_lower_precision_is_torchs(ours, theirs, how, dtype, rng):
    start, grad = draw(rng, 6, 5, dtype=dtype), draw(rng, 6, 5, dtype=dtype)
    points = [start.clone().requires_grad_() for _ in range(2)]
    for maker, p in zip((ours, theirs), points, strict=True):
        p.grad = grad.clone()
        maker([p], **how).step()
    assert points[0].dtype == dtype
    unit = torch.finfo(dtype).eps  # torch rounds a fused operation once, we round each part
    assert_close(*points, rtol=4 * unit, atol=unit * how.get("lr", 0.001))


def test_a_parameter_that_is_no_contiguous_memory_is_changed_in_place(rng):
    p = draw(rng, 3, 4).T.requires_grad_()
    before, memory = p.detach().clone(), p.data_ptr()
    p.grad = draw(rng, 4, 3)
    SGD([p], lr=0.5).step()
    assert p.data_ptr() == memory
    assert_close(p.detach(), before - 0.5 * p.grad)


def test_gradients_are_not_changed_and_zero_grad_forgets_them(rng):
    for maker in (SGD, partial(SGD, momentum=0.9), Adam):
        p = draw(rng, 3).requires_grad_()
        grad = draw(rng, 3)
        p.grad = grad.clone()
        walker = maker([p], lr=0.1)
        walker.step()
        walker.step()
        assert_close(p.grad, grad)
        walker.zero_grad()
        assert p.grad is None
        before = p.detach().clone()
        walker.step()
        assert_close(p.detach(), before)


# Momentum


@pytest.mark.equation("gd_velocity")
@given(st.floats(0, 1), st.lists(st.floats(-2, 2), min_size=1, max_size=12))
def test_velocity_is_a_fading_sum_of_gradients(momentum, gradients):
    p, v = number(0.0).requires_grad_(), []
    walker = SGD([p], lr=1, momentum=momentum)
    for g in gradients:
        before = p.item()
        p.grad = number(g)
        walker.step()
        v.append(before - p.item())
    t = len(gradients)
    expected = sum(momentum**k * gradients[t - 1 - k] for k in range(t))
    assert v[-1] == pytest.approx(expected, abs=1e-9)


def test_a_constant_gradient_is_multiplied_by_one_over_one_minus_momentum():
    path = descend(torch.sum, number(0.0), partial(SGD, lr=0.1, momentum=0.9), steps=300)
    assert_close(path.diff()[-1], number(-0.1 / (1 - 0.9)))


def test_papers_put_the_rate_inside_which_is_the_same_while_it_stays():
    path = descend(torch.sin, number(0.5), partial(SGD, lr=0.1, momentum=0.8), steps=30)
    w, v = 0.5, 0.0
    for point in path[1:].tolist():
        v = 0.8 * v - 0.1 * math.cos(w)
        w += v
        assert point == pytest.approx(w)


def factor_with_momentum(lr, momentum, curvature):
    """The largest eigenvalue of the map (w, v) → (w - lr v', v'), v' = momentum v + curvature w."""
    step = number([[1 - lr * curvature, -lr * momentum], [curvature, momentum]])
    return torch.linalg.eigvals(step).abs().max().item()


@pytest.mark.equation("gd_momentum_root")
@given(st.floats(0.01, 3), st.floats(0.01, 0.99), st.floats(0.1, 5))
def test_roots_of_the_quadratic_are_the_factors_of_a_step(lr, momentum, curvature):
    step = number([[1 - lr * curvature, -lr * momentum], [curvature, momentum]])
    for r in torch.linalg.eigvals(step):
        assert abs(r * r - (1 + momentum - lr * curvature) * r + momentum) < 1e-7
    inside = (1 - math.sqrt(momentum)) ** 2 <= lr * curvature <= (1 + math.sqrt(momentum)) ** 2
    if inside:
        assert factor_with_momentum(lr, momentum, curvature) == pytest.approx(math.sqrt(momentum), rel=1e-6)
    else:
        assert factor_with_momentum(lr, momentum, curvature) > math.sqrt(momentum) - 1e-9


@pytest.mark.equation("gd_momentum_best")
@given(st.floats(0.1, 1), st.floats(1.5, 200))
def test_best_momentum_has_the_smallest_factor(low, high):
    lr, momentum, rate = best_momentum(low, high)
    root = math.sqrt(high / low)
    assert rate == pytest.approx((root - 1) / (root + 1))
    assert momentum == pytest.approx(((root - 1) / (root + 1)) ** 2)
    assert lr == pytest.approx((2 / (math.sqrt(low) + math.sqrt(high))) ** 2)

    def worst(lr, momentum):
        return max(factor_with_momentum(lr, momentum, c) for c in (low, (low + high) / 2, high))

    assert worst(lr, momentum) == pytest.approx(rate, abs=1e-5)
    for more, other in itertools.product((0.8, 0.95, 1.05, 1.2), repeat=2):
        assert worst(lr * more, min(momentum * other, 0.999)) > rate - 1e-5
    assert rate < best_step(low, high)[1]


def test_best_momentum_is_that_fast_in_a_real_bowl(rng):
    lr, momentum, rate = best_momentum(0.5, 50)
    hessian = bowl(rng, 6, 0.5, 50)
    path = descend(height(hessian), draw(rng, 6), partial(SGD, lr=lr, momentum=momentum), steps=300)
    late = (path[300].norm() / path[200].norm()) ** 0.01
    assert rate < late < rate * 1.01


def test_with_momentum_1_nothing_is_lost_and_that_is_what_forgetting_zero_grad_does():
    loss = lambda w: w * w / 2  # noqa: E731
    kept = descend(loss, number(1.0), partial(SGD, lr=0.1, momentum=1), steps=50)
    p, path = number(1.0).requires_grad_(), [1.0]
    walker = SGD([p], lr=0.1)
    for _ in range(50):
        loss(p).backward()  # and no zero_grad
        walker.step()
        path.append(p.item())
    assert_close(kept, number(path))
    assert kept[-25:].abs().max() > 0.99


# Adam


@pytest.mark.equation("gd_adam_bias")
@given(st.floats(0, 0.99), st.lists(st.floats(-2, 2), min_size=1, max_size=12))
def test_fading_mean_has_weights_that_sum_to_one_minus_beta_to_the_t(beta, gradients):
    m = 0.0
    for g in gradients:
        m = beta * m + (1 - beta) * g
    t = len(gradients)
    weights = [(1 - beta) * beta ** (t - i) for i in range(1, t + 1)]
    assert m == pytest.approx(sum(w * g for w, g in zip(weights, gradients, strict=True)), abs=1e-9)
    assert sum(weights) == pytest.approx(1 - beta**t)


def test_adams_first_step_is_the_sign_of_the_gradient(rng):
    p = draw(rng, 5).requires_grad_()
    before, p.grad = p.detach().clone(), number([1e-3, -20, 3, -0.5, 7])
    Adam([p], lr=0.01).step()
    assert_close(before - p.detach(), 0.01 * p.grad.sign(), rtol=1e-4, atol=0)


@given(st.floats(0.01, 1000), st.integers(0, 9))
def test_adam_does_not_see_the_scale_of_the_loss(scale, seed):
    rng = torch.Generator().manual_seed(seed)
    x, start = draw(rng, 4, 3), draw(rng, 3)
    loss = lambda w: (x @ w).sin().sum()  # noqa: E731
    maker = partial(Adam, lr=0.05, eps=0)
    plain = descend(loss, start, maker, steps=10)
    scaled = descend(lambda w: scale * loss(w), start, maker, steps=10)
    assert_close(plain, scaled, rtol=1e-6, atol=1e-8)


def test_adam_sees_a_turned_valley_and_gradient_descent_does_not():
    turn = number([[1, -1], [1, 1]]) / math.sqrt(2)
    straight = number([[1, 0], [0, 100]])
    turned, start = turn @ straight @ turn.T, number([1.0, 1.0])
    for maker, same in [(partial(SGD, lr=0.01, momentum=0.5), True), (partial(Adam, lr=0.02), False)]:
        one = descend(height(straight), start, maker, steps=50)
        other = descend(height(turned), turn @ start, maker, steps=50)
        assert one.allclose(other @ turn) == same


# Newton and preconditioning


@pytest.mark.equation("opt_newton")
@given(st.integers(1, 6), st.floats(1.1, 1000), st.integers(0, 20))
def test_one_newton_step_reaches_the_bottom_of_any_bowl(size, high, seed):
    rng = torch.Generator().manual_seed(seed)
    hessian = bowl(rng, max(size, 2), 1, high)
    bottom = draw(rng, max(size, 2))
    loss = lambda p: 0.5 * (p - bottom) @ hessian @ (p - bottom)  # noqa: E731
    assert_close(newton_step(loss, draw(rng, max(size, 2))), bottom, rtol=1e-8, atol=1e-8)


def test_newton_goes_to_a_saddle_too():
    loss = lambda p: p[0] ** 2 - p[1] ** 2  # noqa: E731
    assert_close(newton_step(loss, number([3.0, 2.0])), number([0.0, 0.0]))


@pytest.mark.equation("opt_preconditioned")
@pytest.mark.parametrize("power", [0, 0.5, 1])
def test_descent_with_a_preconditioner_is_plain_descent_in_the_rescaled_bowl(power, rng):
    hessian, start, lr = bowl(rng, 4, 0.5, 20), draw(rng, 4), 0.03
    scale = hessian.diagonal() ** power
    point, path = start, [start]
    for _ in range(20):
        point = point - lr * (hessian @ point) / scale
        path.append(point)
    plain = descend(height(rescaled(hessian, power)), start * scale.sqrt(), partial(SGD, lr=lr), steps=20)
    assert_close(torch.stack(path) * scale.sqrt(), plain, rtol=1e-10, atol=1e-12)


def test_a_diagonal_makes_a_valley_along_an_axis_round_and_one_at_45_degrees_not():
    straight = number([[1, 0], [0, 100]])
    turn = number([[1, -1], [1, 1]]) / math.sqrt(2)
    found = [condition(rescaled(h, p)) for h in (straight, turn @ straight @ turn.T) for p in (0, 0.5, 1)]
    assert found == pytest.approx([100, 10, 1, 100, 100, 100])


# Weight decay


def test_the_first_step_worked_by_hand_on_the_page():
    for maker, how, expected in [
        (Adam, {}, 0.9),
        (torch.optim.Adam, {"weight_decay": 1.0}, 0.9),
        (AdamW, {"weight_decay": 1.0}, 0.8),
    ]:
        w = number(1.0).requires_grad_()
        w.grad = number(10.0)
        maker([w], lr=0.1, **how).step()
        assert w.item() == pytest.approx(expected, abs=1e-8)


@given(st.floats(0, 1), st.floats(0.001, 0.5), st.integers(0, 9))
def test_the_penalty_is_decay_for_plain_descent(decay, lr, seed):
    rng = torch.Generator().manual_seed(seed)
    start, target = draw(rng, 3), draw(rng, 3)
    loss = lambda w: (w - target).cos().sum() + decay / 2 * w.square().sum()  # noqa: E731
    w, path = start, descend(loss, start, partial(SGD, lr=lr), steps=5)
    for point in path[1:]:
        w = (1 - lr * decay) * w + lr * (w - target).sin()
        assert_close(point, w)


# Noise, and what lowers it


@pytest.mark.equation("opt_floor")
@given(st.floats(0.05, 1.9), st.floats(0.2, 5), st.floats(0.1, 4))
def test_the_floor_is_where_the_variance_rests(share, curvature, noise):
    lr, variance = share / curvature, 7.0
    for _ in range(2000):
        variance = (1 - lr * curvature) ** 2 * variance + lr**2 * noise
    assert floor(lr, curvature, noise) == pytest.approx(variance, rel=1e-6)


@pytest.mark.equation("opt_floor")
def test_sgd_hovers_at_the_floor(rng):
    w = torch.zeros(20000).double().requires_grad_()
    walker = SGD([w], lr=0.4)
    for _ in range(60):
        w.grad = 2 * w.detach() + 3 * draw(rng, 20000)
        walker.step()
    assert w.detach().square().mean().item() == pytest.approx(floor(0.4, 2, 9), rel=0.04)


def test_momentum_raises_the_floor_as_the_solution_says():
    lr, momentum, curvature, noise = 0.1, 0.8, 1.5, 2.0
    step = number([[1 - lr * curvature, -lr * momentum], [curvature, momentum]])
    kick = math.sqrt(noise) * number([[-lr], [1.0]])
    spread = torch.zeros(2, 2).double()
    for _ in range(3000):
        spread = step @ spread @ step.T + kick @ kick.T
    exact = lr * noise / curvature * (1 + momentum) / ((1 - momentum) * (2 * (1 + momentum) - lr * curvature))
    assert spread[0, 0].item() == pytest.approx(exact)


@pytest.mark.equation("opt_average")
@given(st.integers(1, 30), st.floats(0.05, 1.5), st.floats(0.3, 3), st.integers(0, 9))
def test_the_average_is_the_memory_of_the_start_and_the_mean_of_the_noise(steps, share, curvature, seed):
    rng, lr = torch.Generator().manual_seed(seed), share / curvature
    noise, w = draw(rng, steps), number(2.0).requires_grad_()
    walker, average = SGD([w], lr=lr), Average([w])
    for xi in noise:
        average.update()
        w.grad = curvature * w.detach() + xi
        walker.step()
    expected = (2.0 - w.item()) / (lr * curvature * steps) - noise.mean().item() / curvature
    assert average.values[0].item() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("keep", [None, 0.0, 0.7, 1.0])
def test_averages_are_torchs_at_every_step(keep, rng):
    torch.manual_seed(0)
    net = torch.nn.Linear(3, 2).double()
    how = {} if keep is None else {"multi_avg_fn": swa_utils.get_ema_multi_avg_fn(keep)}
    theirs, ours = swa_utils.AveragedModel(net, **how), Average(net.parameters(), keep)
    for _ in range(7):
        for p in net.parameters():
            p.data += draw(rng, *p.shape)
        theirs.update_parameters(net)
        ours.update()
        for mean, other in zip(ours.values, theirs.module.parameters(), strict=True):
            assert_close(mean, other.detach())
    assert not any(mean.requires_grad for mean in ours.values)


# Schedules


def rates_of_torch(make, steps):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0, momentum=0.9)
    schedule, rates = make(optimizer), []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


@pytest.mark.equation("opt_schedules")
@given(st.integers(1, 60), st.floats(0, 0.5))
def test_cosine_is_torchs_at_every_step(steps, low):
    expected = rates_of_torch(lambda o: lr_scheduler.CosineAnnealingLR(o, steps, eta_min=low), steps)
    assert [cosine(t, steps, low) for t in range(steps)] == pytest.approx(expected, abs=1e-10)


@pytest.mark.equation("opt_schedules")
@given(st.integers(3, 60), st.floats(0.4, 0.9), st.floats(2, 50), st.floats(10, 1e5))
def test_one_cycle_is_torchs_at_every_step(steps, warm, div, final):
    make = partial(
        lr_scheduler.OneCycleLR, max_lr=1.0, total_steps=steps, pct_start=warm, div_factor=div, final_div_factor=final
    )
    ours = [one_cycle(t, steps, warm, 1 / div, 1 / final) for t in range(steps)]
    assert ours == pytest.approx(rates_of_torch(make, steps), abs=1e-10)


@given(st.integers(1, 20), st.floats(0.05, 1))
def test_warm_up_is_torchs_at_every_step(steps, start):
    expected = rates_of_torch(lambda o: lr_scheduler.LinearLR(o, start, total_iters=steps), steps + 3)
    assert [warm_up(t, steps, start) for t in range(steps + 3)] == pytest.approx(expected, abs=1e-10)


def test_what_the_table_says_about_torchs_schedules():
    climbs = rates_of_torch(lambda o: lr_scheduler.CosineAnnealingLR(o, 4), 9)
    assert climbs[3] == pytest.approx(0.146, abs=1e-3)
    assert (climbs[4], climbs[8]) == pytest.approx((0, 1))
    with pytest.raises(ValueError, match="tarting multiplicative factor"):
        rates_of_torch(lambda o: lr_scheduler.LinearLR(o, 0.0), 1)
    with pytest.raises(ZeroDivisionError):
        rates_of_torch(lambda o: lr_scheduler.OneCycleLR(o, 1.0, total_steps=10, pct_start=0.1), 1)
    adam = torch.optim.Adam([torch.zeros(1)])
    lr_scheduler.OneCycleLR(adam, 1.0, total_steps=10)
    assert adam.param_groups[0]["betas"][0] == 0.95
    adam = torch.optim.Adam([torch.zeros(1)])
    lr_scheduler.OneCycleLR(adam, 1.0, total_steps=10, cycle_momentum=False)
    assert adam.param_groups[0]["betas"][0] == 0.9


# Mistakes

SCHEDULES = as_a_reader_imports_it(dlbook.optimizers.schedules)
AVERAGING = as_a_reader_imports_it(dlbook.optimizers.averaging)
DECAY = as_a_reader_imports_it(dlbook.optimizers.adamw)
PLAIN = as_a_reader_imports_it(dlbook.optimizers.preconditioning)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: SCHEDULES.cosine(-1, 4), "t must be an integer from 0 to 4, got -1"),
        (lambda: SCHEDULES.cosine(1.0, 4), "t must be an integer from 0 to 4, got 1.0"),
        (lambda: SCHEDULES.cosine(5, 4), "t must be an integer from 0 to 4, got 5"),
        (lambda: SCHEDULES.cosine(0, 0), "steps must be an integer of at least 1, got 0"),
        (lambda: SCHEDULES.cosine(0, 4, low=2), "low must be a finite number of at least 0 and at most 1, got 2"),
        (lambda: SCHEDULES.warm_up(0, 4, start=0), "start must be a finite number above 0 and at most 1, got 0"),
        (lambda: SCHEDULES.one_cycle(4, 4), "t must be an integer from 0 to 3, got 4"),
        (lambda: SCHEDULES.one_cycle(0, 10, warm=0.1), "warm must be a finite number above 0.1 and below 1, got 0.1"),
        (lambda: SCHEDULES.one_cycle(0, 10, first=0), "first must be a finite number"),
        (lambda: SCHEDULES.one_cycle(0, 10, last=-1), "last must be a finite number of at least 0"),
        (lambda: AVERAGING.Average([], keep=1.5), "keep must be a finite number of at least 0 and at most 1, got 1.5"),
        (lambda: AVERAGING.floor(1.0, 2.0, 1.0), "lr must be a finite number above 0 and below 1.0, got 1.0"),
        (lambda: AVERAGING.floor(0.1, 0, 1.0), "curvature must be a finite number above 0, got 0"),
        (lambda: AVERAGING.floor(0.1, 1, -1), "noise must be a finite number of at least 0, got -1"),
        (lambda: DECAY.AdamW([torch.zeros(1)], weight_decay=-1), "weight_decay must be a finite number of at least 0"),
        (lambda: PLAIN.condition(number([[1, 0], [0, -2]])), "a bowl curves upwards .* got the curvature -2"),
        (lambda: PLAIN.rescaled(number([[1.0]]), "1"), "power must be a finite number, got '1'"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
