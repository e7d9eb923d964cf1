"""The bundle's parts, from a small invented site."""

from __future__ import annotations

import json
import subprocess
import zipfile
from argparse import Namespace
from io import BytesIO
from pathlib import Path

import pytest

from generator.build.engine import ENGINES
from generator.bundle import archive
from generator.commands import bundle as command
from generator.commands import site
from generator.model import Tree
from tests.conftest import ROOT

TOOLS = command.tools("mkdocs")
INDEX = json.dumps({"config": {"lang": ["sv"]}}).encode()
LANGUAGE = "assets/javascripts/lunr/min/lunr.{}.min.js"
SITE = {
    "index.html": b"<p>",
    "search/search_index.json": INDEX,
    **{LANGUAGE.format(name): name.encode() for name in ("sv", "th", "stemmer.support")},
    "assets/javascripts/lunr/wordcut.js": b"x",
    "assets/javascripts/bundle.min.js.map": b"x",
}


def unpack(tree: Tree, to: Path, site: dict[str, bytes] = SITE) -> Path:
    files = archive.contents(archive.of_routine(tree), site, {"nginx/a.conf": b"a"}, TOOLS)
    packed = archive.packed(archive.of_routine(tree).name, files, tree.routine.revised_on)
    zipfile.ZipFile(BytesIO(packed)).extractall(to)
    (folder,) = to.iterdir()
    return folder


def verified(folder: Path) -> bool:
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def test_its_name_is_the_routine_s_and_its_version_s(tiny: Tree) -> None:
    assert archive.of_routine(tiny).name == "kaffe-2024-03-01.1"
    assert archive.slug(" Å/ä ö..\\ É") == "a-a-o..-e"


