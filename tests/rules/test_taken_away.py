"""What is taken away and still referred to is one finding, with all its places."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import versions
from generator.cli import main
from generator.locale import t
from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, did_you_mean
from generator.rules import check
from generator.rules.known_target import nothing
from tests.conftest import checked
from tests.listed import listed as listing
from tests.tiers import few


def without(text: str, first: int) -> str:
    """Return the text without the item of a list that begins at a line, which counts from 1."""
    lines = text.split("\n")
    dash = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    end = first
    while lines[end].startswith(" " * (dash + 1)):
        end += 1
    return "\n".join([*lines[: first - 1], *lines[end:]])


@pytest.fixture(scope="module")
def listed(tree: Tree, real_text: str) -> str:
    """The real tree, whose gaps list what they concern."""
    return listing(tree, real_text)


def lines_with(text: str, word: str) -> list[int]:
    """Return the lines, without comments, where an id stands."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return [n for n, line in enumerate(text.split("\n"), 1) if pattern.search(line.partition("# ")[0])]


def missing(text: str, earlier: Callable[[], Tree | None] = nothing) -> list[Diagnostic]:
    return [one for one in check(text, earlier)[1] if one.rule == "known-target"]


def told(message: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", message.rpartition(": rad ")[2])]


def test_a_situation_taken_away_is_one_finding_with_every_line_that_names_it(
    tree: Tree, real_text: str
) -> None:
    for situation in few(tree.situations, 5):
        text = without(real_text, situation.id.pos.line)
        places = lines_with(text, situation.id)
        assert len(places) > 1
        (found,) = missing(text, lambda: tree)
        assert f"fanns i version {tree.routine.version}" in found.hint
        assert "Menade du" not in found.hint
        assert found.pos.line == told(found.message)[0]
        if f"- id: {situation.id}\n" in text:  # of another kind, so other lines have it, too
            assert set(told(found.message)) < set(places)
        else:
            assert told(found.message) == places


def test_a_step_taken_away_is_one_finding_with_the_gaps_about_it(listed: str) -> None:
    """So it is where other situations have the same steps."""
    tree = checked(listed)
    concerned = {place for gap in tree.gaps for place in gap.concerns}
    gone: list[tuple[int, list[str]]] = []
    for situation in tree.situations:
        having = [situation.id, *(s.id for s in tree.situations if s.same_steps_as == situation.id)]
        for step in situation.steps:
            places = [f"{id}/{step.key}" for id in having]
            gone += [(step.pos.line, places)] if concerned & set(places) else []
    assert {len(places) for _, places in gone} == {1, 2}
    for first, places in few(gone, 2, kind=lambda one: len(one[1])):
        text = without(listed, first)
        (found,) = missing(text, lambda: tree)
        assert any(f"”{place}”" in found.message for place in places)
        lines = sorted({line for place in places for line in lines_with(text, place)})
        assert (told(found.message) or [found.pos.line]) == lines
        assert "Menade du" not in found.hint


def test_a_step_that_one_situation_is_without_is_missing_there_alone(listed: str) -> None:
    tree = checked(listed)
    concerned = [place.partition("/") for gap in tree.gaps for place in gap.concerns]
    situation, key = next(
        (s, key)
        for s in tree.situations
        for id, _, key in concerned
        if s.same_steps_as and id == s.id and key not in {"", *(step.key for step in s.steps)}
    )
    line = f"    same_steps_as: {situation.same_steps_as}\n"
    at = listed.index(line, listed.index(f"- id: {situation.id}\n")) + len(line)
    text = f"{listed[:at]}    without: [{key}]\n{listed[at:]}"
    (found,) = missing(text, lambda: tree)
    assert f"”{situation.id}/{key}”" in found.message
    assert (told(found.message) or [found.pos.line]) == lines_with(text, f"{situation.id}/{key}")


def test_an_item_whose_name_cannot_be_read_is_not_missing(tree: Tree, real_text: str) -> None:
    lines = real_text.split("\n")
    situation = tree.situations[1].id.pos.line - 1
    lines[situation] = f"  #{lines[situation]}"
    _, found = check("\n".join(lines), lambda: tree)
    assert [(one.rule, one.pos.line) for one in found] == [("syntax", situation + 2)]


def test_without_an_earlier_version_the_nearest_is_told(tree: Tree, real_text: str, listed: str) -> None:
    ids = tree.ids("situations")
    gone = next(s.id for s in tree.situations if did_you_mean(s.id, ids - {s.id}))
    (found,) = missing(without(real_text, gone.pos.line))
    assert found.hint == did_you_mean(gone, ids - {gone})
    place = next(place for gap in checked(listed).gaps for place in gap.concerns if "/" in place)
    (found,) = missing(listed.replace(f"[{place}", f"[{place}x", 1))
    assert found.hint == t("hints.did-you-mean", word=place)
    # Another step of the situation is not meant only because both stand in it.
    other = place.partition("/")[0] + "/nagot-helt-annat"
    (found,) = missing(listed.replace(f"[{place}", f"[{other}", 1))
    assert found.hint == ""


@pytest.mark.parametrize("put_away", [True, False])
def test_check_asks_the_version_that_was_put_away_last(
    put_away: bool, tmp_path: Path, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tree.yaml").write_text(tiny_text.replace("  - {id: gasten,", "  - {id: kocken,"), "utf-8")
    if put_away:
        versions.keep(tmp_path / "tree.yaml", "2024-01-02.10", tiny_text)
        versions.keep(tmp_path / "tree.yaml", "2024-01-02.9", "a: 1")
    assert main(["--root", str(tmp_path), "--tree", "tree.yaml", "check"]) == 1
    said = capsys.readouterr().err
    assert "[known-target]" in said
    assert ("fanns i version" in said) == put_away
