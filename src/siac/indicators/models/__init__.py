# SPDX-License-Identifier: EUPL-1.2
from siac.indicators.models.cell import Cell, CubeState, Measure
from siac.indicators.models.indicator import Indicator

__all__ = ["Cell", "CubeState", "Indicator", "Measure"]
