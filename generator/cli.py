"""The command line. Exit 0, 1 for findings, 2 for what stopped the command, our own error or another."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from generator.build import disk, engine
from generator.build.memory import uncollected
from generator.failure import Failure
from generator.locale import DEFAULT, common, language_in, languages, listed, speaking, t


def main(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code."""
    options = _options(arguments)
    options.trees = [options.tree] if options.tree else disk.trees(options.root)
    options.tree = options.trees[0] if len(options.trees) == 1 else None
    with speaking(_language(options)):
        return _reported(options)


def _reported(options: argparse.Namespace) -> int:
    """Run the command, and say what went wrong."""
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without our letters must not stop a build
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if told := _missing_tree(options):
            print(told, file=sys.stderr)
            return 1
        with nullcontext() if options.command == "serve" else uncollected():
            return _run(options)
    except Failure as error:
        print(error, file=sys.stderr)
        return 2
    except ImportError as error:
        if options.debug:
            traceback.print_exception(error)
        print(t("cli.missing", error=error), file=sys.stderr)
        return 2
    except OSError as error:
        if options.debug:
            traceback.print_exception(error)
        print(disk.describe_os_error(error), file=sys.stderr)
        return 2
    except Exception as error:
        _report_internal_error(error, options.debug)
        return 2


def _language(options: argparse.Namespace) -> str:
    """Return what to speak: the language of a new tree, or of those that there are."""
    if options.command == "new":
        return str(options.language)
    return common(language_in(disk.read_text(options.root / tree)[0]) for tree in options.trees)


def _missing_tree(options: argparse.Namespace) -> str:
    """Return what to say to whoever has to name a tree, or nothing."""
    trees, command = options.trees, options.command
    if command == "new" or (trees and (options.tree or command in OF_ALL)):
        return ""
    if not trees:
        return t("cli.which-tree")
    files = [tree.as_posix() for tree in trees]
    return t("cli.which-routine", files=listed(files), first=files[0], command=command)


def _report_internal_error(error: Exception, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    print(t("cli.internal-error", error=f"{type(error).__name__}: {error}"), file=sys.stderr)


# The command, and the module that runs it.
COMMANDS = {
    "check": "check",
    "advise": "advise",
    "write": "site",
    "build": "site",
    "bundle": "bundle",
    "serve": "serve",
    "diff": "versions",
    "status": "status",
    "form": "status",
    "release": "versions",
    "schema": "versions",
    "new": "new",
}
# What is done with all routines where there are several, and the module that does it.
OF_ALL = {
    "check": "several",
    "advise": "several",
    "schema": "several",
    "build": "build_several",
    "bundle": "build_several",
    "serve": "serve_several",
}


def _run(options: argparse.Namespace) -> int:
    """Run the command. Only what it needs is imported, so that nothing else can stop a check."""
    modules = {**COMMANDS, **OF_ALL} if options.tree is None else COMMANDS
    module = import_module(f"generator.commands.{modules[options.command]}")
    run = getattr(module, options.command)
    if options.command == "serve":
        return int(run(options, lambda error: _report_internal_error(error, options.debug)))
    return int(run(options))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="generator", description=t("cli.description"))
    parser.add_argument("--root", type=Path, default=Path(), help=t("cli.root"))
    parser.add_argument("--tree", type=Path, help=t("cli.tree"))
    parser.add_argument("--debug", action="store_true", help=t("cli.debug"))
    commands = parser.add_subparsers(required=True, metavar="|".join(COMMANDS))
    made = {}
    for name in COMMANDS:
        made[name] = commands.add_parser(name, help=t(f"cli.{name}"))
        made[name].set_defaults(command=name)
    made["serve"].add_argument("--address", default="127.0.0.1:8000", help=t("cli.address"))
    for name in ("build", "bundle", "serve"):
        made[name].add_argument("--engine", choices=engine.ENGINES, default="mkdocs", help=t("cli.engine"))
    made["new"].add_argument("name", help=t("cli.name"))
    made["new"].add_argument("--language", choices=languages(), default=DEFAULT, help=t("cli.language"))
    made["diff"].add_argument("old", nargs="?", help=t("cli.old"))
    made["diff"].add_argument("new", nargs="?", help=t("cli.new"))
    made["diff"].add_argument("--save", type=Path, help=t("cli.save"))
    for name, file in (("status", "utkast.html"), ("form", "formular.html")):
        made[name].add_argument("file", nargs="?", type=Path, default=Path(file), help=t("cli.file"))
    return parser.parse_args(arguments)
