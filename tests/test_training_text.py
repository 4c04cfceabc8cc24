"""A GPT on a text of the reader's: trained, tested, written with, stopped and resumed; what is refused, in one sentence."""

import itertools
import json
import math

import pytest
import torch
from saying import say as say

from dlbook.data import corpus
from dlbook.rnn.text import Counts
from dlbook.training import texts
from dlbook.training.chance import seeded
from dlbook.training.checkpoints import load_weights
from dlbook.training.loop import LossError
from dlbook.training.texts import AskedText, TextRun, Written, read_text, text_perplexity, worth
from dlbook.transformer.generation import Sampler, greedy, write
from dlbook.transformer.language import counted, windows
from dlbook.vocabulary import SPECIALS

CPU = torch.device("cpu")
SMALL = {"context": 8, "d": 16, "heads": 2, "layers": 1, "batch": 8}
FEW = [f"--{name}" for name in ("context", "columns", "heads", "layers", "batch-size")]
QUICK = [*itertools.chain(*zip(FEW, ["8", "16", "2", "1", "8"], strict=True)), "--device", "cpu"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text(corpus("zh")[:1_000], "utf8")
    return tmp_path


def asked(**how):
    return AskedText("text.txt", **{**SMALL, "epochs": 3, **how})


def test_train_test_and_write(say, here):
    printed, complained, status = say("train", "gpt", "--data", "text.txt", "--epochs", "3", *QUICK)
    assert (complained, status) == ("", 0)
    lines = printed.splitlines()
    folder = here / "runs" / "gpt-text-0"
    config = json.loads((folder / "config.json").read_text("utf8"))
    assert lines[0] == (
        f"gpt on {here / 'text.txt'}: {config['parameters']:,} weights, 800 characters to learn from,"
        f" of {len(config['tokens']) - 4} kinds, 36 steps on cpu; all goes to runs/gpt-text-0"
    )
    assert [line.split(":")[0] for line in lines[1:4]] == [f"pass {n} of 3" for n in (1, 2, 3)]
    assert lines[4] == "let it write: dlbook write runs/gpt-text-0"
    metrics = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    assert [(m["number"], m["step"]) for m in metrics] == [(1, 12), (2, 24), (3, 36)]
    assert metrics[-1]["loss"] < metrics[0]["loss"]
    printed, _, _ = say("test", "runs/gpt-text-0", "--device", "cpu")
    found = worth(Written(folder))
    assert printed == (
        f"runs/gpt-text-0 on {here / 'text.txt'}, 96 characters: perplexity {found.model:.2f};"
        f" counts of {found.back} back {found.counts:.2f}\n"
    )
    printed, _, _ = say("write", "runs/gpt-text-0", "--begin", "酒店", "--many", "30", "--device", "cpu")
    assert printed.startswith("酒店")
    assert len(printed) == 33
    again, _, _ = say("write", "runs/gpt-text-0", "--begin", "酒店", "--many", "30", "--device", "cpu")
    assert again == printed
    cold, _, _ = say("write", "runs/gpt-text-0", "--temperature", "0", "--many", "5", "--device", "cpu")
    narrow, _, _ = say("write", "runs/gpt-text-0", "--top-k", "1", "--many", "5", "--device", "cpu")
    assert cold == narrow
    assert "gpt" in say("models")[0].split()


def test_what_was_stopped_goes_on_as_if_nothing_had_been(say, here):
    whole = TextRun(here / "whole", asked(dropout=0.2), device=CPU)
    assert len(list(whole.run())) == 3
    part = TextRun(here / "part", asked(dropout=0.2), device=CPU)
    next(part.run())  # stopped after the first pass
    printed, _, status = say("train", "--resume", "part", "--device", "cpu")
    assert status == 0
    assert "goes on after step 12" in printed
    one, other = (load_weights(here / name / "weights.safetensors") for name in ("whole", "part"))
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    lines = [(here / name / "metrics.jsonl").read_text().splitlines() for name in ("whole", "part")]
    plain = [[{**json.loads(line), "seconds": 0} for line in each] for each in lines]
    assert plain[0] == plain[1]
    again, _, _ = say("train", "--resume", "part", "--device", "cpu")
    assert "pass" not in again.split("goes to part")[1].replace("pass over", "")


def test_the_best_pass_is_kept_and_patience_ends():
    run = TextRun(texts.Path("kept"), asked(epochs=60, lr=0.1, patience=2), device=CPU)
    passes = list(run.run())
    assert len(passes) < 60
    assert [news.better for news in passes[-2:]] == [False, False]
    best = min(passes, key=lambda news: news.perplexity)
    found = text_perplexity(Written(texts.Path("kept")).model, run.text.validation)
    assert found == pytest.approx(best.perplexity)


def test_the_parts_of_a_text_are_its_own_and_new_signs_unknown(here):
    text = "ab" * 100 + "c" * 50
    (here / "abc.txt").write_text(text)
    found = read_text("abc.txt", 5)
    assert found.vocabulary.tokens == [*SPECIALS, "a", "b"]
    assert [len(part) for part in found[1:4]] == [200, 25, 25]
    assert found.learn.tolist() == [4, 5] * 100
    assert set(found.test.tolist()) == {1}


def test_perplexity_is_that_of_each_window(here):
    run = TextRun(here / "new", asked(), device=CPU)
    x, y = windows(run.text.test, 8)
    logs = run.model.eval()(x).detach().log_softmax(-1)
    expected = math.exp(-float(logs.gather(-1, y[..., None]).mean()))
    assert text_perplexity(run.model.train(), run.text.test) == pytest.approx(expected, rel=1e-5)
    assert run.model.training
    list(run.run())
    found = worth(Written(here / "new"))
    size = len(run.text.vocabulary)
    counts = {k: Counts(run.text.learn, size, back=k, trust=texts.TRUST) for k in texts.BACK}
    best = min(counts, key=lambda k: counted(counts[k], windows(run.text.validation, 8)))
    assert found.back == best
    assert found.counts == pytest.approx(counted(counts[best], windows(run.text.test, 8)))


def test_a_run_depends_on_its_seed_and_on_no_other_chance(here):
    weights = []
    for name, seed, outside in (("one", 0, 1), ("two", 0, 2), ("three", 1, 1)):
        torch.manual_seed(outside)
        run = TextRun(here / name, asked(seed=seed, epochs=1), device=CPU)
        before = torch.get_rng_state()
        list(run.run())
        assert torch.equal(torch.get_rng_state(), before)
        weights.append(run.model.rows.weight.detach())
    assert torch.equal(weights[0], weights[1])
    assert not torch.equal(weights[0], weights[2])


def test_each_step_drops_by_its_own_number(here, monkeypatch):
    steps = []

    def noted(seed, step, device):
        steps.append((seed, step))
        return seeded(seed, step, device)

    monkeypatch.setattr(texts, "seeded", noted)
    list(TextRun(here / "new", asked(epochs=2, dropout=0.5, seed=3), device=CPU).run())
    assert steps == [(3, step) for step in range(24)]


def test_windows_are_the_text_one_place_on(here):
    run = TextRun(here / "new", asked(), device=CPU)
    x, y = run._windows()
    assert x.shape == y.shape == (8, 8)
    assert torch.equal(x[:, 1:], y[:, :-1])
    text = "".join(map(chr, run.text.learn.tolist()))
    assert all("".join(map(chr, row)) in text for row in torch.cat([x, y[:, -1:]], 1).tolist())
    run.step = 1
    assert not torch.equal(x, run._windows()[0])


def test_it_writes_what_the_model_says_and_no_special_token(here):
    run = TextRun(here / "new", asked(epochs=1), device=CPU)
    list(run.run())
    model = Written(here / "new")
    with torch.no_grad():
        model.model.rows.weight[: len(SPECIALS)] *= 100  # would be drawn all the time
    text = model.go_on("酒", 40, Sampler(torch.Generator().manual_seed(0), 2.0))
    assert len(text) == 40
    assert all(sign in model.tokens[4:] for sign in text)
    ids = torch.tensor([[model.tokens.index("酒")]])
    model = Written(here / "new")
    expected = write(model.model, ids, 5, greedy)[0, 1:].tolist()
    assert min(expected) >= len(SPECIALS)
    assert model.go_on("酒", 5, Sampler(torch.Generator(), 0)) == "".join(model.tokens[i] for i in expected)


def test_an_infinite_loss_is_said_and_nothing_is_kept(here):
    run = TextRun(here / "new", asked(), device=CPU)
    with torch.no_grad():
        run.model.rows.weight[5] = math.inf
    with pytest.raises(LossError, match="the loss of step 1 is nan; try a lower --lr"):
        list(run.run())
    assert not (here / "new" / "weights.safetensors").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "gpt"], "gpt needs a text: --data text.txt"),
        (["train", "gpt", "--data", "none.txt"], "none.txt is no file of text:"),
        (["train", "gpt", "--data", "bytes.txt"], "bytes.txt is no file of text: 'utf-8' codec can't decode"),
        (["train", "gpt", "--data", "short.txt"], "short.txt must hold at least 660 characters"),
        (["train", "gpt", "--data", "text.txt", "--recipe", "fast"], "--recipe is for pictures, not for gpt"),
        (["train", "gpt", "--data", "text.txt", "--tensorboard"], "--tensorboard is for pictures, not for gpt"),
        (["train", "gpt", "--data", "text.txt", "--heads", "3"], "heads must divide d_model, got 3 and 64"),
        (["train", "gpt", "--data", "text.txt", "--epochs", "0"], "epochs must be a finite number above 0, got 0.0"),
        (["train", "gpt", "--data", "text.txt", "--dropout", "2"], "got 2.0"),
        (["train", "lenet", "--layers", "2"], "--layers is for gpt alone"),
        (["train", "gpt", "--data", "text.txt", "--out", "used"], "used is not empty: name another folder, or resume"),
        (["write", "used"], "used holds no run:"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(say, here, words, message):
    (here / "bytes.txt").write_bytes(b"\xff" * 999)
    (here / "short.txt").write_text("short")
    (here / "used").mkdir()
    (here / "used" / "letter.txt").write_text("mine")
    printed, complained, status = say(*words)
    assert (printed, status) == ("", 2)
    assert complained.startswith("dlbook: ")
    assert message in complained
    assert complained.count("\n") == 1


def test_a_run_goes_on_as_it_was_begun(say, here):
    list(TextRun(here / "mine", asked(epochs=1), device=CPU).run())
    for words, message in (
        (["train", "--resume", "mine", "--lr", "0.5"], "mine was begun with lr 0.003, not 0.5"),
        (["train", "--resume", "mine", "--out", "other"], "a run goes on in mine, not in other"),
        (["write", "mine", "--begin", "Z"], "the text that it learned from has no 'Z'"),
        (["write", "mine", "--top-p", "0"], "p must be a finite number above 0 and at most 1, got 0.0"),
    ):
        assert message in say(*words, "--device", "cpu")[1]
    (here / "text.txt").write_text(corpus("zh")[:1_001], "utf8")
    assert "text.txt is another text than it was" in say("test", "mine", "--device", "cpu")[1]
    assert "mine holds a run of another data" in say("train", "--resume", "mine", "--device", "cpu")[1]
