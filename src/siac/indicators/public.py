# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `indicators`."""

from siac.indicators.commands.cube import compute_dirty_days, mark_days_of, mark_dirty
from siac.indicators.commands.indicators import create_indicator
from siac.indicators.domain.figures import Share
from siac.indicators.models import Indicator
from siac.indicators.queries import Figure, figures

__all__ = [
    "Figure",
    "Indicator",
    "Share",
    "compute_dirty_days",
    "create_indicator",
    "figures",
    "mark_days_of",
    "mark_dirty",
]
