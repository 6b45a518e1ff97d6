# SPDX-License-Identifier: EUPL-1.2
"""Seeing to what was held: filing it after all, or putting it away with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import AttentionForm, Case, Interaction, StaffFilingForm
from siac.documents.public import CheckedFile
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.offline.commands.filing import filed, filing_of, registered
from siac.offline.models import OfflineRecord, RecordState
from siac.offline.sealing import opened
from siac.organizations.public import Institution


@transaction.atomic
def finish_request(
    *,
    institution: Institution,
    record_id: int,
    form: StaffFilingForm,
    received_at: datetime,
    files: Sequence[CheckedFile] = (),
    actor: User,
    now: datetime,
) -> Case:
    """File a held request as somebody completed it in the form of the desk, which must be valid, received at
    the moment that they say. Its person keeps the code that they were handed, unless it is another request's.

    Raises:
        Refused: somebody saw to it already (offline_settled), or as `file_case`.
    """
    row = _locked(institution, record_id)
    kept = opened(institution.pk, row.uuid, row.sealed or b"")
    code = "" if row.reason == "tracking_code_taken" else str(kept["code"])
    filing = filing_of(form, code=code, received_at=received_at, files=files)
    case = filed(institution, row, filing, privacy=kept.get("privacy"), actor=actor, now=now)
    _settled(row, actor=actor, now=now)
    record(institution.pk, row.stream, "offline.settled", now, actor.pk, {"case": case.pk})
    return case


@transaction.atomic
def finish_attention(
    *,
    institution: Institution,
    record_id: int,
    form: AttentionForm,
    received_at: datetime,
    actor: User,
    now: datetime,
) -> Interaction:
    """Register a held attention as somebody completed it; what its form does not say of the time is
    `received_at`.

    Raises:
        Refused: somebody saw to it already (offline_settled), or as `register_attention`.
    """
    row = _locked(institution, record_id)
    made = registered(institution, row, form.attention(now=received_at), form.person(), actor=actor, now=now)
    _settled(row, actor=actor, now=now)
    record(institution.pk, row.stream, "offline.settled", now, actor.pk, {"interaction": made.pk})
    return made


@transaction.atomic
def drop_record(
    *, institution: Institution, record_id: int, reason: str, actor: User, now: datetime
) -> OfflineRecord:
    """Put a held record away without filing it, saying why (it was filed by other ways, it is a trial);
    what was typed is erased, that it came and why it went stays (4 SQL).

    Raises:
        Refused: no reason (offline_why_missing), or somebody saw to it already (offline_settled).
    """
    why = squeeze(reason)[:200]
    if not why:
        raise Refused("offline_why_missing")
    row = _locked(institution, record_id)
    row.state, row.sealed, row.dropped_why = RecordState.DROPPED, None, why
    _settled(row, actor=actor, now=now)
    record(institution.pk, row.stream, "offline.dropped", now, actor.pk, {})
    return row


def _locked(institution: Institution, record_id: int) -> OfflineRecord:
    rows = OfflineRecord.objects.select_for_update(no_key=True).filter(institution=institution)
    row = rows.filter(pk=record_id, state=RecordState.HELD).first()
    if row is None:
        raise Refused("offline_settled")
    return row


def _settled(row: OfflineRecord, *, actor: User, now: datetime) -> None:
    row.settled_at, row.settled_by = now, actor
    row.save()
