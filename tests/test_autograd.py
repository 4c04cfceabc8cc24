"""Automatic differentiation: our autograd on numbers and tensors, forward mode, second derivatives; against torch and by nudging."""

import math
import sys

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn import functional
from torch.testing import assert_close

import dlbook.backprop.dual
import dlbook.backprop.tensor
import dlbook.backprop.value
from dlbook.backprop import numerical_gradient
from dlbook.backprop.dual import Dual
from dlbook.backprop.tensor import TensorValue, cross_entropy, fit
from dlbook.backprop.value import Value, history


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(20)


def draw(rng, *shape, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


# Numbers


def mixture(a, b, module=math):
    """Every operation at least once, some values used twice; for Value, Dual and tensors alike."""
    c = (a * b).tanh() + (a**3).sigmoid()
    d = -c + 2 * a - (1 - b) + b / 2 + 3 / (2 + c * c) + (a - 4) ** 2
    e = (d * d + c.exp() + 1).log() + (a + b).relu() * d + (a - b).relu() + 1 + a**0
    return e * e / (1 + (-d).sigmoid()) + a**-2


@given(st.floats(-2, 2).filter(lambda x: abs(x) > 0.05), st.floats(-2, 2))
def test_value_agrees_with_torch(a, b):
    ours = Value(a), Value(b)
    theirs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (a, b)]
    results = mixture(*ours), mixture(*theirs)
    for result in results:
        result.backward()
    assert results[0].data == pytest.approx(results[1].item(), rel=1e-9)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.grad == pytest.approx(other.grad.item(), rel=1e-9, abs=1e-9)


@pytest.mark.equation("bp_chain")
@given(st.integers(0, 10**6))
def test_grad_is_the_sum_over_all_paths_of_a_random_graph(seed):
    """Grow a graph at random, then add up the products along each path by hand."""
    rng = torch.Generator().manual_seed(seed)
    pick = lambda n: int(torch.randint(n, (), generator=rng))  # noqa: E731
    values = [Value(0.5 + pick(4) / 4), Value(-1.25)]
    for _ in range(8):
        a, b = values[pick(len(values))], values[pick(len(values))]
        values.append([a + b, a * b, a * 0.5 - b, a.tanh()][pick(4)])
    values[-1].backward()

    def along_paths(value, target):
        if value is target:
            return 1.0
        return sum(slope * along_paths(parent, target) for parent, slope in value.parents)

    for value in values:
        assert value.grad == pytest.approx(along_paths(values[-1], value), rel=1e-9, abs=1e-12)


def test_the_example_of_the_first_figure():
    a, b = Value(2), Value(3)
    u = a * b
    v = u + a
    result = v**2
    result.backward()
    assert [x.data for x in (u, v, result)] == [6, 8, 64]
    assert [x.grad for x in (a, b, u, v, result)] == [64, 32, 16, 16, 1]


def test_a_value_used_twice_by_itself():
    for function, slope in [(lambda a: a + a, 2), (lambda a: a * a, 6), (lambda a: a - a, 0), (lambda a: a / a, 0)]:
        a = Value(3)
        function(a).backward()
        assert a.grad == pytest.approx(slope)


def test_the_graph_on_which_depth_first_goes_wrong():
    a = Value(1)
    b = a + a
    c = b + b
    c.backward()
    assert (a.grad, b.grad, c.grad) == (4, 2, 1)


def test_backward_twice_adds_the_same_again_everywhere():
    a, b = Value(2), Value(3)
    u = a * b
    result = (u + a) ** 2
    once = None
    for times in (1, 2, 3):
        result.backward()
        now = [x.grad for x in (a, b, u, result)]
        once = once or now
        assert now == [times * g for g in once]
    other = a * 10  # another result adds to the same a
    other.backward()
    assert a.grad == 3 * once[0] + 10
    assert b.grad == 3 * once[1]


def test_order_is_newest_first_and_whole():
    a, b = Value(2), Value(3)
    unused = a * 7
    u = a * b
    v = u + a
    order = history(v)
    assert order == [v, u, b, a]
    assert unused not in order
    for value, (parent, _) in ((v, p) for v in order for p in v.parents):
        assert order.index(value) < order.index(parent)


