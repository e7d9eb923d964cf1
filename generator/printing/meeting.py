"""A difference to print, for the meeting that decides on it."""

from __future__ import annotations

from typing import Any

from generator.locale import strings
from generator.printing.printed_document import PrintedDocument, printed_document


def meeting_document(data: dict[str, Any]) -> PrintedDocument:
    """Return a report as a document to typeset."""
    return printed_document("", "meeting.typ", {**data, "words": strings()["changes"]})
