# SPDX-License-Identifier: EUPL-1.2
"""Turning a record of the field into what it is of: a request, or an attention."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from siac.accounts.public import User
from siac.cases.public import (
    Attention,
    Case,
    Channel,
    Filing,
    Interaction,
    StaffFilingForm,
    file_case,
    register_attention,
)
from siac.documents.public import CheckedFile
from siac.journal.public import record
from siac.offline.models import OfflineRecord, RecordState
from siac.organizations.public import Institution
from siac.people.public import PersonData


def filing_of(
    form: StaffFilingForm, *, code: str, received_at: datetime, files: Sequence[CheckedFile] = ()
) -> Filing:
    """Return what a valid form of the desk says, received at a moment, with the code that its person has."""
    data = form.cleaned_data
    return Filing(
        kind_id=data["kind"],
        channel=Channel(data["channel"]),
        body=data["body"],
        person=form.person(),
        topic_id=data["topic"],
        unit_id=data["unit"],
        service_point_id=data["service_point"],
        received_at=received_at,
        files=files,
        answers=form.answers(),
        partial=True,
        tracking_code=code,
    )


def filed(
    institution: Institution,
    row: OfflineRecord,
    filing: Filing,
    *,
    privacy: int | None,
    actor: User,
    now: datetime,
) -> Case:
    """File the request of a record that the caller has locked, in the caller's transaction, and note on the
    case when it was received and when it came (2 SQL beside those of `file_case`).

    Raises:
        Refused: as `file_case`; its code is another request's already (tracking_code_taken).
    """
    case = file_case(institution=institution, filing=filing, actor=actor, now=now)
    row.state, row.case, row.sealed = RecordState.FILED, case, None
    row.received_at = filing.received_at or now
    row.save()
    data = {
        **times(row),
        "record": row.pk,
        "device": row.device_id,
        "officer": row.officer_id,
        "privacy": privacy,
    }
    record(institution.pk, case.stream, "cases.from_offline", now, actor.pk, data)
    return case


def registered(
    institution: Institution,
    row: OfflineRecord,
    attention: Attention,
    person: PersonData | None,
    *,
    actor: User,
    now: datetime,
) -> Interaction:
    """Register the attention of a record that the caller has locked, in the caller's transaction (1 SQL
    beside those of `register_attention`).

    Raises:
        Refused: as `register_attention`.
    """
    made = register_attention(
        institution=institution, attention=attention, person=person, actor=actor, now=now
    )
    row.state, row.interaction, row.sealed = RecordState.REGISTERED, made, None
    row.received_at = attention.begun_at
    row.save()
    return made


def times(row: OfflineRecord) -> dict[str, Any]:
    """Return what the journal tells of when: made by the device's clock, received, taken by the server."""
    return {
        "made_at": row.made_at.isoformat(),
        "received_at": row.received_at.isoformat(),
        "synced_at": row.synced_at.isoformat(),
        "offset": row.offset_seconds,
    }
