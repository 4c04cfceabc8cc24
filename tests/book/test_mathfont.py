"""The page's font is what its script cuts, and holds what no text of a page would ask for."""

from pathlib import Path

from fontTools.ttLib import TTFont

from dlbook.book.site import mathfont

FONT = Path(__file__).parents[2] / mathfont.TARGET


def test_the_font_is_what_the_script_cuts(tmp_path):
    mathfont.cut(mathfont.source(), tmp_path / "cut.woff2")
    cut, kept = TTFont(tmp_path / "cut.woff2"), TTFont(FONT)
    assert cut.getBestCmap() == kept.getBestCmap()
    assert cut.keys() == kept.keys()


def test_it_is_small_and_has_what_formulas_need():
    assert FONT.stat().st_size <= 120_000
    font = TTFont(FONT)
    assert "MATH" in font
    assert "ssty" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert set(map(ord, "√∑∏∫⌊⌋⌈⌉∥⟨⟩𝑥𝐱ℝ𝔼ℒ𝒩θ𝜃∂∇⊙⊗→∈≈≤")) <= set(font.getBestCmap())


def test_its_licence_stands_beside_it():
    licence = FONT.with_name("OFL.txt").read_text("utf8")
    copyright_line = TTFont(FONT)["name"].getDebugName(0)
    assert copyright_line in licence
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence
    assert "OTHER DEALINGS IN THE FONT SOFTWARE" in licence
