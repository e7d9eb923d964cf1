"""A difference for the meeting that decides on it: one page that stands alone, and one to print."""

from __future__ import annotations

from typing import Any

from generator.pages.alone import standalone

STYLE = """\
body { max-width: 50rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; }
@media (max-width: 30rem) { dl { display: block; } }
"""


def meeting_html(data: dict[str, Any]) -> str:
    """Return a report as a page of its own."""
    return standalone("meeting.html.jinja", STYLE, title=data["title"], language=data["language"], data=data)
