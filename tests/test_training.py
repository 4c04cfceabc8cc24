"""The training loop and what belongs to it: laws that hold for each model, and what is refused."""

import copy
import json
import math
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.testing import assert_close
from training_cases import RECIPES, counted, moved, noisy, some, still

from dlbook.datasets import Images
from dlbook.training import chance, checkpoints, create, models, register, registry
from dlbook.training.curves import svg
from dlbook.training.inputs import Centred, measured
from dlbook.training.loop import Epoch, LossError, Plan, Progress, Step, Trainer, train
from dlbook.training.pictures import changed, fitted
from dlbook.training.recipes import ONE_CYCLE, TEXTBOOK, Recipe, nesterov, one_cycle, recipe, set_rates, warm_up
from dlbook.training.runs import Asked, Run, learned, read_config, read_metrics, trained
from dlbook.training.scoring import Score, confusion, evaluate, scores
from dlbook.training.team import Team, gathered

SHAPE, CLASSES = (1, 4, 4), 3
CPU = torch.device("cpu")
IMAGES = some(20)


def made(kind=still, seed=0):
    torch.manual_seed(seed)
    return kind(SHAPE, CLASSES)


def weights(model):
    return copy.deepcopy(model.state_dict())


def assert_same(one, other):
    assert one.keys() == other.keys()
    assert [name for name in one if not torch.equal(one[name], other[name])] == []


def run(model, plan, images=IMAGES, **more):
    return list(Trainer(model, images, plan, **more).run())


# What is learned


@pytest.mark.parametrize("name", ["textbook", "one-cycle", "fast"])
def test_one_batch_is_learned_by_heart(name):
    news = list(
        train(made(), IMAGES, Plan(epochs=150, batch=20, lr=None if name != "textbook" else 0.5, recipe=recipe(name)))
    )
    assert news[0].loss > 0.8
    assert news[-1].loss < 0.05
    assert news[-1].accuracy == 1


