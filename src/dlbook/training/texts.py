"""A GPT learns to go on with a text of the reader's; its run is a folder.

config.json           what was asked, and what it was run with
metrics.jsonl         one line per pass over the text
weights.safetensors   of the best pass by validation
states/               what a resumed run needs

The first 80 % of the text are to learn from, the next 10 % choose the best
pass, the last 10 % are for `dlbook test`. Tokens are characters.
"""

import hashlib
import json
import math
import platform
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from dlbook._checking import Number, checked_number, checked_whole
from dlbook._files import write_text
from dlbook.dropout import Dropout
from dlbook.rnn.text import Counts
from dlbook.training import checkpoints
from dlbook.training.chance import SEEDS, draws, seeded
from dlbook.training.loop import LossError
from dlbook.training.runs import (
    CONFIG,
    METRICS,
    STATES,
    WEIGHTS,
    _fault_of_used,
    read_config,
)
from dlbook.training.scoring import evaluating
from dlbook.transformer.generation import LanguageModel, Sampler, write
from dlbook.transformer.gpt import GPT
from dlbook.transformer.language import counted, next_loss, windows
from dlbook.vocabulary import SPECIALS, Vocabulary

MODEL = "gpt"
WARM = 0.1  # for which part of the steps the rate rises
BACK, TRUST = (1, 2, 3, 4, 5, 6), 20  # counts to compare with
TOGETHER = 200  # windows that are looked at together


# --8<-- [start:asked]
@dataclass(frozen=True)
class AskedText:
    """What a reader asks of a run on a text.

    Args:
        data: a file of text in UTF-8.
        epochs: how often the text is read.
        batch: windows in each step.
        lr: the highest learning rate.
        seed: of the starting weights and of where the windows begin.
        clip: the largest length of a gradient.
        patience: stop after so many passes without a better one.
        context: how many characters the model can see.
        d: its columns.
        heads: of each attention.
        layers: how many blocks.
        dropout: how much is dropped in training.

    Raises:
        ValueError: for numbers without sense.
    """

    data: str
    epochs: Number = 10
    batch: int = 32
    lr: Number = 0.003
    seed: int = 0
    clip: Number = 1.0
    patience: int | None = None
    context: int = 64
    d: int = 64
    heads: int = 4
    layers: int = 2
    dropout: Number = 0.1

    def __post_init__(self) -> None:
        checked_number("epochs", self.epochs, above=0)
        checked_number("lr", self.lr, above=0)
        checked_number("clip", self.clip, above=0)
        checked_whole("batch", self.batch, 1)
        checked_whole("seed", self.seed, 0, most=SEEDS - 1)
        checked_whole("context", self.context, 2)
        if self.patience is not None:
            checked_whole("patience", self.patience, 1)
# --8<-- [end:asked]


class Text(NamedTuple):
    """A text in three parts, as ids."""

    vocabulary: Vocabulary  # of the first part
    learn: Int[Tensor, " a"]
    validation: Int[Tensor, " b"]
    test: Int[Tensor, " c"]
    digest: str


class Pass(NamedTuple):
    """The text was read once; or the run is at its end."""

    number: int  # from 1
    step: int  # the updates so far
    loss: float  # mean over the steps of this pass
    perplexity: float  # of the validation part
    better: bool  # than all before
    seconds: float  # of training so far


