"""A link to a document is a web address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, finding
from generator.model import Tree

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"']*)?")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each document whose url is anything else."""
    for document in tree.documents:
        if document.url and not _ADDRESS.fullmatch(document.url):
            yield finding(document.url.pos, "url", found=document.url)
