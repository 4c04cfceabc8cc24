"""Trainings that are killed and go on: real processes, SIGKILL, and the same bits in the end."""

import random
import signal
import subprocess
import sys
import time

import fresh
import pytest
from training_cases import outcome, steps
from training_processes import SUPPORT, child, nursery_with

from dlbook.training import checkpoints
from dlbook.training.runs import read_metrics

pytestmark = [
    pytest.mark.skipif(not fresh.CAN_FORK, reason="processes are forked on Linux only"),
    pytest.mark.xdist_group("killed"),
]
KILLED = f"ended with status {int(signal.SIGKILL)}"


@pytest.fixture(scope="module")
def nursery():
    with nursery_with("dlbook.training.command") as nursery:
        yield nursery


def asking(folder, options):
    return f"train({str(folder)!r}, {', '.join(f'{k}={v!r}' for k, v in options.items())})"


CASES = {
    "one-cycle": {"recipe": "one-cycle"},
    "warm-up, clipped, in parts": {"recipe": "warm", "clip": 1.0, "micro": 50, "epochs": 2.0},
    "Muon": {"recipe": "fast"},
}


@pytest.mark.parametrize("name", CASES)
def test_killed_at_any_moment_and_resumed_gives_the_same_bits(nursery, tmp_path, name):
    options = CASES[name]
    assert not child(nursery, tmp_path, asking(tmp_path / "whole", options)).error
    whole, all_steps = outcome(tmp_path / "whole"), steps(tmp_path / "whole")
    chance, folder = random.Random(name), tmp_path / "killed"
    deaths = 0
    for _ in range(40):
        resume = (folder / "config.json").is_file()
        moment = chance.randint(20, 110)
        seen = child(
            nursery, tmp_path, f"kill_before({moment})\n{asking(folder, {**options, 'resume': resume})}; print('done')"
        )
        assert seen.error in ("", KILLED)
        if "done" in seen.printed:
            break
        deaths += 1
    assert "done" in seen.printed
    assert deaths >= 1
    assert outcome(folder) == whole
    assert steps(folder).items() <= all_steps.items()
    assert [path.name for path in folder.rglob(".coming*")] == []


def test_each_moment_at_the_end_of_an_epoch_is_safe(nursery, tmp_path):
    """Between the last step, the weights, the state and the metrics: one kill at each third of these moments."""
    options = {"recipe": "textbook", "batch": 1294, "epochs": 2.0}
    child(nursery, tmp_path, asking(tmp_path / "whole", options))
    whole = outcome(tmp_path / "whole")
    for moment in range(9, 30, 2):
        folder = tmp_path / str(moment)
        assert child(nursery, tmp_path, f"kill_before({moment})\n{asking(folder, options)}").error == KILLED
        assert not child(nursery, tmp_path, asking(folder, {**options, "resume": True})).error
        assert outcome(folder) == whole


def test_the_command_killed_from_outside_goes_on(nursery, tmp_path):
    """`kill -9` at a time of chance, through the command."""
    asked = ["train", "training_cases:noisy", "--epochs", "1.5", "--recipe", "one-cycle", "--device", "cpu"]
    environment = {**fresh.clean_environment(), "PYTHONPATH": SUPPORT, "OMP_NUM_THREADS": "1"}
    killed = subprocess.Popen(
        [sys.executable, "-m", "dlbook", *asked, "--save-every", "1", "--out", "killed"],
        cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    states, least = tmp_path / "killed" / "states", random.randint(1, 15)
    while killed.poll() is None and (checkpoints.last_step(states) or 0) < least:
        time.sleep(0.002)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    command = "from dlbook.training.command import main\nmain({!r})"
    again = child(nursery, tmp_path, command.format(["train", "--resume", "killed", "--device", "cpu"]))
    assert "goes on after step" in again.printed
    child(nursery, tmp_path, command.format([*asked, "--out", "whole"]))
    first, second = ((tmp_path / name / "weights.safetensors").read_bytes() for name in ("whole", "killed"))
    assert first == second
    seen = [[e._replace(seconds=0) for e in read_metrics(tmp_path / name)] for name in ("whole", "killed")]
    assert seen[0] == seen[1]
