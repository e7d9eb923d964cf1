"""The bundle as it is received: unpacked into a read-only folder with an awkward name, and walked there."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from playwright.sync_api import Browser, Page, expect

from generator.build import disk
from generator.bundle import archive
from generator.bundle.licences import shipped
from generator.commands.bundle import tools
from generator.exercises import case_round
from generator.model import Tree
from tests.e2e.conftest import open_page
from tests.e2e.own_unit import choose_unit, chosen_unit
from tests.e2e.steps_on_page import in_model, on_page
from tests.e2e.test_agreement import follow, ways
from tests.e2e.test_practice import choose
from tests.e2e.test_search import search
from tests.tiers import few

ENGINES = ("mkdocs",)  # the bundle is of the site that is published
TOOLS = tools("mkdocs")


def seen(folder: Path) -> dict[str, tuple[str, int]]:
    """Return path → hash and time of everything below a folder."""
    return {
        path.relative_to(folder).as_posix(): (
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
    }


@pytest.fixture(scope="module")
def unpacked(site: Path, tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundle's folder, read-only; whatever was done with it, nothing in it has changed."""
    share = tmp_path_factory.mktemp("delad") / "Min mapp på H å&ä #1 100%"
    files = archive.contents(
        archive.of_routine(tree), disk.read_folder(site), {"nginx/site.conf": b"# a placeholder\n"}, TOOLS
    )
    packed = archive.packed(archive.of_routine(tree).name, files, tree.routine.revised_on)
    zipfile.ZipFile(BytesIO(packed)).extractall(share)
    subprocess.run(["chmod", "-R", "a-w", share], check=True)
    before = seen(share)
    (folder,) = share.iterdir()
    yield folder
    assert seen(share) == before
    subprocess.run(["chmod", "-R", "u+w", share], check=True)


def address(unpacked: Path, page: str) -> str:
    return (unpacked / "site" / page).as_uri()


