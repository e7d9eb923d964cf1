"""What a style may not say, since another engine than Chromium's reads it otherwise."""

from __future__ import annotations

import re

from tests.conftest import ROOT

STYLES = {path.name: path.read_text("utf-8") for path in (ROOT / "site_overrides/assets").glob("*.css")}


def test_no_style_says_two_things_of_a_line_at_once() -> None:
    """WebKit drops the whole declaration."""
    found = [line for text in STYLES.values() for line in re.findall(r"text-decoration: \S+ [^!\s].*", text)]
    assert found == []
