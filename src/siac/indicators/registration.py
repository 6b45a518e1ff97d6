# SPDX-License-Identifier: EUPL-1.2
"""What indicators listen to, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.findings.public import Source as FoundBy
from siac.findings.public import register_finding_subject
from siac.indicators.costs.measuring import METRICS, SOURCE
from siac.indicators.demand.proof import plan_problems
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.figures.cube import follow
from siac.indicators.figures.state import READER
from siac.indicators.maps.outlining import outline
from siac.indicators.models import (
    AttentionCostVersion,
    CoverageGoalVersion,
    DemandBasisVersion,
    IndicatorResult,
    IndicatorVersion,
    TerritoryVersion,
)
from siac.indicators.results.before_after import effects_on_place
from siac.indicators.results.found import RESULT, result_names
from siac.indicators.results.proof import result_problems
from siac.indicators.texts import RECORDED, REFUSALS
from siac.indicators.tiles import AHEAD, TILES
from siac.indicators.travelling import name_rows
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_consumer, register_guard, register_verification
from siac.organizations.public import StaffRight, register_left_behind, version_guard
from siac.servicepoints.public import register_outline
from siac.staff.public import register_place_effects
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import register_ahead, register_tile

_DEMAND = tuple(f"indicators.{name}" for name in ("DemandBasis", "DemandPlan", "DemandSheet", "PastDemand"))


def register() -> None:
    """Follow the journal of everything that is counted, and have figures and indicators in the menu."""
    name_rows()
    register_refusals(REFUSALS)
    register_finding_subject(RESULT, result_names, source=FoundBy.INDICATOR)
    declare_events(*RECORDED)
    declare_events("indicators.cost_saved", untrue=(FACTS,))
    register_source(SOURCE)
    for each in METRICS:
        register_metric(each)
    for kept in (
        IndicatorVersion, IndicatorResult, DemandBasisVersion, AttentionCostVersion, TerritoryVersion,
        CoverageGoalVersion,
    ):  # fmt: skip
        register_guard(*version_guard(kept))
    register_verification("results", result_problems)
    register_place_effects(effects_on_place)
    register_verification("demand", plan_problems)
    register_consumer(READER, [FACTS], follow, from_now=True)
    counted = (
        "Counted from the body's own cases; those of a practice body are its own figures and nobody else's."
    )
    register_nav(
        NavItem("Cifras", "workspace:indicators:figures", StaffRight.FIGURES, 20, group=NavGroup.FIGURES)
    )
    register_nav(
        NavItem(
            "Indicadores", "workspace:indicators:indicators", StaffRight.FIGURES, 30, group=NavGroup.FIGURES
        )
    )
    register_nav(
        NavItem(
            "Plan de demanda", "workspace:indicators:demand", StaffRight.FIGURES, 60, group=NavGroup.FIGURES
        )
    )
    register_nav(
        NavItem("Cobertura", "workspace:indicators:coverage", StaffRight.FIGURES, 40, group=NavGroup.FIGURES)
    )
    register_nav(
        NavItem(
            "Igualdad de trato", "workspace:indicators:equity", StaffRight.FIGURES, 50, group=NavGroup.FIGURES
        )
    )
    register_rights(IndicatorRight)
    register_outline(outline)
    for tile in TILES:
        register_tile(tile)
    register_ahead(AHEAD)
    register_left_behind(
        {
            **dict.fromkeys(("indicators.Cell", "indicators.CubeState"), counted),
            **dict.fromkeys(
                ("indicators.IndicatorResult", "indicators.ResultNote", "indicators.StaleResult"),
                "Results of real cases.",
            ),
            **dict.fromkeys(("indicators.AttentionCost", "indicators.CostFact"), "What a real year cost."),
            **dict.fromkeys(
                ("indicators.TerritoryShapes", "indicators.Territory", "indicators.CoverageGoal"),
                "A practice body has no territory of its own.",
            ),
            **dict.fromkeys(_DEMAND, "What a real year brought, and what is expected of the next."),
        }
    )
