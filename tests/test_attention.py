"""Attention: ours against its definition in loops, against torch, against the page."""

import itertools
import math

import pytest
import torch
from attention_inputs import MASKS, draw, inputs
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import one_hot, scaled_dot_product_attention
from torch.testing import assert_close

import dlbook.attention
import dlbook.attention.gradient
import dlbook.attention.torch_weights
from dlbook.attention import (
    MultiHeadAttention,
    attention,
    attention_weights,
    causal_mask,
    cost,
    padding_mask,
)
from dlbook.attention.gradient import attention_gradient
from dlbook.attention.torch_weights import from_torch, to_torch

# cat drinks milk: the words of the page
X = torch.tensor([[1.0, 0, 1], [0, 1, 0], [0, 0, 1]], dtype=torch.float64)
W_Q = torch.tensor([[-2.0, 0, 2, 0], [1, 0, 1, 0], [0, 1, 0, 1]], dtype=torch.float64)
W_K = torch.tensor([[2.0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 2, 0]], dtype=torch.float64)
W_V = torch.tensor([[4.0, 0], [2, 0], [0, 4]], dtype=torch.float64)


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


# Values


def by_loops(query, key, value):
    """Output and weights of one text, number by number, without a tensor operation but indexing."""
    query, key, value = query.detach(), key.detach(), value.detach()
    (q, d_k), (k, d_v) = query.shape, value.shape
    a = [[0.0] * k for _ in range(q)]
    y = torch.zeros(q, d_v, dtype=query.dtype)
    for i in range(q):
        scores = [sum(float(query[i, c] * key[j, c]) for c in range(d_k)) / math.sqrt(d_k) for j in range(k)]
        total = sum(math.exp(s) for s in scores)
        for j in range(k):
            a[i][j] = math.exp(scores[j]) / total
            for c in range(d_v):
                y[i, c] += a[i][j] * value[j, c]
    return y, torch.tensor(a, dtype=query.dtype)


@pytest.mark.equation("attention")
@pytest.mark.equation("attention_weights")
@pytest.mark.parametrize(("q", "k", "d_k", "d_v"), [(1, 1, 1, 1), (4, 5, 3, 2), (6, 2, 8, 1), (3, 3, 16, 16)])
def test_attention_is_the_sum_on_the_page(q, k, d_k, d_v, rng):
    query, key, value = inputs(rng, q=q, k=k, d_k=d_k, d_v=d_v)
    y, a = by_loops(query, key, value)
    assert_close(attention(query, key, value), y)
    assert_close(attention_weights(query, key), a)
    printed = torch.softmax(query @ key.T / math.sqrt(d_k), dim=1) @ value
    assert_close(printed, y)


def test_numbers_worked_on_the_page():
    query, key, value = X @ W_Q, X @ W_K, X @ W_V
    assert query.tolist() == [[-2, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]]
    assert key.tolist() == [[2, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]]
    assert value.tolist() == [[4, 4], [2, 0], [0, 4]]
    assert (query @ key.T / 2).tolist() == [[0, 1, 2], [2, 0, 1], [0, 1, 0]]
    e = math.e
    drinks = [e**2 / (e**2 + 1 + e), 1 / (e**2 + 1 + e), e / (e**2 + 1 + e)]
    assert attention_weights(query, key)[1].tolist() == pytest.approx(drinks)
    assert [round(a, 3) for a in drinks] == [0.665, 0.090, 0.245]
    mixed = [4 * drinks[0] + 2 * drinks[1], 4 * drinks[0] + 4 * drinks[2]]
    assert attention(query, key, value)[1].tolist() == pytest.approx(mixed)


# torch


