"""The versions: a changed duty never hides under an old version, and every change is told."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.cli import main
from generator.diff.decisions import decisions
from generator.diff.history import history, problems
from generator.model import Tree
from generator.outputs import outputs
from generator.reading.diagnostics import render
from tests.conftest import TINY, checked

FIRST = """\
revisions:
  - {approved: {by: Rådet, on: 2024-02-28}, version: 2024-03-01.1, date: 2024-03-01, note: Den första.}
"""
SECOND = """\
revisions:
  - {approved: {by: Rådet, on: 2024-03-30}, version: 2024-04-01.1, date: 2024-04-01, note: Vakten fyller på.}
  - {version: 2024-03-01.1, date: 2024-03-01, note: Den första.}
"""
TAKEN_OVER = ("        who: kok\n        with: vakt", "        who: vakt\n        with: kok")
PLACE = "situations/utan-vatten/steps/fylla/note 9c65"
REWORDED = ("note: Kallt vatten.", "note: Iskallt vatten.")


def version(text: str, revisions: str, *changes: tuple[str, str]) -> str:
    """Return the tiny tree's text with these revisions and changes, and the newest version's name."""
    for old, new in (*changes, ("source:\n", f"{revisions}source:\n")):
        assert old in text
        text = text.replace(old, new, 1)
    newest = re.findall(r"version: ([^,\n]+)", revisions)[0]
    return text.replace("  version: 2024-03-01.1\n", f"  version: {newest}\n", 1)


def reported(text: str, kept: dict[str, str]) -> str:
    return render(list(problems(checked(text), kept)), "tree.yaml", text)


@pytest.fixture
def first(tiny_text: str) -> str:
    return version(tiny_text, FIRST)


@pytest.fixture
def second(tiny_text: str) -> str:
    return version(tiny_text, SECOND, TAKEN_OVER)


def test_a_preview_reads_a_dozen_versions_once(tiny_text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2024-04-{day:02}" for day in range(12, 0, -1)]
    lines = [f"  - {{version: {day}.1, date: {day}, note: En dag.}}\n" for day in days]
    texts = [version(tiny_text, f"revisions:\n{''.join(lines[at:])}") for at in range(len(days))]
    kept = {f"{day}.1": text for day, text in zip(days[1:], texts[1:], strict=True)}
    assert len(history(checked(texts[0]), kept)) == 12
    monkeypatch.setattr("generator.diff.history.parse", None)
    edited = checked(texts[0].replace("note: Kallt vatten.", "note: Iskallt vatten."))
    assert len(history(edited, kept)) == 12


def test_a_first_version_needs_nothing_before_it(first: str) -> None:
    assert reported(first, {}) == ""


def test_a_changed_duty_under_the_same_version_is_reported(tiny_text: str, first: str) -> None:
    text = version(tiny_text, FIRST, TAKEN_OVER)
    assert reported(text, {"2024-03-01.1": first}) == (
        "tree.yaml:16:12: fel: Skyldigheter har ändrats sedan versionen ”2024-03-01.1” lades undan. "
        "Höj ”version” och lägg till den överst i ”revisions”. Kör make diff för att se vad som skiljer. "
        "[revision]\n16 |   version: 2024-03-01.1\n                ^~~~~~~~~~~~"
    )


def test_a_changed_duty_needs_a_new_date_too(tiny_text: str, first: str) -> None:
    text = version(tiny_text, SECOND.replace("date: 2024-04-01", "date: 2024-03-01"), TAKEN_OVER)
    assert "dagen är fortfarande 2024-03-01. Skriv den nya versionens dag. [revision]" in reported(
        text, {"2024-03-01.1": first}
    )


ANSWER = f"""
    wording:
      - places:
          - {PLACE}
        by: Kafferådet
        on: 2024-03-05