def test_a_step_is_the_one_that_plain_pytorch_takes():
    model, plain = made(), made()
    plan = Plan(epochs=2, batch=7, lr=0.3, seed=5)
    losses = [news.loss for news in run(model, plan) if isinstance(news, Step)]
    optimizer, expected = torch.optim.SGD(plain.parameters(), lr=0.3), []
    for epoch in range(2):
        for part in chance.order(20, 5, epoch).split(7):
            loss = functional.cross_entropy(plain(IMAGES.x[part]), IMAGES.y[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            expected.append(loss.item())
    assert_close(losses, expected, rtol=1e-6, atol=0)
    assert_close(weights(model), weights(plain), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("micro", [1, 3, 5, 7, 100])
def test_parts_of_a_batch_give_the_step_of_the_whole(micro):
    """Equal ones and unequal ones; a mean of the parts' means would be another."""
    whole, parts = made(), made()
    first = run(whole, Plan(epochs=2, batch=8, recipe=ONE_CYCLE, clip=0.5))
    second = run(parts, Plan(epochs=2, batch=8, recipe=ONE_CYCLE, clip=0.5, micro=micro))
    assert_close(weights(parts), weights(whole), rtol=1e-4, atol=1e-6)
    for a, b in zip(first, second, strict=True):
        assert_close(a.loss, b.loss, rtol=1e-5, atol=1e-6)


def test_the_loss_of_an_epoch_is_the_mean_over_its_examples():
    """The last batch is short: the mean of the batches' means is another number."""
    *steps, epoch = run(made(), Plan(epochs=1, batch=19, lr=1.0))
    first, last = (step.loss for step in steps)
    assert_close(epoch.loss, (19 * first + last) / 20, rtol=1e-9, atol=0)
    assert abs(epoch.loss - (first + last) / 2) > 1e-3


def test_the_gradient_is_clipped_to_a_length():
    model = made()
    trainer = Trainer(model, IMAGES, Plan(epochs=1, batch=20, lr=1.0, clip=0.01))
    before = weights(model)
    next(trainer.run())
    moves = [(now - before[name]).norm() for name, now in model.state_dict().items()]
    assert_close(torch.stack(moves).norm(), torch.tensor(0.01), rtol=1e-3, atol=0)


def test_the_rate_is_a_function_of_the_step():
    rates = [n.rate for n in run(made(), Plan(epochs=2, batch=5, recipe=ONE_CYCLE)) if isinstance(n, Step)]
    assert_close(rates, [0.05 * one_cycle((k + 0.5) / 8) for k in range(8)])
    assert rates[0] < max(rates) > rates[-1]
    assert_close([warm_up(d) for d in (0.05, 0.1, 0.7)], [0.5, 1.0, 1.0])
    assert one_cycle(0.25, warm=0) == 0.75


def test_each_optimiser_keeps_a_rate_of_its_own():
    model = made()
    optimizers = recipe("fast").optimizers(model, 0.03)
    set_rates(optimizers, 0.5)
    assert set_rates(optimizers, 0.1) == pytest.approx(0.003)
    assert [o.param_groups[0]["lr"] for o in optimizers] == pytest.approx([0.003, 0.006])
    both = [p for o in optimizers for g in o.param_groups for p in g["params"]]
    assert {id(p) for p in both} == {id(p) for p in model.parameters()}


def test_half_precision_is_for_the_network_alone():
    seen = []

    class Told(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(16, 3)

        def forward(self, x):
            scores = self.layer(x.flatten(1))
            seen.append(scores.dtype)
            return scores

    model = Told()
    list(train(model, IMAGES, Plan(epochs=1, batch=20, precision="bfloat16")))
    assert seen == [torch.bfloat16]
    assert model.layer.weight.dtype == torch.float32


def test_each_process_has_a_chance_of_its_own():
    """Seeds that lie 2**32 apart would be one and the same to the CPU's generator."""
    drawn = set()
    for step in range(20):
        for rank in range(8):
            with chance.seeded(0, step, CPU, rank):
                drawn.add(torch.rand(3).sum().item())
    assert len(drawn) == 160


def test_an_epoch_sees_each_example_once_and_the_next_in_another_order():
    first, second = (chance.order(50, 0, epoch).tolist() for epoch in (0, 1))
    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second
    assert chance.order(50, 1, 0).tolist() != first


@pytest.mark.parametrize(("epochs", "steps"), [(0.01, 1), (0.5, 2), (1, 3), (1.25, 4), (2, 6)])
def test_part_of_an_epoch_is_trained(epochs, steps):
    news = run(made(), Plan(epochs=epochs, batch=8))
    assert sum(isinstance(each, Step) for each in news) == steps
    assert isinstance(news[-1], Epoch)
    assert [each.number for each in news if isinstance(each, Epoch)] == list(range(1, math.ceil(epochs) + 1))


def test_training_stops_when_nothing_gets_better():
    held = Images(IMAGES.x, (IMAGES.y + 1) % 3)  # what is learned is wrong here
    news = list(train(made(), IMAGES, Plan(epochs=50, batch=5, lr=0.5, patience=3), validation=held))
    best = max(range(len(news)), key=lambda i: news[i].validation.accuracy)
    assert len(news) == best + 4 < 50
    assert [each.better for each in news][best:] == [True, False, False, False]


def test_without_pictures_to_validate_on_each_epoch_counts_as_better():
    assert [n.better for n in train(made(), IMAGES, Plan(epochs=2))] == [True, True]


def test_a_model_that_was_in_evaluation_is_trained_in_training():
    model = made(noisy).eval()
    trainer = Trainer(model, IMAGES, Plan(epochs=1, batch=20))
    next(trainer.run())
    assert all(module.training for module in model.modules())


def test_chance_is_of_the_seed_and_the_step_and_global_chance_goes_on_untouched():
    plan = Plan(epochs=2, batch=6, seed=3, augment=moved)
    torch.manual_seed(1)
    first, before = made(noisy), torch.get_rng_state()
    one = run(first, plan)
    assert torch.equal(torch.get_rng_state(), before)
    second = made(noisy)
    torch.manual_seed(99)
    two = run(second, plan)
    assert [n[2] for n in one] == [n[2] for n in two]
    assert_same(weights(first), weights(second))
    other = made(noisy)
    run(other, Plan(epochs=2, batch=6, seed=4, augment=moved))
    assert not torch.equal(other[1].weight, first[1].weight)


# What evaluation is worth


class Odd(nn.Module):
    """Layers in different modes, buffers, chance: all that an evaluation could change."""

    def __init__(self):
        super().__init__()
        self.body = made(noisy)
        self.body[2].eval()

    def forward(self, x):
        return self.body(x)


def test_evaluation_changes_nothing():
    model = Odd()
    before, modes, state = weights(model), [m.training for m in model.modules()], torch.get_rng_state()
    evaluate(model, IMAGES)
    scores(model, IMAGES)
    assert_same(weights(model), before)
    assert [m.training for m in model.modules()] == modes
    assert len(set(modes)) == 2
    assert torch.equal(torch.get_rng_state(), state)
    assert all(p.grad is None for p in model.parameters())


def test_a_score_depends_on_neither_order_nor_batch():
    model = made(noisy)
    whole = evaluate(model, IMAGES)
    turned = Images(IMAGES.x.flip(0), IMAGES.y.flip(0))
    for images, batch in ((IMAGES, 1), (IMAGES, 7), (IMAGES, 19), (turned, 6)):
        other = evaluate(model, images, batch=batch)
        assert_close(other.loss, whole.loss, rtol=1e-6, atol=0)
        assert other[1:] == whole[1:]


def test_a_score_is_that_of_pytorch():
    model = made(noisy)
    found = evaluate(model, IMAGES, batch=6)
    model.eval()
    with torch.no_grad():
        logits = model(IMAGES.x)
    assert_close(found.loss, functional.cross_entropy(logits, IMAGES.y).item(), rtol=1e-6, atol=0)
    assert found.accuracy == (logits.argmax(1) == IMAGES.y).sum().item() / 20
    assert found.examples == 20
    assert_close(scores(model, IMAGES, batch=3), logits)


def test_modes_come_back_if_the_model_raises_or_the_labels_do():
    class Broken(Odd):
        def forward(self, x):
            raise RuntimeError("broken")

    modes = [m.training for m in Broken().modules()]
    model = Broken()
    with pytest.raises(RuntimeError, match="broken") as kept:
        evaluate(model, IMAGES)
    assert [m.training for m in model.modules()] == modes
    model = Odd()
    with pytest.raises((IndexError, RuntimeError)) as also:
        evaluate(model, Images(IMAGES.x, IMAGES.y + 1))
    assert [m.training for m in model.modules()] == modes
    assert kept is not also


def test_bytes_are_scaled_and_evaluated_as_floats_are():
    bytes_ = Images((IMAGES.x * 255).round().to(torch.uint8), IMAGES.y)
    floats = Images(bytes_.x.float() / 255, IMAGES.y)
    assert evaluate(made(), bytes_) == evaluate(made(), floats)


def test_confusion_counts_rows_of_truth():
    logits = functional.one_hot(torch.tensor([0, 1, 1, 2, 0]), 3).float()
    assert confusion(logits, torch.tensor([0, 0, 1, 2, 2])).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 1]]
    with pytest.raises(ValueError, match="classes go from 0 to 2, got 0 to 3"):
        confusion(logits, torch.tensor([0, 0, 1, 2, 3]))


@pytest.mark.parametrize("images", [Images(IMAGES.x[:0], IMAGES.y[:0]), Images(IMAGES.x, IMAGES.y[:3])])
def test_no_pictures_and_other_labels_are_refused(images):
    for call in (lambda: evaluate(made(), images), lambda: run(made(), Plan(), images)):
        with pytest.raises(ValueError, match="as many pictures as labels, and at least one, got"):
            call()


# What breaks off and goes on


class Breaking(nn.Module):
    """Its loss or its gradient is no number from some step on."""

    def __init__(self, at, gradient=False, body=None):
        super().__init__()
        self.body, self.at, self.gradient, self.calls = body or made(), at, gradient, 0

    def forward(self, x):
        self.calls += self.training
        y = self.body(x)
        if self.training and self.calls == self.at:
            return y + (self.body[1].weight.sum() * 0).sqrt() if self.gradient else y * float("nan")
        return y


def breaking(shape, classes, at=8):
    return Breaking(at, body=still(shape, classes))


def test_a_loss_that_is_no_number_stops_before_the_weights_are_spoiled():
    model = Breaking(at=6)
    trainer = Trainer(model, IMAGES, Plan(epochs=3, batch=5))
    with pytest.raises(LossError, match="the loss is nan in epoch 2, step 6; the weights are those before this step"):
        list(trainer.run())
    assert trainer.progress.step == 5
    assert all(p.isfinite().all() for p in model.parameters())
    plain = made()
    list(train(plain, IMAGES, Plan(epochs=1.25, batch=5)))
    assert_same(weights(plain), weights(model.body))


def test_spoiled_weights_make_no_state():
    """A finite loss, and a gradient that is not: the next state must not replace the last good one."""
    trainer = Trainer(Breaking(at=2, gradient=True), IMAGES, Plan(epochs=1, batch=5))
    steps = trainer.run()
    next(steps), trainer.state(), next(steps)
    with pytest.raises(LossError, match=r"after step 2 the weight body.1.weight is no finite number"):
        trainer.state()


def digits(model, **asked):
    return Asked(f"test_training_models:{model}", **{"batch": 300, "epochs": 2.0, **asked})


@pytest.fixture
def at_hand(monkeypatch):
    """The models of this file under a name that can be imported."""
    import sys
    import types

    module = types.ModuleType("test_training_models")
    module.still, module.noisy, module.counted, module.breaking = still, noisy, counted, breaking
    monkeypatch.setitem(sys.modules, "test_training_models", module)
    return module


def test_the_last_good_state_is_kept_and_the_run_goes_on_from_it(tmp_path, at_hand):
    run = Run(tmp_path / "run", digits("breaking"), device=CPU, every=1)
    said = r"the loss is nan in epoch 2, step 8; .*; the state after step 7 is in .*states"
    with pytest.raises(LossError, match=said):
        list(run.run())
    at_hand.breaking = partial(breaking, at=-1)  # what broke it is mended
    list(Run(tmp_path / "run", digits("breaking"), device=CPU, resume=True).run())
    list(Run(tmp_path / "whole", digits("breaking"), device=CPU).run())
    one, other = (checkpoints.load_weights(tmp_path / name / "weights.safetensors") for name in ("run", "whole"))
    assert_same(one, other)


@pytest.mark.parametrize("name", ["textbook", "one-cycle", "fast", "warm"])
def test_a_state_loads_without_code_and_goes_on_to_the_same_bits(tmp_path, name):
    """At each step, the one that ends an epoch too: before and after the epoch is accounted for."""
    plan = Plan(epochs=2.25, batch=6, recipe=RECIPES[name], augment=moved)
    held = some(9, seed=1)
    whole = Trainer(made(noisy), IMAGES, plan, validation=held)
    news = []
    for number, each in enumerate(whole.run()):
        news.append(each)
        checkpoints.save(tmp_path / str(number), whole.state())
    for number in range(len(news)):
        state = checkpoints.newest(tmp_path / str(number))
        again = Trainer(made(noisy, seed=9), IMAGES, plan, validation=held)
        again.load(state)
        rest = list(again.run())
        assert [n._replace(seconds=0) if isinstance(n, Epoch) else n for n in rest] == [
            n._replace(seconds=0) if isinstance(n, Epoch) else n for n in news[number + 1 :]
        ]
        assert_same(weights(again.model), weights(whole.model))


def test_all_that_a_state_holds_is_plain():
    trainer = Trainer(made(noisy), IMAGES, Plan(epochs=1), validation=IMAGES)
    list(trainer.run())

    def kinds(value):
        yield type(value)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
        for one in inner:
            yield from kinds(one)

    state = trainer.state()
    state["model"] = dict(state["model"])
    assert set(kinds(state)) <= {dict, list, tuple, torch.Tensor, int, float, bool, str, type(None)}
    assert json.loads(json.dumps(state["progress"])) == state["progress"]
    assert Progress.of(state["progress"]) == trainer.progress


def test_a_state_of_another_model_or_recipe_is_refused():
    state = Trainer(made(still), IMAGES, Plan()).state()
    for trainer in (
        Trainer(made(noisy), IMAGES, Plan()),
        Trainer(made(still), IMAGES, Plan(recipe=recipe("fast"))),
    ):
        with pytest.raises(ValueError, match="the state does not fit"):
            trainer.load(state)
    with pytest.raises(ValueError, match="the state does not fit"):
        Trainer(made(still), IMAGES, Plan()).load({**state, "progress": {"step": 3}})


def test_a_run_of_another_model_or_other_data_or_plan_is_refused(tmp_path, at_hand):
    list(Run(tmp_path, digits("still"), device=CPU).run())
    for other, said in (
        ({"asked": digits("counted")}, "holds a run of another asked"),
        ({"asked": digits("still", lr=0.2)}, "holds a run of another asked"),
        (
            {"asked": digits("still"), "augment": moved},
            "holds a run of another augment: None, not training_cases:moved",
        ),
    ):
        with pytest.raises(ValueError, match=said):
            Run(tmp_path, device=CPU, resume=True, **other)
    at_hand.still = counted  # the same name, another model
    with pytest.raises(ValueError, match="holds a run of another model"):
        Run(tmp_path, digits("still"), device=CPU, resume=True)
    with pytest.raises(ValueError, match="are weights of another model"):
        learned(tmp_path)
    at_hand.still = still
    config = read_config(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({**config, "data": "other"}))
    with pytest.raises(ValueError, match="holds a run of another data"):
        Run(tmp_path, digits("still"), device=CPU, resume=True)
    with pytest.raises(ValueError, match="was trained on other data than these"):
        trained(tmp_path)


@pytest.mark.parametrize("name", ["weights.safetensors", "state.pt"])
@pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda raw: b"", lambda raw: b"no" * 99, None])
def test_a_cut_or_garbled_state_is_named(tmp_path, at_hand, name, damage):
    list(Run(tmp_path, digits("still", epochs=0.5), device=CPU).run())
    (file,) = tmp_path.glob(f"states/step-*/{name}")
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ValueError, match=f"{name} cannot be read"):
        Run(tmp_path, digits("still", epochs=0.5), device=CPU, resume=True)