def test_a_long_chain_needs_no_recursion_and_no_patience():
    limit = sys.getrecursionlimit()
    x = y = Value(1.0)
    for _ in range(100_000):  # were it quadratic, this would never end
        y = y * 1.00001
    y.backward()
    assert limit < 100_000
    assert x.grad == pytest.approx(y.data)
    assert x.grad == pytest.approx(1.00001**100_000)
    del y  # nor does letting go of it


def test_values_are_numbers_in_sums_and_with_reflected_operators():
    a = Value(2)
    assert sum([a, a, 1]).data == 5
    assert (1 - a).data == -1
    assert (1 / a).data == 0.5
    assert (3 * a - a / 4).data == 5.5
    assert repr(a) == "Value(2, grad=0)"


@pytest.mark.parametrize("x", [-800.0, -30.0, -1.0, 0.0, 1.0, 30.0, 800.0])
def test_sigmoid_does_not_overflow(x):
    value = Value(x)
    y = value.sigmoid()
    y.backward()
    t = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    t.sigmoid().backward()
    assert y.data == pytest.approx(t.sigmoid().item(), rel=1e-12)
    assert value.grad == pytest.approx(t.grad.item(), abs=1e-15)  # torch's 1 - y rounds
    if abs(x) < 100:
        assert value.grad == pytest.approx(0.25 / math.cosh(x / 2) ** 2, rel=1e-9)


# The table of nodes


def gradients_of(function, *data, g):
    """What the parents get when the result gets g: the loss is g times the result."""
    parents = [TensorValue(d) for d in data]
    (function(*parents) * g).sum().backward()
    return [p.grad for p in parents]


@pytest.mark.parametrize("n", [1, 4])
def test_each_node_does_to_the_gradient_what_the_table_says(n, rng):
    a, b, g, g2 = (draw(rng, n, 3) for _ in range(4))
    assert_close(gradients_of(lambda a, b: a + b, a, b, g=g), [g, g])  # copies
    assert_close(gradients_of(lambda a, b: a * b, a, b, g=g), [b * g, a * g])  # swaps
    parent = TensorValue(a)
    (parent * g + parent * g2).sum().backward()  # two results that are a itself
    assert_close(parent.grad, g + g2)  # adds
    routed = gradients_of(lambda a, b: (a + b * -1).relu() + b, a, b, g=g)  # the larger of a and b
    assert_close(routed, [g * (a > b), g * (b > a)])
    assert_close(gradients_of(lambda a: a.relu(), a, g=g), [g * (a > 0)])
    row = draw(rng, 1, 3)
    assert_close(gradients_of(lambda a, row: a * 0 + row, a, row, g=g)[1], g.sum(0, keepdim=True))  # sums
    assert_close(gradients_of(lambda a: a.sum(0), a, g=g[:1]), [g[:1].expand(n, 3)])  # copies


def test_the_second_file_and_the_package_agree():
    """The newest of those that wait is the next in our order."""
    rng = torch.Generator().manual_seed(1)
    values = [Value(0.5), Value(-1.5)]
    for _ in range(30):
        i, j, kind = (int(torch.randint(n, (), generator=rng)) for n in (len(values), len(values), 2))
        values.append(values[i] + values[j] if kind else values[i] * values[j] * 0.5)
    grads, order = {values[-1]: 1.0}, []
    while grads:
        value = max(grads, key=lambda value: value.number)
        g = grads.pop(value)
        order.append(value)
        for parent, slope in value.parents:
            grads[parent] = grads.get(parent, 0.0) + slope * g
    assert order == history(values[-1])


# Forward mode


@pytest.mark.equation("bp_dual")
@given(st.floats(-2, 2).filter(lambda x: abs(x) > 0.05), st.floats(-2, 2), st.floats(-2, 2), st.floats(-2, 2))
def test_dual_agrees_with_value_and_with_directions(a, b, da, db):
    values = Value(a), Value(b)
    result = mixture(*values)
    result.backward()
    ahead = mixture(Dual(a, da), Dual(b, db))
    assert ahead.data == pytest.approx(result.data, rel=1e-12)
    assert ahead.slope == pytest.approx(values[0].grad * da + values[1].grad * db, rel=1e-7, abs=1e-7)
    product = Dual(a, da) * Dual(b, db)
    assert (product.data, product.slope) == (a * b, a * db + da * b)


