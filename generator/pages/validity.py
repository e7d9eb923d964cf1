"""A date ahead: the version that comes, the one in force till then, and what their pages say of it.

The generator does not ask what day it is: a line holds whenever it is read, and a script turns it on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.locale import t
from generator.model import Tree
from generator.pages.addresses import EARLIER
from generator.pages.page import Page

if TYPE_CHECKING:
    from generator.pages.site import Site


@dataclass(frozen=True)
class Validity:
    """From when a version is in force, the ``other`` beside it, and the day that parts them."""

    version: str
    since: str
    other: str
    day: str
    is_coming: bool

    @property
    def line(self) -> str:
        """What is true whenever it is read."""
        return self._said("validity.coming" if self.is_coming else "validity.earlier")

    @property
    def turned(self) -> str:
        """What is true from the day on."""
        return self._said("validity.came" if self.is_coming else "validity.went")

    def _said(self, key: str) -> str:
        return t(key, version=self.version, since=self.since, other=self.other, day=self.day)


def side_by_side(coming: Tree, earlier: Tree) -> tuple[Validity, Validity]:
    """Return the validity of a version that comes, and of the one in force till then."""
    new, old = coming.routine, earlier.routine
    day = str(new.valid_from)
    return (
        Validity(str(new.version), day, str(old.version), day, is_coming=True),
        Validity(str(old.version), str(old.valid_from), str(new.version), day, is_coming=False),
    )


def notice(site: Site, page: Page, has_other: bool) -> Markup:
    """Return the line at the top of a page, with a link to the same page of the other version, if it has."""
    validity = site.validity
    if validity is None:
        return Markup()
    root = page.root + (EARLIER if validity.is_coming else "../")
    href = f"{root}{page.path if has_other else 'index'}.html"
    link = t("validity.same-page" if has_other else "validity.other-start", version=validity.other)
    way = Markup(' <a data-other-version href="{}">{}</a>').format(href, link)
    return Markup(
        '<p class="r-overdue" data-turns="{}"{} data-no-search>'
        "<span data-until>{}{}</span><span data-since hidden>{}{}</span></p>\n"
    ).format(
        validity.day,
        Markup(" data-coming") if validity.is_coming else "",
        validity.line,
        way,
        validity.turned,
        "" if validity.is_coming else way,  # nobody who reads what is in force is led to what is not
    )


def differing(site: Site, texts: Mapping[str, str], earlier: Site, others: Mapping[str, str]) -> set[str]:
    """Return what the other version does not have or says otherwise, by path; its own name aside."""
    known = {path: _nameless(earlier, text) for path, text in others.items()}
    return {path for path, text in texts.items() if known.get(path) != _nameless(site, text)}


def _nameless(site: Site, text: str) -> str:
    """Return a text without what tells one version from every other."""
    for name in _names(site):
        text = text.replace(name, "")
    return text


def _names(site: Site) -> Iterable[str]:
    routine = site.tree.routine
    return (site.digest, str(routine.version), str(routine.revised_on), str(routine.valid_from))
