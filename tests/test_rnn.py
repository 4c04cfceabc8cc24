"""Recurrent networks: values, gradients, laws, and what is refused."""

import math

import pytest
import torch
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.rnn.recall
import dlbook.rnn.series
import dlbook.rnn.text
import dlbook.rnn.through_time
from dlbook.experiment import fit_many, split
from dlbook.rnn import GRU, LSTM, RNN, multiply_adds, remember
from dlbook.rnn.recall import Reader, recall
from dlbook.rnn.series import DAY, daily_prices, least_error, naive, seasonal_naive, temperatures, windows
from dlbook.rnn.text import Counts, TextModel, choose, fit_text, perplexity, pieces, write
from dlbook.rnn.through_time import detached, gradient_by_lag, rnn_backward, spectral_radius, with_radius

PAIRS = {"RNN": (RNN, nn.RNN), "GRU": (GRU, nn.GRU), "LSTM": (LSTM, nn.LSTM)}
T, N, IN, D = 6, 4, 3, 5


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(6)


def pair(kind, rng, **how):
    """Our layer and torch's, with the same weights, in double precision."""
    ours, theirs = (make(IN, D, **how) for make in PAIRS[kind])
    ours = ours.double()
    with torch.no_grad():
        for weight in ours.parameters():
            weight.uniform_(-0.8, 0.8, generator=rng)
    theirs = theirs.double()
    theirs.load_state_dict(ours.state_dict())
    return ours, theirs


def draw(*shape, rng):
    return torch.randn(*shape, generator=rng, dtype=torch.float64)


def flat(state):
    return state if isinstance(state, tuple) else (state,)


def same_gradients(ours, theirs, mine, other, *inputs):
    """The gradients of two losses with respect to weights and inputs."""
    a = torch.autograd.grad(mine, [*ours.parameters(), *inputs])
    b = torch.autograd.grad(other, [*theirs.parameters(), *inputs])
    for one, two in zip(a, b, strict=True):
        assert_close(one, two)


def weighted(y, state, rng):
    """A loss that all outputs and last states take part in, each with its own weight."""
    rng = torch.Generator().manual_seed(1)
    return sum((each * draw(*each.shape, rng=rng)).sum() for each in (y, *flat(state)))


# equal to torch


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"bias": False},
        {"batch_first": True},
        {"num_layers": 3},
        {"bidirectional": True},
        {"num_layers": 2, "bidirectional": True, "batch_first": True},
    ],
)
def test_values_and_gradients_are_torchs(kind, how, rng):
    ours, theirs = pair(kind, rng, **how)
    x = draw(N, T, IN, rng=rng).requires_grad_()
    (y, last), (y2, last2) = ours(x), theirs(x)
    assert_close(y, y2)
    assert_close(last, last2)
    same_gradients(ours, theirs, weighted(y, last, rng), weighted(y2, last2, rng), x)


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("how", [{}, {"num_layers": 2, "bidirectional": True}])
def test_with_a_state_to_begin_with(kind, how, rng):
    ours, theirs = pair(kind, rng, **how)
    many = ours.num_layers * ours.directions
    x = draw(T, N, IN, rng=rng).requires_grad_()
    given = tuple(draw(many, N, D, rng=rng).requires_grad_() for _ in range(ours.tensors))
    state = given if ours.tensors > 1 else given[0]
    (y, last), (y2, last2) = ours(x, state), theirs(x, state)
    assert_close((y, last), (y2, last2))
    same_gradients(ours, theirs, weighted(y, last, rng), weighted(y2, last2, rng), x, *given)


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("how", [{}, {"batch_first": True, "bidirectional": True, "num_layers": 2}])
@pytest.mark.parametrize("lengths", [[6, 1, 3, 5], [6, 6, 6, 6], [2, 2, 1, 2]])
def test_padded_with_lengths_is_what_torch_does_packed(kind, how, lengths, rng):
    ours, theirs = pair(kind, rng, **how)
    first = ours.batch_first
    x = draw(N, T, IN, rng=rng) if first else draw(T, N, IN, rng=rng)
    x.requires_grad_()
    lengths = torch.tensor(lengths)
    packed = pack_padded_sequence(x, lengths, batch_first=first, enforce_sorted=False)
    (y, last), (y2, last2) = ours(x, lengths=lengths), theirs(packed)
    y2, _ = pad_packed_sequence(y2, batch_first=first, total_length=T)
    assert_close((y, last), (y2, last2))
    same_gradients(ours, theirs, weighted(y, last, rng), weighted(y2, last2, rng), x)


