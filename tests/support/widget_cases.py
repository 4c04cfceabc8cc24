"""What interactive figures must compute: cases with what `dlbook` gives for them, and mutations that must be noticed."""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import torch
from browsing import BOOK
from grey_photo import grey

from dlbook import activations, augmentation
from dlbook.attention import attention, attention_weights, causal_mask
from dlbook.augmentation import sending
from dlbook.backprop.value import Value
from dlbook.batch_size import example_gradients, gradient_noise
from dlbook.convolution import conv2d, conv2d_fast, output_size, transposed_size, windows
from dlbook.convolution.sending import flower
from dlbook.dropout import apply_mask, spread
from dlbook.forward import trace
from dlbook.googlenet import PLANS, Plan, break_even, convolutions, inception_cost
from dlbook.gradient_descent import SGD, Adam, descend
from dlbook.lenet.handwriting import PAPER, as_mnist, examples, inked
from dlbook.lenet.reader import reader
from dlbook.pooling import output_size as pooled_size
from dlbook.positional_encoding import frequencies, positional_encoding
from dlbook.rnn import RNN
from dlbook.transformer.looking import attention_maps
from dlbook.transformer.numbers import english_text, english_tokens, from_english, in_chinese, in_english
from dlbook.transformer.pairs import SIGNS, WORDS, english_ids
from dlbook.transformer.replacing import replaced
from dlbook.transformer.replacing import spread as evenly
from dlbook.transformer.translation import translate
from dlbook.transformer.translator import HEADS, translator
from dlbook.vocabulary import EOS, PAD
from dlbook.vocabulary.bpe import count_pairs, merge


@dataclass(frozen=True)
class Case:
    """A call of a core's function and what `dlbook` gives for it."""

    function: str
    arguments: list[Any]
    expected: Any


def or_none(function: Callable[..., int], *arguments: Any, **options: Any) -> int | None:
    try:
        return function(*arguments, **options)
    except ValueError:
        return None


def axes(seed: int, count: int) -> list[dict[str, int]]:
    draw = random.Random(seed)
    names = {"n": (1, 12), "k": (1, 5), "s": (1, 4), "p": (0, 4), "d": (1, 3), "extra": (0, 3)}
    return [{name: draw.randint(*limits) for name, limits in names.items()} for _ in range(count)]


@cache
def conv_size_cases() -> list[Case]:
    cases = []
    for axis in axes(1, 600):
        n, k, s, p, d, extra = axis.values()
        size = or_none(output_size, n, k, stride=s, padding=p, dilation=d)
        grown = or_none(transposed_size, n, k, stride=s, padding=p, output_padding=extra, dilation=d)
        cases.append(Case("outputSize", [axis, "convolution"], size))
        cases.append(Case("outputSize", [axis, "transposed"], grown))
        for ceil in (False, True):
            pooled = or_none(pooled_size, n, k, stride=s, padding=p, dilation=d, ceil_mode=ceil)
            cases.append(Case("outputSize", [axis, "pooling", ceil], pooled))
        if size:
            pixels = torch.arange(-p, n + p, dtype=torch.float64)[None, None, None]
            seen = windows(pixels, (1, k), stride=(1, s), dilation=(1, d))[0, 0, 0, :, 0].long()
            counts = (seen.flatten() + p).bincount(minlength=n + 2 * p)
            cases.append(Case("taps", [axis, size - 1], seen[-1].tolist()))
            cases.append(Case("reads", [axis, size], counts.tolist()))
            cases.append(Case("unread", [axis, size], (counts[p : p + n] == 0).nonzero().flatten().tolist()))
    return cases + [Case("done", [*state], conv_size_tasks(*state)) for state in conv_size_states()]


def conv_size_states() -> Iterator[tuple[list[dict[str, int]], str, bool]]:
    """Two axes and a layer: some fulfil a task, some nearly do."""
    even = {"n": 9, "k": 5, "s": 1, "p": 2, "d": 1, "extra": 0}
    changes = (
        {},
        {"k": 3, "p": 1},
        {"n": 1, "s": 2},
        {"p": 1},
        {"s": 2, "p": 0},
        {"s": 4, "k": 3, "p": 0},
        {"s": 2, "extra": 1},
    )
    changes += (
        {"k": 3, "s": 3, "p": 0, "extra": 0, "n": 8},
        {"k": 2, "s": 2, "p": 0},
        {"n": 6, "s": 4, "k": 3, "p": 0},
        {"n": 3, "k": 4, "p": 0},  # twice as large without a stride
        {"n": 2, "k": 1, "s": 2, "p": 3},  # twice as large, and not transposed
    )
    for one, two, mode in product(changes, changes, LAYERS):
        yield [even | one, even | two], mode, False
    yield [even | {"n": 2, "k": 7}] * 2, "convolution", False


LAYERS: dict[str, Callable[..., torch.nn.Module]] = {
    "pooling": lambda k, s, p, d, extra: torch.nn.MaxPool2d(k, s, p, d),
    "convolution": lambda k, s, p, d, extra: torch.nn.Conv2d(1, 1, k, s, p, d),
    "transposed": lambda k, s, p, d, extra: torch.nn.ConvTranspose2d(1, 1, k, s, p, extra, dilation=d),
}


def conv_size_tasks(pair: list[dict[str, int]], mode: str, ceil: bool) -> list[str]:
    """Those that two axes fulfil, by the words of the page and the layers of torch."""
    k, s, p, d, extra = (tuple(axis[name] for axis in pair) for name in ("k", "s", "p", "d", "extra"))
    image = torch.zeros(1, 1, *(axis["n"] for axis in pair), requires_grad=True)
    try:
        y = LAYERS[mode](k, s, p, d, extra)(image)
    except (RuntimeError, ValueError):
        return []
    sizes, given = list(y.shape[2:]), list(image.shape[2:])
    if mode == "transposed":
        return ["double"] if s == (2, 2) and sizes == [2 * n for n in given] else []
    ones = torch.nn.functional.conv2d(image, torch.ones(1, 1, *k), None, s, p, d)
    (read,) = torch.autograd.grad(ones.sum(), image)
    never = [int((read[0, 0].sum(axis) == 0).sum()) for axis in (1, 0)]
    same = mode == "convolution" and min(k) >= 5 and s == (1, 1) and sizes == given
    return ["same"] * same + ["lost"] * (max(never) >= 2)


@cache
def conv_hand_cases() -> list[Case]:
    g = torch.Generator().manual_seed(2)
    cases = []
    for number in range(60):
        side, stride, padding = 3 + number % 5, 1 + number % 3, number % 2
        image = torch.randint(-9, 10, (side, side), generator=g).double()
        kernel = torch.randn(3, 3, generator=g, dtype=torch.float64)
        y = conv2d(image[None, None], kernel[None, None], stride=stride, padding=padding)[0, 0]
        how = {"stride": stride, "padding": padding}
        cases.append(Case("correlate", [image.tolist(), kernel.tolist(), how], y.tolist()))
        cases.append(Case("flipped", [kernel.tolist()], kernel.flip(0, 1).tolist()))
        padded = torch.nn.functional.pad(image[None, None], [padding] * 4)
        i, j = len(y) - 1, number % len(y)
        window = windows(padded, 3, stride=stride)[0, 0, i, j]
        cases.append(Case("products", [image.tolist(), kernel.tolist(), i, j, how], (window * kernel).tolist()))
        pixel = [number % side, (3 * number + 1) % side]
        cases.append(Case("nearest", [image.tolist(), pixel, how], [in_the_middle(len(y), at, how) for at in pixel]))
    return cases + [Case("done", [*state], conv_hand_tasks(*state)) for state in conv_hand_states()]


def in_the_middle(places: int, pixel: int, how: dict[str, int]) -> int:
    """The place whose window has its middle nearest to a pixel; of two as near, the later one."""
    return min(range(places), key=lambda i: (abs(i * how["stride"] - how["padding"] + 1 - pixel), -i))


