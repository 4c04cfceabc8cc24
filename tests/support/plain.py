"""Modules of the package as readers meet them: without the shape checks that pytest adds."""

import importlib.util
from types import ModuleType


def as_a_reader_imports_it(module: ModuleType) -> ModuleType:
    """Load a module without the shape checks of the test run, so that its own errors are met."""
    spec = importlib.util.spec_from_file_location("plain_" + module.__name__.replace(".", "_"), module.__file__)
    assert spec
    assert spec.loader
    plain = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    return plain
