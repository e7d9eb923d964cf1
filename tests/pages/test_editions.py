"""A page is filled once for the site and for the one file."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Text, Tree
from generator.pages import situations
from generator.pages.editions import BOTH, FILE_ONLY, SITE_ONLY, in_file, on_site
from generator.pages.rendering import body_of, filled
from generator.pages.site import Site

WHOLE = f"a{SITE_ONLY}b\nb{BOTH}c{FILE_ONLY}d{BOTH}e{SITE_ONLY}f{BOTH}"


def test_each_edition_has_what_is_its_own() -> None:
    assert on_site(WHOLE) == "ab\nbcef"
    assert in_file(WHOLE) == "acde"


def test_what_a_tree_says_is_never_taken_for_a_mark(tiny: Tree) -> None:
    said = f"Ute {SITE_ONLY} och {BOTH} inne {FILE_ONLY}"
    titled = replace(tiny, situations=tuple(replace(s, title=Text(said)) for s in tiny.situations))
    site = Site.of(titled, "")
    page = next(situations.pages(site))
    for html in (body_of(site, page), in_file(filled(site, page))):
        assert html.count("Ute &lt;!--site--&gt; och &lt;!--both--&gt; inne &lt;!--file--&gt;") >= 1
        assert "<!--" not in html