def test_the_sums_cover_every_file_and_tell_of_one_changed_byte(tiny: Tree, tmp_path: Path) -> None:
    folder = unpack(tiny, tmp_path)
    assert verified(folder)
    listed = {line[66:] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    files = {path for path in folder.rglob("*") if path.is_file()}
    assert listed == {path.relative_to(folder).as_posix() for path in files} - {"SHA256SUMS"}
    for file in sorted(files - {folder / "SHA256SUMS"}):
        good = file.read_bytes()
        file.write_bytes(bytes([good[0] ^ 1]) + good[1:])
        assert not verified(folder), file
        file.write_bytes(good)
    assert verified(folder)


def test_only_the_site_s_own_languages_of_search_go_along(tiny: Tree, tmp_path: Path) -> None:
    below = unpack(tiny, tmp_path) / "site/assets/javascripts/lunr"
    names = {path.name for path in below.rglob("*.js")}
    assert names == {"lunr.sv.min.js", "lunr.stemmer.support.min.js"}


def test_each_of_several_routines_keeps_the_languages_of_its_own_search() -> None:
    english = json.dumps({"config": {"lang": ["en"]}}).encode()
    among = {f"te/{path}": content for path, content in SITE.items()} | {
        "te/search/search_index.json": english
    }
    among["te/" + LANGUAGE.format("en")] = b"en"
    about = archive.About("Rutiner", "2024-05-02", "2024-05-02")
    names = {path for path in archive.contents(about, {**SITE, **among}, {}, TOOLS) if ".min.js" in path}
    kept = {"": ("stemmer.support", "sv"), "te/": ("en", "stemmer.support")}
    assert names == {f"site/{at}{LANGUAGE.format(one)}" for at, ones in kept.items() for one in ones}
    assert about.name == "rutiner-2024-05-02"


def test_the_maps_of_the_theme_s_sources_stay(tiny: Tree, tmp_path: Path) -> None:
    assert not list(unpack(tiny, tmp_path).rglob("*.map"))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_bill_names_one_version_of_all_that_an_engine_s_site_carries_or_was_built_with(
    tiny: Tree, engine: str
) -> None:
    files = archive.contents(archive.of_routine(tiny), SITE, {}, command.tools(engine), engine)
    bill = json.loads(files[archive.BILL_OF_MATERIALS])
    for kind in ("shipped", "tool"):
        parts = [one for one in bill["components"] if one["bom-ref"].startswith(kind)]
        names = [one["name"] for one in parts]
        assert len(names) == len(set(names)) > 5
        assert [one["name"] for one in parts if not one.get("version")] == []
        assert (engine == "zensical") == ("zensical" in names)
    inside = {one["name"]: one.get("components", []) for one in parts}
    assert [one["name"] for one in inside["pyyaml"]] == ["libyaml"]
    assert all(one["licenses"] for every in inside.values() for one in every)


def test_everything_a_server_needs_goes_along(tiny: Tree, tmp_path: Path) -> None:
    assert (unpack(tiny, tmp_path) / "deploy/nginx/a.conf").read_bytes() == b"a"


def test_the_same_site_gives_the_same_bytes_in_any_order(tiny: Tree) -> None:
    made = []
    for built in (SITE, dict(reversed(SITE.items()))):
        files = archive.contents(archive.of_routine(tiny), built, {}, TOOLS)
        made.append(archive.packed("a", files, "2024-03-01"))
    assert made[0] == made[1]
    with zipfile.ZipFile(BytesIO(made[0])) as zipped:
        assert {entry.date_time[:3] for entry in zipped.infolist()} == {(2024, 3, 1)}
        assert {entry.external_attr >> 16 for entry in zipped.infolist()} == {0o100644}
        assert zipped.namelist() == sorted(zipped.namelist())


def test_a_changed_file_has_another_time_though_it_is_as_long() -> None:
    """A web server takes a file with the same time and size for the same file."""
    times = set()
    for text in (b"en", b"ny", b"nu"):
        with zipfile.ZipFile(BytesIO(archive.packed("a", {"index.html": text}, "2024-03-01"))) as zipped:
            times.add(zipped.infolist()[0].date_time)
    assert len(times) == 3


def test_a_document_may_be_older_than_what_a_zip_can_tell() -> None:
    with zipfile.ZipFile(BytesIO(archive.packed("a", {"index.html": b""}, "1975-03-01"))) as zipped:
        assert zipped.infolist()[0].date_time[:3] == (1980, 1, 1)


def test_the_bill_is_numbered_by_what_the_bundle_holds(tiny: Tree) -> None:
    serials = {
        json.loads(
            archive.contents(archive.of_routine(tiny), {**SITE, "index.html": text}, {}, TOOLS)[
                archive.BILL_OF_MATERIALS
            ]
        )["serialNumber"]
        for text in (b"a", b"b", b"a")
    }
    assert len(serials) == 2


def test_the_command_packs_what_was_built(
    tiny: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    (root / "tree").mkdir(parents=True)
    text = (ROOT / "tests/tiny/tree.yaml").read_bytes()
    (root / "tree/tiny.yaml").write_bytes(text)
    (root / "deploy/nginx").mkdir(parents=True)
    (root / "deploy/nginx/site.conf").write_text("server {}")

    def built(_: Namespace) -> Tree:
        for path, content in SITE.items():
            (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "site" / path).write_bytes(content)
        return tiny

    monkeypatch.setattr(site, "built", built)
    options = Namespace(root=root, tree=Path("tree/tiny.yaml"), engine="mkdocs")
    assert command.bundle(options) == 0
    (made,) = (root / "dist").iterdir()
    first = made.read_bytes()
    names = zipfile.ZipFile(made).namelist()
    assert {f"kaffe-2024-03-01.1/{path}" for path in ("site/index.html", "deploy/nginx/site.conf")} <= set(
        names
    )
    assert command.bundle(options) == 0
    assert made.read_bytes() == first
    monkeypatch.setattr(site, "built", lambda _: None)
    made.unlink()
    assert command.bundle(options) == 1
    assert not made.exists()
