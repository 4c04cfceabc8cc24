"""Attention at scale: blocks, cache and groups against plain attention, against torch, against the page."""

import itertools
import math

import pytest
import torch
from attention_inputs import MASKS, draw, inputs
from hypothesis import given
from hypothesis import strategies as st
from plain import as_a_reader_imports_it
from torch import nn
from torch.nn.attention.bias import causal_lower_right
from torch.nn.functional import one_hot, scaled_dot_product_attention
from torch.testing import assert_close
from torch.utils.flop_counter import FlopCounterMode

import dlbook.attention_at_scale.blocks
import dlbook.attention_at_scale.cache
import dlbook.attention_at_scale.grouped
import dlbook.attention_at_scale.writing
from dlbook.attention import MultiHeadAttention, attention, attention_weights, causal_mask, cost
from dlbook.attention.gradient import attention_gradient, softmax_gradient
from dlbook.attention_at_scale import GroupedAttention, KeyValueCache, attention_in_blocks, cache_bytes, last_rows
from dlbook.attention_at_scale.blocks import mixed
from dlbook.attention_at_scale.memory import peak_bytes
from dlbook.attention_at_scale.writing import Writer, write


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


def lower_right(q, k):
    """Who may look at whom if the last query lines up with the last key, pair by pair."""
    return torch.tensor([[j - (k - 1) <= i - (q - 1) for j in range(k)] for i in range(q)]).reshape(q, k)


# Cost


@pytest.mark.equation("attention_multiply_adds")
@pytest.mark.parametrize(("n", "d_model", "heads"), [(1, 8, 1), (5, 8, 2), (7, 12, 3), (16, 4, 4)])
def test_multiply_adds_are_what_torch_counts(n, d_model, heads):
    layer = MultiHeadAttention(d_model, heads)
    with FlopCounterMode(display=False) as counter:
        layer(torch.zeros(n, d_model))
    assert counter.get_total_flops() == 2 * cost(n, d_model, heads).multiply_adds
    assert cost(n, d_model, heads).multiply_adds == 4 * n * d_model**2 + 2 * n**2 * d_model
    assert cost(n, d_model, heads).weights == layer.weights(torch.zeros(n, d_model)).numel()


@pytest.mark.equation("attention_crossover")
@pytest.mark.parametrize("heads", [1, 3])
def test_pairs_cost_more_than_maps_beyond_twice_the_columns(heads):
    layer = MultiHeadAttention(12, heads)
    for n, more in [(12, False), (23, False), (24, False), (25, True), (48, True)]:
        with FlopCounterMode(display=False) as counter:
            layer(torch.zeros(n, 12))
        by_kind = {str(name): count for name, count in counter.get_flop_counts()["Global"].items()}
        maps, pairs = by_kind["aten.addmm"], by_kind["aten.bmm"]
        assert pairs / maps == pytest.approx(n / (2 * 12))
        assert (pairs > maps) == more


@pytest.mark.equation("attention_table_bytes")
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize(("n", "heads"), [(300, 1), (257, 3)])
def test_plain_attention_holds_two_tables_at_once(n, heads, dtype, rng):
    rows = draw(rng, heads, n, 2, dtype=dtype)
    most = peak_bytes(lambda: attention(rows, rows, rows))
    printed = 2 * dtype.itemsize * heads * n**2
    assert printed <= most <= printed + 2 * rows.nbytes


def test_the_peak_is_that_of_what_lives_at_once():
    assert peak_bytes(lambda: None) == 0
    assert peak_bytes(lambda: torch.zeros(1000).double()) == 4000 + 8000

    def one_after_the_other():
        for _ in range(5):
            torch.zeros(1000)

    assert peak_bytes(one_after_the_other) == 4000
    x = torch.zeros(1000)
    assert peak_bytes(lambda: x.view(10, 100).add_(1)) == 0  # nothing new
    leaf = torch.zeros(1000, requires_grad=True)
    assert peak_bytes(lambda: leaf.exp().sum()) == 4000 + 4
    assert peak_bytes(lambda: leaf.exp().sum().backward()) >= 8000  # the way back is seen


# The gradient


