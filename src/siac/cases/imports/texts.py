# SPDX-License-Identifier: EUPL-1.2
"""Words of registers brought in."""

from siac.cases.texts.events import CaseEvent

EVENTS = (
    CaseEvent(
        "cases.imported",
        "Traída del registro anterior",
        "Trajimos su solicitud del registro anterior",
    ),
    CaseEvent("cases.import_updated", "Puesta al día desde el registro de origen"),
)
RECORDED = ("cases.import_loaded",)
"""Entries in other chains than those of cases."""
