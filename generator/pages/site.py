"""What every page needs: where pages are, how a citation reads, and the template engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from json import dumps
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from generator.locale import capitalized, listed, strings, t
from generator.model import (
    Citation,
    Citations,
    FactSet,
    Gap,
    Node,
    Role,
    Section,
    Statement,
    Tree,
    Unit,
)
from generator.pages import fingerprints, glossary_links
from generator.routine import cases, lines, steps, wording

FOLDERS = {
    "nodes": "fraga",
    "situations": "situation",
    "gaps": "lucka",
    "units": "enhet",
    "actions": "atgard",
    "source": "avsnitt",
}


def digest_of(text: str) -> str:
    """Return the content hash that every view of a tree bears, whatever the line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


@dataclass(frozen=True)
class Site:
    """A checked tree with what its views share."""

    tree: Tree
    digest: str
    paths: Mapping[str, list[tuple[cases.Answer, ...]]] = field(default_factory=dict)

    @staticmethod
    def of(tree: Tree, text: str) -> Site:
        """Make the site of a tree and the text it was read from."""
        return Site(tree, digest_of(text), cases.paths(tree))

    def page_of(self, id: str, *kinds: str) -> str:
        """Return the page of a node, situation, gap, unit, action or section, from the root."""
        kind = next(k for k in kinds or FOLDERS if id in self.tree.ids(k))
        if kind == "nodes" and id == self.tree.routine.start:
            return "index.html"
        if kind == "gaps" and self.tree.get(id, Gap).facts is None:
            return f"luckor.html#{id}"
        if kind == "source":
            return f"{FOLDERS[kind]}/{self.tree.get(id, kind).page_id}.html"
        return f"{FOLDERS[kind]}/{id}.html"

    def answers_to(self, id: str) -> tuple[cases.Answer, ...]:
        """Return the shortest way of answers to a node or end."""
        return self.paths[id][0]

    def cited(self, citation: Citation) -> str:
        """Return a citation in full, for a reader who comes from nowhere."""
        return capitalized(wording.cited(self.tree, citation))

    def cited_shortly(self, citation: Citation) -> str:
        """Return a citation with only its nearest heading, for a page that names the rest."""
        section = self.tree.get(citation.section, Section)
        number = wording.section_number(self.tree, section)
        values = {
            "number": number,
            "heading": section.heading,
            "paragraphs": wording.paragraphs_of(citation),
            "pages": section.pages,
        }
        return capitalized(t("citation.in-section" if number else "citation.elsewhere", **values))

    def cited_all(self, citations: Citations) -> str:
        """Return several citations in full as one text."""
        return "; ".join(self.cited(c) for c in citations)

    def also_of(self, facts: FactSet) -> list[str]:
        """Return what people call the facts' values when they search."""
        values = [v for fact in self.tree.facts for v in fact.values if v.id in facts.get(fact.id, ())]
        return list(dict.fromkeys(str(word) for value in values for word in value.also))

    def report_of(self, placed: steps.PlacedStep) -> str:
        """Return the mail link with which a reader says that a step is wrong."""
        routine = self.tree.routine
        owners = listed([self.tree.get(id, Role).name for id in routine.owners])
        values = {
            "step": placed.id,
            "version": routine.version,
            "page": f"{self.page_of(placed.situation.id, 'situations')}#{placed.step.key}",
            "to": t("report.contact" if routine.contact else "report.no-contact", owners=owners),
        }
        subject = quote(t("report.subject", **values), safe="")
        body = quote(t("report.body", **values), safe="")
        return f"mailto:{routine.contact or ''}?subject={subject}&body={body}"

    def cited_once(self, statements: Sequence[Statement]) -> str:
        """Return what several statements rest on, each citation once."""
        return "; ".join(dict.fromkeys(self.cited(c) for s in statements for c in s.cite))

    def heading_path(self, section: Section) -> list[Section]:
        """Return the document's headings down to a section."""
        return wording.headings(self.tree, section)

    def chapter_of(self, section_id: str) -> Section | None:
        """Return the section with a page of its own that this section stands in."""
        above = wording.headings(self.tree, self.tree.get(section_id, Section))
        return next((s for s in above if s.page_id), None)

    def values_of(self, facts: FactSet) -> list[tuple[str, str, str]]:
        """Return (fact's id, its label, its values' labels), in the tree's order."""
        labels = []
        for fact in self.tree.facts:
            chosen = [v.label for v in fact.values if v.id in facts.get(fact.id, ())]
            if chosen:
                labels.append((str(fact.id), str(fact.label), f" {t('join.or')} ".join(chosen)))
        return labels