@pytest.mark.parametrize("kind", PAIRS)
def test_filler_has_no_say_even_if_it_is_nan(kind, rng):
    ours, _ = pair(kind, rng, bidirectional=True, num_layers=2)
    x, lengths = draw(T, 2, IN, rng=rng), torch.tensor([3, T])
    y, last = ours(x, lengths=lengths)
    x = x.clone()
    x[3:, 0] = math.nan
    assert_close(ours(x, lengths=lengths), (y, last))
    assert (y[3:, 0] == 0).all()


def test_relu_and_no_activation(rng):
    ours, theirs = RNN(IN, D, nonlinearity="relu"), nn.RNN(IN, D, nonlinearity="relu")
    theirs.load_state_dict(ours.state_dict())
    x = torch.randn(T, N, IN, generator=rng)
    assert_close(ours(x), theirs(x))
    line = RNN(IN, D, nonlinearity="none", bias=False)
    assert_close(line(2 * x)[0], 2 * line(x)[0])


@pytest.mark.parametrize("kind", PAIRS)
def test_layers_stand_for_torchs_in_both_ways(kind):
    ours, theirs = PAIRS[kind][0](IN, D, num_layers=2), PAIRS[kind][1](IN, D, num_layers=2)
    ours.load_state_dict(theirs.state_dict())
    assert list(ours.state_dict()) == list(theirs.state_dict())
    assert sum(p.numel() for p in ours.parameters()) == sum(p.numel() for p in theirs.parameters())


@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_it_keeps_the_type(kind, dtype, rng):
    ours, theirs = (layer.to(dtype) for layer in pair(kind, rng))
    x = torch.randn(T, N, IN, generator=rng).to(dtype)
    y, last = ours(x)
    assert y.dtype == dtype
    assert {each.dtype for each in flat(last)} == {dtype}
    exact = theirs.double()(x.double())[0]
    assert_close(y.double(), exact, atol=20 * torch.finfo(dtype).eps, rtol=0)


@pytest.mark.parametrize("kind", PAIRS)
def test_strided_input_and_an_empty_batch(kind, rng):
    ours, _ = pair(kind, rng, batch_first=True)
    x = draw(T, N, IN, rng=rng)
    assert_close(ours(x.transpose(0, 1)), ours(x.transpose(0, 1).contiguous()))
    y, last = ours(x.transpose(0, 1)[:0])
    assert y.shape == (0, T, D)
    assert flat(last)[0].shape == (1, 0, D)
    y, _ = ours(x.transpose(0, 1)[:0], lengths=torch.empty(0, dtype=torch.int64))
    assert y.shape == (0, T, D)


def test_the_start_comes_from_the_generator_within_torchs_bounds():
    a, b = (LSTM(3, 16, generator=torch.Generator().manual_seed(1)) for _ in range(2))
    other = LSTM(3, 16, generator=torch.Generator().manual_seed(2))
    assert all(torch.equal(p, q) for p, q in zip(a.parameters(), b.parameters(), strict=True))
    assert not torch.equal(a.weight_ih_l0, other.weight_ih_l0)
    assert max(p.abs().max() for p in a.parameters()) <= 0.25
    assert max(p.abs().max() for p in a.parameters()) > 0.24


# formulas


@pytest.mark.equation("rnn_step")
def test_a_step_number_by_number(rng):
    ours, _ = pair("RNN", rng)
    x = draw(2, 1, IN, rng=rng)
    w, v = ours.weight_ih_l0, ours.weight_hh_l0
    h = [0.0] * D
    for t in range(2):
        h = [
            math.tanh(
                sum(float((w[r, i] * x[t, 0, i]).detach()) for i in range(IN))
                + float((ours.bias_ih_l0[r] + ours.bias_hh_l0[r]).detach())
                + sum(float(v[r, q].detach()) * h[q] for q in range(D))
            )
            for r in range(D)
        ]
    assert_close(ours(x)[1][0, 0].detach(), torch.tensor(h, dtype=torch.float64))


