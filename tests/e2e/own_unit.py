"""One's own unit, chosen as a reader does: a list on most pages, buttons on a situation's."""

from __future__ import annotations

from playwright.sync_api import Page


def choose_unit(page: Page, unit: str) -> None:
    """Choose a unit on the open page, or all of them with an empty name."""
    page.locator(":is(input, select)[data-unit-choice]:visible").first.wait_for()
    button = page.locator(f'input[data-unit-choice][value="{unit}"]:visible')
    if button.count():
        button.first.check()
    else:
        page.locator("select[data-unit-choice]:visible").first.select_option(unit)


def chosen_unit(page: Page) -> str:
    """Return the unit that the open page shows as chosen."""
    places = page.locator("select[data-unit-choice]:visible, input[data-unit-choice]:checked:visible")
    return places.first.input_value()
