"""Sentences: an action's wording with its slots filled from a step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from generator.locale import capitalized, listed, t, uncapitalized
from generator.model import (
    Action,
    Citation,
    Deadline,
    Force,
    Gap,
    Party,
    Purpose,
    Section,
    Step,
    Text,
    Tree,
    Unit,
    once,
)

SLOTS = frozenset({"who", "modal", "opening", "to", "with", "purpose"})
_SLOT = re.compile(r"\{(\w*)\}")
_BEFORE_THE_TASK = re.compile(r"(?P<who>.*\{who\} )?\{(?:modal|opening)\} (?P<task>.*)\.")


def wording_for(action: Action, actors: int) -> Text | None:
    """Return the wording for this number of actors, or None if the action has none."""
    if actors == 0:
        return action.unnamed
    return (action.joint or action.text) if actors > 1 else action.text


def slots_in(text: str) -> list[str]:
    """Return the names of the slots in a wording, in order."""
    return _SLOT.findall(text)


def sentence(tree: Tree, step: Step) -> str:
    """Return the step as one sentence, its deadline first, without its condition.

    Raises KeyError for a reference that does not exist and ValueError for a step whose action has
    no wording for it; the checks refuse such a tree.
    """
    return _in_time(step, capitalized(_plainly(tree, step, _wording(tree, step))))


def _in_time(step: Step, said: str) -> str:
    return f"{capitalized(deadline(step.within))}: {said}" if step.within else said


def deadline(within: Deadline) -> str:
    """Return how long somebody has, as it stands in a sentence: "inom 3 dagar från beslutet"."""
    number = {0: "none", 1: "one"}.get(within.count, "more")
    time = t(f"deadline.of.{within.of}.{number}", count=within.count)
    if not within.from_:
        return t("deadline.no-start", time=time)
    return t("deadline.same" if within.count == 0 else "deadline.from", time=time, start=within.from_)


def sentence_with(
    tree: Tree, step: Step, named: Callable[[str, Sequence[str]], str], forced: Callable[[str], str]
) -> str:
    """Return the sentence without its deadline, before its first letter is made a capital.

    ``named`` says for a role (who, with, to) and its ids what stands for their names, ``forced`` what
    stands for the force's words; each is called in the order in which they stand in the sentence.
    """
    return _filled(tree, step, _wording(tree, step), named, forced)


def _wording(tree: Tree, step: Step) -> str:
    wording = wording_for(tree.get(step.action, Action), len(step.who))
    if wording is None:
        raise ValueError(f"no wording for {step.action} at line {step.pos.line}")
    return wording


def task(tree: Tree, step: Step) -> str:
    """Return what is left to do, for the record: the force, the action in the infinitive, and who acts."""
    action = tree.get(step.action, Action)
    force = tree.get(step.force, Force)
    wording = action.infinitive or _infinitive(action, len(step.who))
    if not wording:
        return sentence(tree, step)
    if not step.who:
        wording = f"{wording} ({t('record.unnamed')})"
    return _in_time(step, _plainly(tree, step, f"{'{modal}' if force.modal else '{opening}'} {wording}"))


def _infinitive(action: Action, actors: int) -> str:
    """Return what follows the force in a wording of the action, and who acts; or "" if none has it so."""
    for wording in (wording_for(action, actors), action.text, action.unnamed):
        found = _BEFORE_THE_TASK.fullmatch(wording or "")
        if found and "{who}" not in found["task"]:
            who = (found["who"] or "{who}").strip()
            return f"{found['task']} ({uncapitalized(who)})" if actors else found["task"]
    return ""


def _plainly(tree: Tree, step: Step, wording: str) -> str:
    return _filled(tree, step, wording, lambda _, ids: names(tree, ids), lambda word: word)


def _filled(
    tree: Tree,
    step: Step,
    wording: str,
    named: Callable[[str, Sequence[str]], str],
    forced: Callable[[str], str],
) -> str:
    force = tree.get(step.force, Force)

    def with_whom() -> str:
        return t("join.with", names=named("with", step.with_)) if step.with_ else ""

    values: dict[str, Callable[[], str]] = {
        "who": lambda: named("who", step.who),
        "modal": lambda: forced(force.modal or ""),
        "opening": lambda: forced(force.opening or ""),
        "to": lambda: named("to", step.to),
        "with": with_whom,
        "purpose": lambda: str(tree.get(step.purpose, Purpose).text) if step.purpose else "",
    }
    filled = _SLOT.sub(lambda slot: values[slot[1]](), wording)
    return re.sub(r"\s+(?=[.,])|(?<=\s)\s+", "", filled).strip()


def names(tree: Tree, ids: Sequence[str], name: Callable[[str], str] | None = None) -> str:
    """Return the names of units and parties as they stand in a sentence, or what ``name`` gives for each."""
    name = name or (lambda id: str(tree.get(id, Unit, Party).name))
    return listed([name(id) for id in ids]) if ids else ""


def unsaid(gap: Gap) -> str:
    """Return what the routine does not say where a path ends, as a heading."""
    return str(gap.unsaid or t("site.gap-kicker"))


@once
def headings(tree: Tree, section: Section) -> list[Section]:
    """Return the section and those above it, the outermost first."""
    above = headings(tree, tree.get(section.parent, Section)) if section.parent else []
    return [*above, section]


def section_number(tree: Tree, section: Section) -> str:
    """Return the number of the document's section that this heading stands in, or ''."""
    return next((s.number for s in headings(tree, section) if s.number), "")


def heading_of(tree: Tree, citation: Citation) -> str:
    """Return the heading that a citation points to, with the one above it inside a section."""
    above = headings(tree, tree.get(citation.section, Section))
    inside = above[1:] if above[0].number and len(above) > 1 else above[-1:]
    return " – ".join(s.heading for s in inside)


def paragraphs_of(citation: Citation) -> str:
    """Return a citation's paragraphs as read."""
    return ranges(citation.paragraphs)


def ranges(numbers: Iterable[int]) -> str:
    """Return ascending numbers as read: "2", "2–4" or "4 och 6"."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return listed([str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs])


def cited(tree: Tree, citation: Citation) -> str:
    """Return a citation as a reader meets it: section, heading, paragraph and page."""
    section = tree.get(citation.section, Section)
    number = section_number(tree, section)
    return t(
        "citation.in-section" if number else "citation.elsewhere",
        number=number,
        heading=heading_of(tree, citation),
        paragraphs=paragraphs_of(citation),
        pages=page_numbers(section),
    )


def page_numbers(section: Section) -> str:
    """Return what tells a section's pages after other words; nothing if the document has none."""
    return f", {t('citation.pages', pages=section.pages)}" if section.pages else ""
