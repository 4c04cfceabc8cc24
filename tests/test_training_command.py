"""The command `dlbook`: each of its parts on little data, and what it refuses, in one sentence."""

import json
import sys
import types

import numpy as np
import pytest
import torch
import training_cases
from PIL import Image
from saying import say as say

from dlbook.training import command, doctor
from dlbook.training.checkpoints import load_weights
from dlbook.training.loop import Trainer
from dlbook.training.runs import read_metrics

QUICK = ["--epochs", "0.2", "--batch-size", "100", "--device", "cpu"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pictures(here):
    """A folder of pictures from outside: bright ones above, bright ones below; in colour."""
    chance = np.random.default_rng(0)
    for name, rows in (("above", slice(0, 4)), ("below", slice(4, 8))):
        (here / "pictures" / name).mkdir(parents=True)
        for number in range(20):
            pixels = chance.integers(0, 90, (8, 6, 3), dtype=np.uint8)
            pixels[rows] += 120
            Image.fromarray(pixels).save(here / "pictures" / name / f"{number}.png")
    return here / "pictures"


def test_train_test_and_predict_a_model_and_pictures_from_outside(say, pictures, here):
    (here / "from_outside.py").write_text(
        "from torch import nn\ndef net(shape, classes):\n    c, h, w = shape\n"
        "    return nn.Sequential(nn.Flatten(), nn.Linear(c * h * w, classes))\n"
    )
    asked = ["--data", "pictures", "--epochs", "40", "--lr", "0.5", "--batch-size", "16", "--device", "cpu"]
    printed, _, status = say("train", "from_outside:net", *asked)
    lines = printed.splitlines()
    assert status == 0
    assert lines[0] == (
        f"from_outside:net on {pictures}: 290 weights, 29 pictures to learn from, 3 to validate on, 80 steps on cpu;"
        " all goes to runs/from_outside.net-pictures-0"
    )
    assert len(lines) == 42
    assert lines[1].startswith("epoch 1 of 40: loss 0.")
    assert "; validation loss 0." in lines[1]
    folder = here / "runs" / "from_outside.net-pictures-0"
    config = json.loads((folder / "config.json").read_text())
    assert config["asked"]["data"] == str(pictures)
    assert (config["classes"], config["shape"]) == (["above", "below"], [3, 8, 6])
    assert len(read_metrics(folder)) == 40
    assert load_weights(folder / "weights.safetensors")["1.weight"].shape == (2, 144)
    printed, _, _ = say("test", folder)
    assert printed == f"{folder} on {pictures}, 8 test pictures: {printed.split(': ', 1)[1]}"
    assert "accuracy 1.0000, 0 wrong" in printed
    grey = np.full((40, 30), 20, np.uint8)
    grey[20:] = 230
    Image.fromarray(grey).save("grey.png")
    printed, _, _ = say("predict", folder, pictures / "above" / "0.png", "grey.png")
    first, second = printed.splitlines()
    assert first.startswith(f"{pictures}/above/0.png: above 0.")
    assert "read as" not in first
    assert second.startswith("grey.png: below 0.")
    assert second.endswith("(40×30 grey, read as 8×6 in colour)")


@pytest.mark.parametrize(("model", "recipe"), [("linear", "one-cycle"), ("cnn", "fast")])
def test_predict_needs_no_data(say, pictures, here, model, recipe):
    """What a centred model measured is in its weights, and filters that pictures suggested are too."""
    say("train", model, "--data", "pictures", "--recipe", recipe, *QUICK, "--out", "out")
    one = pictures / "above" / "3.png"
    before, _, _ = say("predict", "out", one)
    one.rename(here / "one.png")
    pictures.rename(here / "gone")
    after, _, status = say("predict", "out", "one.png")
    assert (after.split(": ")[1], status) == (before.split(": ")[1], 0)


def test_the_same_run_gives_the_same_files(say, here):
    for out in ("a", "b"):
        say("train", "mlp", *QUICK, "--recipe", "fast", "--out", out)
    for name in ("curves.svg", "weights.safetensors", "config.json"):
        assert (here / "a" / name).read_bytes() == (here / "b" / name).read_bytes()
    assert "<dc:date>" not in (here / "a" / "curves.svg").read_text()
    assert "validation" in (here / "a" / "curves.svg").read_text()


def test_a_run_goes_on_and_takes_all_from_its_config(say):
    say("train", "mlp", *QUICK, "--seed", "3", "--out", "out")
    again, complained, status = say("train", "--resume", "out", "--device", "cpu")
    assert (complained, status) == ("", 0)
    assert "goes on after step 3" in again
    assert "epoch" not in again
    same = ["--epochs", "0.2", "--lr", "0.1", "--batch-size", "100", "--validation", "143", "--data", "digits"]
    assert say("train", "mlp", "--resume", "out", *same)[2] == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--epochs", "5", "out was begun with epochs 0.2, not 5.0: a run goes on as it was begun"),
        ("--lr", "0.2", "out was begun with lr 0.1, not 0.2"),
        ("--seed", "1", "out was begun with seed 0, not 1"),
        ("--data", "fashion-small", "out was begun with data digits, not fashion-small"),
        ("--out", "elsewhere", "a run goes on in out, not in elsewhere"),
    ],
)
def test_what_differs_from_the_run_that_goes_on_is_refused(say, option, value, said):
    say("train", "linear", *QUICK, "--out", "out")
    _, complained, status = say("train", "--resume", "out", option, value)
    assert complained.startswith(f"dlbook: {said}")
    assert status == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train"], "name a model: alexnet-small, cnn, lenet"),
        (["train", "no"], "there is no model 'no'; there are alexnet-small, cnn, lenet"),
        (["train", "no.such:model"], "no factory at 'no.such:model': No module named 'no'"),
        (["train", "training_cases:none"], "no factory at"),
        (["train", "json:dumps"], "this one needs more: missing a required argument: 'obj'"),
        (["train", "lenet"], "LeNet reads pictures of 28 by 28 pixels, got (8, 8)"),
        (["train", "training_cases:two_scores"], "must give 10 scores for pictures of (1, 8, 8), (2, 10) for two"),
        (["train", "training_cases:for_28"], "got an error: mat1 and mat2 shapes cannot be multiplied (2x64 and"),
        (["train", "mlp", "--data", "nowhere"], "there are the data sets digits"),
        (["train", "mlp", "--epochs", "0"], "epochs must be a finite number above 0, got 0.0"),
        (["train", "mlp", "--epochs", "nan"], "epochs must be a finite number above 0, got nan"),
        (["train", "mlp", "--batch-size", "0"], "batch must be an integer of at least 1, got 0"),
        (["train", "mlp", "--lr", "-1"], "lr must be a finite number above 0, got -1.0"),
        (["train", "mlp", "--seed", "1000000"], "seed must be an integer from 0 to 999999, got 1000000"),
        (["train", "mlp", "--precision", "half"], "precision must be one of ('float32', 'bfloat16'), got 'half'"),
        (["train", "mlp", "--recipe", "slow"], "there are the recipes"),
        (["train", "mlp", "--validation", "1437"], "validation must be an integer from 0 to 1436, got 1437"),
        (["train", "mlp", "--patience", "2", "--validation", "0"], "patience of 2 epochs needs pictures to validate"),
        (["train", "mlp", "--micro-batch", "0"], "micro must be an integer of at least 1, got 0"),
        (["train", "mlp", "--save-every", "-3"], "every must be an integer of at least 1, got -3"),
        (["train", "mlp", "--device", "tpu"], "device must be auto or cpu or cuda or mps, got 'tpu'"),
        (["train", "mlp", "--device", "mps"], "no mps on this machine; there is cpu"),
        (["train", "--resume", "nowhere"], "nowhere holds no run"),
        (["test", "nowhere"], "nowhere holds no run"),
        (["predict", "nowhere", "a.png"], "nowhere holds no run"),
        (["doctor", "no"], "there is no model 'no'"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_one_sentence(say, here, words, said):
    printed, complained, status = say(*words)
    assert (printed, status) == ("", 2)
    assert complained.startswith("dlbook: ")
    assert said in complained
    assert complained.count("\n") == 1
    assert not (here / "runs").exists()


def test_an_option_that_is_no_number_is_refused(say):
    _, complained, status = say("train", "mlp", "--epochs", "many")
    assert "Invalid value for '--epochs'" in complained
    assert status == 2


def test_a_folder_that_is_used_is_refused(say):
    say("train", "linear", *QUICK)
    _, complained, status = say("train", "linear", *QUICK)
    assert complained == "dlbook: runs/linear-digits-0 is not empty: name another folder, or resume the run\n"
    assert status == 2


def test_what_breaks_off_says_what_is_kept(say, monkeypatch):
    asked = ["train", "mlp", *QUICK, "--epochs", "1", "--save-every", "4"]
    real = Trainer._update

    def breaking(fault):
        def update(self, *where):
            if self.progress.step == 6:
                raise fault
            return real(self, *where)

        monkeypatch.setattr(Trainer, "_update", update)

    breaking(KeyboardInterrupt())
    _, complained, status = say(*asked, "--out", "stopped")
    assert complained == (
        "dlbook: stopped; the state after step 4 is in stopped/states; go on: dlbook train --resume stopped\n"
    )
    assert status == 130
    breaking(OSError(28, "No space left on device"))
    _, complained, status = say(*asked, "--out", "full")
    assert complained == "dlbook: [Errno 28] No space left on device; the state after step 4 is in full/states\n"
    assert status == 2
    monkeypatch.setattr(Trainer, "_update", real)
    assert say("train", "--resume", "stopped")[2] == 0
    say(*asked, "--out", "whole")
    first, second = (load_weights(command.Path(name) / "weights.safetensors") for name in ("stopped", "whole"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_loss_that_is_no_number_stops_with_epoch_and_step(say):
    asked = ["--lr", "1e30", "--epochs", "2", "--batch-size", "400", "--device", "cpu", "--validation", "0"]
    _, complained, status = say("train", "mlp", *asked, "--out", "out")
    assert complained.startswith("dlbook: the loss is nan in epoch 1, step")
    assert complained.endswith("; no state is on the disk yet\n")
    assert status == 2


def test_models_and_data_are_listed(say):
    printed, _, status = say("models")
    assert "lenet        LeNet as it is taught today." in printed
    assert status == 0
    printed, _, status = say("data")
    assert "digits         1,437 and 360 to test on, 10 classes, 8×8, 1 channel" in printed
    assert "fashion-small  5,000 and 1,000 to test on" in printed
    assert status == 0


def test_the_doctor_says_ok_or_sick_with_a_cure(say, monkeypatch):
    printed, _, status = say("doctor", "mlp", "--device", "cpu")
    assert {line[:4] for line in printed.splitlines()} == {"ok  "}
    assert status == 0
    printed, _, status = say("doctor", "training_cases:two_scores", "--device", "cpu")
    assert "SICK  scores: shape (32, 2)" in printed
    assert "      cure: print the shape after each layer" in printed
    assert status == 1
    assert doctor.STEPS == 300


def test_tensorboard_is_told_if_it_is_there_and_missed_in_one_sentence(say, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    _, complained, status = say("train", "linear", *QUICK, "--tensorboard", "--out", "without")
    assert complained == "dlbook: --tensorboard needs the package tensorboard: pip install 'dlbook[tensorboard]'\n"
    assert status == 2
    told = []

    class Writer:
        def __init__(self, folder, purge_step):
            told.append((folder, purge_step))

        def add_scalar(self, name, value, step):
            told.append((name, step))

        def __enter__(self):
            return self

        def __exit__(self, *fault):
            told.append("closed")

    there = types.SimpleNamespace(SummaryWriter=Writer)
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", there)
    assert say("train", "linear", *QUICK, "--tensorboard", "--out", "with")[2] == 0
    steps = [(name, step) for step in (1, 2, 3) for name in ("loss/step", "rate")]
    epoch = [(f"{name}/{part}", 3) for part in ("training", "validation") for name in ("loss", "accuracy")]
    assert told == [("with/tensorboard", 0), *steps, *epoch, "closed"]


def test_a_terminal_sees_a_bar(say, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    printed, bar, _ = say("train", "mlp", *QUICK, "--out", "out")
    assert "epoch 1 of 0.2: loss 2." in printed
    for part in ("3/3", "step/s", "loss 2.", "accuracy 0.", "lr 0.1", "<00:0"):
        assert part in bar


def test_help_names_each_option(say):
    printed, _, status = say("train", "--help")
    options = "data recipe epochs batch-size lr seed device precision validation patience clip micro-batch save-every"
    assert [each for each in f"{options} out resume tensorboard".split() if f"--{each}" not in printed] == []
    assert status == 0
    assert training_cases.RECIPES