@given(
    st.lists(st.integers(0, 3), max_size=2),
    st.integers(0, 5),
    st.integers(1, 5),
    st.integers(1, 6),
    st.integers(1, 4),
    st.sampled_from(sorted(MASKS)),
    st.sampled_from([torch.float32, torch.float64]),
    st.integers(0, 99),
)
def test_attention_agrees_with_torch_in_value_and_gradient(batch, q, k, d_k, d_v, kind, dtype, seed):
    rng = torch.Generator().manual_seed(seed)
    found = [x.requires_grad_() for x in inputs(rng, *batch, q=q, k=k, d_k=d_k, d_v=d_v, dtype=dtype)]
    mask = MASKS[kind](rng, q, k)
    mask = mask.to(dtype) if kind in ("numbers", "infinite") else mask
    y = attention(*found, mask)
    assert y.shape == (*batch, q, d_v)
    assert y.dtype == dtype
    if 0 in y.shape:
        return  # torch's kernels disagree among themselves about texts without words
    expected = scaled_dot_product_attention(*found, attn_mask=mask)
    near = {"rtol": 1e-4, "atol": 1e-5} if dtype == torch.float32 else {"rtol": 1e-9, "atol": 1e-10}
    assert_close(y, expected, **near)
    grad_y = draw(rng, *y.shape, dtype=dtype)
    slopes, theirs = torch.autograd.grad(y, found, grad_y), torch.autograd.grad(expected, found, grad_y)
    for mine, other in zip(slopes, theirs, strict=True):
        assert_close(mine, other, **near)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
@pytest.mark.parametrize("kind", sorted(MASKS))
def test_half_precision_is_computed_wide_and_agrees_with_torch(dtype, kind, rng):
    found = inputs(rng, 2, 3, q=5, k=7, d_k=16, d_v=8, dtype=dtype)
    mask = MASKS[kind](rng, 5, 7)
    mask = mask.to(dtype) if kind in ("numbers", "infinite") else mask
    y = attention(*found, mask)
    assert y.dtype == attention_weights(*found[:2], mask).dtype == dtype
    exact = attention(*(x.double() for x in found), mask.double() if mask is not None and mask.dtype == dtype else mask)
    assert_close(y, exact.to(dtype), rtol=0, atol=torch.finfo(dtype).eps)
    theirs = scaled_dot_product_attention(*found, attn_mask=mask)
    assert_close(y, theirs, rtol=0.02, atol=8 * torch.finfo(dtype).eps)


def test_half_precision_does_not_overflow():
    rows = torch.full((2, 4), 200.0, dtype=torch.float16)  # the product 160,000 is no float16
    assert_close(attention(rows, rows, rows), rows)
    assert attention_gradient(rows, rows, rows, rows)[0].isfinite().all()


def test_a_float32_mask_goes_with_any_type(rng):
    bias = draw(rng, 4, 5, dtype=torch.float32)
    for dtype in (torch.bfloat16, torch.float32, torch.float64):
        found = inputs(rng, dtype=dtype)
        assert_close(
            attention(*found, bias), scaled_dot_product_attention(*found, attn_mask=bias), rtol=0.02, atol=0.02
        )


@pytest.mark.parametrize("kind", sorted(MASKS))
def test_inputs_may_be_views_and_stay_as_they_are(kind, rng):
    found = [x.transpose(0, 2) for x in (draw(rng, 3, 4, 2), draw(rng, 3, 5, 2), draw(rng, 2, 5, 2))]
    mask = MASKS[kind](rng, 5, 4)
    mask = None if mask is None else mask.T
    before = [x.clone() for x in found]
    kept = None if mask is None else mask.clone()
    y = attention(*found, mask)
    assert_close(y, attention(*(x.contiguous() for x in found), None if mask is None else mask.contiguous()))
    for x, was in zip(found, before, strict=True):
        assert torch.equal(x, was)
    assert mask is None or torch.equal(mask, kept)


def test_leading_axes_broadcast(rng):
    query, key, value = draw(rng, 2, 8, 5, 4), draw(rng, 2, 1, 6, 4), draw(rng, 6, 3)
    y = attention(query, key, value)
    for text, head in itertools.product(range(2), range(8)):
        assert_close(y[text, head], attention(query[text, head], key[text, 0], value))


def test_without_keys_there_is_nothing_to_take(rng):
    query, key, value = inputs(rng, 2, k=0)
    for mask in (None, torch.ones(4, 0, dtype=torch.bool)):
        y = attention(query, key, value, mask)
        assert torch.equal(y, torch.zeros(2, 4, 2, dtype=y.dtype))
        assert attention_weights(query, key, mask).shape == (2, 4, 0)


# The scores


