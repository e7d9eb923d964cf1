"""The site's own colours: text can be read on each ground that it stands on, light and dark."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

RUTIN = (ROOT / "site_overrides/assets/rutin.css").read_text("utf-8")
TEXTS = ("muted", "strong", "warn-line")
GROUNDS = ("soft", "warn")
LEAST = 4.5  # WCAG 1.4.3


def palettes() -> list[dict[str, str]]:
    """Return the colours of each scheme, the light one first."""
    blocks = re.findall(r"\{([^}]*--r-muted:[^}]*)\}", RUTIN)
    return [dict(re.findall(r"--r-([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_text_stands_out_from_every_ground() -> None:
    light, dark = palettes()
    for scheme, more in ((light, ["#ffffff"]), (dark, [])):
        for text in TEXTS:
            for ground in [*more, *(scheme[name] for name in GROUNDS)]:
                assert contrast(scheme[text], ground) >= LEAST, (text, ground)
