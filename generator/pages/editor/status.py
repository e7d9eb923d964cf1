"""The editor's page: what is wrong with the tree, what is new in it, and what could be said more plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.diff.compare import compare
from generator.locale import spoken, t
from generator.model import Tree
from generator.model.position import Pos
from generator.pages.addresses import all_known
from generator.pages.alone import standalone
from generator.pages.editions import in_file
from generator.pages.page import Page
from generator.pages.rendering import fill, filled
from generator.pages.report.changes import report
from generator.pages.site import Site
from generator.reading.diagnostics import Diagnostic, in_order, marked

PAGE, TO_SEND = "utkast.html", "utkast-att-skicka.html"
FORM = "formular.html"
BEFORE, NOW = "fore/", "nu/"  # where the pages of the version before are served, and those of a stopped edit
STYLES = ("sheets.css", "rutin.css", "reading.css", "pictures.css", "practice.css")
STYLE = """\
body { max-width: 70rem; }
pre { white-space: pre-wrap; margin: .2rem 0; padding: .4rem .6rem; border-left: 4px solid; }
.pages { font-weight: normal; white-space: nowrap; }
@media (min-width: 40rem) {
  dl { display: grid; grid: auto auto / auto-flow minmax(0, 1fr); gap: 0 1.5rem; }
}
"""


@dataclass(frozen=True)
class Status:
    """What the editor has: ``now`` and ``before`` are there if they can be compared with each other.

    ``reminders`` are whole sentences.
    """

    path: str
    text: str
    at: str
    findings: Sequence[Diagnostic]
    now: Tree | None
    before: Tree | None
    unwritten: Sequence[Diagnostic] = ()
    advice: Sequence[Diagnostic] = ()
    reminders: Sequence[str] = ()


def status_html(status: Status, *, served: bool = False) -> str:
    """Return the page: one to send or, ``served`` by a preview, one that leads to its pages."""
    title = status.now.routine.short_title if status.now else status.path
    heading, count = t("status.title", title=title), len(status.findings)
    verdict = t("status.none" if not count else "status.one" if count == 1 else "status.several", count=count)
    return standalone(
        "status.html.jinja",
        STYLE,
        served=served,
        to_send=TO_SEND if served else "",
        form=FORM,
        language=spoken(),
        title=f"{verdict} {heading}",
        heading=heading,
        page=PAGE,
        path=status.path,
        at=status.at,
        verdict=verdict,
        reminders=status.reminders,
        findings=_found(status.findings, status.text),
        unwritten=_found(status.unwritten, status.text),
        advice=_found(status.advice, status.text),
        changes=_changes(status, served=served),
        nothing=t("status.no-version" if status.now else "status.not-compared"),
    )


def plain_html(site: Site, page: Page, said: str) -> str:
    """Return a page as it stands in a version, without an engine, for a folder below the site's root."""
    body = Markup(in_file(filled(site, page)))  # noqa: S704, came from a template
    context = {"page": page, "said": said, "top": f"{page.root}../", "editors": PAGE, "styles": STYLES}
    return fill(site, "plain.html.jinja", body=body, **context) + "\n"


def _changes(status: Status, *, served: bool) -> Any:
    if not (status.before and status.now):
        return None
    difference, trees = compare(status.before, status.now), (status.now, status.before)
    if not served:
        return report(difference)
    folders = {BEFORE: status.before, NOW if status.findings else "": status.now}
    names = zip((t("status.page-before"), t("status.page-now")), folders.items(), strict=True)
    pages = [(name, folder, all_known(tree)) for name, (folder, tree) in names]
    return _led(report(difference, *(Site(tree, "") for tree in trees)), pages)


def _led(data: Any, pages: Sequence[tuple[str, str, set[str]]]) -> Any:
    """Return a report with the page before and now in the place of each link."""
    if isinstance(data, list):
        return [_led(one, pages) for one in data]
    if not isinstance(data, dict):
        return data
    led = {key: _led(value, pages) for key, value in data.items()}
    if href := led.get("href"):
        led |= {"href": "", "pages": [(name, folder + href) for name, folder, has in pages if href in has]}
    return led


def _found(diagnostics: Sequence[Diagnostic], text: str) -> list[dict[str, Any]]:
    lines = text.splitlines()
    return [
        {
            "at": _line(one.pos, lines),
            "message": f"{one.message} {one.hint}".strip(),
            "rule": one.rule,
            "related": _line(one.related, lines) if one.related else None,
            "paste": one.paste,
        }
        for one in in_order(diagnostics)
    ]


def _line(pos: Pos, lines: Sequence[str]) -> dict[str, Any]:
    return {"number": pos.line, "column": pos.column, "parts": marked(pos, lines)}
