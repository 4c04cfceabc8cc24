"""Is this model fit to be trained? Questions that need a minute, not a day.

Each has an answer that a healthy model gives, whatever it is made of. A sick
one gives another, and each answer has a cure beside it.
"""

import copy
import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from dlbook._checking import checked_number, checked_whole
from dlbook.datasets import Images, pixels
from dlbook.training.scoring import device_of, evaluating

STEPS, LR = 300, 0.01
LEARNED = 0.1  # a mean loss that says: every one of these is known
FIRST = 5  # so many steps may a weight stand still, behind one that is zero


# --8<-- [start:finding]
class Finding(NamedTuple):
    """What one check has found.

    Attributes:
        check: what was asked.
        ok: whether the answer is that of a healthy model.
        saw: what was measured, in words.
        cure: what to do if it is sick; empty if not.
    """

    check: str
    ok: bool
    saw: str
    cure: str = ""
# --8<-- [end:finding]


# --8<-- [start:examine]
def examine(
    model: nn.Module, images: Images, *, classes: int | None = None,
    batch: int = 32, steps: int = STEPS, lr: float = LR, seed: int = 0,
) -> list[Finding]:
    """Check a model before it is trained. The model is not changed.

    Args:
        model: shall give logits.
        images: training pictures; the first ones are looked at.
        classes: how many there are; by default as many as the labels tell.
        batch: how many pictures to look at, at least 2.
        steps: how many updates it has to learn them by heart.
        lr: the rate of Adam at the first of these; it falls to zero.
        seed: of dropout and other chance within the model.

    Raises:
        ValueError: for numbers without sense, or fewer than two pictures.
    """
    checked_whole("steps", steps, FIRST)
    checked_number("lr", lr, above=0)
    many = min(checked_whole("batch", batch, 2), len(images.y))
    checked_whole("the number of pictures", many, 2)
    k = int(images.y.max()) + 1 if classes is None else classes
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        patient = copy.deepcopy(model)
        return list(_findings(patient, images, many, k, steps, lr))
# --8<-- [end:examine]


def _findings(model, images, many, k, steps, lr) -> Iterator[Finding]:
    x, y = (each[:many].to(device_of(model)) for each in images)
    pictures = _pictures(x)
    yield pictures
    if not pictures.ok:
        return
    x = pixels(x)
    scores = _scores(model, x, k)
    yield scores
    if scores.check == "scores" and not scores.ok:
        return
    yield _logits(model, x)
    yield _start(model, x, y, k)
    yield _again(model, x)
    yield _company(model, x)
    yield _modes(model, x)
    yield _listed(model, x, y)
    gradients, learned = _learned_by_heart(model, x, y, steps, lr)
    yield gradients
    yield learned


def _pictures(x: Tensor) -> Finding:
    """Pixels from 0 to 1 that differ from each other."""
    low, high = x.min().item(), x.max().item()
    if x.dtype == torch.uint8:
        low, high = low / 255, high / 255
    wide = pixels(x).std().item() if low >= 0 and high <= 1 else math.nan
    saw = f"pixels from {low:.3g} to {high:.3g}, standard deviation {wide:.2g}"
    ok = wide >= 0.01
    cure = (
        "bring the pixels to 0 … 1: divide bytes by 255, once and not twice"
    )
    return Finding("input", ok, saw, "" if ok else cure)


def _scores(model: nn.Module, x: Tensor, k: int) -> Finding:
    """One finite score for each class."""
    expected = f"({len(x)}, {k})"
    try:
        with evaluating(model):
            scores = model(x)
    except Exception as error:  # whatever a model raises is a finding
        why = str(error).partition("\n")[0]
        saw = f"{type(error).__name__}: {why}"
        return Finding("scores", False, saw, f"{SHAPES} {expected}")
    shape = tuple(scores.shape)
    saw = f"shape {shape}, {scores.dtype}".replace("torch.", "")
    if str(shape) != expected or not scores.is_floating_point():
        return Finding("scores", False, saw, f"{SHAPES} {expected}")
    if not scores.isfinite().all():
        return Finding(
            "scores", False, f"{saw}, not all finite",
            "look for a logarithm or a root of zero, and a division by zero",
        )
    return Finding("scores", True, saw)