@pytest.mark.equation("rnn_power")
def test_without_activation_and_bias_it_is_powers_of_one_matrix(rng):
    line = RNN(IN, D, nonlinearity="none", bias=False).double()
    x, start = draw(T, N, IN, rng=rng), draw(1, N, D, rng=rng)
    w_hh, w_ih = line.weight_hh_l0, line.weight_ih_l0
    by_powers = start[0] @ torch.linalg.matrix_power(w_hh, T).T
    for t in range(1, T + 1):
        by_powers = by_powers + x[t - 1] @ (torch.linalg.matrix_power(w_hh, T - t) @ w_ih).T
    assert_close(line(x, start)[1][0], by_powers)


def differences(f, x, step=1e-6):
    found = torch.zeros_like(x)
    for place in range(x.numel()):
        change = torch.zeros_like(x)
        change.view(-1)[place] = step
        found.view(-1)[place] = (f(x + change) - f(x - change)) / (2 * step)
    return found


def a_loss(x, start, w_ih, w_hh, bias, weights):
    """Written without the package: each state has its own weight in the loss."""
    h, total = start, 0.0
    for t in range(len(x)):
        h = torch.tanh(x[t] @ w_ih.T + h @ w_hh.T + bias)
        total = total + (weights[t] * h).sum()
    return total


@pytest.fixture
def unrolled(rng):
    args = [draw(4, 2, IN, rng=rng), draw(2, D, rng=rng), draw(D, IN, rng=rng) / 2, draw(D, D, rng=rng) / 2]
    return [*args, draw(D, rng=rng), draw(4, 2, D, rng=rng)]


@pytest.mark.equation("rnn_bptt")
@pytest.mark.equation("rnn_bptt_weights")
def test_the_way_back_through_time_against_differences(unrolled):
    x, start, w_ih, w_hh, bias, weights = unrolled
    h, states = start, []
    for row in x:
        h = torch.tanh(row @ w_ih.T + h @ w_hh.T + bias)
        states.append(h)
    got = rnn_backward(weights, x, torch.stack(states), start, w_ih, w_hh)
    for name, place in {"x": 0, "start": 1, "w_ih": 2, "w_hh": 3, "bias": 4}.items():

        def at(value, place=place):
            return a_loss(*unrolled[:place], value, *unrolled[place + 1 :])

        assert_close(getattr(got, name), differences(at, unrolled[place]), atol=1e-7, rtol=1e-6)


def test_the_way_back_through_time_against_autograd(rng):
    ours, _ = pair("RNN", rng)
    x, start, weights = draw(T, N, IN, rng=rng), draw(1, N, D, rng=rng), draw(T, N, D, rng=rng)
    x.requires_grad_()
    h = ours(x, start)[0]
    w = [p.detach() for p in (ours.weight_ih_l0, ours.weight_hh_l0)]
    got = rnn_backward(weights, x.detach(), h.detach(), start[0], *w)
    (h * weights).sum().backward()
    assert_close(got.x, x.grad)
    assert_close(got.w_ih, ours.weight_ih_l0.grad)
    assert_close(got.w_hh, ours.weight_hh_l0.grad)
    assert_close(got.bias, ours.bias_hh_l0.grad)
    assert_close(got.bias, ours.bias_ih_l0.grad)


@pytest.mark.equation("rnn_lag")
@pytest.mark.parametrize("lag", [1, 2, 4])
def test_a_state_depends_on_an_earlier_one_by_a_product(lag, rng):
    w, b = draw(D, D, rng=rng), draw(D, rng=rng)

    def after(h, steps):
        for _ in range(steps):
            h = torch.tanh(w @ h + b)
        return h

    start = draw(D, rng=rng)
    product = torch.eye(D, dtype=torch.float64)
    for k in range(1, lag + 1):
        product = torch.diag(1 - after(start, k) ** 2) @ w @ product
    assert_close(torch.autograd.functional.jacobian(lambda h: after(h, lag), start), product)


