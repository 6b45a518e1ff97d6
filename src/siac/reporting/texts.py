# SPDX-License-Identifier: EUPL-1.2
"""Words of reports."""

REFUSALS = {
    "summary_period": "Elija un período que ya haya empezado.",
    "summary_unknown": "Ese resumen no existe.",
    "summary_moving": "Ese resumen ya está en preparación o terminado.",
}
RECORDED = ("reporting.summary_made", "reporting.schedule_saved")
"""Entries of the journal: in the chain of each summary, and of the configuration."""
