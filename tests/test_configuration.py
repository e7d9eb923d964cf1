"""The site's configuration, as it is fitted to a routine at each build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build.configuration import CONFIG, FITTED, changed, fit, fitted
from generator.model import Tree
from tests.conftest import ROOT, checked
from tests.english import TREE as ENGLISH

COMMON = (ROOT / CONFIG).read_bytes()


def settings(config: bytes) -> Any:
    """Return what a configuration says, with what it takes from the environment as a list."""
    assert b"!ENV" in config
    return yaml.safe_load(config.replace(b"!ENV", b""))


def titles(menu: Any) -> list[str]:
    """Return what the menu shows, in order."""
    pairs = [pair for entry in menu for pair in entry.items()]
    return [
        one for title, below in pairs for one in (title, *(titles(below) if isinstance(below, list) else ()))
    ]


def test_title_and_chapters_are_the_routine_s_and_all_else_is_the_site_s(tree: Tree) -> None:
    own, common = settings(fitted(COMMON, tree)), settings(COMMON)
    chapters = ["1 Barnfamiljer", "2 Hushåll utan barn", "3 Kronofogden"]
    assert own.pop("site_name") == tree.routine.short_title
    assert own.pop("site_description") == tree.routine.title
    menu, without = titles(own.pop("nav")), titles(common.pop("nav"))
    assert [title for title in menu if title not in without] == chapters
    assert menu[menu.index("Rutinen") + 1 :][:4] == [*chapters, "Det som alltid gäller"]
    assert common.pop("site_name")
    assert own == common


def test_each_chapter_leads_to_its_page(tree: Tree, tiny: Tree) -> None:
    for one in (tree, tiny):
        text = fitted(COMMON, one).decode()
        assert [section.page_id for section in one.source if section.page_id] == [
            line.rpartition("/")[2].removesuffix(".md") for line in text.splitlines() if "avsnitt/" in line
        ]


def test_no_title_becomes_markup_or_settings(tiny_text: str) -> None:
    heading, title = 'Stopp: <b>"akut" & [a](b)', "true: <script>alert(1)</script> # x"
    text = tiny_text.replace("heading: Stopp,", f"heading: {heading!r},")
    tree = checked(text.replace("short_title: Kaffe\n", f"short_title: '{title}'\n"))
    assert (tree.source[1].heading, tree.routine.short_title) == (heading, title)
    own = settings(fitted(COMMON, tree))
    assert own["site_name"] == "true: &lt;script&gt;alert(1)&lt;/script&gt; # x"
    assert "1 Stopp: &lt;b&gt;&quot;akut&quot; & [a](b)" in titles(own["nav"])


def test_it_is_in_the_routine_s_language_but_for_names_that_the_site_chose(tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_bytes(COMMON.replace(b"- Ord: ", b"- Stugans ord: "))
    (tmp_path / FITTED).write_bytes(b"site_name: F\xc3")  # an earlier build was cut short
    fit(tmp_path, checked(ENGLISH.read_text("utf-8")))
    own = settings((tmp_path / FITTED).read_bytes())
    assert own["theme"]["language"] == own["plugins"][0]["search"]["lang"] == "en"
    assert {"Find the steps", "Stugans ord"} < set(titles(own["nav"]))
    assert "Rutinen" not in titles(own["nav"])


@pytest.mark.parametrize(
    "config", [b"nav: [", b"- a\n- b\n", b"", b"a: *c\n", b"site_name: f\xf6r\n", b"a: &a [*a]\n"]
)
def test_what_cannot_be_read_is_left_to_the_engine_to_tell(tiny: Tree, config: bytes) -> None:
    assert fitted(config, tiny) == config
    assert changed(config, {"site_name": "x"}) == config
