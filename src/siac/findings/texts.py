# SPDX-License-Identifier: EUPL-1.2
"""Words of findings."""

from siac.findings.domain.states import State, Step

STEPS = {
    Step.NOTE: "Solo anotar",
    Step.ACT: "Queda en curso",
    Step.SOLVE: "Queda resuelto",
    Step.DISMISS: "Se descarta",
    Step.REOPEN: "Se abre otra vez",
}
TOLD = {
    Step.NOTE: "Anotación",
    Step.ACT: "En curso",
    Step.SOLVE: "Resuelto",
    Step.DISMISS: "Descartado",
    Step.REOPEN: "Abierto otra vez",
}
"""The step of a note, as its history says it."""
COLOURS = {State.OPEN: "blue", State.ACTING: "yellow", State.SOLVED: "green", State.DISMISSED: "grey"}
REFUSALS = {
    "finding_dismissed": "El hallazgo está descartado: ábralo otra vez para decir su causa.",
    "root_cause_whys": "Responda al menos el primer «¿por qué?».",
    "root_cause_many": "Son cinco «¿por qué?» como mucho.",
    "root_cause_category": "Elija el tipo de causa.",
    "finding_title": "Escriba qué se encontró.",
    "finding_subject": "Eso de lo que trata el hallazgo no existe.",
    "finding_responsible": "Esa persona no trabaja en la institución o no puede ver hallazgos: elija a otra.",
    "finding_unknown": "Ese hallazgo no existe.",
    "finding_step": "El hallazgo está {state}: eso ya no se puede hacer con él.",
    "finding_note": "Escriba qué se hizo o por qué.",
    "finding_settled": "El hallazgo está {state}: ábralo otra vez para cambiarlo.",
}
RECORDED = ("findings.opened", "findings.changed", "findings.followed", "findings.root_cause")
"""Entries in the chain of each finding."""
