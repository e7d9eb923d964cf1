"""A page is filled once for the site and for the one file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.build.disk import read_assets
from generator.model import Text, Tree
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.pages import situations
from generator.pages.editions import BOTH, FILE_ONLY, SITE_ONLY, in_file, on_site
from generator.pages.rendering import body_of, filled
from generator.pages.site import Site
from tests.conftest import ROOT

WHOLE = f"a{SITE_ONLY}b\nb{BOTH}c{FILE_ONLY}d{BOTH}e{SITE_ONLY}f{BOTH}"


def test_each_edition_has_what_is_its_own() -> None:
    assert on_site(WHOLE) == "ab\nbcef"
    assert in_file(WHOLE) == "acde"


@pytest.mark.parametrize(
    "marks", [(SITE_ONLY,), (BOTH,), (SITE_ONLY, FILE_ONLY, BOTH), (SITE_ONLY, SITE_ONLY, BOTH, BOTH)]
)
def test_what_one_edition_has_ends_before_something_else_begins(marks: tuple[str, ...]) -> None:
    for edition in (on_site, in_file):
        with pytest.raises(ValueError, match="does not end"):
            edition("a".join(("", *marks, "")))


def test_the_site_is_the_same_whether_the_file_is_made_or_not(tiny: Tree, tiny_text: str) -> None:
    assets = read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    whole, alone = (outputs(tiny, tiny_text, given) for given in (assets, None))
    assert whole == {**alone, "navigator.html": whole["navigator.html"]}


def test_what_a_tree_says_is_never_taken_for_a_mark(tiny: Tree) -> None:
    said = f"Ute {SITE_ONLY} och {BOTH} inne {FILE_ONLY}"
    titled = replace(tiny, situations=tuple(replace(s, title=Text(said)) for s in tiny.situations))
    site = Site.of(titled, "")
    page = next(situations.pages(site))
    for html in (body_of(site, page), in_file(filled(site, page))):
        assert html.count("Ute &lt;!--site--&gt; och &lt;!--both--&gt; inne &lt;!--file--&gt;") >= 1
        assert "<!--" not in html