@pytest.mark.equation("attention_softmax_jacobian")
def test_jacobian_of_softmax_is_the_one_on_the_page(rng):
    s, h = draw(rng, 5), 1e-6
    a = s.softmax(0)
    for j, m in itertools.product(range(5), range(5)):
        e = h * one_hot(torch.tensor(m), 5).double()
        nudged = ((s + e).softmax(0)[j] - (s - e).softmax(0)[j]) / (2 * h)
        assert_close(a[j] * (float(j == m) - a[m]), nudged, rtol=1e-6, atol=1e-9)
    grad_a = draw(rng, 5)
    jacobian = a.diag() - torch.outer(a, a)
    assert_close(softmax_gradient(grad_a, a), jacobian @ grad_a)
    assert_close(jacobian.sum(0), torch.zeros(5, dtype=a.dtype), rtol=0, atol=1e-12)


def numeric(f, x, h=1e-6):
    steps = h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
    return torch.stack([(f(x + e) - f(x - e)) / (2 * h) for e in steps]).reshape(x.shape)


@pytest.mark.equation("attention_gradient")
@pytest.mark.parametrize("kind", sorted(MASKS))
def test_gradient_equals_finite_differences(kind, rng):
    query, key, value = inputs(rng, 2, q=3, k=4)
    mask, grad_y = MASKS[kind](rng, 3, 4), draw(rng, 2, 3, 2)
    slopes = attention_gradient(grad_y, query, key, value, mask)
    nudged = (
        numeric(lambda x: (grad_y * attention(x, key, value, mask)).sum(), query),
        numeric(lambda x: (grad_y * attention(query, x, value, mask)).sum(), key),
        numeric(lambda x: (grad_y * attention(query, key, x, mask)).sum(), value),
    )
    for mine, slope in zip(slopes, nudged, strict=True):
        assert_close(mine, slope, rtol=1e-6, atol=1e-8)


@pytest.mark.equation("attention_gradient")
@given(st.lists(st.integers(1, 3), max_size=2), st.sampled_from(sorted(MASKS)), st.integers(0, 99))
def test_gradient_equals_autograd(batch, kind, seed):
    rng = torch.Generator().manual_seed(seed)
    found = [x.requires_grad_() for x in inputs(rng, *batch)]
    mask, grad_y = MASKS[kind](rng, 4, 5), draw(rng, *batch, 4, 2)
    autos = torch.autograd.grad(attention(*found, mask), found, grad_y)
    q, k, v = (x.detach() for x in found)
    for mine, auto in zip(attention_gradient(grad_y, q, k, v, mask), autos, strict=True):
        assert_close(mine, auto)
    a, slopes_a = attention_weights(q, k, mask), grad_y @ v.mT
    slopes_s = a * (slopes_a - (a * slopes_a).sum(-1, keepdim=True))
    printed = slopes_s @ k / math.sqrt(3), slopes_s.mT @ q / math.sqrt(3), a.mT @ grad_y
    for formula, auto in zip(printed, autos, strict=True):
        assert_close(formula, auto)


def test_the_mean_slope_of_a_row_is_output_times_gradient(rng):
    query, key, value = inputs(rng)
    a, y, g = attention_weights(query, key), attention(query, key, value), draw(rng, 4, 2)
    assert_close((a * (g @ value.T)).sum(1), (g * y).sum(1))


@pytest.mark.parametrize("kind", ["none", "boolean", "nobody"])
def test_gradcheck(kind, rng):
    found = [x.requires_grad_() for x in inputs(rng, 1, q=2, k=3)]
    mask = MASKS[kind](rng, 2, 3)
    assert torch.autograd.gradcheck(lambda *x: attention(*x, mask), found)
    assert torch.autograd.gradgradcheck(lambda *x: attention(*x, mask), found)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_gradient_keeps_the_type(dtype, rng):
    found, grad_y = inputs(rng, dtype=dtype), draw(rng, 4, 2, dtype=dtype)
    slopes = attention_gradient(grad_y, *found)
    for mine, exact in zip(slopes, attention_gradient(grad_y.double(), *(x.double() for x in found)), strict=True):
        assert mine.dtype == dtype
        assert_close(mine, exact.to(dtype), rtol=0.01, atol=2 * torch.finfo(dtype).eps)


