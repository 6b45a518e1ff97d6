# SPDX-License-Identifier: EUPL-1.2
"""What can be measured: every registered metric, by key, and how its figures are told apart."""

from siac.indicators.texts import FAMILIES, STATISTICS
from siac.infra.metrics import Better, Metric, metrics, sources
from tests.drawn.source import ROOT

PAGE = ROOT / "docs" / "metrics.md"
BETTER = {Better.LOWER: "menos", Better.HIGHER: "más", Better.NEITHER: "–"}


def table() -> str:
    """Return the table of all metrics."""
    head = "| clave | nombre | qué cuenta | familia | se dice como | mejor |\n|---|---|---|---|---|---|"
    return "\n".join([head, *(_row(each) for each in metrics())])


def _row(metric: Metric) -> str:
    said = ", ".join(_lower(STATISTICS[each]) for each in metric.statistics)
    cells = (
        f"`{metric.key}`",
        metric.title,
        metric.definition,
        _lower(FAMILIES[metric.family]),
        said,
        BETTER[metric.better],
    )
    return f"| {' | '.join(cells)} |"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def dimensions() -> str:
    """Return, by source, its dimensions and the families of them whose figures are kept."""
    lines = []
    for source in sources():
        named = {each.key: each.title for each in source.dimensions}
        kept = ", ".join(" × ".join(named[key] for key in family) or "todo" for family in source.families)
        trees = ", ".join(each.title for each in source.dimensions if each.parents)
        lines.append(f"- **{source.key}**: {', '.join(named.values())}. Suman lo que está debajo: {trees}.")
        lines.append(f"  Cifras guardadas de: {kept}. Cualquier otra combinación se cuenta hecho por hecho.")
    return "\n".join(lines)
