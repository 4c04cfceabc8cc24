"""Which page is being rendered, as MkDocs' own tree processor knows it, or Zensical's context."""

from pathlib import Path

from markdown import Markdown

from dlbook.book.layout import GENERATED


def address_of(md: Markdown) -> str:
    """The page, relative to the folder of its language; empty where no page is rendered: for a docstring within one."""
    if "relpath" in md.treeprocessors:
        return md.treeprocessors["relpath"].file.src_uri  # type: ignore[attr-defined]
    if "rendering_context" in md.preprocessors:
        return md.preprocessors["rendering_context"].page.path  # type: ignore[attr-defined]
    return ""


def written_page(md: Markdown) -> Path | None:
    """The same, if somebody wrote the page: None for those beside a chapter, which are generated."""
    address = Path(address_of(md))
    return None if not address.parts or address.parts[0] in GENERATED else address
