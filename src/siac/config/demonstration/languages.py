# SPDX-License-Identifier: EUPL-1.2
"""What an invented body wrote, in the other languages of its pages: its kinds of request, not all of them."""

from collections.abc import Mapping
from datetime import datetime

from siac.cases.public import portal_kinds
from siac.organizations.public import Institution, save_translation

_SAID: Mapping[str, Mapping[str, str]] = {
    "ca": {
        "Aviso": "Avís",
        "Quiero avisar de un desperfecto en la calle": "Vull avisar d’un desperfecte al carrer",
        "Una farola, un bache, un contenedor, un árbol.": "Un fanal, un sot, un contenidor, un arbre.",
        "Queja": "Queixa",
        "Quiero quejarme de un servicio municipal": "Vull queixar-me d’un servei municipal",
        "Sugerencia": "Suggeriment",
        "Quiero proponer una mejora": "Vull proposar una millora",
    },
    "gl": {
        "Aviso": "Aviso",
        "Quiero avisar de un desperfecto en la calle": "Quero avisar dun dano na rúa",
        "Una farola, un bache, un contenedor, un árbol.": "Un farol, unha focha, un colector, unha árbore.",
        "Queja": "Queixa",
        "Quiero quejarme de un servicio municipal": "Quero queixarme dun servizo municipal",
        "Sugerencia": "Suxestión",
        "Quiero proponer una mejora": "Quero propoñer unha mellora",
    },
    "eu": {
        "Aviso": "Abisua",
        "Quiero avisar de un desperfecto en la calle": "Kaleko kalte baten berri eman nahi dut",
        "Queja": "Kexa",
        "Quiero quejarme de un servicio municipal": "Udal-zerbitzu batez kexatu nahi dut",
        "Sugerencia": "Iradokizuna",
        "Quiero proponer una mejora": "Hobekuntza bat proposatu nahi dut",
    },
}


def translate_kinds(institution: Institution, *, now: datetime) -> None:
    """Translate the kinds of request of a body into the languages that it offers, as far as is told here."""
    for language in institution.offered_languages:
        known = _SAID.get(language, {})
        for kind in portal_kinds(institution):
            texts = {"name": kind.name, "need": kind.need, "hint": kind.hint}
            said = {field: known[text] for field, text in texts.items() if text in known}
            if said:
                save_translation(
                    institution=institution, record="case-kind", record_id=kind.pk, language=language,
                    said=said, actor=None, now=now,
                )  # fmt: skip
