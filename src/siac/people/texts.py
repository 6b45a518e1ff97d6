# SPDX-License-Identifier: EUPL-1.2
from siac.people.domain.person import Code, PersonKind

KINDS = {PersonKind.NATURAL: "Persona natural", PersonKind.LEGAL: "Empresa u organización"}
REFUSALS: dict[str, str] = {
    Code.DOCUMENT_CHECK_DIGIT: (
        "El número de documento {document} no es correcto: revise el dígito o la letra final."
    ),
    Code.DOCUMENT_FORM: "El número de documento {document} no tiene la forma esperada.",
    Code.DOCUMENT_TYPE_MISSING: "Indique qué documento es el número {document}.",
    Code.EMAIL_FORM: "El correo electrónico {email} no es válido. Escríbalo como nombre@ejemplo.org.",
    Code.PHONE_FORM: "El teléfono {phone} no es válido. Escriba entre 6 y 15 cifras.",
    Code.TEXT_TOO_LONG: "El campo «{field}» admite hasta {limit} caracteres.",
    Code.ERASED: "Los datos de esta persona fueron borrados.",
    Code.UNKNOWN: "No encontramos a esa persona.",
}
FIELDS = {
    "given_names": "nombres",
    "family_names": "apellidos",
    "email": "correo electrónico",
    "phone": "teléfono",
    "address": "dirección",
    "preferred_channel": "medio de respuesta",
    "verified_by": "identidad verificada por",
    "verified_on": "día en que se verificó",
    "agent": "quien actúa en su representación",
}
ERASED_NAME = "Datos borrados"
NO_NAME = "Sin nombre"
CHANGED = "people.changed"
"""May change what figures know of a person, so what is counted of their requests is untrue."""
CHARACTERISED = "people.characterised"
"""They told something of themselves, for statistics."""
ERASED = "people.erased"
RECORDED = (
    "people.exported",
    "people.texts_wanted",
    "people.texts_refused",
)
"""Every kind of entry that this context writes in the journal."""
