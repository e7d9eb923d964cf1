"""A page per question for whoever does not know the answer: what is certain, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Ask, Question
from generator.pages.addresses import fragment
from generator.pages.facts import in_words
from generator.pages.gaps import elsewhere, pointed
from generator.pages.page import Page
from generator.pages.questions import OptionLink, given, with_answer
from generator.pages.site import Site
from generator.routine.afterwards import always
from generator.routine.cases import Answer, settled
from generator.routine.passages import Passage, passages
from generator.routine.reservations import gaps_at_question
from generator.routine.shared_duties import SharedDuties, SharedDuty, shared_duties
from generator.routine.shared_frames import possible_frames


@dataclass(frozen=True)
class Branch:
    """What one option would add to what is certain anyway, where it could end, and if more is asked."""

    choice: OptionLink
    duties: SharedDuties
    added: list[SharedDuty]
    open: bool

    @property
    def by_certainty(self) -> list[tuple[str, list[SharedDuty]]]:
        """What is added in every case, and only in those that the routine describes, under their words."""
        in_every = [one for one in self.added if one in self.duties.certain]
        others = [one for one in self.added if one not in in_every]
        found = (
            ("unsure.added-in-all" if len(self.duties.situations) > 1 else "unsure.added", in_every),
            ("unsure.in-described", others),
        )
        return [(word, duties) for word, duties in found if duties]


def pages(site: Site) -> Iterator[Page]:
    """Yield one page per place where the tree asks something."""
    passed: dict[str, list[Passage]] = {}
    for passage in passages(site.tree):
        passed.setdefault(passage.node, []).append(passage)
    for node in site.tree.nodes:
        question = site.tree.get(node.ask, Question)
        answers = site.answers_to(node.id)
        behind = ", ".join(answer.option.short for answer in answers)
        title = t("unsure.title", question=question.text)
        context = {
            "node": node,
            "question": question,
            "given": given(site, answers),
            "back": _back(site, node, answers),
            **_shared_duties(site, node, answers, passed.get(node.id, [])),
        }
        page = f"{title} – {behind}" if behind else title
        yield Page(
            f"vet-inte/{node.id}", page, "unsure.html.jinja", context, needs=("navigator",), search_weight=0
        )


def _shared_duties(
    site: Site, node: Ask, answers: tuple[Answer, ...], passed: list[Passage]
) -> dict[str, object]:
    whole = shared_duties(site.tree, passed)
    branches = []
    for option in site.tree.get(node.ask, Question).options:
        part = shared_duties(site.tree, passed, option)
        choice = OptionLink(option, with_answer(site, node.goto[option.id], (*answers, Answer(node, option))))
        asks_more = node.goto[option.id] in site.tree.ids("nodes")
        branches.append(Branch(choice, part, part.without(site.tree, whole), asks_more))
    shown = [*whole.always, *whole.described, *whole.least, *(duty for b in branches for duty in b.added)]
    gaps = {gap.id for duty in shown for gap in duty.gaps}
    actions = {*(duty.placed.step.action for duty in shown), *(one.action.id for one in whole.varying)}
    gaps.update(unclear.gap.id for b in branches for unclear in b.duties.unclear)
    away = elsewhere(site.tree, passed)
    possible = possible_frames(site.tree, passed, actions)
    gaps.update(gap.id for gap in gaps_at_question(site.tree, node.ask))
    return {
        "shared_duties": whole,
        "anchors": {str(frame.id): f"ram-{frame.id}" for frame in whole.frames},
        "branches": branches,
        "elsewhere": away,
        "pointed": pointed(site, away, whole.situations),
        "topics": always(site.tree),
        "possible": [(in_words(site.tree, facts), frames) for facts, frames in possible],
        "page_gaps": [gap for gap in site.tree.gaps if gap.id in gaps],
        "words_folded": True,
    }


def _back(site: Site, node: Ask, answers: tuple[Answer, ...]) -> str:
    return f"{site.page_of(node.id, 'nodes')}#{fragment({**settled(answers), '_fraga': node.id})}"
