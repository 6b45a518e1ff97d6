# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `reporting`."""

from siac.reporting.accountability.commands import (
    approve_letter,
    note_sending,
    open_letter,
    prepare_letter,
    standing,
)
from siac.reporting.domain.letters import periods_over, year_of
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen.making import LINE as LETTERS
from siac.reporting.frozen.making import making
from siac.reporting.opendata.commands import save_dataset
from siac.reporting.own.commands import freeze_own_report, save_own_report
from siac.reporting.summaries.commands import ask_for_summary, save_schedule

__all__ = [
    "LETTERS",
    "ReportRight",
    "approve_letter",
    "ask_for_summary",
    "freeze_own_report",
    "making",
    "note_sending",
    "open_letter",
    "periods_over",
    "prepare_letter",
    "save_dataset",
    "save_own_report",
    "save_schedule",
    "standing",
    "year_of",
]
