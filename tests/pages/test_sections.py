"""The pages of the document's sections."""

from __future__ import annotations

from generator.pages.rendering import body_of
from generator.pages.sections import pages
from generator.pages.site import Site
from tests.conftest import checked


def test_a_frame_that_cites_several_places_of_a_section_stands_there_once(tiny_text: str) -> None:
    several = tiny_text.replace("        cite: 1-vatten/2\n", "        cite: [1-vatten/2, 1-vatten/3]\n", 1)
    assert several != tiny_text
    site = Site.of(checked(several), several)
    page = next(page for page in pages(site) if page.path == "avsnitt/stopp")
    assert body_of(site, page).count('<h3 class="r-frame__title">Varmt vatten</h3>') == 1