@pytest.mark.equation("rnn_bound")
def test_the_product_is_no_longer_than_the_power_of_the_largest_stretch(rng):
    for _ in range(20):
        w, b, h = draw(D, D, rng=rng), draw(D, rng=rng), draw(D, rng=rng)
        product, stretch, slope = torch.eye(D, dtype=torch.float64), torch.linalg.matrix_norm(w, 2), 0.0
        for k in range(1, 6):
            h = torch.tanh(w @ h + b)
            slope = max(slope, float((1 - h**2).max()))
            product = torch.diag(1 - h**2) @ w @ product
            assert torch.linalg.matrix_norm(product, 2) <= (slope * stretch) ** k * (1 + 1e-9)


@pytest.mark.equation("lstm")
def test_an_lstm_number_by_number(rng):
    ours, _ = pair("LSTM", rng)
    x, h0, c0 = draw(1, 1, IN, rng=rng), draw(1, 1, D, rng=rng), draw(1, 1, D, rng=rng)
    a = ours.weight_ih_l0 @ x[0, 0] + ours.bias_ih_l0 + ours.weight_hh_l0 @ h0[0, 0] + ours.bias_hh_l0

    a = a.detach()

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    h, c = (each.detach() for each in ours(x, (h0, c0))[1])
    for k in range(D):
        i, f, g, o = (float(a[part * D + k]) for part in range(4))
        cell = sigmoid(f) * float(c0[0, 0, k]) + sigmoid(i) * math.tanh(g)
        assert math.isclose(c[0, 0, k], cell)
        assert math.isclose(h[0, 0, k], sigmoid(o) * math.tanh(cell))


@pytest.mark.equation("gru")
def test_a_gru_number_by_number(rng):
    ours, _ = pair("GRU", rng)
    x, h0 = draw(1, 1, IN, rng=rng), draw(1, 1, D, rng=rng)
    a = ours.weight_ih_l0 @ x[0, 0] + ours.bias_ih_l0
    b = ours.weight_hh_l0 @ h0[0, 0] + ours.bias_hh_l0
    a, b = a.detach(), b.detach()
    h = ours(x, h0)[1].detach()
    for k in range(D):
        r = 1 / (1 + math.exp(-float(a[k] + b[k])))
        z = 1 / (1 + math.exp(-float(a[D + k] + b[D + k])))
        n = math.tanh(float(a[2 * D + k]) + r * float(b[2 * D + k]))
        assert math.isclose(h[0, 0, k], (1 - z) * n + z * float(h0[0, 0, k]))


@pytest.mark.equation("lstm_carry")
def test_along_the_cells_the_gradient_is_a_product_of_forget_gates(rng):
    a = draw(5, 1, 4 * D, rng=rng)  # gates that do not look at h
    start = draw(1, D, rng=rng).requires_grad_()
    state = (torch.zeros(1, D, dtype=torch.float64), start)
    for row in a:
        state = dlbook.rnn.layers.lstm_step(row, torch.zeros_like(row), state)
    (got,) = torch.autograd.grad(state[1].sum(), start)
    gates = 1 / (1 + torch.exp(-a[:, 0, D : 2 * D]))
    assert_close(got[0], gates.prod(0))


@pytest.mark.equation("rnn_cost")
@pytest.mark.parametrize("kind", PAIRS)
@pytest.mark.parametrize(("layers", "both"), [(1, False), (3, False), (2, True)])
def test_multiply_adds_are_those_of_the_products(kind, layers, both):
    ours = PAIRS[kind][0](IN, D, num_layers=layers, bidirectional=both)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        ours(torch.zeros(T, 1, IN))
    expected = multiply_adds(ours.parts, IN, D, steps=T, layers=layers, directions=1 + both)
    assert counter.get_total_flops() == 2 * expected
    weights = sum(p.numel() for name, p in ours.named_parameters() if name.startswith("weight"))
    assert expected == T * weights


@pytest.mark.equation("rnn_temperature")
def test_drawn_shares_are_those_of_the_softmax(rng):
    scores = torch.tensor([1.0, 2.0, 0.5])
    shares = [math.exp(s / 0.7) for s in scores.tolist()]
    drawn = [choose(scores, 0.7, rng) for _ in range(4000)]
    for token, share in enumerate(shares):
        assert abs(drawn.count(token) / 4000 - share / sum(shares)) < 0.03


