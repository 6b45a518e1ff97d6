# SPDX-License-Identifier: EUPL-1.2
"""Words of the office without network."""

from siac.cases.public import CaseEvent

REFUSALS = {
    "offline_unreadable": "Este registro no se puede leer. Guarde una copia y avise a quien administra SIAC.",
    "offline_no_device": "Este equipo no está preparado para esta institución. Lo guardado no se borra.",
    "offline_revoked": "Este equipo fue revocado y no puede enviar. Lo guardado sigue aquí, cifrado; quien "
    "administra los equipos puede volver a admitirlo.",
    "offline_other_person": "Usted entró con otra cuenta. Entre con la de quien preparó este equipo.",
    "offline_full": "Hay demasiados registros de este equipo por revisar. Pida que los revisen antes.",
    "offline_name_missing": "Escriba un nombre para el equipo.",
    "offline_devices_many": "Tiene demasiados equipos preparados. Revoque los que ya no usa.",
    "offline_settled": "Otra persona ya resolvió este registro.",
    "offline_why_missing": "Escriba por qué se archiva sin ingresar.",
}
HELD_WORDS = {
    "no_role": "Quien la registró ya no puede ingresar solicitudes en la institución.",
    "no_session": "Se envió solo con la clave del equipo, sin que nadie entrara con su cuenta.",
    "clock_moved": "El reloj del equipo se cambió antes de enviar: diga qué día se recibió.",
    "before_device": "Según su reloj, se registró antes de preparar el equipo: diga qué día se recibió.",
    "too_old": "Se registró hace más de diez días: hay que confirmar qué día se recibió.",
    "kind_gone": "El tipo elegido ya no se ofrece.",
    "form_changed": "El formulario del tipo cambió y hay respuestas que ya no tienen pregunta.",
    "invalid": "Hay datos que el formulario de hoy no acepta.",
    "tracking_code_taken": "El código que se entregó ya es de otra solicitud: tendrá uno nuevo.",
}
"""Why a record waits for somebody, by code; other codes are those of refusals."""
EVENTS = (
    CaseEvent(
        "cases.from_offline",
        "Recibida en terreno, sin conexión; quien la registró entregó el código",
        "Recibimos su solicitud en terreno",
    ),
)
RECORDED = (
    "offline.device_prepared",
    "offline.device_revoked",
    "offline.device_restored",
    "offline.received",
    "offline.settled",
    "offline.dropped",
)
"""Entries in other chains than those of cases."""