def test_a_state_that_would_run_code_is_refused(tmp_path, at_hand):
    list(Run(tmp_path, digits("still", epochs=0.5), device=CPU).run())
    (file,) = tmp_path.glob("states/step-*/state.pt")
    torch.save({"optimizers": Path}, file)
    with pytest.raises(ValueError, match=r"state.pt cannot be read"):
        Run(tmp_path, digits("still", epochs=0.5), device=CPU, resume=True)


def test_left_overs_of_killed_processes_are_passed_by_and_cleared(tmp_path, at_hand):
    left = [tmp_path / "run" / ".coming-1-config.json", tmp_path / "run" / "states" / ".coming-7" / "state.pt"]
    left[0].parent.mkdir()
    left[0].write_text("half")
    list(Run(tmp_path / "run", digits("still", epochs=0.5), device=CPU).run())
    left[1].parent.mkdir()
    left[1].write_text("half")
    list(Run(tmp_path / "run", digits("still", epochs=0.5), device=CPU, resume=True).run())
    assert [path for path in left if path.exists()] == []


def test_a_folder_in_use_is_refused(tmp_path, at_hand):
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path, tmp_path / "file"):
        with pytest.raises(ValueError, match="is not empty: name another folder, or resume the run"):
            Run(place, digits("still"), device=CPU)
    with pytest.raises(ValueError, match="holds no run"):
        Run(tmp_path, digits("still"), device=CPU, resume=True)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("which", ["torch.save", "os.replace", "dlbook.training.checkpoints.save_file"])
