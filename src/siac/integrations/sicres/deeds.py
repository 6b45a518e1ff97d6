# SPDX-License-Identifier: EUPL-1.2
"""Sending a request to another office."""

from siac.cases.public import CaseRight, Deed, Move, Situation
from siac.integrations.sicres.commands.sending import send_case
from siac.integrations.sicres.forms import SendForm
from siac.integrations.sicres.queries import is_here, office_of


def _can_send(situation: Situation) -> bool:
    """Return whether the body exchanges at all (1 SQL, none in other countries)."""
    return is_here(situation.institution) and office_of(situation.institution) is not None


def _guide(situation: Situation) -> list[str]:
    return [
        "Se prepara el archivo de intercambio con los datos de la persona, el texto y los archivos; usted lo "
        "sube a su aplicación de registro.",
        "La solicitud sigue aquí y su plazo corre hasta que el otro organismo la acepte y usted la traslade.",
    ]


DEEDS = (
    Deed(
        "enviar-sir",
        "Enviar a otro organismo (SIR)",
        "",
        Move.TRANSFER,
        CaseRight.WORK,
        SendForm,
        send_case,
        "Archivo de intercambio preparado: descárguelo en «Intercambio registral».",
        guide=_guide,
        when=_can_send,
        place=295,
    ),
)
