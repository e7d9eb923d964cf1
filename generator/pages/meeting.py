"""A difference for the meeting that decides on it: one page that stands alone, and one to print."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from generator.pages.rendering import template

STYLE = """\
:root { color-scheme: light dark; }
body { max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
body { font: 1rem/1.5 system-ui, sans-serif; }
section { border-top: 2px solid; margin-top: 2rem; }
li { margin: .8rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .2rem 0; }
dd { margin: 0; }
@media (max-width: 30rem) { dl { display: block; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""


def meeting_html(data: dict[str, Any]) -> str:
    """Return a report as a page of its own, with its style inside and no request at all."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    context = {"data": data, "style": Markup(STYLE), "policy": policy, "root": ""}  # noqa: S704, our own
    return template("meeting.html.jinja").render(**context) + "\n"
