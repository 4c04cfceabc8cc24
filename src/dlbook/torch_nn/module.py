"""A module in small: what `torch.nn.Module` does, and how.

    assigning    sorts values: parameters, modules, buffers, the rest
    walking      finds all of them again, with the path to each as its name
    calling      runs `forward`, then the hooks

Names, orders and results are those of `torch.nn.Module` (PyTorch 2.13,
torch/nn/modules/module.py); what is refused, is refused by a ValueError.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle


class Keys(NamedTuple):
    """What a loaded state had too few of, and too many."""

    missing: list[str]
    unexpected: list[str]


# --8<-- [start:sort]
class MiniModule:
    """Finds parameters, children and buffers by what is assigned to it."""

    def __init__(self) -> None:
        vars(self).update(
            training=True, _parameters={}, _modules={}, _buffers={},
            _unsaved=set(), _hooks=OrderedDict(),
        )

    def __setattr__(self, name: str, value: Any) -> None:
        home = self._home(name, value)
        for other in (vars(self), *self._homes()):
            if other is not home:
                other.pop(name, None)
        if home is not self._buffers:
            self._unsaved.discard(name)
        home[name] = value

    def _home(self, name: str, value: Any) -> dict[str, Any]:
        """Where it belongs; what has a place may also become None."""
        kinds = nn.Parameter, MiniModule, Tensor
        for kind, home in zip(kinds, self._homes(), strict=True):
            if isinstance(value, kind) and kind is not Tensor:
                return home
            if name in home:
                _refuse_other_kind(name, value, kind)
                return home
        return vars(self)

    def __getattr__(self, name: str) -> Any:  # if it is nowhere else
        for home in self._homes():
            if name in home:
                return home[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}")

    def __call__(self, *inputs: Any, **named: Any) -> Any:
        result = self.forward(*inputs, **named)
        for hook in tuple(self._hooks.values()):
            changed = hook(self, inputs, result)
            result = result if changed is None else changed
        return result
# --8<-- [end:sort]

    def _homes(self) -> tuple[dict[str, Any], ...]:
        """Parameters, modules, buffers."""
        names = "_parameters", "_modules", "_buffers"
        if any(name not in vars(self) for name in names):
            raise AttributeError(
                f"{type(self).__name__} must call super().__init__() before"
                " anything is assigned"
            )
        return tuple(vars(self)[name] for name in names)

    def __delattr__(self, name: str) -> None:
        self._unsaved.discard(name)
        for home in self._homes():
            if name in home:
                del home[name]
                return
        super().__delattr__(name)

    def forward(self, *inputs: Any) -> Any:
        """What a subclass computes."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def register_buffer(
        self, name: str, value: Tensor | None, *, persistent: bool = True
    ) -> None:
        """Keep a tensor that is no parameter.

        Args:
            name: of the attribute that it becomes.
            value: the tensor, or None for one that comes later.
            persistent: whether `state_dict` holds it.

        Raises:
            ValueError: for a name that is taken or has a dot, and for what
                is no tensor.
        """
        if not name or "." in name:
            raise ValueError(
                f"name must be a word without a dot, got {name!r}"
            )
        if hasattr(self, name) and name not in self._buffers:
            raise ValueError(f"name must be free, got {name!r}, which is not")
        _refuse_other_kind(name, value, Tensor)
        self._buffers[name] = value
        (self._unsaved.discard if persistent else self._unsaved.add)(name)

    def register_forward_hook(
        self, hook: Callable[..., Any]
    ) -> RemovableHandle:
        """Call it after each `forward`, with module, inputs and result.

        What it returns takes the place of the result, unless it is None.

        Args:
            hook: the function.

        Returns:
            A handle, whose `remove()` ends it.
        """
        handle = RemovableHandle(self._hooks)
        self._hooks[handle.id] = hook
        return handle

