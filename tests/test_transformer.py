"""The Transformer: ours against torch's in every mode and mask, counts, what a word may see, what is refused."""

import math
import warnings

import pytest
import torch
from plain import as_a_reader_imports_it
from torch import nn
from torch.testing import assert_close

import dlbook.transformer.masks
from dlbook.activations import ACTIVATIONS
from dlbook.attention import MultiHeadAttention
from dlbook.normalization import LayerNorm
from dlbook.positional_encoding import positional_encoding
from dlbook.transformer import (
    Decoder,
    DecoderLayer,
    Encoder,
    EncoderLayer,
    FeedForward,
    Residual,
    Rows,
    TokenMatrix,
    Transformer,
    paper_rate,
    places,
    read_mask,
    real_words,
    write_mask,
)
from dlbook.transformer.layers import DroppedAttention
from dlbook.transformer.looking import attention_maps, flow
from dlbook.transformer.torch_weights import from_torch

D, HEADS, D_FF = 8, 2, 12
TEXTS, LENGTH, WORDS = 3, 5, 4

REAL = {
    "none": torch.ones(TEXTS, LENGTH, dtype=torch.bool),
    "right": torch.arange(LENGTH) < torch.tensor([[3], [5], [2]]),
    "left": torch.arange(LENGTH) >= torch.tensor([[2], [0], [3]]),
}
SETTINGS = [
    pytest.param(first, activation, bias, id=f"{'before' if first else 'after'}-{activation}-bias={bias}")
    for first in (False, True)
    for activation in ("relu", "gelu")
    for bias in (True, False)
]


@pytest.fixture
def rng():
    return torch.Generator().manual_seed(7)


def draw(rng, *shape):
    return torch.randn(shape, dtype=torch.float64, generator=rng)


def ids(rng, *shape, tokens=11):
    return torch.randint(1, tokens, shape, generator=rng)


def shaken(module, rng):
    """Every weight moved, so that no bias is 0 and no scale is 1."""
    for p in module.parameters():
        p.data += 0.1 * draw(rng, *p.shape)
    return module


