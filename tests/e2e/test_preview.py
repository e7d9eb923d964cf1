"""Serving: an edit stands in the browser, a mistake in the terminal, and the last good site stays."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from generator.build.configuration import FITTED
from generator.build.preview import REST
from generator.pages.editor.status import BEFORE
from generator.pages.editor.status import PAGE as STATUS
from tests.conftest import copy_project, copy_small_project
from tests.e2e import accessibility as a11y
from tests.tiers import few

PAGE = "situation/barnfamilj-ekonomi-skuld.html"
LONG = 120_000  # milliseconds that an edit may take to be shown


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A running ``serve`` with its address and what it has said."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.address = f"127.0.0.1:{free_port()}"
        self.log = project / "log.txt"
        self.output = self.log.open("w")
        command = [sys.executable, "-m", "generator", "serve", "--address", self.address]
        self.temporary = project / "temporary"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            command,
            cwd=project,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=self.output,
            stderr=self.output,
        )

    def get(self, path: str) -> str:
        return self.get_bytes(path).decode("utf-8", "replace")

    def get_bytes(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=120) as answer:
                return bytes(answer.read())
        except OSError:
            return b""

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def stop(self) -> int:
        """Stop it as somebody impatient does, or a task runner that passes on what its group gets, too."""
        self.process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        self.process.terminate()
        code = self.process.wait(60)
        self.output.close()
        assert "Traceback" not in self.said()
        return code


def until(condition: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def _changeable(folder: Path) -> Path:
    """Return a copy of the project whose version is not put away, so that its texts may still change."""
    project = copy_project(folder)
    max((project / "tree/versions").glob("*.yaml")).unlink()
    return project


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(_changeable(tmp_path))
    try:
        assert until(lambda: "informationsbrev" in running.get(PAGE)), running.said()
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def edit(preview: Preview, old: str, new: str) -> None:
    tree = preview.project / "tree/avhysning.yaml"
    new_tree = preview.project / "new.yaml"
    new_tree.write_text(tree.read_text("utf-8").replace(old, new), "utf-8")
    new_tree.replace(tree)  # at once, so that one edit is one change


def test_an_edit_is_served_and_told_and_a_mistake_leaves_the_last_good_site(
    preview: Preview, page: Page
) -> None:
    """In the reader's pages, in the terminal, and on the editor's own page, which follows by itself."""
    assert until(lambda: f"http://{preview.address}/" in preview.said())
    page.goto(f"http://{preview.address}/{STATUS}")
    expect(page).to_have_title(re.compile("^Inga fel"))

    edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
    assert until(lambda: "fint brev" in preview.get(PAGE))
    leads_to_the_pages_before_and_now(page, preview.address)

    edit(preview, "      - action: kalla", "      - action: kala")
    assert until(lambda: "[known-target]" in preview.said())
    assert "Traceback" not in preview.said()
    assert "fint brev" in preview.get(PAGE)
    expect(page.locator("mark").get_by_text("kala", exact=True).first).to_be_visible(timeout=LONG)
    expect(page).to_have_title(re.compile("^[0-9]+ fel"))
    assert inaccessible(page) == []

    written = preview.project / "content/om-verktyget.md"  # goes on being shown
    written.write_text(written.read_text("utf-8") + "\nEtt nytt stycke.\n", "utf-8")
    assert until(lambda: "Ett nytt stycke." in preview.get("om-verktyget.html"))
    assert preview.said().count("Inget skrevs") == 1
    assert "Menade du ”kalla”?" in preview.get(STATUS)
    rebuilds = "Ändringen visas efter"
    assert until(lambda: preview.said().count(rebuilds) >= 2)
    assert preview.said().count(rebuilds) == 2  # one per good edit, none for the mistake

    edit(preview, "      - action: kala\n", "      - action: kalla\n")
    edit(preview, "fint brev", "ännu finare brev")
    assert until(lambda: "ännu finare brev" in preview.get(PAGE))
    assert "ännu finare brev" in preview.get(STATUS)
    assert not list(preview.project.rglob(f"{Path(STATUS).stem}*"))  # for no build to take along
    assert not (preview.project / "content/.generated.json").exists()
    expect(page.get_by_text("ännu finare brev").first).to_be_visible(timeout=LONG)  # it reloads no more
    page.goto("about:blank")
    assert preview.stop() == 0
    assert not list(preview.temporary.iterdir())  # nothing is left behind


def leads_to_the_pages_before_and_now(page: Page, address: str) -> None:
    changed = page.get_by_role("listitem").filter(has_text="fint brev").first
    expect(changed).to_be_visible(timeout=LONG)
    before, now = changed.locator("dd").all()
    top = "side => side.getBoundingClientRect().top"
    assert before.evaluate(top) == now.evaluate(top)  # beside each other
    assert inaccessible(page) == []
    for name, folder, told in (("före", BEFORE, "informationsbrev"), ("nu", "", "fint brev")):
        changed.get_by_role("link", name=re.compile(f"^{name}:")).click()
        page.wait_for_url(f"http://{address}/{folder}*/*.html*")
        expect(page.get_by_text(told).first).to_be_visible()
        page.go_back()


def inaccessible(page: Page) -> list[str]:
    """Return what a page without the theme has that is not accessible, wide and light, narrow and dark."""
    schemes: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1280, "light"), (320, "dark"))
    found = []
    for width, scheme in schemes:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [*a11y.check_axe(page), *a11y.check(page, "reflow")]
    return found


@pytest.mark.full
def test_what_is_saved_in_a_burst_is_one_edit(preview: Preview) -> None:
    rebuilds, tree, slow = "Ändringen visas efter", preview.project / "tree/avhysning.yaml", True
    text = tree.read_text("utf-8")
    while slow:  # a machine that rests longer between two writes than a file has to makes two of it
        before, written = preview.said().count(rebuilds), []
        for number in range(8):
            tree.write_text(text.replace("ett informationsbrev", f"brev {number}"), "utf-8")
            written.append(time.monotonic())
            time.sleep(0.06)
        slow = max(later - earlier for earlier, later in pairwise(written)) > REST * 0.8
        assert until(lambda before=before: preview.said().count(rebuilds) > before)  # type: ignore[misc]
        time.sleep(4)
    assert preview.said().count(rebuilds) == before + 1


@pytest.mark.full
def test_an_edit_is_shown_in_what_is_made_on_request_and_in_the_search(preview: Preview) -> None:
    pdf = "checklista/barnfamilj-ekonomi-skuld.pdf"
    before = preview.get_bytes(pdf)
    assert before.startswith(b"%PDF-")
    assert "informationsbrev" in preview.get("navigator.html")
    assert preview.get("checklista/finns-inte.pdf") == ""
    edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
    assert until(lambda: "fint brev" in preview.get(PAGE))
    assert preview.get_bytes(pdf) not in (before, b"")
    assert "fint brev" in preview.get("navigator.html")
    locations = [entry["location"] for entry in json.loads(preview.get("search/search_index.json"))["docs"]]
    assert PAGE in locations
    assert "ordlista.html" in locations  # a page that the edit left alone
    assert len(locations) == len(set(locations))


@pytest.mark.full
def test_only_the_pages_that_an_edit_is_about_are_rendered(preview: Preview) -> None:
    def rendered() -> dict[str, int]:
        site = next(preview.temporary.glob("rutin-*/site.*"))
        return {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*.html")}

    before = rendered()
    edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
    assert until(lambda: "fint brev" in preview.get(PAGE))
    after = rendered()
    changed = {path for path in before if before[path] != after[path]}
    assert PAGE in changed
    assert "grunder.html" not in changed
    assert len(changed) < len(before) / 2


@pytest.mark.full
def test_a_page_written_by_hand_is_served_anew_and_so_are_a_new_one_and_the_menu(preview: Preview) -> None:
    page = preview.project / "content/om-verktyget.md"
    page.write_text(page.read_text("utf-8") + "\nEtt nytt stycke.\n", "utf-8")
    assert until(lambda: "Ett nytt stycke." in preview.get("om-verktyget.html"))
    (preview.project / "content/redigera/mer.md").write_text("# Mer\n", "utf-8")
    assert until(lambda: "Mer" in preview.get("redigera/mer.html"))
    (preview.project / "content/redigera/mer.md").unlink()
    assert until(lambda: preview.get("redigera/mer.html") == "")
    edit(preview, "menu: Barnfamiljer", "menu: Familjer med barn")
    assert until(lambda: "1 Familjer med barn" in preview.get("ordlista.html"))
    settings = preview.project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("- Vem gör vad:", "- Tabellen:"), "utf-8")
    assert until(lambda: "Tabellen" in preview.get("kronofogden.html") + preview.get("ordlista.html"))
    settings.write_text("nav: [", "utf-8")
    assert until(lambda: "kunde inte byggas" in preview.said())
    assert "Tabellen" in preview.get("ordlista.html")
    assert "Traceback" not in preview.said()


@pytest.mark.full
def test_what_the_disk_refuses_does_not_end_the_preview(preview: Preview) -> None:
    manifest = next(preview.temporary.glob("rutin-*/content/.generated.json"))
    manifest.unlink()
    manifest.mkdir()  # cannot be written over
    edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
    assert until(lambda: "Det gick inte att läsa eller skriva" in preview.said())
    assert "informationsbrev" in preview.get(PAGE)
    manifest.rmdir()
    edit(preview, "fint brev", "ännu finare brev")
    assert until(lambda: "ännu finare brev" in preview.get(PAGE))


@pytest.mark.full
def test_an_internal_error_does_not_end_the_preview(preview: Preview) -> None:
    script = preview.project / "site_overrides/assets/page.js"
    sound = script.read_bytes()
    script.write_bytes(b"\xff")  # navigator.html has this as text
    assert preview.get("navigator.html") == ""
    assert "fel i verktyget" in preview.said()
    assert "informationsbrev" in preview.get(PAGE)
    script.write_bytes(sound)
    edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
    assert until(lambda: "fint brev" in preview.get("navigator.html"))


@pytest.mark.full
def test_a_broken_tree_at_the_start_shows_what_was_written_before(tmp_path: Path) -> None:
    project = _changeable(tmp_path)
    command = [sys.executable, "-m", "generator", "serve", "--address", f"127.0.0.1:{free_port()}"]
    assert (
        subprocess.run([*command[:3], "write"], cwd=project, capture_output=True, check=False).returncode == 0
    )
    tree = project / "tree/avhysning.yaml"
    tree.write_text(tree.read_text("utf-8").replace("action: kalla", "action: kala", 1), "utf-8")
    preview = Preview(project)
    try:
        assert until(lambda: "informationsbrev" in preview.get(PAGE)), preview.said()
        assert "[known-target]" in preview.said()
        edit(preview, "{action: kala,", "{action: kalla,")
        edit(preview, "skicka ett informationsbrev", "skicka ett fint brev")
        assert until(lambda: "fint brev" in preview.get(PAGE)), preview.said()
    finally:
        preview.stop()
    tree.write_text("", "utf-8")
    for lost in (project / FITTED, project / "content"):
        kept = lost.rename(tmp_path / "kept")
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        kept.rename(lost)


def test_a_taken_address_is_said_in_one_line(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        command = [sys.executable, "-m", "generator", "serve", "--address", address]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"använder redan {address}" in done.stderr
    assert done.stdout == ""  # before anything is generated


@pytest.mark.parametrize("address", few(["127.0.0.1", "localhost:abc", ":8000", "127.0.0.1:99999"]))
def test_an_address_that_is_none_is_said_in_one_line(tmp_path: Path, address: str) -> None:
    command = [sys.executable, "-m", "generator", "serve", "--address", address]
    done = subprocess.run(command, cwd=copy_project(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "värd:port" in done.stderr


def test_plain_mkdocs_build_works_on_a_fresh_clone(tmp_path: Path) -> None:
    project = copy_small_project(tmp_path)
    done = mkdocs_build(project)
    assert done.returncode == 0, done.stderr
    page = (project / "site/avsnitt/stopp.html").read_text("utf-8")
    assert " - Kaffe</title>" in page
    assert re.search(
        r'href="stopp.html" class="md-nav__link[^"]*">\s*<span class="md-ellipsis">\s*1 Stopp', page
    )


@pytest.mark.full
def test_plain_mkdocs_build_says_what_is_wrong_with_a_broken_tree(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    tree = project / "tree/avhysning.yaml"
    tree.write_text(tree.read_text("utf-8").replace("action: kalla", "action: kala", 1), "utf-8")
    done = mkdocs_build(project)
    assert done.returncode != 0
    assert "[known-target]" in done.stderr
    assert "Traceback" not in done.stderr


def mkdocs_build(project: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "RUTIN_WRITTEN"} | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
