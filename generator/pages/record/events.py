"""What the text for the record says of what has happened, and of the time after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.locale import t
from generator.model import Condition, Gap, Statement
from generator.pages.record.groups import Data
from generator.pages.site import Site
from generator.routine.reservations import gaps_on
from generator.routine.steps import PlacedStep, events_of

Steps = Sequence[PlacedStep]


def _events(steps: Steps) -> Iterator[tuple[str, Condition]]:
    """Yield what the steps of a situation wait for, each by the name that its answer is kept under."""
    for condition in events_of(steps):
        yield f"{steps[0].situation.id}/{condition.id}", condition


def answers(steps: Steps) -> Iterator[tuple[str, str, str | None]]:
    """Yield each answer to what has happened: its place, what it says, and the gap that it leads to."""
    for name, condition in _events(steps):
        if event := condition.event:
            for value, words in event.answers:
                yield (
                    f"{name}={value}",
                    f"{event.ask} {words}.",
                    event.otherwise if value == "unmet" else None,
                )
        if asked := condition.confirm_ask or condition.confirm:
            yield f"{name}/avstamt=yes", f"{asked} {t('case.confirmed-yes')}.", None
            yield f"{name}/avstamt=no", f"{asked} {t('case.confirmed-no')}.", condition.unconfirmed
            yield f"{name}/avstamt=none", f"{asked} {t('case.confirmed-none')}.", None


def gaps_of_events(site: Site, steps: Steps) -> Iterator[tuple[str, Gap]]:
    """Yield what is unclear after an answer: also in what the routine says of the time after."""
    for place, _, id in answers(steps):
        if id:
            yield place, site.tree.get(id, Gap)
    for name, condition in _events(steps):
        for gap in gaps_on(site.tree, *_afterwards(site, condition)):
            yield f"{name}=unmet", gap


def after(site: Site, steps: Steps) -> Iterator[Data]:
    """Yield what the routine says of the time after what has happened."""
    for name, condition in _events(steps):
        for statement in _afterwards(site, condition):
            yield {"at": [f"{name}=unmet"], "text": f"{statement.text} ({site.cited_once([statement])})"}


def _afterwards(site: Site, condition: Condition) -> list[Statement]:
    """Return what begins each paragraph that an event points to, where something is unclear in it."""
    cites = condition.event.afterwards if condition.event else ()
    pointed = {place for citation in cites for place in citation.places}
    found: dict[frozenset[object], Statement] = {}
    for statement in (s for topic in site.tree.topics for s in topic.statements):
        cited = frozenset(place for citation in statement.cite for place in citation.places)
        if cited <= pointed and gaps_on(site.tree, statement):
            found.setdefault(cited, statement)
    return list(found.values())


def more_to_try(steps: Steps) -> Iterator[Data]:
    """Yield what is said where no step is left, and the answer is that more is to be tried or to happen."""
    for name, condition in _events(steps):
        tried = condition.event and condition.event.attempts
        yield {"at": [f"left={name}"], "text": t("record.more-to-try" if tried else "case.waiting")}
