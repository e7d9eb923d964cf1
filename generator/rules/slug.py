"""Ids stand in addresses and are promises: lower-case ASCII words joined by hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.locale import t
from generator.model import Text, Tree
from generator.reading.diagnostics import Diagnostic, finding

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ASCII = str.maketrans("åäöéü", "aaoeu")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each id that is not a slug, with one that would be."""
    for node in tree.parts:
        for id in (getattr(node, "id", None), getattr(node, "page_id", None)):
            if isinstance(id, Text) and id and not is_slug(id):
                yield finding(id.pos, "slug", id=id, hint=suggestion(id))


def is_slug(id: str) -> bool:
    """Tell whether a text can be an id."""
    return _SLUG.fullmatch(id) is not None


def suggestion(id: str) -> str:
    """Return the hint with an id that could be meant, or an empty string."""
    slug = re.sub(r"[^a-z0-9]+", "-", id.lower().translate(_ASCII)).strip("-")
    return t("hints.write", word=slug) if slug else ""
