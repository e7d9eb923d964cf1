"""A difference to print, for the meeting that decides on it."""

from __future__ import annotations

from json import dumps
from typing import Any

from generator.locale import strings
from generator.printing.printed_document import PrintedDocument


def meeting_document(data: dict[str, Any]) -> PrintedDocument:
    """Return a report as a document to typeset."""
    labelled = {**data, "words": strings()["changes"]}
    return PrintedDocument("", dumps(labelled, ensure_ascii=False, sort_keys=True), "meeting.typ")
