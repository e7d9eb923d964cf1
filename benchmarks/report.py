"""The results as a page and a plot in docs/. Made from benchmarks/results.json alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
DOCS = Path(__file__).parents[1] / "docs"
PAGE, PLOT = DOCS / "benchmarks.md", DOCS / "images" / "benchmarks.svg"
TITLES = {
    "build": "Building, beside the site engine",
    "ways": "Checking, by the ways through the tree",
    "preview": "An edit in the preview",
    "pdf": "PDFs",
    "weight": "What a page weighs",
    "browser": "What a reader waits for",
    "load": "A rush, served by nginx",
}
LEAD = """# Benchmarks

Made by `make bench` from [benchmarks/](../benchmarks/). The numbers are those of each kind's last run.
Read the ratios: seconds are those of one machine, of CPU unless it says otherwise.
A figure that does not keep its bar says so.

![CPU seconds by nodes, on logarithmic axes: each step grows as the line does.](images/benchmarks.svg)
"""


def write(results: Mapping[str, Any]) -> None:
    """Write the page and the plot."""
    PAGE.write_text(page(results), "utf-8")
    PLOT.write_text(plot(results), "utf-8")


def page(results: Mapping[str, Any]) -> str:
    """Return the page: one table for each kind."""
    parts = [LEAD]
    for kind, title in TITLES.items():
        if kind in results:
            parts.append(f"## {title}\n\n{results[kind]['on']}.\n\n{table(results[kind]['rows'])}\n")
    return "\n".join(parts)


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| figure | measured | floor | ratio | bar | kept |", "|---|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row["ratio"] is None else f"{row['ratio']}"
        kept = "" if not row["bar"] else "yes" if row["ok"] else "**no**"
        cells = (row["name"], row["measured"], row["floor"], ratio, row["bar"], kept)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def plot(results: Mapping[str, Any]) -> str:
    """Return the growth as an SVG with two logarithmic axes, and a line for what is linear."""
    import io  # noqa: PLC0415, the library takes a second to load

    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "growth", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot as plt  # noqa: PLC0415

    points = results.get("build", {}).get("points", [])
    figure, axes = plt.subplots(figsize=(7, 4.2))
    nodes = [point["nodes"] for point in points]
    styles = {"check": "o-", "write": "s-", "finish and verify": "^-", "engine": "D--"}
    for step, style in styles.items():
        axes.loglog(nodes, [point[step] for point in points], style, label=step)
    if points:
        first = points[0]["check"]
        axes.loglog(nodes, [first * n / nodes[0] for n in nodes], "k:", label="linear")
    axes.set_xlabel("nodes")
    axes.set_ylabel("CPU seconds")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(figure)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