SHAPES = "print the shape after each layer; the last one must give"


def _logits(model: nn.Module, x: Tensor) -> Finding:
    """Scores that are no probabilities yet."""
    with evaluating(model):
        scores = model(x).float()
    sums = scores.sum(1)
    sick = bool((scores >= 0).all()) and bool(((sums - 1).abs() < 1e-4).all())
    if sick:
        return Finding(
            "logits", False, "each row is positive and sums to 1",
            "take the softmax off the end: the loss has its own",
        )
    low, high = scores.min().item(), scores.max().item()
    return Finding("logits", True, f"scores from {low:.2f} to {high:.2f}")


def _start(model: nn.Module, x: Tensor, y: Tensor, k: int) -> Finding:
    """Before it has learned, a model guesses: its loss is about log C."""
    with evaluating(model):
        loss = nn.functional.cross_entropy(model(x).float(), y).item()
    guess = math.log(k)
    ok = abs(loss - guess) <= max(0.3, 0.3 * guess)
    saw = f"{loss:.3f}; a guess among {k} costs log {k} = {guess:.3f}"
    cure = (
        "the scores are too large for an untrained model: look at how the"
        " weights start, and for a factor behind the last layer"
    )
    return Finding("loss at the start", ok, saw, "" if ok else cure)


def _again(model: nn.Module, x: Tensor) -> Finding:
    """Evaluation gives the same twice, and leaves the model as it was."""
    before = {n: t.clone() for n, t in model.state_dict().items()}
    with evaluating(model):
        gap = _gap(model(x), model(x))
    after = model.state_dict()
    changed = [n for n in before if not _same(before[n], after[n])]
    if changed:
        return Finding(
            "evaluation", False, f"changes {_names(changed)}",
            "change buffers only while `self.training` is true",
        )
    saw = "twice the same" if gap == 0 else f"twice: differs by {gap:.2g}"
    cure = (
        "chance belongs into training: use nn.Dropout, or give"
        " functional.dropout `training=self.training`"
    )
    return Finding("evaluation", gap == 0, saw, "" if gap == 0 else cure)


def _company(model: nn.Module, x: Tensor) -> Finding:
    """The score of a picture does not depend on those beside it."""
    try:
        with evaluating(model):
            together = model(x).float()
            alone = torch.cat([model(one[None]).float() for one in x])
            turned = model(x.flip(0)).float().flip(0)
    except Exception as error:
        return Finding("batch", False, f"one picture: {error}", ALONE)
    size = max(1.0, together.abs().max().item())
    gap = max(_gap(together, alone), _gap(together, turned)) / size
    ok = gap < 1e-3
    saw = f"alone, together, in another order: differs by {gap:.1g}"
    return Finding("batch", ok, saw, "" if ok else ALONE)


ALONE = (
    "in evaluation a model may not use means over its batch: use"
    " nn.BatchNorm2d, and never mix axis 0 into the others"
)


def _modes(model: nn.Module, x: Tensor) -> Finding:
    """`train()` and `eval()` reach each layer, and looking changes none."""
    modules = dict(model.named_modules())
    before = [module.training for module in modules.values()]
    sick: list[str] = []
    for mode in (True, False):
        model.train(mode)
        with torch.no_grad():
            model(x)
        sick += [n for n, m in modules.items() if m.training is not mode]
    for module, training in zip(modules.values(), before, strict=True):
        module.training = training
    cure = "let train() and eval() through: a forward pass sets no mode"
    saw = f"stay as they were: {_names(sorted(set(sick)))}"
    if not sick:
        return Finding("modes", True, f"{len(modules)} modules follow")
    return Finding("modes", False, saw, cure)


