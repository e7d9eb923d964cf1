"""What a style may not say, since another engine than Chromium's reads it otherwise."""

from __future__ import annotations

import re

from tests.conftest import ROOT

STYLES = {path.name: path.read_text("utf-8") for path in (ROOT / "site_overrides/assets").glob("*.css")}


def test_no_style_says_two_things_of_a_line_at_once() -> None:
    """WebKit drops the whole declaration."""
    found = [line for text in STYLES.values() for line in re.findall(r"text-decoration: \S+ [^!\s].*", text)]
    assert found == []


def test_what_hangs_on_the_width_of_a_screen_is_of_a_screen() -> None:
    """A sheet of paper is narrow, too, and Firefox takes it for a phone."""
    wide = [line for text in STYLES.values() for line in re.findall(r"@media .*-width.*", text)]
    assert len(wide) > 5
    assert [line for line in wide if "screen and" not in line] == []