# In blocks


@pytest.mark.equation("online_softmax")
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_two_parts_of_a_softmax_join_as_the_page_says(first, second, seed):
    rng = torch.Generator().manual_seed(seed)
    s, v = 300 * draw(rng, first + second), draw(rng, first + second)
    (s1, s2), (v1, v2) = s.split([first, second]), v.split([first, second])
    m1, m2 = s1.max(), s2.max()
    z1, z2 = (s1 - m1).exp().sum(), (s2 - m2).exp().sum()
    o1, o2 = ((s1 - m1).exp() * v1).sum(), ((s2 - m2).exp() * v2).sum()
    m = torch.maximum(m1, m2)
    z = (m1 - m).exp() * z1 + (m2 - m).exp() * z2
    o = (m1 - m).exp() * o1 + (m2 - m).exp() * o2
    assert_close(o / z, s.softmax(0) @ v)


def test_numbers_worked_on_the_page():
    z1, o1 = 1 + math.exp(-2), 4 + 2 * math.exp(-2)
    z, o = z1 + math.exp(-1), o1
    assert [round(x, 3) for x in (z1, o1, z, o / z)] == [1.135, 4.271, 1.503, 2.841]
    query, key = torch.tensor([[1.0]]), torch.tensor([[2.0], [0], [1]])
    value = torch.tensor([[4.0], [2], [0]])
    assert attention_in_blocks(query, key, value, block=2).item() == pytest.approx(o / z)


@given(
    st.lists(st.integers(0, 3), max_size=2),
    st.integers(1, 6),
    st.integers(1, 9),
    st.integers(1, 12),
    st.sampled_from([1, 30]),
    st.booleans(),
    st.sampled_from([torch.float32, torch.float64]),
    st.integers(0, 99),
)
def test_in_blocks_is_attention_in_value_and_gradient(batch, q, k, block, size, causal, dtype, seed):
    rng = torch.Generator().manual_seed(seed)
    found = [(size * x).requires_grad_() for x in inputs(rng, *batch, q=q, k=k, dtype=dtype)]
    mask = lower_right(q, k) if causal else None
    y, plain = attention_in_blocks(*found, block=block, causal=causal), attention(*found, mask)
    near = {"rtol": 1e-3, "atol": 1e-3} if dtype == torch.float32 else {"rtol": 1e-9, "atol": 1e-9}
    assert_close(y, plain, **near)
    grad_y = draw(rng, *y.shape, dtype=dtype)
    slopes, theirs = torch.autograd.grad(y, found, grad_y), torch.autograd.grad(plain, found, grad_y)
    for mine, other in zip(slopes, theirs, strict=True):
        assert_close(mine, other, **near)


