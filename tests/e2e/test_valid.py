"""The HTML checker, which the survey asks about every page, finds what is invalid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.validity import invalid

PAGE = '<!doctype html><html lang="sv"><head><title>Sida</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>", ""),
        ("<main><p>Text</p></main>", ""),
        ("<ul><div>Text</div></ul>", "Element “div” not allowed as child of element “ul”"),
        ('<ul><li value="2">Text</li></ul>', "Attribute “value” not allowed"),
        ('<p id="a">Text</p><p id="a">Text</p>', "Duplicate ID “a”"),
        ("<a href='x'><button>Text</button></a>", "must not appear as a descendant"),
        ("<p>Text</section>", "Stray end tag"),
        ('<label for="none">Text</label>', "must be the ID of a non-hidden form control"),
    ],
)
def test_an_invalid_page_is_noticed(tmp_path: Path, body: str, said: str) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below/page.html").write_text(PAGE.format(body), "utf-8")
    found = invalid(tmp_path)
    assert bool(found) == bool(said), found
    assert all(line.startswith("below/page.html: ") for line in found)
    assert said in "\n".join(found)
