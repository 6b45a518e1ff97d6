# SPDX-License-Identifier: EUPL-1.2
"""Words of causes."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "cause_taken": "Ya hay una causa llamada «{name}».",
    "cause_unknown": "Esa causa no existe o está inactiva.",
}
EVENTS = (CaseEvent("cases.cause_coded", "Causa indicada", is_internal=True),)
RECORDED = ("cases.cause_saved",)
"""Entries in other chains than those of cases."""
