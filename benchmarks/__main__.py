"""``make bench``: measure, print a table, and keep the results for docs/benchmarks.md.

Name the kinds to measure, or none for all.
A bar that is broken is told at the end, and stops nothing.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable

from benchmarks import browser, build, load, pdf, preview, report, ways, weight
from benchmarks.frame import Row

Points = list[dict[str, float]]
KINDS: dict[str, Callable[[], tuple[list[Row], Points]]] = {
    "build": build.rows,
    "preview": lambda: (preview.rows(), []),
    "ways": lambda: (ways.rows(), []),
    "pdf": lambda: (pdf.rows(), []),
    "weight": lambda: (weight.rows(), []),
    "browser": lambda: ([Row(*row) for row in browser.rows()], []),
    "load": lambda: ([Row(*row) for row in load.rows()], []),
}


def main(names: list[str]) -> int:
    """Measure these kinds, and write what came of it beside what is known of the others."""
    results = json.loads(report.RESULTS.read_text("utf-8")) if report.RESULTS.exists() else {}
    broken: list[str] = []
    for name in names or KINDS:
        rows, points = KINDS[name]()
        results[name] = {"on": _machine(), "rows": [row._asdict() for row in rows], "points": points}
        print(report.table(results[name]["rows"]), flush=True)
        broken += [f"{name}: {row.name}" for row in rows if not row.ok]
        report.RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    report.write(results)
    print("\n".join(f"Broken bar: {bar}" for bar in broken) or "All bars hold.")
    return 0


def _machine() -> str:
    cores, pages, size = os.cpu_count(), os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    memory = round(pages * size / 2**30)
    return f"{cores} cores, {memory} GiB, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
