"""A situation's page: where a mistake is reported, and the documents that its steps follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from generator.model import Situation, Tree
from generator.pages.rendering import body_of
from generator.pages.site import Site
from generator.pages.situations import pages
from generator.readability.advice import unlinked
from generator.routine.steps import placed_steps
from tests.conftest import checked

TITLE = "    title: Handbok för socialförvaltningarnas arbete med att förebygga avhysning\n"
ADDRESS = "https://www.example.org/handbok"


def shown(tree: Tree, text: str) -> Iterator[tuple[Situation, Any]]:
    site = Site.of(tree, text)
    for situation, page in zip(tree.situations, pages(site), strict=True):
        yield situation, html.fragment_fromstring(body_of(site, page), "div")


def with_contact(text: str) -> str:
    changed = text.replace("routine:\n", "routine:\n  contact: rutin@example.org\n", 1)
    assert changed != text
    return changed


@pytest.mark.parametrize("address", [False, True], ids=["copied", "by mail"])
def test_a_mistake_is_reported_in_one_place_that_names_the_situation_and_its_steps(
    tree: Tree, real_text: str, address: bool
) -> None:
    text = with_contact(real_text) if address else real_text
    tree = checked(text) if address else tree
    for situation, body in shown(tree, text):
        [place] = body.xpath(".//*[@data-report]")
        if address:
            mail = urlsplit(place.get("href"))
            assert place.get("data-report") == place.get("href")  # a script adds to it what was chosen
            assert mail.path == "rutin@example.org"
            said = parse_qs(mail.query)["body"][0]
            assert "r-js" not in place.getparent().get("class")  # there without script
        else:
            said = place.get("data-report")
            assert "mailto:" not in html.tostring(body, encoding="unicode")
        for part in (situation.title, tree.routine.version, f"situation/{situation.id}.html"):
            assert part in said
        chosen = place.getparent().xpath(".//option/@value")
        assert chosen[0] == ""
        steps = [placed.id for placed in placed_steps(tree, situation)]
        assert [value.split()[-1] for value in chosen[1:]] == steps


def test_a_step_that_follows_a_document_links_it_or_says_that_there_is_no_link(
    tree: Tree, real_text: str
) -> None:
    followed = {str(action.id): action.document for action in tree.actions if action.document}
    assert followed
    assert [document.id for document in unlinked(tree)] == list(dict.fromkeys(followed.values()))
    text = real_text.replace(TITLE, f"{TITLE}    url: {ADDRESS}\n", 1)
    linked = checked(text)
    assert unlinked(linked) == []
    for one, source, address in ((tree, real_text, None), (linked, text, ADDRESS)):
        found = 0
        for _, body in shown(one, source):
            for step in body.xpath(".//li[@data-step]"):
                places = step.xpath(".//*[@data-document]")
                wanted = followed.get(step.get("data-action"))
                assert [place.get("data-document") for place in places] == [wanted] * bool(wanted)
                for place in places:
                    assert place.xpath("a/@href") == [address] * bool(address)
                    assert ("länk saknas" in place.text_content()) is (address is None)
                    found += 1
        assert found
