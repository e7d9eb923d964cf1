"""The command line: check, write, build and serve. Exit 0, 1 for findings, 2 for our own fault."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from generator.cases import number_of_cases
from generator.checks import check
from generator.diagnostics import render
from generator.letters import unknown_letters
from generator.locale import t
from generator.model import Tree
from generator.outputs import outputs
from generator.sinks import disk, engine, pdf, preview
from generator.views.checklists import papers
from generator.views.portable import ASSETS
from generator.views.site import Site
from generator.views.statement import Tested, read_results

CACHE = Path(".pdf_cache")
RESULTS = Path("content/assets/tillganglighet.json")


def main(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code."""
    options = _options(arguments)
    try:
        options.tree = options.tree or disk.only_tree(options.root)
        if options.tree is None:
            print(t("cli.which-tree"), file=sys.stderr)
            return 1
        return int(options.run(options))
    except (engine.EngineError, pdf.PdfError) as error:
        print(error, file=sys.stderr)
        return 2
    except Exception as error:
        _say_our_fault(error, options.debug)
        return 2


def _say_our_fault(error: Exception, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    print(t("cli.our-fault", error=f"{type(error).__name__}: {error}"), file=sys.stderr)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="generator", description=t("cli.description"))
    parser.add_argument("--root", type=Path, default=Path(), help=t("cli.root"))
    parser.add_argument("--tree", type=Path, help=t("cli.tree"))
    parser.add_argument("--debug", action="store_true", help=t("cli.debug"))
    commands = parser.add_subparsers(required=True, metavar="check|write|build|serve")
    for name, run in {"check": _check, "write": _write, "build": _build, "serve": _serve}.items():
        command = commands.add_parser(name, help=t(f"cli.{name}"))
        command.set_defaults(run=run)
        if name == "serve":
            command.add_argument("--address", default="127.0.0.1:8000", help=t("cli.address"))
    return parser.parse_args(arguments)


def _load(options: argparse.Namespace) -> tuple[Tree, str] | None:
    """Return the checked tree and its text, or None after saying what is wrong."""
    path = options.root / options.tree
    text, findings = disk.read_text(path)
    tree = None
    if not findings:
        tree, findings = check(text)
    if tree is not None and not findings:
        findings = list(unknown_letters(tree, pdf.known_letters()))
    if findings or tree is None:
        print(render(findings, _shown(path), text), file=sys.stderr)
        print(f"\n{t('checks.count', count=len(findings))}", file=sys.stderr)
        return None
    return tree, text


def _tested(path: Path) -> Tested | None:
    """Return what the accessibility tests found, or None after saying that it cannot be read."""
    if not path.exists():
        return None
    text, findings = disk.read_text(path)
    tested = None if findings else read_results(text)
    if tested is None:
        print(t("cli.results-broken", path=_shown(path)), file=sys.stderr)
    return tested


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _check(options: argparse.Namespace) -> int:
    loaded = _load(options)
    if loaded is None:
        return 1
    tree, _ = loaded
    counts = {"cases": number_of_cases(tree), "situations": len(tree.situations), "gaps": len(tree.gaps)}
    print(t("checks.none", path=_shown(options.root / options.tree), **counts))
    return 0


def _write(options: argparse.Namespace) -> int:
    return 1 if _written(options) is None else 0


def _written(options: argparse.Namespace) -> Tree | None:
    """Write everything generated and return the tree, or None after saying what is wrong."""
    loaded = _load(options)
    if loaded is None:
        return None
    assets = disk.read_assets(options.root / "site_overrides" / "assets", ASSETS)
    tree, text = loaded
    made = outputs(tree, text, assets, _tested(options.root / RESULTS))
    sheets = papers(Site.of(tree, text), engine.address(options.root))
    pdfs = pdf.typeset(sheets, tree.routine.revised_on, options.root / CACHE)
    done = disk.write({**made, **pdfs}, options.root / "content")
    print(t("cli.written", written=len(done.written), removed=len(done.removed)))
    return loaded[0]


def _build(options: argparse.Namespace) -> int:
    tree = _written(options)
    if tree is None:
        return 1
    site = (options.root / "site").resolve()
    engine.build(options.root, site, tree.routine.revised_on)
    print(t("cli.built", site=_shown(site)))
    return 0


def _serve(options: argparse.Namespace) -> int:
    if not preview.is_address(options.address):
        print(t("cli.address-wrong", address=options.address), file=sys.stderr)
        return 1
    seen = preview.stamp(options.root / options.tree)
    code = _write(options)
    served_before = (options.root / "content" / disk.MANIFEST).exists()
    if code != 0 and not served_before:
        return code
    if not preview.is_free(options.address):
        print(t("cli.address-taken", address=options.address), file=sys.stderr)
        return 1
    return preview.serve(
        options.root,
        preview.Watched(options.root / options.tree, seen, lambda: _rewrite(options)),
        options.address,
        lambda: print(t("cli.serving", address=f"http://{options.address}/"), flush=True),
    )


def _rewrite(options: argparse.Namespace) -> None:
    """Write again; whatever goes wrong, the last good site goes on being served."""
    try:
        _write(options)
    except pdf.PdfError as error:
        print(error, file=sys.stderr)
    except Exception as error:
        _say_our_fault(error, options.debug)
    sys.stdout.flush()
