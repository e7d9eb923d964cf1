"""Question pages: the tool without its script, and the start page that holds the first one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.locale import t
from generator.model import Ask, Option, Question, Tree
from generator.pages.addresses import fragment
from generator.pages.page import Page
from generator.pages.site import Site
from generator.reading.limits import number
from generator.routine.cases import Answer, settled
from generator.routine.in_all import in_all
from generator.routine.routes import routes


@dataclass(frozen=True)
class OptionLink:
    """An option as a link: where it leads, with the answers so far in the fragment."""

    option: Option
    href: str


@dataclass(frozen=True)
class Given:
    """An answer given, and the link that asks for it again."""

    answer: Answer
    question: str
    href: str


def pages(site: Site) -> Iterator[Page]:
    """Yield one page per place where the tree asks something."""
    some = any(question.together for question in site.tree.questions)
    needs = ("navigator", *(["many"] if some else []))
    for node in site.tree.nodes:
        question = site.tree.get(node.ask, Question)
        path = site.page_of(node.id, "nodes").removesuffix(".html")
        start = node.id == site.tree.routine.start
        template = "start.html.jinja" if start else "question.html.jinja"
        context = {**question_context(site, node), **(_start(site) if start else {})}
        title = question.text if start else f"{_group(site, node)}: {question.text}"
        # Whoever searches wants the answer first, not one more question.
        yield Page(path, title, template, context, needs=needs, search_weight=1.0 if start else 0.2)


def _start(site: Site) -> Mapping[str, object]:
    """Return what the start page says beside the first question."""
    most = max(sum(len(leg.answers) for leg in route.legs) for route in routes(site.tree))
    ways = (len(way) for situation in site.tree.situations for way in site.ways_to(situation))
    few, many = number(min(ways, default=most)), number(most)  # a draft may have no situation yet
    counted = t("start.questions", count=few if few == many else t("start.from-to", few=few, many=many))
    counted = t("start.question") if most == 1 else counted
    return {"counted": counted, "routine_page": _routine_page(site)}


def _routine_page(site: Site) -> str:
    """Return where reading begins: the first section that has a page, else what always applies."""
    first = next((section for section in site.tree.source if section.page_id), None)
    return site.page_of(first.id, "source") if first else "grunder.html"


def question_context(site: Site, node: Ask) -> Mapping[str, object]:
    """Return what the question's markup needs, with links from the site's root."""
    answers = site.answers_to(node.id)
    question = site.tree.get(node.ask, Question)
    choices = [
        OptionLink(o, with_answer(site, node.goto[o.id], (*answers, Answer(node, o))))
        for o in question.options
    ]
    facts = fragment(settled(answers))
    unsure = f"vet-inte/{node.id}.html" + (f"#{facts}" if facts else "")
    return {
        "node": node,
        "question": question,
        "boxes": boxes(site.tree, question),
        "choices": choices,
        "unsure": unsure,
        "given": given(site, answers),
        "own_ways": [own_way(site, question, o) for o in question.options if o.id in node.own],
    }


def boxes(tree: Tree, question: Question) -> Sequence[Question]:
    """Return the questions that can be answered together, at the first of them."""
    if not question.together:
        return ()
    family = [each for each in tree.questions if each.pos == question.pos]  # made of one, at its place
    return family if family[0] is question else ()


def given(site: Site, answers: tuple[Answer, ...]) -> list[Given]:
    """Return the answers as a trail; each link keeps the facts and names the question to ask."""
    facts = fragment(settled(answers))
    return [
        Given(
            answer,
            site.tree.get(answer.node.ask, Question).text,
            f"{site.page_of(answer.node.id, 'nodes')}#{facts}&_fraga={answer.node.id}",
        )
        for answer in answers
    ]


def own_way(site: Site, question: Question, option: Option) -> str:
    """Tell after which answers the way on from an option is the tool's reading, if after any.

    What those ways alone have in common is enough to tell them by.
    """
    asking = [node for node in site.tree.nodes if node.ask == question.id]
    before = {node.id: [str(a.option.short) for a in site.answers_to(node.id)] for node in asking}
    own = [before[node.id] for node in asking if option.id in node.own]
    others = [before[node.id] for node in asking if option.id not in node.own]
    if not own:
        return ""
    common = in_all(own)
    told = [common] if not any(set(common) <= set(each) for each in others) else own
    answers = "; ".join(", ".join(each) for each in told if each)
    return t("site.own-way-after" if answers else "site.own-way-of", option=option.label, answers=answers)


def with_answer(site: Site, id: str, answers: tuple[Answer, ...]) -> str:
    """Return the page that answers lead to, with the answers in its fragment."""
    return f"{site.page_of(id, 'nodes', 'situations', 'gaps')}#{fragment(settled(answers))}"


def _group(site: Site, node: Ask) -> str:
    """Return the answers behind a question, to tell apart pages that ask the same."""
    return ", ".join(answer.option.short for answer in site.answers_to(node.id))
