# SPDX-License-Identifier: EUPL-1.2
"""What the public texts of a body say: their sections, which of them must be
filled, and a first wording.

What the law of a country wants said is in its folder. The order of the declaration of accessibility is that
of RD 1112/2018, art. 15, which is good in every country.
"""

from collections.abc import Mapping

from siac.countries.public import COUNTRIES

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


def starter(subject: str, country: str, *, name: str, address: str, contact: str) -> dict[str, str]:
    """Return a first wording for a body to review; what it cannot know stays
    empty and is asked before publishing.
    """
    law = COUNTRIES[country].public_texts
    if subject == "privacy":
        return {
            "controller": f"{name}{f', {address}' if address else ''}.",
            "purpose": "Para recibir su solicitud, responderla, avisarle de su avance "
            "y rendir cuentas de cómo se atiende. Las cifras que se publican"
            " no permiten reconocer a nadie.",
            "basis": law["basis"],
            "recipients": "El personal que atiende su solicitud y, si es de competencia de "
            "otro organismo, ese organismo. No se entregan a nadie más, salvo"
            " que una ley lo ordene.",
            "retention": (
                "El plazo depende del tipo de solicitud; abajo "
                "está el de cada uno. Pasado ese plazo se borran."
            ),
            "rights": law["rights"],
            "contact": contact,
            "authority": law["authority"],
        }
    return {
        "state": "",
        "gaps": "",
        "prepared": "",
        "contact": contact
        and f"Comunique cualquier barrera a {contact}, o con una solicitud en este portal.",
        "complaint": law["complaint"],
    }
