# SPDX-License-Identifier: EUPL-1.2
"""Promising a call, and saying within what time calls are returned."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.callbacks.domain.states import OFFERED
from siac.callbacks.models import CallBack, CallRule
from siac.callbacks.queries import rule_of
from siac.callbacks.texts import PROMISED
from siac.cases.public import Attention, Interaction, register_attention
from siac.clocks.public import ClockSpec, copy_planned, parse_amount, plan_clock, versions_for
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration, save_version
from siac.people.public import PersonData

SUBJECT = "call_back"
MOST_ATTEMPTS = 10
LABEL = "Devolver la llamada"


@transaction.atomic
def save_rule(
    *,
    institution: Institution,
    within: str,
    attempts: int,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> CallRule:
    """Say within what a body returns calls (one of `OFFERED`), and after how many unanswered ones nobody
    need call again.

    Raises:
        Refused: it is none of those offered (call_within), not 1 to 10 calls (call_attempts), or somebody
            saved it meanwhile (saved_meanwhile).
    """
    if within not in OFFERED:
        raise Refused("call_within")
    if not 1 <= attempts <= MOST_ATTEMPTS:
        raise Refused("call_attempts")
    fields = {"within": within, "attempts": attempts}
    saved = save_version(rule_of(institution), fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"version": saved.row.version}
        note_configuration(institution.pk, "callbacks.rule_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def promise_call(
    *, institution: Institution, interaction: Interaction, within: str, actor: User, now: datetime
) -> CallBack:
    """Promise to call the person of an attention within some hours or business days from now, on a clock of
    its own (5 SQL).

    Raises:
        Refused: nobody knows who it was (call_person), it was taken out of the register (call_withdrawn), a
            call is promised already (call_open), or none of what is offered (call_within); OUTSIDE_COVERAGE.
    """
    if within not in OFFERED:
        raise Refused("call_within")
    if interaction.person_id is None:
        raise Refused("call_person")
    if interaction.withdrawn_at is not None:
        raise Refused("call_withdrawn")
    spec = ClockSpec(
        institution_id=institution.pk, subject_type=SUBJECT, subject_id=0, kind=SUBJECT, label=LABEL,
        place=institution.place, time_zone=institution.time_zone, event_at=now, amount=parse_amount(within),
        channel=None,
    )  # fmt: skip
    clock = plan_clock(spec, versions=versions_for(institution))
    row = CallBack(
        institution=institution, interaction=interaction, unit_id=interaction.unit_id, within=within,
        due_at=clock.due_at, due_on=institution.local_date(clock.due_at - timedelta(microseconds=1)),
        promised_at=now, promised_by=actor,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("call_open") from error
    clock.subject_id = row.pk
    copy_planned([clock])
    data = {"interaction": interaction.pk, "within": within, "due_at": row.due_at.isoformat()}
    record(institution.pk, row.stream, PROMISED, now, actor.pk, data, new_stream=True)
    return row


@transaction.atomic
def register_and_promise(
    *,
    institution: Institution,
    attention: Attention,
    person: PersonData | None,
    within: str,
    actor: User,
    now: datetime,
) -> CallBack:
    """Register an attention that does not end there and promise to call its person, both or neither.

    Raises:
        Refused: no telephone (call_phone); as `register_attention` and `promise_call`.
    """
    if person is None or not person.phone:
        raise Refused("call_phone")
    row = register_attention(
        institution=institution, attention=replace(attention, is_resolved=False), person=person, actor=actor,
        now=now,
    )  # fmt: skip
    return promise_call(institution=institution, interaction=row, within=within, actor=actor, now=now)