def test_a_full_disk_leaves_the_last_state(tmp_path, at_hand, monkeypatch, which):
    """Whatever it is that finds no room, in the second epoch."""
    run = Run(tmp_path, digits("still"), device=CPU)
    news = run.run()
    while not isinstance(next(news), Epoch):
        pass
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(which, full)
    with pytest.raises(OSError, match="No space left"):
        list(news)
    monkeypatch.undo()
    monkeypatch.setitem(__import__("sys").modules, "test_training_models", at_hand)
    now = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path: now.get(path) for path in before if path.parent.name != tmp_path.name} == {
        path: raw for path, raw in before.items() if path.parent.name != tmp_path.name
    }
    assert not [path for path in now if ".coming" in str(path)]
    list(Run(tmp_path, digits("still"), device=CPU, resume=True).run())
    assert len(read_metrics(tmp_path)) == 2


# What a run leaves behind


def test_the_best_weights_are_kept_and_read(tmp_path, at_hand):
    run = Run(tmp_path, digits("still", lr=2.5, epochs=6.0, batch=100), device=CPU)
    kept = {}
    for news in run.run():
        if isinstance(news, Epoch):
            kept[news.number] = weights(run.trainer.model)
    metrics = read_metrics(tmp_path)
    best = max(metrics, key=lambda e: (e.validation.accuracy, -e.number))
    assert best.number == max(e.number for e in metrics if e.better)
    model, parts = trained(tmp_path)
    assert_same(weights(model), kept[best.number])
    assert_close(evaluate(model, parts.validation).loss, best.validation.loss)
    config = read_config(tmp_path)
    assert (config["examples"], config["validation"]) == (1294, 143)
    assert config["parameters"] == sum(p.numel() for p in model.parameters())


