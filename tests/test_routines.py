"""Several routines in one project: what each becomes, what they may not share, and which one is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from generator.build import configuration, disk, projects, search_of_all, versions
from generator.cli import OF_ALL, main
from generator.commands.several import clashes
from generator.failure import Failure
from generator.locale import speaking
from generator.pages.routines import in_order, list_page
from tests.conftest import checked
from tests.routines import COFFEE, FILES, TEA, copy_routines
from tests.test_configuration import settings

TREES = [checked(text) for text in (TEA, COFFEE)]
OWN = {
    "": [],
    "kaffe": [{"location": "a.html#x", "boost": 2.0}, {"location": "redigera/index.html", "boost": 0.1}],
    "te": [{"location": "a.html", "boost": 1.0}, {"location": "redigera/index.html#y", "boost": 0.1}],
}
TITLES = {"kaffe": "Kaffe", "te": "Te"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_routines(tmp_path / "project")


def run(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


def test_the_list_says_of_each_what_it_is_for_and_when_it_applies() -> None:
    page = html.fromstring(list_page(TREES).partition("---\n\n")[2])
    cards = [" ".join(card.text_content().split()) for card in page.iter("li")]
    assert cards == [
        "Kaffe Rutin för kaffemaskinen. Påhittade kontoret. Version 2024-03-01.1, gäller från 2024-02-01.",
        "Te Utkast. Allt är inte skrivet än. Använd det inte i något ärende. Rutin för tekokaren. Här hittar "
        "du en kopp te. Påhittade kontoret. Version 2024-03-01.1, gäller från 2024-02-01.",
    ]
    assert [link.get("href") for link in page.iter("a")] == ["kaffe/index.html", "te/index.html"]
    assert not page.xpath("//*[@lang]")


def test_the_list_marks_what_is_in_another_language_than_its_own() -> None:
    other = checked(
        COFFEE.replace("language: sv", "language: en").replace("short_title: Kaffe", "short_title: Ö")
    )
    page = html.fromstring(list_page([other, *TREES]).partition("---\n\n")[2])
    assert [element.text for element in page.xpath("//*[@lang='en']")] == ["Ö", "Rutin för kaffemaskinen."]
    assert [str(tree.routine.short_title) for tree in in_order([other, *TREES])] == ["Kaffe", "Te", "Ö"]


def test_each_search_has_its_own_pages_first_and_says_whose_the_others_are() -> None:
    found = search_of_all.of_all(OWN, TITLES, {"redigera/index.html"}, "te")
    assert found == [*OWN["te"], {"location": "../kaffe/a.html#x", "boost": 1.0, "tags": ["Kaffe"]}]


def test_the_list_finds_all_and_what_they_have_in_common_once() -> None:
    found = search_of_all.of_all(OWN, TITLES, {"redigera/index.html"}, "")
    assert [(e["location"], e["tags"], e["boost"]) for e in found] == [
        ("kaffe/a.html#x", ["Kaffe"], 2.0),
        ("kaffe/redigera/index.html", ["Kaffe"], 0.1),
        ("te/a.html", ["Te"], 1.0),
    ]


def test_the_other_engine_shows_whose_a_page_is_where_it_shows_the_page_above() -> None:
    own = {"": [], "kaffe": [{"location": "a.html", "path": ["Sida"]}], "te": []}
    (found,) = search_of_all.of_all(own, TITLES, (), "te")
    assert found["path"] == ["Kaffe", "Sida"]
    assert "tags" not in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  id: te\n", "  id: kaffe\n", "te.yaml: rutinens id ”kaffe” är redan taget av kaffe.yaml."),
        ("  id: te\n", "  id: search\n", "te.yaml: rutinens id kan inte vara ”search”"),
        (
            "label: Vakten",
            "label: Portvakten",
            "te.yaml: enheten ”vakt” heter ”Portvakten”, men i kaffe.yaml",
        ),
    ],
)
def test_what_two_routines_cannot_share_is_said(old: str, new: str, said: str) -> None:
    assert old in TEA
    trees = {"kaffe.yaml": checked(COFFEE), "te.yaml": checked(TEA.replace(old, new))}
    (found,) = clashes(trees)
    assert found.startswith(said)
    assert list(clashes({"kaffe.yaml": checked(COFFEE), "te.yaml": checked(TEA)})) == []


def test_each_has_its_own_address_and_a_way_to_the_list_in_the_common_configuration(project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace('site_url: ""', "site_url: https://example.org/r"), "utf-8"
    )
    own = projects.prepare(project, TREES[0])
    loaded = settings((own / "mkdocs.yml").read_bytes())
    common = settings(config.read_bytes())
    assert loaded.pop("site_url") == "https://example.org/r/te/"
    assert loaded["extra"].pop("all_routines") == "Alla rutiner"
    assert loaded.pop("hooks") == []
    assert loaded == {key: value for key, value in common.items() if key not in ("site_url", "hooks")}
    assert settings((own / ".mkdocs.yml").read_bytes())["site_name"] == "Te"


def test_one_in_another_language_has_the_words_and_the_page_about_the_tool_in_it(project: Path) -> None:
    own = projects.prepare(project, checked(COFFEE.replace("language: sv", "language: en")))
    assert "Find the steps" in (own / ".mkdocs.yml").read_text("utf-8")
    assert "All routines" in (own / ".mkdocs.yml").read_text("utf-8")
    with speaking("en"):
        assert configuration.about_tool()["om-verktyget.md"] == (own / "content/om-verktyget.md").read_bytes()


def test_a_project_follows_the_common_one_and_no_other_s_pages_are_removed(project: Path) -> None:
    tea, coffee = (projects.prepare(project, tree) for tree in TREES)
    (coffee / "content/situation").mkdir()
    (coffee / "content/situation/a.md").write_text("skapad", "utf-8")
    (project / "content/ny.md").write_text("ny", "utf-8")
    disk.write({"skapad.md": "av en rutin som var ensam"}, project / "content")
    (project / "content/redigera/index.md").unlink()
    assert projects.prepare(project, TREES[0]) == tea
    assert (tea / "content/ny.md").read_text("utf-8") == "ny"
    assert not (tea / "content/redigera/index.md").exists()
    assert not (tea / "content/skapad.md").exists()
    assert (coffee / "content/situation/a.md").exists()
    assert "ny.html" in projects.authored_pages(project / "content")


def test_check_says_all_that_is_wrong_with_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "check") == 0
    said = capsys.readouterr().out
    assert "kaffe.yaml: inga fel" in said
    assert "te.yaml: inga fel" in said
    for name, text in FILES.items():
        (project / "tree" / name).write_text(text.replace("ask: fel", "ask: fell"), "utf-8")
    assert run(project, "check") == 1
    said = capsys.readouterr().err
    assert "kaffe.yaml" in said
    assert "te.yaml" in said


def test_a_build_with_findings_in_one_leaves_the_last_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site/index.html").write_text("sist", "utf-8")
    tree = project / "tree/te.yaml"
    tree.write_text(tree.read_text("utf-8").replace("id: te\n", "id: kaffe\n", 1), "utf-8")
    assert run(project, "build") == 1
    assert [file.name for file in (project / "site").rglob("*")] == ["index.html"]
    assert not (project / ".routines").exists()


@pytest.mark.parametrize("command", ["diff", "status", "form", "release", "write"])
def test_what_is_about_one_asks_which(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command not in OF_ALL
    assert run(project, command) == 1
    said = capsys.readouterr().err
    assert said.startswith("Vilken rutin? Här finns tree/kaffe.yaml och tree/te.yaml.")
    assert f"make {command} TREE=tree/kaffe.yaml" in said


def test_the_one_that_is_named_is_taken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "--tree", "tree/te.yaml", "check") == 0
    assert "kaffe.yaml" not in capsys.readouterr().out


def test_versions_are_each_routine_s_own(project: Path) -> None:
    coffee, tea = (project / "tree" / name for name in FILES)
    assert versions.keep(coffee, "1", "kaffe") == project / "tree/versions/kaffe/1.yaml"
    assert versions.keep(tea, "1", "te") == project / "tree/versions/te/1.yaml"
    assert (versions.kept(coffee), versions.kept(tea)) == ({"1": "kaffe"}, {"1": "te"})
    tea.unlink()
    assert versions.kept(coffee) == {"1": "kaffe"}
    alone = project / "ensam" / "te.yaml"
    assert versions.place(alone, "1") == project / "ensam/versions/1.yaml"


def test_versions_that_could_be_anybody_s_stop_and_say_where_to_move_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coffee = project / "tree/kaffe.yaml"
    (project / "tree/versions").mkdir()
    (project / "tree/versions/1.yaml").write_text("", "utf-8")
    with pytest.raises(Failure):
        versions.kept(coffee)
    assert run(project, "check") == 2
    said = capsys.readouterr().err
    assert "Flytta filerna i" in said
    assert str(Path("tree/versions/kaffe")) in said


def test_a_routine_beside_others_leaves_them_and_the_configuration_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert run(project, "new", "saft") == 0
    after = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert after.pop(project / "tree/saft.yaml")
    assert after == before
    assert "startsidan listar dem" in capsys.readouterr().out
    assert run(project, "new", "kaffe") == 1
    assert run(project, "check") == 0


def test_the_second_routine_leaves_the_first_its_versions(project: Path) -> None:
    (project / "tree/te.yaml").unlink()
    coffee = project / "tree/kaffe.yaml"
    versions.keep(coffee, "1", COFFEE)
    assert versions.place(coffee, "1") == project / "tree/versions/1.yaml"
    assert run(project, "new", "saft") == 0
    assert versions.kept(coffee) == {"1": COFFEE}
    assert versions.kept(project / "tree/saft.yaml") == {}