def torchs(kind, first, activation, bias, dropout=0.0):
    """Torch's layer or stack, in float64, texts first."""
    decodes = "Decoder" in kind
    layer = (nn.TransformerDecoderLayer if decodes else nn.TransformerEncoderLayer)(
        D, HEADS, D_FF, dropout, activation, batch_first=True, norm_first=first, bias=bias, dtype=torch.float64
    )
    if "Layer" in kind:
        return layer
    last = nn.LayerNorm(D, bias=bias, dtype=torch.float64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about nested tensors
        return (nn.TransformerDecoder if decodes else nn.TransformerEncoder)(layer, 2, last)


def both_ways(kind, theirs, ours, rng, padding, causal):
    """Functions of an input that run torch's and ours with the same masks, and the input."""
    real, x = REAL[padding], draw(rng, TEXTS, LENGTH, D)
    mask = write_mask(real) if causal else read_mask(real)
    closed = None if not causal else ~write_mask(REAL["none"])[0, 0]
    if "Encoder" in kind:
        return (lambda x: theirs(x, closed, src_key_padding_mask=~real)), (lambda x: ours(x, mask)), x
    memory, heard = draw(rng, TEXTS, WORDS, D), torch.arange(WORDS) < torch.tensor([[4], [2], [3]])
    padded = {"tgt_key_padding_mask": ~real, "memory_key_padding_mask": ~heard}
    return (
        lambda x: theirs(x, memory, closed, **padded),
        lambda x: ours(x, memory, mask, read_mask(heard)),
        x,
    )


# Nested tensors, which torch's own encoder makes of padding, warn of themselves.
pytestmark = pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
KINDS = ["EncoderLayer", "DecoderLayer", "Encoder", "Decoder"]


@pytest.mark.parametrize(("first", "activation", "bias"), SETTINGS)
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("padding", list(REAL))
@pytest.mark.parametrize("kind", KINDS)
def test_ours_is_torchs_in_every_mode(kind, padding, causal, first, activation, bias, rng):
    theirs = shaken(torchs(kind, first, activation, bias), rng)
    ours = from_torch(theirs)
    torchs_way, our_way, x = both_ways(kind, theirs, ours, rng, padding, causal)
    real = REAL[padding]
    found = {}
    for mode in ("train", "eval"):
        theirs.train(mode == "train")
        ours.train(mode == "train")
        a, b = torchs_way(x), our_way(x)
        assert_close(b, a, rtol=1e-10, atol=1e-12)
        grad = draw(rng, *a.shape) * real[..., None]  # the loss leaves filling out
        slopes, others = (torch.autograd.grad(y, list(m.parameters()), grad) for y, m in ((b, ours), (a, theirs)))
        assert_close(sum(g.square().sum() for g in slopes), sum(g.square().sum() for g in others))
        found[mode] = b.detach()
    with torch.no_grad():
        found["no_grad"] = our_way(x)
        assert_close(found["no_grad"], found["eval"], rtol=0, atol=0)
        fast = torchs_way(x)
    lost = torch.zeros_like(real)
    if padding == "left" and causal and bias:  # torch's fast path: filling may look nowhere
        assert fast[~real].isnan().all()
        lost = ~real if "Layer" in kind else ~real.all(1, keepdim=True) | lost  # the next layer spreads it
    assert fast[lost].isnan().all()
    assert_close(found["no_grad"][real & ~lost], fast[real & ~lost], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [False, True])
def test_each_gradient_is_torchs_own(kind, first, rng):
    theirs = shaken(torchs(kind, first, "gelu", True), rng)
    ours = from_torch(theirs)
    torchs_way, our_way, x = both_ways(kind, theirs, ours, rng, "left", True)
    grad = draw(rng, *x.shape) * REAL["left"][..., None]
    inputs = [x.clone().requires_grad_() for _ in range(2)]
    torchs_way(inputs[0]).backward(grad)
    our_way(inputs[1]).backward(grad)
    assert_close(inputs[1].grad, inputs[0].grad)
    for p in theirs.parameters():
        p.data = p.grad
    expected = from_torch(theirs).state_dict()
    assert expected.keys() == ours.state_dict().keys()
    for name, p in ours.named_parameters():
        assert_close(p.grad, expected[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_a_whole_transformer_is_torchs(first, bias, rng):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = nn.Transformer(
            D, HEADS, 2, 3, D_FF, 0.0, batch_first=True, norm_first=first, bias=bias, dtype=torch.float64
        )
    shaken(theirs, rng)
    encoder, decoder = from_torch(theirs.encoder), from_torch(theirs.decoder)
    x, y = draw(rng, TEXTS, LENGTH, D), draw(rng, TEXTS, WORDS, D)
    real, causal = REAL["right"], write_mask(torch.ones(TEXTS, WORDS, dtype=torch.bool))
    for mode in (True, False):
        theirs.train(mode)
        for grad in (True, False):
            with torch.set_grad_enabled(grad):
                a = theirs(x, y, tgt_mask=~causal[0, 0], src_key_padding_mask=~real, memory_key_padding_mask=~real)
                b = decoder(y, encoder(x, read_mask(real)), causal, read_mask(real))
            assert_close(b, a, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [False, True])
def test_with_the_same_draws_the_same_is_dropped(kind, first, rng):
    theirs = shaken(torchs(kind, first, "relu", True, dropout=0.4), rng).train()
    ours = from_torch(theirs)
    assert ours.training
    # One text: torch draws its masks along the memory, where texts stand inside words.
    x, memory = draw(rng, 1, LENGTH, D), draw(rng, 1, WORDS, D)
    inputs = (x,) if "Encoder" in kind else (x, memory)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        a = theirs(*inputs)
        torch.manual_seed(3)
        b = ours(*inputs)
    assert_close(b, a)
    assert not torch.allclose(ours(*inputs), b)


@pytest.mark.parametrize("norm_first", [False, True])
def test_numbers_of_the_norms_are_copied(norm_first, rng):
    theirs = nn.TransformerEncoderLayer(
        D, HEADS, D_FF, 0.0, layer_norm_eps=0.3, batch_first=True, norm_first=norm_first
    ).double()
    x = draw(rng, 2, LENGTH, D)
    assert_close(from_torch(theirs)(x), theirs(x))


def test_a_stack_without_a_last_norm(rng):
    layer = nn.TransformerEncoderLayer(D, HEADS, D_FF, 0.0, batch_first=True).double()
    theirs = shaken(nn.TransformerEncoder(layer, 2), rng)
    ours = from_torch(theirs)
    assert isinstance(ours.norm, nn.Identity)
    x = draw(rng, 2, LENGTH, D)
    assert_close(ours(x), theirs(x))


def test_other_modules_are_refused():
    with pytest.raises(ValueError, match="got Linear"):
        from_torch(nn.Linear(2, 2))
    with pytest.raises(ValueError, match="got Transformer"):
        from_torch(nn.Transformer(D, HEADS, 1, 1, D_FF, batch_first=True))
    layer = nn.TransformerEncoderLayer(D, HEADS, D_FF, batch_first=True)
    with pytest.raises(ValueError, match=r"torch\.nn\.LayerNorm, got RMSNorm"):
        from_torch(nn.TransformerEncoder(layer, 1, nn.RMSNorm(D)))


# Layers


@pytest.mark.equation("transformer_after")
@pytest.mark.equation("transformer_before")
def test_the_norm_stands_before_or_after(rng):
    f, x = nn.Linear(D, D).double(), draw(rng, 3, D)
    norm = nn.LayerNorm(D).double()
    for place, expected in {"before": x + f(norm(x)), "after": norm(x + f(x))}.items():
        assert_close(Residual(f, D, norm=place).double()(x), expected)
    with pytest.raises(ValueError, match="norm must be 'before' or 'after', got 'pre'"):
        Residual(f, D, norm="pre")


@pytest.mark.equation("transformer_slope")
def test_a_sum_lets_the_gradient_through(rng):
    f, x = nn.Sequential(nn.Linear(D, D), nn.Tanh(), nn.Linear(D, D)).double(), draw(rng, D)
    found = torch.autograd.functional.jacobian(lambda x: x + f(x), x)
    step, slopes = 1e-6, torch.eye(D, dtype=torch.float64)
    for j in range(D):  # of f alone, by differences
        away = torch.zeros(D, dtype=torch.float64)
        away[j] = step
        slopes[:, j] += ((f(x + away) - f(x - away)) / (2 * step)).detach()
    assert_close(found, slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.equation("transformer_sum")
def test_what_comes_out_is_what_each_part_added(rng):
    model = Encoder(D, HEADS, D_FF, 3, last_norm=False, generator=rng).double()
    x, added = draw(rng, 2, LENGTH, D), []
    for layer in model.layers:
        for part in (layer.attention, layer.feed):
            part.layer.register_forward_hook(lambda module, args, output: added.append(output))
    y = model(x)
    assert len(added) == 6
    assert_close(y, x + sum(added))
    first = model.layers[0]
    assert_close(added[1], first.feed.layer(nn.functional.layer_norm(x + added[0], (D,))))


@pytest.mark.equation("feed_forward")
def test_feed_forward_sees_one_word(rng):
    layer = FeedForward(D, D_FF, generator=rng).double()
    layer.output.bias.data += 1
    x = draw(rng, 2, LENGTH, D)
    hidden = torch.einsum("nld,ud->nlu", x, layer.hidden.weight) + layer.hidden.bias
    expected = torch.einsum("nlu,du->nld", hidden * (hidden > 0), layer.output.weight) + layer.output.bias
    assert_close(layer(x), expected)
    other = x.clone()
    other[:, 2] += 1
    moved = (layer(other) != layer(x)).any(-1)
    assert moved.sum(1).tolist() == [1, 1]
    assert moved[:, 2].all()


def test_any_bend_will_do(rng):
    x = draw(rng, 2, LENGTH, D)
    for name in ("ReLU", "GELU", "SiLU"):
        layer = EncoderLayer(D, HEADS, D_FF, activation=ACTIVATIONS[name].function, generator=rng).double()
        theirs = {"ReLU": nn.ReLU(), "GELU": nn.GELU(), "SiLU": nn.SiLU()}[name]
        y = layer(x)
        layer.feed.layer.activation = theirs
        assert_close(y, layer(x))


def test_dropped_attention_drops_in_training_alone(rng):
    layer = DroppedAttention(D, HEADS, dropout=0.5, generator=rng)
    x = torch.randn(2, LENGTH, D, generator=rng)
    plain = MultiHeadAttention.forward(layer, x)
    assert not torch.allclose(layer(x), plain)
    assert torch.equal(layer.eval()(x), plain)
    layer.train().drop.p = 1.0  # no weight is left: only the bias comes out
    assert_close(layer(x), layer.output.bias.expand_as(x))


def test_the_generator_alone_decides():
    made = [
        Transformer(5, 6, D, HEADS, 1, D_FF, dropout=0.3, generator=torch.Generator().manual_seed(1)) for _ in range(2)
    ]
    for a, b in zip(made[0].parameters(), made[1].parameters(), strict=True):
        assert torch.equal(a, b)
    words = torch.tensor([[1, 2, 3]])
    assert torch.equal(made[0](words, words), made[1](words, words))


# Masks


def test_masks_are_those_of_the_table():
    found = real_words(torch.tensor([[0, 0, 4, 5], [6, 7, 0, 0], [8, 9, 9, 9]]), 0)
    read, write = read_mask(found), write_mask(found)
    assert read.shape == (3, 1, 1, 4)
    assert write.shape == (3, 1, 4, 4)
    for n in range(3):
        for k in range(4):
            assert read[n, 0, 0, k] == found[n, k]
            for q in range(4):
                assert write[n, 0, q, k] == (bool(found[n, k]) and k <= q)
    assert real_words(torch.zeros(2, 3, dtype=torch.long), None).all()
    assert places(found).tolist() == [[0, 0, 0, 1], [0, 1, 1, 1], [0, 1, 2, 3]]


def test_masks_refuse_other_tables():
    plain = as_a_reader_imports_it(dlbook.transformer.masks)
    for function in (plain.read_mask, plain.write_mask, plain.places):
        with pytest.raises(ValueError, match=r"real must have 2 axes \(texts, words\), got 1"):
            function(torch.ones(3, dtype=torch.bool))
        with pytest.raises(ValueError, match=r"real must be boolean, got torch\.int64"):
            function(torch.ones(2, 3, dtype=torch.long))


# The whole


@pytest.mark.parametrize("norm", ["before", "after"])
@pytest.mark.parametrize("training", [True, False])
def test_the_past_cannot_feel_the_future(norm, training, rng):
    model = Transformer(11, 11, D, HEADS, 2, D_FF, norm=norm, generator=rng).double().train(training)
    source, target = ids(rng, 2, LENGTH), ids(rng, 2, 6)
    other = target.clone()
    other[:, 3:] = other[:, 3:] % 10 + 1
    for grad in (True, False):
        with torch.set_grad_enabled(grad):
            a, b = model(source, target), model(source, other)
        assert torch.equal(a[:, :3], b[:, :3])
        assert (a[:, 3:] != b[:, 3:]).any(-1).all()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("grad", [True, False])
def test_filling_changes_nothing(side, grad, rng):
    model = Transformer(11, 11, D, HEADS, 2, D_FF, padding=0, generator=rng).double().eval()
    source, target = ids(rng, 1, 3), ids(rng, 1, 4)

    def filled(x):
        filling = torch.zeros(1, 2, dtype=torch.long)
        return torch.cat([filling, x] if side == "left" else [x, filling], 1)

    where = slice(2, None) if side == "left" else slice(4)
    with torch.set_grad_enabled(grad):
        y = model(filled(source), filled(target))
        assert y.isfinite().all()
        assert_close(y[:, where], model(source, target), rtol=1e-12, atol=1e-12)


def test_decoding_in_two_steps_is_the_whole(rng):
    model = Transformer(7, 9, D, HEADS, 2, D_FF, padding=0, generator=rng)
    source, target = ids(rng, 2, 5, tokens=7), ids(rng, 2, 4, tokens=9)
    y = model.decode(target, model.encode(source), source)
    assert y.shape == (2, 4, 9)
    assert torch.equal(y, model(source, target))


def test_a_shared_matrix_is_one(rng):
    counts = {}
    for matrices in (1, 2, 3):
        model = Transformer(7, 7, D, HEADS, 1, D_FF, matrices=matrices, generator=rng)
        counts[matrices] = sum(p.numel() for p in model.parameters())
    assert counts[2] - counts[1] == counts[3] - counts[2] == 7 * D
    with pytest.raises(ValueError, match="got 7 and 8 tokens"):
        Transformer(7, 8, D, HEADS, 1, D_FF, matrices=1)
    with pytest.raises(ValueError, match="matrices must be 1, 2 or 3, got 4"):
        Transformer(7, 7, D, HEADS, 1, D_FF, matrices=4)


def test_other_ids_are_refused(rng):
    model = Transformer(7, 9, D, HEADS, 1, D_FF)
    good = torch.tensor([[1, 2]])
    with pytest.raises(ValueError, match="ids go from 0 to 6, got 7"):
        model(good + 5, good)
    with pytest.raises(ValueError, match="ids go from 0 to 8, got 9"):
        model(good, good + 7)


def test_rows_are_as_large_as_waves(rng):
    tokens = TokenMatrix(4000, 64, generator=rng)
    assert tokens(torch.arange(4000)).var().item() == pytest.approx(1, rel=0.02)
    x = torch.randn(5, 64, generator=rng)
    assert_close(tokens.scores(x), x @ tokens.weight.T)
    with pytest.raises(ValueError, match=r"x must be rows of 64 columns, got \(5, 63\)"):
        tokens.scores(x[:, 1:])


def test_a_row_is_a_token_and_a_wave_of_which_part_is_dropped(rng):
    matrix = TokenMatrix(7, D, generator=rng).double()
    rows = Rows(matrix, dropout=0.5, generator=rng).eval()
    words, real = torch.tensor([[0, 3, 5]]), torch.tensor([[False, True, True]])
    code = positional_encoding(2, D, dtype=torch.float64)
    expected = math.sqrt(D) * matrix.weight[words[0]] + code[[0, 0, 1]]
    assert_close(rows(words, real)[0], expected)
    dropped = rows.train()(words, real)[0]
    kept = dropped != 0
    assert 0 < kept.sum() < kept.numel()
    assert_close(dropped[kept], 2 * expected[kept])


def test_attention_maps_are_the_weights_that_were_used(rng):
    model = Transformer(7, 9, D, HEADS, 2, D_FF, padding=0, norm="after", generator=rng)
    source, target = torch.tensor([[3, 4, 5, 0], [1, 2, 3, 4]]), torch.tensor([[1, 2, 3], [4, 5, 6]])
    maps = attention_maps(model, source, target)
    assert [(name, tuple(a.shape)) for name, a in maps.items()] == [
        ("encoder.layers.0.attention.layer", (2, HEADS, 4, 4)),
        ("encoder.layers.1.attention.layer", (2, HEADS, 4, 4)),
        ("decoder.layers.0.attention.layer", (2, HEADS, 3, 3)),
        ("decoder.layers.0.cross.layer", (2, HEADS, 3, 4)),
        ("decoder.layers.1.attention.layer", (2, HEADS, 3, 3)),
        ("decoder.layers.1.cross.layer", (2, HEADS, 3, 4)),
    ]
    for name, a in maps.items():
        assert_close(a.sum(-1), torch.ones(a.shape[:-1]))
        if "cross" in name:
            assert (a[0, ..., 3] == 0).all()
        elif name.startswith("decoder"):
            assert torch.equal(a, a.tril())
    first = model.encoder.layers[0].attention.layer
    rows = model.source(source, real_words(source, 0))
    assert_close(maps["encoder.layers.0.attention.layer"], first.weights(rows, None, read_mask(source != 0)))
    assert not any(m._forward_pre_hooks for m in model.modules())


# Sizes, rates


def base(tokens, **options):
    with torch.device("meta"):
        return Transformer(tokens, tokens, 512, 8, 6, 2048, matrices=1, norm="after", **options).to("meta")


@pytest.mark.equation("transformer_parameters")
@pytest.mark.parametrize(("d", "layers", "tokens"), [(8, 1, 5), (64, 3, 100), (512, 6, 37_000)])
def test_parameters_are_counted_as_on_the_page(d, layers, tokens):
    with torch.device("meta"):
        model = Transformer(tokens, tokens, d, 8, layers, 4 * d, matrices=1, norm="after")
    assert sum(p.numel() for p in model.parameters()) == layers * (28 * d**2 + 32 * d) + tokens * d


def test_the_base_model_has_the_papers_parameters():
    body = 6 * (4 * 512**2 + 4 * 512 + 2 * 512 * 2048 + 2048 + 512 + 2 * 1024)
    body += 6 * (2 * (4 * 512**2 + 4 * 512) + 2 * 512 * 2048 + 2048 + 512 + 3 * 1024)
    assert body == 44_138_496
    for tokens, parameters in {40_960: 65_110_016, 37_000: 63_082_496}.items():
        assert sum(p.numel() for p in base(tokens).parameters()) == body + tokens * 512 == parameters


def test_a_last_norm_stands_where_nothing_else_norms():
    for norm, last in {"before": True, "after": False}.items():
        for kind in (Encoder, Decoder):
            assert isinstance(kind(D, HEADS, D_FF, 1, norm=norm).norm, nn.Identity) is not last
            assert isinstance(kind(D, HEADS, D_FF, 1, norm=norm, last_norm=not last).norm, nn.Identity) is last


@pytest.mark.equation("transformer_rate")
def test_the_rate_of_the_paper():
    for t in (1, 10, 3999, 4000, 4001, 100_000):
        line = t / 4000**1.5 / math.sqrt(512)
        root = 1 / math.sqrt(512 * t)
        assert paper_rate(t, 512) == pytest.approx(line if t <= 4000 else root)
    assert max(range(1, 200), key=lambda t: paper_rate(t, 64, warm=50)) == 50
    with pytest.raises(ValueError, match="step must be an integer of at least 1, got 0"):
        paper_rate(0, 512)


@pytest.mark.parametrize("kind", [EncoderLayer, DecoderLayer])
def test_layers_refuse_what_cannot_be_shared(kind):
    with pytest.raises(ValueError, match="heads must divide d_model, got 3 and 8"):
        kind(D, 3, D_FF)
    with pytest.raises(ValueError, match="d_ff must be an integer of at least 1, got 0"):
        kind(D, HEADS, 0)
    with pytest.raises(ValueError, match="norm must be 'before' or 'after', got 'first'"):
        kind(D, HEADS, D_FF, norm="first")
    with pytest.raises(ValueError, match=r"p must be a finite number"):
        kind(D, HEADS, D_FF, dropout=1.5)


@pytest.mark.parametrize("norm", ["before", "after"])
def test_the_flow_is_that_of_the_model(norm, rng):
    model = Transformer(7, 9, D, HEADS, 2, D_FF, padding=0, norm=norm, generator=rng)
    source, target = ids(rng, 2, 4, tokens=7), ids(rng, 2, 3, tokens=9)
    flowed = flow(model, source, target)
    parts = {part.name: part for part in flowed}
    assert len(parts) == len(flowed) == 2 + 2 * 2 + 2 * 3 + 1 + 2 * (norm == "before")
    ends = ("encoder.norm", "decoder.norm") if norm == "before" else ("encoder.layers.1.feed", "decoder.layers.1.feed")
    assert parts["source"].reads == parts["target"].reads == ()
    assert parts["encoder.layers.1.attention"].reads == ("encoder.layers.0.feed",)
    assert parts["decoder.layers.0.attention"].reads == ("target",)
    for n in (0, 1):
        assert parts[f"decoder.layers.{n}.cross"].reads == (f"decoder.layers.{n}.attention", ends[0])
    assert parts["read"].reads == ends[1:]
    assert [part.shape for part in flowed[:3]] == [(2, 4, D)] * 3
    assert parts["decoder.layers.1.cross"].shape == (2, 3, D)
    assert parts["read"].shape == (2, 3, 9)
    assert not any(m._forward_hooks for m in model.modules())


@pytest.mark.parametrize(("norm", "order"), [("before", "norm layer norm layer"), ("after", "layer norm layer norm")])
def test_the_flow_within_a_layer(norm, order, rng):
    layer = EncoderLayer(D, HEADS, D_FF, norm=norm, generator=rng)
    parts = flow(layer, torch.zeros(2, D), kinds=(LayerNorm, MultiHeadAttention, FeedForward))
    assert " ".join(part.name.split(".")[-1] for part in parts) == order