def test_nothing_is_written_without_a_folder(tmp_path, at_hand, monkeypatch):
    monkeypatch.chdir(tmp_path)
    list(Run(None, digits("still"), device=CPU).run())
    assert list(tmp_path.iterdir()) == []


def test_garbled_files_of_a_run_are_named(tmp_path):
    for name, read in (("config.json", read_config), ("metrics.jsonl", read_metrics)):
        (tmp_path / name).write_text('{"asked"')
        with pytest.raises(ValueError, match="holds no"):
            read(tmp_path)
    (tmp_path / "config.json").write_text('{"asked": {"what": 1}}')
    with pytest.raises(ValueError, match=r"config.json is no config"):
        learned(tmp_path)


def test_curves_are_the_same_for_the_same_run_and_show_both_parts():
    epochs = [Epoch(n, 5 * n, 1 / n, 1 - 0.3 / n, 0.1, Score(1.1 / n, 0.6, 9), True, 1.0) for n in (1, 2, 3)]
    assert svg(epochs) == svg(epochs)
    assert svg(epochs) != svg(epochs[:2])
    assert ">validation<" in svg(epochs)
    assert ">validation<" not in svg([each._replace(validation=None) for each in epochs])


# Names, pictures and numbers


def test_each_model_of_the_book_gives_scores_and_starts_by_the_seed():
    for name in models():
        one, same, other = (create(name, seed=seed) for seed in (0, 0, 1))
        assert_same(weights(one), weights(same))
        assert any(not torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))
        assert one(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_a_factory_gets_what_it_names_and_no_global_chance(monkeypatch):
    models()  # the book's own are registered once, when they are first asked for: not into what is thrown away here
    monkeypatch.setattr(registry, "_FACTORIES", {})
    register("named")(lambda classes: nn.Sequential(nn.Flatten(), nn.LazyLinear(classes)))
    state = torch.get_rng_state()
    one, other = create("named", shape=(3, 2, 2), classes=4), create("named", shape=(3, 2, 2), classes=4)
    assert torch.equal(torch.get_rng_state(), state)
    assert_same(weights(one), weights(other))
    assert one[1].weight.shape == (4, 12)
    for name in ("", "a:b", "named"):
        with pytest.raises(ValueError, match="a name of its own, without a colon"):
            register(name)(lambda: None)
    for _ in range(2):  # as a cell of a notebook that runs twice

        @register("again")
        def again():
            return nn.Identity()

    assert registry._FACTORIES["again"] is again
    register("none")(lambda: 3)
    with pytest.raises(ValueError, match=r"none must make an nn.Module, got 3"):
        create("none")


def test_a_centred_model_sees_pixels_of_mean_0_and_deviation_1():
    images = Images(
        torch.rand(50, 3, 4, 4, generator=torch.Generator().manual_seed(0))
        * torch.tensor([0.2, 0.5, 1])[:, None, None],
        torch.zeros(50, dtype=torch.int64),
    )
    mean, deviation = measured(images)
    seen = Centred(nn.Identity(), images)(images.x)
    assert_close(seen.mean((0, 2, 3)), torch.zeros(3), atol=1e-5, rtol=0)
    assert_close(seen.var((0, 2, 3), correction=0), torch.ones(3))
    assert mean.shape == deviation.shape == (3, 1, 1)
    assert {"mean", "deviation"} == set(Centred(nn.Identity(), images).state_dict())
    with pytest.raises(ValueError, match="all pixels of a channel are equal"):
        measured(Images(images.x * 0, images.y))


def test_any_picture_becomes_one_that_the_model_reads():
    red = torch.zeros(3, 10, 20, dtype=torch.uint8)
    red[0] = 255
    grey = fitted(red, (1, 5, 5))
    assert_close(grey, torch.full((1, 5, 5), 0.299))
    assert_close(fitted(red[:1], (3, 10, 20)), torch.ones(3, 10, 20))
    assert changed(red, (1, 5, 5)) == "10×20 in colour, read as 5×5 grey"
    assert changed(red, (3, 10, 20)) == ""
    half = torch.zeros(1, 4, 4, dtype=torch.uint8)
    half[:, :, 2:] = 200
    assert_close(fitted(half, (1, 2, 2))[0, 0], torch.tensor([200 / 7 / 255, 1200 / 7 / 255]), atol=0.02, rtol=0)
    with pytest.raises(ValueError, match="one channel or three, got 2, and the model reads 1"):
        fitted(red[:2], (1, 5, 5))


def test_a_team_shares_each_picture_once():
    shares = [Team(rank, 3).share(torch.arange(10)).tolist() for rank in range(3)]
    assert shares == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
    with gathered() as team:
        assert team == Team()
        assert team.agree("so") == "so"
        assert team.writes


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"epochs": 0}, "epochs must be a finite number above 0"),
        ({"batch": 0}, "batch must be an integer of at least 1"),
        ({"lr": -1}, "lr must be a finite number above 0"),
        ({"seed": 10**6}, "seed must be an integer from 0 to 999999"),
        ({"micro": 0}, "micro must"),
        ({"patience": 0}, "patience must"),
        ({"clip": 0}, "clip must"),
        ({"precision": "float16"}, "precision must be one of"),
    ],
)
def test_plans_without_sense_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Plan(**wrong)


def test_what_cannot_be_trained_is_refused():
    frozen = made()
    frozen.requires_grad_(False)
    with pytest.raises(ValueError, match="no weights that can be trained"):
        run(frozen, Plan())
    with pytest.raises(ValueError, match="patience of 2 epochs needs pictures to validate on"):
        run(made(), Plan(patience=2))
    with pytest.raises(ValueError, match="there are the recipes"):
        recipe("none")
    assert Recipe("mine", nesterov).schedule(0.3) == TEXTBOOK.schedule(0.9) == 1
