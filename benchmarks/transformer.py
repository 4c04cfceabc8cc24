"""Memory of attention in blocks, speed of an encoder layer and of writing: python benchmarks/transformer.py.

Attention over 4,096 words, there and back, in a process of its own each. A process says how much larger it has been at
most (its peak resident size, as the operating system counts it) than before it began. Medians of processes in turns.
Then our encoder layer in training beside torch's, with equal weights, on one thread. Medians of turns.
Then 256 tokens written by a model of four layers and 128 columns, with the cache and without, on one thread, behind a
text of 16 tokens and of 256. Medians of turns.
"""

import argparse
import multiprocessing
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from dlbook.attention import attention
from dlbook.attention_at_scale import attention_in_blocks
from dlbook.transformer.generation import write
from dlbook.transformer.gpt import GPT
from dlbook.transformer.torch_weights import from_torch

WAYS = {"plain": attention, "in blocks": attention_in_blocks, "fused": scaled_dot_product_attention}
GOAL = 1 / 8
LAYER_GOAL = 1.3
CACHE_GOAL = 8


def grown(way: str, length: int, heads: int, d_k: int) -> float:
    """Megabytes by which this process grows, there and back."""
    torch.set_num_threads(1)
    rng = torch.Generator().manual_seed(0)
    for words in (64, length):  # a small one first: what torch itself loads is not counted
        qkv = torch.randn(3, 1, heads, words, d_k, generator=rng).requires_grad_()
        before = peak()
        WAYS[way](*qkv).sum().backward()
    return peak() - before


def peak() -> float:
    """The largest size that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process(*what: object) -> float:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(grown, what)


def layer_seconds(rounds: int) -> dict[str, float]:
    """A step of training (there, back, weights) of an encoder layer of the paper's sizes: 4 texts of 128 words."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    theirs = nn.TransformerEncoderLayer(512, 8, 2048, dropout=0.0, batch_first=True)
    layers = {"torch": theirs, "ours": from_torch(theirs)}
    x = torch.randn(4, 128, 512)
    optimizers = {name: torch.optim.SGD(layer.parameters(), lr=1e-4) for name, layer in layers.items()}
    found: dict[str, list[float]] = {name: [] for name in layers}
    for _ in range(rounds + 2):  # two to warm up
        for name, layer in layers.items():
            start = time.perf_counter()
            optimizers[name].zero_grad()
            layer(x).square().mean().backward()
            optimizers[name].step()
            found[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds[2:]) for name, seconds in found.items()}


def writing_seconds(before: int, rounds: int) -> dict[str, float]:
    """Seconds for 256 tokens behind so many, greedily, by a model of 100 tokens."""
    torch.set_num_threads(1)
    rng = torch.Generator().manual_seed(0)
    model = GPT(100, before + 256, 128, 4, 4, generator=rng).eval()
    ids = torch.randint(100, (1, before), generator=rng)
    found: dict[str, list[float]] = {"without": [], "cached": []}
    for _ in range(rounds + 1):  # one to warm up
        for name, seconds in found.items():
            start = time.perf_counter()
            write(model, ids, 256, cached=name == "cached")
            seconds.append(time.perf_counter() - start)
    return {name: statistics.median(seconds[1:]) for name, seconds in found.items()}


def main() -> None:
    """Print a row for each way, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--length", type=int, default=4096)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs")
    parser.add_argument("--steps", type=int, default=15, help="how many steps of training are timed")
    options = parser.parse_args()
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(options.rounds):
        for way, megabytes in found.items():
            megabytes.append(in_a_process(way, options.length, options.heads, 64))
    middle = {way: statistics.median(megabytes) for way, megabytes in found.items()}
    print(f"attention over {options.length} words, {options.heads} heads of 64 columns, there and back, float32")
    for way, megabytes in middle.items():
        print(f"{way:10} {megabytes:8.1f} MB more  {megabytes / middle['plain']:6.3f} of plain")
    ratio = middle["in blocks"] / middle["plain"]
    verdict = "reached" if ratio <= GOAL else "NOT reached"
    print(f"in blocks / plain: {ratio:.3f}  goal {GOAL:.3f}  {verdict}")
    seconds = layer_seconds(options.steps)
    ratio = seconds["ours"] / seconds["torch"]
    verdict = "reached" if ratio <= LAYER_GOAL else "NOT reached"
    print("an encoder layer in training, d 512, 8 heads, 2048 hidden units, 4 texts of 128 words, float32, one thread")
    for name, each in seconds.items():
        print(f"{name:10} {1000 * each:8.1f} ms")
    print(f"ours / torch: {ratio:.3f}  goal {LAYER_GOAL:.3f}  {verdict}")
    for before in (16, 256):
        seconds = writing_seconds(before, 2 * options.rounds - 1)
        ratio = seconds["without"] / seconds["cached"]
        verdict = "reached" if ratio >= CACHE_GOAL else "NOT reached"
        print(f"256 tokens written behind {before}, d 128, 4 layers, float32, one thread")
        for name, each in seconds.items():
            print(f"{name:10} {each:8.3f} s")
        print(f"without / cached: {ratio:.2f}  goal {CACHE_GOAL:.2f}  {verdict}")


if __name__ == "__main__":
    main()
