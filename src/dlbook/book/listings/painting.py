"""What recorded figures have from the book and not from a listing: colours, dashes, and larger letters on a phone.

All of it stands in the one `<style>` of a figure, so it can be written anew at any time: `python -m dlbook.book.chapter --update`.
"""

import re

from dlbook.book.listings.lettering import larger_letters

# name: (the colour in dlbook.mplstyle, on a light page, on a dark page). Any two of c0 to c5 are told apart by readers who
# see no red or no green too, on both pages: tests/test_colours.py measures it.
COLOURS = {
    "paper": ("fefefe", "ffffff", "1e2129"),
    "ink": ("1f2328", "1f2328", "e6e8ec"),
    "line": ("57606a", "57606a", "a3abb5"),
    "grid": ("d0d7de", "d0d7de", "434a55"),
    "c0": ("0b62c4", "0b62c4", "56a9ff"),
    "c1": ("c24e00", "c55404", "f69556"),
    "c2": ("1a7f37", "1a7f37", "61d07e"),
    "c3": ("a3278f", "a02791", "ed8ddc"),
    "c4": ("946200", "7c4a00", "e5b53f"),
    "c5": ("0f7b83", "1c7c82", "7bddda"),
}
# In a chart whose lines are not dashed already, those of the usual width differ by their dashes too.
DASHES = {"c1": "5 4", "c2": "1 4.2", "c3": "6 4 1 4", "c4": "2.5 4", "c5": "8 4 1 4 1 4"}
LINE = re.compile(r'style="fill: none; stroke: var\(--(c\d)\); stroke-width: 1\.8; stroke-linecap: square')
AXIS = 'style="fill: none; stroke: var(--line); stroke-width: 0.8'
PALETTE = re.compile(r"<style>[^<]*</style>|<style ?/>")


def painted(svg: str) -> str:
    """A figure with the colours and dashes that the book has now: they are no part of what a listing draws."""
    return PALETTE.sub(lambda _: f"<style>{_palette()}{_dashes(svg)}{larger_letters(svg)}</style>", svg, count=1)


def _palette() -> str:
    light, dark = ("".join(f"--{name}:#{shades[k]};" for name, shades in COLOURS.items()) for k in (1, 2))
    return (
        f":root{{{light}}}@media (prefers-color-scheme: dark){{:root{{{dark}}}}}"
        "*{stroke-linejoin:round;stroke-linecap:butt}"
        'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",'
        '"Noto Sans","DejaVu Sans",Arial,sans-serif}'
    )


def _dashes(svg: str) -> str:
    names = set(LINE.findall(svg))
    if len(names) < 2 or AXIS not in svg or "stroke-dasharray:" in PALETTE.sub("", svg, count=1):
        return ""
    chosen = {name: dashes for name, dashes in DASHES.items() if name in names}
    return "".join(
        f'path[style*="fill: none; stroke: var(--{name}); stroke-width: 1.8; stroke-linecap: square"]{{stroke-dasharray:{dashes}}}'
        for name, dashes in chosen.items()
    )
