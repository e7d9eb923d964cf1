"""Where something on a built page was written: the file in ``content/`` and the line."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from generator.build.disk import generated
from generator.locale import t

_FENCE = re.compile(r"\s*(```|~~~)")
_ALIGNED = r"^(?=.*:)[\s|]*:?-+:?[\s|:-]*$"  # the engines align the columns of a table by a style


def place_of(what: str, page: str, content: Path) -> str:
    """Return file and line of markup on a page that somebody wrote, or else the built page.

    ``what`` is an element (``<script>``), the name of an attribute, or an address.
    """
    source = content / PurePosixPath(page).with_suffix(".md")
    if source.relative_to(content).as_posix() in generated(content) or not source.is_file():
        return page
    file = f"{content.name}/{source.relative_to(content).as_posix()}"
    wanted = re.compile(_pattern(what), re.IGNORECASE)
    fenced = False
    for number, line in enumerate(source.read_text("utf-8", "replace").splitlines(), start=1):
        fenced ^= bool(_FENCE.match(line))
        if not fenced and wanted.search(line):
            return t("verify.at", file=file, line=number)
    return file


def _pattern(what: str) -> str:
    if what.startswith("<"):
        return re.escape(what.rstrip(">")) + r"\b"
    if re.fullmatch(r"[a-z]+", what):
        return rf"\b{what}\s*=" + (f"|{_ALIGNED}" if what == "style" else "")
    return re.escape(what)
