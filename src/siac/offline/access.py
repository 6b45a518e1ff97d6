# SPDX-License-Identifier: EUPL-1.2
"""Who may see which device and which record, and the only way to fetch one for somebody."""

from django.db.models import QuerySet
from django.http import Http404

from siac.offline.domain.rights import OfflineRight
from siac.offline.models import OfflineDevice, OfflineRecord, RecordState
from siac.organizations.public import Access

SEES_DEVICES = frozenset({OfflineRight.CAPTURE, OfflineRight.DEVICES})
"""Whoever has any device to see."""


def visible_devices(access: Access) -> QuerySet[OfflineDevice]:
    """Return the devices of the body for whoever looks after them, else one's own. Lazy: no SQL until
    read.
    """
    rows = OfflineDevice.objects.filter(institution=access.institution)
    return rows if access.has(OfflineRight.DEVICES) else rows.filter(officer=access.user)


def device_for(access: Access, device_id: int) -> OfflineDevice:
    """Return one device (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    row = visible_devices(access).filter(pk=device_id).first()
    if row is None:
        raise Http404(str(device_id))
    return row


def held_records(access: Access) -> QuerySet[OfflineRecord]:
    """Return the records of the body that wait for somebody, for whoever sees to them; else none. Lazy: no
    SQL until read.
    """
    rows = OfflineRecord.objects.filter(institution=access.institution, state=RecordState.HELD)
    return rows if access.has(OfflineRight.REVIEW) else rows.none()


def record_for(access: Access, record_id: int) -> OfflineRecord:
    """Return one record of the body, held or settled (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    access.require(OfflineRight.REVIEW)
    rows = OfflineRecord.objects.filter(institution=access.institution)
    row = rows.select_related("device", "officer", "case", "interaction", "settled_by").filter(pk=record_id)
    found = row.first()
    if found is None:
        raise Http404(str(record_id))
    return found
