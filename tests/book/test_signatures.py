"""Long signatures are broken as a formatter breaks them."""

import subprocess
import sys
from pathlib import Path

import pytest

from dlbook.book.site.signatures import broken

LINES = 60
RUFF = Path(sys.executable).with_name("ruff")
SIGNATURES = [
    "def short(x: int) -> int: pass",
    "def one_long_parameter(x: Float[Tensor, '*batch height width']) -> Float[Tensor, '*n']: pass",
    "def two(x: Float[Tensor, '*n'], slope: float | int = 0.01) -> Float[Tensor, '*n']: pass",
    'def many(x: Tensor, *, kernel: int = 3, stride: int = 1, padding: str = "same", dilation: int = 1) -> Tensor: pass',
    "def text(sign: str = ',', other: str = '(', third: str = 'a long text of words') -> str: pass",
    "def nested(f: Callable[[int, str], dict[str, list[int]]], g: Callable[..., None]) -> None: pass",
    "def result() -> tuple[Float[Tensor, 'n 1 8 8'], Float[Tensor, ' n']]: pass",
    "def both(x: Float[Tensor, ' n'], y: Float[Tensor, ' n']) -> tuple[Float[Tensor, '*points 2'], Float[Tensor, '*p']]: pass",
    "def triple(g: int) -> tuple[Float[Tensor, '*batch q d'], Float[Tensor, '*batch k d'], Float[Tensor, '*batch k v']]: pass",
]
LEFT_LONG = ["def none() -> A_type_with_quite_a_long_name_that_nothing_can_break_into_two: pass"]


def plain(code: str) -> str:
    return code.replace(":\n    pass", ": pass").strip()


@pytest.mark.looks_at("src/dlbook/book/site/signatures.py")
@pytest.mark.skipif(not RUFF.exists(), reason="no ruff here to compare with")
@pytest.mark.parametrize("code", SIGNATURES)
def test_it_is_broken_as_ruff_breaks_it(code):
    command = [str(RUFF), "format", "--config", f"line-length={LINES}", "--stdin-filename", "a.py", "-"]
    expected = subprocess.run(command, input=code, capture_output=True, text=True, check=True).stdout
    assert plain(broken(code, LINES)) == plain(expected)


@pytest.mark.parametrize("code", SIGNATURES + LEFT_LONG)
def test_nothing_but_spaces_commas_and_quotes_changes(code):
    def bare(text):
        return "".join(text.split()).replace(",)", ")").replace(",]", "]").replace("'", '"')

    assert bare(broken(code, LINES)) == bare(code)
