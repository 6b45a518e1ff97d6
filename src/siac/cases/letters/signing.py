# SPDX-License-Identifier: EUPL-1.2
"""Letters of answers that are signed electronically: on demand, or each by itself where the body wants it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from siac.cases.access import case_for, seen_by
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.domain.states import State
from siac.cases.features import AfterAnswer
from siac.cases.letters.typesetting import typeset
from siac.cases.models import Case, CaseMessage, MessageKind
from siac.cases.notices import answer_lines, answer_text, last_answer
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution
from siac.signing.public import (
    Found,
    Signable,
    SignRight,
    ask_signature,
    forget_signatures,
    is_installed,
    signs_answers,
    subjects_called,
)

KIND = "respuesta"


def _title(case: Case) -> str:
    return f"Respuesta {case.folio}"


def _seen(access: Access) -> QuerySet[CaseMessage]:
    """Return the answers of the cases that somebody sees, as `case_for` finds them. Lazy: no SQL."""
    rows = CaseMessage.objects.filter(institution=access.institution, kind=MessageKind.ANSWER)
    return rows.filter(seen_by(access, through="case__"))


def _find(access: Access, subject_id: int, now: datetime) -> Found:
    """Return the answer of a case that somebody may read (1 SQL and those of the case).

    Raises:
        Http404, PermissionDenied: there is none, or not for this user.
    """
    row = CaseMessage.objects.filter(
        institution=access.institution, pk=subject_id, kind=MessageKind.ANSWER
    ).select_related("case")
    message = row.first()
    if message is None:
        raise Http404(str(subject_id))
    case = case_for(access, message.case.folio, to=None, now=now)
    return Found(
        _title(case),
        reverse("workspace:cases:case", args=[access.institution.slug, case.folio]),
        message.at + UNDO_FOR,
    )


def _render(institution: Institution, subject_id: int, line: str) -> bytes:
    """Return the letter of an answer, to nobody by name: its folio says whose it is, and who may read the
    case may not read who that is (3 SQL). Only of the answer that stands: outcome and appeals are told as the
    case has them.

    Raises:
        Refused: the answer was taken back, or erased (signing_gone); or its case went on (signing_moved).
        PdfUnavailable: it could not be typeset now.
    """
    rows = CaseMessage.objects.filter(institution=institution, pk=subject_id, kind=MessageKind.ANSWER)
    message = rows.select_related("author").first()
    if message is None or not message.body:
        raise Refused("signing_gone")
    related = ("institution", "kind", "text", "unit")
    case = Case.objects.select_related(*related).get(pk=message.case_id, institution=institution)
    last = last_answer(case)
    if case.state not in (State.ANSWERED, State.CLOSED) or last is None or last.pk != message.pk:
        raise Refused("signing_moved")
    lines = answer_lines(case, answer_text(message))
    return typeset(case, lines, None, message.author, at=message.at, signed=line)


SIGNABLE = Signable(KIND, "Respuesta", _find, _seen, _render, "message", is_public=True)


def _given(institution: Institution, case: Case, now: datetime) -> None:
    """Ask that the letter is signed, where the body signs every answer (no SQL where it does not; else 5)."""
    if not signs_answers(institution) or institution.is_practice or not is_installed():
        return
    message = CaseMessage.objects.filter(case=case, kind=MessageKind.ANSWER).order_by("-at", "-pk").first()
    if message is not None:
        ask_signature(
            institution=institution, kind=KIND, subject_id=message.pk, title=_title(case),
            actor=None, now=now, not_before=now + UNDO_FOR,
        )  # fmt: skip


def _taken_back(institution: Institution, case: Case, now: datetime) -> None:
    """Give up signing what is no answer any more: its text is a draft again whether its letter was
    signed already or not (1 SQL; 1 more where one was asked for, and those of forgetting).
    """
    asked = subjects_called(institution.pk, KIND, _title(case))
    if asked:
        rows = CaseMessage.objects.filter(case=case, pk__in=asked, kind=MessageKind.ANSWER)
        gone = asked - set(rows.values_list("pk", flat=True))
        forget_signatures(institution.pk, KIND, sorted(gone), now=now)


def _messages(case_ids: Sequence[int]) -> list[int]:
    rows = CaseMessage.objects.filter(case__in=case_ids).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def forget(institution_id: int, case_ids: Sequence[int], now: datetime) -> None:
    """Forget the signatures of the answers of cases whose texts are erased, and what was signed: it says what
    they said (2 SQL, and those of forgetting).
    """
    forget_signatures(institution_id, KIND, _messages(case_ids), now=now)


FOLLOW = AfterAnswer(_given, _taken_back)


def signing_part(access: Access, case: Case, now: datetime) -> dict[str, Any]:
    """Return what the page of a case says of signing: whether who reads it may ask for it. No SQL."""
    return {"may_sign": access.has(SignRight.SIGN)}