@pytest.mark.equation("blocks_gradient")
def test_gradient_of_a_score_needs_one_number_of_its_row(rng):
    q, k, v = inputs(rng)
    grad_y, (y, level) = draw(rng, 4, 2), mixed(q, k, v, 2, False)
    scores = q @ k.T / math.sqrt(3)
    assert_close(level[:, 0], scores.logsumexp(1))
    for i, j in itertools.product(range(4), range(5)):
        h, e = 1e-6, torch.zeros(4, 5, dtype=q.dtype)
        e[i, j] = h
        nudged = ((scores + e).softmax(1) @ v - (scores - e).softmax(1) @ v).mul(grad_y).sum() / (2 * h)
        weight = (scores[i, j] - level[i, 0]).exp()
        assert_close(weight, attention_weights(q, k)[i, j])
        assert_close(weight * (grad_y[i] @ v[j] - grad_y[i] @ y[i]), nudged, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("causal", [True, False])
def test_blocks_pass_gradcheck(causal, rng):
    found = [x.requires_grad_() for x in inputs(rng, 2, q=3, k=4)]
    assert torch.autograd.gradcheck(lambda *x: attention_in_blocks(*x, block=3, causal=causal), found)


def test_gradient_in_blocks_is_the_one_by_hand(rng):
    found, grad_y = inputs(rng, 2), draw(rng, 2, 4, 2)
    leaves = [x.clone().requires_grad_() for x in found]
    autos = torch.autograd.grad(attention_in_blocks(*leaves, block=2), leaves, grad_y)
    for mine, auto in zip(attention_gradient(grad_y, *found), autos, strict=True):
        assert_close(auto, mine)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_computed_wide(dtype, rng):
    found = [x.requires_grad_() for x in inputs(rng, 2, q=9, k=9, dtype=dtype)]
    y = attention_in_blocks(*found, block=2, causal=True)
    assert y.dtype == dtype
    assert_close(y, attention(*found, causal_mask(9)))
    for slope, x in zip(torch.autograd.grad(y.sum(), found), found, strict=True):
        assert slope.dtype == dtype
        assert slope.shape == x.shape
    large = torch.full((2, 4), 200.0, dtype=torch.float16)  # the product 160,000 is no float16
    assert_close(attention_in_blocks(large, large, large, block=1), large)


def test_leading_axes_broadcast_and_views_stay_as_they_are(rng):
    query, key, value = draw(rng, 2, 8, 5, 4), draw(rng, 2, 1, 4, 6).mT, draw(rng, 3, 6).mT
    found = [x.requires_grad_() for x in (query, key, value)]
    before = [x.detach().clone() for x in found]
    y, plain = attention_in_blocks(*found, block=4), attention(*found)
    assert_close(y, plain)
    slopes, theirs = torch.autograd.grad(y.sin().sum(), found), torch.autograd.grad(plain.sin().sum(), found)
    for mine, other, x, was in zip(slopes, theirs, found, before, strict=True):
        assert_close(mine, other)
        assert torch.equal(x, was)


def test_large_scores_do_not_overflow():
    rows = torch.tensor([[1000.0], [-1000.0], [0.0]])
    y = attention_in_blocks(rows, rows, rows, block=1)
    assert_close(y, torch.tensor([[1000.0], [-1000.0], [0.0]]))


@pytest.mark.parametrize("block", [1, 2, 7])
def test_queries_that_may_look_nowhere_get_zeros(block, rng):
    found = [x.requires_grad_() for x in inputs(rng, q=5, k=2)]  # more queries than keys
    y = attention_in_blocks(*found, block=block, causal=True)
    assert torch.equal(y[:3], torch.zeros(3, 2, dtype=y.dtype))
    slopes = torch.autograd.grad(y.sum(), found)
    assert all(slope.isfinite().all() for slope in slopes)
    assert torch.equal(slopes[0][:3], torch.zeros(3, 3, dtype=y.dtype))


@pytest.mark.parametrize("back", [False, True])
def test_at_4096_words_blocks_take_at_most_an_eighth_of_the_memory(back, rng):
    qkv = draw(rng, 3, 4096, 64, dtype=torch.float32).requires_grad_()

    def run(f):
        with torch.set_grad_enabled(back):
            y = f(*qkv)
        if back:
            torch.autograd.grad(y.sum(), qkv)

    plain, blocks = peak_bytes(lambda: run(attention)), peak_bytes(lambda: run(attention_in_blocks))
    assert plain >= 2 * 4 * 4096**2
    assert blocks <= plain / 8


@pytest.mark.parametrize("back", [False, True])
def test_memory_of_blocks_grows_as_the_words(back, rng):
    def most(n):
        qkv = draw(rng, 3, n, 16).requires_grad_(back)
        return peak_bytes(lambda: attention_in_blocks(*qkv, block=32).sum() * 1)

    assert most(1024) / most(512) == pytest.approx(2, rel=0.01)


# The cache


@pytest.mark.equation("cache_bytes")
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize(("layers", "heads", "kv_heads", "texts"), [(1, 4, 4, 1), (3, 4, 2, 5), (2, 4, 1, 2)])
def test_a_cache_takes_what_the_formula_says(layers, heads, kv_heads, texts, dtype):
    model = Writer(9, 16, heads, layers, kv_heads=kv_heads).to(dtype)
    caches = model.new_caches(7, texts=texts)
    counted = sum(x.numel() * x.element_size() for cache in caches for x in (cache.keys, cache.values))
    printed = 2 * layers * kv_heads * (16 // heads) * 7 * texts * torch.zeros((), dtype=dtype).element_size()
    assert counted == printed == sum(cache.nbytes for cache in caches)
    assert printed == cache_bytes(7, layers=layers, heads=kv_heads, d_k=16 // heads, texts=texts, dtype=dtype)


def test_llama_3_8b_keeps_what_the_page_says():
    one = cache_bytes(1, layers=32, heads=8, d_k=128, dtype=torch.bfloat16)
    assert one == 128 * 2**10
    assert cache_bytes(2**17, layers=32, heads=8, d_k=128, dtype=torch.bfloat16) == 16 * 2**30
    assert cache_bytes(2**17, layers=32, heads=32, d_k=128, dtype=torch.bfloat16) == 64 * 2**30


@given(st.integers(0, 5), st.integers(0, 5))
def test_last_rows_are_those_of_the_causal_mask(new, before):
    length = new + before
    assert torch.equal(last_rows(new, length), lower_right(new, length))
    assert last_rows(new, length, device="meta").is_meta


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.sampled_from([1, 2, 4]), st.integers(0, 99))
def test_words_in_parts_from_the_cache_are_the_whole_text_at_once(parts, kv_heads, seed):
    rng = torch.Generator().manual_seed(seed)
    layer = GroupedAttention(8, 4, kv_heads, generator=rng).double()
    x = draw(rng, 2, sum(parts), 8)
    cache = layer.new_cache(sum(parts) + 1, texts=2)
    with torch.no_grad():
        found = torch.cat([layer(part, cache) for part in x.split(parts, 1)], 1)
        assert_close(found, layer(x))
    assert cache.length == sum(parts)
    assert torch.equal(cache.keys[..., sum(parts) :, :], torch.zeros(2, kv_heads, 1, 2, dtype=x.dtype))


def test_the_cache_gives_views_of_what_is_written(rng):
    cache = KeyValueCache(5, 2, 3, dtype=torch.float64)
    one, two = draw(rng, 1, 2, 2, 3), draw(rng, 1, 2, 3, 3)
    cache.append(one, -one)
    keys, values = cache.append(two, -two)
    assert torch.equal(keys, torch.cat([one, two], 2))
    assert torch.equal(values, -keys)
    assert keys.data_ptr() == cache.keys.data_ptr()
    assert cache.nbytes == 2 * 2 * 5 * 3 * 8


@pytest.mark.parametrize("kv_heads", [None, 1, 2])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_written_with_the_cache_is_written_without(kv_heads, dtype, rng):
    model = Writer(30, 16, 4, 3, kv_heads=kv_heads, generator=rng).to(dtype)
    ids = torch.randint(30, (3, 4), generator=rng)
    found = write(model, ids, 25)
    assert found.shape == (3, 29)
    assert torch.equal(found[:, :4], ids)
    assert torch.equal(found, write(model, ids, 25, cached=False))
    assert torch.equal(write(model, ids, 0), ids)


def test_scores_of_the_writer_from_the_cache_are_those_of_the_whole(rng):
    model = Writer(30, 16, 4, 3, generator=rng).double()
    ids, caches = torch.randint(30, (2, 9), generator=rng), model.new_caches(9, texts=2)
    with torch.no_grad():
        whole = model(ids)
        each = [model(ids[:, i : i + 1], caches) for i in range(9)]
    assert_close(torch.cat(each, 1), whole)
    edited = ids.clone()
    edited[:, 5:] = 0
    with torch.no_grad():
        assert_close(model(edited)[:, :5], whole[:, :5])  # later tokens change nothing before
        misplaced = model(ids[:, 1:2])  # a second word at place 0
    assert not misplaced[:, 0].allclose(whole[:, 1], rtol=0.01)


@pytest.mark.equation("cached_work")
@pytest.mark.parametrize(("d_model", "heads"), [(8, 2), (12, 1)])
def test_a_word_from_the_cache_costs_its_share(d_model, heads):
    layer, total = GroupedAttention(d_model, heads), 0
    cache = layer.new_cache(6)
    for i in range(1, 7):
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            layer(torch.zeros(1, 1, d_model), cache)
        work = counter.get_total_flops() // 2
        assert work == 4 * d_model**2 + 2 * i * d_model
        assert work * i == cost(i, d_model, heads).multiply_adds
        total += work
    assert total == 4 * 6 * d_model**2 + 6 * 7 * d_model


# Groups


def ungrouped(layer):
    """The attention of the chapter before, with the shared keys and values written out for each head."""
    whole = MultiHeadAttention(layer.d_model, layer.heads, bias=layer.output.bias is not None).to(layer.output.weight)
    state = layer.state_dict()
    for name in state:
        if name.startswith(("key", "value")):
            part = state[name].unflatten(0, (layer.kv_heads, layer.d_k))
            state[name] = part.repeat_interleave(layer.heads // layer.kv_heads, 0).flatten(0, 1)
    whole.load_state_dict(state)
    return whole


@pytest.mark.parametrize("attend", [attention, scaled_dot_product_attention])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("heads", "kv_heads"), [(4, None), (4, 4), (4, 2), (4, 1), (6, 3), (1, 1)])
def test_heads_of_a_group_ask_the_same_keys(heads, kv_heads, bias, attend, rng):
    layer = GroupedAttention(12, heads, kv_heads, bias=bias, attend=attend, generator=rng).double()
    for p in layer.parameters():
        p.data = draw(rng, *p.shape)
    x = draw(rng, 2, 5, 12)
    y = layer(x)
    assert_close(y, ungrouped(layer)(x, mask=causal_mask(5)))
    q, k, v = (part(x).unflatten(-1, (-1, layer.d_k)).transpose(1, 2) for part in (layer.query, layer.key, layer.value))
    theirs = scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    assert_close(y, layer.output(theirs.transpose(1, 2).flatten(2)))
    slopes = torch.autograd.grad(y.sin().sum(), layer.key.weight, retain_graph=True)[0]
    expected = torch.autograd.grad(layer.output(theirs.transpose(1, 2).flatten(2)).sin().sum(), layer.key.weight)[0]
    assert_close(slopes, expected)


def test_with_all_heads_it_is_torchs_layer(rng):
    layer = GroupedAttention(8, 2, generator=rng).double()
    theirs = nn.MultiheadAttention(8, 2, batch_first=True).double()
    theirs.in_proj_weight.data = torch.cat([layer.query.weight, layer.key.weight, layer.value.weight])
    theirs.out_proj.weight.data = layer.output.weight
    nn.init.zeros_(theirs.in_proj_bias)
    nn.init.zeros_(theirs.out_proj.bias)
    x = draw(rng, 2, 5, 8)
    assert_close(layer(x), theirs(x, x, x, attn_mask=~causal_mask(5), need_weights=False)[0])


def test_weights_are_drawn_from_the_generator_alone():
    torch.manual_seed(0)
    before = torch.get_rng_state()
    one, two = (GroupedAttention(256, 4, 2, generator=torch.Generator().manual_seed(3)) for _ in range(2))
    models = [Writer(9, 16, 4, 2, generator=torch.Generator().manual_seed(3)) for _ in range(2)]
    assert torch.equal(torch.get_rng_state(), before)
    for p, other in zip(models[0].parameters(), models[1].parameters(), strict=True):
        assert torch.equal(p, other)
    for (name, p), other in zip(one.named_parameters(), two.parameters(), strict=True):
        assert torch.equal(p, other)
        assert not p.any() if name.endswith("bias") else p.var().item() == pytest.approx(1 / 256, rel=0.03)
    assert one.key.weight.shape == (128, 256)
    assert "d_model=256, heads=4, kv_heads=2" in repr(one)


# What the page says of torch


@pytest.mark.parametrize("axes", [(), (1,), (1, 1)])
def test_is_causal_counts_from_the_first_key(axes, rng):
    query, key, value = inputs(rng, *axes, q=1, k=5)
    trap = scaled_dot_product_attention(query, key, value, is_causal=True)
    assert_close(trap[..., 0, :], value[..., 0, :])  # the newest word sees the first word only


@pytest.mark.parametrize(("q", "k"), [(1, 5), (2, 5), (3, 3)])
def test_lower_right_counts_from_the_last(q, k, rng):
    found = inputs(rng, 1, 1, q=q, k=k, dtype=torch.float32)
    expected = attention(*found, last_rows(q, k))
    assert_close(scaled_dot_product_attention(*found, attn_mask=causal_lower_right(q, k)), expected)
    assert_close(scaled_dot_product_attention(*found, attn_mask=last_rows(q, k)), expected)
    assert_close(attention_in_blocks(*found, block=2, causal=True), expected)


# Mistakes

BLOCKS = as_a_reader_imports_it(dlbook.attention_at_scale.blocks)
CACHE = as_a_reader_imports_it(dlbook.attention_at_scale.cache)
GROUPED = as_a_reader_imports_it(dlbook.attention_at_scale.grouped)
WRITING = as_a_reader_imports_it(dlbook.attention_at_scale.writing)
Q, K, V = torch.zeros(2, 3, 4), torch.zeros(2, 5, 4), torch.zeros(2, 5, 6)


@pytest.mark.parametrize(
    ("query", "key", "value", "message"),
    [
        (Q.long(), K, V, "query must hold floating-point numbers, got torch.int64"),
        ([[1.0]], K, V, "query must hold floating-point numbers, got list"),
        (Q[0, 0], K, V, r"query must have at least 2 axes .* got 1: shape \(4,\)"),
        (Q, K.double(), V, "key is torch.float64, query is torch.float32"),
        (Q, K, V.to("meta"), "value is on meta, query is on cpu"),
        (Q, K[..., :3], V, "query and key must have equally many columns, at least 1, got 4 and 3"),
        (Q[..., :0], K[..., :0], V, "equally many columns, at least 1, got 0 and 0"),
        (Q, K, V[:, :4], "each key needs its value, got 5 keys and 4 values"),
        (torch.zeros(3, 3, 4), K, V, r"leading axes .* do not fit: \(3,\), \(2,\), \(2,\)"),
        (Q, K[:, :0], V[:, :0], "the number of keys must be an integer of at least 1, got 0"),
    ],
)
def test_what_does_not_fit_is_refused(query, key, value, message):
    with pytest.raises(ValueError, match=message):
        BLOCKS.attention_in_blocks(query, key, value)


@pytest.mark.parametrize("block", [0, -1, 2.0, True, None])
def test_a_block_that_is_no_whole_number_is_refused(block):
    with pytest.raises(ValueError, match=f"block must be an integer of at least 1, got {block!r}"):
        BLOCKS.attention_in_blocks(Q, K, V, block=block)


def test_a_full_cache_refuses_and_keeps_what_it_has(rng):
    cache = CACHE.KeyValueCache(4, 1, 2)
    three = draw(rng, 1, 1, 3, 2, dtype=torch.float32)
    cache.append(three, three)
    with pytest.raises(ValueError, match="the cache has room for 4 words, got 5"):
        cache.append(three[:, :, :2], three[:, :, :2])
    assert cache.length == 3
    assert not cache.keys[:, :, 3:].any()
    cache.append(three[:, :, :1], three[:, :, :1])
    assert cache.length == 4


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (
            torch.zeros(1, 2, 1, 3),
            torch.zeros(1, 2, 2, 3),
            r"value must have the shape .*\(1, 2, 1, 3\), got \(1, 2, 2",
        ),
        (torch.zeros(2, 2, 1, 3), torch.zeros(2, 2, 1, 3), r"key must have the shape .*\(1, 2, 1, 3\), got \(2, 2, 1"),
        (torch.zeros(1, 1, 1, 3), torch.zeros(1, 1, 1, 3), r"key must have the shape .*got \(1, 1, 1, 3\)"),
        (torch.zeros(1, 2, 1, 4), torch.zeros(1, 2, 1, 4), r"key must have the shape .*got \(1, 2, 1, 4\)"),
        (torch.zeros(3), torch.zeros(3), "key must have at least 2 axes"),
        ([1.0], [1.0], "key must hold floating-point numbers, got list"),
        (torch.zeros(1, 2, 1, 3).double(), torch.zeros(1, 2, 1, 3).double(), "key is torch.float64, cache is"),
        (torch.zeros(1, 2, 1, 3, device="meta"), torch.zeros(1, 2, 1, 3), "key is on meta, cache is on cpu"),
    ],
)
def test_a_cache_refuses_what_does_not_fit(key, value, message):
    cache = CACHE.KeyValueCache(4, 2, 3)
    with pytest.raises(ValueError, match=message):
        cache.append(key, value)
    assert cache.length == 0


