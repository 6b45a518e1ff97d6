# SPDX-License-Identifier: EUPL-1.2
from siac.indicators.models.indicator import CubeState, DirtyDay, Indicator, MetricCell

__all__ = ["CubeState", "DirtyDay", "Indicator", "MetricCell"]
