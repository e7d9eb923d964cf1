"""Filling templates: the environment, and a page as Markdown or as markup alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from json import dumps
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from generator.locale import capitalized, listed, spoken, strings, t
from generator.model import Node, Tree, Unit
from generator.pages import editions, facts, fingerprints, glossary_links, situations
from generator.pages.addresses import fragment
from generator.pages.compiled_templates import CompiledTemplates
from generator.pages.in_short import at_steps
from generator.pages.matrix import labels
from generator.pages.message import before_json, said_json
from generator.pages.page import Page
from generator.pages.record.record import record_json
from generator.pages.sentences import sentence_of, sign_of
from generator.pages.site import Site
from generator.routine import (
    cases,
    following,
    frames,
    lines,
    order,
    readings,
    reservations,
    steps,
    unclear,
    wording,
)

_LOADER = PackageLoader("generator.pages")


def render(site: Site, page: Page, body: str, validity: Markup | None = None) -> str:
    """Return the page as Markdown that holds one block of HTML.

    ``body`` is its markup on the site; ``validity`` the line on when it applies, where it has one.
    """
    # The theme puts the title into the page as it is, so it has to be markup already.
    front = {
        "title": escape(page.title),
        "hide": ["toc"],
        "generated": True,
        "digest": site.digest,
        "version": f"{t('site.version')} {site.tree.routine.version}",
        **dict.fromkeys(page.needs, True),
        "search": {"boost": page.search_weight} if page.search_weight else {"exclude": True},
        **_when(site, validity),
        **({"first_for": ", ".join(page.first_for)} if page.first_for else {}),
        **({"also_for": ", ".join(page.also_for)} if page.also_for else {}),
    }
    return as_markdown(front, f"{notices(site)}{validity or ''}{body}")


def as_markdown(front: Mapping[str, object], body: str) -> str:
    """Return a page with what is said of it first, and markup."""
    # JSON is YAML; dumping it leaves nothing in a title that YAML or Markdown could act on.
    header = "\n".join(f"{key}: {dumps(value, ensure_ascii=False)}" for key, value in front.items())
    return f"---\n{header}\n---\n\n{_block(body)}\n"


def _when(site: Site, line: Markup | None) -> dict[str, object]:
    """Return what the page's frame has to know of a version that stands beside this one."""
    validity = site.validity
    if validity is None:
        return {}
    if validity.is_coming:
        return {"turns": True, "applies": t("validity.applies", day=validity.day)} if line else {}
    version = f"{t('site.version')} {validity.version}, {t('validity.applied', day=validity.day)}"
    return {"turns": True, "earlier": True, "version": version, "search": {"exclude": True}}


def notices(site: Site) -> Markup:
    """Return what every page says first: that this is a draft, or that it should have been reviewed.

    The reader's clock decides when to tell the latter.
    """
    day, said = site.tree.routine.review_on, Markup("")
    if site.tree.routine.draft:
        said += Markup('<p class="r-overdue" data-draft>{}</p>\n').format(t("draft.notice"))
    if day:
        notice = t("site.overdue", date=day)
        said += Markup('<p class="r-overdue" data-overdue="{}" hidden>{}</p>\n').format(day, notice)
    return said


def on_record(tree: Tree, key: str) -> str:
    """Return what is said of the record, by the name that the routine has for it."""
    record = tree.routine.record
    return t(f"own_record.{key}", record=record) if record else t(f"case.{key}")


def body_of(site: Site, page: Page) -> str:
    """Return the page's markup on the site."""
    return editions.on_site(filled(site, page))


def filled(site: Site, page: Page) -> str:
    """Return the page's markup with what either of its editions has."""
    context = {"page": page, "root": page.root, **page.context}
    html = _environment().get_template(page.template).render(site=site, tree=site.tree, **context)
    words = template("_terms.html.jinja")
    return glossary_links.with_explanations(
        html,
        site.tree.terms,
        lambda found, whole: words.render(
            site=site,
            root=page.root,
            explained=found,
            whole=whole,
            folded=page.context.get("words_folded", False),
        ),
    )


def fill(site: Site, template: str, **context: Any) -> str:
    """Return a template filled without a page around it; it has one edition alone."""
    made = _environment().get_template(template).render(site=site, tree=site.tree, root="", **context)
    if editions.MARKS.search(made):
        raise ValueError(f"{template} has what belongs to one edition of a page")
    return glossary_links.unmarked(made).strip()


