# SPDX-License-Identifier: EUPL-1.2
"""The term ended without an answer: the person reports the delay, or asks for it in writing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import legal_rule, open_appeals, silence_for, start_delay_clock
from siac.cases.commands.writing import tell, write
from siac.cases.domain.silence import Stage
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def certify_silence(
    *,
    institution: Institution,
    case_id: int,
    version: int | None = None,
    actor: User | None,
    now: datetime,
) -> Case:
    """Certify that the legal term of a case ended without an answer, once; the terms to appeal open with it.

    Arts. 64 and 65 Ley 19.880 (the certificate is given without more ado), art. 24.4 Ley 39/2015, art. 199
    TUO LPAG. Asking for it again changes nothing: the certificate of the first day stands.

    Raises:
        Refused: the term has not ended, or waits for the person
            (term_still_running); changed meanwhile; answered.
    """
    case, _ = locked(institution, case_id, version, Move.CERTIFY)
    if case.silence_certified_at is not None:
        return case
    silence = silence_for(institution, case, now=now)
    if silence.stage is Stage.RUNNING:
        raise Refused("term_still_running")
    case.silence_certified_at = now
    opened = open_appeals(institution, case, against="silence", now=now)
    data: dict[str, Any] = {"stage": silence.stage.value, "appeals": len(opened)}
    if silence.since:
        data["since"] = silence.since.isoformat()
    return keep(
        case,
        "cases.silence_certified",
        actor=actor,
        now=now,
        fields=("silence_certified_at",),
        data=data,
    )


@transaction.atomic
def report_delay(*, institution: Institution, case_id: int, body: str = "", now: datetime) -> Case:
    """Keep the person's report that the term has passed: the body has one last
    term, then silence grants the request.

    Art. 64 Ley 19.880.

    Raises:
        Refused: the rule of the case knows no such report, the term has not ended, or it was reported already
            (delay_not_reportable); or the case is answered.
    """
    case, _ = locked(institution, case_id, None, Move.REPORT_DELAY)
    rule = legal_rule(case)
    if rule is None or silence_for(institution, case, now=now).stage is not Stage.REPORTABLE:
        raise Refused("delay_not_reportable")
    text = body.strip() or "La persona denuncia que el plazo venció sin respuesta."
    data: dict[str, Any] = write(case, MessageKind.DELAY_REPORT, text, author=None, now=now)
    clock = start_delay_clock(institution, case, rule, now=now)
    data["until"] = clock.due_on.isoformat()
    tell(case, "cases.delay_reported", now=now, message=data["message"])
    return keep(
        case, "cases.delay_reported", actor=None, now=now, fields=("due_on", "legal_due_on"), data=data
    )