@pytest.mark.equation("rnn_counts")
def test_counts_by_hand():
    # a b a b b: after a: b b. Of five: a 2, b 3. m = 1, two tokens.
    counts = Counts(torch.tensor([0, 1, 0, 1, 1]), 2, back=1, trust=1.0)
    p_b = (3 + 1 * 0.5) / (5 + 1)
    assert math.isclose(counts.probability((), 1), p_b)
    assert math.isclose(counts.probability((0,), 1), (2 + p_b) / (2 + 1))
    assert math.isclose(counts.probability((1, 0), 1), (2 + p_b) / (2 + 1))  # looks one back
    assert math.isclose(counts.probability((1,), 1), (1 + p_b) / (2 + 1))


@pytest.mark.parametrize("back", [0, 1, 3])
def test_counted_shares_add_up_to_one(back, rng):
    ids = torch.randint(5, (200,), generator=rng)
    counts = Counts(ids, 5, back=back, trust=2.0)
    for context in ((), (0,), (1, 2), (4, 4, 4), (0, 1, 2, 3)):
        assert math.isclose(sum(counts.probability(context, k) for k in range(5)), 1)


def test_perplexity_of_counts_is_that_of_their_shares(rng):
    ids, new = torch.randint(3, (100,), generator=rng), torch.randint(3, (20,), generator=rng)
    counts = Counts(ids, 3, back=2, trust=1.5)
    text, product = new.tolist(), 1.0
    for t in range(1, 20):
        product *= counts.probability(tuple(text[:t]), text[t])
    assert math.isclose(counts.perplexity(new), product ** (-1 / 19))
    assert math.isclose(Counts(ids[:1] * 0, 3, back=0, trust=1e9).perplexity(new), 3, rel_tol=1e-6)


# the recall task


def test_the_reader_answers_when_all_has_been_read(rng):
    reader = Reader(nn.RNN(2, 3, batch_first=True), rng).double()
    x = torch.rand(4, 6, 2, generator=rng, dtype=torch.float64, requires_grad=True)
    answer = reader(x)
    assert_close(answer, reader.layer(x)[1][0] @ reader.output.weight[0] + reader.output.bias)
    (slope,) = torch.autograd.grad(answer.sum(), x)
    assert (slope.abs().sum(2) > 0).all(), "each step counts, the last too"


def test_recall_asks_for_the_first():
    x, y = recall(400, 7, torch.Generator().manual_seed(0))
    assert x.shape == (400, 8, 2)
    assert torch.equal(x[:, 0, 0], y)
    assert not x[:, 1:, 0].any()
    for drawn in (y, x[..., 1].flatten()):
        assert -1 <= drawn.min() < -0.9
        assert 0.9 < drawn.max() <= 1
    again, _ = recall(400, 7, torch.Generator().manual_seed(0))
    assert torch.equal(x, again)


def a_reader(kind, generator):
    return Reader(kind(2, 8, batch_first=True, generator=generator), generator)


def root(outputs, y):
    return (outputs - y).square().mean().sqrt()


def test_all_recurrent_layers_learn_a_short_lag(rng):
    x, y = recall(600, 2, rng)
    data = split(x, y, seed=0)
    how = {"steps": 150, "rates": 0.03, "loss": nn.MSELoss(), "metric": root}
    for kind in (RNN, GRU, LSTM):
        many = fit_many(lambda generator, kind=kind: a_reader(kind, generator), [0, 1, 2], data, **how)
        assert many.reason == ""  # trained as a stack: nothing in our layers stops torch.func
        assert (many.validation[0, :, -1] < 0.1).all()  # a constant has 0.58


def test_a_reader_takes_torchs_layer_too(rng):
    ours, theirs = (Reader(make(2, 6, batch_first=True)) for make in PAIRS["LSTM"])
    theirs.load_state_dict(ours.state_dict())
    x, _ = recall(5, 4, rng)
    assert_close(ours(x), theirs(x))


# lags


def test_gradient_by_lag_of_a_line_is_that_of_powers(rng):
    line = RNN(1, 2, nonlinearity="none", bias=False).double()
    w = torch.tensor([[0.0, 0.5], [-0.5, 0.0]], dtype=torch.float64)
    with torch.no_grad():
        line.weight_hh_l0.copy_(w)
        line.weight_ih_l0.copy_(torch.tensor([[1.0], [0.0]]))
    direction = torch.tensor([[3.0, 4.0]], dtype=torch.float64)
    got = gradient_by_lag(line, draw(4, 1, 1, rng=rng), direction)
    expected = [
        abs(float(direction[0] @ torch.linalg.matrix_power(w, k) @ torch.tensor([1.0, 0]).double())) for k in range(4)
    ]
    assert_close(got, torch.tensor(expected, dtype=torch.float64))