def test_a_cache_refuses_to_be_trained_through(rng):
    layer = GroupedAttention(8, 2, generator=rng)
    with pytest.raises(ValueError, match=r"key asks for a gradient, .* torch.no_grad\(\)"):
        layer(torch.zeros(1, 1, 8), layer.new_cache(3))


@pytest.mark.parametrize("name", ["longest", "heads", "d_k", "texts"])
@pytest.mark.parametrize("wrong", [0, -1, 2.0, True, None])
def test_a_cache_without_sense_is_refused(name, wrong):
    how = {"longest": 3, "heads": 2, "d_k": 4, "texts": 1, name: wrong}
    with pytest.raises(ValueError, match=f"{name} must be an integer of at least 1, got {wrong!r}"):
        CACHE.KeyValueCache(**how)
    with pytest.raises(ValueError, match=r"the cache must hold floating-point numbers, got torch.int64"):
        CACHE.KeyValueCache(3, 2, 4, dtype=torch.int64)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"length": -1}, "length must be an integer of at least 0, got -1"),
        ({"texts": 1.5}, "texts must be an integer of at least 0, got 1.5"),
        ({"layers": 0}, "layers must be an integer of at least 1, got 0"),
        ({"heads": True}, "heads must be an integer of at least 1, got True"),
        ({"d_k": None}, "d_k must be an integer of at least 1, got None"),
    ],
)
def test_the_size_of_a_senseless_cache_is_refused(how, message):
    with pytest.raises(ValueError, match=message):
        CACHE.cache_bytes(**{"length": 1, "layers": 1, "heads": 1, "d_k": 1, **how})


