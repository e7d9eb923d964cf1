"""Joining the site's own scripts and styles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build.joined import join, served
from tests.conftest import ROOT

ASSETS = sorted((ROOT / "site_overrides/assets").glob("*.*s"))
STYLE = '<link rel="stylesheet" href="{root}assets/{name}.css">'
SCRIPT = '<script src="{root}assets/{name}.js"></script>'
LATER = '<script src="{root}assets/{name}.js" defer></script>'


def head(root: str, *tags: tuple[str, str]) -> str:
    return "".join(tag.format(root=root, name=name) for tag, name in tags) + "</head>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    for name in (
        "a.css",
        "b.css",
        "only.css",
        "c.js",
        "d.js",
        "e.js",
        "f.js",
        "theme.01234567.min.js",
        "sheet.01234567.min.css",
    ):
        (tmp_path / "assets" / name).write_text(f"/* {name} */\n  {name}\n")
    return tmp_path


def test_what_the_very_same_pages_load_is_one_file_in_its_order(site: Path) -> None:
    both = ((STYLE, "a"), (SCRIPT, "c"), (STYLE, "b"), (LATER, "e"), (SCRIPT, "d"), (LATER, "f"))
    pages = {
        site / "index.html": head("", *both, (STYLE, "only")),
        site / "below/page.html": head("../", *both),
    }
    made = join(site, pages)
    paths = [re.findall(r'"((?:\.\./)?assets/[^"]*)"( defer)?', made[page]) for page in pages]
    assert [re.sub(r"\.[0-9a-f]{8}\.min", "", path) + later for path, later in paths[1]] == [
        "../assets/a.css",
        "../assets/c.js",
        "../assets/e.js defer",
    ]
    assert [(f"../{path}", later) for path, later in paths[0][:-1]] == paths[1]
    assert paths[0][-1][0] == "assets/only.css"
    written = [(site / path).read_text() for path, _ in paths[0][:-1]]
    assert written == ["a.css\nb.css\n", "c.js\nd.js\n", "e.js\nf.js\n"]
    assert join(site, pages) == made


def test_what_stands_alone_is_not_there_or_is_the_theme_s_stays(site: Path) -> None:
    page = head("", (SCRIPT, "theme.01234567.min"), (STYLE, "a"), (SCRIPT, "gone"), (SCRIPT, "c"))
    for html in (page, f"</head>{page}"):
        assert join(site, {site / "index.html": html}) == {site / "index.html": html}


def test_the_theme_s_styles_are_joined_with_ours(site: Path) -> None:
    page = head("", (STYLE, "sheet.01234567.min"), (STYLE, "a"))
    (made,) = join(site, {site / "index.html": page}).values()
    (path,) = re.findall(r'"(assets/sheet\.[0-9a-f]{8}\.min\.css)"', made)
    assert made == head("", (STYLE, path.removeprefix("assets/").removesuffix(".css")))
    assert (site / path).read_text() == "sheet.01234567.min.css\na.css\n"


def test_served_are_lines_without_indentation_and_comments() -> None:
    text = '/* One\n * two */\na {\n  // f\n  b: "/* c // g */"; /* d */\n}\n\n  /* e */\n'
    assert served([text]) == 'a {b: "/* c // g */"; /* d */\n}\n'
    text = '/* One\n * two */\na {\n  // f\n  b: "/* c // d */"; // "d"\n}\n\n  /* e */\n//x */\ng // h\n'
    assert served([text]) == 'a {b: "/* c // d */"; // "d"\n}\ng\n'
    text = 'f(\n  "a",\n  b\n)\nif (a) return; // {\nc = {\n  d: 1,\n};\ne; // "{\nf;\n'
    assert served([text]) == 'f("a",b\n)\nif (a) return;c = {d: 1,};e; // "{\nf;'


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_no_text_in_a_script_or_style_of_ours_goes_over_lines(path: Path) -> None:
    """Else its indentation would be a part of it."""
    for line in path.read_text("utf-8").splitlines():
        assert line.count("`") % 2 == 0
        assert not line.endswith("\\")
