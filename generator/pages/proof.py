"""The proof: every case has one end, and document and tool cover each other, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from generator.locale import capitalized, t
from generator.model import (
    Citation,
    Condition,
    Frame,
    Gap,
    Lesson,
    Named,
    Node,
    Section,
    Situation,
    Step,
    Term,
    Topic,
    Tree,
    Unit,
    visit,
)
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.boxes import Box, Domain, Index, domain, size, without
from generator.routine.cases import ends
from generator.routine.routes import boxes_of, routes
from generator.routine.steps import frames_of, own_and_shared, placed_steps


@dataclass(frozen=True)
class Proof:
    """What was counted over every case. Lists are ids; a proof that holds has nothing in the last four."""

    cases: int
    in_situations: int
    in_gaps: int
    uncovered: int
    overlapping: int
    unwritten: int
    unreachable: list[str]

    @property
    def covered(self) -> int:
        """How many cases have exactly one end that says it covers them."""
        return self.cases - self.uncovered - self.overlapping - self.unwritten


@dataclass(frozen=True)
class Use:
    """Something in the tool that rests on a paragraph: what it is, and where it can be read."""

    title: str
    href: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the document: what rests on it, or why it was left out."""

    number: int
    uses: list[Use]
    left_out: str


@dataclass(frozen=True)
class Row:
    """A section of the document with its paragraphs."""

    section: Section
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Rests:
    """A situation, how many steps it has, and the sections and paragraphs that they rest on."""

    situation: Situation
    steps: int
    cites: list[str]


def pages(site: Site) -> Iterator[Page]:
    """Yield the proof."""
    rows = paragraphs(site)
    context = {
        "proof": count(site.tree),
        "rows": rows,
        "cited": sum(bool(p.uses) for row in rows for p in row.paragraphs),
        "left_out": sum(bool(p.left_out) for row in rows for p in row.paragraphs),
        "total": sum(len(row.paragraphs) for row in rows),
        "rests": [_rests(site, s) for s in site.tree.situations],
    }
    yield Page("bevis", t("proof.title"), "proof.html.jinja", context)


def count(tree: Tree) -> Proof:
    """Count, along every route, where its cases end, and which ends say that they cover them."""
    tally: Counter[str] = Counter()
    reached: set[str] = set()
    unwritten = {str(end.id) for end in tree.unwritten}  # what they cover is not told, but made up around it
    told = (end for end in ends(tree) if end.id not in unwritten)
    claims = [(n, box) for n, end in enumerate(told) for box in boxes_of(end)]
    index = Index([box for _, box in claims])
    for route in routes(tree):
        cases = size(domain(tree), route.box)
        for leg in route.legs:
            reached |= {leg.at, *(str(answer.node.id) for answer in leg.answers)}
        if route.ends[-1] in unwritten:
            tally["unwritten"] += cases
            continue
        claiming: dict[int, list[Box]] = {}
        for n, box in (claims[place] for place in index.meeting(route.box)):
            claiming.setdefault(n, []).append(box)
        uncovered, once = _claimed(domain(tree), route.box, list(claiming.values()))
        tally.update(covered=once, uncovered=uncovered, overlapping=cases - uncovered - once)
        tally["in_gaps" if route.ends[-1] in tree.ids("gaps") else "in_situations"] += cases
    known = [str(node.id) for node in (*tree.nodes, *ends(tree))]
    return Proof(
        cases=sum(tally[kind] for kind in ("covered", "uncovered", "overlapping", "unwritten")),
        in_situations=tally["in_situations"],
        in_gaps=tally["in_gaps"],
        uncovered=tally["uncovered"],
        overlapping=tally["overlapping"],
        unwritten=tally["unwritten"],
        unreachable=[id for id in known if id not in reached],
    )


def _claimed(domain: Domain, box: Box, ends: list[list[Box]]) -> tuple[int, int]:
    """Return how many cases of a box none of the ends claims, and how many only one does."""
    none = sum(size(domain, left) for left in without(domain, box, *chain(*ends)))
    but_one = (chain(*ends[:n], *ends[n + 1 :]) for n in range(len(ends)))
    one = sum(sum(size(domain, left) for left in without(domain, box, *others)) - none for others in but_one)
    return none, one


