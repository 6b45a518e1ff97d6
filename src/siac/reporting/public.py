# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `reporting`."""

from siac.reporting.domain.rights import ReportRight
from siac.reporting.opendata.commands import save_dataset
from siac.reporting.own.commands import freeze_own_report, save_own_report
from siac.reporting.summaries.commands import ask_for_summary, save_schedule

__all__ = [
    "ReportRight",
    "ask_for_summary",
    "freeze_own_report",
    "save_dataset",
    "save_own_report",
    "save_schedule",
]
