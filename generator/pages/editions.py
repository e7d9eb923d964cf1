"""The two editions of a page: on the site, and in the one file, which has nothing that leads out of it.

A template is filled once for both, and says by comments where something stands in one of them alone. What
comes from a tree is escaped, so it can never be such a comment.
"""

from __future__ import annotations

import re

from markupsafe import Markup

SITE_ONLY, FILE_ONLY, BOTH = Markup("<!--site-->"), Markup("<!--file-->"), Markup("<!--both-->")


def on_site(html: str) -> str:
    """Return the markup as it stands on the site."""
    return _without(FILE_ONLY, html)


def in_file(html: str) -> str:
    """Return the markup as it stands in the one file."""
    return _without(SITE_ONLY, html)


def _without(mark: str, html: str) -> str:
    left = re.sub(f"{mark}.*?{BOTH}", "", html, flags=re.DOTALL)
    return re.sub(f"{SITE_ONLY}|{FILE_ONLY}|{BOTH}", "", left)
