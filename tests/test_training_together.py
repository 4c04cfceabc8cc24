"""Several processes that train one model: real ones, on gloo and the CPU, held to one that works alone."""

import json
import subprocess
import sys

import fresh
import pytest
import torch
import training_cases
from torch.testing import assert_close
from training_processes import SUPPORT, child, nursery_with

from dlbook.datasets import load
from dlbook.training import evaluate
from dlbook.training.checkpoints import load_weights, newest
from dlbook.training.runs import read_metrics, trained

pytestmark = [
    pytest.mark.skipif(not fresh.CAN_FORK, reason="processes are forked on Linux only"),
    pytest.mark.xdist_group("together"),
]


@pytest.fixture(scope="module")
def nursery():
    with nursery_with("dlbook.training.runs") as nursery:
        yield nursery


def printed_by(nursery, tmp_path, code):
    seen = child(nursery, tmp_path, code)
    assert not seen.error
    return seen.printed


def in_team(nursery, tmp_path, size, *lines):
    """Lines of code in each process of a team, `team`; all end well."""
    work = "".join(f"    {line}\n" for line in lines)
    printed = printed_by(nursery, tmp_path, f"def work(team):\n{work}together({size}, work)")
    assert json.loads(printed.splitlines()[-1]) == [0] * size


def assert_alike(one, other):
    """The same metrics and the same weights, to 1e-5."""
    for a, b in zip(read_metrics(one), read_metrics(other), strict=True):
        assert_close(a.loss, b.loss, rtol=0, atol=1e-5)
        assert (a.accuracy, a.rate, a.step) == (b.accuracy, b.rate, b.step)
        assert_close(a.validation.loss, b.validation.loss, rtol=0, atol=1e-5)
        assert a.validation[1:] == b.validation[1:]
    assert_close(
        load_weights(one / "weights.safetensors"), load_weights(other / "weights.safetensors"), rtol=0, atol=1e-5
    )


# 1,294 pictures: batches of 431 leave one picture, which the second process has no part of; of 600 leave 94
CASES = {
    "unequal parts": "'still', batch=301, epochs=2, augment=None",
    "a picture for one process": "'still', batch=431, epochs=2",
    "in parts, clipped": "'still', batch=600, micro=77, clip=0.5, epochs=2",
    "one cycle": "'still', batch=300, recipe='one-cycle', epochs=1.5",
}


def test_two_processes_find_what_one_finds(nursery, tmp_path):
    """All cases in one pair of processes: the same losses, with and without chance in the pictures."""
    asked = list(CASES.values())
    printed_by(nursery, tmp_path, "\n".join(f"train('one{i}', {case})" for i, case in enumerate(asked)))
    in_team(nursery, tmp_path, 2, *(f"train('two{i}', {case}, team=team)" for i, case in enumerate(asked)))
    for i in range(len(asked)):
        assert_alike(tmp_path / f"one{i}", tmp_path / f"two{i}")


def test_statistics_of_batches_are_the_first_processs_and_scores_belong_to_them(nursery, tmp_path):
    """Each process has statistics of its own; what is written is what was evaluated."""
    in_team(nursery, tmp_path, 2, "train('counted', 'counted', batch=600, epochs=1, team=team)")
    sys.modules.setdefault("training_cases", training_cases)
    model, parts = trained(tmp_path / "counted")
    said = read_metrics(tmp_path / "counted")[0].validation
    here = evaluate(model, parts.validation)
    assert_close(said.loss, here.loss, rtol=0, atol=1e-6)
    assert said[1:] == here[1:]


def test_a_run_goes_on_with_other_processes(nursery, tmp_path):
    """Two processes begin and are killed, three go on, then one: as if one had done it all."""
    train = "train('{}', 'still', batch=300, epochs=2.4, recipe='one-cycle', {})"
    printed_by(nursery, tmp_path, train.format("one", ""))
    killed = "def work(team):\n    kill_before(70 if team.writes else 10**9)\n    "
    code = f"{killed}{train.format('many', 'team=team')}\ntogether(2, work)"
    assert 0 not in json.loads(printed_by(nursery, tmp_path, code).splitlines()[-1])
    assert 0 < newest(tmp_path / "many" / "states")["progress"]["step"] < 10
    in_team(nursery, tmp_path, 3, train.format("many", "team=team, resume=True"))
    assert_alike(tmp_path / "one", tmp_path / "many")


def test_a_used_folder_is_refused_by_all(nursery, tmp_path):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").touch()
    heard = "try:\n        train('used', 'still', team=team)\n    except ValueError as e: open(f'heard{team.rank}', 'w').write(str(e))"
    in_team(nursery, tmp_path, 2, heard)
    assert "used is not empty" in (tmp_path / "heard0").read_text()
    assert (tmp_path / "heard0").read_text() == (tmp_path / "heard1").read_text()


def test_dropout_of_each_process_is_its_own(nursery, tmp_path):
    draw = "from dlbook.training.chance import seeded"
    line = "with seeded(0, 7, torch.device('cpu'), team.rank): torch.save(torch.rand(5), f'drawn{team.rank}')"
    in_team(nursery, tmp_path, 2, draw, line)
    assert not torch.equal(torch.load(tmp_path / "drawn0"), torch.load(tmp_path / "drawn1"))


def test_torchrun_and_the_command(tmp_path):
    """As people start it: one speaks and writes, each picture counts once."""
    environment = {**fresh.clean_environment(), "PYTHONPATH": SUPPORT, "OMP_NUM_THREADS": "1"}
    start = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    asked = ["train", "training_cases:still", "--epochs", "1", "--batch-size", "431", "--device", "cpu", "--out", "out"]
    done = subprocess.run(
        [*start, "-m", "dlbook", *asked], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["training_cases:still", "epoch", "test"]
    assert "in 2 processes" in lines[0]
    (news,) = read_metrics(tmp_path / "out")
    assert news.validation.examples == len(load("digits").train.y) // 10
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "config.json", "curves.svg", "metrics.jsonl", "states", "weights.safetensors",
    ]  # fmt: skip
