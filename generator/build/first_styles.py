"""First styles: what may match on the start page as it arrives, in one small file before all else.

A theme has rules for whatever a site may have, and a reader would wait for all of them. They follow in full
at the end of the page, in their order, and have the last word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import tinycss2

START = "index.html"
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"?#]+)[^">]*">')
_SCRIPT = re.compile(r'<script src="(?:\./)?(assets/[^"?#/]+)["?#]')  # ours; the themes' own are in folders
_WORD = re.compile(r"[\w-]+")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_WITHIN = ("media", "supports", "layer", "container")  # what has rules in it
_ALTERNATIVES = ("is", "where", "has")


def put_first(site: Path, html: str) -> str:
    """Return a page that loads its first styles in its head, in a new file, and all of them at its end.

    What our scripts may put into the page counts as being there.
    """
    head, end, rest = html.partition("</head>")
    links = list(_STYLE.finditer(head))
    if not links:
        return html
    scripts = (site / path for path in _SCRIPT.findall(html))
    texts = [html, *(path.read_text("utf-8") for path in scripts if path.exists())]
    first = first_styles(
        "\n".join((site / link[1]).read_text("utf-8") for link in links),
        {word.lower() for text in texts for word in _WORD.findall(text)},
    )
    beside = PurePosixPath(links[0][1])
    name = str(beside.with_name(f"first.{sha256(first.encode()).hexdigest()[:8]}.min.css"))
    (site / name).write_text(first, "utf-8", newline="\n")
    before, *between = _STYLE.split(head)[::2]
    body, close, after = rest.rpartition("</body>")
    every = "".join(link[0] for link in links)
    return f'{before}<link rel="stylesheet" href="{name}">{"".join(between)}{end}{body}{every}{close}{after}'


def first_styles(css: str, words: Collection[str]) -> str:
    """Return the rules whose every element, class, id and attribute is among the words, for a screen.

    Custom properties that none of them uses are left out, too.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    used: set[str] = set()
    while True:
        text = _of_rules(rules, words, used)
        found = set(_USED.findall(text))
        if found <= used:
            return text
        used |= found


def _of_rules(rules: Iterable[Any], words: Collection[str], used: Collection[str]) -> str:
    return "".join(_of_rule(rule, words, used) for rule in rules)


def _of_rule(rule: Any, words: Collection[str], used: Collection[str]) -> str:
    before = tinycss2.serialize(rule.prelude).strip()
    if rule.type == "qualified-rule":
        matching = [one for one in _parted(rule.prelude) if _may_match(one, words)]
        said = _declared(rule.content, used) if matching else ""
        return f"{','.join(tinycss2.serialize(one).strip() for one in matching)}{{{said}}}" if said else ""
    if rule.lower_at_keyword not in _WITHIN or rule.content is None:
        return str(rule.serialize())
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    within = _of_rules(inner, words, used) if before != "print" else ""
    return f"@{rule.at_keyword} {before}{{{within}}}" if within else ""


def _declared(content: Sequence[Any], used: Collection[str]) -> str:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return ";".join(one.serialize() for one in parts if not _is_idle(one, used))


def _is_idle(part: Any, used: Collection[str]) -> bool:
    return part.type == "declaration" and part.name.startswith("--") and part.name not in used


def _parted(tokens: Sequence[Any]) -> list[list[Any]]:
    """Return what stands between commas."""
    parts: list[list[Any]] = [[]]
    for one in tokens:
        if one == ",":
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


def _may_match(selector: Sequence[Any], words: Collection[str]) -> bool:
    """Tell whether all that a selector names is there; what it says that must not be, is not asked."""
    before: Any = None
    for token in selector:
        if token.type == "function" and token.lower_name in _ALTERNATIVES:
            there = any(_may_match(one, words) for one in _parted(token.arguments))
        elif token.type == "[] block":
            there = all(t.value.lower() in words for t in token.content if t.type in ("ident", "string"))
        else:
            named = token.type == "hash" or (token.type == "ident" and before != ":")
            there = not named or token.value.lower() in words
        if not there:
            return False
        before = token
    return True