def test_gradient_by_lag_is_the_mean_over_the_sequences(rng):
    ours, _ = pair("GRU", rng)
    x, v = draw(T, N, IN, rng=rng), draw(N, D, rng=rng)
    each = [gradient_by_lag(ours, x[:, [k]], v[[k]]) for k in range(N)]
    assert_close(gradient_by_lag(ours, x, v), torch.stack(each).mean(0))
    assert all(p.grad is None for p in ours.parameters())


def test_the_radius_is_that_of_the_eigenvalues(rng):
    w = draw(D, D, rng=rng)
    power = torch.linalg.matrix_norm(torch.linalg.matrix_power(w, 400) / 1.0, 2) ** (1 / 400)
    assert abs(spectral_radius(w) / float(power) - 1) < 0.02
    assert math.isclose(spectral_radius(with_radius(w, 1.3)), 1.3)
    assert with_radius(w.float(), 0.5).dtype == torch.float32


def test_the_forget_bias_opens_the_forget_gates_only():
    a = LSTM(2, 3, num_layers=2, bidirectional=True)
    b = LSTM(2, 3, num_layers=2, bidirectional=True)
    b.load_state_dict(a.state_dict())
    remember(b, 2.0)
    for (name, one), two in zip(a.named_parameters(), b.parameters(), strict=True):
        change = torch.zeros_like(one)
        if "bias_ih" in name:
            change[3:6] = 2.0
        assert_close(two - one, change, atol=1e-6, rtol=0)
    theirs = nn.LSTM(2, 3)
    before = theirs.bias_ih_l0.detach().clone()
    remember(theirs)
    assert_close(theirs.bias_ih_l0[3:6] - before[3:6], torch.ones(3))


def test_a_detached_state_has_no_history():
    x = torch.ones(2, requires_grad=True)
    assert not detached(2 * x).requires_grad
    assert [each.requires_grad for each in detached((2 * x, 3 * x))] == [False, False]


# text


def test_pieces_go_on_where_the_one_before_ended():
    found = list(pieces(torch.arange(22), 2, 4))
    assert [x.shape[1] for x, _ in found] == [4, 4, 2]
    assert_close(torch.cat([x for x, _ in found], 1), torch.stack([torch.arange(10), torch.arange(10, 20)]))
    assert all(torch.equal(x + 1, y) for x, y in found)


def test_perplexity_does_not_depend_on_the_pieces(rng):
    model = TextModel(7, 3, 5).double()
    ids = torch.randint(7, (50,), generator=rng)
    whole = model(ids[None, :-1])[0][0]
    expected = nn.functional.cross_entropy(whole, ids[1:]).exp()
    for steps in (1, 8, 100):
        assert math.isclose(perplexity(model, ids, steps), float(expected.detach()), rel_tol=1e-9)


def test_a_text_model_learns_a_rhythm():
    torch.manual_seed(0)
    model = TextModel(3, 4, 8)
    ids = torch.tensor([0, 0, 1, 2] * 60)
    losses = fit_text(model, ids, steps=60, rate=0.03, rows=4, length=8)
    assert len(losses) == 60
    assert perplexity(model, ids) < 1.1
    rng = torch.Generator().manual_seed(0)
    assert write(model, ids[:7], 5, temperature=0, generator=rng) == [2, 0, 0, 1, 2]


def test_writing_carries_the_state(rng):
    model = TextModel(6, 3, 5, layer=nn.GRU).double()
    begin = torch.tensor([1, 2])
    found = write(model, begin, 4, temperature=1.0, generator=torch.Generator().manual_seed(3))
    again, rng = [], torch.Generator().manual_seed(3)
    for _ in range(4):  # the whole text each time, from no state
        scores, _ = model(torch.tensor([[1, 2, *again]]))
        again.append(choose(scores[0, -1].detach(), 1.0, rng))
    assert found == again


