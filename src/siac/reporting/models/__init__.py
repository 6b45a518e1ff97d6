# SPDX-License-Identifier: EUPL-1.2
from siac.reporting.models.summary import EveryLabel, Summary, SummarySchedule

__all__ = ["EveryLabel", "Summary", "SummarySchedule"]