def fragment(facts: Mapping[str, str]) -> str:
    """Return facts as a URL fragment, ``fact=value&…``; ids are slugs and need no escaping."""
    return "&".join(f"{fact}={value}" for fact, value in facts.items())


@dataclass(frozen=True)
class Page:
    """A page to write: its path without ending, its title, and the template that fills it."""

    path: str
    title: str
    template: str
    context: Mapping[str, Any]
    navigator: bool = False
    introduction: bool = False
    boost: float = 1.0
    search: bool = True
    practice: bool = False
    pictures: bool = False

    @property
    def root(self) -> str:
        """The way from the page to the site's root."""
        return "../" * self.path.count("/")


def render(site: Site, page: Page) -> str:
    """Return the page as Markdown that holds one block of HTML."""
    body = body_of(site, page)
    # The theme puts the title into the page as it is, so it has to be markup already.
    front = {"title": escape(page.title), "hide": ["toc"], "generated": True, "navigator": page.navigator}
    if page.introduction:
        front["introduction"] = True
    front["digest"] = site.digest
    if page.practice:
        front["practice"] = True
    if page.pictures:
        front["pictures"] = True
    front["search"] = {"boost": page.boost} if page.search else {"exclude": True}
    # JSON is YAML; dumping it leaves nothing in a title that YAML or Markdown could act on.
    header = "\n".join(f"{key}: {dumps(value, ensure_ascii=False)}" for key, value in front.items())
    return f"---\n{header}\n---\n\n{_block(str(overdue(site)) + body)}\n"


def overdue(site: Site) -> Markup:
    """Return what tells that the routine should have been reviewed; the reader's clock decides when."""
    day = site.tree.routine.review_on
    if not day:
        return Markup("")
    notice = t("site.overdue", date=day)
    return Markup('<p class="r-overdue" data-overdue="{}" hidden>{}</p>\n').format(day, notice)


def body_of(site: Site, page: Page, portable: bool = False) -> str:
    """Return the page's markup; ``portable`` leaves out what leads beyond the tool itself."""
    context = {"page": page, "root": page.root, "portable": portable, **page.context}
    html = _environment().get_template(page.template).render(site=site, tree=site.tree, **context)
    words = template("_terms.html.jinja")
    return glossary_links.explained(
        html,
        site.tree.terms,
        lambda found, whole: words.render(
            site=site, root=page.root, portable=portable, explained=found, whole=whole
        ),
    )


def fill(site: Site, template: str, **context: Any) -> str:
    """Return a template filled without a page around it."""
    made = _environment().get_template(template).render(site=site, tree=site.tree, root="", **context)
    return glossary_links.unmarked(made).strip()


def template(name: str) -> Template:
    """Return a template to fill with what is not a site's."""
    return _environment().get_template(name)


def _block(body: str) -> str:
    """Close ranks: Markdown leaves an HTML block alone as long as no line in it is blank."""
    lines = (line.strip() for line in body.splitlines())
    return "\n".join(line for line in lines if line)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("generator.pages"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=t,
        overdue=overdue,
        words=strings(),
        listed=listed,
        fragment=fragment,
        placed_steps=steps.placed_steps,
        frames_of=steps.frames_of,
        lines_of=lines.lines,
        gaps_of=steps.gaps_of,
        concerns=steps.concerns,
        events_of=steps.events_of,
        units_in=steps.units_in,
        units_of=steps.units_of,
        settled=cases.settled,
        fingerprint_of=fingerprints.fingerprint_of,
        fingerprint_of_rest=fingerprints.fingerprint_of_rest,
        names_of=wording.names,
        words_here=glossary_links.HERE,
        all_words=glossary_links.ALL,
    )
    environment.filters.update(
        capitalized=capitalized, party=_party, marked=glossary_links.marked, named=glossary_links.named
    )
    return environment


def _party(node: Node) -> Markup:
    """Return a unit with its shape, or a party's name."""
    if isinstance(node, Unit):
        shape = strings()["shapes"][node.shape]
        return Markup(
            '<span class="r-unit r-unit--{0}"><span aria-hidden="true">{1}\u00a0</span>{2}</span>'
        ).format(node.shape, shape, node.label)
    return Markup("<span>{}</span>").format(capitalized(str(getattr(node, "name", ""))))
