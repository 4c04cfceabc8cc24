"""The curves of a run: how loss and accuracy went, epoch by epoch."""

import re
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from dlbook._files import write_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dlbook.training.loop import Epoch


# --8<-- [start:draw]
def draw(epochs: Sequence["Epoch"], path: Path) -> None:
    """Draw loss and accuracy over the epochs, as an SVG file.

    The same run gives the same file: it holds no date and no chance.

    Args:
        epochs: what each has come to; of none, nothing is drawn.
        path: where the picture goes.
    """
    if epochs:
        write_text(path, svg(epochs))
# --8<-- [end:draw]


def svg(epochs: Sequence["Epoch"]) -> str:
    """The picture as text, in the style of the book."""
    import io

    import matplotlib as mpl
    from matplotlib import style
    from matplotlib.figure import Figure

    home = files("dlbook.book.listings")
    with as_file(home / "dlbook.mplstyle") as house, mpl.rc_context():
        style.use(house)
        figure = Figure(figsize=(5.5, 2.6))
        _fill(figure, epochs)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return re.sub(r"[ \t]+$", "", text.getvalue(), flags=re.M)


def _fill(figure: "Figure", epochs: Sequence["Epoch"]) -> None:
    """Two plots side by side, each with both sets of pictures."""
    loss, accuracy = figure.subplots(1, 2)
    held = [e.validation for e in epochs if e.validation is not None]
    _lines(loss, [e.loss for e in epochs], [s.loss for s in held])
    loss.set(xlabel="epoch", ylabel="mean loss", ylim=(0, None))
    _lines(
        accuracy, [e.accuracy for e in epochs], [s.accuracy for s in held]
    )
    accuracy.set(xlabel="epoch", ylabel="accuracy")
    accuracy.legend()


def _lines(ax: "Axes", seen: list[float], held: list[float]) -> None:
    from matplotlib.ticker import MaxNLocator

    numbers = range(1, len(seen) + 1)
    ax.plot(numbers, seen, marker=".", label="training, as it was seen")
    if held:
        ax.plot(numbers, held, marker=".", label="validation")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
