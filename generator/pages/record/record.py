"""The text for the record: all that a situation or gap can be told with, each with where it is said.

A place is what ``case-logic.js`` says of a case: ``fact=value``, ``event=value``, ``step=open`` and the like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from json import dumps

from generator.locale import capitalized, listed, t
from generator.model import STOPS, Ask, Frame, Gap, Question, Situation
from generator.pages.facts import rows_of
from generator.pages.gaps import frames_besides, holds_at, pointed_at
from generator.pages.record.events import after, answers, gaps_of_events, more_to_try
from generator.pages.record.groups import ALWAYS, Data, groups
from generator.pages.record.steps import frame_told, step_told, unclear_told
from generator.pages.site import Site
from generator.pages.situations import facts_before, unclear_in
from generator.routine.afterwards import always
from generator.routine.lines import lines
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import gaps_at_frame, gaps_on, reservations, reservations_on
from generator.routine.shared_duties import SharedDuty
from generator.routine.steps import PlacedStep, frames_of, placed_steps, steps_of, urgent_steps
from generator.routine.wording import task, unsaid

Steps = Sequence[PlacedStep]
UNANSWERED = "answers=none"


def record(site: Site, end: Situation | Gap) -> Data:
    """Return what can be said, by kind, and the groups of lines of the short text and of the whole."""
    steps = placed_steps(site.tree, end) if isinstance(end, Situation) else ()
    before = _gone_on_from(site, end)
    there = steps_of(site.tree, [situation.id for situation in before])
    every = [*there, *steps]
    left = _left(site, steps, there)
    routine = site.tree.routine
    values = {"title": routine.title, "version": routine.version, "revised": routine.revised_on}
    return {
        "title": [{"at": ALWAYS, "text": end.title}],
        "routine": [{"at": ALWAYS, "text": t("record.routine", **values)}],
        "unanswered": [{"at": [UNANSWERED], "text": t("record.unanswered")}],
        "came": list(_facts(site, end, first=True)),
        "facts": list(_facts(site, end, first=False)),
        "ways": list(_ways(site, end)),
        "events": [{"at": [place], "text": text} for place, text, _ in answers(steps)],
        "before": {s.id: {p.id: "open" for p in there if p.situation.id == s.id} for s in before},
        "steps": [step_told(site, placed) for placed in every],
        **left,
        "none": list(_nothing_left(site, steps)) if steps else [],
        "after": list(after(site, steps)),
        "gaps": list(_gaps(site, end, every, before, [id for one in left["left"] for id in one["at"]])),
        "holds": [] if steps else list(_duties(site, end)),
        "frames": list(_frames(site, end) if isinstance(end, Situation) else _holds(site, end)),
        "short": groups(full=False, at_gap=isinstance(end, Gap)),
        "all": groups(full=True),
    }


def record_json(site: Site, end: Situation | Gap) -> str:
    """Return what ``record`` says, as text for an attribute of the page."""
    return dumps(record(site, end), ensure_ascii=False, separators=(",", ":"))


def _facts(site: Site, end: Situation | Gap, *, first: bool) -> Iterator[Data]:
    """Yield the values of the facts that the first question settles, or of the others, and the end's own."""
    tree = site.tree
    options = tree.get(tree.get(tree.routine.start, Ask).ask, Question).options
    came = {fact for option in options for fact in option.facts}
    covered = facts_before(site, end) if isinstance(end, Situation) else end.facts or ({},)
    own = {fact: _fact(label, values) for fact, label, values in rows_of(tree, covered)}
    for fact in (fact for fact in tree.facts if (fact.id in came) is first):
        for value in fact.values:
            yield {"at": [f"{fact.id}={value.id}"], "text": _fact(fact.label, value.label)}
        if fact.id in own:
            yield {"at": [UNANSWERED], "text": own[str(fact.id)]}
    if not first and "" in own:
        yield {"at": [UNANSWERED], "text": own[""]}


def _fact(label: str, value: str) -> str:
    """Return a fact with its value, and its label only where the value does not begin with it."""
    return f"{value}." if value.startswith(f"{label} ") else f"{label}: {value}."