def test_dual_is_a_number_in_sums_and_with_reflected_operators():
    x = Dual(2, slope=1)
    assert repr(sum([x, x, 1])) == "Dual(5, slope=2)"
    assert repr(1 - x) == "Dual(-1, slope=-1)"
    assert repr(1 / x) == "Dual(0.5, slope=-0.25)"
    assert repr(x / 2 - 3) == "Dual(-2, slope=0.5)"


# Tensors


def tensor_mixture(x, w, b, v, u):
    """All operations, with broadcasting of every kind; for TensorValue and torch alike."""
    h = (x @ w + b).tanh()
    k = (h * v - 0.5 * h.relu() + 1) @ u
    total = (k * k).sum(1) if not torch.is_tensor(k) else (k * k).sum(1, keepdim=True)
    return (total.exp() * 0.01 + 1).log().sum() + (2 - (-h)).sum() + (3 - b).sum() * b.sum()


@pytest.mark.equation("bp_matmul")
@settings(max_examples=40)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 3), st.integers(0, 99))
def test_tensor_value_agrees_with_torch(n, d, e, kind, seed):
    rng = torch.Generator().manual_seed(seed)
    shape = [(n, e), (1, e), (n, 1), ()][kind]
    starts = [0.3 * draw(rng, n, d), 0.3 * draw(rng, d, e), draw(rng, e), draw(rng, *shape), draw(rng, e, d)]
    ours = [TensorValue(t.clone()) for t in starts]
    theirs = [t.clone().requires_grad_() for t in starts]
    results = tensor_mixture(*ours), tensor_mixture(*theirs)
    for result in results:
        result.backward()
    assert_close(results[0].data, results[1].detach())
    for mine, other in zip(ours, theirs, strict=True):
        assert_close(mine.grad, other.grad)
    # the printed rule itself
    a, b, g = draw(rng, n, d), draw(rng, d, e), draw(rng, n, e)
    nudged_a = numerical_gradient(lambda a: (g * (a @ b)).sum(), a)
    nudged_b = numerical_gradient(lambda b: (g * (a @ b)).sum(), b)
    assert_close(g @ b.T, nudged_a, rtol=1e-6, atol=1e-8)
    assert_close(a.T @ g, nudged_b, rtol=1e-6, atol=1e-8)


def test_matrices_may_come_in_stacks(rng):
    starts = [draw(rng, 2, 3, 4), draw(rng, 4, 5)]
    ours = [TensorValue(t) for t in starts]
    theirs = [t.clone().requires_grad_() for t in starts]
    (ours[0] @ ours[1]).sum().backward()
    (theirs[0] @ theirs[1]).sum().backward()
    for mine, other in zip(ours, theirs, strict=True):
        assert_close(mine.grad, other.grad)


@given(st.lists(st.integers(1, 3), max_size=3), st.lists(st.booleans(), min_size=3, max_size=3), st.integers(0, 2))
def test_fit_undoes_broadcasting(shape, ones, extra):
    small = torch.Size(1 if one else size for one, size in zip(ones, shape, strict=False))
    big = (2,) * extra + tuple(shape)
    g = draw(torch.Generator().manual_seed(0), *big)
    x = torch.zeros(small, dtype=torch.float64, requires_grad=True)
    (x + torch.zeros(big)).backward(g)
    assert_close(fit(g, small), x.grad)


@pytest.mark.parametrize("scale", [1.0, 1000.0])
def test_cross_entropy_is_torchs_and_does_not_overflow(scale, rng):
    scores, target = scale * draw(rng, 5, 4), torch.tensor([0, 3, 1, 1, 2])
    ours, theirs = TensorValue(scores), scores.clone().requires_grad_()
    loss = cross_entropy(ours, functional.one_hot(target, 4).double())
    loss.backward()
    expected = functional.cross_entropy(theirs, target)
    expected.backward()
    assert_close(loss.data, expected.detach())
    assert_close(ours.grad, theirs.grad)


def test_tensor_backward_twice_adds_and_leaves_the_data_alone(rng):
    start = draw(rng, 2, 3)
    x = TensorValue(start)
    before = start.clone()
    loss = (x * x + x).sum()
    loss.backward()
    once = x.grad
    loss.backward()
    assert_close(x.grad, 2 * once)
    assert_close(once, 2 * before + 1)
    assert_close(start, before)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32])