@pytest.mark.equation("score_bilinear")
def test_scores_depend_on_the_product_of_two_matrices_only(rng):
    x, w_q, w_k = draw(rng, 5, 6), draw(rng, 6, 3), draw(rng, 6, 3)
    scores = (attention_weights(x @ w_q, x @ w_k)).log()
    turn = torch.linalg.qr(draw(rng, 3, 3)).Q
    for i, j in itertools.product(range(5), range(5)):
        printed = x[i] @ w_q @ w_k.T @ x[j] / math.sqrt(3)
        assert_close(scores[i, j] - scores[i, 0], printed - x[i] @ w_q @ w_k.T @ x[0] / math.sqrt(3))
    assert_close(attention_weights(x @ w_q @ turn, x @ w_k @ turn).log(), scores)
    assert torch.linalg.matrix_rank(w_q @ w_k.T) == 3


def test_scores_are_not_symmetric_unless_the_matrix_is():
    learned = X @ W_Q @ (X @ W_K).T
    assert (learned[0, 2], learned[2, 0]) == (4, 0)
    shared = X @ W_K @ (X @ W_K).T
    assert torch.equal(shared, shared.T)


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 99))
def test_with_one_matrix_for_both_no_pair_prefers_each_other(n, d_k, seed):
    rng = torch.Generator().manual_seed(seed)
    u = draw(rng, n, d_k)
    scores = u @ u.T
    for i, j in itertools.product(range(n), range(n)):
        assert scores[i, j] <= max(scores[i, i], scores[j, j]) + 1e-9


@pytest.mark.equation("score_variance")
@pytest.mark.parametrize("d_k", [1, 2, 3, 4, 5])
def test_variance_of_a_product_is_d_k_over_all_signs(d_k):
    signs = torch.tensor(list(itertools.product([-1.0, 1.0], repeat=2 * d_k)), dtype=torch.float64)
    products = (signs[:, :d_k] * signs[:, d_k:]).sum(1)  # every case, each as likely: no luck in it
    assert products.mean() == 0
    assert products.var(correction=0) == pytest.approx(d_k)
    assert (products / math.sqrt(d_k)).var(correction=0) == pytest.approx(1)


@pytest.mark.equation("score_variance")
def test_variance_of_a_product_is_d_k_for_other_distributions_too(rng):
    width = math.sqrt(12)  # of a uniform distribution with variance 1
    q, k = width * (torch.rand(2, 200_000, 9, generator=rng, dtype=torch.float64) - 0.5)
    assert (q * k).sum(1).var() == pytest.approx(9, rel=0.02)


@pytest.mark.equation("attention_entropy")
@given(st.integers(1, 12), st.floats(0.01, 30), st.integers(0, 99))
def test_entropy_is_the_logarithm_of_the_sum_less_the_mean_score(k, size, seed):
    rng = torch.Generator().manual_seed(seed)
    scores = size * draw(rng, k)
    weights = attention_weights(torch.ones(1, 1).double(), scores[:, None])[0]
    printed = -sum(a * math.log(a) if a > 0 else 0.0 for a in weights.tolist())
    assert printed == pytest.approx((scores.logsumexp(0) - weights @ scores).item(), abs=1e-9)
    assert -1e-12 <= printed <= math.log(k) + 1e-12  # from one word to all of them


def test_entropy_has_the_two_ends_of_the_page():
    even, one = torch.full((10,), 0.1), torch.tensor([1.0] + 9 * [0.0])
    assert_close(torch.special.entr(even).sum().exp(), torch.tensor(10.0))
    assert_close(torch.special.entr(one).sum().exp(), torch.tensor(1.0))


@pytest.mark.equation("attention_temperature")
@given(st.floats(0.1, 20), st.integers(1, 6), st.integers(0, 99))
def test_temperature_divides_the_log_of_every_ratio(t, k, seed):
    rng = torch.Generator().manual_seed(seed)
    query, key = draw(rng, 1, 4), draw(rng, k, 4)
    a, cooled = attention_weights(query, key)[0], attention_weights(query / t, key)[0]
    scores = (query @ key.T)[0] / 2
    printed = (scores / t).exp() / (scores / t).exp().sum()
    assert_close(cooled, printed)
    assert_close((cooled / cooled[0]).log() * t, (a / a[0]).log())