def _listed(model: nn.Module, x: Tensor, y: Tensor) -> Finding:
    """What the loss depends on is what an optimiser is given."""
    own = {id(p) for p in model.parameters()}
    frozen = [n for n, p in model.named_parameters() if not p.requires_grad]
    loss = nn.functional.cross_entropy(model(x).float(), y)
    lost = [tuple(w.shape) for w in _leaves(loss) if id(w) not in own]
    if lost:
        return Finding(
            "weights", False, f"not in parameters(): {_names(lost)}",
            "keep layers in nn.ModuleList and weights in nn.Parameter, not"
            " in lists",
        )
    if frozen:
        return Finding(
            "weights", False, f"frozen: {_names(frozen)}",
            "set requires_grad of these to True, unless it is meant so",
        )
    return Finding("weights", True, f"{len(own)}, all listed, none frozen")


def _leaves(loss: Tensor) -> Iterator[Tensor]:
    """The tensors that gradients of a loss arrive at."""
    seen, open_ends = set(), [loss.grad_fn]
    while open_ends:
        node = open_ends.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            yield leaf
        open_ends += [before for before, _ in node.next_functions]


# --8<-- [start:overfit]
def _learned_by_heart(
    model: nn.Module, x: Tensor, y: Tensor, steps: int, lr: float
) -> tuple[Finding, Finding]:
    """Gradients reach each weight; a few pictures can be learned by heart."""
    weights = {n: p for n, p in model.named_parameters() if p.requires_grad}
    still = dict.fromkeys(weights, "none")
    optimizer = torch.optim.Adam(weights.values(), lr=lr)
    loss, step = math.inf, 0
    model.train()
    for step in range(1, steps + 1):
        optimizer.param_groups[0]["lr"] = lr * (1 - (step - 1) / steps)
        optimizer.zero_grad()
        each = nn.functional.cross_entropy(model(x).float(), y)
        if not each.requires_grad:
            break
        each.backward()
        if step <= FIRST:
            _note(still, weights)
        optimizer.step()
        loss = _known(model, x, y) if step % 10 == 0 else loss
        if loss < LEARNED / 4 or not math.isfinite(each.item()):
            break
    return _reached(still), _heart(len(y), loss, step)
# --8<-- [end:overfit]


def _known(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """The loss as it is in evaluation: without dropout."""
    with evaluating(model):
        return nn.functional.cross_entropy(model(x).float(), y).item()


def _note(still: dict[str, str], weights: dict[str, nn.Parameter]) -> None:
    """Strike out the weights that a gradient has reached."""
    for name, weight in weights.items():
        grad = weight.grad
        if grad is None:
            continue
        if not grad.isfinite().all():
            still[name] = "not finite"
        elif grad.any() and still.get(name) != "not finite":
            still.pop(name, None)
        elif still.get(name) == "none":
            still[name] = "zero"


CURES = {
    "none": "nothing leads from the loss to it: look for detach(), .data,"
            " no_grad() and layers that forward() does not use",
    "zero": "its units are dead: a smaller rate, smaller starting weights,"
            " another activation than ReLU",
    "not finite": "look for a root, a logarithm or a division at zero",
}


def _reached(still: dict[str, str]) -> Finding:
    if not still:
        return Finding("gradients", True, "finite, not zero, at each weight")
    kind = next(k for k in ("not finite", "none", "zero") if k in still.values())
    names = [name for name, one in still.items() if one == kind]
    return Finding(
        "gradients", False, f"{kind} at {_names(names)}", CURES[kind]
    )


def _heart(many: int, loss: float, step: int) -> Finding:
    ok = loss < LEARNED
    saw = f"{many} pictures: loss {loss:.3f} after {step} steps"
    cure = (
        "mend what is sick above; else check that pictures and labels belong"
        " together, and that the model is large enough"
    )
    return Finding("one batch", ok, saw, "" if ok else cure)


def _gap(a: Float[Tensor, "*n"], b: Float[Tensor, "*n"]) -> float:
    """The largest difference; infinite if it is no number."""
    gap = (a - b).abs().max().item()
    return gap if math.isfinite(gap) else math.inf


def _same(a: Tensor, b: Tensor) -> bool:
    return torch.equal(a.nan_to_num(), b.nan_to_num())


def _names(found: list) -> str:
    """The first three of them, and how many more."""
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return ", ".join(str(one) for one in found[:3]) + more
