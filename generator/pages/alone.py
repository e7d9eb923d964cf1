"""Pages that stand alone: one file to send, with its style inside and no request at all."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from generator.pages.rendering import template

STYLE = """\
:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
body { font: 1rem/1.5 system-ui, sans-serif; }
section { border-top: 2px solid; margin-top: 2rem; }
li { margin: .8rem 0; }
dl { margin: .2rem 0; }
dd { margin: 0; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""


def standalone(name: str, style: str, /, *, served: bool = False, script: str = "", **context: object) -> str:
    """Return the filled template ``name``, with a style of its own before the common one.

    One that is ``served`` by a preview has no policy, as no page there does: a script reloads it. One with
    a ``script`` of its own may ask where it comes from, and nobody else.
    """
    style += STYLE
    policy = (
        f"default-src 'none'; style-src {hashed(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    if script:
        policy += f"; script-src {hashed(script)}; connect-src 'self'"
    own = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    return template(name).render(root="", policy="" if served else policy, **own, **context) + "\n"


def hashed(text: str) -> str:
    """Return what lets a script or style into a page by its policy."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