def test_temperature_has_the_two_ends_of_the_page():
    scores = torch.tensor([0.0, 1, 2], dtype=torch.float64)
    assert_close((scores / 1e-3).softmax(0), one_hot(torch.tensor(2), 3).double())
    assert_close((scores / 1e6).softmax(0), torch.full((3,), 1 / 3).double(), atol=1e-6, rtol=0)
    assert_close((scores + 100).softmax(0), scores.softmax(0))


# Masks


@pytest.mark.equation("masked_weights")
@given(st.integers(1, 5), st.integers(1, 6), st.integers(0, 99))
def test_masked_weights_are_those_of_the_visible_words_alone(q, k, seed):
    rng = torch.Generator().manual_seed(seed)
    query, key, value = inputs(rng, q=q, k=k)
    mask = torch.rand(q, k, generator=rng) < 0.6
    a = attention_weights(query, key, mask)
    powers = mask * (query @ key.T / math.sqrt(3)).exp()
    for i in range(q):
        visible = mask[i].nonzero().flatten()
        if not len(visible):
            assert torch.equal(a[i], torch.zeros(k, dtype=a.dtype))
            continue
        assert_close(a[i], powers[i] / powers[i].sum())
        alone = attention_weights(query[i : i + 1], key[visible])[0]
        assert_close(a[i, visible], alone)
        assert_close(attention(query, key, value, mask)[i], alone @ value[visible])


