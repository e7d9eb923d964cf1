"""The menu and the foot of each page lead to no page that has nothing to tell in this routine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

# As the templates say it of a list without a line.
_EMPTY = re.compile(r'<div class="r-page[^>]* data-empty[ >]')
_LEAF = r'<li(?: class="md-nav__item")?>\s*<a href="(?:\.{{1,2}}/)*(?:{})"[^>]*>(?:(?!</a>).)*</a>\s*</li>'
# A heading in the menu that no page is left under.
_SECTION = re.compile(
    r'<li class="md-nav__item [^"]*md-nav__item--section[^"]*">(?:(?!<li[ >]).)*?'
    r'<ul class="md-nav__list"[^>]*>\s*</ul>\s*</nav>\s*</li>',
    re.DOTALL,
)


def without_empty(site: Path, pages: Mapping[Path, str]) -> dict[Path, str]:
    """Return the pages without links to empty ones in lists, and without the headings over nothing."""
    empty = [page.relative_to(site).as_posix() for page, html in pages.items() if _EMPTY.search(html)]
    if not empty:
        return dict(pages)
    leaf = re.compile(_LEAF.format("|".join(map(re.escape, empty))), re.DOTALL)
    return {page: _SECTION.sub("", leaf.sub("", html)) for page, html in pages.items()}
