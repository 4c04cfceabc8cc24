"""How long the LSTM of dlbook takes, as a multiple of torch's: python benchmarks/rnn.py.

Forward and backward, in single precision, on one thread. Ours and torch's take turns, so that a busy machine slows
both; printed are the medians of each and the ratio of the medians. The limit is 2.5 at 64 steps, a batch of 32 and
128 numbers of state. Time is that of the processor, which a busy machine disturbs less, or with --clock of the clock.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import torch
from torch import nn

import dlbook.rnn

KINDS = ("RNN", "GRU", "LSTM")
LIMIT = 2.5


def step(layer: nn.Module, x: torch.Tensor) -> None:
    """Once there and back, to the inputs and the weights."""
    for weight in layer.parameters():
        weight.grad = None
    x.grad = None
    layer(x)[0].sum().backward()


def measured(kind: str, steps: int, batch: int, size: int, rounds: int, now: Callable[[], float]) -> tuple[float, ...]:
    """Seconds of ours and of torch's, the medians."""
    ours, theirs = (getattr(where, kind)(size, size) for where in (dlbook.rnn, nn))
    theirs.load_state_dict(ours.state_dict())
    x = torch.randn(steps, batch, size, generator=torch.Generator().manual_seed(0)).requires_grad_()
    seconds: tuple[list[float], list[float]] = [], []
    for turn in range(rounds + 3):
        for layer, found in zip((ours, theirs), seconds, strict=True):
            start = now()
            step(layer, x)
            if turn >= 3:  # the first ones warm up
                found.append(now() - start)
    return tuple(map(statistics.median, seconds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--clock", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    now = time.perf_counter if args.clock else time.process_time
    print(f"{args.steps} steps, {args.batch} sequences, {args.size} numbers in and in the state, one thread")
    for kind in KINDS:
        ours, theirs = measured(kind, args.steps, args.batch, args.size, args.rounds, now)
        ratio = ours / theirs
        limit = f"  at most {LIMIT}: {'yes' if ratio <= LIMIT else 'NO'}" if kind == "LSTM" else ""
        print(f"{kind:4}  ours {1e3 * ours:6.1f} ms  torch {1e3 * theirs:6.1f} ms  ratio {ratio:.2f}{limit}")


if __name__ == "__main__":
    main()