KERNELS = {
    "page": [[1, 0, -1], [2, 1, 0], [0, 0, -1]],
    "edges": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    "none": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    "blur": [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
}


def conv_hand_states() -> Iterator[list[Any]]:
    """Image, kernel, how, place, and whether it is the photo: some fulfil a task, some nearly do."""
    page = [[1, 2, 0, 1], [0, 1, 3, 1], [2, 1, 0, 0], [1, 0, 2, 1]]
    step = [[0, 0, 0, 9, 9, 9, 9]] * 7
    even = [[3] * 5] * 5
    for image, (_, kernel), padding, stride in product((page, step, even), KERNELS.items(), (0, 1), (1, 2)):
        yield [image, kernel, {"stride": stride, "padding": padding}, [0, 0], False]
    rows = torch.nn.functional.avg_pool2d(grey()[None].double(), 2)[0].round().tolist()
    for kernel, place, photo in product(("edges", "blur", "none"), ([0, 0], [6, 8], [6, 20]), (False, True)):
        yield [rows, KERNELS[kernel], {"stride": 1, "padding": 0}, place, photo]
    y = answers(rows, KERNELS["edges"], {"stride": 1, "padding": 0}).abs()
    for share in (1, 0.93, 0.85):
        place = (y - share * y.max()).abs().argmin().item()
        yield [rows, KERNELS["edges"], {"stride": 1, "padding": 0}, list(divmod(place, y.shape[1])), True]


def answers(image: list[Any], kernel: list[Any], how: dict[str, int]) -> torch.Tensor:
    x, k = (torch.tensor(rows, dtype=torch.float64)[None, None] for rows in (image, kernel))
    return torch.nn.functional.conv2d(x, k, **how)[0, 0]


def conv_hand_tasks(
    image: list[Any], kernel: list[Any], how: dict[str, int], place: list[int], photo: bool
) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    x, y = torch.tensor(image, dtype=torch.float64), answers(image, kernel, how)
    tasks = []
    if torch.equal(x, y) and x.min() < x.max():
        tasks.append("copy")
    turned = answers(image, [row[::-1] for row in kernel[::-1]], how)
    if torch.equal(turned, -y) and y.any():
        tasks.append("sign")
    edge = sum(map(sum, kernel)) == 0 and y.any()
    if photo and edge and y[tuple(place)].abs() >= 0.9 * y.abs().max():
        tasks.append("strongest")
    return tasks


def position_tasks(state: dict[str, int]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    length, width, base, p, q = state.values()
    code = positional_encoding(max(length, 11), width, base=base, dtype=torch.float64)
    dots, tasks = code @ code.T, []
    if abs(p - q) >= 20 and dots[p, q] > code[0] @ code[7]:
        tasks.append("far")
    if dots[p, q] < 0:
        tasks.append("against")
    if 2 * math.pi / frequencies(width, base=base).min().item() < length:
        tasks.append("round")
    return tasks


def position_states() -> Iterator[dict[str, int]]:
    for length, width, base in product((4, 40, 70), (2, 8, 48), (10, 100, 10000)):
        for p, q in ((3, 3), (0, 2), (0, 19), (1, 20), (3, 23), (0, 44)):
            if max(p, q) < length:
                yield {"length": length, "width": width, "base": base, "p": p, "q": q}


@cache
def positions_cases() -> list[Case]:
    cases = []
    for length, width, base in [
        (5, 6, 10000),
        (40, 48, 10000),
        (9, 7, 100),
        (128, 64, 10),
        (3, 1, 1000),
        (64, 33, 1e5),
    ]:
        code = positional_encoding(length, width, base=base, dtype=torch.float64)
        cases.append(Case("frequencies", [width, base], frequencies(width, base=base).tolist()))
        cases.append(Case("encoding", [length, width, base], code.tolist()))
        cases.append(Case("dot", [code[1].tolist(), code[2].tolist()], (code[1] @ code[2]).item()))
        cases.append(Case("byDistance", [list(range(length)), width, base], (code @ code[0]).tolist()))
    return cases + [Case("done", [state], position_tasks(state)) for state in position_states()]


ACTIVATIONS = {
    "sigmoid": (activations.sigmoid, activations.sigmoid_derivative),
    "tanh": (activations.tanh, activations.tanh_derivative),
    "relu": (activations.relu, activations.relu_derivative),
    "leaky": (activations.leaky_relu, activations.leaky_relu_derivative),
    "silu": (activations.silu, activations.silu_derivative),
    "gelu": (activations.gelu, activations.gelu_derivative),
}


def fading(name: str, x: float, layers: int, leak: float) -> list[float]:
    """The derivatives of f, f(f), f(f(f)) …, each asked of autograd."""
    function = ACTIVATIONS[name][0]
    start = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    h, found = start, []
    for _ in range(layers):
        h = function(h, leak) if name == "leaky" else function(h)
        found.append(torch.autograd.grad(h, start, retain_graph=True)[0].item())
    return found


def activation_tasks(state: dict[str, Any]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    name, other, leak, x, layers = state.values()
    left, tasks = fading(name, x, layers, leak)[-1], []
    if left == 0:
        tasks.append("dead")
    if name not in ("relu", "leaky") and layers == 20 and abs(left) >= 0.5:
        tasks.append("half")
    if other != "none":
        one, two = sorted(abs(fading(each, x, 1, leak)[0]) for each in (name, other))
        if one > 0 and two >= 10 * one:
            tasks.append("tenfold")
    return tasks


def activation_states() -> Iterator[dict[str, Any]]:
    for name, other, x, layers in product(
        ACTIVATIONS, ("none", "tanh", "leaky"), (-3.0, 0.0, 0.3, 1.8, 4.0), (1, 19, 20)
    ):
        yield {"name": name, "other": other, "leak": 0.02, "x": x, "layers": layers}


@cache
def activations_cases() -> list[Case]:
    cases = []
    grid = [-40.0, -12.5, -6.0, -3.1, -2.0, -1.0, -0.3, 0.0, 0.4, 1.0, 1.9, 2.1, 5.0, 9.0, 35.0]
    for (name, (function, derivative)), leak in product(ACTIVATIONS.items(), (0.01, 0.3)):
        more = (leak,) if name == "leaky" else ()
        x = torch.tensor(grid, dtype=torch.float64)
        for at, value, slope in zip(grid, function(x, *more).tolist(), derivative(x, *more).tolist(), strict=True):
            cases.append(Case("value", [name, at, leak], value))
            cases.append(Case("slope", [name, at, leak], slope))
        for at, layers in ((-2.5, 4), (0.7, 20), (2.0, 10)):
            cases.append(Case("products", [name, at, layers, leak], fading(name, at, layers, leak)))
    return cases + [Case("done", [state], activation_tasks(state)) for state in activation_states()]


LINES = {
    "a cat sees a cat": ["a", "cat", "sees", "a", "cat"],
    "  two   words ": ["two", "words"],
    "猫看猫": ["猫", "看", "猫"],
    "猫看 猫": ["猫看", "猫"],
    "word": None,
    "": None,
    "一二三四五六七八九": None,
    "1 2 3 4 5 6 7 8": list("12345678"),
    "1 2 3 4 5 6 7 8 9": None,
    f"{'x' * 40} {'y' * 40}": None,
}


def seed_of(word: str) -> int:
    """FNV-1a over the signs, of 16 bits each."""
    found = 2166136261
    data = word.encode("utf-16-le")
    for at in range(0, len(data), 2):
        found = (found ^ int.from_bytes(data[at : at + 2], "little")) * 16777619 % 2**32
    return found


def mulberry(seed: int, count: int) -> list[float]:
    """Normal numbers: those of the figure, written down a second time."""
    state, uniforms = seed, []
    while len(uniforms) < count + 1:
        state = (state + 0x6D2B79F5) % 2**32
        mixed = (state ^ state >> 15) * (state | 1) % 2**32
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % 2**32
        uniforms.append(((mixed ^ mixed >> 14) + 0.5) / 2**32)
    found = []
    for one, two in zip(uniforms[::2], uniforms[1::2], strict=False):
        radius = math.sqrt(-2 * math.log(one))
        found += [radius * math.cos(2 * math.pi * two), radius * math.sin(2 * math.pi * two)]
    return found[:count]


def own_words_cases() -> list[Case]:
    cases = [Case("cut", [line], words) for line, words in LINES.items()]
    for words in filter(None, LINES.values()):
        cases += [Case("seedOf", [word], seed_of(word)) for word in words]
        for head, width in ((0, 4), (1, 3)):
            kinds = {"q": (2 * head + 1, width), "k": (2 * head + 2, width), "v": (99, 2)}
            rows = {
                name: [mulberry((seed_of(word) + 7919 * kind) % 2**32, columns) for word in words]
                for name, (kind, columns) in kinds.items()
            }
            cases.append(Case("drawn", [words, head, width], rows))
    return cases


def attention_states() -> Iterator[tuple[dict[str, Any], list[list[float]]]]:
    """States and weights that fulfil a task, or nearly do."""
    sharp, even, flat = [0.995, 0.005, 0], [0.4, 0.25, 0.35], [0.98, 0.01, 0.01]
    for rows in ([sharp, even, flat], [even, flat, sharp], [flat, sharp, even], [even, sharp, even]):
        for text, temperature, query, causal in product(("random", "three", "own"), (1, 0.5), (0, 1, 2), (False, True)):
            yield {"text": text, "temperature": temperature, "query": query, "causal": causal}, rows


def attention_tasks(state: dict[str, Any], weights: list[list[float]]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    text, row, tasks = state["text"], weights[state["query"]], []
    if text == "random" and state["temperature"] == 1 and max(row) > 0.99:
        tasks.append("one")
    if text == "three" and state["query"] == 1 and not state["causal"] and max(row) - min(row) < 0.2:
        tasks.append("even")
    if text == "own" and any(weights.count(one) > 1 for one in weights):
        tasks.append("twice")
    return tasks


@cache
def attention_cases() -> list[Case]:
    g = torch.Generator().manual_seed(3)
    cases = []
    for number in range(40):
        words, width = 2 + number % 5, (1, 4, 16)[number % 3]
        q, k, v = (torch.randn(words, n, generator=g, dtype=torch.float64) for n in (width, width, 2))
        how = {"scaled": number % 2 == 0, "causal": number % 4 > 1, "temperature": (1, 0.1, 2.5)[number % 3]}
        asked = q / how["temperature"] * (1 if how["scaled"] else math.sqrt(width))
        mask = causal_mask(words) if how["causal"] else None
        fits = asked @ k.T / math.sqrt(width)
        fits = fits if mask is None else fits.masked_fill(~mask, -math.inf)
        weights, output = attention_weights(asked, k, mask), attention(asked, k, v, mask)
        rows = {"q": q.tolist(), "k": k.tolist(), "v": v.tolist()}
        cases.append(Case("scores", [rows["q"], rows["k"], how], fits.tolist()))
        cases.append(Case("attend", [rows, how], {"weights": weights.tolist(), "output": output.tolist()}))
        cases.append(Case("product", [rows["k"], q.T.tolist()], (k @ q.T).tolist()))
        even = fits.nan_to_num(neginf=-9).round()  # some places of a row are equal
        shares = even.softmax(-1)
        for row, whole in zip(shares.tolist(), even.long().tolist(), strict=True):
            cases.append(Case("favourites", [row], [at for at, fit in enumerate(whole) if fit == max(whole)]))
        cases.append(Case("softmax", [(fits[-1] * 300).tolist()], (fits[-1] * 300).softmax(0).tolist()))
    cases += own_words_cases() + [Case("done", list(state), attention_tasks(*state)) for state in attention_states()]
    by_hand = {"q": [[-2, 1, 2, 1], [1, 0, 1, 0], [0, 1, 0, 1]], "k": [[2, 0, 2, 0], [0, 1, 0, 1], [0, 0, 2, 0]]}
    return [*cases, Case("projected", ["three", 0], by_hand | {"v": [[4, 4], [2, 0], [0, 4]]})]


def unit(activation: str, w: Value, x: Value, b: Value, t: Value) -> dict[str, Value]:
    m = w * x
    z = m + b
    a = getattr(z, activation)()
    e = a - t
    return {"w": w, "x": x, "b": b, "t": t, "m": m, "z": z, "a": a, "e": e, "L": e**2}


def twice(activation: str, x: Value, y: Value) -> dict[str, Value]:
    p = x * y
    q = p + x
    return {"x": x, "y": y, "p": p, "q": q, "L": q**2}


GRAPHS = {
    "unit": (unit, "wxbt", ["eL", "ae", "te", "za", "mz", "bz", "wm", "xm"]),
    "twice": (twice, "xy", ["qL", "pq", "xq", "xp", "yp"]),
}


def local_slope(end: Value, start: Value) -> float:
    """How fast a value changes with one that it is made of at once; a difference is made of a product with −1."""
    for parent, slope in end.parents:
        if parent is start:
            return slope
        for grandparent, inner in parent.parents:
            if grandparent is start and len(parent.parents) == 2 and parent.parents[1][0].data == -1:
                return slope * inner
    raise AssertionError("no edge")


def graph_tasks(state: dict[str, Any], nodes: dict[str, Value]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    unit, last = state["graph"] == "unit", {"unit": 10, "twice": 6}[state["graph"]]
    tasks = []
    if state["step"] < last:
        return tasks
    if unit and nodes["w"].grad < 0:
        tasks.append("falls")
    if unit and nodes["L"].data > 0.9 and -0.01 < nodes["w"].grad < 0.01:
        tasks.append("stuck")
    if not unit and nodes["p"].grad * nodes["y"].data * nodes["q"].grad < 0:
        tasks.append("apart")
    return tasks


def graph_states() -> Iterator[dict[str, Any]]:
    """States of one unit that hardly learns, and such that nearly are."""
    for w, t, activation in product((2, 4, 9), (0, 0.2, 1), ("sigmoid", "relu")):
        yield {"graph": "unit", "activation": activation, "w": w, "x": 1.0, "b": -1.0, "t": t, "y": 3, "step": 10}


@cache
def graph_cases() -> list[Case]:
    draw = random.Random(5)
    cases = []
    both = [twice("relu", Value(0.0), Value(-2.0)), twice("relu", Value(1.0), Value(-2.0))]
    for nodes in both:  # the gradients of the first are 0, whatever its slopes are
        nodes["L"].backward()
        state = {"graph": "twice", "activation": "relu", "x": nodes["x"].data, "y": -2.0, "step": 6}
        cases.append(Case("done", [state], graph_tasks(state, nodes)))
    for state in graph_states():
        nodes = unit(state["activation"], *(Value(state[name]) for name in "wxbt"))
        nodes["L"].backward()
        cases.append(Case("done", [state], graph_tasks(state, nodes)))
    for (name, (build, inputs, links)), activation, _ in product(GRAPHS.items(), ("sigmoid", "tanh", "relu"), range(8)):
        numbers = {one: draw.uniform(-2, 2) for one in inputs}

        def values(build=build, activation=activation, **given: float) -> dict[str, Value]:
            return build(activation, *map(Value, given.values()))

        nodes = values(**numbers)
        nodes["L"].backward()
        known = {one: node.data for one, node in nodes.items()}
        slopes = [{"from": a, "to": b, "slope": local_slope(nodes[b], nodes[a])} for a, b in links]
        cases.append(Case("forward", [name, numbers, activation], known))
        cases.append(Case("edges", [name, known, activation], slopes))
        cases.append(Case("backward", [name, known, activation], {one: node.grad for one, node in nodes.items()}))
        state = {"graph": name, "activation": activation, "t": 0, "y": 3, **numbers}
        for step in (len(known) - len(inputs), 2 * (len(known) - len(inputs))):
            cases.append(Case("done", [state | {"step": step}], graph_tasks(state | {"step": step}, nodes)))
        for one in inputs:
            up, down = (values(**numbers | {one: numbers[one] + step})["L"].data for step in (0.5, -0.5))
            cases.append(Case("central", [name, known, activation, one, 0.5], up - down))
    return cases


SURFACES: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "bowl": lambda p: (p[0] ** 2 + p[1] ** 2) / 2,
    "ravine": lambda p: (p[0] ** 2 + 20 * p[1] ** 2) / 2,
    "saddle": lambda p: (p[0] ** 2 - p[1] ** 2) / 2 + p[1] ** 4 / 20,
    "bend": lambda p: (1 - p[0]) ** 2 / 2 + 2 * (p[1] - p[0] ** 2 / 2) ** 2,
}


@cache
def descent_cases() -> list[Case]:
    """Two hundred steps each, by `dlbook`'s optimisers and by torch's."""
    cases = []
    starts = {"bowl": (2.5, -1.2), "ravine": (-2.5, 1.0), "saddle": (-2.0, 0.1), "bend": (-1.5, 2.0)}
    hows = [
        ("sgd", 0.02, 0),
        ("sgd", 0.09, 0),
        ("sgd", 0.03, 0.5),
        ("sgd", 0.01, 0.9),
        ("adam", 0.1, 0),
        ("adam", 0.5, 0),
    ]
    for (name, surface), (method, rate, momentum) in product(SURFACES.items(), hows):
        options = {"rate": rate, "momentum": momentum, "method": method, "steps": 200}
        for ours in (False, True):
            module = (SGD, Adam) if ours else (torch.optim.SGD, torch.optim.Adam)

            def maker(params, module=module, method=method, rate=rate, momentum=momentum):
                return module[1](params, lr=rate) if method == "adam" else module[0](params, lr=rate, momentum=momentum)

            points = walk(surface, starts[name], maker) if not ours else walk_ours(surface, starts[name], maker)
            cases.append(Case("path", [name, starts[name], options], points))
        values = [surface(torch.tensor(p, dtype=torch.float64)).item() for p in points]
        cases.append(Case("losses", [name, points], values))
        cases.append(Case("above", [name, points], [value - lowest(name) for value in values]))
    cases += [Case("minima", [name], [p.tolist() for p in lowest_points(name)]) for name in SURFACES]
    for state in descent_states():
        cases.append(Case("done", [state], descent_tasks(state)))
        other = state["other"]
        second = None if other == "none" else walked(state, **BESIDE[other])[0].tolist()
        cases.append(Case("beside", [state], second))
    return cases


def lowest(name: str) -> float:
    """The least value of a surface."""
    return SURFACES[name](lowest_points(name)[0]).item()


@cache
def lowest_points(name: str) -> list[torch.Tensor]:
    """Where a surface is lowest: the best places of a grid, and Newton's steps from there."""
    surface, ticks = SURFACES[name], torch.linspace(-6, 6, 241, dtype=torch.float64)
    grid = torch.cartesian_prod(ticks, ticks)
    heights = surface(grid.T)
    return [refined(surface, p) for p in grid[heights < heights.min() + 1e-9]]


def refined(surface: Callable[[torch.Tensor], torch.Tensor], p: torch.Tensor) -> torch.Tensor:
    for _ in range(20):
        p = p.detach().requires_grad_()
        (slope,) = torch.autograd.grad(surface(p), p)
        curvature = torch.autograd.functional.hessian(surface, p)
        p = p - torch.linalg.solve(curvature, slope)
    return p.detach()


def walked(state: dict[str, Any], **change: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """The points that torch visits in a state of the figure, and how far each lies above the lowest."""
    how = {**state, **change}
    surface = SURFACES[how["surface"]]

    def maker(params):
        lr = how["rate"]
        adam = how["method"] == "adam"
        return torch.optim.Adam(params, lr) if adam else torch.optim.SGD(params, lr, how["momentum"])

    points = torch.tensor(walk(surface, (how["x"], how["y"]), maker)[: how["steps"] + 1], dtype=torch.float64)
    points = points[(points.abs() < 1e6).all(1).cumprod(0).bool()]  # what gets out of hand is not gone on with
    return points, surface(points.T) - lowest(how["surface"])


BESIDE = {
    "plain": {"method": "sgd", "momentum": 0},
    "momentum": {"method": "sgd", "momentum": 0.9},
    "adam": {"method": "adam"},
}


def descent_tasks(state: dict[str, Any]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    tasks = []
    settled = [
        bool((heights := walked(state, rate=state["rate"] * more, steps=200)[1])[-1] < heights[0] / 100)
        for more in (1, 1.05)
    ]
    plain = state["method"] == "sgd" and state["momentum"] == 0
    if state["surface"] == "ravine" and plain and settled == [True, False]:
        tasks.append("largest")
    x, y = walked(state)[0][-1].tolist()
    if state["surface"] == "saddle" and abs(state["x"]) > 0.5 and y == 0 and abs(x) < 0.1:
        tasks.append("saddle")
    if state["surface"] == "bend" and state["other"] != "none":
        heights = [walked(state, **change)[1] for change in ({}, BESIDE[state["other"]])]
        ends = [some[-1].item() for some in heights]
        if all(len(some) == state["steps"] + 1 for some in heights) and min(ends) < max(ends) / 100:
            tasks.append("second")
    return tasks


DESCENT = {
    "surface": "ravine",
    "method": "sgd",
    "rate": 0.09,
    "momentum": 0,
    "x": -2.5,
    "y": 1,
    "steps": 40,
    "other": "none",
}


def descent_states() -> Iterator[dict[str, Any]]:
    """States that fulfil a task, and states that nearly do."""
    yield DESCENT
    for surface, rate, momentum in product(("ravine", "bowl"), (0.0933, 0.0955, 0.0977, 0.101), (0, 0.3)):
        yield DESCENT | {"surface": surface, "rate": rate, "momentum": momentum}
    yield DESCENT | {"method": "adam", "rate": 0.0977}
    yield DESCENT | {"rate": 0.125, "momentum": 0.3}  # the largest with momentum, which is not asked for
    yield DESCENT | {"rate": 0.0999}  # settles, but not within the steps that are looked at
    yield DESCENT | {"surface": "bowl", "y": 0, "steps": 60}
    yield DESCENT | {"surface": "saddle", "x": 0.6, "y": 0.1, "steps": 24}
    yield DESCENT | {"surface": "bend", "other": "momentum", "rate": 0.05}
    yield DESCENT | {"surface": "bowl", "other": "plain", "method": "adam", "rate": 0.2}
    yield DESCENT | {"surface": "bowl", "other": "momentum", "rate": 0.02, "steps": 200}
    for x, y, steps in product((-2.5, -0.4, 2), (0, 0.1), (10, 60)):
        yield DESCENT | {"surface": "saddle", "x": x, "y": y, "steps": steps}
    for surface, other, rate in product(("bend", "bowl"), ("none", *BESIDE), (0.01, 0.05)):
        yield DESCENT | {"surface": surface, "other": other, "rate": rate, "x": -1.5, "y": 2, "steps": 100}
    for method, other in product(("sgd", "adam"), BESIDE):
        yield DESCENT | {"surface": "bend", "method": method, "other": other, "rate": 0.2, "steps": 200}


def walk(surface, start, maker) -> list[list[float]]:
    p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimiser = maker([p])
    points = [p.tolist()]
    for _ in range(200):
        optimiser.zero_grad()
        surface(p).backward()
        optimiser.step()
        points.append(p.tolist())
    return points


def walk_ours(surface, start, maker) -> list[list[float]]:
    return descend(surface, torch.tensor(start, dtype=torch.float64), maker, steps=200).tolist()


PLACES_IN_TEXT = "0123456789abcdefghijklmnopqrstuvwxyz"


def in_text(place: float) -> str:
    """A place as two letters: eighths of a pixel, from 24 pixels before the paper on."""
    return "".join(PLACES_IN_TEXT[part] for part in divmod(round((place + 24) * 8), 36))


def strokes_in_text(strokes: list[Any]) -> str:
    return ".".join("".join(in_text(x) + in_text(y) for x, y in stroke) for stroke in strokes)


def through_the_layers(picture: torch.Tensor) -> dict[str, Any]:
    """What each layer gives, its maps as rows of numbers."""
    steps = {s.name.split(".")[-1]: s.gives[0] for s in trace(reader(torch.float64), picture[None, None])}
    names = {"c1": "a1", "s2": "s2", "c3": "a3", "s4": "s4", "c5": "a5", "f6": "a6", "scores": "output"}
    found = {name: steps[step] for name, step in names.items()}
    return {name: (x.flatten(1) if x.ndim > 1 else x).tolist() for name, x in found.items()}


@cache
def draw_cases() -> list[Case]:
    draw, g = random.Random(6), torch.Generator().manual_seed(6)
    cases, sheets = [], [torch.zeros(28, 28).double(), torch.eye(35).double()]
    for many, pen in ((1, 2), (3, 5.5), (9, 9)):  # few: a sheet has 12,544 numbers
        strokes = [[[draw.uniform(-20, PAPER + 20) for _ in "xy"] for _ in range(count)] for count in (1, many, 2)]
        cases.append(Case("inked", [strokes, pen], inked(strokes, pen, dtype=torch.float64).tolist()))
        text = strokes_in_text(strokes)
        kept = [[[round((at + 24) * 8) / 8 - 24 for at in point] for point in stroke] for stroke in strokes]
        cases.append(Case("read", [text], kept))
        cases.append(Case("written", [strokes[0][0]], text[:4]))
    for high, wide in ((1, 1), (3, 29), (25, 2), (20, 20), (11, 23), (27, 19), (30, 30)):
        sheet = torch.zeros(33, 36).double()
        sheet[2 : 2 + high, 4 : 4 + wide] = torch.rand(high, wide, generator=g).double()
        weighty = sheet.clone()  # its mass lies in one corner
        weighty[(1 + high, 3 + wide) if high % 2 == 0 else (2, 4)] = 1e4
        sheets += [sheet, weighty]
    for sheet in sheets:
        cases.append(Case("asMnist", [sheet.tolist()], as_mnist(sheet).tolist()))
    for number in (1, 2):
        sheet = torch.rand(56, 56, generator=g).double() * number
        small = torch.nn.functional.avg_pool2d(sheet[None], 2)[0]
        cases.append(Case("shrunk", [sheet.tolist()], small.tolist()))
    for one in examples()[::7]:
        picture = as_mnist(inked(one.strokes, dtype=torch.float64))
        cases.append(Case("layers", [picture.tolist()], through_the_layers(picture)))
    for scores in (torch.zeros(10), torch.randn(10, generator=g), 900 * torch.randn(10, generator=g)):
        cases.append(Case("shares", [scores.double().tolist()], scores.double().softmax(0).tolist()))
    nonsense = ("1", "zzzz", "00!0", "0000.", ".0000", "0000..0000", "0000 0000", "0000~")
    cases += [Case("read", [text], None) for text in nonsense]
    return [*cases, *draw_task_cases(), Case("read", [""], [])]


def draw_task_cases() -> list[Case]:
    """States of the figure: drawn digits as they stand and moved, and answers of the net to drawings of a reader's own."""
    cases = []
    first = {"example": 8, "ink": "", "right": 0, "down": 0, "pen": 5, "prepared": True}
    for example, prepared in product((8, 11, 12), (True, False)):
        for right in (0, 20):
            state = first | {"example": example, "prepared": prepared, "right": right}
            cases.append(draw_task_case(state, shares_of(state)))
    for example, moved in product(range(1, 8), ({"right": 20}, {"down": 20})):
        state = first | {"example": example, "prepared": False} | moved
        cases.append(draw_task_case(state, shares_of(state)))
    state = first | {"example": 11, "prepared": False}
    cases += [
        draw_task_case(state | {"ink": "a0b0"}, shares_of(state)),
        draw_task_case(state | {"pen": 2}, shares_of(state)),
    ]
    for sure, other in ((0.99, 0.01), (0.98, 0.02), (0.7, 0.3), (0.71, 0.29)):
        chances = [0.0] * 3 + [other, 0.0, sure] + [0.0] * 4
        cases += [draw_task_case(first | {"example": n, "ink": i}, chances) for n in (0, 8) for i in ("", "a0b0")]
    return cases


def draw_task_case(state: dict[str, Any], chances: list[float]) -> Case:
    return Case("done", [state, chances], draw_tasks(state, chances))


def shares_of(state: dict[str, Any], prepared: bool | None = None) -> list[float]:
    """What the net answers to a drawn digit in some state of the figure."""
    own = [
        [[x + state["right"], y + state["down"]] for x, y in stroke]
        for stroke in examples()[state["example"] - 1].strokes
    ]
    sheet = inked(own, state["pen"], dtype=torch.float64)
    ready = state["prepared"] if prepared is None else prepared
    picture = as_mnist(sheet) if ready else torch.nn.functional.avg_pool2d(sheet[None], 4)[0]
    return torch.tensor(through_the_layers(picture)["scores"]).double().softmax(0).tolist()


def draw_tasks(state: dict[str, Any], chances: list[float]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    drawn, order = state["ink"] != "", sorted(chances)
    tasks = []
    if drawn and state["example"] == 0 and order[-1] >= 0.99:
        tasks.append("read")
    if drawn and order[-2] >= 0.3:
        tasks.append("two")
    if state["example"] and not drawn and not state["prepared"]:
        digit = examples()[state["example"] - 1].digit
        raw, ready = (shares_of(state, prepared=p) for p in (False, True))
        if raw.index(max(raw)) != digit == ready.index(max(ready)):
            tasks.append("saved")
    return tasks


@cache
def augment_cases() -> list[Case]:
    photo, axes = sending.small()
    (h, w), (rows, columns) = photo.shape[2:], sending.WINDOW
    room = [h - rows + 1, w - columns + 1]
    cases = [Case("room", [], room)]
    assert augmentation.count_views((h, w), (rows, columns), flips=False) == room[0] * room[1]
    g = torch.Generator().manual_seed(14)
    for number in range(24):
        at = torch.tensor([[number % room[0], 7 * number % room[1]]])
        place = int(at[0, 0]) * room[1] + int(at[0, 1])
        alphas = torch.randn(3, generator=g, dtype=torch.float64)
        flipped, form = number % 2 == 1, ("deviation", "variance", "bytes")[number % 3]
        along = {"deviation": axes.values.sqrt(), "variance": axes.values, "bytes": 255 * axes.values}[form]
        added = (0.1 * alphas * along) @ axes.vectors.T
        window = augmentation.crop(photo, at, (rows, columns))
        seen = augmentation.shift_colours(augmentation.flip(window, torch.tensor([flipped])), added[None])[0]
        cases.append(Case("corner", [place], at[0].tolist()))
        cases.append(Case("shift", [alphas.tolist(), form], added.tolist()))
        cases.append(Case("view", [place, flipped, added.tolist()], seen.permute(1, 2, 0).flatten().tolist()))
        middle = [int(at[0, 0]) + rows / 2, int(at[0, 1]) + columns / 2]
        cases.append(Case("nearest", [[value + 0.4 for value in middle]], place))
        cases.append(Case("outside", [seen.flatten().tolist()], int(((seen < 0) | (seen > 1)).sum())))
    cases += [Case("nearest", [[-5, 999]], room[1] - 1), Case("nearest", [[999, -5]], (room[0] - 1) * room[1])]
    cases += [Case("done", [state], augment_tasks(**state)) for state in augment_states(room)]
    return [*cases, Case("outside", [[0.0, 1.0, -1e-9, 1.001, 0.5]], 2)]


def augment_states(room: list[int]) -> Iterator[dict[str, Any]]:
    end = room[0] * room[1] - 1
    for flip, place, form in product((True, False), (106, end - 1, end), ("deviation", "variance", "bytes")):
        for first, second in ((0, 0), (0.5, 3), (2, 3), (0.5, 1.5), (-1, 0), (-0.2, 0), (0, 3)):
            yield {"flip": flip, "place": place, "first": first, "second": second, "third": 0, "form": form}


def augment_tasks(flip: bool, place: int, first: float, second: float, third: float, form: str) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    photo, axes = sending.small()
    (h, w), (rows, columns) = photo.shape[2:], sending.WINDOW
    down, right = divmod(place, w - columns + 1)
    along = {"deviation": axes.values.sqrt(), "variance": axes.values, "bytes": 255 * axes.values}[form]
    added = axes.vectors @ (0.1 * along * torch.tensor([first, second, third]).double())
    tasks = []
    if flip and (down, right) == (h - rows, w - columns):
        tasks.append("last")
    if added[0] >= 0.03 and added[2] <= -0.02:
        tasks.append("cast")
    seen = photo[0, :, down : down + rows, right : right + columns] + added[:, None, None]
    if form == "deviation" and ((seen < 0) | (seen > 1)).double().mean() >= 0.1:
        tasks.append("cut")
    return tasks


NET = {
    "w1": [[1, 0.5], [-0.5, 1], [0.5, 0.5], [1, 1], [-1, 1], [0.5, -0.25]],
    "b1": [0, 0, 0, 0, 0, 1],
    "w2": [1, -0.5, 1, 0.5, -1, 0.75],
    "b2": -1,
}


@cache
def line_of_batches() -> tuple[torch.Tensor, torch.Tensor]:
    """The examples of the figure on batches, as the drawing beside it has them."""
    code = (BOOK.root / "snippets/batch_size/explorer.py").read_text("utf8")
    given: dict[str, Any] = {}
    exec(code[: code.index("line,")], given)  # a listing of the book
    return given["x"], given["y"]


def line_at(point: list[float]) -> torch.nn.Linear:
    line = torch.nn.Linear(1, 1).double()
    line.weight.data.fill_(point[0])
    line.bias.data.fill_(point[1])
    return line


def half_square(o: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.mse_loss(o, t) / 2


def drawn_batches(batch: int, count: int, seed: int) -> list[list[int]]:
    """Batches of different examples, by the generator of Park and Miller."""
    found = []
    for _ in range(count):
        left, own = list(range(24)), []
        for _ in range(batch):
            seed = seed * 16807 % (2**31 - 1)
            own.append(left.pop(int(seed / (2**31 - 1) * len(left))))
        found.append(own)
    return found


def led(point: list[float], batch: int, rate: float, seed: int, steps: int) -> list[list[float]]:
    """The walk of torch's SGD."""
    x, y = line_of_batches()
    line = line_at(point)
    sgd, points = torch.optim.SGD(line.parameters(), lr=rate), [point]
    for own in drawn_batches(batch, steps, seed):
        sgd.zero_grad()
        half_square(line(x[own]), y[own]).backward()
        sgd.step()
        points.append([line.weight.item(), line.bias.item()])
    return points


def batch_tasks(point: list[float], batch: int, rate: float, seed: int, steps: int) -> list[str]:
    """Which tasks a state of the figure on batches fulfils."""
    x, y = line_of_batches()
    found, best = gradient_noise(line_at(point), x, y, loss=half_square), lowest_of_batches()
    ratio = [found.variance(b, 24) / found.variance(1, 24) for b in range(1, 25)]
    at_rest = torch.tensor(led(point, batch, rate, seed, steps)[-20:], dtype=torch.float64) - best
    fulfilled = {
        "quarter": batch == 1 + next(i for i, r in enumerate(ratio) if r <= 1 / 16),
        "lost": found.variance(batch, 24) >= 100 * found.square,
        "arrived": batch == 1
        and steps >= 20
        and at_rest.norm(dim=1).sum() / 20 < 0.1
        and (torch.tensor(point, dtype=torch.float64) - best).norm() > 1,
    }
    return [task for task, is_done in fulfilled.items() if is_done]


def lowest_of_batches() -> torch.Tensor:
    x, y = line_of_batches()
    return torch.linalg.lstsq(torch.cat([x, torch.ones_like(x)], 1), y).solution.flatten()


@cache
def batch_cases() -> list[Case]:
    """A line fitted to 24 examples: gradients, their noise, batches, and the walk."""
    x, y = line_of_batches()
    draw = random.Random(43)
    cases = [Case("lowest", [], lowest_of_batches().tolist())]
    states = [
        ([draw.uniform(-2, 3), draw.uniform(-1.5, 2.5)], draw.choice([1, 2, 9, 10, 11, 24]), 0.02, seed, 12)
        for seed in range(1, 9)
    ]
    near = [([1.0, 0.2], batch, 0.1, 3, 30) for batch in (1, 4, 23, 24)]
    long = [
        ([-1.0, 1.4], batch, rate, seed, steps)
        for batch, rate, seed, steps in (
            (1, 0.05, 1, 200),
            (1, 0.05, 2, 200),
            (2, 0.05, 1, 200),
            (1, 0.05, 1, 19),
            (10, 0.3, 5, 40),
        )
    ]
    settled = [([1.0, 0.3], 1, 0.01, 4, 40), ([1.0, 1.3], 1, 0.05, 1, 0)]  # it begins too near, or does not begin
    for point, batch, rate, seed, steps in [*states, *near, *long, *settled]:
        line = line_at(point)
        each, found = example_gradients(line, x, y, loss=half_square), gradient_noise(line, x, y, loss=half_square)
        full, drawn = each.mean(0), drawn_batches(batch, 5, seed)
        means = torch.stack([each[own].mean(0) for own in drawn])
        points = led(point, batch, rate, seed, steps)
        away = (torch.tensor(points[-20:], dtype=torch.float64) - lowest_of_batches()).norm(dim=1)
        cases += [
            Case("gradients", [point], each.tolist()),
            Case("noise", [point], {"full": full.tolist(), "trace": found.trace}),
            Case("spread", [point, batch], found.variance(batch, 24) ** 0.5),
            Case("batches", [batch, 5, seed], drawn),
            Case("ofBatches", [point, drawn], means.tolist()),
            Case("measured", [point, means.tolist()], (means - full).square().sum(1).mean().sqrt().item()),
            Case("walk", [point, {"batch": batch, "rate": rate, "seed": seed, "steps": steps}], points),
            Case("rest", [points], (away.sum() / 20).item()),
            Case(
                "done",
                [{"w": point[0], "b": point[1], "batch": batch, "rate": rate, "seed": seed, "steps": steps}],
                batch_tasks(point, batch, rate, seed, steps),
            ),
        ]
    return cases


@cache
def flower_cases() -> list[Case]:
    """The nine numbers of the first page: a place, a whole map, and what of the tasks is done."""
    draw, image = random.Random(41), flower()
    mixed = [[draw.choice([0, 0, 1, -1, 2, 0.25, -0.5]) for _ in range(9)] for _ in range(40)]
    alone = [[float(at == place) for at in range(9)] for place in range(9)]
    sobel, rising = [-1, 0, 1, -2, 0, 2, -1, 0, 1], [-1, -2, -1, 0, 0, 0, 1, 2, 1]
    cases = []
    for kernel in [*mixed, *alone, [0] * 9, sobel, rising, [1, -2, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 2, 0, 0, 0, 0]]:
        weight = torch.tensor(kernel, dtype=torch.float64).view(3, 3)
        mapped = conv2d_fast(image[None, None], weight[None, None])[0, 0]  # on a whole photo, fifty times
        row, column = draw.randrange(len(mapped)), draw.randrange(len(mapped))
        cases.append(Case("answer", [kernel, row, column], mapped[row, column].item()))
        cases.append(Case("windowAt", [row, column], image[row : row + 3, column : column + 3].flatten().tolist()))
        cases.append(Case("isInk", [kernel], bool(weight.sum().abs() < 1e-9)))
        cases.append(Case("done", [kernel], flower_tasks(weight, image)))
    cases.append(
        Case(
            "answers",
            [mixed[0]],
            conv2d(image[None, None], torch.tensor(mixed[0]).double().view(1, 1, 3, 3)).flatten().tolist(),
        )
    )
    return cases


def flower_tasks(weight: torch.Tensor, image: torch.Tensor) -> list[str]:
    """Which tasks nine numbers fulfil, by what they make of the photo, and of one that varies only downwards."""

    def made(photo: torch.Tensor) -> torch.Tensor:
        return conv2d_fast(photo[None, None], weight[None, None])[0, 0]

    n = len(image) - 2
    moved = [image[i : i + n, j : j + n] for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    downwards = image.mean(dim=1, keepdim=True).expand_as(image).contiguous()
    fulfilled = {
        "same": torch.equal(made(image), image[1:-1, 1:-1]),
        "moved": any(torch.equal(made(image), each) for each in moved),
        "upright": bool(made(downwards).abs().max() < 1e-9 and made(image).abs().max() > 1e-9),
    }
    return [task for task, is_done in fulfilled.items() if is_done]


@cache
def dropout_cases() -> list[Case]:
    """The network of the dropout figure, its masks, and what the formulas of the page say about them."""
    g, cases = torch.Generator().manual_seed(8), []
    w1, b1, w2 = (torch.tensor(NET[name], dtype=torch.float64) for name in ("w1", "b1", "w2"))
    seed, drawn = 1, []
    for _ in range(60):
        seed = seed * 16807 % (2**31 - 1)
        drawn.append(seed / (2**31 - 1))
    rows = torch.tensor(drawn, dtype=torch.float64).view(10, 6)
    cases.append(Case("uniforms", [10, 6], rows.tolist()))
    cases.append(Case("hidden", [], [2.0, 1.5, 1.5, 3.0, 1.0, 1.0]))
    for number in range(20):
        x, p = torch.randn(2, generator=g).double(), (0, 0.05, 0.25, 0.5, 0.75)[number % 5]
        h, row = (w1 @ x + b1).relu(), rows[number % 10]
        mask = (row >= p).double()
        cases.append(Case("hidden", [x.tolist()], h.tolist()))
        cases.append(Case("masked", [row.tolist(), p], [int(m) for m in mask]))
        cases.append(Case("output", [h.tolist(), mask.tolist(), p], (apply_mask(h, mask, p) @ w2 + NET["b2"]).item()))
        said = spread(h, w2, p)
        expected = {"mean": said.mean.item() + NET["b2"], "deviation": said.variance.sqrt().item()}
        cases.append(Case("spread", [h.tolist(), p], expected))
        values = 5 * torch.randn(40, generator=g).double()
        met = {"mean": values.mean().item(), "deviation": values.std(correction=0).item()}
        cases.append(Case("measured", [values.tolist()], met))
        counts = [int(count) for count in values.histc(12, -4, 8)]
        cases.append(Case("histogram", [values.tolist(), -4, 8, 12], counts))
    cases += dropout_task_cases(rows)
    ends = torch.tensor([-4.0, 8, 7.5, -4.5, 8.5, 2], dtype=torch.float64)
    return [*cases, Case("histogram", [ends.tolist(), -4, 8, 3], [int(count) for count in ends.histc(3, -4, 8)])]


def dropout_task_cases(rows: torch.Tensor) -> list[Case]:
    """Masks of the figure's own units: what they fulfil, and which comes next."""
    h, w2 = torch.tensor([2.0, 1.5, 1.5, 3, 1, 1]).double(), torch.tensor(NET["w2"]).double()
    every = [list(map(float, bits)) for bits in product((0, 1), repeat=6)]
    cases = [
        Case("done", [h.tolist(), list(map(int, mask)), p], dropout_tasks(h, w2, mask, p))
        for p in (0, 0.2, 0.25, 0.5, 0.55)
        for mask in every
    ]
    for mask, unit in product((1, 4, len(rows)), range(6)):
        fits = [bool(number >= 0.5) for number in rows[:, unit]]
        expected = 1 + next(at for at in [*range(mask, len(rows)), *range(mask)] if fits[at])
        cases.append(Case("following", [fits, mask], expected))
    return [*cases, Case("following", [[False] * 5, 3], 3)]


def dropout_tasks(h: torch.Tensor, w2: torch.Tensor, mask: list[float], p: float) -> list[str]:
    """Those that a mask and a p fulfil, by the words of the page."""
    said, half = spread(h, w2, p), spread(h, w2, 0.5)
    tasks = []
    if p <= 0.5 and sum(mask) == 0:
        tasks.append("empty")
    if math.isclose(said.variance, half.variance / 4, rel_tol=1e-9):
        tasks.append("half")
    away = (apply_mask(h, torch.tensor(mask).double(), p) @ w2 - said.mean).abs()
    if p > 0 and away > 2 * said.variance.sqrt():
        tasks.append("far")
    return tasks


def inception_block(draw: random.Random) -> tuple[int, int, Plan]:
    """A size, channels and a plan, some of whose reductions are left out."""
    plan = Plan(*(draw.randint(1, 300) for _ in Plan._fields))
    left_out = {name: 0 for name in ("reduce3", "reduce5", "pool") if draw.random() < 0.25}
    return draw.randint(1, 56), draw.randint(1, 900), plan._replace(**left_out)


@cache
def inception_cases() -> list[Case]:
    draw = random.Random(17)
    cases = []
    for size, c, plan in list(places_of_blocks().values()) + [inception_block(draw) for _ in range(40)]:
        block = {"c": c, **plan._asdict(), "size": size}
        chains = {name: [list(layer) for layer in chain] for name, chain in convolutions(c, plan).items()}
        found = {name: cost._asdict() for name, cost in inception_cost(size, c, plan).items()}
        without = plan._replace(reduce3=0, reduce5=0)
        cases.append(Case("convolutions", [block], chains))
        cases.append(Case("costs", [block], found))
        cases.append(Case("gives", [block], plan.gives(c)))
        cases.append(Case("bare", [block], {"c": c, **without._asdict(), "size": size}))
        for count in ("parameters", "multiply_adds"):
            cases.append(Case("total", [found, count], sum(cost[count] for cost in found.values())))
        for k in (1, 3, 5):
            cases.append(Case("breakEven", [c, plan.five, k], break_even(c, plan.five, k)))
        for count, reduced in product(("parameters", "multiply_adds"), (plan, *nearly_even(c, plan))):
            state = {"block": name_of(size, c, reduced), "count": count, "c": c, **reduced._asdict(), "size": size}
            cases.append(Case("done", [state], inception_tasks(size, c, reduced, count)))
        cost = {count: getattr(inception_cost(size, c, plan._replace(reduce5=77))["5x5"], count) for count in COUNTS}
        cases += [Case("reductionFor", [cost[count], block, plan.five, 5, count], 77.0) for count in COUNTS]
    return cases


COUNTS = ("parameters", "multiply_adds")


def nearly_even(c: int, plan: Plan) -> Iterator[Plan]:
    """Reductions around the one that no longer pays, and small ones."""
    even = math.ceil(break_even(c, plan.five, 5))
    for reduce5 in (even - 1, even, even + 1):
        yield plan._replace(reduce5=max(0, reduce5))
    for reduction in (1, 6, 10, 16):
        yield plan._replace(reduce3=reduction, reduce5=reduction)


def name_of(size: int, c: int, plan: Plan) -> str:
    """The block of GoogLeNet that this is, or "own"."""
    own = [name for name, at in places_of_blocks().items() if at == (size, c, plan)]
    return own[0] if own else "own"


def places_of_blocks() -> dict[str, tuple[int, int, Plan]]:
    sides, channels, found = {"3": 28, "4": 14, "5": 7}, 192, {}
    for name, plan in PLANS.items():
        found[name] = (sides[name[0]], channels, plan)
        channels = plan.gives(channels)
    return found


def whole_cost(size: int, c: int, plan: Plan, count: str) -> int:
    return sum(getattr(cost, count) for cost in inception_cost(size, c, plan).values())


def inception_tasks(size: int, c: int, plan: Plan, count: str) -> list[str]:
    """Those that a block fulfils, by the words of the page."""
    tasks = []
    at = plan.reduce5
    direct, last, fives = (
        getattr(inception_cost(size, c, plan._replace(reduce5=r))["5x5"], count) for r in (0, max(0, at - 1), at)
    )
    if at > 1 and last < direct <= fives:  # each channel more costs more: the first that does not pay
        tasks.append("even")
    if whole_cost(size, c, plan._replace(reduce3=0, reduce5=0), count) >= 10 * whole_cost(size, c, plan, count):
        tasks.append("tenth")
    blocks = places_of_blocks()
    most = max(blocks, key=lambda name: whole_cost(*blocks[name], "parameters"))
    if count == "parameters" and blocks[most] == (size, c, plan):
        tasks.append("heaviest")
    return tasks


@cache
def rnn_cases() -> list[Case]:
    """One unit, by the layer of `dlbook`; how far back the gradient reaches, by autograd."""
    draw, cases = random.Random(8), []
    for steps in [*range(1, 13), *range(1, 13)]:
        w, u, b = (round(draw.uniform(-2, 2), 2) for _ in range(3))
        inputs = [round(draw.uniform(-1, 1), 2) for _ in range(steps)]
        seen, lags = unrolled(inputs, w, u, b)
        cases.append(Case("states", [inputs, {"w": w, "u": u, "b": b}], seen))
        cases.append(Case("reach", [seen, u], lags))
    cases += [Case("done", [state], rnn_tasks(**state)) for state in rnn_states()]
    return [*cases, Case("states", [[], {"w": 1, "u": 1, "b": 0}], []), Case("reach", [[], 0.5], [1])]


READ = {"pulse": [1.0] + [0.0] * 11, "steady": [1.0] * 12, "alternating": [1.0, -1.0] * 6}


def rnn_states() -> Iterator[dict[str, Any]]:
    for name, u, w, b, t in product(READ, (-2, 0.9, 1.25, 1.45, 1.5, 2), (0, 0.05, 1), (0, 0.1), (0, 11, 12)):
        yield {"input": name, "u": u, "w": w, "b": b, "t": t}
    for u in (1.08, 1.1):  # at step 12 the state is 0.49, and 0.52
        yield {"input": "pulse", "u": u, "w": 1, "b": 0, "t": 12}
    for u in (1.46, 1.48):  # to the twelfth power 94, and 110
        yield {"input": "pulse", "u": u, "w": 0, "b": 0, "t": 12}


def rnn_tasks(input: str, u: float, w: float, b: float, t: int) -> list[str]:  # noqa: A002
    """Those that a state fulfils, by the words of the page and autograd."""
    if t < 12:
        return []
    states, back = unrolled(READ[input], w, u, b)
    tasks = []
    if input == "pulse" and b == 0 and not -0.5 < states[-1] < 0.5:
        tasks.append("remembers")
    if abs(back[-1]) >= 100:
        tasks.append("explodes")
    if abs(u) >= 1.5 and abs(back[-1]) < 1e-6:
        tasks.append("vanishes")
    return tasks


def unrolled(inputs: list[float], w: float, u: float, b: float) -> tuple[list[float], list[float]]:
    """The states of `dlbook.rnn.RNN` with one unit, and how the last one changes with each before it."""
    layer = RNN(1, 1).double()
    with torch.no_grad():
        for weight, value in zip(layer.parameters(), (w, u, b, 0.0), strict=True):
            weight.fill_(value)
    h = torch.zeros(1, 1, 1, dtype=torch.float64, requires_grad=True)
    states = [h]
    for x in inputs:
        h, _ = layer(torch.full((1, 1, 1), x, dtype=torch.float64), h)
        states.append(h)
    back = torch.autograd.grad(h.sum(), states)
    return [state.item() for state in states[1:]], [one.item() for one in reversed(back)]


CROSS = "decoder.layers.0.cross.layer"
# Texts that are no number, or one that is written otherwise, or longer than any; most of them begin with one.
ODD = [
    "thousand thousand",
    "ten hundred thousand",
    "forty eleven",
    "five hundred six",
    "one hundred and thousand five",
    "and and and",
    "zero zero one",
    "twenty ten hundred",
    "six seventy fifty nineteen sixty fourteen fifteen forty and fourteen six fourteen fifty thirty",  # goes on and on
]

SEEN = [
    ("21040", "mean", False),
    ("21040", "mean", True),
    ("21040", 2, True),
    ("21040", 3, True),
    ("20035", 3, True),
    ("20035", 0, False),
    ("123456", "mean", False),
    ("123456", 1, True),
    ("527118", 3, False),
    ("385360", "mean", False),
    ("385360", 2, True),
    (ODD[0], "mean", False),
    (ODD[-1], 1, False),
]


class Translated:
    """What `dlbook.transformer` makes of words; `even` names the head of the cross-attention that looks evenly, or all."""

    def __init__(self, words: list[str], even: int | str | None = None, dtype: torch.dtype = torch.float64) -> None:
        model, source = translator("to chinese", dtype), torch.tensor([WORDS.encode(words, ends=True)])
        with looking_evenly(model, even):
            row = translate(model, source)[0].tolist()
            target = torch.tensor([row[:-1]])
            self.scores = model.decode(target, model.encode(source), source)[0]
        self.words, self.ids = words, row[1:]
        self.cross = attention_maps(model, source, target)[CROSS][0]
        self.cross[heads_that(even)] = evenly(self.cross[heads_that(even)])
        self.written = "".join(SIGNS.decode([one for one in self.ids if one != EOS]))
        self.shares = self.scores.softmax(-1)


def heads_that(even: int | str | None) -> list[int]:
    return {None: [], "mean": list(range(HEADS))}.get(even, [even])


def looking_evenly(model: torch.nn.Module, even: int | str | None) -> AbstractContextManager[Any]:
    """One head by `replaced`; if all look evenly, each place is given the mean of the values."""
    if even is None:
        return nullcontext()
    if even != "mean":
        return replaced(model, CROSS, even, evenly)
    layer = model.get_submodule(CROSS)
    return layer.register_forward_hook(
        lambda layer, args, y: layer.output(layer.value(args[1]).mean(1, True)).expand_as(y)
    )


def words_of(text: str) -> list[str]:
    return english_tokens(in_english(int(text))) if text.isdigit() else text.split()


def number_of(words: list[str]) -> int | None:
    """The number that words say, written as `in_english` writes it."""
    try:
        number = from_english(english_text(words))
    except ValueError:
        return None
    return number if english_tokens(in_english(number)) == words else None


def translate_numbers() -> list[int]:
    draw = random.Random(19)
    round_ones = [0, 9, 10, 12, 19, 20, 22, 100, 101, 110, 200, 1000, 1001, 2000, 2002, 10_000, 10_001, 10_010, 12_345]
    large = [20_000, 20_305, 100_000, 100_001, 102_000, 105_000, 200_000, 220_022, 900_090, 999_999]
    return round_ones + large + [draw.randrange(10 ** draw.randint(1, 6)) for _ in range(30)]


def typed_texts() -> dict[str, list[str] | None]:
    """What a reader types, and the words that are read."""
    known = {" 21,040 ": "21040", "2 1 0 4 0": "21040", "007": "7", "999999": "999999", "12，345": "12345"}
    texts = {text: words_of(digits) for text, digits in known.items()}
    texts |= {"Twenty-one  thousand AND forty": words_of("21040"), "and": ["and"]}
    texts |= {" ".join(["ten"] * count): ["ten"] * count if count <= 16 else None for count in (2, 16, 17)}
    return texts | dict.fromkeys(["", " ", "-", "1000000", "0000001", "1.5", "-3", "eos", "<eos>", "<pad>", "million"])


def shown_state(text: str, step: int, head: int | str, even: bool) -> dict[str, Any]:
    return {"text": text, "step": step, "head": str(head), "even": even}


def translate_tasks(found: Translated, alone: Translated, number: int | None, state: dict[str, Any]) -> list[str]:
    """Those that a state fulfils, by the words of the page."""
    end = state["step"] == len(found.ids)
    answer = None if number is None else in_chinese(number)
    tasks = []
    if not end and not state["even"] and found.shares[state["step"]].max() < 0.6:
        tasks.append("unsure")
    if end and not state["even"] and answer not in (None, found.written):
        tasks.append("wrong")
    if end and state["even"] and state["head"] != "mean" and alone.written == answer != found.written:
        tasks.append("head")
    return tasks


@cache
def translate_cases() -> list[Case]:
    model = translator("to chinese", torch.float64)
    cases = [Case("read", [text], words) for text, words in typed_texts().items()]
    for n in translate_numbers():
        words = english_tokens(in_english(n))
        cases += [Case("english", [n], words), Case("chinese", [n], in_chinese(n)), Case("valueOf", [words], n)]
        cases.append(Case("idsOf", [words], english_ids([n])[0].tolist()))
        cases += [Case("valueOf", [some], number_of(some)) for some in (words[1:], words[:-1], words[::-1]) if some]
    cases += [Case("valueOf", [text.split()], None) for text in ODD]
    for text in ("385360", ODD[0]):
        source = torch.tensor([WORDS.encode(words_of(text), ends=True)])
        memory = model.encode(source)
        cases.append(Case("encode", [source[0].tolist()], memory[0].tolist()))
        target = torch.tensor([[2, 8, 13, 6, PAD, 7]])  # with filling, which takes up no place
        cross = attention_maps(model, source, target)[CROSS][0]
        expected = {"scores": model.decode(target, memory, source)[0].tolist(), "cross": cross.tolist()}
        cases.append(Case("decode", [target[0].tolist(), memory[0].tolist(), []], expected))
    for text, head, even in SEEN:
        cases += seen_cases(text, head, even)
    scores = torch.tensor([-3.0, 800, 799, -900], dtype=torch.float64)
    return [*cases, Case("shares", [scores.tolist()], scores.softmax(0).tolist())]


def seen_cases(text: str, head: int | str, even: bool) -> list[Case]:
    """What is seen of a text, and which tasks its steps fulfil."""
    words = words_of(text)
    found, alone, number = Translated(words, head if even else None), Translated(words), number_of(words)
    seen = {
        "words": words,
        "number": number,
        "ids": found.ids,
        "scores": found.scores.tolist(),
        "cross": found.cross.tolist(),
        "looks": (found.cross.mean(0) if head == "mean" else found.cross[head]).tolist(),
        "written": found.written,
        "alone": alone.written,
        "answer": None if number is None else in_chinese(number),
    }
    kept = {"ids": found.ids, "scores": seen["scores"], "cross": seen.pop("cross")}
    heads = heads_that(head if even else None)
    states = [shown_state(text, step, head, even) for step in range(len(found.ids) + 1)]
    return [
        Case("translation", [words, heads], kept),
        Case("evened", [states[0]], heads),
        Case("seen", [states[0]], seen),
        *(Case("done", [state], translate_tasks(found, alone, number, state)) for state in states),
    ]


def merged(text: str, merges: int) -> dict[str, Any]:
    """The words, each with its count, and the pairs that were merged, by the steps of `dlbook.vocabulary.bpe`."""
    words: dict[tuple[int, ...], int] = {}
    for word in text.split():
        ids = tuple(word.encode())
        words[ids] = words.get(ids, 0) + 1
    made: list[list[int]] = []
    for new in range(256, 256 + merges):
        counts = count_pairs(words)
        if max(counts.values(), default=0) < 2:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        words = {merge(word, best, new): n for word, n in words.items()}
        made.append(list(best))
    return {"words": [[list(ids), n] for ids, n in words.items()], "made": made}


@cache
def merges_cases() -> list[Case]:
    """Words of few letters, so that pairs overlap and tie."""
    draw, cases = random.Random(10), []
    for count in [1, 2, 3, 5, 8] * 12:
        text = " ".join("".join(draw.choice("abn") for _ in range(draw.randint(1, 7))) for _ in range(count))
        for merges in (0, 1, 3, 9):
            found = merged(text, merges)
            cases.append(Case("learn", [text, merges], found))
            counts = count_pairs({tuple(ids): n for ids, n in found["words"]})
            order = sorted(counts, key=lambda pair: (-counts[pair], pair))
            cases.append(Case("pairs", [found["words"]], [[*pair, counts[pair]] for pair in order]))
        ids = [draw.randint(97, 98) for _ in range(count + 2)]
        cases.append(Case("merge", [ids, 97, 98, 256], list(merge(tuple(ids), (97, 98), 256))))
        cases.append(Case("merge", [ids, 97, 97, 256], list(merge(tuple(ids), (97, 97), 256))))
    for text in (
        "ban ban ban banana banana band",
        "low low low lower lower lowest slow slow slower",
        "abcd abcd abcd xyz",
        "abcdefg abcdefh",
        "abcd abcd ab",
    ):
        cases += [Case("done", [text, merges], merge_tasks(text, merges)) for merges in range(10)]
    return [*cases, Case("piece", [257, [[97, 110], [98, 256]]], "ban"), Case("piece", [98, []], "b")]


def merge_tasks(text: str, merges: int) -> list[str]:
    """Those that a text fulfils after so many merges, by the words of the page."""
    counts = [sum(len(ids) * n for ids, n in merged(text, k)["words"]) for k in range(merges + 1)]
    few = [5 * count <= 2 * counts[0] for count in counts]
    whole = {bytes(word, "ascii") for word in text.split() if len(word) >= 5}
    parts = [bytes([id_]) for id_ in range(256)]
    for one, other in merged(text, merges)["made"]:
        parts.append(parts[one] + parts[other])
    return ["fifths"] * (few.index(True) == merges if True in few else False) + ["word"] * bool(whole & {*parts})


CORES: dict[str, Callable[[], list[Case]]] = {
    "conv_size": conv_size_cases,
    "conv_hand": conv_hand_cases,
    "positions": positions_cases,
    "activations": activations_cases,
    "attention": attention_cases,
    "graph": graph_cases,
    "descent": descent_cases,
    "rnn": rnn_cases,
    "draw": draw_cases,
    "dropout": dropout_cases,
    "augment": augment_cases,
    "batch": batch_cases,
    "flower": flower_cases,
    "inception": inception_cases,
    "merges": merges_cases,
    "translate": translate_cases,
}
MUTATIONS = {
    "translate": [
        ("n < 20 ?", "n < 19 ?"),
        ("rest && rest < 100 ?", "rest ?"),
        ('["and", ...belowHundred(rest)]', "belowHundred(rest)"),
        (".replace(/零+/g", ".replace(/零/g"),
        ("rest < 1000 ?", "rest ?"),
        ("/^一十/", "/一十/"),
        ("/^二(?=[千万])/", "/^二(?=[百千万])/"),
        ("n <= LARGEST && ", ""),
        ("english(n).join() === words.join()", "true"),
        ("digits.length <= 6", "true"),
        ("words.length <= MOST && ", ""),
        (">= FIRST", ">= 0"),
        ("* (1 + part / 1024)", "* (1 + part / 1000)"),
        ("power - 15", "power - 14"),
        ("+ 1e-5", "+ 1e-3"),
        (" * Math.sqrt(D) +", " +"),
        ("place += id !== PAD", "place += 1"),
        ("(i % 2 - i) / D", "-i / D"),
        ("/ Math.sqrt(width)", "/ Math.sqrt(D)"),
        ("even.includes(head)", "even.length"),
        ("(weight > 0 ? 1 / seen : 0)", "1 / D"),
        ("maps[Math.floor(c / width)]", "maps[0]"),
        ("Math.max(0, value))), `${name}.layer.output`", "value)), `${name}.layer.output`"),
        ("j <= i && ids[j] !== PAD", "j <= i"),
        ("j <= i && ids", "ids"),
        ("score - most", "score"),
        ('"encoder.norm"', '"decoder.norm"'),
        ("memory, `${layer}.cross.layer`, () => true, even", "memory, `${layer}.cross.layer`, () => true, []"),
        ("target.at(-1) !== EOS && ", ""),
        ("target.length <= LONGEST", "target.length < LONGEST"),
        ("${words}|${even}", "${words}"),
        ("filter((id) => id !== EOS)", "filter((id) => id)"),
        ("row.map((_, j) => cross.reduce((sum, map) => sum + map[t][j], 0) / HEADS)", "row"),
        ("translated(words, []).ids", "ids"),
        ("step < ids.length && ", "step + 1 < ids.length && "),
        ("!even && step < ids.length", "step < ids.length"),
        ("< UNSURE", "< 0.5"),
        ("!even && step === ids.length && answer !== null", "!even && step === ids.length"),
        ("!even && step === ids.length && answer", "step === ids.length && answer"),
        ('head !== "mean" && step === ids.length', 'head !== "mean"'),
        ('even && head !== "mean" &&', "even &&"),
        ("alone === answer && written", "written"),
    ],
    "merges": [
        ("(counts.get(word) ?? 0) + 1", "1"),
        ("(found.get(key) ?? 0) + count", "(found.get(key) ?? 0) + 1"),
        ("i + 1 < ids.length", "i + 2 < ids.length"),
        (" || one[0] - other[0]", ""),
        (" || one[1] - other[1]", ""),
        ("if (here) i++;", ""),
        ("best[2] < 2", "best[2] < 3"),
        ("256 + made.length", "255 + made.length"),
        ("made[id - 256]", "made[id - 257]"),
        ("tokens(merges) <= few", "tokens(merges) < few"),
        ("0.4 * tokens(0)", "0.5 * tokens(0)"),
        (" && tokens(merges - 1) > few", ""),
        ("often, 0", "1, 0"),
        ("length > 4", "length > 5"),
        ('text.split(" ").includes(piece(256 + at, made)) && ', ""),
    ],
    "inception": [
        ("first ? [[c, first, 1], [first, out, k]]", "first ? [[c, first, 1], [c, out, k]]"),
        ("reduced(reduce5, five, 5)", "reduced(reduce5, five, 3)"),
        ("pool ? reduced(0, pool, 1) : []", "reduced(0, pool, 1)"),
        ("(a * k * k + 1) * b", "a * k * k * b"),
        ("block.size ** 2", "block.size"),
        ("(pool || c)", "pool"),
        ("reduce3: 0, reduce5: 0", "reduce5: 0"),
        ("(c + k * k * out)", "(c + k * out)"),
        ("sum + cost[count]", "sum + cost.parameters"),
        ("(cost - out) /", "cost /"),
        ("(c + 1 + k * k * out)", "(c + k * k * out)"),
        ("(k * k * out + c) * size ** 2", "(k * out + c) * size ** 2"),
        ("out + c) * size ** 2", "out + c) * size"),
        ("reduce5 > 1 && ", ""),
        ("fives(reduce5) >= fives(0)", "fives(reduce5) > 0"),
        (" && fives(reduce5 - 1) < fives(0)", ""),
        (">= 10 * whole(state)", ">= 9 * whole(state)"),
        ('count === "parameters" && ', ""),
        ("whole(BLOCKS[other]) > whole(BLOCKS[one])", "whole(BLOCKS[other]) < whole(BLOCKS[one])"),
    ],
    "conv_size": [
        ("d * (k - 1) + 1", "d * (k - 1)"),
        ("axis.n + 2 * axis.p - covered", "axis.n + axis.p - covered"),
        ("return Math.floor(steps) + 1", "return Math.floor(steps)"),
        ("i * axis.s + u * axis.d - axis.p", "i * axis.s + u - axis.p"),
        ("axis.extra >= Math.max(axis.s, axis.d)", "axis.extra >= axis.s"),
        ("axis.n + axis.p - 1) / axis.s", "axis.n + axis.p) / axis.s"),
        ("1 - axis.s : 0", "0 : 0"),
        ("axis.p > Math.floor(axis.k / 2)", "axis.p > axis.k / 3"),
        ("const WIDE = 5", "const WIDE = 3"),
        ("k >= WIDE && s === 1 && sizes", "k >= WIDE && sizes"),
        ("sizes[i] === n)", "sizes[i] >= n - 2)"),
        ('mode === "convolution" && axes', "axes"),
        ('mode !== "transposed" && axes', "axes"),
        (".length >= 2)", ".length >= 1)"),
        ("axes.some((axis, i) => unread", "axes.every((axis, i) => unread"),
        ("s === 2 && sizes", "sizes"),
        ('=> mode === "transposed" && axes', "=> axes"),
        ("sizes.includes(null) ? [] : ", ""),
    ],
    "conv_hand": [
        ("n + 2 * padding - k", "n + padding - k"),
        ("[j * stride + v - padding]", "[j * stride - v - padding]"),
        ("[...row].reverse()", "[...row]"),
        ("sum + p, 0", "sum + p, 1e-9"),
        ("at + padding - 1", "at + padding"),
        ("places(n, 3, { stride, padding }) - 1", "places(n, 3, { stride, padding })"),
        ("Math.max(0, Math.round", "Math.max(1, Math.round"),
        (" && new Set(image.flat()).size > 1", ""),
        ("(value) => -value", "(value) => value"),
        ("    Math.max(...sizes(output)) > 0 && !differ", "    !differ"),
        ("photo && Math", "Math"),
        ("(sum, w) => sum + w, 0) === 0 &&", "(sum, w) => sum + w, 0) === 0 ||"),
        ("const LARGE = 0.9", "const LARGE = 0.8"),
    ],
    "positions": [
        ("(-2 * i) / width", "-i / width"),
        ("Math.cos(position * w)", "Math.sin(position * w)"),
        ("row(0, width, base)", "row(1, width, base)"),
        ("distance >= FAR &&", "distance > FAR &&"),
        ("[NEAR, FAR] = [7, 20]", "[NEAR, FAR] = [5, 20]"),
        ("product > near", "true"),
        ("product < 0", "product < 1"),
        ("slowest < length", "slowest > length"),
    ],
    "activations": [
        ("slope: (x) => sigmoid(x) * sigmoid(-x)", "slope: (x) => sigmoid(x) * sigmoid(x)"),
        ("4 * sigmoid(2 * x)", "4 * sigmoid(x)"),
        ("(x > 0 ? 1 : 0)", "(x >= 0 ? 1 : 0)"),
        ("(x > 0 ? 1 : leak)", "(x > 0 ? 1 : 0.01)"),
        ("sigmoid(x) * (1 + x * sigmoid(-x))", "sigmoid(x) * (1 + sigmoid(-x))"),
        ("normalBelow(x) + x * density(x)", "normalBelow(x) + density(x)"),
        ("product *= slope(name, x, leak);", "product = slope(name, x, leak);"),
        ("if (x < 2)", "if (x < 9)"),
        ("last === 0", "Math.abs(last) < 1e-9"),
        ('["relu", "leaky"]', '["relu"]'),
        ("layers === 20 && ", ""),
        ("Math.abs(last) >= 0.5", "Math.abs(last) >= 0.2"),
        ("Math.min(...steep) > 0 && ", ""),
        ("const STEEPER = 10", "const STEEPER = 5"),
        ("n / 2 / fraction", "n / fraction"),
    ],
    "attention": [
        ("Math.sqrt(query.length)", "query.length"),
        ("causal && j > i", "causal && j >= i"),
        ("/ temperature", "* temperature"),
        ("Math.exp(value - most)", "Math.exp(value)"),
        ("sum + value * b[l][j]", "sum + value + b[l][j]"),
        ("[-2, 0, 2, 0]", "[2, 0, 2, 0]"),
        ("all.length >= 2 && ", ""),
        ("all.length <= MANY && ", ""),
        (" && line.length <= 60", ""),
        ("words.length === 1 && /", "/"),
        ("16777619", "16777621"),
        ("k: rows(2 * head + 2", "k: rows(2 * head + 1"),
        ("7919 * kind", "7919"),
        ("Math.max(...row) > 0.99", "Math.max(...row) > 0.9"),
        ('=> text === "random" && temperature', "=> temperature"),
        (" && temperature === 1", ""),
        ("query === 1 && ", ""),
        ("!causal && Math", "Math"),
        ("Math.min(...row) < 0.2", "Math.min(...row) < 0.1"),
        ('text === "own" && ', ""),
        ("weights.slice(0, i).some", "weights.some"),
        ("weight > Math.max(...row) - 1e-12 ? [at] : []", "at === row.indexOf(Math.max(...row)) ? [at] : []"),
    ],
    "graph": [
        ("slopes: (a, b) => [b, a]", "slopes: (a, b) => [a, b]"),
        ("slopes: () => [1, -1]", "slopes: () => [1, 1]"),
        ("[2 * a]", "[a]"),
        ("[sigmoid(a) * sigmoid(-a)]", "[a * (1 - a)]"),
        ("1 - Math.tanh(a) ** 2", "1 - Math.tanh(a)"),
        ("[a > 0 ? 1 : 0]", "[1]"),
        ("gradients[from] += gradients[to]", "gradients[from] = gradients[to]"),
        (".toReversed()", ""),
        ("/ (2 * step)", "/ step"),
        ("step < 2 * GRAPHS", "step < GRAPHS"),
        ("gradients.w < 0", "gradients.w > 0"),
        ("values.L > 0.9 && ", ""),
        ("Math.abs(gradients.w) < 0.01", "Math.abs(gradients.w) < 0.1"),
        ("gradients[to] * slope);", "slope);"),
    ],
    "descent": [
        ("momentum * v + slope[at]", "momentum * v + (1 - momentum) * slope[at]"),
        ("first ** t", "first"),
        ("Math.sqrt(1 - second ** t)", "1"),
        ("slope[at] ** 2", "slope[at]"),
        ("x - 1 - 4 * x", "x - 1 - 2 * x"),
        ("-y + y ** 3 / 5", "-y + y ** 3"),
        ("least: -1.25", "least: 0"),
        ("[x, 20 * y]", "[x, 2 * y]"),
        ("second, small] = [0.9, 0.999, 1e-8]", "second, small] = [0.9, 0.99, 1e-8]"),
        ("minima: [[1, 0.5]]", "minima: [[1, 1]]"),
        ("[0, -Math.sqrt(5)], ", ""),
        ("momentum: 0.9 }", "momentum: 0.8 }"),
        ("heights[0] / 100", "heights[0]"),
        ('surface === "ravine" &&', "true &&"),
        ("state.momentum === 0 && ", ""),
        ("settles(state) && !settles", "!settles"),
        ("1.05 * state.rate", "1.5 * state.rate"),
        ('surface === "saddle" && ', ""),
        ("Math.abs(x) > 0.5 && ", ""),
        ("last[1] === 0", "Math.abs(last[1]) < 1"),
        ("Math.abs(last[0]) < 0.1", "true"),
        ('surface !== "bend" || ', ""),
        ("< Math.max(one, two) / 100", "< Math.max(one, two) / 2"),
        ("points.length > how.steps ?", "true ?"),
    ],
    "rnn": [
        ("w * x + u * h + b", "w * x + u * h"),
        ("(h = Math.tanh(", "(Math.tanh("),
        ("(1 - h * h)", "(1 - h)"),
        (".toReversed()", ""),
        ("found.at(-1) * u", "found.at(-1)"),
        ('input === "pulse" && ', ""),
        ("b === 0 && ", ""),
        ("Math.abs(last) >=", "last >="),
        (">= MEMORY", "> 0.48"),
        ("end >= 100", "end >= 90"),
        ("Math.abs(u) >= STEEP", "u >= STEEP"),
        ("const STEEP = 1.5", "const STEEP = 1.4"),
        ("end < 1e-6", "end < 1e-3"),
        ("t === STEPS ?", "t ?"),
    ],
    "draw": [
        ("pen + 0.5 -", "pen -"),
        ("const reach = pen + 1", "const reach = pen - 1"),
        ("if (shade > ink[row][column])", "if (shade)"),
        ("dx -= part * alongX", "dx -= alongX"),
        ("2 * BOX * side + longest", "2 * BOX * side"),
        ("ink[0].map((_, column) => ink.some", "ink[0].map((_, column) => ink.slice(1).some"),
        ("Math.max(first, row)", "row"),
        ("mass * (at + 0.5)", "mass * at"),
        ("centre + 1e-6", "centre + 0.5"),
        ("Math.min(FIELD - masses.length, ", "Math.min(FIELD - 20, "),
        ("Math.max(0, FIELD / 2 - ", "Math.abs(FIELD / 2 - "),
        ("value - NET.mean", "value"),
        ("factors[Math.floor(i / width)]", "factors[0]"),
        ("(k % 5) - padding", "(k % 5)"),
        ("map.map((value) => Math.max(0, value))", "map"),
        ("Math.max(map[first], ", "Math.max("),
        ("dense(s4.flat(), NET.c5).map((value) => Math.max(0, value))", "dense(s4.flat(), NET.c5)"),
        ("dense(c5, NET.f6).map((value) => Math.max(0, value))", "dense(c5, NET.f6)"),
        ("score - Math.max(...scores)", "score"),
        ("/ FINE - SHIFT", "/ FINE"),
        ("value <= PAPER + SHIFT", "true"),
        ("x + right, y + down", "x, y"),
        ("EXAMPLES[example - 1] ??", "EXAMPLES[example] ??"),
        ("!example && ink", "ink"),
        ('read: !example && ink !== "" &&', "read: !example &&"),
        ("first >= 0.99", "first >= 0.98"),
        ('two: ink !== "" && ', "two: "),
        ("second >= 0.3", "second >= 0.29"),
        ('example > 0 && ink === "" && ', "example > 0 && "),
        ("!prepared && said(chances)", "said(chances)"),
        ("said(chances) !== digit && ", ""),
    ],
    "batch": [
        ("(w * x + b - Y[i]) * x,", "(w * x + b - Y[i]),"),
        ("square(less(g, full)))) / N", "square(less(g, full)))) / (N - 1)"),
        ("((N - batch) / (N - 1))", "1"),
        ("seed;\n  return", "seed + 1;\n  return"),
        (".splice(Math.floor(next() * left.length), 1)[0]", "[Math.floor(next() * left.length)]"),
        ("rate * slope[at]", "slope[at]"),
        ("value - rate", "value + rate"),
        ("slice(-LAST)", "slice(-LAST - 1)"),
        (" && !within(batch - 1)", ""),
        ("/ 4;", "/ 16;"),
        ("10 * Math.sqrt", "Math.sqrt"),
        ("batch === 1 && ", ""),
        ("steps >= LAST && ", ""),
        (" && Math.hypot(...less([w, b], lowest())) > 1", ""),
        ("found.length);\n};\n\n/** The points", "(found.length - 1));\n};\n\n/** The points"),
    ],
    "flower": [
        ("at / 3)) * SIDE", "at / 3)) * PLACES"),
        ("column + (at % 3)", "column - (at % 3)"),
        ("pixel * kernel[at]", "pixel * kernel[8 - at]"),
        ("charCodeAt(0) / 255", "charCodeAt(0) / 256"),
        ("Math.floor(at / PLACES), at % PLACES", "at % PLACES, Math.floor(at / PLACES)"),
        ("< 1e-9", "<= 1"),
        ("only(kernel, 4)", "only(kernel, 5)"),
        ("at !== 4 && ", ""),
        ("value === (place", "value >= (place"),
        ("[0, 3, 6]", "[0, 3]"),
        (" && kernel.some((value) => value !== 0)", ""),
    ],
    "augment": [
        ("side - WINDOW[axis] + 1", "side - WINDOW[axis]"),
        ("Math.floor(place / room()[1])", "Math.floor(place / room()[0])"),
        ("Math.sqrt(variance)", "variance"),
        ("255 * variance", "variance"),
        ("const SIGMA = 0.1", "const SIGMA = 1"),
        ("part * SIGMA", "SIGMA"),
        ("columns - 1 - j : j", "columns - j : j"),
        ("(top + i) * SIZE[1]", "(top + i) * SIZE[0]"),
        ("+ added[c]", "+ added[0]"),
        ("value < 0 || value > 1", "value > 1"),
        ("many - 1, Math.max(0,", "many - 1, Math.abs("),
        ("Math.min(many - 1, ", "Math.min(999, "),
        ("- WINDOW[axis] / 2", ""),
        ("flip && place", "place"),
        ("room()[1] - 1,\n    cast", "room()[1] - 2,\n    cast"),
        ("added[0] >= 0.03", "added[0] >= 0"),
        ("added[2] <= -0.02", "added[2] <= -0.01"),
        ('form === "deviation" && ', ""),
        ("0.1 * seen.length", "0.05 * seen.length"),
    ],
    "dropout": [
        ("w * x[i], NET.b1[j]", "w * x[i], 0"),
        ("Math.max(0, row.reduce", "Math.max(-9, row.reduce"),
        ("seed * 16807", "seed * 16806"),
        ("number < p ? 0 : 1", "number < p ? 1 : 0"),
        ("mask[j] * (value / (1 - p))", "mask[j] * value"),
        ("sum + value, NET.b2), deviation", "sum + value, 0), deviation"),
        ("(p / (1 - p)) * squares", "p * squares"),
        ("sum + value ** 2, 0", "sum + value, 0"),
        ("squares / values.length", "squares / (values.length - 1)"),
        ("(value - mean) ** 2", "value ** 2"),
        ("Math.min(boxes - 1, ", "Math.min(boxes, "),
        ("value <= high", "true"),
        ("b2: -1,", "b2: 1,"),
        ("(mask + at) % fits.length", "mask + at"),
        ("?? mask - 1", "?? mask"),
        ("const FAR = 2;", "const FAR = 1.9;"),
        ("p <= 0.5 && ", ""),
        ("!mask.includes(1)", "!mask.at(0)"),
        ("2 * deviation -", "1.9 * deviation -"),
        ("spread(h, 0.5)", "spread(h, 0.55)"),
        ("p > 0 && ", ""),
        ("Math.abs(output(h, mask, p) - mean)", "mean - output(h, mask, p)"),
    ],
}