"""


def test_new_words_under_the_same_version_are_shown_with_the_lines_that_answer_for_them(
    tiny_text: str, first: str
) -> None:
    told = reported(version(tiny_text, FIRST, REWORDED), {"2024-03-01.1": first})
    assert "tree.yaml:141:15: fel: Texten är inte densamma" in told
    assert "Före: ”Kallt vatten.” Nu: ”Iskallt vatten.”" in told
    filled = told.partition("~~\n")[2].replace("by:", "by: Kafferådet").replace("on:", "on: 2024-03-05")
    assert filled == ANSWER.strip("\n")


@pytest.mark.parametrize(
    ("note", "told"),
    [("Iskallt vatten.", ""), ("Varmt vatten.", "Nu: ”Varmt vatten.”"), ("", "(ingen text)")],
)
def test_who_answers_for_words_answers_for_these_alone(
    tiny_text: str, first: str, note: str, told: str
) -> None:
    block = "revisions:\n  - version: 2024-03-01.1\n    date: 2024-03-01\n    note: Den första."
    answered = block + ANSWER
    new = ("        note: Kallt vatten.\n", f"        note: {note}\n" if note else "")
    found = reported(version(tiny_text, answered, new), {"2024-03-01.1": first})
    assert (told in found) if told else found == ""
    assert ("    wording:" in found) is False  # it is there already: a second one would be twice


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("text: Om behållaren är tom", "text: Om behållaren inte är tom"),
            "Nu: ”Om behållaren inte är tom”",
        ),
        (
            (
                "met: Ja, tom\n      unmet: Nej, det finns vatten",
                "met: Nej, det finns vatten\n      unmet: Ja, tom",
            ),
            "",
        ),
        (("unmet: Nej, det finns vatten", "unmet: Nej"), "Före: ”Nej, det finns vatten”"),
        (("label: Inget vatten, short: Inget", "label: Något vatten, short: Inget"), "Nu: ”Något vatten”"),
        (("name: köket", "name: vakten på natten"), "Före: ”köket”"),
        (("modal} fylla på", "modal} inte fylla på"), "inte fylla på"),
        (("text: Rengör maskinen.", "text: Töm maskinen."), "Nu: ”Töm maskinen.”"),
        (("text: Vattnet kan vara hett.", "text: Vattnet är hett."), "Nu: ”Vattnet är hett.”"),
        (("text: för att få ordning", "text: för att slippa ordning"), "slippa ordning"),
        (("text: Vad är fel?", "text: Vad är rätt?"), "Nu: ”Vad är rätt?”"),
        (("heading: Utan vatten", "heading: Utan kaffe"), "Nu: ”Utan kaffe”"),
        (("name: Kaffechefen", "name: Techefen"), "Nu: ”Techefen”"),
        (("label: Fyller på, actions", "label: Tröstar, actions"), "Nu: ”Tröstar”"),
        (("meaning: Där vattnet", "meaning: Där kaffet"), "Nu: ”Där kaffet"),
        (("lead: Läs om vattnet.", "lead: Hoppa över vattnet."), "Hoppa över"),
        (("valid_from: 2024-02-01", "valid_from: 2024-02-09"), "Nu: ”2024-02-09”"),
    ],
)
def test_whatever_a_reader_acts_on_is_stopped(
    tiny_text: str, first: str, change: tuple[str, str], told: str
) -> None:
    """Two texts that change places are two that changed."""
    found = reported(version(tiny_text, FIRST, change), {"2024-03-01.1": first})
    assert told in found
    assert found.count("[revision]") == (1 if told else 2)


def test_a_long_text_shows_what_changed_in_it(tiny_text: str) -> None:
    long = " ".join(["Vattnet är kallt."] * 30)
    old = version(tiny_text, FIRST, ("note: Kallt vatten.", f"note: {long} Ta två koppar. {long}"))
    found = reported(old.replace("Ta två", "Ta tre"), {"2024-03-01.1": old})
    before, after = found.partition("Före: ")[2].split(" Betyder")[0].split(" Nu: ")
    assert ("Ta två koppar" in before, "Ta tre koppar" in after) == (True, True)
    assert max(len(before), len(after)) < 150


def test_a_new_version_with_its_date_is_in_order(second: str, first: str) -> None:
    assert reported(second, {"2024-03-01.1": first}) == ""


@pytest.mark.parametrize(
    ("revisions", "told"),
    [
        (SECOND.replace("2024-04-01.1", "2024-03-01.1"), "”2024-03-01.1” står redan i listan"),
        (SECOND.replace("date: 2024-04-01", "date: 2024-02-01"), "2024-02-01 är tidigare än 2024-03-01"),
    ],
)
def test_a_list_out_of_order_is_reported(tiny_text: str, first: str, revisions: str, told: str) -> None:
    assert told in reported(version(tiny_text, revisions), {"2024-03-01.1": first})


def test_the_version_in_use_stands_first_in_the_list(tiny_text: str, first: str) -> None:
    text = version(tiny_text, SECOND).replace("  version: 2024-04-01.1\n", "  version: 2024-05-01.1\n")
    assert "Versionen är ”2024-05-01.1”, men överst i ”revisions” står ”2024-04-01.1”" in reported(
        text, {"2024-03-01.1": first}
    )


def test_an_earlier_version_has_to_be_there_and_be_readable(second: str) -> None:
    assert "”2024-03-01.1” finns inte i tree/versions" in reported(second, {})
    assert "”2024-03-01.1” i tree/versions går inte att läsa" in reported(second, {"2024-03-01.1": "a: b"})


def test_the_log_tells_what_each_version_changed(second: str, first: str) -> None:
    tree = checked(second)
    newest, oldest = history(tree, {"2024-03-01.1": first})
    assert oldest.difference is None
    assert newest.difference
    assert {unit.id for one in decisions(newest.difference) for unit in one.units} == {"kok", "vakt"}
    page = outputs(tree, second, revised=[newest, oldest])["andringar.md"]
    assert "Version 2024-04-01.1, i verktyget sedan 2024-04-01" in page
    assert "<strong>Fylla på – vem: vakten tillkommer; vem: köket utgår; med vem: köket tillkommer;" in page
    assert 'data-for="kok vakt"' in page
    assert "Den första versionen." in page


def test_a_version_that_is_gone_takes_no_other_with_it(second: str, first: str) -> None:
    third = second.replace(
        "revisions:\n", "revisions:\n  - {version: 2024-05-01.1, date: 2024-05-01, note: Ny.}\n"
    )
    assert [bool(one.difference) for one in history(checked(third), {"2024-03-01.1": first})] == [
        True,
        False,
        False,
    ]
    assert [one.difference for one in history(checked(second), {})] == [None, None]


def test_a_routine_without_revisions_says_so(tiny: Tree, tiny_text: str) -> None:
    assert "Rutinen har inga antecknade versioner." in outputs(tiny, tiny_text)["andringar.md"]


@pytest.fixture
def project(tmp_path: Path, first: str) -> Path:
    """A folder with the tiny tree as its first version, put away."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/tree.yaml").write_text(first, "utf-8")
    assert run(tmp_path, "release") == 0
    return tmp_path


