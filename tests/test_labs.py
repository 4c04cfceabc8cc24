"""What the labs say beside their listings: the expressions in the prose do what it says, the margin is the one that is seen."""

import gzip
import re
import struct
from pathlib import Path

import pytest
import torch

from dlbook.book.layout import Book

BOOK = Book(Path(__file__).parents[1])
LANGUAGES = BOOK.languages


def idx(file, numbers):
    """Write a file in the format of MNIST: two zeros, the type (8: bytes), the number of axes, their sizes, the bytes."""
    header = struct.pack(f">BBBB{numbers.ndim}I", 0, 0, 8, numbers.ndim, *numbers.shape)
    with gzip.open(file, "wb") as out:
        out.write(header + bytes(numbers.flatten().tolist()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_expressions_for_mnist_read_its_format(language, tmp_path):
    text = (BOOK.docs / language / "labs/first_network.md").read_text("utf8")
    read_images, read_labels = re.findall(r"`(torch\.frombuffer[^`]+)`", text)
    g = torch.Generator().manual_seed(0)
    images = torch.randint(0, 256, (3, 28, 28), generator=g, dtype=torch.uint8)
    labels = torch.tensor([5, 0, 4], dtype=torch.uint8)
    idx(tmp_path / "images.gz", images)
    idx(tmp_path / "labels.gz", labels)
    names = {"torch": torch, "gzip": gzip}
    read = eval(read_images, {**names, "file": tmp_path / "images.gz"})
    assert read.shape == (3, 1, 28, 28)
    assert torch.equal((read * 255).round().byte()[:, 0], images)
    assert torch.equal(eval(read_labels, {**names, "file": tmp_path / "labels.gz"}), labels.long())


def test_the_standard_error_is_the_spread_of_many_tests():
    """sqrt(p (1 - p) / n), as the lab has it, against the spread of the share of mistakes in many tests of n digits."""
    p, n, g = 0.0175, 400, torch.Generator().manual_seed(0)
    shares = (torch.rand(20_000, n, generator=g) < p).double().mean(1)
    assert shares.std().item() == pytest.approx((p * (1 - p) / n) ** 0.5, rel=0.02)


@pytest.mark.parametrize("name", [file.stem for file in sorted((BOOK.snippets / "labs").glob("*.py"))])
def test_a_whole_lab_is_one_program_too(name):
    """Its sections follow one another with nothing between them, so the file can be run as it is."""
    text = (BOOK.snippets / f"labs/{name}.py").read_text("utf8")
    outside = re.sub(r"# --8<-- \[start:(\w+)\]\n.*?# --8<-- \[end:\1\]\n", "", text, flags=re.S)
    assert outside.strip() == ""
    compile(text, f"{name}.py", "exec")
