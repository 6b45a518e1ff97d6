# SPDX-License-Identifier: EUPL-1.2
"""What the public texts of a body say: their sections, which of them must be
filled, and a first wording per country.

Privacy: Ley 19.628 as changed by Ley 21.719 (in force from 1 December 2026) for Chile; Ley 29733, art. 18,
for Peru; Regulation (EU) 2016/679, art. 13, and LO 3/2018, art. 11, for Spain. Accessibility: RD 1112/2018,
art. 15, whose order is good in every country.
"""

from collections.abc import Mapping

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "privacy": {
        "controller": "Quién es responsable de sus datos",
        "purpose": "Para qué se usan",
        "basis": "Por qué la ley lo permite",
        "recipients": "Quién los recibe",
        "retention": "Cuánto tiempo se guardan",
        "rights": "Sus derechos y cómo ejercerlos",
        "contact": "Contacto para datos personales",
        "authority": "Ante quién reclamar",
    },
    "accessibility": {
        "state": "Situación de cumplimiento",
        "gaps": "Contenido no accesible",
        "prepared": "Preparación de esta declaración",
        "contact": "Observaciones y contacto",
        "complaint": "Procedimiento de reclamación",
    },
}
"""Sections of each text, in their order, with the heading that people see. All must be filled to publish."""
SECTION_LIMIT = 10_000
_BASIS = {
    "CL": "El organismo trata estos datos para cumplir las funciones que "
    "le da la ley (Ley 19.628, modificada por la Ley 21.719 desde el"
    " 1 de diciembre de 2026; Ley 19.880, sobre procedimientos "
    "administrativos). No necesita para ello su consentimiento.",
    "PE": "La entidad trata estos datos para cumplir sus funciones y las "
    "normas del procedimiento administrativo (Ley 29733, de protección de"
    " datos personales, y Ley 27444). No necesita para ello su consentimiento (Ley 29733, artículo 14).",
    "ES": "El tratamiento es necesario para cumplir una obligación legal y "
    "una misión de interés público (Reglamento (UE) 2016/679, artículo"
    " 6.1, letras c y e; Ley 39/2015, del procedimiento administrativo común).",
}
_RIGHTS = {
    "CL": "Puede pedir el acceso, la rectificación, la supresión, la oposición, "
    "la portabilidad y el bloqueo de sus datos. El organismo le responde"
    " en el plazo que fija la ley. Pídalo con una solicitud en este portal o por el contacto indicado.",
    "PE": "Puede pedir el acceso, la rectificación, la cancelación y la "
    "oposición sobre sus datos, y que se le informe de su uso (Ley 29733,"
    " artículos 18 a 22). Pídalo con una solicitud en este portal o por el contacto indicado.",
    "ES": "Puede pedir el acceso, la rectificación, la supresión, la limitación, "
    "la oposición y la portabilidad cuando proceda (Reglamento (UE)"
    " 2016/679, artículos 15 a 22). Pídalo con una solicitud en este portal o por el contacto indicado.",
}
_AUTHORITY = {
    "CL": (
        "Si no está conforme, puede reclamar ante la Agencia de Protección de "
        "Datos Personales desde el 1 de diciembre de 2026 y ante los tribunales."
    ),
    "PE": (
        "Si no está conforme, puede reclamar ante la Autoridad Nacional de "
        "Protección de Datos Personales (Ministerio de Justicia y Derechos Humanos)."
    ),
    "ES": (
        "Si no está conforme, puede reclamar ante la Agencia Española de Protección "
        "de Datos (www.aepd.es) o la autoridad autonómica que corresponda."
    ),
}
_COMPLAINT = {
    "CL": (
        "Si su observación no tiene respuesta o no está conforme con ella, "
        "presente un reclamo en este portal; tiene plazo legal de respuesta."
    ),
    "PE": (
        "Si su observación no tiene respuesta o no está conforme con ella, "
        "presente un reclamo en este portal; tiene plazo legal de respuesta."
    ),
    "ES": "Puede presentar una solicitud de información accesible o una queja "
    "(Real Decreto 1112/2018, artículo 12): se le responde en veinte días"
    " hábiles. Si no está conforme con la respuesta o no "
    "la hay, puede iniciar la reclamación del artículo 13.",
}


def starter(subject: str, country: str, *, name: str, address: str, contact: str) -> dict[str, str]:
    """Return a first wording for a body to review; what it cannot know stays
    empty and is asked before publishing.
    """
    if subject == "privacy":
        return {
            "controller": f"{name}{f', {address}' if address else ''}.",
            "purpose": "Para recibir su solicitud, responderla, avisarle de su avance "
            "y rendir cuentas de cómo se atiende. Las cifras que se publican"
            " no permiten reconocer a nadie.",
            "basis": _BASIS[country],
            "recipients": "El personal que atiende su solicitud y, si es de competencia de "
            "otro organismo, ese organismo. No se entregan a nadie más, salvo"
            " que una ley lo ordene.",
            "retention": (
                "El plazo depende del tipo de solicitud; abajo "
                "está el de cada uno. Pasado ese plazo se borran."
            ),
            "rights": _RIGHTS[country],
            "contact": contact,
            "authority": _AUTHORITY[country],
        }
    return {
        "state": "",
        "gaps": "",
        "prepared": "",
        "contact": contact
        and f"Comunique cualquier barrera a {contact}, o con una solicitud en este portal.",
        "complaint": _COMPLAINT[country],
    }
