# SPDX-License-Identifier: EUPL-1.2
"""Closing a case to most of the house."""

from siac.cases import guides
from siac.cases.access import may
from siac.cases.commands import restricting
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import RestrictForm
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.organizations.public import Access


def _reads_restricted(access: Access, case: Case) -> bool:
    return may(access, case, CaseRight.READ_RESTRICTED)


DEEDS = (
    Deed(
        "reservar",
        "Reservar",
        "",
        Move.RESTRICT,
        CaseRight.CLASSIFY,
        RestrictForm,
        restricting.restrict_case,
        "Solicitud reservada.",
        guide=guides.restrict_guide,
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
        restricting.unrestrict_case,
        "La solicitud ya no es reservada.",
        when=lambda situation: situation.case.is_restricted and not situation.case.kind.is_restricted,
        allows=_reads_restricted,
        place=350,
    ),
)
