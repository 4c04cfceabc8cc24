"""Models by name: what the harness can train without knowing any of them.

A factory makes a model. Of these three arguments it gets those that it names:
`shape` (channels, rows and columns of a picture), `classes` (how many) and
`generator` (where its starting weights come from).
"""

import importlib
import inspect
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

from dlbook.training.scoring import evaluating

Factory = Callable[..., nn.Module]
Shape = tuple[int, int, int]

_FACTORIES: dict[str, Factory] = {}


# --8<-- [start:register]
def register(name: str) -> Callable[[Factory], Factory]:
    """Give a factory a name, by which `create` and the commands find it.

    >>> @register("tiny")
    ... def tiny(shape, classes):
    ...     pixels = shape[0] * shape[1] * shape[2]
    ...     return nn.Sequential(nn.Flatten(), nn.Linear(pixels, classes))
    >>> create("tiny", shape=(1, 8, 8), classes=10)(torch.zeros(5, 1, 8, 8)).shape
    torch.Size([5, 10])

    Raises:
        ValueError: if a factory from elsewhere has the name, or it is none.
    """
    def remember(factory: Factory) -> Factory:
        if not name or ":" in name or _is_another(name, factory):
            raise ValueError(
                "a model needs a name of its own, without a colon,"
                f" got {name!r}"
            )
        _FACTORIES[name] = factory
        return factory
    return remember


def _is_another(name: str, factory: Factory) -> bool:
    """A cell of a notebook that runs twice defines the same one again."""
    known = _FACTORIES.get(name, factory)
    return _place(known) != _place(factory)


def _place(factory: Factory) -> object:
    named = getattr(factory, "__qualname__", "<lambda>")
    return factory if "<lambda>" in named else (factory.__module__, named)


def models() -> tuple[str, ...]:
    """The names of all registered models."""
    importlib.import_module("dlbook.training.models")  # registers ours
    return tuple(sorted(_FACTORIES))


def create(
    name: str, *, shape: Shape = (1, 28, 28), classes: int = 10,
    seed: int = 0, tried: bool = True,
) -> nn.Module:
    """Make a model by its name, or by where its factory stands.

    Args:
        name: a registered name, or `package.module:factory`.
        shape: channels, rows and columns of a picture.
        classes: how many scores it gives.
        seed: of the starting weights, whether or not the factory takes a
            generator.
        tried: whether it is shown two black pictures and must give scores.

    Raises:
        ValueError: for a name that is not known, a module or factory that
            is not there, what makes no model, and a model that does not give
            one score per class for such pictures.
    """
    factory = _found(name)
    generator = torch.Generator().manual_seed(seed)
    offered = {"shape": shape, "classes": classes, "generator": generator}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = factory(**_wanted(factory, offered))
        if not isinstance(model, nn.Module):
            raise ValueError(f"{name} must make an nn.Module, got {model!r}")
        if tried:
            _refuse_other_scores(name, model, shape, classes)
    return model
# --8<-- [end:register]


def described(name: str) -> str:
    """The first line that a registered factory says of itself."""
    return (inspect.getdoc(_found(name)) or "").partition("\n")[0]


def _refuse_other_scores(
    name: str, model: nn.Module, shape: Shape, classes: int
) -> None:
    """Show it two black pictures; lazy layers learn their sizes from them."""
    expected = f"{name} must give {classes} scores for pictures of {shape}"
    try:
        with evaluating(model):
            scores = model(torch.zeros(2, *shape))
    except (IndexError, RuntimeError, TypeError, ValueError) as error:
        raise ValueError(f"{expected}, got an error: {error}") from error
    if getattr(scores, "shape", None) != (2, classes):
        met = tuple(getattr(scores, "shape", ())) or type(scores).__name__
        raise ValueError(
            f"{expected}, (2, {classes}) for two of them, got {met}"
        )


def _wanted(factory: Factory, offered: dict) -> dict:
    signature = inspect.signature(factory)
    wanted = {k: v for k, v in offered.items() if k in signature.parameters}
    try:
        signature.bind(**wanted)
    except TypeError as error:
        raise ValueError(
            f"a factory gets those of {', '.join(offered)} that it names,"
            f" this one needs more: {error}"
        ) from error
    return wanted


def _found(name: str) -> Factory:
    if ":" in name:
        return _imported(name)
    if name not in models():
        raise ValueError(
            f"there is no model {name!r}; there are {', '.join(models())},"
            " and any package.module:factory"
        )
    return _FACTORIES[name]


def _imported(name: str) -> Factory:
    module, _, attribute = name.partition(":")
    here = str(Path.cwd())
    if here not in sys.path:  # a file beside the reader, as with `python -m`
        sys.path.insert(0, here)
    try:
        factory = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"no factory at {name!r}: {error}") from error
    if not callable(factory):
        raise ValueError(f"{name} must be callable, got {factory!r}")
    return factory
