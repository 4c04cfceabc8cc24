"""The doctor: healthy models are found healthy, and each sick one by the check that is meant for it."""

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional
from training_cases import some, still

from dlbook.datasets import Images
from dlbook.training.doctor import examine

IMAGES = some(30)
SHAPE, CLASSES = (1, 4, 4), 3


class Layers(nn.Module):
    """A healthy little network; a sick one overrides one step of it."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.first, self.norm, self.last = nn.Linear(16, 24), nn.BatchNorm1d(24), nn.Linear(24, 3)

    def hidden(self, x):
        return self.first(x.flatten(1)).relu()

    def forward(self, x):
        return self.last(self.norm(self.hidden(x)))


class WithSoftmax(Layers):
    def forward(self, x):
        return super().forward(x).softmax(1)


class Dead(Layers):
    def hidden(self, x):
        return (self.first(x.flatten(1)) - 100).relu()


class Frozen(Layers):
    def __init__(self):
        super().__init__()
        self.first.requires_grad_(False)


class Loud(Layers):
    def forward(self, x):
        return 50 * super().forward(x)


class Noisy(Layers):
    def hidden(self, x):
        return functional.dropout(super().hidden(x))


class Detached(Layers):
    def hidden(self, x):
        return super().hidden(x).detach()


class OfTheBatch(Layers):
    def forward(self, x):
        hidden = self.hidden(x)
        return self.last(hidden - hidden.mean(0))


class Unlisted(Layers):
    def __init__(self):
        super().__init__()
        self.more = [nn.Linear(3, 3)]

    def forward(self, x):
        return self.more[0](super().forward(x))


class Remembering(Layers):
    def forward(self, x):
        self.norm.running_mean += 1
        return super().forward(x)


class SetsItsMode(Layers):
    def forward(self, x):
        self.norm.train()
        return super().forward(x)


class Infinite(Layers):
    def forward(self, x):
        return super().forward(x) / 0


class RootOfZero(Layers):
    def hidden(self, x):
        return super().hidden(x) + (self.first.weight.sum() * 0).sqrt()


class FewerClasses(Layers):
    def forward(self, x):
        return super().forward(x)[:, :2]


class Scrambled(Layers):
    def forward(self, x):
        return super().forward(x.reshape(8, -1))


def sick(model, images=IMAGES):
    return {finding.check: finding for finding in examine(model, images, classes=CLASSES) if not finding.ok}


def test_a_healthy_model_is_found_healthy_and_left_as_it_was():
    model = Layers()
    model.norm.eval()
    before, modes = copy.deepcopy(model.state_dict()), [m.training for m in model.modules()]
    chance = torch.get_rng_state()
    findings = examine(model, IMAGES, classes=CLASSES)
    assert [finding.check for finding in findings if not finding.ok] == []
    assert len(findings) == 10
    assert all(finding.saw and not finding.cure for finding in findings)
    assert all(torch.equal(before[name], now) for name, now in model.state_dict().items())
    assert [m.training for m in model.modules()] == modes
    assert all(weight.grad is None for weight in model.parameters())
    assert torch.equal(chance, torch.get_rng_state())


def test_one_that_begins_with_zeros_at_its_end_is_healthy():
    """Its first layer has no gradient in the first step, and one from the second on."""
    model = still(SHAPE, CLASSES)
    nn.init.zeros_(model[-1].weight)
    assert sick(model) == {}


@pytest.mark.parametrize(
    ("kind", "check", "said"),
    [
        (WithSoftmax, "logits", "sums to 1"),
        (Dead, "gradients", "zero at first.weight, first.bias"),
        (Frozen, "weights", "frozen: first.weight, first.bias"),
        (Loud, "loss at the start", "log 3 = 1.099"),
        (Noisy, "evaluation", "twice: differs"),
        (Detached, "gradients", "none at first.weight, first.bias"),
        (OfTheBatch, "batch", "in another order: differs"),
        (Unlisted, "weights", "not in parameters(): (3, 3), (3,)"),
        (Remembering, "evaluation", "changes norm.running_mean"),
        (SetsItsMode, "modes", "stay as they were: norm"),
        (Infinite, "scores", "not all finite"),
        (RootOfZero, "gradients", "not finite at first.weight"),
        (FewerClasses, "scores", "shape (30, 2)"),
        (Scrambled, "scores", "RuntimeError"),
    ],
)
def test_each_sickness_is_found_by_its_check(kind, check, said):
    found = sick(kind())
    assert said in found[check].saw
    assert found[check].cure


def test_a_softmax_at_the_end_cannot_learn_a_batch_by_heart():
    assert "one batch" in sick(WithSoftmax())


def test_labels_of_others_cannot_be_learned_by_heart():
    """The same picture with every label: what no model can know."""
    images = Images(IMAGES.x[:1].expand(30, -1, -1, -1), IMAGES.y)
    assert {"one batch"} <= set(sick(Layers(), images))


@pytest.mark.parametrize(
    ("x", "said"),
    [(IMAGES.x * 255, "pixels from"), (IMAGES.x / 255, "standard deviation"), (IMAGES.x - 0.5, "pixels from -0.")],
)
def test_pixels_of_another_scale_are_found_first(x, said):
    (finding,) = examine(Layers(), Images(x, IMAGES.y), classes=CLASSES)
    assert (finding.check, finding.ok) == ("input", False)
    assert said in finding.saw


@pytest.mark.parametrize("wrong", [{"batch": 1}, {"steps": 0}, {"lr": -1.0}])
def test_numbers_without_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        examine(Layers(), IMAGES, **wrong)
