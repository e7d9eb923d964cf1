"""Join the site's own scripts, and all its styles: what the very same pages load becomes one file to fetch.

The sources stay small, with comments and indentation; what is served has neither. The themes' own scripts
stay as they are, under their names. Styles that came one by one would for a moment overrule those to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

# How a page's head loads a style or a script at once, or a script when all else is there.
_TAG = re.compile(
    r'(?P<before><(?:link rel="stylesheet" href|script src)="(?:[^"?#]*/)?)'
    r'(?P<path>assets/[^"?#]+?(?:\.css|(?<!\.min)\.js))"(?P<after>(?: defer)?>(?:</script>)?)'
)
_COMMENT = re.compile(r"^\s*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)$", re.DOTALL | re.MULTILINE)
_BESIDE = re.compile(r" // [^\"'`\n]*$", re.MULTILINE)  # with a quote, it may stand in a text
# After these no line has to end, in a script or in a style; one with "//" may end in a comment.
_GOES_ON = re.compile(r"^((?:(?!//).)*[{;,(])\n", re.MULTILINE)
Loaded = tuple[str, str]  # the path and how it is loaded


def join(site: Path, pages: Mapping[Path, str]) -> dict[Path, str]:
    """Write the joined files, and return the pages with them in the place of those that they are made of."""
    loads = {page: _loads(site, html) for page, html in pages.items()}
    by: dict[Loaded, list[Path]] = {}
    for page, loaded in loads.items():
        for one in loaded:
            by.setdefault(one, []).append(page)
    groups: dict[tuple[str, tuple[Path, ...]], list[str]] = {}
    for (path, after), where in by.items():
        groups.setdefault((after, tuple(where)), []).append(path)
    into: dict[Loaded, str] = {}
    for (after, _), paths in groups.items():
        if len(paths) > 1:
            name = _write(site, paths)
            into |= {(path, after): name if path == paths[0] else "" for path in paths}
    return {page: _rewritten(html, into) for page, html in pages.items()}


def served(texts: Iterable[str]) -> str:
    """Return the scripts or styles as one, without indentation, comments and line ends that say nothing."""
    bare = (_BESIDE.sub("", _COMMENT.sub("", text)).splitlines() for text in texts)
    return _GOES_ON.sub(
        r"\1", "\n".join(line.strip() for lines in bare for line in lines if line.strip()) + "\n"
    )


def _loads(site: Path, html: str) -> list[Loaded]:
    found = _TAG.finditer(html.partition("</head>")[0])
    return [(tag["path"], tag["after"]) for tag in found if (site / tag["path"]).exists()]


def _write(site: Path, paths: list[str]) -> str:
    text = served((site / path).read_text("utf-8") for path in paths)
    first = PurePosixPath(paths[0])
    name = first.with_name(
        f"{first.stem.partition('.')[0]}.{sha256(text.encode()).hexdigest()[:8]}.min{first.suffix}"
    )
    (site / name).write_text(text, "utf-8", newline="\n")
    return str(name)


def _rewritten(html: str, into: Mapping[Loaded, str]) -> str:
    def tag(found: re.Match[str]) -> str:
        path = into.get((found["path"], found["after"]))
        return found[0] if path is None else path and f'{found["before"]}{path}"{found["after"]}'

    head, end, body = html.partition("</head>")
    return _TAG.sub(tag, head) + end + body
