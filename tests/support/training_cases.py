"""Models, pictures and whole trainings for the tests of the harness; processes that are killed, or work together, run them."""

import hashlib
import itertools
import json
import os
import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from dlbook.datasets import Images
from dlbook.training import checkpoints, runs
from dlbook.training.loop import Step
from dlbook.training.recipes import RECIPES, Recipe, nesterov, warm_up
from dlbook.training.runs import Asked, Run, read_metrics
from dlbook.training.team import gathered

RECIPES["warm"] = Recipe("warm", nesterov, warm_up, lr=0.05)


def noisy(shape, classes):
    """Dropout, and statistics of batches."""
    c, h, w = shape
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(c * h * w, 16),
        nn.BatchNorm1d(16),
        nn.ReLU(),
        nn.Dropout(0.3),
        nn.Linear(16, classes),
    )


def still(shape, classes):
    """No chance, no statistics."""
    c, h, w = shape
    return nn.Sequential(nn.Flatten(), nn.Linear(c * h * w, 16), nn.Tanh(), nn.Linear(16, classes))


def counted(shape, classes):
    """Statistics of batches, no chance."""
    c, h, w = shape
    return nn.Sequential(nn.Flatten(), nn.Linear(c * h * w, 16), nn.BatchNorm1d(16), nn.Linear(16, classes))


def two_scores(shape):
    """Not as many scores as there are classes."""
    c, h, w = shape
    return nn.Sequential(nn.Flatten(), nn.Linear(c * h * w, 2))


def for_28(classes):
    """For pictures of 28 by 28 pixels, whatever it is given."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, classes))


def moved(x, generator):
    """Each batch moved sideways, by chance."""
    return x.roll(int(torch.randint(3, (), generator=generator)) - 1, dims=3)


def some(n=20, classes=3, side=4, seed=0):
    """Pictures of chance whose class can be seen: a bright row."""
    generator = torch.Generator().manual_seed(seed)
    x, y = 0.3 * torch.rand(n, 1, side, side, generator=generator), torch.arange(n) % classes
    x[torch.arange(n), 0, y] += 0.6
    return Images(x, y)


def train(folder, model="noisy", *, resume=False, every=1, team=None, augment=moved, **asked):
    """One training on the digits; each step is written to a file as it is taken."""
    runs.draw = lambda *_: None  # takes longer than all the rest
    asked = Asked(f"training_cases:{model}", **{"batch": 300, "epochs": 2.4, **asked})
    more = {"team": team} if team else {}
    device = torch.device("cpu")
    run = Run(Path(folder), asked, device=device, every=every, resume=resume, augment=augment, **more)
    with open(f"{folder}.steps", "a") as steps:
        for news in run.run():
            if isinstance(news, Step):
                steps.write(json.dumps(news) + "\n")
                steps.flush()


def steps(folder):
    """What each step was, by its number; one taken twice must have been the same twice."""
    found = {}
    for line in Path(f"{folder}.steps").read_text().splitlines():
        number, *what = json.loads(line)
        assert found.setdefault(number, what) == what
    return found


def outcome(folder):
    """All that a training has come to, but the seconds."""
    metrics = [each._replace(seconds=0) for each in read_metrics(folder)]
    state = checkpoints.newest(folder / "states")
    state["progress"]["seconds"] = 0
    for each in state["progress"]["epochs"]:
        each["seconds"] = 0
    return metrics, digest(state), (folder / "weights.safetensors").read_bytes()


def digest(state):
    """A sign for the bits of a state."""
    found = hashlib.sha256()

    def add(value):
        if isinstance(value, torch.Tensor):
            found.update(f"{value.dtype}{tuple(value.shape)}".encode() + value.contiguous().numpy().tobytes())
        elif isinstance(value, dict):
            for key in value:
                found.update(repr(key).encode())
                add(value[key])
        elif isinstance(value, (list, tuple)):
            for one in value:
                add(one)
        else:
            found.update(repr(value).encode())

    add(state)
    return found.hexdigest()


DEADLY = [(os, "replace"), (os, "fsync"), (shutil, "rmtree"), (torch, "save"), (Path, "mkdir"), (Path, "write_text")]


def kill_before(moment):
    """This process is killed by SIGKILL before it does the so-manieth thing to the disk, or takes that step."""
    count = itertools.count(1)

    def deadly(do: Callable) -> Callable:
        def done(*args, **options):
            if next(count) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*args, **options)

        return done

    for place, name in DEADLY:
        setattr(place, name, deadly(getattr(place, name)))
    torch.optim.SGD.step = deadly(torch.optim.SGD.step)


def together(size, work):
    """Run a function in so many processes that know each other, as `torchrun` starts them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    children = []
    for rank in range(size):
        child = os.fork()
        if not child:
            status = 1
            try:
                os.environ.update(RANK=str(rank), WORLD_SIZE=str(size), MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
                with gathered() as team:
                    work(team)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    print([os.waitpid(child, 0)[1] for child in children])
