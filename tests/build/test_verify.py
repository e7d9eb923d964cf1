"""What stops a built site: told where it was written, if somebody wrote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.build.authored import place_of
from generator.build.verify import problems

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
TEXT = """# Om oss

```html
<p onclick="visa()">
```

| Vem | När |
| --- | :-: |
| Vi  | nu  |

Hej <b onclick="visa()">du</b>.
<Script>visa()</Script>

![](https://example.org/bild.png)
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "redigera").mkdir(parents=True)
    (folder / "redigera/om.md").write_text(TEXT, "utf-8")
    (folder / "index.md").write_text(TEXT, "utf-8")
    (folder / ".generated.json").write_text(json.dumps(["index.md"]), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("what", "line"),
    [("onclick", 11), ("<script>", 12), ("style", 8), ("https://example.org/bild.png", 14)],
)
def test_markup_is_found_where_it_was_written(content: Path, what: str, line: int) -> None:
    assert place_of(what, "redigera/om.html", content) == f"content/redigera/om.md, rad {line}"
    assert place_of(what, "index.html", content) == "index.html"  # nobody wrote that
    assert place_of(what, "404.html", content) == "404.html"


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    body = '<a href="http://[x]/">x</a><img src="http://[x]/bild.png">'
    (tmp_path / "index.html").write_text(f"<html><head>{POLICY}</head><body>{body}</body></html>", "utf-8")
    told = problems(tmp_path)
    assert len(told) == 3  # one is loaded, and neither leads anywhere
    assert sum("http://[x]/bild.png" in line for line in told) == 2


def test_what_the_policy_stops_is_told_by_file_and_line(content: Path) -> None:
    site = content.parent / "site"
    (site / "redigera").mkdir(parents=True)
    body = '<b onclick="visa()">du</b><script>visa()</script><img src="https://example.org/bild.png">'
    (site / "redigera/om.html").write_text(f"<html><head>{POLICY}</head><body>{body}</body></html>", "utf-8")
    found = problems(site, content=content)
    places = [line.partition(":")[0] for line in found]
    assert places == [f"content/redigera/om.md, rad {line}" for line in (11, 12, 14)]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a.pdf", "b/c.pdf", "con/a.pdf", "konsol.pdf"], ["con/a.pdf"]),
        (["aux.html.pdf"], ["aux.html.pdf"]),
        (["fråga?.pdf", "a:b.pdf", "slut.", "mellan rum.pdf"], ["a:b.pdf", "fråga?.pdf", "slut."]),
        (["Om.pdf", "om.pdf"], ["om.pdf"]),
    ],
)
def test_a_name_that_windows_does_not_take_is_told(tmp_path: Path, names: list[str], told: list[str]) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = problems(tmp_path)
    assert [line.rpartition(": ")[0] for line in found] == told
