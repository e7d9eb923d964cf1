"""A document to print, before it is typeset."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PrintedDocument:
    """A document to typeset: its path below the pages, everything it says as JSON, and its template."""

    path: str
    data: str
    template: str = "checklist.typ"
