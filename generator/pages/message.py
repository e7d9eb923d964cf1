"""What the scripts say at the top of a page: their words, and what a case that went on has to do besides."""

from __future__ import annotations

from json import dumps

from markupsafe import Markup

from generator.locale import strings, t
from generator.model import Situation
from generator.pages.site import Site
from generator.routine.outcomes import goes_on_to
from generator.routine.steps import placed_steps

# The navigator's other words stand in its markup.
SAID = (
    *("change", "change_of", "broken", "kept", "none_kept", "from_gap", "title"),
    *("elsewhere", "elsewhere_link"),
)


def said_json(site: Site) -> str:
    """Return what the scripts say, as text for an attribute: also the gaps that a reader may go on from."""
    words = strings()["navigator"]
    gaps = {str(gap.id): str(gap.title) for gap in site.tree.end_gaps if gap.ways}
    return _json({word: words[word] for word in SAID} | {"gaps": gaps})


def before_json(site: Site, end: Situation | None = None) -> str:
    """Return what is told of each situation that a case may have gone on from to this end, or to a gap."""
    before = [s for s in site.tree.situations if s.continues]
    if end:
        before = [s for s in before if (s.id, end.id) in goes_on_to(site.tree)]
    return _json({str(s.id): _told(site, s) for s in before}) if before else ""


def _told(site: Site, situation: Situation) -> str:
    """Return the markup; a script leaves out what is ticked, and says how much is left (``data-lines``).

    Of an urgent step that holds in some cases only, it says in which.
    """
    steps = [p for p in placed_steps(site.tree, situation) if p.is_urgent]
    lines = [t("navigator.besides"), *(t("navigator.today", count=n + 1) for n in range(len(steps)))]
    first = Markup("<span data-first='{}'>{} </span>")
    urgent = Markup("").join(
        first.format(p.id, p.with_condition if p.step.hangs else p.sentence) for p in steps
    )
    fold = Markup("<details><summary data-lines='{}'>{}</summary><p>{}{} <a>{}</a></p></details>")
    return fold.format(_json(lines), lines[-1], urgent, t("navigator.via"), situation.title)


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))
