# SPDX-License-Identifier: EUPL-1.2
"""Words of absences."""

REFUSALS = {
    "assignee_away": "{name}: {words}. Elija a otra persona.",
    "absence_days": "Revise los días: desde el primero hasta el último, no pasados, y a lo más un año.",
    "absence_twice": "{name} ya tiene una ausencia anotada en esos días.",
    "absence_substitute_away": (
        "{name} no puede reemplazar: es la misma persona o también está ausente esos días."
    ),
    "absence_substitute_right": "{name} no trabaja con las solicitudes de las mismas unidades.",
}
RECORDED = ("cases.absence_noted", "cases.absence_ended")
"""Entries in other chains than those of cases."""
