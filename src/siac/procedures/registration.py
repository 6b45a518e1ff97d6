# SPDX-License-Identifier: EUPL-1.2
"""What procedures add to lower contexts, said once when the application starts."""

from siac.cases.public import register_register, register_register_words
from siac.catalogue.public import register_service_panel, register_sheet_origin
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events
from siac.organizations.public import StaffRight, register_left_behind
from siac.procedures.metrics import METRICS, SOURCE
from siac.procedures.sheet import SHEET
from siac.procedures.sheets import ORIGIN, PANEL, leads
from siac.procedures.texts import NAMES, PROBLEMS, REASONS, RECORDED
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register the record of procedures, what is counted of it, words and navigation."""
    register_register_words(names=NAMES, problems=PROBLEMS, reasons=REASONS)
    register_register(SHEET)
    declare_events(RECORDED, untrue=(FACTS,))
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    register_left_behind(
        dict.fromkeys(
            ("procedures.ProcedureRecord", "procedures.ProcedureFact"),
            "What the source really handled; a practice body handles nothing.",
        )
    )
    register_service_panel(PANEL)
    register_sheet_origin(ORIGIN, leads)
    title, page = "Trámites y productos", "workspace:procedures:procedures"
    register_nav(NavItem(title, page, StaffRight.FIGURES, 60, group=NavGroup.CHARTERS))
