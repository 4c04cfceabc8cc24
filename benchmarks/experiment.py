"""How much faster `fit_many` trains than a loop over the networks: python benchmarks/experiment.py.

One thread. Both run in turns and are timed whole: making the networks, training them on the digits in batches of 32
with Adam, one look at the validation examples. The time is that of the processor, which a busy machine disturbs less
than that of the clock; a row shows medians. The loop is the ordinary one, with torch's Adam as it comes, and, in the
last column, in its fused form, which is faster and which `fit_many` uses too. "apart" is by how much weights differ in
the end, at most, if both compute in double precision.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from dlbook.cnn import CNN
from dlbook.data import digits
from dlbook.experiment import Data, batches, fit_many, split

NETWORKS, RATE, BATCH = 30, 0.003, 32


def dense(width: int) -> nn.Module:
    """A network of two layers."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))


def cnn() -> nn.Module:
    """Two blocks of convolution and pooling, of torch's layers."""
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip


def ours() -> nn.Module:
    """The same network, of the book's layers."""
    return CNN((1, 8, 8), [8, 16], [10])


CASES: dict[str, tuple[Callable[[], nn.Module], int]] = {
    "64-25-10": (partial(dense, 25), 1000),
    "CNN, 8 and 16 channels": (cnn, 600),
    "the same, dlbook's layers": (ours, 600),
    "64-345-10": (partial(dense, 345), 600),
}


def at_once(make: Callable[[], nn.Module], data: Data, steps: int, rates: int = 1) -> list[dict[str, Tensor]]:
    """The weights of all networks, trained at once: so many learning rates, and as many seeds as it takes."""
    grid = [RATE * (1 + rate) for rate in range(rates)]
    many = fit_many(make, range(NETWORKS // rates), data, steps=steps, rates=grid, batch=BATCH, every=steps)
    assert not many.reason, many.reason
    return [{name: tensor[0, seed] for name, tensor in many.last.items()} for seed in range(NETWORKS // rates)]


def in_a_loop(
    make: Callable[[], nn.Module], data: Data, steps: int, fused: bool | None = None
) -> list[dict[str, Tensor]]:
    """The same, one network after the other."""
    return [alone(make, data, steps, seed, fused) for seed in range(NETWORKS)]


def alone(make: Callable[[], nn.Module], data: Data, steps: int, seed: int, fused: bool | None) -> dict[str, Tensor]:
    """A network of one seed, in a plain loop."""
    torch.manual_seed(seed)
    net = make()
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE, fused=fused)
    losses = []
    for _, (part,) in zip(range(steps), batches([seed], len(data.train.x), BATCH), strict=False):
        optimizer.zero_grad()
        loss = functional.cross_entropy(net(data.train.x[part]), data.train.y[part])
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    with torch.no_grad():
        net.eval()(data.validation.x)
    return net.state_dict()


def seconds(run: Callable[[], object]) -> float:
    """How long the processor works on it."""
    start = time.process_time()
    run()
    return time.process_time() - start


def apart(make: Callable[[], nn.Module], data: Data) -> float:
    """By how much weights differ after 100 steps in double precision."""
    double = data.changed(Tensor.double)
    pairs = zip(*(train(lambda: make().double(), double, 100) for train in (at_once, in_a_loop)), strict=True)
    return max(float((mine[name] - theirs[name]).abs().max()) for mine, theirs in pairs for name in theirs)


def main() -> None:
    """Print a row for each kind of network."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    data = split(*digits(), seed=0)
    print(f"{NETWORKS} networks            steps  at once    loop   ratio  (fused)    6 rates   apart")
    for name, (make, steps) in CASES.items():
        ways: list[Callable[[], object]] = [
            partial(at_once, make, data, steps),
            partial(in_a_loop, make, data, steps),
            partial(in_a_loop, make, data, steps, True),
            partial(at_once, make, data, steps, 6),
        ]
        for way in (ways[0], ways[3]):
            way()  # the first ones warm up
        times = list(zip(*([seconds(way) for way in ways] for _ in range(rounds)), strict=True))
        once, loop, fused, rates = map(statistics.median, times)
        print(
            f"{name:<26}{steps:>4}  {once:>5.2f} s  {loop:>5.2f} s  {loop / once:>6.1f}  {fused / once:>7.1f}"
            f"  {loop / rates:>9.1f}  {apart(make, data):.0e}",
            flush=True,
        )


if __name__ == "__main__":
    main()
