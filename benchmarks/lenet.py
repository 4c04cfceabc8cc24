"""How much sooner the fast recipe learns than the textbook loop: python benchmarks/lenet.py.

LeNet with 61,706 parameters on all 60,000 training pictures of Fashion-MNIST. The textbook loop is a Dataset of single
pictures, a DataLoader of batches of 64, SGD with rate 0.1, ReLU, max pooling, no schedule; it is asked after each
epoch, and its time is that of the first epoch whose test accuracy is 89 %. The fast recipe runs for a fixed number of
epochs, chosen on validation pictures; it has reached the accuracy or has not. The two take turns, seed by seed.
Evaluation is not counted, nor is what PyTorch imports at the first step of any optimiser. Time is that of the
processor, which a busy machine disturbs less, and of the clock.
"""

import argparse
import math
import multiprocessing
import resource
import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from dlbook.datasets import Images, load
from dlbook.lenet import LeNet
from dlbook.training.inputs import Centred
from dlbook.training.loop import Plan, Trainer
from dlbook.training.quicker import whiten
from dlbook.training.recipes import FAST
from dlbook.training.scoring import evaluate

TARGET = 0.89
TEXTBOOK_EPOCHS, FAST_EPOCHS = 20, 1.5


class Run(NamedTuple):
    """What one training took until the target, or to its end."""

    cpu: float  # seconds of the processor; infinite, if the target was missed
    clock: float
    accuracy: float  # at the end
    after: float  # epochs
    per_second: float  # images per second of the processor
    megabytes: float  # the largest size of the process


class Single(Dataset[tuple[torch.Tensor, int]]):
    """One picture after the other, as a textbook does it."""

    def __init__(self, images: Images) -> None:
        self.images = images

    def __len__(self) -> int:
        return len(self.images.y)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self.images.x[index].float() / 255, int(self.images.y[index])


def textbook(train: Images, seed: int) -> Iterator[nn.Module]:
    """The textbook loop; gives the model after each epoch."""
    torch.manual_seed(seed)
    model = LeNet()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(Single(train), batch_size=64, shuffle=True)
    for _ in range(TEXTBOOK_EPOCHS):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
        yield model


def fast(train: Images, seed: int, epochs: float, precision: str) -> Iterator[nn.Module]:
    """The fast recipe of the harness; gives the model at the end."""
    model = LeNet(generator=torch.Generator().manual_seed(seed))
    whiten(model, train)
    whole = Centred(model, train)
    plan = Plan(epochs=epochs, seed=seed, recipe=FAST, precision=precision)
    for _ in Trainer(whole, train, plan).run():
        pass
    yield whole


def timed(how: str, seed: int, epochs: float, precision: str) -> Run:
    """One run, in this process: the clocks stand still while it is evaluated."""
    data = load("fashion-mnist", download=False)
    import_what_optimizers_import()
    cpu = clock = accuracy = done = 0.0
    models = textbook(data.train, seed) if how == "textbook" else fast(data.train, seed, epochs, precision)
    while accuracy < TARGET:
        began = time.process_time(), time.perf_counter()
        model = next(models, None)
        cpu, clock = cpu + time.process_time() - began[0], clock + time.perf_counter() - began[1]
        if model is None:
            return Run(math.inf, math.inf, accuracy, done, done * 60000 / cpu, megabytes())
        done = done + 1 if how == "textbook" else epochs
        accuracy = evaluate(model, data.test).accuracy
    return Run(cpu, clock, accuracy, done, done * 60000 / cpu, megabytes())


def import_what_optimizers_import() -> None:
    """A step of one weight: PyTorch imports its compiler there, 0.8 s in both ways to train."""
    weight = nn.Parameter(torch.zeros(1))
    weight.grad = torch.zeros(1)
    torch.optim.SGD([weight], lr=0.1).step()


def megabytes() -> float:
    """The largest size that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process(*what) -> Run:
    """A run in a process of its own, as a reader starts it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(timed, what)


def shown(name: str, runs: list[Run]) -> None:
    """A row: medians, and in how many seeds the target was reached."""
    middle = [statistics.median(values) for values in zip(*runs, strict=True)]
    reached = sum(math.isfinite(run.cpu) for run in runs)
    print(
        f"{name:9} {middle[0]:7.1f} s CPU {middle[1]:7.1f} s clock  {middle[4]:7.0f} images/s  {middle[3]:5.2f} epochs"
        f"  {100 * middle[2]:.2f} %  {middle[5]:5.0f} MB  89 % in {reached} of {len(runs)}"
    )


def main() -> None:
    """Run both in turns and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=float, default=FAST_EPOCHS)
    parser.add_argument("--precision", default="auto", choices=["auto", "float32", "bfloat16"])
    options = parser.parse_args()
    precision = options.precision
    if precision == "auto":
        precision = "bfloat16" if torch.backends.cpu.get_cpu_capability() == "AVX512" else "float32"
    runs: dict[str, list[Run]] = {"textbook": [], "fast": []}
    for seed in range(options.seeds):
        for how, found in runs.items():
            found.append(in_a_process(how, seed, options.epochs, precision))
            shown(how, found[-1:])
    print(f"\nmedians over {options.seeds} seeds, {torch.get_num_threads()} threads, {precision}")
    for how, found in runs.items():
        shown(how, found)
    slow, quick = runs["textbook"], runs["fast"]
    for name in ("cpu", "clock", "per_second", "megabytes"):
        middle = [statistics.median(getattr(run, name) for run in both) for both in (slow, quick)]
        ratio = middle[1] / middle[0] if name in ("per_second", "megabytes") else middle[0] / middle[1]
        print(f"{name:10} ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