def test_tensor_value_keeps_the_type(dtype, rng):
    x, w = TensorValue(draw(rng, 2, 3, dtype=dtype)), TensorValue(draw(rng, 3, 2, dtype=dtype))
    loss = ((x @ w + 0.5).tanh() * 2 - 1).sum()
    loss.backward()
    assert {t.dtype for t in (loss.data, x.grad, w.grad)} == {dtype}


def test_tensor_value_takes_views_and_gives_their_shape_back(rng):
    x = TensorValue(draw(rng, 4, 3).T[:, ::2])
    (x * x).sum(0).sum().backward()
    assert_close(x.grad, 2 * x.data)
    assert repr(x) == "TensorValue((3, 2))"


# Second derivatives


@pytest.mark.equation("autograd_curvature")
@given(st.integers(1, 4), st.integers(0, 99))
def test_the_table_of_second_derivatives_times_a_direction(n, seed):
    """The gradient of gradient times v, the table by nudging twice, and the numbers worked on the page."""
    rng = torch.Generator().manual_seed(seed)
    m, w, v = draw(rng, n, n), draw(rng, n).requires_grad_(), draw(rng, n)
    loss = lambda w: (m @ w).tanh().square().sum() + w.exp().prod()  # noqa: E731
    slopes = lambda w: torch.autograd.grad(loss(w), w, create_graph=True)[0]  # noqa: E731
    (product,) = torch.autograd.grad(slopes(w) @ v, w)
    along = lambda h: slopes((w + h * v).detach().requires_grad_()).detach()  # noqa: E731
    assert_close(product, (along(1e-5) - along(-1e-5)) / 2e-5, rtol=1e-5, atol=1e-6)
    table = torch.stack([torch.autograd.grad(g, w, retain_graph=True)[0] for g in slopes(w)])
    assert_close(product, table @ v)


# Mistakes

VALUE = as_a_reader_imports_it(dlbook.backprop.value)
DUAL = as_a_reader_imports_it(dlbook.backprop.dual)
TENSOR = as_a_reader_imports_it(dlbook.backprop.tensor)


@pytest.mark.parametrize("data", [True, "1", None, 1j, torch.tensor(1.0)])
def test_only_real_numbers_become_values(data):
    for make in (VALUE.Value, DUAL.Dual, lambda x: VALUE.Value(1) + x, lambda x: DUAL.Dual(1, slope=x)):
        with pytest.raises(ValueError, match="here only real numbers fit, got "):
            make(data)


@pytest.mark.parametrize(
    ("a", "n", "message"),
    [
        (2.0, "2", "the power must be a finite number, got '2'"),
        (2.0, math.inf, "the power must be a finite number, got inf"),
        (2.0, True, "the power must be a finite number, got True"),
        (-2.0, 0.5, "-2.0 to the power of 0.5 is no real number"),
        (0.0, -1, "0 to the power of -1 has no finite slope"),
        (0.0, 0.5, "0 to the power of 0.5 has no finite slope"),
    ],
)
def test_powers_without_sense_are_refused(a, n, message):
    with pytest.raises(ValueError, match=message):
        VALUE.Value(a) ** n
    if type(n) is float:  # the other types are caught by the shape checks of the test run
        with pytest.raises(ValueError, match=message):
            DUAL.Dual(a) ** n
    with pytest.raises(ValueError, match="the power must be a finite number"):
        VALUE.Value(2) ** VALUE.Value(2)


@pytest.mark.parametrize("x", [0.0, -1.5])
def test_logarithms_of_what_is_not_positive_are_refused(x):
    with pytest.raises(ValueError, match=f"log needs a number above 0, got {x}"):
        VALUE.Value(x).log()


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda: TENSOR.TensorValue([1.0]), "data must hold floating-point numbers, got list"),
        (lambda: TENSOR.TensorValue(torch.ones(2).long()), "data must hold floating-point numbers, got torch.int64"),
        (lambda: TENSOR.TensorValue(torch.ones(2)).backward(), r"backward starts from one number .* got shape \(2,\)"),
        (lambda: TENSOR.TensorValue(torch.ones(2)) @ torch.ones(2), r"got shapes \(2,\) and \(2,\)"),
        (lambda: TENSOR.TensorValue(torch.ones(2, 3)) @ torch.ones(2, 3), r"got shapes \(2, 3\) and \(2, 3\)"),
    ],
)
def test_tensors_that_do_not_fit_are_refused(action, message):
    with pytest.raises(ValueError, match=message):
        action()