def test_it_holds_one_site_with_sums_over_every_file(unpacked: Path) -> None:
    told = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    done = subprocess.run(told, cwd=unpacked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    listed = {line[66:] for line in (unpacked / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}
    assert listed <= there
    top = {path.name for path in unpacked.iterdir()}
    assert top == {"LÄS MIG.txt", "LICENSES", "SHA256SUMS", "deploy", "sbom.cdx.json", "site"}


def test_the_read_me_names_what_is_there(unpacked: Path) -> None:
    text = (unpacked / "LÄS MIG.txt").read_bytes().decode("utf-8-sig")
    assert "\r\n" in text
    for name in ("site/index.html", "SHA256SUMS", "sbom.cdx.json", "LICENSES", "deploy"):
        assert name in text
        assert (unpacked / name).exists()


def test_the_bill_of_materials_is_valid_and_whole(unpacked: Path) -> None:
    text = (unpacked / "sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert (
        JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"required"', '"carried"'))
        is not None
    )
    bill = json.loads(text)
    assert "licenses" not in bill["metadata"]["component"]
    found = {
        kind: [c for c in bill["components"] if c["bom-ref"].startswith(kind)] for kind in ("shipped", "tool")
    }
    assert {c["name"] for c in found["shipped"]} == {one.name for one in shipped("mkdocs")}
    assert {(c["name"], c["version"]) for c in found["tool"]} == {(o.name, o.version) for o in TOOLS}
    assert {c["scope"] for c in found["shipped"]} == {"required"}
    assert {c["scope"] for c in found["tool"]} == {"excluded"}
    assert all(c["licenses"] for kind in found.values() for c in kind)
    files = {c["name"]: c["hashes"][0]["content"] for c in bill["components"] if c["type"] == "file"}
    lines = (unpacked / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert files == {path: summed for path, summed in sums.items() if path != "sbom.cdx.json"}


def test_everything_of_others_in_the_theme_is_named_with_its_terms(unpacked: Path, site: Path) -> None:
    carried = set()
    for file in site.rglob("*.map"):
        sources = "\n".join(json.loads(file.read_text("utf-8"))["sources"])
        carried |= set(re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", sources))
    assert carried
    assert carried <= {one.name for one in shipped("mkdocs")}
    for one in shipped("mkdocs"):
        text = (unpacked / "LICENSES" / f"{one.name}.txt").read_text("utf-8")
        assert one.copyright in text
        assert len(text) > 600


def test_every_page_opens_without_an_error_or_a_request_outside(unpacked: Path, browser: Browser) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    failed: list[str] = []
    asked: set[str] = set()
    page.on("requestfailed", lambda request: failed.append(f"{request.failure} {request.url}"))
    page.on("request", lambda request: asked.add(request.url))
    files = sorted((unpacked / "site").rglob("*.html"))
    for file in few(files, 2, lambda file: file.parent):
        if file.name == "404.html":
            continue  # a server's answer, with the server's addresses
        page.goto(file.as_uri(), wait_until="domcontentloaded")  # every script has run by then
        assert page.locator("h1:visible").count() >= 1, file
    assert len(files) > 150
    # A picture that is still on its way when the next page is opened is given up by the browser.
    assert [told for told in failed if not told.startswith("net::ERR_ABORTED ")] == []
    within = unpacked.as_uri()
    assert [url for url in asked if not url.startswith((within, "data:", "blob:"))] == []
    context.close()


def test_the_navigator_leads_to_every_end(unpacked: Path, page: Page, tree: Tree) -> None:
    shortest: dict[str, tuple[str, ...]] = {}
    for clicks, (end, _) in sorted(ways(tree).items(), key=lambda way: len(way[0])):
        shortest.setdefault(end, clicks)
    assert set(tree.ids("situations")) <= set(shortest)
    for end, clicks in few(list(shortest.items()), 4):
        follow(page, address(unpacked, "index.html"), clicks)
        assert page.locator("[data-end]:visible").get_attribute("data-end") == end
        if end in tree.ids("situations"):
            assert on_page(page, f'[data-end="{end}"]') == in_model(tree, end)


def test_my_unit_and_the_ticks_are_kept(unpacked: Path, page: Page, tree: Tree) -> None:
    situation = tree.situations[0].id
    page.goto(address(unpacked, f"situation/{situation}.html"))
    unit = str(tree.units[0].id)
    choose_unit(page, unit)
    page.goto(address(unpacked, f"situation/{tree.situations[1].id}.html"))
    assert chosen_unit(page) == unit
    choose_unit(page, "")
    clicks = next(clicks for clicks, (end, _) in ways(tree).items() if end == situation)
    follow(page, address(unpacked, "index.html"), clicks)
    page.locator(".r-tick input:visible").first.check()
    page.reload()
    expect(page.locator(".r-tick input:visible").first).to_be_checked()


def test_a_case_can_be_practised(unpacked: Path, page: Page, tree: Tree) -> None:
    one = min((case_round(tree, example) for example in tree.examples), key=lambda r: len(r.exercises))
    page.goto(address(unpacked, f"ova/fall/{one.example.id}.html"))
    for exercise in one.exercises:
        choose(page, exercise)
        place = page.locator(f'[data-exercise="{exercise.id}"]')
        expect(place.locator("[data-verdict]").locator("[data-say]:visible")).to_have_text("✓ Rätt!")
        place.locator("[data-do=next]").click()


def test_search_finds_a_page_and_leads_there(unpacked: Path, page: Page) -> None:
    page.goto(address(unpacked, "index.html"))
    page.get_by_role("textbox", name="Sök").click()
    assert "hembesok" in search(page, "mkdocs", "hembesök")
    page.locator(".md-search-result__item > a[href*=oanmalt-hembesok]").first.click()
    expect(page.locator("h1:visible")).to_be_visible()
    assert "oanmalt-hembesok" in page.url


def test_every_paper_opens_and_a_page_leads_to_it(unpacked: Path, page: Page, tree: Tree) -> None:
    papers = sorted((unpacked / "site").rglob("*.pdf"))
    assert len(papers) >= len(tree.situations)
    for paper in papers:
        document = pypdfium2.PdfDocument(paper)
        assert len(document) >= 1
        assert document[0].get_textpage().get_text_bounded().strip()
        document.close()
    page.goto(address(unpacked, "checklistor.html"))
    links = page.locator("a[href$='.pdf']").evaluate_all("(all) => all.map((link) => link.href)")
    assert links
    assert set(links) <= {paper.as_uri() for paper in papers}


def test_a_page_prints(unpacked: Path, page: Page, tree: Tree) -> None:
    page.goto(address(unpacked, f"situation/{tree.situations[0].id}.html"))
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert tree.situations[0].title.split()[0] in text
    document.close()