# --8<-- [start:read]
def read_text(path: str | Path, context: int) -> Text:
    """Read a file of text, and divide it.

    Raises:
        ValueError: for no file, no UTF-8, or a text that is too short.
    """
    try:
        text = Path(path).read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no file of text: {error}") from error
    if len(text) < 10 * (context + 2):
        raise ValueError(
            f"{path} must hold at least {10 * (context + 2):,} characters,"
            f" so that a tenth fills a window of {context}, got {len(text):,}"
        )
    cuts = [len(text) * 8 // 10, len(text) * 9 // 10]
    vocabulary = Vocabulary(list(text[: cuts[0]]))
    ids = torch.tensor(vocabulary.encode(list(text)))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    learn, choose, report = ids.tensor_split(cuts)
    return Text(vocabulary, learn, choose, report, digest)
# --8<-- [end:read]


def new_gpt(asked: AskedText, tokens: int) -> GPT:
    """The model of a run, with its starting weights."""
    rng = torch.Generator().manual_seed(asked.seed)
    model = GPT(
        tokens, asked.context, asked.d, asked.heads, asked.layers,
        dropout=asked.dropout, generator=rng,
    )
    for module in model.modules():  # dropout draws as the step says
        if isinstance(module, Dropout):
            module.generator = None
    return model


# --8<-- [start:perplexity]
def text_perplexity(model: GPT, ids: Int[Tensor, " many"]) -> float:
    """Of a text, in windows of as many characters as the model can see."""
    device = next(model.parameters()).device
    x, y = windows(ids, model.longest)
    total = 0.0
    with evaluating(model):
        for part, right in zip(
            x.split(TOGETHER), y.split(TOGETHER), strict=True
        ):
            loss = next_loss(model(part.to(device)), right.to(device))
            total += float(loss) * right.numel()
    return math.exp(total / y.numel())
# --8<-- [end:perplexity]


# --8<-- [start:run]
class TextRun:
    """A training, and the folder that it is written to.

    Args:
        folder: is made.
        asked: what to train, on what, how.
        device: where to train.
        resume: go on from the newest state in the folder.

    Raises:
        ValueError: if the folder holds another run, what was asked makes no
            sense, or a state fits neither model nor text.
    """

    def __init__(
        self, folder: Path, asked: AskedText, *, device: torch.device,
        resume: bool = False,
    ) -> None:
        self.folder, self.asked, self.device = folder, asked, device
        self.text = read_text(asked.data, asked.context)
        self.model = new_gpt(asked, len(self.text.vocabulary)).to(device)
        self.optimizer = torch.optim.Adam(self.model.parameters())
        self.step, self.stale, self.seconds = 0, 0, 0.0
        self.losses: list[float] = []  # of this pass
        self.passes: list[Pass] = []
        _resume(self) if resume else _start(self)

    @property
    def each(self) -> int:
        """Steps in which as many characters are read as there are."""
        seen = self.asked.batch * self.asked.context
        return max(1, len(self.text.learn) // seen)

    @property
    def steps(self) -> int:
        """Of the whole run."""
        return max(1, round(self.asked.epochs * self.each))

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do."""
        early = self.stale and self.stale == self.asked.patience
        return self.step >= self.steps or bool(early)

    def run(self) -> Iterator[Pass]:
        """Train to the end; what is yielded is on the disk already.

        Raises:
            LossError: for a loss that is no finite number.
        """
        while not self.done:
            began = time.perf_counter()
            self._update()
            self.seconds += time.perf_counter() - began
            if self.step % self.each == 0 or self.step == self.steps:
                yield self._pass()
# --8<-- [end:run]

    # --8<-- [start:update]
    def _update(self) -> None:
        """One step: windows from all over the text, their loss, an update."""
        part = (self.step + 1) / self.steps
        share = min(part / WARM, (1 - part) / (1 - WARM) + 1e-3)
        self.optimizer.param_groups[0]["lr"] = self.asked.lr * share
        x, y = self._windows()
        self.model.train()
        with seeded(self.asked.seed, self.step, self.device):
            loss = next_loss(self.model(x), y)
        if not loss.isfinite():
            raise LossError(
                f"the loss of step {self.step + 1} is {loss.item()};"
                " try a lower --lr"
            )
        self.optimizer.zero_grad()
        loss.backward()
        clip = float(self.asked.clip)
        nn.utils.clip_grad_norm_(self.model.parameters(), clip)
        self.optimizer.step()
        self.step += 1
        self.losses.append(loss.item())
    # --8<-- [end:update]

    def _windows(self) -> tuple[Tensor, Tensor]:
        """Where they begin depends on seed and step alone."""
        asked, ids = self.asked, self.text.learn
        chance = draws(asked.seed, "order", self.step)
        last = len(ids) - asked.context
        starts = torch.randint(last, (asked.batch, 1), generator=chance)
        places = starts + torch.arange(asked.context)
        both = ids[places], ids[places + 1]
        return both[0].to(self.device), both[1].to(self.device)

    def _pass(self) -> Pass:
        """What the pass has come to; kept on the disk."""
        found = text_perplexity(self.model, self.text.validation)
        before = [news.perplexity for news in self.passes]
        better = found < min(before, default=math.inf)
        self.stale = 0 if better else self.stale + 1
        mean = math.fsum(self.losses) / len(self.losses)
        news = Pass(
            len(self.passes) + 1, self.step, mean, found, better, self.seconds
        )
        self.passes.append(news)
        self.losses = []
        state = self.state()
        if better:
            checkpoints.save_weights(self.folder / WEIGHTS, state["model"])
        checkpoints.save(self.folder / STATES, state)
        _write_metrics(self)
        return news

    def state(self) -> dict[str, Any]:
        """All that a resumed run needs."""
        progress = {
            "step": self.step, "stale": self.stale, "seconds": self.seconds,
            "passes": [list(news) for news in self.passes],
        }
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(), "progress": progress,
        }

    def config(self) -> dict[str, Any]:
        """What was asked, and what belongs to it."""
        model, text = self.model, self.text
        return {
            "kind": "text",
            "asked": asdict(self.asked),
            "tokens": text.vocabulary.tokens,
            "characters": len(text.learn),
            "parameters": sum(p.numel() for p in model.parameters()),
            "data": text.digest,
            "torch": torch.__version__,
            "python": platform.python_version(),
        }


def _start(run: TextRun) -> None:
    fault = _fault_of_used(run.folder)
    if fault is not None:
        raise ValueError(fault)
    run.folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(run.config(), indent=2, ensure_ascii=False)
    write_text(run.folder / CONFIG, text + "\n")
    _write_metrics(run)


def _resume(run: TextRun) -> None:
    before, now = read_config(run.folder), run.config()
    for key in ("asked", "data", "tokens"):
        if before.get(key) != now[key]:
            raise ValueError(f"{run.folder} holds a run of another {key}")
    state = checkpoints.newest(run.folder / STATES)
    if state is not None:
        run.model.load_state_dict(state["model"])
        run.optimizer.load_state_dict(state["optimizer"])
        progress = state["progress"]
        run.step, run.stale = progress["step"], progress["stale"]
        run.seconds = progress["seconds"]
        run.passes = [Pass(*each) for each in progress["passes"]]
    for place in (run.folder, run.folder / STATES):
        checkpoints.clear_left_overs(place)
    _write_metrics(run)


def _write_metrics(run: TextRun) -> None:
    lines = [json.dumps(news._asdict()) + "\n" for news in run.passes]
    write_text(run.folder / METRICS, "".join(lines))


# --8<-- [start:writer]
class Written:
    """A model that has learned from a text, and its characters.

    Args:
        folder: of its run.

    Raises:
        ValueError: if the folder holds no run on a text.
    """

    def __init__(self, folder: Path) -> None:
        config = read_config(folder)
        if config.get("kind") != "text":
            raise ValueError(f"{folder} holds no run on a text")
        self.asked = AskedText(**config["asked"])
        self.tokens, self.digest = config["tokens"], config["data"]
        self.model = new_gpt(self.asked, len(self.tokens)).eval()
        weights = checkpoints.load_weights(folder / WEIGHTS)
        self.model.load_state_dict(weights)

    def go_on(self, begin: str, many: int, sampler: Sampler) -> str:
        """What comes after a beginning; an empty one is a new line.

        Raises:
            ValueError: for a character that the text does not have.
        """
        known = {token: number for number, token in enumerate(self.tokens)}
        for sign in begin:
            if sign not in known:
                raise ValueError(
                    f"the text that it learned from has no {sign!r}"
                )
        start = "\n" if "\n" in known else self.tokens[len(SPECIALS)]
        ids = torch.tensor([[known[sign] for sign in begin or start]])
        device = next(self.model.parameters()).device
        found = write(_Speakable(self.model), ids.to(device), many, sampler)
        new = found[0, ids.shape[1] :].tolist()
        return "".join(self.tokens[number] for number in new)
# --8<-- [end:writer]


class _Speakable:
    """The model without its special tokens, which no text shows."""

    def __init__(self, model: LanguageModel) -> None:
        self.model, self.longest = model, model.longest

    def new_caches(self, *, texts: int) -> list[Any]:
        return self.model.new_caches(texts=texts)

    def __call__(
        self, ids: Int[Tensor, "n new"], caches: list[Any] | None
    ) -> Float[Tensor, "n new tokens"]:
        scores = self.model(ids, caches).clone()
        scores[..., : len(SPECIALS)] = -math.inf
        return scores


# --8<-- [start:test]
class Worth(NamedTuple):
    """Perplexities on the last tenth of a text.

    Attributes:
        model: of the model.
        counts: of counts that see as much, and look `back` characters back.
        back: as many as did best on the validation part.
        characters: how many there are.
    """

    model: float
    counts: float
    back: int
    characters: int


def worth(written: Written) -> Worth:
    """Test a model on what it has never seen, beside counts.

    Raises:
        ValueError: if its text is another now.
    """
    asked = written.asked
    text = read_text(asked.data, asked.context)
    if text.digest != written.digest:
        raise ValueError(f"{asked.data} is another text than it was")
    size = len(text.vocabulary)
    models = [Counts(text.learn, size, back=k, trust=TRUST) for k in BACK]
    choose = windows(text.validation, asked.context)
    best = min(models, key=lambda counts: counted(counts, choose))
    rest = windows(text.test, asked.context)
    return Worth(
        text_perplexity(written.model, text.test), counted(best, rest),
        best.back, rest.y.numel(),
    )
# --8<-- [end:test]
