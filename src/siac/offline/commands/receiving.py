# SPDX-License-Identifier: EUPL-1.2
"""A device sends what was registered without network: taken once, and never lost."""

from datetime import datetime

from django.db import transaction

from siac.cases.public import CaseRight
from siac.infra.idempotency import check_fingerprint, fingerprint
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.offline.commands.filing import filed, filing_of, registered, times
from siac.offline.domain.clock import Reception, reception
from siac.offline.domain.record import MOST_HELD, Sort, Told
from siac.offline.domain.rights import OfflineRight
from siac.offline.filling import attention_form, request_form
from siac.offline.models import OfflineDevice, OfflineRecord, RecordState
from siac.offline.sealing import sealed
from siac.organizations.public import Access, Institution

NO_ROLE, NO_SESSION = "no_role", "no_session"


def receive(
    *,
    institution: Institution,
    device: OfflineDevice,
    told: Told,
    sent_at: datetime,
    access: Access | None,
    now: datetime,
    reason: str = NO_ROLE,
) -> OfflineRecord:
    """Take one record of a device that has proven itself: file the request, or register the attention, in one
    transaction; where that cannot be, keep what was typed, sealed, for somebody who looks at it.

    The same sent again, by whomever and at once, gives the row that it made the first time. `access`: what
    its officer may do in the body now; None where nothing (then `reason` says why it is held).

    Received is when the person handed it in, by the device's clock without that clock's error. What cannot
    be believed of that, what the forms of today do not take, and what comes without a right, is held.

    SQL: 5 to take it, and those of filing or registering (7 where it is held).

    Raises:
        Refused: the device was revoked, too many of its records wait, or its id came before with something
        else.
    """
    if device.revoked_at is not None:
        raise Refused("offline_revoked")
    when = reception(
        made_at=told.made_at, sent_at=sent_at, known=told.offset, prepared_at=device.prepared_at, now=now
    )
    with transaction.atomic():
        row, is_new = _taken(institution, device, told, when, reason=reason, now=now)
        if not is_new:
            check_fingerprint(row.print, told.content())
            return row
        row.reason = _settle(institution, row, told, when, access=access, reason=reason, now=now)
        if row.state == RecordState.HELD:
            if _held(device) > MOST_HELD:
                raise Refused("offline_full")
            row.save(update_fields=["reason"])
        OfflineDevice.objects.filter(pk=device.pk).update(seen_at=now)
        _tell(institution, row, now=now)
    return row


def _taken(
    institution: Institution,
    device: OfflineDevice,
    told: Told,
    when: Reception,
    *,
    reason: str,
    now: datetime,
) -> tuple[OfflineRecord, bool]:
    """Keep the record as one that is held, which whatever becomes of it then changes; the second of two that
    send it at once waits here for the first.
    """
    return OfflineRecord.objects.select_related("case").get_or_create(
        institution=institution,
        uuid=told.uuid,
        defaults={
            "device": device,
            "officer": device.officer,
            "sort": told.sort,
            "state": RecordState.HELD,
            "reason": reason,
            "made_at": told.made_at,
            "received_at": when.received_at,
            "synced_at": now,
            "offset_seconds": round(when.offset.total_seconds()),
            "print": fingerprint(told.content()),
            "sealed": sealed(institution.pk, told.uuid, told.kept()),
        },
    )


def _settle(
    institution: Institution,
    row: OfflineRecord,
    told: Told,
    when: Reception,
    *,
    access: Access | None,
    reason: str,
    now: datetime,
) -> str:
    """Make of a record what it is of; return the code of why it is held, nothing where it is not."""
    if access is None:
        return reason
    if not (access.has(OfflineRight.CAPTURE) and access.has(CaseRight.FILE)):
        return NO_ROLE
    if when.doubt is not None:
        return when.doubt.value
    row.reason = ""  # as the row is written where nothing keeps it from that
    try:
        with transaction.atomic():
            if told.sort is Sort.REQUEST:
                form = request_form(institution, told.fields)
                filing = filing_of(form, code=told.code, received_at=when.received_at)
                filed(institution, row, filing, privacy=told.privacy, actor=access.user, now=now)
            else:
                said = attention_form(institution, told.fields)
                attention = said.attention(now=when.received_at)
                registered(institution, row, attention, said.person(), actor=access.user, now=now)
    except Refused as refused:
        row.state, row.case, row.interaction = RecordState.HELD, None, None
        return str(refused.code)[:40]
    return ""


def _held(device: OfflineDevice) -> int:
    return OfflineRecord.objects.filter(device=device, state=RecordState.HELD).count()


def _tell(institution: Institution, row: OfflineRecord, *, now: datetime) -> None:
    data = {
        **times(row),
        "device": row.device_id,
        "sort": row.sort,
        "state": row.state,
        "reason": row.reason,
        "case": row.case_id,
        "interaction": row.interaction_id,
    }
    record(institution.pk, row.stream, "offline.received", now, row.officer_id, data, new_stream=True)
