# SPDX-License-Identifier: EUPL-1.2
"""Answering: writing, sending to approval, approving."""

from collections.abc import Mapping
from typing import Any

from siac.cases import guides
from siac.cases.access import approves, may
from siac.cases.commands import answer_drafts, answering, approving
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import AnswerForm, ApprovalForm, DraftForm, RemarksForm
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.cases.queries import approver_of
from siac.cases.situation import Situation
from siac.organizations.public import Access


def _nobody_to_reach(situation: Situation) -> tuple[str, ...]:
    return () if situation.case.person_id else ("channel",)


def _works_or_approves(access: Access, case: Case) -> bool:
    return approves(access, case) or may(access, case, CaseRight.WORK)


def _in_review(situation: Situation) -> bool:
    draft = situation.case.draft
    return draft is not None and draft.is_in_review


def _to_send(situation: Situation) -> bool:
    return not approver_of(situation.institution, situation.case) and not _in_review(situation)


def _to_submit(situation: Situation) -> bool:
    return bool(approver_of(situation.institution, situation.case)) and not _in_review(situation)


def _as_read(access: Access, case: Case) -> Mapping[str, Any]:
    return {"seen": answer_drafts.answer_digest(case.draft)} if case.draft else {}


def _from_draft(access: Access, case: Case) -> Mapping[str, Any]:
    draft = case.draft
    if draft is None:
        return {}
    kept = {
        "body": draft.body,
        "outcome": draft.outcome,
        "measures": draft.measures,
        "ground": draft.ground,
        "reasons": draft.reasons,
        "reserve_id": draft.reserve_entry_id,
        "draft_version": draft.version,
    }
    return kept | ({"channel": draft.channel} if draft.channel else {})


DEEDS = (
    Deed(
        "aprobar",
        "Aprobar y enviar",
        "b",
        Move.APPROVE,
        CaseRight.APPROVE,
        ApprovalForm,
        approving.approve_answer,
        "Respuesta aprobada y enviada.",
        initial=_as_read,
        when=_in_review,
        allows=approves,
        place=20,
    ),
    Deed(
        "devolver",
        "Devolver con observaciones",
        "v",
        Move.GIVE_BACK,
        None,
        RemarksForm,
        approving.return_answer,
        "Respuesta devuelta.",
        when=_in_review,
        allows=_works_or_approves,
        place=30,
    ),
    Deed(
        "responder",
        "Responder",
        "r",
        Move.ANSWER,
        CaseRight.WORK,
        AnswerForm,
        answering.answer_case,
        "Respuesta enviada.",
        initial=_from_draft,
        spare=_nobody_to_reach,
        guide=guides.answer_guide,
        when=_to_send,
        place=40,
    ),
    Deed(
        "enviar-a-aprobacion",
        "Enviar a aprobación",
        "r",
        Move.SUBMIT,
        CaseRight.WORK,
        AnswerForm,
        approving.submit_answer,
        "Respuesta enviada a aprobación.",
        initial=_from_draft,
        spare=_nobody_to_reach,
        guide=guides.answer_guide,
        when=_to_submit,
        place=50,
    ),
    Deed(
        "borrador",
        "Guardar borrador",
        "",
        Move.DRAFT,
        CaseRight.WORK,
        DraftForm,
        answer_drafts.save_answer_draft,
        "Borrador guardado.",
        beside=("responder", "enviar-a-aprobacion"),
        place=60,
    ),
    Deed(
        "descartar",
        "Descartar el borrador de respuesta",
        "",
        Move.DRAFT,
        CaseRight.WORK,
        VersionedForm,
        answer_drafts.discard_answer_draft,
        "Borrador descartado.",
        guide=guides.discard_guide,
        when=lambda situation: situation.case.draft is not None and not _in_review(situation),
        place=140,
    ),
)
