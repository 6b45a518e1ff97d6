# SPDX-License-Identifier: EUPL-1.2
from siac.indicators.models.cell import Cell, CubeState, Measure
from siac.indicators.models.cost import MOST_COST, AttentionCost, AttentionCostVersion, CostFact
from siac.indicators.models.coverage import (
    CoverageGoal,
    CoverageGoalVersion,
    Territory,
    TerritoryVersion,
)
from siac.indicators.models.demand import (
    DemandBasis,
    DemandBasisVersion,
    DemandLine,
    DemandPlan,
    DemandSheet,
    PastDemand,
    StaffingNeed,
)
from siac.indicators.models.indicator import (
    BetterLabel,
    FrequencyLabel,
    Indicator,
    IndicatorVersion,
)
from siac.indicators.models.result import IndicatorResult, ResultNote, StaleResult
from siac.indicators.models.shapes import TerritoryShapes

__all__ = [
    "MOST_COST",
    "AttentionCost",
    "AttentionCostVersion",
    "BetterLabel",
    "Cell",
    "CostFact",
    "CoverageGoal",
    "CoverageGoalVersion",
    "CubeState",
    "DemandBasis",
    "DemandBasisVersion",
    "DemandLine",
    "DemandPlan",
    "DemandSheet",
    "FrequencyLabel",
    "Indicator",
    "IndicatorResult",
    "IndicatorVersion",
    "Measure",
    "PastDemand",
    "ResultNote",
    "StaffingNeed",
    "StaleResult",
    "Territory",
    "TerritoryShapes",
    "TerritoryVersion",
]
