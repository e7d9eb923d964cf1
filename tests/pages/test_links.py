"""Documents, forms and services are linked where they are needed, and told with their address on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from generator.build.disk import read_assets
from generator.data.rutin_json import export
from generator.model import Document, Text
from generator.navigator.single_file import ASSETS, navigator_html
from generator.pages.fingerprints import fingerprint_of_rest
from generator.pages.printed_step import printed_own, printed_step
from generator.pages.record.record import record
from generator.pages.site import Site
from generator.printing.checklists import checklist_of
from generator.routine.lines import lines
from generator.routine.steps import placed_steps
from tests.conftest import ROOT, checked
from tests.playground import TREE
from tests.views import made

FULL = TREE.read_text("utf-8")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.of(checked(FULL), FULL)


def needed(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """Yield each document that something needs: its page, where on it, the document, and what is printed."""
    tree = site.tree
    for situation in tree.situations:
        page, print_ = f"situation/{situation.id}", str(checklist_of(site, situation, None, "")["lines"])
        yield from ((page, "article", id, print_) for id in situation.documents)
        for placed in placed_steps(tree, situation):
            place, print_ = f"li[@id='{placed.step.key}']", str(printed_step(site, placed)["lines"])
            yield from ((page, place, id, print_) for id in placed.step.documents)
    for unit in tree.units:
        print_ = str(printed_own(site, unit)["lines"])
        yield from ((f"enhet/{unit.id}", "div", id, print_) for id in unit.documents)


def test_a_link_stands_where_it_is_needed_and_its_address_on_paper(site: Site) -> None:
    _, shown, _ = made("playground")
    found = list(needed(site))
    kinds = {(place.partition("[")[0], bool(site.tree.get(id, Document).url)) for _, place, id, _ in found}
    assert {place for place, _ in kinds} == {"article", "li", "div"}
    assert {linked for _, linked in kinds} == {True, False}
    for path, place, id, print_ in found:
        document = site.tree.get(id, Document)
        places = shown[path].xpath(f".//{place}//*[@data-document='{id}']")
        assert places, (path, id)
        assert places[0].xpath("a/@href") == ([document.url] if document.url else [])
        address = (document.url or "länk saknas").removeprefix("mailto:")
        assert f"{document.title} ({address})" in print_
        assert f"{document.title} ({address})" in places[0].text_content()


def test_the_whole_text_for_the_record_names_what_a_situation_needs(site: Site) -> None:
    needing = [situation for situation in site.tree.situations if situation.documents]
    assert needing
    for situation in needing:
        told = record(site, situation)
        of_all = [of for of in told["all"] if of["of"] == "frames"]
        texts = [one["text"] for one in told["frames"]]
        assert of_all
        assert [str(line) for line in lines(site.tree, situation)] in texts


def test_another_address_is_another_print(site: Site) -> None:
    other = FULL.replace("example.org/karta", "example.org/ny-karta")
    both = [site, Site.of(checked(other), other)]
    situation = next(s for s in site.tree.situations if "karta" in s.documents)
    assert len({fingerprint_of_rest(one, situation) for one in both}) == 2


def test_every_document_that_the_data_names_stands_in_it(site: Site) -> None:
    data = export(site)
    known = {document["id"]: document["url"] for document in data["documents"]}
    assert known["garantin"] == "mailto:garanti@example.org"
    assert {"karta", "garantin"} <= set(named_in(data)) <= known.keys()


def named_in(value: Any) -> Iterator[str]:
    """Yield every id of a document below a value."""
    if isinstance(value, dict):
        for key, held in value.items():
            ids = held if key == "documents" else [held] if key == "document" and held else []
            yield from (id for id in ids if isinstance(id, str))
            yield from named_in(held)
    elif isinstance(value, Iterable) and not isinstance(value, (str, Text)):
        for held in value:
            yield from named_in(held)


def test_what_the_routine_does_not_name_is_told_apart() -> None:
    items = made("playground")[1]["dokumentet"].xpath(".//li[a]")
    told = {item.xpath("string(a)"): "Nämns inte i rutinen." in item.text_content() for item in items}
    assert told["Lekplatskartan"]
    assert not told["Plan för kommunens lekplatser"]


def test_a_link_out_is_one_in_the_single_file_too(site: Site) -> None:
    file = navigator_html(site, read_assets(ROOT / "site_overrides" / "assets", ASSETS))
    assert 'href="https://www.example.org/karta"' in file
    assert 'href="mailto:garanti@example.org"' in file