def test_ties_take_the_first_and_top_keeps_just_so_many(rng):
    even = torch.zeros(32)
    assert choose(even, 0, rng) == 0
    assert {choose(even, 1.0, rng, top=2) for _ in range(40)} == {0, 1}
    assert {choose(even, 1.0, rng, top=1) for _ in range(5)} == {0}
    scores = torch.tensor([0.0, 5.0, 1.0, 5.0, 5.0])
    assert {choose(scores, 10.0, rng, top=2) for _ in range(40)} == {1, 3}
    assert {choose(scores, 10.0, rng, top=5) for _ in range(200)} == {0, 1, 2, 3, 4}


# series


def test_windows_by_a_loop():
    series = torch.arange(10.0) ** 2
    x, y = windows(series, 4, ahead=3)
    rows = [(series[i : i + 4], series[i + 6]) for i in range(4)]
    assert len(x) == 4
    for i, (window, target) in enumerate(rows):
        assert torch.equal(x[i], window)
        assert y[i] == target


@pytest.mark.parametrize("ahead", [1, 5, 24, 25, 48])
def test_the_seasonal_forecast_is_right_for_a_day_that_repeats(ahead):
    day = torch.randn(24, generator=torch.Generator().manual_seed(0))
    x, y = windows(day.repeat(6), 48, ahead=ahead)
    assert torch.equal(seasonal_naive(x, ahead), y)
    assert torch.equal(naive(x), x[:, 47])


def test_temperatures_are_a_year_a_day_and_weather():
    calm = temperatures(365, torch.Generator(), noise=0)
    assert_close(calm.mean(), torch.tensor(12.0).double())
    assert calm.view(365, DAY).mean(1).argmin() in (0, 364)
    assert calm.view(365, DAY)[0].argmin() == 3
    made = temperatures(2000, torch.Generator().manual_seed(1))
    weather = made - temperatures(2000, torch.Generator(), noise=0)
    assert abs(float(weather.std()) - 0.7 / math.sqrt(1 - 0.95**2)) < 0.1
    for ahead in (1, 6):
        best = weather[:-ahead] * 0.95**ahead
        assert abs(float((weather[ahead:] - best).square().mean().sqrt()) / least_error(ahead) - 1) < 0.03


def test_prices_are_those_of_the_wheel():
    days, prices = daily_prices()
    assert len(days) == len(prices) == 1047
    assert (str(days[-1]), prices[-1].item()) == ("2008-10-14", 362.71)
    assert (days[1:] > days[:-1]).all()


# what is refused

