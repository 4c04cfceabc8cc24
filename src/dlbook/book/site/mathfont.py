"""Cut the page's mathematics font: `python -m dlbook.book.site.mathfont`.

STIX Two Math (SIL Open Font License 1.1) comes with the PyPI package `ziamath`. It is cut to fixed
ranges, not to the characters of the pages: the radical sign, for one, is drawn by `<msqrt>` without
standing in any text, and a font cut to the text would lose it without a word.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path("docs/theme/fonts/stix-two-math.woff2")
RANGES: list[tuple[int, int]] = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00BF),  # Latin-1 signs: ± · ¬
    (0x00D7, 0x00D7),  # ×
    (0x00F7, 0x00F7),  # ÷
    (0x02C6, 0x02DD),  # accents that stand alone: hat, tilde, breve, dot
    (0x0300, 0x0338),  # combining accents
    (0x0370, 0x03FF),  # Greek
    (0x2002, 0x200A),  # spaces of all widths
    (0x2010, 0x2044),  # dashes, dots, primes
    (0x2061, 0x2064),  # invisible operators
    (0x20D0, 0x20DC),  # vectors and other marks above
    *((code, code) for code in map(ord, "ℂℕℙℚℝℤℎℓℬℰℱℋℐℒℳℛ")),  # letters that stand outside their alphabet's block
    (0x2190, 0x22FF),  # arrows and mathematical operators, all of them
    (0x2308, 0x230B),  # floor and ceiling
    (0x239B, 0x23B3),  # pieces of tall brackets
    (0x23DC, 0x23DF),  # braces above and below
    (0x27E6, 0x27EB),  # angle brackets
    (0x1D400, 0x1D467),  # bold and italic letters
    (0x1D49C, 0x1D4B5),  # script capitals
    (0x1D538, 0x1D551),  # double-struck capitals
    (0x1D6E2, 0x1D71B),  # italic Greek
    (0x1D7CE, 0x1D7D7),  # bold digits
]


def source() -> Path:
    """The whole font, as `ziamath` carries it."""
    package = find_spec("ziamath")  # found, not imported: it warns of its own age
    assert package
    assert package.origin
    return next((Path(package.origin).parent / "fonts").glob("STIXTwoMath*"))


def cut(font: Path, target: Path) -> str:
    """Write the part of `font` in `RANGES` to `target` as WOFF2; returns its SHA-256."""
    options = Options(flavor="woff2", layout_features=["ssty"], notdef_outline=True, hinting=False)
    whole = TTFont(font, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(whole)
    whole.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    whole.save(target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


if __name__ == "__main__":
    print(cut(source(), TARGET), TARGET)
