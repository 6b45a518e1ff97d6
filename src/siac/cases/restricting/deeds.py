# SPDX-License-Identifier: EUPL-1.2
"""Closing a case to most of the house."""

from siac.cases.access import may
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.cases.restricting.commands import restrict_case, unrestrict_case
from siac.cases.restricting.forms import RestrictForm
from siac.cases.situation import Situation
from siac.organizations.public import Access


def _reads_restricted(access: Access, case: Case) -> bool:
    return may(access, case, CaseRight.READ_RESTRICTED)


def restrict_guide(situation: Situation) -> list[str]:
    """Say who sees the case once it is restricted."""
    return [
        (
            "Desde ahora la verán solo su responsable y quienes leen "
            "reservadas en su unidad; cada lectura quedará anotada."
        ),
        "Sigue contando en las cifras, sin que se vea cuál es.",
    ]


DEEDS = (
    Deed(
        "reservar",
        "Reservar",
        "",
        Move.RESTRICT,
        CaseRight.CLASSIFY,
        RestrictForm,
        restrict_case,
        "Solicitud reservada.",
        guide=restrict_guide,
        when=lambda situation: not situation.case.is_restricted,
        place=340,
    ),
    Deed(
        "levantar-reserva",
        "Levantar la reserva",
        "",
        Move.RESTRICT,
        CaseRight.CLASSIFY,
        VersionedForm,
        unrestrict_case,
        "La solicitud ya no es reservada.",
        when=lambda situation: situation.case.is_restricted and not situation.case.kind.is_restricted,
        allows=_reads_restricted,
        place=350,
    ),
)