def template(name: str) -> Template:
    """Return a template to fill with what is not a site's."""
    return _environment().get_template(name)


def source(name: str) -> str:
    """Return a file that stands beside the templates and is none."""
    return _LOADER.get_source(_environment(), name)[0]


def _block(body: str) -> str:
    """Close ranks: Markdown leaves an HTML block alone as long as no line in it is blank."""
    lines = (line.strip() for line in body.splitlines())
    return "\n".join(line for line in lines if line)


def _environment() -> Environment:
    return _environment_in(spoken())


@cache
def _environment_in(_language: str) -> Environment:
    environment = Environment(
        loader=_LOADER,
        bytecode_cache=CompiledTemplates(),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=t,
        notices=notices,
        on_record=on_record,
        words=strings(),
        listed=listed,
        fragment=fragment,
        placed_steps=steps.placed_steps,
        frames_of=steps.frames_of,
        forces_of=frames.forces_of,
        lines_of=lines.lines,
        address_of=lines.address_of,
        open_gaps=steps.open_gaps,
        reservations=reservations.reservations,
        kinds_at=reservations.kinds_at,
        concerns=steps.concerns,
        is_reading=readings.is_reading,
        read_in=readings.read_in,
        is_own_order=order.is_own_order,
        events_of=steps.events_of,
        units_of=steps.units_of,
        settled=cases.settled,
        fingerprint_of=fingerprints.fingerprint_of,
        duty_of=fingerprints.duty_of,
        sentence_of=sentence_of,
        asked_for=facts.asked_for,
        own_units=_units,
        fingerprint_of_rest=fingerprints.fingerprint_of_rest,
        names_of=wording.names,
        page_numbers=wording.page_numbers,
        dot=Markup('<span aria-hidden="true">·</span>'),
    )
    environment.globals.update(_of_picked_steps() | _unclear() | _of_scripts() | _marks())
    environment.filters.update(capitalized=capitalized, party=_party, unsaid=wording.unsaid)
    environment.filters.update(marked=glossary_links.marked, named=glossary_links.named)
    return environment


def _unclear() -> dict[str, object]:
    """Return what tells which gaps stand at something."""
    return {
        "gaps_at_question": reservations.gaps_at_question,
        "gaps_at_frame": reservations.gaps_at_frame,
        "gaps_on": reservations.gaps_on,
        "beyond_own_steps": reservations.beyond_own_steps,
        "concerned": reservations.concerned,
    }


def _of_scripts() -> dict[str, object]:
    """Return what pages have for scripts, and what of an address only scripts heed."""
    return {
        "record_json": record_json,
        "said_json": said_json,
        "before_json": before_json,
        "pointed_to": situations.pointed_to,
    }


def _marks() -> dict[str, object]:
    """Return what a template puts in a place that is seen to when the page is filled."""
    return {
        "words_here": glossary_links.HERE,
        "all_words": glossary_links.ALL,
        "site_only": editions.SITE_ONLY,
        "file_only": editions.FILE_ONLY,
        "in_both": editions.BOTH,
    }


def _of_picked_steps() -> dict[str, object]:
    """Return what tells of a step by those around it."""
    return {
        "framed_before": unclear.framed_before,
        "follows_on": following.follows_on,
        "follows_in_all": following.follows_in_all,
        "says_more_of": following.says_more_of,
        "naming_beside": steps.naming_beside,
        "names_asked_for": facts.names_asked_for,
        "at_steps": at_steps,
        "labels": labels,
    }


def _units(tree: Tree) -> list[tuple[str, str, str]]:
    """Return each unit's id, label and sign."""
    return [(str(u.id), str(u.label), sign_of(u)) for u in tree.units]


def _party(node: Node) -> Markup:
    """Return a unit with its shape, or a party's name."""
    if isinstance(node, Unit):
        return Markup(
            '<span class="r-unit r-unit--{0}"><span aria-hidden="true">{1}\u00a0</span>{2}</span>'
        ).format(node.shape or "initialer", sign_of(node), node.label)
    return Markup("<span>{}</span>").format(capitalized(str(getattr(node, "name", ""))))
