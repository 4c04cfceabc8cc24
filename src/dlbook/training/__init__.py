"""Training: the loop that knows no model.

What only trains and counts errors (`fit`, `wrong`) needs nothing else of the
package; the harness is imported when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING, Any

from dlbook.training.fitting import fit, wrong

if TYPE_CHECKING:
    from dlbook.training.loop import Epoch, Plan, Step, Trainer, train
    from dlbook.training.registry import create, models, register
    from dlbook.training.runs import Asked, Run, trained
    from dlbook.training.scoring import Score, confusion, evaluate, scores

_WHERE = {
    "loop": ("Epoch", "Plan", "Step", "Trainer", "train"),
    "registry": ("create", "models", "register"),
    "runs": ("Asked", "Run", "trained"),
    "scoring": ("Score", "confusion", "evaluate", "scores"),
}
__all__ = [
    "Asked",
    "Epoch",
    "Plan",
    "Run",
    "Score",
    "Step",
    "Trainer",
    "confusion",
    "create",
    "evaluate",
    "fit",
    "models",
    "register",
    "scores",
    "train",
    "trained",
    "wrong",
]


def __getattr__(name: str) -> Any:
    for module, names in _WHERE.items():
        if name in names:
            found = importlib.import_module(f"dlbook.training.{module}")
            return getattr(found, name)
    raise AttributeError(f"dlbook.training has no {name!r}")
