"""The site engine: builds into staging, which takes the last good site's place only when all is well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from generator.build.configuration import FITTED, address
from generator.build.swap import swap
from generator.failure import Failure
from generator.locale import t

# How each engine is asked to build into staging. The second has no option for it, but takes it from the
# configuration, and there it comes from the environment.
ENGINES = {
    "mkdocs": ("mkdocs", "build", "--strict", "--config-file", FITTED, "--site-dir", "{staging}"),
    "zensical": ("zensical", "build", "--strict", "--config-file", FITTED, "--clean"),
}
ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "RUTIN_WRITTEN": "1"}


class EngineError(Failure):
    """The site could not be built; the message says why, in the spoken language where it is ours."""


def require(engine: str) -> None:
    """Raise EngineError when an engine is not installed."""
    if find_spec(ENGINES[engine][0]) is None:
        raise EngineError(t("cli.engine-missing", engine=engine))


def build(
    root: Path,
    site: Path,
    day: str,
    engine: str,
    language: str,
    beside: Collection[str],
) -> None:
    """Build the site, dated by an ISO day and not by the clock, with a search in its language.

    It is built below ``root``, where every engine can, also when it is to stand elsewhere. ``beside`` are
    files outside it that it may lead to. Raises EngineError and leaves the site as it was.
    """
    from generator.build.verify import problems  # noqa: PLC0415, its parser is needed for nothing else

    staging, ready = (folder / f"{site.name}.next" for folder in (root.resolve(), site.parent))
    for left in (staging, ready):
        shutil.rmtree(left, ignore_errors=True)
    command = [sys.executable, "-m", *(part.format(staging=staging.name) for part in ENGINES[engine])]
    epoch = datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    env = {**os.environ, **ENVIRONMENT, "SOURCE_DATE_EPOCH": str(int(epoch)), "SITE_DIR": staging.name}
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, text=True, errors="replace", check=False
    )
    try:
        if done.returncode != 0:
            raise EngineError(t("cli.engine-failed", output=_summary(done.stdout + done.stderr)))
        # Only now: checking does without their libraries.
        from generator.build import search_index  # noqa: PLC0415
        from generator.build.postprocess import finish  # noqa: PLC0415

        search_index.write(staging, language)
        finish(staging)
        found = problems(staging, urlsplit(address(root)).path or "/", root / "content", beside)
        if found:
            raise EngineError(t("cli.site-broken", problems="\n".join(found)))
        if ready != staging:
            shutil.copytree(staging, ready)
        swap(ready, site)
    finally:
        for left in (staging, ready):
            shutil.rmtree(left, ignore_errors=True)


def _summary(output: str) -> str:
    """Return what an engine said, but of a trace through its code only what it came to."""
    before, trace, rest = output.strip().partition("Traceback (most recent call last):")
    return f"{before}{rest.splitlines()[-1]}" if trace else before
