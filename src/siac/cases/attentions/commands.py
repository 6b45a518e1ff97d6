# SPDX-License-Identifier: EUPL-1.2
"""Registering an attention, correcting and withdrawing it, taking that back, turning it into a request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.attentions.promising import begin_promised, follow_change, watched
from siac.cases.attentions.texts import CORRECTED, FILED, REGISTERED, UNDONE, WITHDRAWN
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.planning import calendar_of
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.models import Case, Channel, Interaction
from siac.catalogue.public import topics
from siac.infra.rows import give_back, held
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, unit_tree
from siac.people.public import PersonData, save_person
from siac.servicepoints.public import service_points

TYPED = (
    "channel", "service_point_id", "unit_id", "topic_id", "subject", "begun_at", "minutes", "waited",
    "is_resolved",
)  # fmt: skip
_KEPT = (*TYPED, "salt", "due_on", "person_id", "withdrawn_at", "withdrawn_why")
"""Columns that a change may change, and that taking it back gives back."""
UNDONE_WHY = "Deshecha al registrarla."


@dataclass(frozen=True, slots=True)
class Attention:
    """What is said of an attention. `begun_at`: when it began, at most now; `minutes`: how long it took;
    `waited`: how many minutes the person waited before.
    """

    channel: Channel
    unit_id: int
    begun_at: datetime
    service_point_id: int | None = None
    topic_id: int | None = None
    subject: str = ""
    minutes: int | None = None
    waited: int | None = None
    is_resolved: bool = True


@transaction.atomic
def register_attention(
    *,
    institution: Institution,
    attention: Attention,
    person: PersonData | None = None,
    person_id: int | None = None,
    actor: User,
    now: datetime,
) -> Interaction:
    """Register an attention, and judge what was promised of its waiting (4 SQL; 2 more with a person, 2 more
    where something was promised). `person_id`: somebody whom the body knows already, where no `person` is
    told.

    Raises:
        Refused: it is later than `now`, or names a unit, topic or point that the body does not have in use.
    """
    check_attention(institution, attention, now=now)
    sealed = seal(squeeze(attention.subject))
    row = Interaction(
        institution=institution,
        salt=sealed.salt,
        due_on=report_by(institution, attention),
        person_id=save_person(institution.pk, person, now) if person else person_id,
        registered_at=now,
        registered_by=actor,
        changed_at=now,
        changed_by=actor,
        **said(attention),
    )
    row.save()
    record(
        institution.pk,
        row.stream,
        REGISTERED,
        now,
        actor.pk,
        told(row, digest=sealed.digest),
        new_stream=True,
    )
    begin_promised(institution, [row], now=now)
    return row


def said(attention: Attention) -> dict[str, Any]:
    """Return what is said of an attention by column."""
    values = {name: getattr(attention, name) for name in TYPED}
    return values | {"channel": attention.channel.value, "subject": squeeze(attention.subject)}


def told(row: Interaction, *, digest: str) -> dict[str, Any]:
    """Return what the journal tells of an attention: ids, codes and days, and the digest of its text."""
    return {
        "channel": row.channel,
        "point": row.service_point_id,
        "unit": row.unit_id,
        "topic": row.topic_id,
        "begun_at": row.begun_at.isoformat(),
        "minutes": row.minutes,
        "waited": row.waited,
        "resolved": row.is_resolved,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "person": row.person_id,
        "text": digest,
    }


def check_attention(institution: Institution, attention: Attention, *, now: datetime) -> None:
    """Check what is said of an attention. No SQL when warm.

    Raises:
        Refused: as `register_attention`.
    """
    if attention.begun_at > now:
        raise Refused("attention_future")
    if unit_tree(institution).current(attention.unit_id) != attention.unit_id:
        raise Refused("attention_unit")
    if attention.topic_id is not None and attention.topic_id not in topics(institution):
        raise Refused("topic_unknown")
    if attention.service_point_id is not None and attention.service_point_id not in service_points(
        institution
    ):
        raise Refused("attention_point")


def report_by(institution: Institution, attention: Attention) -> date | None:
    """Return the last local day to register an attention on time: so many business days of its unit after it
    as the body says (política 5); None where the body says nothing, or the calendar claims no such day.
    """
    if institution.reporting_days is None:
        return None
    calendar = calendar_of(institution, attention.unit_id)
    try:
        return calendar.add_business(institution.local_date(attention.begun_at), institution.reporting_days)
    except Refused:
        return None


@transaction.atomic
def correct_attention(
    *,
    institution: Institution,
    attention_id: int,
    attention: Attention,
    person: PersonData | None = None,
    based_on: int | None,
    actor: User,
    now: datetime,
) -> Interaction:
    """Correct what is said of an attention; a `person` is added or takes the place of the one it had. What
    changes nothing is no change. The day by which it was due is counted anew.

    Raises:
        Refused: as `register_attention`; somebody changed it meanwhile (saved_meanwhile), it was withdrawn or
            became a request.
    """
    row = _locked(institution, attention_id, based_on=based_on)
    check_attention(institution, attention, now=now)
    before, was = held(row, _KEPT), watched(row)
    for name, value in said(attention).items():
        setattr(row, name, value)
    sealed = seal(row.subject)
    if person is not None:
        row.person_id = save_person(institution.pk, person, now)
    after = held(row, _KEPT)
    if after == before:
        return row
    row.salt, row.due_on = sealed.salt, report_by(institution, attention)
    _changed(row, before, CORRECTED, told(row, digest=sealed.digest), actor=actor, now=now)
    follow_change(institution, row, was, now=now)
    return row


@transaction.atomic
def withdraw_attention(
    *,
    institution: Institution,
    attention_id: int,
    reason: str,
    based_on: int | None,
    actor: User,
    now: datetime,
) -> Interaction:
    """Take an attention out of the register, saying why: it stays, and no figure counts it.

    Raises:
        Refused: no reason (attention_why); as `correct_attention`.
    """
    why = squeeze(reason)
    if not why:
        raise Refused("attention_why")
    row = _locked(institution, attention_id, based_on=based_on)
    before, was = held(row, _KEPT), watched(row)
    row.withdrawn_at, row.withdrawn_why = now, why
    _changed(row, before, WITHDRAWN, {}, actor=actor, now=now)
    follow_change(institution, row, was, now=now)
    return row


@transaction.atomic
def undo_attention(*, institution: Institution, attention_id: int, actor: User, now: datetime) -> Interaction:
    """Take back the last change of an attention, by whoever made it and for `UNDO_FOR`: one that was just
    registered is withdrawn, a correction or a withdrawal is undone.

    Raises:
        Refused: it was changed by somebody else or became a request (attention_undo_nothing), or the time is
            over (attention_undo_late).
    """
    row = _row(institution, attention_id)
    if row.changed_by_id != actor.pk or row.case_id is not None:
        raise Refused("attention_undo_nothing")
    if now >= row.changed_at + UNDO_FOR:
        raise Refused("attention_undo_late")
    before: Mapping[str, Any] = row.before or {
        **held(row, _KEPT), "withdrawn_at": now.isoformat(), "withdrawn_why": UNDONE_WHY,
    }  # fmt: skip
    was = watched(row)
    give_back(row, before)
    _changed(row, None, UNDONE, {}, actor=actor, now=now, final=True)
    follow_change(institution, row, was, now=now)
    return row


@transaction.atomic
def file_attention(
    *,
    institution: Institution,
    attention_id: int,
    kind_id: int,
    body: str,
    person: PersonData | None = None,
    based_on: int | None,
    actor: User,
    now: datetime,
) -> Case:
    """Turn an attention into a request, received when the attention began; the two know of each other.

    Its person is the one of the attention; a `person` that is given takes their place.

    Raises:
        Refused: as `file_case`, `correct_attention`.
    """
    row = _locked(institution, attention_id, based_on=based_on)
    filing = Filing(
        kind_id=kind_id,
        channel=Channel(row.channel),
        body=body,
        person=person,
        person_id=None if person else row.person_id,
        topic_id=row.topic_id,
        unit_id=unit_tree(institution).current(row.unit_id),
        service_point_id=row.service_point_id,
        received_at=row.begun_at,
        partial=True,
    )
    case = file_case(institution=institution, filing=filing, actor=actor, now=now)
    before, was = held(row, _KEPT), watched(row)
    row.case, row.person_id = case, case.person_id
    _changed(row, before, FILED, {"case": case.pk}, actor=actor, now=now)
    follow_change(institution, row, was, now=now)
    record(institution.pk, case.stream, "cases.from_attention", now, actor.pk, {"interaction": row.pk})
    return case


def _row(institution: Institution, attention_id: int) -> Interaction:
    rows = Interaction.objects.select_for_update(no_key=True).filter(institution=institution)
    row = rows.filter(pk=attention_id).first()
    if row is None:
        raise Refused("attention_unknown")
    return row


def _locked(institution: Institution, attention_id: int, *, based_on: int | None) -> Interaction:
    row = _row(institution, attention_id)
    if based_on is not None and based_on != row.version:
        raise Refused("saved_meanwhile", version=row.version)
    if row.case_id is not None:
        raise Refused("attention_filed")
    if row.withdrawn_at is not None:
        raise Refused("attention_withdrawn")
    return row


def _changed(
    row: Interaction,
    before: dict[str, Any] | None,
    kind: str,
    data: dict[str, Any],
    *,
    actor: User,
    now: datetime,
    final: bool = False,
) -> Interaction:
    """Write a changed row and what the journal says of it; `final`: it is not taken back in turn (3 SQL)."""
    row.version += 1
    row.before, row.changed_at, row.changed_by = before, now, None if final else actor
    row.save()
    record(row.institution_id, row.stream, kind, now, actor.pk, {**data, "version": row.version})
    return row
