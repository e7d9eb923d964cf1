"""Generated pages as a small site, without a site engine: the project's own template, none of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, Template, pass_context
from jinja2.runtime import Context

from generator.build import disk
from generator.model import Tree
from generator.navigator.parts import parts
from generator.pages import ends, questions, sections, unsure
from generator.pages.site import Site, render
from tests.conftest import ROOT

BASE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>{{ page.meta.title }} - Provet</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
<link rel="stylesheet" href="{{ 'assets/rutin.css' | url }}">
{% block extrahead %}{% endblock %}</head>
<body class="md-typeset">{% block header %}{% endblock %}{% block site_nav %}{% endblock %}
{% block content %}{{ page.content }}{% endblock %}</body></html>
"""


def write_navigator(tree: Tree, text: str, limit: int, folder: Path) -> Path:
    """Write the navigator's pages of a tree below a folder, its data in parts of ``limit`` bytes."""
    site = Site.of(tree, text)
    data = parts(site, limit)
    made = [page for maker in (questions, unsure, ends) for page in maker.pages(site)]
    made.append(sections.gaps_page())
    write_site({page.path: render(site, data.on(page)) for page in made}, folder)
    disk.save(data.files, folder)
    return folder


def write_site(pages: Mapping[str, str], folder: Path) -> None:
    """Write generated pages, by path without ending, and the site's own scripts and styles."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(ROOT / "site_overrides"), DictLoader({"base.html": BASE})]),
        autoescape=False,  # noqa: S701, as the engines do it: pages are markup already
    )
    environment.filters["url"] = _url
    template = environment.get_template("main.html")
    assets = (ROOT / "site_overrides" / "assets").iterdir()
    files: dict[str, str | bytes] = {f"assets/{asset.name}": asset.read_bytes() for asset in assets}
    files |= {f"{path}.html": _page(template, path, text) for path, text in pages.items()}
    disk.save(files, folder)


def _page(template: Template, path: str, text: str) -> str:
    _, front, body = text.split("---\n", 2)
    page = {"meta": yaml.safe_load(front), "content": body.strip()}
    return template.render(page=page, lang={"t": str}, root="../" * path.count("/"))


@pass_context
def _url(context: Context, path: str) -> str:
    return f"{context['root']}{path}"