def test_more_new_words_than_words_are_refused():
    with pytest.raises(ValueError, match="new words are among all words, got 3 new of 2"):
        CACHE.last_rows(3, 2)
    with pytest.raises(ValueError, match="new must be an integer of at least 0, got -1"):
        CACHE.last_rows(-1, 2)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((8, 4, 3), "kv_heads must divide heads, got 3 and 4"),
        ((8, 4, 8), "kv_heads must divide heads, got 8 and 4"),
        ((8, 4, 0), "kv_heads must be an integer of at least 1, got 0"),
        ((8, 3, 1), "heads must divide d_model, got 3 and 8"),
        ((8, 4, 2.0), "kv_heads must be an integer of at least 1, got 2.0"),
    ],
)
def test_a_layer_of_senseless_size_is_refused(sizes, message):
    with pytest.raises(ValueError, match=message):
        GROUPED.GroupedAttention(*sizes)


def test_a_layer_refuses_rows_of_another_width():
    with pytest.raises(ValueError, match=r"x must be rows of 8 columns, got \(1, 6, 7\)"):
        GROUPED.GroupedAttention(8, 2)(torch.zeros(1, 6, 7))


def test_the_writer_refuses_what_it_cannot_read():
    model = WRITING.Writer(9, 8, 2, 1)
    with pytest.raises(ValueError, match="ids go from 0 to 8, got 9"):
        model(torch.tensor([[9]]))
    with pytest.raises(ValueError, match="the number of tokens to start from must be an integer of at least 1, got 0"):
        WRITING.write(model, torch.zeros(1, 0, dtype=torch.long), 2)
    with pytest.raises(ValueError, match="more must be an integer of at least 0, got -1"):
        WRITING.write(model, torch.zeros(1, 1, dtype=torch.long), -1)
    with pytest.raises(ValueError, match="tokens must be an integer of at least 1, got 0"):
        WRITING.Writer(0, 8, 2, 1)
    with pytest.raises(ValueError, match="layers must be an integer of at least 1, got 0"):
        WRITING.Writer(9, 8, 2, 0)
