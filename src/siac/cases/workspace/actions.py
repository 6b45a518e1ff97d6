# SPDX-License-Identifier: EUPL-1.2
"""What an officer may do with a case: one row an action, in the order of the case page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from siac.accounts.public import Permission
from siac.cases.access import may
from siac.cases.commands import handling
from siac.cases.domain.states import Move, allowed
from siac.cases.forms.actions import (
    AnswerForm,
    AskForm,
    AssignForm,
    ClassifyForm,
    CloseForm,
    ExtendForm,
    NoteForm,
    ReferForm,
)
from siac.cases.models import Case
from siac.organizations.public import Access
from siac.ui.forms import Form


def _nothing(access: Access, case: Case) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Action:
    """Something an officer does with a case through a form.

    `code` is in the address, `key` the keyboard key that opens it, `done` what is said when it worked. `initial` gives
    the form what the case already says; `asks_body` tells that the form needs the body to know its options.
    """

    code: str
    label: str
    key: str
    move: Move
    permission: Permission
    form: Callable[..., Form]
    command: Callable[..., Case]
    done: str
    asks_body: bool = False
    initial: Callable[[Access, Case], Mapping[str, Any]] = _nothing

    def fresh(self, access: Access, case: Case) -> Form:
        """Return the form as it is first shown."""
        own = (access.institution,) if self.asks_body else ()
        return self.form(*own, initial={"version": case.version, **self.initial(access, case)})

    def sent(self, request: HttpRequest, access: Access) -> Form:
        """Return the form as it was sent."""
        own = (access.institution,) if self.asks_body else ()
        return self.form(*own, request.POST, request.FILES)

    def offered(self, access: Access, case: Case) -> bool:
        """Return whether this user may do it to this case now."""
        return self.move in allowed(case.state) and may(access, case, self.permission)


ACTIONS: Mapping[str, Action] = {
    action.code: action
    for action in (
        Action(
            "responder",
            "Responder",
            "r",
            Move.ANSWER,
            Permission.CASE_WORK,
            AnswerForm,
            handling.answer_case,
            "Respuesta enviada.",
        ),
        Action(
            "derivar",
            "Derivar",
            "d",
            Move.REFER,
            Permission.CASE_CLASSIFY,
            ReferForm,
            handling.refer_case,
            "Solicitud derivada.",
            asks_body=True,
        ),
        Action(
            "asignar",
            "Asignar",
            "a",
            Move.ASSIGN,
            Permission.CASE_CLASSIFY,
            AssignForm,
            handling.assign_case,
            "Responsable guardado.",
            asks_body=True,
            initial=lambda access, case: {"assignee_id": case.assignee_id or access.user.pk},
        ),
        Action(
            "clasificar",
            "Clasificar",
            "t",
            Move.CLASSIFY,
            Permission.CASE_CLASSIFY,
            ClassifyForm,
            handling.classify_case,
            "Clasificación guardada.",
            asks_body=True,
            initial=lambda access, case: {"kind_id": case.kind_id, "topic_id": case.topic_id},
        ),
        Action(
            "pedir",
            "Pedir antecedentes",
            "p",
            Move.ASK,
            Permission.CASE_WORK,
            AskForm,
            handling.ask_for_information,
            "Se pidieron los antecedentes a la persona.",
        ),
        Action(
            "ampliar",
            "Ampliar plazo",
            "x",
            Move.EXTEND,
            Permission.CASE_EXTEND,
            ExtendForm,
            handling.extend_term,
            "Plazo ampliado y comunicado.",
        ),
        Action(
            "nota",
            "Nota interna",
            "n",
            Move.NOTE,
            Permission.CASE_FILE,
            NoteForm,
            handling.add_note,
            "Nota guardada.",
        ),
        Action(
            "cerrar",
            "Cerrar",
            "e",
            Move.CLOSE,
            Permission.CASE_WORK,
            CloseForm,
            handling.close_case,
            "Solicitud cerrada.",
        ),
    )
}


def offered_actions(access: Access, case: Case, bound: Mapping[str, Form]) -> Iterator[dict[str, Any]]:
    """Yield what the case page shows of each action this user may take: the action, its form, and whether it is open."""
    for action in ACTIONS.values():
        if action.offered(access, case):
            form = bound.get(action.code) or action.fresh(access, case)
            form.auto_id = f"{action.code}_%s"  # the forms of one page must not share ids
            yield {
                "code": action.code,
                "label": action.label,
                "key": action.key,
                "form": form,
                "is_open": action.code in bound,
                "files": "attachments" in form.fields,
            }
