# SPDX-License-Identifier: EUPL-1.2
"""Preparing a device, revoking it, letting it in again."""

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.offline.models import OfflineDevice
from siac.organizations.public import Institution

MOST_DEVICES = 20
"""Of one officer in a body that are not revoked."""


@transaction.atomic
def prepare_device(
    *, institution: Institution, name: str, officer: User, now: datetime
) -> tuple[OfflineDevice, str]:
    """Let an officer register without network on a device, and return it with the secret that it proves
    itself with: 64 hexadecimal characters that nobody is shown again (3 SQL).

    Raises:
        Refused: it has no name (offline_name_missing), or the officer has too many (offline_devices_many).
    """
    called = squeeze(name)[:60]
    if not called:
        raise Refused("offline_name_missing")
    own = OfflineDevice.objects.filter(institution=institution, officer=officer, revoked_at=None)
    if own.count() >= MOST_DEVICES:
        raise Refused("offline_devices_many")
    secret = secrets.token_hex(32)
    device = OfflineDevice.objects.create(
        institution=institution,
        key=uuid.uuid4(),
        secret=_digest(secret),
        officer=officer,
        name=called,
        prepared_at=now,
    )
    record(institution.pk, device.stream, "offline.device_prepared", now, officer.pk, {}, new_stream=True)
    return device, secret


def proven_device(institution: Institution, key: str, secret: str) -> OfflineDevice | None:
    """Return the device of a body that names and proves itself, revoked or not; else None (1 SQL)."""
    try:
        named = uuid.UUID(key)
    except ValueError:
        return None
    rows = OfflineDevice.objects.filter(institution=institution, key=named).select_related("officer")
    device = rows.first()
    if device is None or not hmac.compare_digest(bytes(device.secret), _digest(secret)):
        return None
    return device


@transaction.atomic
def revoke_device(*, institution: Institution, device_id: int, actor: User, now: datetime) -> OfflineDevice:
    """Take nothing more from a device: it was lost, or is used no more. Revoking it again changes nothing."""
    device = _locked(institution, device_id)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by = now, actor
        device.save(update_fields=["revoked_at", "revoked_by"])
        record(institution.pk, device.stream, "offline.device_revoked", now, actor.pk, {})
    return device


@transaction.atomic
def restore_device(*, institution: Institution, device_id: int, actor: User, now: datetime) -> OfflineDevice:
    """Let a revoked device send again: it was found, or revoked by mistake. What it kept is still there."""
    device = _locked(institution, device_id)
    if device.revoked_at is not None:
        device.revoked_at = device.revoked_by = None
        device.save(update_fields=["revoked_at", "revoked_by"])
        record(institution.pk, device.stream, "offline.device_restored", now, actor.pk, {})
    return device


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _locked(institution: Institution, device_id: int) -> OfflineDevice:
    return OfflineDevice.objects.select_for_update(no_key=True).get(institution=institution, pk=device_id)
