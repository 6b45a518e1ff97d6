# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `indicators`."""

from siac.indicators.domain.figures import Share
from siac.indicators.figures.cube import count_all, rebuild
from siac.indicators.models import Indicator
from siac.indicators.results.keeping_commands import save_indicator
from siac.indicators.results.queries import Figure, figures

__all__ = ["Figure", "Indicator", "Share", "count_all", "figures", "rebuild", "save_indicator"]
