"""The editor's page says what check, advise and diff say, leads to pages that are there, and stands alone."""

from __future__ import annotations

import posixpath
import re
from argparse import Namespace
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.load import look
from generator.commands.status import ServedStatus
from generator.diff.compare import compare
from generator.pages.addresses import all_known
from generator.pages.editor.form import FILE
from generator.pages.editor.status import BEFORE, FORM, NOW, PAGE, TO_SEND
from generator.pages.report.changes import report
from generator.readability.advice import advice
from generator.rules import unwritten
from tests.conftest import REAL, ROOT, TINY, checked, generated
from tests.playground import TREE

VERSION, NEXT = "2024-05-06.1", "2025-02-03.1"
FORCE = ("        phase: pa-plats\n        force: should\n", "        phase: pa-plats\n        force: must\n")
WORDS = ("  invitation: Har du sett", "  invitation: Kan anmälan anses vara ifylld? Har du sett")
RAISED = (
    (f"  version: {VERSION}\n  language", f"  version: {NEXT}\n  language"),
    ("\nrevisions:\n", f"\nrevisions:\n  - {{version: {NEXT}, date: 2025-02-10, note: Nytt.}}\n"),
)
LOST = ("who: parkdrift\n        purpose", "who: '<script>'\n        purpose")


@pytest.fixture
def options(tmp_path: Path) -> Namespace:
    """The playground, put away as it is."""
    versions = tmp_path / "tree/versions"
    versions.mkdir(parents=True)
    for file in (versions / f"{VERSION}.yaml", tmp_path / "tree/lekplats.yaml"):
        file.write_bytes(TREE.read_bytes())
    return Namespace(root=tmp_path, tree=Path("tree/lekplats.yaml"))


def edit(options: Namespace, *changes: tuple[str, str]) -> str:
    text = TREE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (options.root / options.tree).write_text(text, "utf-8")
    return text


def served(options: Namespace) -> ServedStatus:
    status = ServedStatus(options)
    status.show(look(options))
    return status


def page(status: ServedStatus, path: str = PAGE) -> str:
    return (status.on_request(path) or b"").decode()


def said(html: str) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def led_to(html: str) -> set[str]:
    """Return the files that a page leads to."""
    return {href for href in re.findall(r'<a [^>]*href="([^"#]+)', html) if ":" not in href}


@pytest.mark.parametrize("raised", [(), RAISED], ids=["stopped", "shown"])
def test_it_says_what_check_advise_and_diff_say(
    options: Namespace, raised: tuple[tuple[str, str], ...]
) -> None:
    text = edit(options, FORCE, WORDS, *raised)
    now, findings = checked(text), look(options).findings
    assert bool(findings) is (not raised)
    status, advised = served(options), advice(now, text)
    assert advised
    for path in (PAGE, TO_SEND):
        told = said(page(status, path))
        for one in (*findings, *advised):
            assert f"Rad {one.pos.line}, kolumn {one.pos.column}: {one.message}" in told
            assert said(text.splitlines()[one.pos.line - 1][:60]).strip() in told
        data = report(compare(checked(TREE.read_text("utf-8")), now))
        assert data["approved"] in told
        assert len(data["decisions"]) == 1
        groups = [group for section in data["sections"] for group in section["groups"]]
        for item in (*data["decisions"], *(item for group in groups for item in group["items"])):
            for part in (item["label"], item["before"], item["after"]):
                assert said(part) in told


def test_it_says_which_documents_that_somebody_needs_have_no_link(options: Namespace) -> None:
    text = edit(options, (", url: https://www.example.org/karta", ""))
    titles = {document.title: document.pos.line for document in checked(text).documents}
    for path in (PAGE, TO_SEND):
        told = re.findall("Länk saknas till ”(.*?)” \\(rad ([0-9]+)\\)", said(page(served(options), path)))
        assert [title for title, _ in told] == ["Råd om trygg lek", "Lekplatskartan"]
        assert [int(line) for _, line in told] == [titles[title] for title, _ in told]


def test_it_says_what_is_left_to_write_in_a_draft(options: Namespace) -> None:
    whole = ("  start: start\n", "  start: start\n  draft: true\n")
    edit(options, whole)
    assert "Kvar att skriva" not in said(page(served(options)))
    text = edit(options, whole, ("{nej: trasig-lampa, ja:", "{ja:"))
    left = unwritten(text)
    assert left
    for path in (PAGE, TO_SEND):
        _, _, told = said(page(served(options), path)).partition("Kvar att skriva")
        for one in left:
            assert f"Rad {one.pos.line}, kolumn {one.pos.column}: {one.message}" in told


