"""Pages for those who would rather read: sections, the routine's grounds and its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.locale import t
from generator.model import FactSet, Frame, Section, Situation
from generator.pages.citations import section_title
from generator.pages.facts import common_to
from generator.pages.page import Page
from generator.pages.site import Site
from generator.pages.situations import phases
from generator.routine.beside import unclear_beside
from generator.routine.reservations import reservations, reservations_on
from generator.routine.steps import PlacedStep, frames_of, open_gaps, placed_steps


@dataclass
class Contents:
    """What stands under a heading of a section page: the situations, and the headings with theirs."""

    section: Section
    situations: list[Situation] = field(default_factory=list)
    below: list[Contents] = field(default_factory=list)


def pages(site: Site) -> Iterator[Page]:
    """Yield the section pages and the pages about the routine itself."""
    tree = site.tree
    for section in tree.source:
        if section.page_id:
            topics = [topic for topic in tree.topics if topic.section == section.id]
            frames = [frame for frame in tree.frames if _belongs(site, frame, section)]
            contents = contents_of(site, section)
            context = {
                "contents": contents,
                "page_gaps": open_gaps(tree, *gap_places(site, contents)),
                "beside_steps": unclear_beside(tree, *steps_and_cases(site, contents)),
                "topics": topics,
                "phases": phases,
                "frames": frames,
                "anchors": {str(frame.id): f"ram-{frame.id}" for frame in frames},
            }
            yield Page(f"avsnitt/{section.page_id}", section_title(section), "section.html.jinja", context)
    topics = [topic for topic in tree.topics if not topic.section]
    yield Page("grunder", t("site.grounds"), "grounds.html.jinja", {"topics": topics})
    yield Page("dokumentet", t("site.document"), "document.html.jinja", {})


def _belongs(site: Site, frame: Frame, section: Section) -> bool:
    """Tell whether a section's page tells a frame: one that only points elsewhere, where it points from."""
    if frame.see:
        own = (s for s in site.tree.situations if site.chapter_of(s.source) == section)
        return any(frame in frames_of(site.tree, situation) for situation in own)
    return _rests_on(site, frame, section) or _is_told(site, frame, section)


def _rests_on(site: Site, frame: Frame, section: Section) -> bool:
    return any(site.chapter_of(cited.section) == section for cited in frame.statements[0].cite)


def _is_told(site: Site, frame: Frame, section: Section) -> bool:
    """Tell whether the frame qualifies a situation on the section's page, or a step of it."""
    tree = site.tree
    told = [s for s in tree.situations if site.chapter_of(s.source) == section]
    steps = [reservations(tree, placed) for s in told for placed in placed_steps(tree, s)]
    return any(frame in each.frames for each in (*steps, *(reservations_on(tree, s) for s in told)))


def gap_places(site: Site, contents: Contents) -> Iterator[str]:
    """Yield every place under a heading where gaps are shown: its situations and their steps."""
    for situation in situations_in(contents):
        yield situation.id
        yield from (placed.id for placed in placed_steps(site.tree, situation))


def situations_in(contents: Contents) -> Iterator[Situation]:
    """Yield every situation under a heading."""
    yield from contents.situations
    for below in contents.below:
        yield from situations_in(below)


def steps_and_cases(site: Site, contents: Contents) -> tuple[list[PlacedStep], FactSet]:
    """Return all steps under a heading, and what all its cases have in common."""
    situations = list(situations_in(contents))
    same = common_to([facts for situation in situations for facts in situation.facts])
    return [p for situation in situations for p in placed_steps(site.tree, situation)], same


def contents_of(site: Site, section: Section) -> Contents:
    """Return a section with its situations, and the sections below it that hold any."""
    below = [contents_of(site, s) for s in site.tree.source if s.parent == section.id]
    situations = [s for s in site.tree.situations if s.source == section.id]
    return Contents(section, situations, [c for c in below if c.situations or c.below])
