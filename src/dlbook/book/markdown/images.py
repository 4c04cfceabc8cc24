"""Markdown extension: figures keep their place while they load.

A page says `![alt](figures/lrn/edge.svg)`. This adds what the browser needs to leave room for it
(width and height, read from the file), and lets it load when the reader comes near.

With `{ interactive=positions }` behind it, the figure is the first state of an interactive one: below it
comes the element `<dl-positions>`, which takes its place where scripts run. With `.stays` both are seen.
"""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

SIZE = re.compile(r'<svg[^>]*?\bwidth="(?P<width>[\d.]+)pt"[^>]*?\bheight="(?P<height>[\d.]+)pt"')
FIGURE = re.compile(r"(?:\.\./)*figures/")  # a page in a folder leads out of it first
PIXELS_PER_POINT = 96 / 72
INTERACTIVE = "interactive"
EAGER = 1  # the first figure is on the first screen: it is not put off


class Images(Treeprocessor):
    """Gives each recorded figure of a page its size."""

    def __init__(self, md: Markdown, theme: Path) -> None:
        super().__init__(md)
        self.theme = theme

    def run(self, root: ElementTree.Element) -> None:
        figures = [image for image in root.iter("img") if FIGURE.match(image.get("src", ""))]
        for number, image in enumerate(figures):
            image.set("decoding", "async")
            if number >= EAGER:
                image.set("loading", "lazy")
            for name, pixels in size(self.theme / image.attrib["src"].replace("../", "")).items():
                image.set(name, pixels)
        for paragraph in list(root.iter("p")):
            if len(paragraph) == 1 and paragraph[0].get(INTERACTIVE):
                _make_interactive(paragraph, paragraph[0])


def size(file: Path) -> dict[str, str]:
    """Width and height of a drawing in pixels, as attributes; nothing if it does not say them."""
    match = SIZE.search(file.read_text("utf8")[:1000]) if file.exists() else None
    sizes = match.groupdict() if match else {}
    return {name: f"{float(points) * PIXELS_PER_POINT:.0f}" for name, points in sizes.items()}


def _make_interactive(paragraph: ElementTree.Element, image: ElementTree.Element) -> None:
    name = image.attrib.pop(INTERACTIVE)
    paragraph.tag = "figure"
    paragraph.attrib.update({"class": f"widget {name}", "data-search-exclude": "yes"})
    live = ElementTree.SubElement(paragraph, f"dl-{name}")
    stays = "stays" in image.get("class", "").split()
    (live if stays else paragraph).set("id", f"live-{name}")  # where a link to the figure leads: not to a picture above it


class ImagesExtension(Extension):
    """Options: `theme`, the folder that holds `figures/`."""

    def __init__(self, **options: Any) -> None:
        self.config = {"theme": ["docs/theme", "the folder that holds figures/"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Markdown's)
        # After attributes are read (8), before MkDocs makes links of files (0).
        md.treeprocessors.register(Images(md, Path(self.getConfig("theme"))), "dlbook_images", 7)


def makeExtension(**options: Any) -> ImagesExtension:  # noqa: N802
    """What Markdown calls to load this module as an extension."""
    return ImagesExtension(**options)
