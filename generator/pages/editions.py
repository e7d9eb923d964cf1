"""The two editions of a page: on the site, and in the one file, which has nothing that leads out of it.

A template is filled once for both, and says by comments where something stands in one of them alone. What
comes from a tree is escaped, so it can never be such a comment.
"""

from __future__ import annotations

import re

from markupsafe import Markup

SITE_ONLY, FILE_ONLY, BOTH = Markup("<!--site-->"), Markup("<!--file-->"), Markup("<!--both-->")
MARKS = re.compile(f"{SITE_ONLY}|{FILE_ONLY}|{BOTH}")


def on_site(html: str) -> str:
    """Return the markup as it stands on the site."""
    return _without(FILE_ONLY, html)


def in_file(html: str) -> str:
    """Return the markup as it stands in the one file."""
    return _without(SITE_ONLY, html)


def _without(mark: str, html: str) -> str:
    found = MARKS.findall(html)
    if len(found) % 2 or any((each == BOTH) != bool(number % 2) for number, each in enumerate(found)):
        raise ValueError("what one edition alone has does not end before something else begins")
    return MARKS.sub("", re.sub(f"{mark}.*?{BOTH}", "", html, flags=re.DOTALL))