@given(st.sampled_from(sorted(MASKS)), st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_rows_of_weights_sum_to_one_or_to_nothing(kind, q, k, seed):
    rng = torch.Generator().manual_seed(seed)
    query, key, _ = inputs(rng, q=q, k=k)
    mask = MASKS[kind](rng, q, k)
    sums = attention_weights(query, key, mask).sum(1)
    if mask is None:
        may_look = torch.ones(q, dtype=torch.bool)
    else:
        may_look = (mask if mask.dtype == torch.bool else mask > -math.inf).any(1)
    assert_close(sums, may_look.double())


@given(st.integers(1, 7), st.integers(0, 6), st.integers(0, 99))
def test_the_future_changes_nothing_behind_a_causal_mask(n, now, seed):
    now = min(now, n - 1)
    rng = torch.Generator().manual_seed(seed)
    found = inputs(rng, 2, q=n, k=n)
    edited = [x.clone() for x in found]
    for x in edited:
        x[:, now + 1 :] = 1e3
    before, after = attention(*found, causal_mask(n)), attention(*edited, causal_mask(n))
    assert torch.equal(before[:, : now + 1], after[:, : now + 1])
    leaves = [x.requires_grad_() for x in found]
    slopes = torch.autograd.grad(attention(*leaves, causal_mask(n))[:, : now + 1].sum(), leaves)
    for slope in slopes:
        assert torch.equal(slope[:, now + 1 :], torch.zeros_like(slope[:, now + 1 :]))


def test_causal_attention_is_attention_over_each_beginning(rng):
    query, key, value = inputs(rng, q=6, k=6)
    y = attention(query, key, value, causal_mask(6))
    for i in range(6):
        assert_close(y[i], attention(query[i : i + 1], key[: i + 1], value[: i + 1])[0])


def test_what_stands_in_the_padding_does_not_matter(rng):
    layer = MultiHeadAttention(8, 2, generator=rng).double()
    x = draw(rng, 3, 5, 8)
    mask, other = padding_mask([2, 5, 3]), x.clone()
    other[0, 2:], other[2, 3:] = 50, -50
    y, edited = layer(x, mask=mask), layer(other, mask=mask)
    for text, length in enumerate([2, 5, 3]):
        assert_close(y[text, :length], edited[text, :length])
        assert_close(y[text, :length], layer(x[text : text + 1, :length])[0])


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
@pytest.mark.parametrize("boolean", [True, False])
def test_a_row_that_may_look_nowhere_is_zero_with_zero_gradient(dtype, boolean, rng):
    found = [x.requires_grad_() for x in inputs(rng, 1, 1, dtype=dtype)]
    may_look = torch.ones(4, 5, dtype=torch.bool)
    may_look[1] = False
    mask = may_look if boolean else torch.zeros(4, 5, dtype=dtype).masked_fill(~may_look, -math.inf)
    y, theirs = attention(*found, mask), scaled_dot_product_attention(*found, attn_mask=mask)
    assert torch.equal(y[0, 0, 1], torch.zeros(2, dtype=dtype))
    assert torch.equal(theirs[0, 0, 1], torch.zeros(2, dtype=dtype))
    slopes = torch.autograd.grad(y.sum(), found)
    assert all(slope.isfinite().all() for slope in slopes)
    assert torch.equal(slopes[0][0, 0, 1], torch.zeros(3, dtype=dtype))
    alone = torch.autograd.grad(attention(*found, mask)[0, 0, 1].sum(), found)
    assert all(torch.equal(slope, torch.zeros_like(slope)) for slope in alone)


def test_the_plain_math_kernel_of_torch_gives_zeros_too(rng):
    found = inputs(rng, 1, 1)
    with sdpa_kernel(SDPBackend.MATH):
        y = scaled_dot_product_attention(*found, attn_mask=torch.zeros(4, 5, dtype=torch.bool))
    assert torch.equal(y, torch.zeros_like(y))


def test_masks_are_the_ones_on_the_page():
    assert causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert causal_mask(0).shape == (0, 0)
    assert padding_mask([0, 2, 3])[:, 0, 0].tolist() == [[False] * 3, [True, True, False], [True] * 3]
    assert padding_mask([]).shape == (0, 1, 1, 0)
    assert causal_mask(2, device="meta").is_meta
    assert padding_mask([1], device="meta").is_meta


# Order


@pytest.mark.equation("attention_permuted")
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_shuffled_keys_change_nothing_and_shuffled_queries_shuffle_the_rows(q, k, seed):
    rng = torch.Generator().manual_seed(seed)
    query, key, value = inputs(rng, q=q, k=k)
    y = attention(query, key, value)
    rows = torch.eye(q, dtype=y.dtype)[torch.randperm(q, generator=rng)]
    columns = torch.eye(k, dtype=y.dtype)[torch.randperm(k, generator=rng)]
    assert_close(attention(query, columns @ key, columns @ value), y)
    assert_close(attention(rows @ query, key, value), rows @ y)


def test_self_attention_is_equivariant_and_a_causal_mask_ends_it(rng):
    layer, x, order = MultiHeadAttention(8, 2, generator=rng).double(), draw(rng, 6, 8), [3, 0, 5, 1, 4, 2]
    assert_close(layer(x[order]), layer(x)[order])
    mask = causal_mask(6)
    assert not layer(x[order], mask=mask).allclose(layer(x, mask=mask)[order], rtol=0.01)


# Many heads


@pytest.mark.equation("multi_head")
@pytest.mark.parametrize(("d_model", "heads", "bias"), [(6, 1, True), (6, 2, True), (6, 3, False), (6, 6, True)])
def test_heads_are_attention_in_their_own_columns(d_model, heads, bias, rng):
    layer = MultiHeadAttention(d_model, heads, bias=bias, generator=rng).double()
    for p in layer.parameters():
        p.data = draw(rng, *p.shape)
    x, memory, d_k = draw(rng, 4, d_model), draw(rng, 5, d_model), d_model // heads
    each = []
    for h in range(heads):
        own = slice(h * d_k, (h + 1) * d_k)
        q, k, v = (
            rows @ part.weight[own].T + (part.bias[own] if bias else 0)
            for rows, part in [(x, layer.query), (memory, layer.key), (memory, layer.value)]
        )
        each.append(by_loops(q, k, v)[0])
        assert_close(layer.weights(x, memory)[h], by_loops(q, k, v)[1])
    expected = torch.cat(each, 1) @ layer.output.weight.T + (layer.output.bias if bias else 0)
    assert_close(layer(x, memory), expected)


@given(
    st.lists(st.integers(1, 3), max_size=1),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(1, 3),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.integers(0, 99),
)
def test_layer_is_torchs_in_value_and_gradient(batch, q, k, heads, d_k, bias, masked, seed):
    rng = torch.Generator().manual_seed(seed)
    d_model = heads * d_k
    ours = MultiHeadAttention(d_model, heads, bias=bias, generator=rng).double()
    for p in ours.parameters():
        p.data = draw(rng, *p.shape)
    theirs = to_torch(ours)
    x, memory = draw(rng, *batch, q, d_model), draw(rng, *batch, k, d_model)
    mask = torch.rand(q, k, generator=rng) < 0.7
    mask[:, 0] = True  # torch's layer gives NaN where a row sees nothing
    mask = mask if masked else None
    blocked = None if mask is None else ~mask
    expected, a = theirs(x, memory, memory, attn_mask=blocked, average_attn_weights=False)
    assert_close(ours(x, memory, mask), expected)
    assert_close(ours.weights(x, memory, mask), a)
    ours(x, memory, mask).sin().sum().backward()
    expected.sin().sum().backward()
    slopes = {name: p.grad for name, p in ours.named_parameters()}
    for kind in ("weight", "bias") if bias else ("weight",):
        packed = torch.cat([slopes[f"{name}.{kind}"] for name in ("query", "key", "value")])
        assert_close(packed, getattr(theirs, f"in_proj_{kind}").grad)
        assert_close(slopes[f"output.{kind}"], getattr(theirs.out_proj, kind).grad)


def test_self_attention_is_attention_to_itself(rng):
    layer, x = MultiHeadAttention(8, 4, generator=rng).double(), draw(rng, 2, 5, 8)
    assert torch.equal(layer(x), layer(x, x))
    assert torch.equal(layer.weights(x, mask=causal_mask(5)), layer.weights(x, x, causal_mask(5)))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_weights_go_to_torch_and_back(bias, dtype, rng):
    ours = MultiHeadAttention(6, 2, bias=bias, generator=rng).to(dtype)
    theirs = to_torch(ours)
    assert theirs.batch_first
    back = from_torch(theirs)
    assert back.heads == 2
    for (name, mine), (other, copied) in zip(ours.state_dict().items(), back.state_dict().items(), strict=True):
        assert name == other
        assert mine.dtype == copied.dtype == dtype
        assert torch.equal(mine, copied)
        assert mine.data_ptr() != copied.data_ptr()


def test_from_torch_reads_a_layer_of_torchs_own_making(rng):
    torch.manual_seed(0)
    theirs = torch.nn.MultiheadAttention(12, 4, batch_first=True).double()
    torch.nn.init.normal_(theirs.in_proj_bias, generator=rng)
    x = draw(rng, 2, 5, 12)
    assert_close(from_torch(theirs)(x), theirs(x, x, x, need_weights=False)[0])


@pytest.mark.equation("multi_head_parameters")
@pytest.mark.parametrize(("d_model", "bias"), [(12, True), (12, False), (64, True)])
def test_parameters_do_not_depend_on_the_number_of_heads(d_model, bias):
    for heads in (1, 2, 4):
        counted = sum(p.numel() for p in MultiHeadAttention(d_model, heads, bias=bias).parameters())
        theirs = sum(p.numel() for p in torch.nn.MultiheadAttention(d_model, heads, bias=bias).parameters())
        assert counted == theirs == cost(10, d_model, heads, bias=bias).parameters
        assert counted == 4 * d_model**2 + (4 * d_model if bias else 0)


def test_weights_are_drawn_from_the_generator_alone():
    torch.manual_seed(0)
    before = torch.get_rng_state()
    one, two = (MultiHeadAttention(256, 4, generator=torch.Generator().manual_seed(3)) for _ in range(2))
    assert torch.equal(torch.get_rng_state(), before)
    for (name, p), other in zip(one.named_parameters(), two.parameters(), strict=True):
        assert torch.equal(p, other)
        if name.endswith("bias"):
            assert not p.any()
        else:
            assert p.detach().var() == pytest.approx(1 / 256, rel=0.03)
    assert not torch.equal(one.query.weight, one.key.weight)
    assert "d_model=256, heads=4" in repr(one)


# What the page says of torch


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("grad", [True, False])
@pytest.mark.parametrize("need_weights", [True, False])
def test_torchs_layer_gives_nan_where_a_row_sees_nothing(training, grad, need_weights, rng):
    ours = MultiHeadAttention(4, 2, generator=rng).double()
    layer, x = to_torch(ours).train(training), draw(rng, 1, 3, 4)
    may_look = torch.tensor([[True] * 3, [False] * 3, [True] * 3])
    with torch.set_grad_enabled(grad):
        theirs = layer(x, x, x, attn_mask=~may_look, need_weights=need_weights)[0]
        mine = ours.train(training)(x, mask=may_look)
    fast = not training and not grad  # torch's short way for inference
    assert theirs[0, 1].isnan().all() == (need_weights or fast)
    assert not theirs[0, 1].isnan().any() or need_weights or fast
    assert_close(theirs[0, [0, 2]], mine[0, [0, 2]])
    assert_close(mine[0, 1], ours.output.bias)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("grad", [True, False])
def test_torchs_encoder_layer_gives_nan_only_on_its_fast_path(training, grad, rng):
    block = torch.nn.TransformerEncoderLayer(4, 2, 8, dropout=0, batch_first=True).double().train(training)
    x, may_look = draw(rng, 1, 3, 4), torch.tensor([[True] * 3, [False] * 3, [True] * 3])
    with torch.set_grad_enabled(grad):
        y = block(x, src_mask=~may_look)
    assert y[0, 1].isnan().all() == (not training and not grad)
    assert y[0, [0, 2]].isfinite().all()


# Mistakes

PLAIN = as_a_reader_imports_it(dlbook.attention.heads)
GRADIENT = as_a_reader_imports_it(dlbook.attention.gradient)
TORCH = as_a_reader_imports_it(dlbook.attention.torch_weights)
Q, K, V = torch.zeros(2, 3, 4), torch.zeros(2, 5, 4), torch.zeros(2, 5, 6)

REFUSED = [
    (Q.long(), K, V, None, "query must hold floating-point numbers, got torch.int64"),
    (Q, K.bool(), V, None, "key must hold floating-point numbers, got torch.bool"),
    (Q, K, V.to(torch.complex64), None, "value must hold floating-point numbers, got torch.complex64"),
    ([[1.0]], K, V, None, "query must hold floating-point numbers, got list"),
    (Q, None, V, None, "key must hold floating-point numbers, got NoneType"),
    (Q[0, 0], K, V, None, r"query must have at least 2 axes .* got 1: shape \(4,\)"),
    (Q, K.double(), V, None, "key is torch.float64, query is torch.float32"),
    (Q, K, V.to("meta"), None, "value is on meta, query is on cpu"),
    (Q, K[..., :3], V, None, "query and key must have equally many columns, at least 1, got 4 and 3"),
    (Q[..., :0], K[..., :0], V, None, "equally many columns, at least 1, got 0 and 0"),
    (Q, K, V[:, :4], None, "each key needs its value, got 5 keys and 4 values"),
    (torch.zeros(3, 3, 4), K, V, None, r"leading axes .* do not fit: \(3,\), \(2,\), \(2,\)"),
    (Q, K, V, torch.ones(3, 5, dtype=torch.int64), "mask must be boolean, float32 .* got torch.int64"),
    (Q, K, V, torch.ones(3, 5).double(), "of the type of query, torch.float32, got torch.float64"),
    (Q, K, V, [[True]], "mask must be boolean, .* got list"),
    (Q, K, V, torch.ones(3, 5, device="meta"), "mask is on meta, query is on cpu"),
    (Q, K, V, torch.ones(5, 3), r"a mask of shape \(5, 3\) does not broadcast to the weights, \(2, 3, 5\)"),
    (Q, K, V, torch.ones(7, 2, 3, 5), r"a mask of shape \(7, 2, 3, 5\) does not broadcast to the weights"),
]


@pytest.mark.parametrize(("query", "key", "value", "mask", "message"), REFUSED)
def test_what_does_not_fit_is_refused(query, key, value, mask, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.attention(query, key, value, mask)
    with pytest.raises(ValueError, match=message):
        GRADIENT.attention_gradient(torch.zeros(2, 3, 6), query, key, value, mask)
    if "value" not in message and "leading" not in message:
        with pytest.raises(ValueError, match=message):
            PLAIN.attention_weights(query, key, mask)


def test_weights_refuse_too():
    with pytest.raises(ValueError, match=r"leading axes .* do not fit: \(3,\), \(2,\)"):
        PLAIN.attention_weights(torch.zeros(3, 3, 4), K)


@pytest.mark.parametrize(
    ("grad_y", "query", "message"),
    [
        (torch.zeros(2, 3, 5), Q, r"grad_output must have the shape of the output, \(2, 3, 6\), got \(2, 3, 5\)"),
        (torch.zeros(2, 3, 6).double(), Q, "grad_output is torch.float64, query is torch.float32"),
        (torch.zeros(2, 3, 6, device="meta"), Q, "grad_output is on meta, query is on cpu"),
        (torch.zeros(2, 3, 6), Q[0], r"the same leading axes, got \(\), \(2,\), \(2,\)"),
    ],
)
def test_gradient_refuses_another_shape_type_or_device(grad_y, query, message):
    with pytest.raises(ValueError, match=message):
        GRADIENT.attention_gradient(grad_y, query, K, V)


@pytest.mark.parametrize(
    ("d_model", "heads", "message"),
    [
        (512, 10, "heads must divide d_model, got 10 and 512"),
        (0, 1, "d_model must be an integer of at least 1, got 0"),
        (8, 0, "heads must be an integer of at least 1, got 0"),
        (8, 2.0, "heads must be an integer of at least 1, got 2.0"),
        ("8", 2, "d_model must be an integer of at least 1, got '8'"),
    ],
)
def test_a_layer_of_senseless_size_is_refused(d_model, heads, message):
    with pytest.raises(ValueError, match=message):
        PLAIN.MultiHeadAttention(d_model, heads)
    with pytest.raises(ValueError, match=message):
        PLAIN.cost(10, d_model, heads)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        (torch.zeros(2, 6, 7), r"must be rows of 8 columns, got \(2, 6, 7\)"),
        (torch.zeros(8), r"must have at least 2 axes \(positions, columns\), got 1: shape \(8,\)"),
        (torch.zeros(6, 8).double(), "is torch.float64, weight is torch.float32"),
        (torch.zeros(6, 8).long(), "must hold floating-point numbers, got torch.int64"),
        (torch.zeros(6, 8, device="meta"), "is on meta, weight is on cpu"),
        ([1.0], "must hold floating-point numbers, got list"),
    ],
)
def test_rows_that_do_not_fit_the_layer_are_refused(x, message):
    layer = PLAIN.MultiHeadAttention(8, 2)
    for call in (layer, layer.weights):
        with pytest.raises(ValueError, match="x " + message):
            call(x)
        with pytest.raises(ValueError, match="memory " + message):
            call(torch.zeros(6, 8), x)