def test_where_nothing_can_be_compared_it_tells_the_findings_with_their_lines(options: Namespace) -> None:
    edit(options, LOST)
    html = page(served(options))
    (one, *_) = look(options).findings
    assert one.hint in said(html)
    assert "&lt;script" in "".join(re.findall("<mark>.*?</mark>", html))
    assert "<script" not in html
    assert f'href="redigera/fel/{one.rule}.html"' in html
    assert "Jämförelsen och råden visas när felen är rättade." in said(html)


@pytest.mark.parametrize("raised", [(), RAISED], ids=["stopped", "shown"])
def test_all_that_it_leads_to_is_there(options: Namespace, raised: tuple[tuple[str, str], ...]) -> None:
    text = edit(options, FORCE, *raised)
    status = served(options)
    site = {path.replace(".md", ".html") for path in generated(text)}
    todo, seen = led_to(page(status)), {PAGE}
    assert {path.partition("/")[0] + "/" for path in todo} >= ({BEFORE} if raised else {BEFORE, NOW})
    while todo:
        path = todo.pop()
        seen.add(path)
        if not path.startswith((BEFORE, NOW)):
            assert path in (TO_SEND, FORM, *site) or (ROOT / "content" / path).with_suffix(".md").exists(), (
                path
            )
            continue
        html = page(status, path)
        assert html, path
        below = (posixpath.join(posixpath.dirname(path), href) for href in led_to(html))
        todo |= {posixpath.normpath(path) for path in below} - seen
    assert any(path.startswith(f"{BEFORE}situation/") for path in seen)


@pytest.mark.parametrize("file", [REAL, TREE, TINY], ids=["real", "playground", "tiny"])
def test_every_page_that_a_change_can_lead_to_is_on_the_site(file: Path) -> None:
    text = file.read_text("utf-8")
    made = generated(text)
    for address in all_known(checked(text)):
        page, _, id = address.partition("#")
        assert f'id="{id}"' in made[page.replace(".html", ".md")] or not id, address


def test_each_page_is_that_of_its_version(options: Namespace) -> None:
    edit(options, FORCE, *RAISED)
    status = served(options)
    (before,) = {href for href in led_to(page(status)) if href.startswith(f"{BEFORE}situation/")}
    sides = [page(status, folder + before.removeprefix(BEFORE)) for folder in (BEFORE, NOW)]
    assert VERSION in sides[0]
    assert sides[0].count(">bör<") == sides[1].count(">bör<") + 1


def test_an_edit_is_seen_when_it_is_shown(options: Namespace) -> None:
    status = served(options)
    assert "Inga fel." in page(status)
    edit(options, LOST)
    assert "Inga fel." in page(status)  # what is told belongs together
    status.show(look(options))
    assert "Inga fel." not in page(status)


def test_the_file_to_send_asks_for_nothing_and_leads_nowhere(options: Namespace) -> None:
    edit(options, FORCE)
    assert main(["--root", str(options.root), "status"]) == 0
    html = (options.root / PAGE).read_text("utf-8")
    assert "default-src 'none'" in unescape(html)
    assert not re.search("<script|<a |src=|url\\(|@import", html)
    assert "http" not in html.replace("http-equiv", "")
    assert re.sub(r"\d\d:\d\d", "", html) == re.sub(r"\d\d:\d\d", "", page(served(options), TO_SEND))


def test_only_the_editor_gets_it(options: Namespace) -> None:
    text = edit(options, FORCE, *RAISED)
    status = served(options)
    alone = [PAGE, TO_SEND, FORM, FILE]
    assert [path for path in (*alone, "index.html") if status.on_request(path)] == alone
    own = (PAGE.removesuffix(".html"), FORM.removesuffix(".html"), BEFORE, NOW)
    assert not [path for path in generated(text) if path.startswith(own)]
    assert not (options.root / "content").exists()


def test_the_form_is_of_the_last_look_and_says_when_the_tree_cannot_be_read(options: Namespace) -> None:
    text = edit(options, FORCE)  # a finding that has to do with the version alone
    status = served(options)
    assert status.on_request(FILE) == text.encode()
    assert 'id="download"' in page(status, FORM)
    edit(options, LOST)
    for html in (page(served(options), FORM), form_file(options)):
        assert "Rätta felen först." in html
        assert "<script" not in html


def form_file(options: Namespace) -> str:
    assert main(["--root", str(options.root), "form"]) == 0
    file: Path = options.root / FORM
    return file.read_text("utf-8")


def test_the_form_to_send_runs_its_own_script_alone_and_leads_nowhere(options: Namespace) -> None:
    edit(options)
    html = form_file(options)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = b64encode(sha256(script[0].encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)', html)
    assert len(script) == 1
    assert f"script-src 'sha256-{digest}';" in unescape(policy)
    assert "default-src 'none'" in unescape(policy)
    assert not re.search(r'<a |src=|@import| on\w+="| style="', html.partition("<script")[0])