def run(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), "--tree", "tree/tree.yaml", *arguments])


def test_release_puts_the_version_away_as_it_is(project: Path, first: str) -> None:
    assert (project / "tree/versions/2024-03-01.1.yaml").read_text("utf-8") == first


def test_release_refuses_a_tree_with_findings(project: Path) -> None:
    before = sorted((project / "tree/versions").iterdir())
    (project / "tree/tree.yaml").write_text("routine: {}", "utf-8")
    assert run(project, "release") == 1
    assert sorted((project / "tree/versions").iterdir()) == before


def test_release_never_changes_a_version_that_was_put_away(
    project: Path, first: str, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not its words either, whoever says that they mean the same."""
    kept = project / "tree/versions/2024-03-01.1.yaml"
    answered = FIRST.replace(".}", f"., wording: [{{places: [{PLACE}], by: Rådet, on: 2024-03-05}}]}}")
    (project / "tree/tree.yaml").write_text(version(tiny_text, answered, REWORDED), "utf-8")
    assert run(project, "check") == 0
    assert run(project, "release") == 1
    assert "redan undanlagd och skiljer sig" in capsys.readouterr().err
    assert kept.read_text("utf-8") == first
    (project / "tree/tree.yaml").write_text(f"# en kommentar\n{first}", "utf-8")
    assert run(project, "release") == 0


@pytest.mark.parametrize(
    ("approved", "told"),
    [
        ("", "tree.yaml:16:12: fel: Versionen ”2024-03-01.1” är inte godkänd"),
        ("approved: {by: Rådet, on: 9999-01-01}, ", "godkänd 9999-01-01, men den dagen har inte kommit"),
    ],
)
def test_only_what_somebody_has_approved_is_put_away(
    tmp_path: Path, tiny_text: str, capsys: pytest.CaptureFixture[str], approved: str, told: str
) -> None:
    file = tmp_path / "tree/tree.yaml"
    file.parent.mkdir()
    without = FIRST.replace("approved: {by: Rådet, on: 2024-02-28}, ", approved)
    file.write_text(version(tiny_text, without), "utf-8")
    assert run(tmp_path, "release") == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "tree/versions").exists()


def test_a_routine_without_revisions_is_told_all_that_is_to_write(
    tmp_path: Path, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines that are shown do, once they are filled in."""
    file = tmp_path / "tree/tree.yaml"
    file.parent.mkdir()
    file.write_text(tiny_text, "utf-8")
    assert run(tmp_path, "release") == 1
    lines = capsys.readouterr().err.partition("revisions:")
    filled = "".join(lines[1:]).replace("by: , on: ", "by: Rådet, on: 2024-02-28")
    filled = filled.replace("date:", "date: 2024-03-01").replace("note:", "note: Den första.")
    file.write_text(tiny_text.replace("source:\n", f"{filled}source:\n", 1), "utf-8")
    assert run(tmp_path, "release") == 0


def test_a_version_put_away_stays_on_the_list(second: str, first: str) -> None:
    assert "saknas i ”revisions”" in reported(second, {"2024-03-01.1": first, "2024-02-01.1": first})


def test_diff_after_release_tells_what_the_version_changed(
    project: Path, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "tree/tree.yaml").write_text(second, "utf-8")
    assert run(project, "release") == 0
    capsys.readouterr()
    assert run(project, "diff") == 0
    assert "Från version 2024-03-01.1 till version 2024-04-01.1" in capsys.readouterr().out


def test_a_unit_that_loses_a_duty_sees_who_has_it_now(
    project: Path, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = ("        who: kok\n        with: vakt\n", "        who: vakt\n")
    (project / "tree/tree.yaml").write_text(version(tiny_text, SECOND, alone), "utf-8")
    assert run(project, "diff") == 0
    said = capsys.readouterr().out
    assert "Berör köket (gäller inte längre enheten) och vakten" in said
    assert "Nu: " in said


def test_check_reports_a_duty_that_changed_since(
    project: Path, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "tree/tree.yaml").write_text(version(tiny_text, FIRST, TAKEN_OVER), "utf-8")
    assert run(project, "check") == 1
    assert "[revision]" in capsys.readouterr().err


def test_diff_compares_with_the_version_put_away_last(
    project: Path, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "tree/tree.yaml").write_text(second, "utf-8")
    assert run(project, "diff", "--save", "mote") == 0
    said = capsys.readouterr().out
    assert "Från version 2024-03-01.1 till version 2024-04-01.1" in said
    assert "För vakten: ändring 1" in said
    assert "vem: vakten tillkommer" in (project / "mote/andringar.html").read_text("utf-8")
    assert (project / "mote/andringar.pdf").read_bytes().startswith(b"%PDF")


def test_diff_fails_when_a_duty_hides_under_an_old_version(
    project: Path, tiny_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = project / "other.yaml"
    other.write_text(version(tiny_text, FIRST, TAKEN_OVER), "utf-8")
    assert run(project, "diff", str(project / "tree/tree.yaml"), str(other)) == 1
    assert "båda versionerna heter ”2024-03-01.1”" in capsys.readouterr().err
    same_day = project / "same-day.yaml"
    text = version(tiny_text, SECOND.replace("date: 2024-04-01", "date: 2024-03-01"), TAKEN_OVER)
    same_day.write_text(text, "utf-8")
    assert run(project, "diff", str(project / "tree/tree.yaml"), str(same_day)) == 1
    assert "båda versionerna har dagen 2024-03-01" in capsys.readouterr().err


def test_diff_reads_revisions_of_git(project: Path, second: str, capsys: pytest.CaptureFixture[str]) -> None:
    name = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    for arguments in (("init", "-q"), ("add", "."), (*name, "commit", "-qm", "First")):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    (project / "tree/tree.yaml").write_text(second, "utf-8")
    assert main(["--root", str(project), "--tree", str(project / "tree/tree.yaml"), "diff", "HEAD"]) == 0
    assert capsys.readouterr().out
    assert run(project, "diff", "HEAD") == 0
    assert "För vakten: ändring 1" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["no-such-thing", "--output=x", "HEAD~99"])
def test_diff_says_when_there_is_no_such_version(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "diff", "--", name) == 1
    said = capsys.readouterr().err
    assert "är varken en fil eller en revision i git" in said
    assert not (project / "x").exists()


def test_diff_says_what_is_wrong_with_a_version_that_it_cannot_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = project / "broken.yaml"
    broken.write_text("routine: {", "utf-8")
    assert run(project, "diff", str(broken)) == 1
    said = capsys.readouterr().err
    assert "broken.yaml:2:1: fel:" in said
    assert "går inte att jämföra" in said


def test_diff_without_a_version_put_away_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/tree.yaml").write_text(TINY.read_text("utf-8"), "utf-8")
    assert run(tmp_path, "diff") == 1
    assert "Kör make release" in capsys.readouterr().err


def test_a_routine_without_revisions_has_no_history(tiny: Tree) -> None:
    assert tiny.revisions == ()
    assert history(tiny, {}) == []
