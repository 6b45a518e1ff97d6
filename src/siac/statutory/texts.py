# SPDX-License-Identifier: EUPL-1.2
"""Words of Peru's book of complaints."""

from siac.cases.public import CaseEvent

REFUSALS = {
    "book_not_here": "El libro de reclamaciones físico es de las entidades del Perú.",
    "book_no_kind": "No hay un tipo de solicitud activo con la regla PE.LR. Créelo en Configuración.",
    "book_site_unknown": "Esa sede no existe.",
    "sheet_number": (
        "La hoja que sigue en esta sede es la {expected}. Si falta alguna, regístrela o anúlela antes."
    ),
    "sheet_event_after": "El hecho no puede ser posterior al día en que se escribió la hoja.",
    "platform_code_taken": "Otra solicitud ya tiene el código «{code}».",
    "platform_noted": "Ya está anotada en la plataforma con el código «{code}».",
}
EVENTS = (CaseEvent("cases.on_platform", "Anotada en la plataforma nacional"),)
RECORDED = ("cases.sheet_registered", "cases.sheet_voided")
"""Entries in other chains than those of cases."""
