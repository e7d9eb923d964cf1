"""Several routines in one site: the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.locale import spoken, t
from generator.model import Tree
from generator.pages.rendering import as_markdown, template
from generator.pages.search_words import in_swedish_order


def in_order(trees: Iterable[Tree]) -> list[Tree]:
    """Return the routines as they are listed."""
    return sorted(trees, key=lambda tree: in_swedish_order(tree.routine.short_title))


def latest(trees: Iterable[Tree]) -> str:
    """Return the day, as ISO, of the last revision of any of the routines."""
    return max(str(tree.routine.revised_on) for tree in trees)


def list_page(trees: Sequence[Tree]) -> str:
    """Return the start page as Markdown that holds one block of HTML."""
    front = {"title": t("routines.title"), "hide": ["toc", "navigation"], "search": {"exclude": True}}
    return as_markdown(
        front, template("routines.html.jinja").render(trees=in_order(trees), language=spoken())
    )
