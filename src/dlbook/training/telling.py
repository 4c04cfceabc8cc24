"""What a person sees while a model is trained: a bar, or plain lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dlbook.training.loop import Epoch, News, Step
from dlbook.training.runs import Run


class Teller:
    """Says what happens: a bar on a terminal, and a line per epoch.

    Args:
        run: what is trained.
        quiet: whether to say nothing, as all processes but the first do.
        bar: whether to draw a bar; by default where a person looks on.
    """

    def __init__(
        self, run: Run, *, quiet: bool = False, bar: bool | None = None
    ) -> None:
        from tqdm import tqdm

        self.run, self.quiet = run, quiet
        shown = sys.stderr.isatty() if bar is None else bar
        self.bar = tqdm(
            total=_steps(run), initial=run.trainer.progress.step,
            unit="step", dynamic_ncols=True, disable=quiet or not shown,
        )

    def say(self, line: str) -> None:
        """Print a line, above the bar if there is one."""
        if not self.quiet:
            self.bar.write(line, file=sys.stdout)
            sys.stdout.flush()

    def tell(self, news: News) -> None:
        """Move the bar for a step, print a line for an epoch."""
        if isinstance(news, Epoch):
            self.say(epoch_line(news, self.run.asked.epochs))
        elif not self.bar.disable:
            self.bar.set_postfix_str(self._now(news), refresh=False)
            self.bar.update()

    def close(self) -> None:
        """Take the bar away."""
        self.bar.close()

    def _now(self, step: Step) -> str:
        now = self.run.trainer.progress
        return (
            f"loss {step.loss:.3f}, accuracy {now.right / now.seen:.3f},"
            f" lr {step.rate:.2g}"
        )


def _steps(run: Run) -> int:
    return run.trainer.plan.steps(len(run.parts.fit.y))[1]


def first_line(run: Run) -> str:
    """What is trained, on what, and where to."""
    config, asked = run.config(), run.asked
    device, size = run.trainer.device, run.team.size
    together = f" in {size} processes" if size > 1 else ""
    return (
        f"{asked.model} on {asked.data}: {config['parameters']:,} weights,"
        f" {config['examples']:,} pictures to learn from,"
        f" {config['validation']:,} to validate on, {_steps(run):,} steps"
        f" on {device}{together}; all goes to {run.folder}"
    )


def epoch_line(news: Epoch, epochs: float) -> str:
    """What an epoch came to, in one line."""
    line = (
        f"epoch {news.number} of {epochs:g}: loss {news.loss:.4f},"
        f" accuracy {news.accuracy:.4f}"
    )
    if news.validation is not None:
        loss, accuracy, _ = news.validation
        line += f"; validation loss {loss:.4f}, accuracy {accuracy:.4f}"
    best = "" if news.validation is None or not news.better else ", the best"
    return f"{line}{best}; {news.seconds:.1f} s"


@contextmanager
def board(folder: Path | None, step: int) -> Iterator[Any]:
    """A TensorBoard writer in a folder; None for none.

    Raises:
        ValueError: if TensorBoard is not installed.
    """
    if folder is None:
        yield None
        return
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ValueError(
            "--tensorboard needs the package tensorboard:"
            " pip install 'dlbook[tensorboard]'"
        ) from error
    with SummaryWriter(str(folder), purge_step=step) as writer:  # type: ignore[no-untyped-call]
        yield writer


def note(writer: Any, news: News) -> None:
    """Write what happened to TensorBoard."""
    if isinstance(news, Step):
        writer.add_scalar("loss/step", news.loss, news.number)
        writer.add_scalar("rate", news.rate, news.number)
        return
    parts = {"training": news, "validation": news.validation}
    for part, score in parts.items():
        if score is not None:
            writer.add_scalar(f"loss/{part}", score.loss, news.step)
            writer.add_scalar(f"accuracy/{part}", score.accuracy, news.step)
