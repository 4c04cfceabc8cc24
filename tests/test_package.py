"""The package as a library: its modules come when they are asked for, and `help()` says what each is."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import dlbook
from dlbook.book.layout import Book

BOOK = Book(Path(__file__).parents[1])
PACKAGE = BOOK.source / "dlbook"
FILES = sorted(PACKAGE.rglob("*.py"))
PUBLIC = sorted(
    path.stem if path.name != "__init__.py" else path.parent.name
    for path in [*PACKAGE.glob("[!_]*.py"), *PACKAGE.glob("[!_]*/__init__.py")]
)


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf8")
    return done.stdout + done.stderr


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text("utf8"))) or ""


def test_a_module_comes_when_it_is_asked_for():
    assert run("import dlbook; print(dlbook.convolution.output_size(5, 3))") == "3\n"


def test_the_package_alone_loads_nothing_but_python_s_own():
    said = run(
        "import sys; old = set(sys.modules); import dlbook; dir(dlbook); print(*{n.partition('.')[0] for n in set(sys.modules) - old})"
    )
    assert set(said.split()) - sys.stdlib_module_names == {"dlbook"}


def test_its_names_are_its_modules():
    names = {name for name in dir(dlbook) if not name.startswith("_")}
    assert names == {*PUBLIC, "device", "os", "TYPE_CHECKING"}
    assert "convolution" in names


@pytest.mark.parametrize("name", ["convlution", "__wrapped__", "_command", "conv2d"])
def test_a_name_that_it_has_not_is_named(name):
    assert f"module 'dlbook' has no attribute '{name}'" in run(f"import dlbook; dlbook.{name}")


def test_python_says_what_may_have_been_meant():
    assert "Did you mean: 'convolution'?" in run("import dlbook; dlbook.convlution")


def test_its_getattr_and_dir_find_and_import_and_do_no_more():
    """The ledgers of listings leave both out (`code_digest`): what they computed would be held to nothing."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf8"))
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    calls = {
        name: sorted(ast.unparse(each.func) for each in ast.walk(own[name]) if isinstance(each, ast.Call))
        for name in ("__dir__", "__getattr__")
    }
    assert calls == {
        "__dir__": ["globals", "iter_modules", "sorted"],
        "__getattr__": ["AttributeError", "__dir__", "import_module", "name.startswith"],
    }
    *_, last = own["__getattr__"].body
    assert ast.unparse(last) == "return import_module(f'dlbook.{name}')"


def test_nothing_in_the_package_computes_with_its_version():
    """The ledgers leave that out too; the command may say it."""
    users = [
        path.name
        for path in FILES
        if "dlbook.__version__" in (text := path.read_text("utf8")) or "import __version__" in text
    ]
    assert users == ["_command.py"]


def test_the_command_says_its_version_at_once():
    assert run("import sys; from dlbook._command import main; main(['--version']); print('torch' in sys.modules)") == (
        f"dlbook {dlbook.__version__}\nFalse\n"
    )


def test_every_module_says_in_one_line_what_it_is():
    """The first line stands above all else in `help()`, and alone in lists of modules."""
    faults = []
    for path in FILES:
        first, _, rest = docstring(path).partition("\n")
        if first[-1:] not in tuple(".?") or rest[:1] not in ("", "\n") or len(first) > 140:
            faults.append((path.relative_to(PACKAGE).as_posix(), first))
    assert faults == []


@pytest.mark.parametrize("name", PUBLIC)
def test_help_on_the_package_lists_each_module_with_its_line(name):
    first = importlib.import_module(f"dlbook.{name}").__doc__.partition("\n")[0]
    listed = dict(line.strip().split(maxsplit=1) for line in dlbook.__doc__.splitlines() if line.startswith("    "))
    assert listed.get(name) == first, f"src/dlbook/__init__.py lists each module: write '{name}  {first}' there"
    assert set(listed) <= set(PUBLIC)