def test_a_padding_mask_without_its_axes_is_refused():
    layer = PLAIN.MultiHeadAttention(16, 4)
    with pytest.raises(ValueError, match=r"\(2, 6\) does not broadcast to the weights, \(2, 4, 6, 6\)"):
        layer(torch.zeros(2, 6, 16), mask=torch.ones(2, 6, dtype=torch.bool))


@pytest.mark.parametrize("length", [-1, 2.0, True, None])
def test_masks_refuse_lengths_without_sense(length):
    with pytest.raises(ValueError, match=f"length must be an integer of at least 0, got {length!r}"):
        PLAIN.causal_mask(length)
    with pytest.raises(ValueError, match=f"a length must be an integer of at least 0, got {length!r}"):
        PLAIN.padding_mask([3, length])
    with pytest.raises(ValueError, match=f"length must be an integer of at least 0, got {length!r}"):
        PLAIN.cost(length, 8, 2)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"kdim": 4}, "keys have 4 columns and values 8, ours must have 8"),
        ({"add_bias_kv": True}, "no extra keys and no dropout, got add_bias_kv=True"),
        ({"add_zero_attn": True}, "add_zero_attn=True"),
        ({"dropout": 0.1}, "dropout=0.1"),
    ],
)
def test_what_ours_does_not_have_is_not_read_from_torch(how, message):
    with pytest.raises(ValueError, match=message):
        TORCH.from_torch(torch.nn.MultiheadAttention(8, 2, **how))
    with pytest.raises(ValueError, match=r"must be a torch.nn.MultiheadAttention, got Linear"):
        TORCH.from_torch(torch.nn.Linear(2, 2))
