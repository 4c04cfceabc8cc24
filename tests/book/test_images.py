"""Figures keep their place while they load."""

from bs4 import BeautifulSoup
from markdown import markdown

from dlbook.book.markdown.images import ImagesExtension


def test_figures_get_their_size_and_the_later_ones_load_lazily(tmp_path):
    (tmp_path / "figures").mkdir()
    for name, width in (("a", 360), ("b", 300)):
        (tmp_path / f"figures/{name}.svg").write_text(f'<svg xmlns="x" width="{width}pt" height="216pt"/>')
    text = "![one](figures/a.svg)\n\n![two](figures/b.svg)\n\n![other](photo.png) ![gone](figures/c.svg)"
    soup = BeautifulSoup(markdown(text, extensions=[ImagesExtension(theme=str(tmp_path))]), "html.parser")
    one, two, other, gone = soup.find_all("img")
    assert (one["width"], one["height"], one.get("loading")) == ("480", "288", None)
    assert (two["width"], two["height"], two["loading"]) == ("400", "288", "lazy")
    assert other.get("width") is None
    assert gone.get("width") is None  # MkDocs itself reports a missing file


def test_a_page_in_a_folder_leads_out_of_it_first(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/a.svg").write_text('<svg xmlns="x" width="360pt" height="216pt"/>')
    text = "![one](../figures/a.svg)"
    image = BeautifulSoup(markdown(text, extensions=[ImagesExtension(theme=str(tmp_path))]), "html.parser").img
    assert (image["src"], image["width"]) == ("../figures/a.svg", "480")


def test_an_interactive_figure_stands_beside_its_first_state(tmp_path):
    text = "Words.\n\n![one](figures/a.svg){ interactive=conv-size }\n\n![two](figures/b.svg)"
    soup = BeautifulSoup(markdown(text, extensions=["attr_list", ImagesExtension(theme=str(tmp_path))]), "html.parser")
    (figure,) = soup.find_all("figure")
    assert figure["class"] == ["widget", "conv-size"]
    assert figure["id"] == "live-conv-size"  # where a link to the figure leads
    html = markdown(
        text.replace("conv-size }", "conv-size .stays }"),
        extensions=["attr_list", ImagesExtension(theme=str(tmp_path))],
    )
    assert (
        BeautifulSoup(html, "html.parser").find(id="live-conv-size").name == "dl-conv-size"
    )  # below the picture that stays
    assert [child.name for child in figure.find_all()] == ["img", "dl-conv-size"]
    assert not figure.img.has_attr("interactive")
    assert soup.find_all("p")[-1].img["alt"] == "two"