# --8<-- [start:walk]
    def _places(self, path: str = "") -> Iterator[tuple[str, Any]]:
        """Itself and all below, parents first; what is shared comes again."""
        yield path, self
        for name, child in self._modules.items():
            if child is not None:
                yield from child._places(_joined(path, name))

    def named_modules(self) -> Iterator[tuple[str, Any]]:
        """Itself and all modules below, each once, with the path to it."""
        return _once(self._places())

    def named_parameters(self) -> Iterator[tuple[str, nn.Parameter]]:
        """All parameters, each once: what an optimiser gets."""
        return _once(self._named("_parameters"))

    def _named(self, home: str) -> Iterator[tuple[str, Any]]:
        for path, module in self._places():
            for name, value in vars(module)[home].items():
                if value is not None:
                    yield _joined(path, name), value

    def state_dict(self) -> dict[str, Tensor]:
        """All that must be saved. The tensors share memory with ours."""
        state = {}
        for path, module in self._places():
            saved = {**module._parameters, **module._buffers}
            for name, value in saved.items():
                if value is not None and name not in module._unsaved:
                    state[_joined(path, name)] = value.detach()
        return state
# --8<-- [end:walk]

    def named_buffers(self) -> Iterator[tuple[str, Tensor]]:
        """All buffers, each once, whether they are saved or not."""
        return _once(self._named("_buffers"))

    def named_children(self) -> Iterator[tuple[str, Any]]:
        """The modules that were assigned to this one, each once."""
        return _once(
            (name, child) for name, child in self._modules.items()
            if child is not None
        )

    def parameters(self) -> Iterator[nn.Parameter]:
        """`named_parameters` without the names."""
        return (value for _, value in self.named_parameters())

    def buffers(self) -> Iterator[Tensor]:
        """`named_buffers` without the names."""
        return (value for _, value in self.named_buffers())

    def modules(self) -> Iterator[Any]:
        """`named_modules` without the names."""
        return (module for _, module in self.named_modules())

    def children(self) -> Iterator[Any]:
        """`named_children` without the names."""
        return (child for _, child in self.named_children())

    def load_state_dict(
        self, state: Mapping[str, Tensor], *, strict: bool = True
    ) -> Keys:
        """Copy saved numbers into our tensors: all, or none if refused.

        Args:
            state: from `state_dict`.
            strict: whether its names must be exactly ours.

        Returns:
            What was missing and what was not expected.

        Raises:
            ValueError: for other names, if strict; for other shapes, always.
        """
        own = self.state_dict()
        keys = Keys(
            [name for name in own if name not in state],
            [name for name in state if name not in own],
        )
        _refuse_other_shapes(own, state)
        if strict and (keys.missing or keys.unexpected):
            raise ValueError(
                f"state must have the names of this module, got none for"
                f" {keys.missing}, and {keys.unexpected} that it has not"
            )
        for name, value in own.items():
            if name in state:
                value.copy_(state[name].detach())
        return keys

    def train(self, mode: bool = True) -> "MiniModule":
        """Set `training` of all modules; that is all it does."""
        if not isinstance(mode, bool):
            raise ValueError(f"mode must be True or False, got {mode!r}")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> "MiniModule":
        """`train(False)`."""
        return self.train(False)

    def to(self, to: torch.device | str | torch.dtype) -> "MiniModule":
        """Move parameters and buffers; a dtype changes floats alone.

        The parameters stay the objects that they are, so an optimiser that
        has them goes on; buffers are replaced.

        Args:
            to: a device, or a type of floating-point numbers.
        """
        if isinstance(to, torch.dtype) and not to.is_floating_point:
            raise ValueError(f"to must be a floating-point type, got {to}")
        for _, module in self._places():
            for value in module._parameters.values():
                _move(value, to)
            for name, value in module._buffers.items():
                module._buffers[name] = _moved(value, to)
        return self


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _once(named: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Each object under its first name only."""
    seen = set()
    for name, value in named:
        if id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _moved(value, to):
    """The tensor there; whole numbers keep their type."""
    keeps = isinstance(to, torch.dtype) and value is not None
    if value is None or (keeps and not value.is_floating_point()):
        return value
    return value.to(to)


def _move(parameter, to) -> None:
    """The same, in place, with its gradient."""
    if parameter is not None:
        gradient = parameter.grad
        parameter.data = _moved(parameter.data, to)
        parameter.grad = _moved(gradient, to)


def _refuse_other_kind(name, value, kind) -> None:
    if value is not None and not isinstance(value, kind):
        raise ValueError(
            f"{name} must be a {kind.__name__} or None,"
            f" got {type(value).__name__}"
        )


def _refuse_other_shapes(own, state) -> None:
    for name, value in own.items():
        if name in state and state[name].shape != value.shape:
            raise ValueError(
                f"{name} must have shape {tuple(value.shape)},"
                f" got {tuple(state[name].shape)}"
            )
