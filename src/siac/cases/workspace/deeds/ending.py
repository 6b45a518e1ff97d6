# SPDX-License-Identifier: EUPL-1.2
"""Ways for a case to end without an answer, and to be opened again."""

from siac.cases import guides
from siac.cases.commands import endings
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import DismissForm, MergeForm, ReasonForm, TransferForm, WithdrawForm

DEEDS = (
    Deed(
        "transferir",
        "Derivar a otro organismo",
        "",
        Move.TRANSFER,
        CaseRight.CLASSIFY,
        TransferForm,
        endings.transfer_case,
        "Solicitud derivada al organismo competente.",
        guide=guides.transfer_guide,
        place=240,
    ),
    Deed(
        "acumular",
        "Acumular a otra solicitud",
        "",
        Move.MERGE,
        CaseRight.CLASSIFY,
        MergeForm,
        endings.merge_case,
        "Solicitud acumulada.",
        guide=guides.merge_guide,
        place=250,
    ),
    Deed(
        "desistir",
        "Registrar desistimiento",
        "",
        Move.WITHDRAW,
        CaseRight.FILE,
        WithdrawForm,
        endings.withdraw_case,
        "Desistimiento registrado.",
        guide=guides.withdraw_guide,
        place=280,
    ),
    Deed(
        "tener-por-desistida",
        "Tener por desistida",
        "",
        Move.LAPSE,
        CaseRight.WORK,
        ReasonForm,
        endings.declare_lapsed,
        "Se tuvo por desistida.",
        guide=guides.lapse_guide,
        when=lambda situation: situation.correction_has_lapsed,
        place=290,
    ),
    Deed(
        "inadmitir",
        "Declarar inadmisible",
        "",
        Move.DISMISS,
        CaseRight.WORK,
        DismissForm,
        endings.dismiss_case,
        "Solicitud declarada inadmisible.",
        guide=guides.denial_guide,
        place=300,
    ),
    Deed(
        "reabrir",
        "Reabrir",
        "",
        Move.REOPEN,
        CaseRight.EXTEND,
        ReasonForm,
        endings.reopen_case,
        "Solicitud reabierta.",
        guide=guides.reopen_guide,
        place=400,
    ),
)
