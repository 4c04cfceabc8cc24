"""Under `torch.autocast` the book's functions and layers give the types that torch's give."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from dlbook import activations, losses
from dlbook.attention import MultiHeadAttention, attention
from dlbook.convolution import Conv2d, conv2d
from dlbook.convolution.forward import conv2d_fast, conv2d_unfold
from dlbook.convolution.gradient import conv_transpose2d
from dlbook.dropout import Dropout
from dlbook.embedding import Embedding, cosine_similarity, embed_one_hot, lookup
from dlbook.fully_connected import MLP, Linear, linear
from dlbook.lenet import LeNet
from dlbook.lrn import lrn
from dlbook.normalization import BatchNorm, GroupNorm, InstanceNorm, LayerNorm, RMSNorm
from dlbook.pooling import avg_pool2d, max_pool2d
from dlbook.rnn import GRU, LSTM, RNN
from dlbook.transformer.layers import FeedForward

TYPES = [torch.float32, torch.bfloat16, torch.float64]


def drawn(*shape, dtype=torch.float32, seed=0):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(dtype)


def both(ours, theirs):
    with torch.autocast("cpu", torch.bfloat16):
        found, expected = ours(), theirs()
    first = [each[0] if isinstance(each, tuple) else each for each in (found, expected)]
    return [each.dtype for each in first]


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("bias", [True, False])
def test_products_have_the_type_of_torch_s(dtype, bias):
    x, w, b = drawn(2, 4, 8, 8, dtype=dtype), drawn(6, 4, 3, 3, dtype=dtype), drawn(6, dtype=dtype) if bias else None
    v = drawn(4, 6, 3, 3, dtype=dtype)
    rows, m, c = drawn(5, 8, dtype=dtype), drawn(3, 8, dtype=dtype), drawn(3, dtype=dtype) if bias else None
    pairs = [
        (lambda way=way: way(x, w, b), lambda: functional.conv2d(x, w, b))
        for way in (conv2d, conv2d_unfold, conv2d_fast)
    ]
    pairs += [(lambda: conv_transpose2d(x, v, b), lambda: functional.conv_transpose2d(x, v, b))]
    pairs += [(lambda: linear(rows, m, c), lambda: functional.linear(rows, m, c))]
    for ours, theirs in pairs:
        found, expected = both(ours, theirs)
        assert found == expected
        assert found == (torch.float64 if dtype == torch.float64 else torch.bfloat16)


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("mask", [None, torch.ones(5, 5, dtype=torch.bool).tril()], ids=["all", "causal"])
def test_attention_has_the_type_of_torch_s(dtype, mask):
    q = drawn(2, 5, 8, dtype=dtype)
    found, expected = both(
        lambda: attention(q, q, q, mask), lambda: functional.scaled_dot_product_attention(q, q, q, mask)
    )
    assert found == expected


@pytest.mark.parametrize("dtype", TYPES)
def test_losses_have_the_type_of_torch_s(dtype):
    z, share, t = drawn(5, 3, dtype=dtype), drawn(5, 3, dtype=dtype).sigmoid(), torch.tensor([0, 1, 2, 0, 1])
    for ours, theirs in [
        (lambda: losses.mse(z, share), lambda: functional.mse_loss(z, share)),
        (lambda: losses.cross_entropy(z, t), lambda: functional.cross_entropy(z, t)),
        (lambda: losses.binary_cross_entropy(z, share), lambda: functional.binary_cross_entropy_with_logits(z, share)),
    ]:
        found, expected = both(ours, theirs)
        assert found == expected


@pytest.mark.parametrize("dtype", TYPES)
def test_what_is_no_product_has_the_type_of_torch_s(dtype):
    x, z, ids = drawn(2, 4, 8, 8, dtype=dtype), drawn(5, 3, dtype=dtype), torch.tensor([0, 1, 4])
    for ours, theirs in [
        (lambda: max_pool2d(x, 2), lambda: functional.max_pool2d(x, 2)),
        (lambda: avg_pool2d(x, 2), lambda: functional.avg_pool2d(x, 2)),
        (lambda: lrn(x), lambda: functional.local_response_norm(x, 5)),
        (lambda: losses.softmax(z, 1), lambda: functional.softmax(z, 1)),
        (lambda: losses.log_softmax(z, 1), lambda: functional.log_softmax(z, 1)),
        (lambda: activations.gelu(z), lambda: functional.gelu(z)),
        (lambda: Dropout(0.5)(x), lambda: functional.dropout(x)),
        (lambda: lookup(z, ids), lambda: functional.embedding(ids, z)),
        (lambda: embed_one_hot(z, ids), lambda: functional.one_hot(ids, 5).to(dtype) @ z),
        (lambda: cosine_similarity(z, z), lambda: functional.cosine_similarity(z, z)),
    ]:
        found, expected = both(ours, theirs)
        assert found == expected


@pytest.mark.parametrize("dtype", TYPES[:2])
@pytest.mark.parametrize(
    ("ours", "theirs", "shape"),
    [
        (lambda: Linear(8, 3), lambda: nn.Linear(8, 3), (2, 5, 8)),
        (lambda: Conv2d(4, 6, 3), lambda: nn.Conv2d(4, 6, 3), (2, 4, 8, 8)),
        (lambda: RNN(8, 3), lambda: nn.RNN(8, 3), (2, 5, 8)),
        (lambda: GRU(8, 3), lambda: nn.GRU(8, 3), (2, 5, 8)),
        (lambda: LSTM(8, 3), lambda: nn.LSTM(8, 3), (2, 5, 8)),
        (lambda: LayerNorm(8), lambda: nn.LayerNorm(8), (2, 5, 8)),
        (lambda: RMSNorm(8), lambda: nn.RMSNorm(8, eps=1e-5), (2, 5, 8)),
        (lambda: BatchNorm(4), lambda: nn.BatchNorm2d(4), (2, 4, 8, 8)),
        (lambda: InstanceNorm(4), lambda: nn.InstanceNorm2d(4), (2, 4, 8, 8)),
        (lambda: GroupNorm(2, 4), lambda: nn.GroupNorm(2, 4), (2, 4, 8, 8)),
    ],
)
@pytest.mark.filterwarnings("ignore:Mismatch dtype between input and weight")  # torch's RMSNorm says that it is slow
def test_layers_have_the_type_of_torch_s(ours, theirs, shape, dtype):
    x = drawn(*shape, dtype=dtype)
    found, expected = both(lambda: ours()(x), lambda: theirs()(x))
    assert found == expected


@pytest.mark.parametrize("dtype", TYPES[:2])
def test_heads_have_the_type_of_torch_s(dtype):
    x, torchs = drawn(2, 5, 8, dtype=dtype), nn.MultiheadAttention(8, 2, batch_first=True)
    found, expected = both(lambda: MultiHeadAttention(8, 2)(x), lambda: torchs(x, x, x, need_weights=False))
    assert found == expected


@pytest.mark.parametrize(
    ("net", "shape"),
    [
        (lambda: MLP([8, 6, 4]), (3, 8)),
        (lambda: nn.Sequential(Linear(8, 8), LayerNorm(8), FeedForward(8, 16), MultiHeadAttention(8, 2)), (2, 5, 8)),
        (lambda: nn.Sequential(Conv2d(1, 2, 3), BatchNorm(2), Conv2d(2, 3, 3)), (2, 1, 9, 9)),
        (LeNet, (2, 1, 28, 28)),
    ],
)
def test_nets_learn_under_autocast(net, shape):
    model, x = net(), drawn(*shape)
    with torch.autocast("cpu", torch.bfloat16):
        y = model(x)
    assert y.dtype == torch.bfloat16
    torch.testing.assert_close(y.float(), model(x), atol=0.1, rtol=0.05)
    y.float().square().mean().backward()
    assert all(p.grad is not None and p.grad.dtype == torch.float32 for p in model.parameters())


def test_outside_of_autocast_other_types_are_refused():
    x, w = drawn(5, 8, dtype=torch.bfloat16), drawn(3, 8)
    with pytest.raises(ValueError, match=r"weight is torch\.float32, x is torch\.bfloat16"):
        linear(x, w)
    with torch.autocast("cpu", torch.bfloat16), pytest.raises(ValueError, match=r"weight is torch\.float64"):
        linear(x, w.double())


def test_an_embedding_trains_under_autocast():
    layer = Embedding(5, 3)
    with torch.autocast("cpu", torch.bfloat16):
        assert layer(torch.tensor([1])).dtype == torch.float32