def _ways(site: Site, end: Situation | Gap) -> Iterator[Data]:
    """Yield what is said of a gap that the reader went on from, and of a situation that goes on here."""
    gaps = {f"gap={gap.id}": gap for gap in site.tree.end_gaps}
    for place, gap in gaps.items():
        yield _way([place], t("record.behind", unsaid=unsaid(gap), gap=_told(gap)))
    if isinstance(end, Situation):
        said = t("record.steps-for", title=end.title)
        instead = f"{end.text} ({site.cited_all(end.cite)})"
        yield _way(ALWAYS, instead) if end.text else _way(list(gaps), said)
        if end.continues:
            yield _way(ALWAYS, t("record.before-going-on"))
    for situation in _gone_on_from(site, end):
        yield _way([f"via={situation.id}"], t("record.via", title=situation.title))
    if isinstance(end, Situation):
        for frame in (frame for frame in frames_of(site.tree, end) if frame.see):
            yield _way([UNANSWERED], _pointing(site, frame, end))


def _way(at: Sequence[str], text: str) -> Data:
    return {"at": list(at), "text": text}


def _gone_on_from(site: Site, end: Situation | Gap) -> list[Situation]:
    """Return the situations that a case may have gone on from to this end."""
    before = {here for here, there in goes_on_to(site.tree) if there == end.id or isinstance(end, Gap)}
    return [situation for situation in site.tree.situations if situation.id in before]


def _left(site: Site, steps: Steps, there: Steps) -> Data:
    """Return the steps that are told in full where they are left, and those that are named alone.

    Where something is urgent, that and what belongs to it is told in full; nothing else is of those "there",
    in a situation that the case went on from.
    """
    first = [p.id for p in there if p.id in _urgent(site, p.situation)]
    here = ids if steps and (ids := _urgent(site, steps[0].situation)) else [p.id for p in steps]
    return {
        "left": [
            *(step_told(site, p) for p in there if p.id in first),
            *(step_told(site, p, known=True) for p in steps if p.id in here),
        ],
        "more": [step_told(site, p) for p in steps if p.id not in here],
        "rest": [step_told(site, p) for p in there if p.id not in first],
    }


def _urgent(site: Site, situation: Situation) -> list[str]:
    """Return what is urgent, and what belongs to it; or nothing."""
    urgent, besides = urgent_steps(site.tree, situation)
    return [p.id for p in (*urgent, *besides)] if urgent else []


def _pointing(site: Site, frame: Frame, situation: Situation) -> str:
    """Return in short what leads on to other steps, and what is unclear there."""
    gaps = unclear_in(site, situation)[str(frame.id)]
    said = [frame.title, *(statement.text for statement in frame.statements)]
    beside = (f"{str(line).rstrip('.')}." for line in (*lines(site.tree, frame), *unclear_told(gaps)))
    return " ".join(map(str, [*said, *beside]))


def _frames(site: Site, situation: Situation) -> Iterator[Data]:
    """Yield the lines and the frames of the whole situation, and what always holds."""
    if said := [str(line) for line in lines(site.tree, situation)]:
        yield {"at": ALWAYS, "text": said}
    for frame in reservations_on(site.tree, situation).frames:
        gaps = gaps_at_frame(site.tree, frame, situation)
        yield {"at": ALWAYS, "text": [*frame_told(site, frame), *unclear_told(gaps)]}
    yield from _whatever_the_steps(site)


def _whatever_the_steps(site: Site) -> Iterator[Data]:
    """Yield what always holds, and whose duties hold besides."""
    for topic in always(site.tree):
        gaps = gaps_on(site.tree, *topic.statements)
        yield {"at": ALWAYS, "text": [*frame_told(site, topic), *unclear_told(gaps)]}
    units = [str(unit.label) for unit in site.tree.units if unit.duties]
    if units:
        yield {"at": ALWAYS, "text": t("record.own-duties", units=listed(units))}


def _nothing_left(site: Site, steps: Steps) -> Iterator[Data]:
    """Yield what is said where no step is left, and where those before what has happened are not ticked."""
    rest = _where_the_rest_stands(site)
    yield {"at": ["left="], "text": f"{t('record.nothing-left')} {rest}".strip()}
    yield {"at": ["left=past"], "text": rest}
    yield from more_to_try(steps)