plain_layers = as_a_reader_imports_it(dlbook.rnn.layers)
plain_through_time = as_a_reader_imports_it(dlbook.rnn.through_time)
plain_recall = as_a_reader_imports_it(dlbook.rnn.recall)
plain_text = as_a_reader_imports_it(dlbook.rnn.text)
plain_series = as_a_reader_imports_it(dlbook.rnn.series)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plain_layers.RNN(0, 5), "input_size must be an integer of at least 1, got 0"),
        (lambda: plain_layers.GRU(3, 2.0), r"hidden_size must be an integer of at least 1, got 2\.0"),
        (lambda: plain_layers.LSTM(3, 5, num_layers=0), "num_layers must be .* got 0"),
        (lambda: plain_layers.RNN(3, 5, nonlinearity="sin"), "nonlinearity must be one of .* got 'sin'"),
        (lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 3)), r"x must have 3 axes .* got 2"),
        (lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 2, 4)), "at least 1 step and 3 inputs at each, got 7 and 4"),
        (lambda: plain_layers.RNN(3, 5)(torch.zeros(0, 2, 3)), "at least 1 step and 3 inputs at each, got 0 and 3"),
        (lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 2, 3).double()), "x is torch.float64, weight is torch.float32"),
        (
            lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 2, 3).long()),
            "must hold floating-point numbers, got torch.int64",
        ),
        (
            lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 2, 3), torch.zeros(2, 5)),
            r"state must be 1 of shape \(1, 2, 5\)",
        ),
        (
            lambda: plain_layers.LSTM(3, 5)(torch.zeros(7, 2, 3), torch.zeros(1, 2, 5)),
            r"state must be 2 of shape .* got",
        ),
        (lambda: plain_layers.GRU(3, 5)(torch.zeros(7, 2, 3), 0), r"state must be 1 of shape .* got \['int'\]"),
        (lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 2, 3), lengths=torch.tensor([7])), "lengths must be 2, got 1"),
        (
            lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 1, 3), lengths=torch.tensor([8])),
            "a length must be .* 1 to 7, got 8",
        ),
        (
            lambda: plain_layers.RNN(3, 5)(torch.zeros(7, 1, 3), lengths=torch.tensor([0])),
            "a length must be .* 1 to 7, got 0",
        ),
        (lambda: plain_layers.remember(nn.GRU(2, 3)), "layer must be an LSTM with biases"),
        (lambda: plain_layers.remember(plain_layers.LSTM(2, 3, bias=False)), "layer must be an LSTM with biases"),
        (lambda: plain_layers.multiply_adds(4, 0, 5), "d_in must be an integer of at least 1, got 0"),
        (lambda: plain_through_time.with_radius(torch.zeros(2, 2), 1.0), r"spectral radius above 0, got 0\.0"),
        (lambda: plain_through_time.with_radius(torch.eye(2), -1.0), r"radius must be .* of at least 0, got -1\.0"),
        (lambda: plain_recall.recall(5, 0, torch.Generator()), "lag must be an integer of at least 1, got 0"),
        (lambda: list(plain_text.pieces(torch.arange(3), 3, 2)), "ids must be at least 4, one more than rows, got 3"),
        (lambda: plain_text.choose(torch.zeros(3), -1, torch.Generator()), "temperature must be .* got -1"),
        (
            lambda: plain_text.choose(torch.zeros(3), 1, torch.Generator(), top=4),
            "top must be an integer from 1 to 3, got 4",
        ),
        (lambda: plain_text.Counts(torch.tensor([0, 3]), 3, back=1, trust=1), "ids go from 0 to 2, got 3"),
        (
            lambda: plain_text.Counts(torch.tensor([0]), 3, back=1, trust=0),
            "trust must be a finite number above 0, got 0",
        ),
        (lambda: plain_series.windows(torch.arange(4.0), 3, 2), r"at least 5 numbers, got shape \(4,\)"),
        (lambda: plain_series.windows(torch.zeros(9, 2), 3), r"one row of at least 4 numbers, got shape \(9, 2\)"),
        (
            lambda: plain_series.seasonal_naive(torch.zeros(2, 10), 6),
            "the length of x must be an integer of at least 19, got 10",
        ),
        (lambda: plain_series.temperatures(0, torch.Generator()), "days must be an integer of at least 1, got 0"),
        (lambda: plain_series.least_error(0), "ahead must be an integer of at least 1, got 0"),
        (
            lambda: plain_through_time.gradient_by_lag(plain_layers.RNN(1, 2), torch.zeros(3, 1, 1), torch.zeros(2)),
            r"direction must have the shape of the last state, \(1, 2\), got \(2,\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("place", range(6))
def test_the_way_back_refuses_other_shapes(place, rng):
    shapes = [(4, 2, 5), (4, 2, 3), (4, 2, 5), (2, 5), (5, 3), (5, 5)]
    args = [torch.zeros(shape) for shape in shapes]
    args[place] = torch.zeros(*shapes[place][:-1], 7)
    with pytest.raises(ValueError, match="must have the shape"):
        plain_through_time.rnn_backward(*args)
    args[place] = torch.zeros(shapes[place]).double()
    with pytest.raises(ValueError, match=r"is torch.float\d\d, h is torch.float\d\d"):
        plain_through_time.rnn_backward(*args)


# what the page says of torch


def test_torchs_counter_sees_no_lstm():
    counts = {}
    for name, (_, theirs) in PAIRS.items():
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            theirs(10, 20)(torch.zeros(7, 1, 10))
        counts[name] = counter.get_total_flops() // 2
    assert counts == {"RNN": multiply_adds(1, 10, 20, steps=7), "GRU": multiply_adds(3, 10, 20, steps=7), "LSTM": 0}


def test_pad_sequence_takes_the_type_of_the_first():
    rows = [torch.tensor([1, 2]), torch.tensor([1.7])]
    assert pad_sequence(rows).tolist() == [[1, 1], [2, 0]]
