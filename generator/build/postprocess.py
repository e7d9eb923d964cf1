"""Postprocess a built site, whichever engine built it.

It does what no template reaches in both engines: a content security policy in each page, the site's own
scripts and styles joined, with content hashes so that a server may let browsers keep them, and valid markup.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from generator.build.first_styles import START, put_first
from generator.build.joined import join
from generator.build.menu import without_empty
from generator.pages.addresses import EARLIER

# The servers in deploy/ send the same policy, and add who may embed the site.
_FROM_HERE = ("script", "style", "font", "connect", "worker", "frame", "manifest")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in _FROM_HERE),
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
# As markup: a text may name the policy, too.
_OWN_POLICY = '<meta http-equiv="Content-Security-Policy"'
_CHARSET = '<meta charset="utf-8">'
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
_ASSET = re.compile(r'(?<=[ "])((?:src|href)="(?:[^"?#]*/)?)(assets/[^"?#]+\.(?:js|css))"')
# The themes' own files bear a hash already.
_HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.\w+$")
_TOGGLE = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')
# What a browser has to have before it goes on: a script that is not deferred, a style for every medium.
_WAITED_FOR = re.compile(r'<(script src|link rel="stylesheet" href)="([^"]+)">')
# A script waits for every style before it, and the page for the script.
_AT_ONCE = re.compile(r'\s*(<script src="[^"]+"></script>)')
# Ours leads to the content on every page; the themes' only to some, or by an anchor of their own.
_SKIP = re.compile(r'(<div data-md-component="skip">).*?(</div>)', re.DOTALL)
# An empty search is no mistake, and nobody should be told that it is.
_SEARCH = re.compile(r'(<input [^>]*class="md-search__input"[^>]*?) required')
# A page in the list for search engines.
_LISTED = re.compile(r"\s*<url>.*?</url>", re.DOTALL)
# Where white space stands for itself; elsewhere, a line end says as much as all the white space around it.
_AS_IT_IS = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_ROOM = re.compile(r"\n\s+")
# Without site_url, one engine takes the server's root for the site's.
_ROOTED = re.compile(r'<link rel="canonical" href="/[^"]*">')


def finish(site: Path) -> None:
    """Postprocess every page below the folder."""
    pages = {page: page.read_text("utf-8") for page in sorted(site.rglob("*.html"))}
    pages = without_empty(site, join(site, pages))
    if (start := site / START) in pages:
        pages[start] = put_first(site, pages[start])
    _apart(site, pages)
    versions = {
        path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted((site / "assets").rglob("*"))
        if path.suffix in (".js", ".css") and not _HASHED.search(path.name)
    }
    for page, html in pages.items():
        page.write_text(finished(html, versions), "utf-8", newline="\n")


def _apart(site: Path, pages: dict[Path, str]) -> None:
    """Let the menus of an earlier version's pages lead to its own, and no search engine find them."""
    for page in [page for page in pages if page.is_relative_to(site / EARLIER)]:
        up = "../" * (len(page.relative_to(site).parts) - 1)

        def own(found: re.Match[str], up: str = up) -> str:
            path = found[2]
            return f"{found[1]}{up[3:]}{path}" if (site / EARLIER / path).exists() else found[0]

        pages[page] = re.sub(rf'(?<!data-other-version )(href="){up}(?!\.\./)([^"#?]+)', own, pages[page])
    listed = site / "sitemap.xml"
    text = listed.read_text("utf-8") if listed.exists() else ""
    without = _LISTED.sub(lambda found: "" if f"/{EARLIER}" in found[0] else found[0], text)
    if without != text:
        listed.write_text(without, "utf-8", newline="\n")
        if (packed := listed.with_suffix(".xml.gz")).exists():
            packed.write_bytes(gzip.compress(without.encode(), mtime=0))


def finished(html: str, versions: Mapping[str, str]) -> str:
    """Return a postprocessed page; ``versions`` has the hash of each script and style, by its path.

    A page with a policy of its own is a file to carry around, and stays as it is.
    """
    if _OWN_POLICY in html:
        return html
    html = _ASSET.sub(lambda found: _versioned(found, versions), html)
    head, end, body = html.partition("</head>")
    scripts = "".join(_AT_ONCE.findall(head))
    before = f"{_CHARSET}{_preloads(html)}{_META}{scripts}"
    html = _AT_ONCE.sub("", head).replace(_CHARSET, before, 1) + end + body
    html = _TOGGLE.sub(r"\1", html)
    html = _SEARCH.sub(r"\1", html)
    html = _SKIP.sub(r"\1\2", html)
    return _slim(_ROOTED.sub("", html))


def _slim(html: str) -> str:
    """Return markup without empty lines and indentation, a tenth of what the engines write."""
    pieces = _AS_IT_IS.split(html)
    pieces[::3] = [_ROOM.sub("\n", piece) for piece in pieces[::3]]
    del pieces[2::3]  # the names of the elements
    return "".join(pieces)


def _preloads(html: str) -> str:
    """Return links that let a browser fetch at once what it waits for before it shows the content.

    Chromium looks no further ahead than to a policy in the page, and would then fetch one script at a time.
    """
    found = _WAITED_FOR.findall(html.partition("<main")[0])
    kinds = {path: "script" if tag.startswith("script") else "style" for tag, path in found}
    return "".join(f'<link rel="preload" href="{path}" as="{kind}">' for path, kind in kinds.items())


def _versioned(found: re.Match[str], versions: Mapping[str, str]) -> str:
    version = versions.get(found[2])
    return f'{found[1]}{found[2]}?v={version}"' if version else found[0]