def _where_the_rest_stands(site: Site) -> str:
    """Return where that stands which always holds, whatever steps are left."""
    topics = always(site.tree)
    return " ".join(f"{topic.title}: {site.cited_once(topic.statements)}." for topic in topics)


def _holds(site: Site, gap: Gap) -> Iterator[Data]:
    """Yield what holds at a gap all the same, as its page says it: duties, frames and what always holds."""
    holds, unclear = holds_at(site.tree, gap), pointed_at(site, gap)
    for duty in holds.duties:
        yield {"at": ALWAYS, "text": list(_duty(site, duty))}
    for facts, frame in frames_besides(site.tree, gap):
        places = [f"{fact}={value}" for fact, values in facts.items() for value in values]
        gaps = gaps_at_frame(site.tree, frame)
        yield {"at": places or ALWAYS, "text": [*frame_told(site, frame), *unclear_told(gaps)]}
    for frame in (*holds.frames, *holds.elsewhere):
        there = (str(site.tree.get(id, Situation).title) for id in frame.see)
        gaps = unclear[str(frame.id)] if frame.see else gaps_at_frame(site.tree, frame)
        yield {"at": ALWAYS, "text": [*frame_told(site, frame), *there, *unclear_told(gaps)]}
    yield from _whatever_the_steps(site)


def _duties(site: Site, end: Situation | Gap) -> Iterator[Data]:
    """Yield in short what holds at a gap, or where there are no steps, all the same."""
    for duty in holds_at(site.tree, end).duties if isinstance(end, Gap) else ():
        yield {"at": ALWAYS, "text": f"{capitalized(task(site.tree, duty.placed.step))}."}
    if rest := _where_the_rest_stands(site):
        yield {"at": ALWAYS, "text": rest}


def _duty(site: Site, duty: SharedDuty) -> Iterator[str]:
    """Yield a duty with what qualifies it."""
    yield duty.placed.with_condition
    yield f"({site.cited_all(duty.cites)})"
    yield from map(str, duty.notes)
    yield from map(str, duty.lines)
    for frame in duty.frames:
        yield from frame_told(site, frame)
    for gap in duty.gaps:
        yield t("record.gap", title=gap.title)


def _gaps(
    site: Site, end: Situation | Gap, steps: Steps, before: Sequence[Situation], left: Iterable[str]
) -> Iterator[Data]:
    """Yield the gaps of the end, of its steps and of what has happened, with the places where each bites.

    Those of what has happened come before others, and those that stop before those that do not. In short,
    those are named that bite there, at steps that are told as left, or everywhere and stop; then those that
    stop at what is done.
    """
    own = [end] if isinstance(end, Gap) else reservations_on(site.tree, end).gaps
    own = [*own, *(site.gaps_on_the_way_to(end) if isinstance(end, Situation) else ())]
    happened = [
        (gap.id, place) for place, gap in gaps_of_events(site, [p for p in steps if p.situation == end])
    ]
    found = [*happened, *((gap.id, "") for gap in own)]
    found += [(gap.id, placed.id) for placed in steps for gap in reservations(site.tree, placed).gaps]
    found += [(gap.id, f"via={s.id}") for s in before for gap in reservations_on(site.tree, s).gaps]
    told = [(gap, [place for id, place in found if id == gap.id]) for gap in site.tree.gaps]
    order = [id for id, _ in happened]
    for gap, places in sorted(told, key=lambda one: (one[0].id not in order, one[0].weight != STOPS)):
        everywhere = {""} if (gap.weight == STOPS and isinstance(end, Situation)) or gap == end else set()
        first = {*left, *(place for _, place in happened), *everywhere}
        if places:
            done = [placed.id for placed in steps if placed.id in places and gap.weight == STOPS]
            at = {"at": places, "first": [place for place in places if place in first], "done": done}
            yield {**at, "title": f"{gap.title}.", "text": _told(gap)}


def _told(gap: Gap) -> str:
    return f"{gap.title}. {gap.text}"
