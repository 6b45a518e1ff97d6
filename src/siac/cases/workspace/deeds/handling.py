# SPDX-License-Identifier: EUPL-1.2
"""Handling a case: whose it is, what it is about, what it waits for."""

from functools import partial

from siac.cases import guides
from siac.cases.commands import acknowledging, handling, messaging, replying, sending_back, silence, undoing
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import (
    AcknowledgeForm,
    AskForm,
    AssignForm,
    ClassifyForm,
    ExtendForm,
    MessageForm,
    ReferForm,
    SendBackForm,
)
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.cases.situation import Situation
from siac.organizations.public import Access


def _no_day_to_fix(situation: Situation) -> tuple[str, ...]:
    extension = situation.rule.extension if situation.rule else None
    return ("until",) if extension is None or extension.total is not None else ()


def _is_fresh(situation: Situation) -> bool:
    offer, case = situation.case.undo_offer, situation.case
    return offer is not None and situation.now < offer.until and offer.version == case.version


def _did_it(access: Access, case: Case) -> bool:
    return case.undo_offer is not None and case.undo_offer.actor_id == access.user.pk


DEEDS = (
    Deed(
        "deshacer",
        "Deshacer",
        "z",
        Move.UNDO,
        None,
        VersionedForm,
        undoing.undo,
        "Deshecho: la persona no recibió nada.",
        when=_is_fresh,
        allows=_did_it,
        on_top=True,
        place=10,
    ),
    Deed(
        "derivar",
        "Derivar",
        "d",
        Move.REFER,
        CaseRight.CLASSIFY,
        ReferForm,
        partial(handling.refer_case, undoable=True),
        "Solicitud derivada.",
        asks_body=True,
        suggests=True,
        place=70,
    ),
    Deed(
        "no-es-nuestra",
        "No es nuestra: devolver",
        "o",
        Move.SEND_BACK,
        CaseRight.CLASSIFY,
        SendBackForm,
        sending_back.send_back,
        "Devuelta a «Por derivar». Se avisó a quien la derivó.",
        when=lambda situation: situation.case.unit_id is not None and not situation.case.is_restricted,
        place=80,
    ),
    Deed(
        "asignar",
        "Asignar",
        "a",
        Move.ASSIGN,
        CaseRight.ASSIGN,
        AssignForm,
        handling.assign_case,
        "Responsable guardado.",
        asks_case=True,
        initial=lambda access, case: {"assignee_id": case.assignee_id or access.user.pk},
        place=90,
    ),
    Deed(
        "clasificar",
        "Clasificar",
        "t",
        Move.CLASSIFY,
        CaseRight.CLASSIFY,
        ClassifyForm,
        handling.classify_case,
        "Clasificación guardada.",
        asks_body=True,
        suggests=True,
        initial=lambda access, case: {"kind_id": case.kind_id, "topic_id": case.topic_id},
        place=100,
    ),
    Deed(
        "pedir",
        "Pedir antecedentes",
        "p",
        Move.ASK,
        CaseRight.WORK,
        AskForm,
        handling.ask_for_information,
        "Se pidieron los antecedentes a la persona.",
        guide=guides.ask_guide,
        place=110,
    ),
    Deed(
        "escribir",
        "Escribir a la persona",
        "m",
        Move.WRITE,
        CaseRight.WORK,
        MessageForm,
        messaging.write_to_person,
        "Mensaje enviado.",
        place=120,
    ),
    Deed(
        "ampliar",
        "Ampliar plazo",
        "x",
        Move.EXTEND,
        CaseRight.EXTEND,
        ExtendForm,
        handling.extend_term,
        "Plazo ampliado y comunicado.",
        guide=guides.extend_guide,
        spare=_no_day_to_fix,
        when=lambda situation: situation.may_be_extended,
        place=130,
    ),
    Deed(
        "cerrar",
        "Cerrar",
        "e",
        Move.CLOSE,
        CaseRight.WORK,
        VersionedForm,
        handling.close_case,
        "Solicitud cerrada.",
        guide=guides.closing_guide,
        place=180,
    ),
    Deed(
        "acusar",
        "Registrar acuse de recibo",
        "",
        Move.NOTE,
        CaseRight.FILE,
        AcknowledgeForm,
        acknowledging.acknowledge_case,
        "Acuse de recibo registrado.",
        guide=guides.acknowledge_guide,
        when=lambda situation: situation.acknowledgement_runs,
        place=220,
    ),
    Deed(
        "certificar",
        "Certificar el silencio",
        "",
        Move.CERTIFY,
        CaseRight.FILE,
        VersionedForm,
        silence.certify_silence,
        "Certificado emitido.",
        guide=guides.silence_guide,
        when=lambda situation: situation.is_silent and situation.case.silence_certified_at is None,
        place=230,
    ),
    Deed(
        "comentario-leido",
        "Dar por leído el comentario",
        "",
        Move.READ_REPLY,
        CaseRight.WORK,
        VersionedForm,
        replying.read_reply,
        "Comentario leído.",
        when=lambda situation: situation.case.replied_at is not None,
        place=360,
    ),
)
