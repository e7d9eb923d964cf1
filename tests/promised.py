"""What every server answers: the headers that deploy/README.md lists, and the types, said here alone."""

from __future__ import annotations

import re

from tests.conftest import ROOT

README = (ROOT / "deploy" / "README.md").read_text("utf-8")
# Each header with its values, the first of which holds for the pages.
HEADERS: dict[str, list[str]] = {}
for _name, _value in re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \|", README, re.MULTILINE):
    HEADERS.setdefault(_name, []).append(_value)
KEPT, ASKED = HEADERS["Cache-Control"]
FRAMES = "frame-ancestors 'self'"
[POLICY_OF_THE_FILE] = re.findall(rf"^  `(.*{FRAMES})`$", README, re.MULTILINE)  # navigator.html's
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
    ".zip": "application/zip",
    ".png": "image/png",
    ".woff2": "font/woff2",
    "": "application/octet-stream",
}
