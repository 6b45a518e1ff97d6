# SPDX-License-Identifier: EUPL-1.2
"""Words of Chile's reserve index."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "reserve_not_here": "El índice de reserva es de los organismos de Chile.",
    "reserve_unnamed": "Escriba el acto o documento y el acto que declara la reserva.",
    "reserve_law_missing": "La causal N.º 5 remite a otra ley: escriba cuál.",
    "reserve_days": "Revise las fechas: el documento no es posterior al acto que lo "
    "declara, ese acto no es futuro y la reserva no termina antes de empezar.",
    "reserve_no_denial": (
        "Solo se agrega al índice lo que se deniega, en todo o en parte, de una solicitud de información."
    ),
    "reserve_ended": "Esa reserva ya había terminado.",
}
EVENTS = (CaseEvent("cases.reserve_indexed", "Agregada al índice de reserva", is_internal=True),)
RECORDED = ("cases.reserve_entered", "cases.reserve_ended")
"""Entries in other chains than those of cases."""
