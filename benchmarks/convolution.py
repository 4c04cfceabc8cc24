"""How long the convolutions of dlbook take, as multiples of torch's: python benchmarks/convolution.py.

One thread. Ours and torch's run in turns, so that a busy machine slows both; a row shows ratios of medians. Under
"product" stands `kernels @ columns` alone, all windows lying ready: what the matrix library asks for the same sums.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional

from dlbook.convolution import conv2d_fast, conv2d_unfold

# images, kernels, side of a kernel, stride, padding
CASES = [
    ((32, 16, 28, 28), 16, 3, 1, 0),
    ((32, 16, 28, 28), 16, 3, 1, 1),
    ((32, 16, 28, 28), 32, 3, 1, 0),
    ((32, 16, 28, 28), 32, 3, 1, 1),
    ((32, 16, 28, 28), 16, 3, 2, 1),
    ((32, 16, 28, 28), 32, 3, 3, 0),
    ((32, 16, 28, 28), 32, 5, 1, 2),
    ((32, 1, 28, 28), 6, 5, 1, 2),
    ((32, 64, 14, 14), 64, 3, 1, 1),
    ((32, 64, 14, 14), 64, 1, 1, 0),
]


def ratio(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> float:
    """How many times as long ours takes, by the medians of runs in turns."""
    seconds: tuple[list[float], list[float]] = [], []
    for turn in range(rounds + 3):
        for run, found in zip((ours, theirs), seconds, strict=True):
            start = time.perf_counter()
            run()
            if turn >= 3:  # the first ones warm up
                found.append(time.perf_counter() - start)
    return statistics.median(seconds[0]) / statistics.median(seconds[1])


def there_and_back(convolution: Callable[..., Tensor], *tensors: Tensor, **how: int) -> None:
    """The convolution, and from it back to the images, the kernels and the biases."""
    tensors = tuple(tensor.detach().requires_grad_() for tensor in tensors)
    torch.autograd.grad(convolution(*tensors, **how).sum(), tensors)


def measured(images: tuple[int, ...], c_out: int, side: int, stride: int, padding: int, rounds: int) -> list[float]:
    """The five ratios of a row."""
    rng, how = torch.Generator().manual_seed(0), {"stride": stride, "padding": padding}
    x = torch.randn(images, generator=rng)
    weight = torch.randn(c_out, images[1], side, side, generator=rng)
    args = x, weight, torch.randn(c_out, generator=rng)
    product = partial(torch.matmul, weight.flatten(1), functional.unfold(x, side, **how))
    theirs = partial(functional.conv2d, *args, **how)
    forward = [partial(way, *args, **how) for way in (conv2d_fast, conv2d_unfold)]
    their_way_back = partial(there_and_back, functional.conv2d, *args, **how)
    back = [partial(there_and_back, way, *args, **how) for way in (conv2d_fast, conv2d_unfold)]
    found = [ratio(ours, theirs, rounds) for ours in (*forward, product)]
    return found + [ratio(ours, their_way_back, rounds) for ours in back]


def main() -> None:
    """Print a table, a row for each case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100, help="how often each runs")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    print("times torch's conv2d                        forward                  there and back")
    print("images           kernels      stride pad    fast  unfold  product    fast  unfold")
    for images, c_out, side, stride, padding in CASES:
        found = [f"{r:7.2f}" for r in measured(images, c_out, side, stride, padding, rounds)]
        kernels = (c_out, images[1], side, side)
        sizes = f"{'×'.join(map(str, images)):16} {'×'.join(map(str, kernels)):12} {stride:6} {padding:3}"
        print(f"{sizes} {' '.join(found[:3])}  {' '.join(found[3:])}", flush=True)


if __name__ == "__main__":
    main()
