# SPDX-License-Identifier: EUPL-1.2
"""What an officer may do with a case: one row an action, in the order of the case page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest

from siac.accounts.public import Right
from siac.cases import guides
from siac.cases.access import approves, may
from siac.cases.commands import (
    acknowledging,
    answer_drafts,
    answering,
    appeals,
    approving,
    book,
    causes,
    endings,
    handling,
    holding,
    linking,
    messaging,
    replying,
    reserve,
    restricting,
    sending_back,
    silence,
    snoozing,
    teamwork,
    third_parties,
    undoing,
)
from siac.cases.domain.clock_kinds import PLATFORM
from siac.cases.domain.delivery import asked_delivery, usual_delivery
from siac.cases.domain.numbers import cover_codes
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move, allowed
from siac.cases.forms.actions import (
    AcknowledgeForm,
    AnswerForm,
    AskForm,
    AssignForm,
    CauseOfCaseForm,
    ClassifyForm,
    DismissForm,
    DraftForm,
    ExtendForm,
    HoldForm,
    LinkForm,
    MergeForm,
    MessageForm,
    NoteForm,
    ReasonForm,
    ReferForm,
    RemarksForm,
    RestrictForm,
    SendBackForm,
    SnoozeForm,
    SplitForm,
    ThirdPartyForm,
    TransferForm,
    WithdrawForm,
)
from siac.cases.forms.appeals import AppealForm
from siac.cases.forms.book import DuplicateForm, PlatformForm
from siac.cases.forms.fields import VersionedForm
from siac.cases.forms.reserve import ReserveForm
from siac.cases.forms.teamwork import TaskForm
from siac.cases.models import Case
from siac.cases.queries import approver_of
from siac.cases.situation import Situation
from siac.cases.workspace.by_law import fit_to_law
from siac.organizations.public import Access
from siac.people.public import PersonData
from siac.ui.forms import Form


def _nothing(access: Access, case: Case) -> Mapping[str, Any]:
    return {}


def _silent(situation: Situation) -> list[str]:
    return []


def _spares_nothing(situation: Situation) -> tuple[str, ...]:
    return ()


def _no_day_to_fix(situation: Situation) -> tuple[str, ...]:
    extension = situation.rule.extension if situation.rule else None
    return ("until",) if extension is None or extension.total is not None else ()


def _nobody_to_reach(situation: Situation) -> tuple[str, ...]:
    return () if situation.case.person_id else ("channel",)


def _always(situation: Situation) -> bool:
    return True


def _anyone(access: Access, case: Case) -> bool:
    return True


def _works_or_approves(access: Access, case: Case) -> bool:
    return approves(access, case) or may(access, case, CaseRight.WORK)


def _reads_restricted(access: Access, case: Case) -> bool:
    return may(access, case, CaseRight.READ_RESTRICTED)


def _in_review(situation: Situation) -> bool:
    draft = situation.case.draft
    return draft is not None and draft.is_in_review


def _to_send(situation: Situation) -> bool:
    return not approver_of(situation.institution, situation.case) and not _in_review(situation)


def _to_submit(situation: Situation) -> bool:
    return bool(approver_of(situation.institution, situation.case)) and not _in_review(situation)


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


@dataclass(frozen=True, slots=True)
class Action:
    """Something an officer does with a case through a form.

    `code` is in the address, `key` the keyboard key that opens it (empty: it has a page of its own), `done`
    what is said when it worked. `initial` gives the form what the case already says, `spare` names the fields
    it need not ask in a situation, `guide` says beforehand what will follow, `when` narrows the situations in
    which it is offered, `allows` the people. `asks_body`: the form needs the body to know its options,
    `asks_case` the case too. `beside` names the actions in whose form it is one more button; `on_top`: it is
    a button at the head of the page. `suggests`: what the body's history suggests is shown above its form
    once that opens.
    """

    code: str
    label: str
    key: str
    move: Move
    right: Right | None
    """None: whoever `allows` says, over whatever unit the case has come to."""
    form: Callable[..., Form]
    command: Callable[..., Case]
    done: str
    asks_body: bool = False
    asks_case: bool = False
    initial: Callable[[Access, Case], Mapping[str, Any]] = _nothing
    spare: Callable[[Situation], tuple[str, ...]] = _spares_nothing
    guide: Callable[[Situation], list[str]] = _silent
    when: Callable[[Situation], bool] = _always
    allows: Callable[[Access, Case], bool] = _anyone
    on_top: bool = False
    beside: tuple[str, ...] = ()
    suggests: bool = False

    @property
    def has_page(self) -> bool:
        """Whether it stands on a page of its own: what is done now and then does not fill the case page."""
        return not self.key and not self.beside

    def fresh(self, access: Access, situation: Situation) -> Form:
        """Return the form as it is first shown."""
        case = situation.case
        form = self.form(
            *self._own(access, case), initial={"version": case.version, **self.initial(access, case)}
        )
        for name in self.spare(situation):
            del form.fields[name]
        return form

    def sent(self, request: HttpRequest, access: Access, case: Case) -> Form:
        """Return the form as it was sent."""
        return self.form(*self._own(access, case), request.POST, request.FILES)

    def _own(self, access: Access, case: Case) -> tuple[Any, ...]:
        return (
            (access.institution, case) if self.asks_case else (access.institution,) if self.asks_body else ()
        )

    def offered(self, access: Access, situation: Situation) -> bool:
        """Return whether this user may do it to this case now."""
        case = situation.case
        return (
            case.erased_at is None
            and self.move in allowed(case.state)
            and self.open_to(access, case)
            and self.when(situation)
        )

    def open_to(self, access: Access, case: Case) -> bool:
        """Return whether this user is one of those who may do it to this case at all."""
        return (self.right is None or may(access, case, self.right)) and self.allows(access, case)


def _is_fresh(situation: Situation) -> bool:
    offer, case = situation.case.undo_offer, situation.case
    return offer is not None and situation.now < offer.until and offer.version == case.version


def _did_it(access: Access, case: Case) -> bool:
    return case.undo_offer is not None and case.undo_offer.actor_id == access.user.pk


def _may_wait(situation: Situation) -> bool:
    case, today = situation.case, situation.today
    return not case.is_snoozed(today) and case.due_on is not None and case.due_on > today


def _has_it(access: Access, case: Case) -> bool:
    return case.assignee_id == access.user.pk


_TABLE = (
    Action(
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
    ),
    Action(
        "aprobar",
        "Aprobar y enviar",
        "b",
        Move.APPROVE,
        CaseRight.APPROVE,
        VersionedForm,
        approving.approve_answer,
        "Respuesta aprobada y enviada.",
        when=_in_review,
        allows=approves,
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
        "borrador",
        "Guardar borrador",
        "",
        Move.DRAFT,
        CaseRight.WORK,
        DraftForm,
        answer_drafts.save_answer_draft,
        "Borrador guardado.",
        beside=("responder", "enviar-a-aprobacion"),
    ),
    Action(
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
    ),
    Action(
        "no-es-nuestra",
        "No es nuestra: devolver",
        "o",
        Move.SEND_BACK,
        CaseRight.CLASSIFY,
        SendBackForm,
        sending_back.send_back,
        "Devuelta a «Por derivar». Se avisó a quien la derivó.",
        when=lambda situation: situation.case.unit_id is not None and not situation.case.is_restricted,
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
        "pedir",
        "Pedir antecedentes",
        "p",
        Move.ASK,
        CaseRight.WORK,
        AskForm,
        handling.ask_for_information,
        "Se pidieron los antecedentes a la persona.",
        guide=guides.ask_guide,
    ),
    Action(
        "escribir",
        "Escribir a la persona",
        "m",
        Move.WRITE,
        CaseRight.WORK,
        MessageForm,
        messaging.write_to_person,
        "Mensaje enviado.",
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
        "posponer",
        "Posponer",
        "s",
        Move.SNOOZE,
        CaseRight.WORK,
        SnoozeForm,
        snoozing.snooze_case,
        "Solicitud pospuesta.",
        asks_body=True,
        when=_may_wait,
        allows=_has_it,
    ),
    Action(
        "retomar",
        "Retomar (está pospuesta)",
        "s",
        Move.SNOOZE,
        CaseRight.WORK,
        VersionedForm,
        snoozing.wake_case,
        "De nuevo en «Mías».",
        when=lambda situation: situation.case.is_snoozed(situation.today),
        allows=_has_it,
    ),
    Action(
        "nota",
        "Nota interna",
        "n",
        Move.NOTE,
        CaseRight.FILE,
        NoteForm,
        teamwork.note_with_mentions,
        "Nota guardada.",
    ),
    Action(
        "cerrar",
        "Cerrar",
        "e",
        Move.CLOSE,
        CaseRight.WORK,
        VersionedForm,
        handling.close_case,
        "Solicitud cerrada.",
        guide=guides.tasks_guide,
    ),
    Action(
        "tarea",
        "Agregar una tarea",
        "",
        Move.NOTE,
        CaseRight.WORK,
        TaskForm,
        teamwork.add_task,
        "Tarea agregada.",
        asks_body=True,
    ),
    Action(
        "tercero",
        "Avisar a un tercero",
        "",
        Move.HEAR,
        CaseRight.WORK,
        ThirdPartyForm,
        third_parties.hear_third_party,
        "Se avisó al tercero.",
        asks_body=True,
        guide=guides.third_party_guide,
        when=lambda situation: situation.rule is not None and "objection" in situation.rule.related,
    ),
    Action(
        "recurso",
        "Registrar recurso o amparo",
        "",
        Move.APPEAL,
        CaseRight.WORK,
        AppealForm,
        appeals.register_appeal,
        "Recurso registrado con su plazo.",
        guide=guides.appeal_guide,
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
        "transferir",
        "Derivar a otro organismo",
        "",
        Move.TRANSFER,
        CaseRight.CLASSIFY,
        TransferForm,
        endings.transfer_case,
        "Solicitud derivada al organismo competente.",
        guide=guides.transfer_guide,
    ),
    Action(
        "acumular",
        "Acumular a otra solicitud",
        "",
        Move.MERGE,
        CaseRight.CLASSIFY,
        MergeForm,
        endings.merge_case,
        "Solicitud acumulada.",
        guide=guides.merge_guide,
    ),
    Action(
        "vincular",
        "Vincular con otra solicitud",
        "",
        Move.LINK,
        CaseRight.CLASSIFY,
        LinkForm,
        linking.link_cases,
        "Solicitudes vinculadas.",
    ),
    Action(
        "dividir",
        "Dividir: separar una parte",
        "",
        Move.SPLIT,
        CaseRight.CLASSIFY,
        SplitForm,
        linking.split_case,
        "Se creó la solicitud nueva; está en «Vinculadas».",
        asks_body=True,
        guide=guides.split_guide,
        initial=lambda access, case: {
            "kind_id": case.kind_id,
            "topic_id": case.topic_id,
            "subject": case.text.subject,
            "body": cover_codes(case.text.body),
        },
    ),
    Action(
        "desistir",
        "Registrar desistimiento",
        "",
        Move.WITHDRAW,
        CaseRight.FILE,
        WithdrawForm,
        endings.withdraw_case,
        "Desistimiento registrado.",
        guide=guides.withdraw_guide,
    ),
    Action(
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
    ),
    Action(
        "inadmitir",
        "Declarar inadmisible",
        "",
        Move.DISMISS,
        CaseRight.WORK,
        DismissForm,
        endings.dismiss_case,
        "Solicitud declarada inadmisible.",
        guide=guides.denial_guide,
    ),
    Action(
        "causa",
        "Indicar la causa",
        "",
        Move.CODE_CAUSE,
        CaseRight.CLASSIFY,
        CauseOfCaseForm,
        causes.code_cause,
        "Causa guardada.",
        asks_body=True,
        initial=lambda access, case: {"cause_id": case.cause_id},
    ),
    Action(
        "conservar",
        "Conservar más allá de su plazo",
        "",
        Move.HOLD,
        CaseRight.CLASSIFY,
        HoldForm,
        holding.hold_case,
        "La solicitud no se borrará.",
        guide=guides.hold_guide,
        when=lambda situation: situation.case.keeping is None and situation.case.erased_at is None,
    ),
    Action(
        "no-conservar",
        "Ya no hace falta conservarla",
        "",
        Move.HOLD,
        CaseRight.CLASSIFY,
        VersionedForm,
        holding.lift_hold,
        "La solicitud vuelve al plazo de su tipo.",
        when=lambda situation: situation.case.keeping is not None,
    ),
    Action(
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
    ),
    Action(
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
    ),
    Action(
        "comentario-leido",
        "Dar por leído el comentario",
        "",
        Move.READ_REPLY,
        CaseRight.WORK,
        VersionedForm,
        replying.read_reply,
        "Comentario leído.",
        when=lambda situation: situation.case.replied_at is not None,
    ),
    Action(
        "en-la-plataforma",
        "Ya está en la plataforma",
        "",
        Move.PLATFORM,
        CaseRight.FILE,
        PlatformForm,
        book.note_on_platform,
        "Código anotado.",
        when=lambda situation: bool(situation.live(PLATFORM)),
    ),
    Action(
        "repetida",
        "Archivar por repetida",
        "",
        Move.DUPLICATE,
        CaseRight.WORK,
        DuplicateForm,
        endings.archive_duplicate,
        "Archivada y comunicada.",
        guide=guides.duplicate_guide,
        when=lambda situation: situation.rule is not None and "duplicate" in situation.rule.related,
    ),
    Action(
        "indice-de-reserva",
        "Agregar al índice de reserva",
        "",
        Move.INDEX,
        CaseRight.EXTEND,
        ReserveForm,
        reserve.index_denied_case,
        "Agregado al índice: ya es público.",
        asks_body=True,
        guide=guides.reserve_guide,
        when=lambda situation: reserve.is_reservable(situation.institution, situation.case),
        initial=lambda access, case: {
            "unit_id": case.unit_id,
            "reserved_from": access.institution.local_date(case.answered_at) if case.answered_at else None,
        },
    ),
    Action(
        "reabrir",
        "Reabrir",
        "",
        Move.REOPEN,
        CaseRight.EXTEND,
        ReasonForm,
        endings.reopen_case,
        "Solicitud reabierta.",
        guide=guides.reopen_guide,
    ),
)
ACTIONS: Mapping[str, Action] = {action.code: action for action in _TABLE}


def offered_actions(
    access: Access, situation: Situation, bound: Mapping[str, Form]
) -> Iterator[dict[str, Any]]:
    """Yield what the case page shows of each action with a key that this user
    may take: its form, and whether it is open.

    A form that was refused is shown even where the case no longer admits it: a colleague may have answered
    meanwhile, and what was typed must not be lost.
    """
    for action in ACTIONS.values():
        if action.beside or (action.on_top and action.code not in bound):
            continue
        if action.code in bound or (not action.has_page and action.offered(access, situation)):
            form = bound.get(action.code) or action.fresh(access, situation)
            fit_to_law(form, situation)
            form.auto_id = f"{action.code}_%s"  # the forms of one page must not share ids
            yield {
                "code": action.code,
                "label": action.label,
                "key": action.key,
                "form": form,
                "guide": action.guide(situation),
                "is_open": action.code in bound,
                "files": "attachments" in form.fields,
                "suggests": action.suggests,
                "also": [other for other in ACTIONS.values() if action.code in other.beside],
            }


def names_in(actions: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Return the names (by user id) that the forms of `actions` have read
    already: the history needs them too.
    """
    return {
        pk: name
        for action in actions
        if action["code"] == "asignar"
        for pk, name in action["form"].people.items()
    }


def further_actions(access: Access, situation: Situation) -> list[Action]:
    """Return the actions with a page of their own that this user may take."""
    return [action for action in ACTIONS.values() if action.has_page and action.offered(access, situation)]


def host_of(action: Action, access: Access, situation: Situation) -> str:
    """Return the code of the action whose form shows what became of `action`:
    its own, or the one it stands beside.
    """
    hosts = [code for code in action.beside if ACTIONS[code].offered(access, situation)]
    return next(iter([*hosts, *action.beside]), action.code)


def suggest_delivery(
    actions: Sequence[Mapping[str, Any]], person: PersonData | None, answers: Mapping[str, str]
) -> None:
    """Preselect how the answer reaches `person`: as their request asks for it (`answers`),
    else as they prefer; a draft goes first.
    """
    if person is None:
        return
    way = asked_delivery(answers) or usual_delivery(
        email=person.email, address=person.address, phone=person.phone, preferred=person.preferred_channel
    )
    for action in actions:
        if action["also"]:
            action["form"].initial.setdefault("channel", way.value)