def paragraphs(site: Site) -> list[Row]:
    """Return every paragraph of the document with what rests on it."""
    tree = site.tree
    used: dict[tuple[str, int], dict[Use, None]] = {}
    for citation, use in _uses(site):
        for n in citation.paragraphs:
            used.setdefault((citation.section, n), {})[use] = None
    reasons = {
        (c.section, n): str(entry.reason)
        for entry in tree.out_of_scope
        for c in entry.cite
        for n in c.paragraphs
    }
    return [
        Row(
            section,
            [
                Paragraph(n, list(used.get((section.id, n), ())), reasons.get((section.id, n), ""))
                for n in range(1, (section.paragraphs or 0) + 1)
            ],
        )
        for section in tree.source
        if section.paragraphs
    ]


def _uses(site: Site) -> Iterator[tuple[Citation, Use]]:
    tree = site.tree
    for situation, step, number in _steps(tree):
        title = t("proof.step", situation=situation.title, number=number)
        yield step.cite, Use(title, _at_step(site, situation, step))
    for situation in tree.situations:
        use = Use(str(situation.title), site.page_of(situation.id, "situations"))
        yield from ((cite, use) for cite in situation.cite)
    kinds = (
        "units",
        "questions",
        "conditions",
        "frames",
        "gaps",
        "documents",
        "topics",
        "terms",
        "introduction",
    )
    nodes = [(kind, node) for kind in kinds for node in getattr(tree, kind)]
    for kind, node in [("routine", tree.routine), *nodes]:
        use = Use(
            t("proof.use", kind=capitalized(t(f"kinds.{kind}")), title=_title(node)), _page(site, kind, node)
        )
        for value in visit(node):
            if isinstance(value, Citation):
                yield value, use


def _steps(tree: Tree) -> Iterator[tuple[Situation, Step, int]]:
    for situation in tree.situations:
        for number, step in enumerate(own_and_shared(tree, situation), start=1):
            yield situation, step, number


def _at_step(site: Site, situation: Situation, step: Step) -> str:
    return f"{site.page_of(situation.id, 'situations')}#{step.key}"


def _title(node: Node) -> str:
    names = ("short_title", "title", "label", "term", "text")
    return str(next(getattr(node, name) for name in names if getattr(node, name, None)))


def _page(site: Site, kind: str, node: Named) -> str:
    if isinstance(node, Unit | Gap):
        return site.page_of(node.id, kind)
    if kind == "questions":
        asked = next((place for place in site.tree.nodes if place.ask == node.id), None)
        return site.page_of(asked.id, "nodes") if asked else "dokumentet.html"  # not asked yet: a draft
    if isinstance(node, Condition):
        using = (_at_step(site, end, step) for end, step, _ in _steps(site.tree) if step.when == node.id)
        return next(using, "dokumentet.html")
    if isinstance(node, Topic):
        return site.page_of(node.section, "source") if node.section else "grunder.html"
    if isinstance(node, Frame):
        return _where_it_shows(site, node)
    if isinstance(node, Term):
        return f"ordlista.html#{node.id}"
    return "ny-har.html" if isinstance(node, Lesson) else "dokumentet.html"


def _where_it_shows(site: Site, frame: Frame) -> str:
    for situation in site.tree.situations:
        steps = placed_steps(site.tree, situation)
        if frame in frames_of(site.tree, situation) or any(frame in placed.frames for placed in steps):
            return site.page_of(situation.id, "situations")
    return "dokumentet.html"


def _rests(site: Site, situation: Situation) -> Rests:
    steps = own_and_shared(site.tree, situation)
    numbers: dict[str, set[int]] = {}
    for cite in (*(step.cite for step in steps), *situation.cite):
        numbers.setdefault(str(cite.section), set()).update(cite.paragraphs)
    place = situation.id.pos
    cites = [
        site.cited(Citation(site.tree.get(id, Section).id, tuple(sorted(found)), place))
        for id, found in numbers.items()
    ]
    return Rests(situation, len(steps), cites)
