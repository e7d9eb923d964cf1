"""The HTML checker, which the survey asks about every page, finds what is invalid."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.validity import invalid

PAGE = '<!doctype html><html lang="sv"><head><title>Sida</title></head><body>{}</body></html>'


BODIES = {
    "<p>": "",
    "<main><p>Text</p></main>": "",
    "<ul><div>Text</div></ul>": "Element “div” not allowed as child of element “ul”",
    '<ul><li value="2">Text</li></ul>': "Attribute “value” not allowed",
    '<p id="a">Text</p><p id="a">Text</p>': "Duplicate ID “a”",
    "<a href='x'><button>Text</button></a>": "must not appear as a descendant",
    "<p>Text</section>": "Stray end tag",
    '<label for="none">Text</label>': "must be the ID of a non-hidden form control",
}


def test_what_is_invalid_is_told_with_its_page(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for number, body in enumerate(BODIES):
        (tmp_path / f"below/{number}.html").write_text(PAGE.format(body), "utf-8")
    found = invalid(tmp_path)
    for number, (body, said) in enumerate(BODIES.items()):
        told = [line for line in found if line.startswith(f"below/{number}.html: ")]
        assert bool(told) == bool(said), body
        assert said in "\n".join(told)
    assert all(re.match(r"below/\d.html: ", line) for line in found)
