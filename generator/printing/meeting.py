"""A difference on paper, for the meeting that decides on it."""

from __future__ import annotations

from json import dumps
from typing import Any

from generator.locale import strings
from generator.printing.printed_document import Paper


def meeting_paper(data: dict[str, Any]) -> Paper:
    """Return a report as a document to typeset."""
    told = {**data, "words": strings()["changes"]}
    return Paper("", dumps(told, ensure_ascii=False, sort_keys=True), "meeting.typ")
