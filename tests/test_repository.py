"""What must not stand in the repository: paths of one machine, hosts of package registries, files too large."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w+|[A-Z]:\\Users|file:///")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|download\.pytorch\.org")
LARGEST = 150_000  # bytes: recordings and figures are small, data sets are not committed,
SHIPPED = ROOT / "src/dlbook/datasets/fashion_small"  # but for the one that comes with the package, all of which
SHIPPED_LARGEST = 2_500_000  # is at most so large
TABLE = ROOT / "src/dlbook/texts/gpt2_merges.xz"  # the other exception: cut short, its numbers would not be GPT-2's
TABLE_LARGEST = 160_000

pytestmark = pytest.mark.skipif(
    not shutil.which("git") or not (ROOT / ".git").exists(), reason="no git checkout to look through"
)


def tracked():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


def faults(text):
    return [match[0] for pattern in (MACHINE, REGISTRY) for match in pattern.finditer(text)]


def test_no_file_names_a_machine_or_a_registry():
    found = {}
    for path in tracked():
        if path.suffix not in (".woff2", ".svg", ".xz", ".safetensors") and path != Path(__file__):
            found[path.name] = faults(path.read_text("utf8"))
    assert {name: what for name, what in found.items() if what} == {}


def test_no_file_is_large():
    files = tracked()
    large = [path for path in files if path.stat().st_size > LARGEST and path.parent != SHIPPED]
    assert large == [TABLE]
    assert 0 < sum(path.stat().st_size for path in files if path.parent == SHIPPED) < SHIPPED_LARGEST
    assert 0 < TABLE.stat().st_size < TABLE_LARGEST


@pytest.mark.parametrize("text", ["see /home/ann/x", "C:\\Users\\ann", "from https://pypi.org/simple", "file:///tmp/a"])
def test_the_search_itself_finds(text):
    assert faults(text)


def test_the_search_leaves_other_text_alone():
    assert faults("docs/work/x https://arxiv.org/abs/1603.07285 /zh/ a/home/b") == []
