# SPDX-License-Identifier: EUPL-1.2
"""Saying by which programs and services outside a body signs."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.infra.crypto import Unreadable
from siac.infra.environment import items
from siac.infra.outside import ALLOWED
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, note_configuration
from siac.signing.commands.certificates import is_address
from siac.signing.domain.ports import Port
from siac.signing.models import SigningPort
from siac.signing.port_secrets import sealed, secrets_of


@transaction.atomic
def save_port(
    *,
    institution: Institution,
    port: Port,
    is_active: bool,
    address: str = "",
    entity: str = "",
    run: str = "",
    purpose: str = "",
    token_key: str = "",
    secret: str = "",
    actor: User | None,
    now: datetime,
) -> SigningPort:
    """Say whether a body signs by a port, and by what that knows it (5 SQL). `token_key`, `secret`: empty
    keeps what there is, unless the address is another one: what opens one service is told to no other. The
    journal keeps that it changed, never a secret.

    Raises:
        Refused: a practice body signs nothing (signing_key_practice); the address is none of the web that is
            encrypted (port_address), the number is none (port_run), or something is missing (port_missing).
    """
    if institution.is_practice:
        raise Refused("signing_key_practice")
    lock_institution(institution.pk)
    row = SigningPort.objects.filter(institution=institution, port=port).first()
    row = row or SigningPort(institution=institution, port=port)
    told = {name: text for name, text in (("token_key", token_key), ("secret", secret)) if text}
    if row.address == address:
        told = {**_known(row), **told}
    row.is_active, row.saved_at = is_active, now
    row.address, row.entity, row.run, row.purpose = address, entity.strip(), run.strip(), purpose.strip()
    if port == Port.FIRMAGOB:
        _check_service(row, told)
    row.sealed = sealed(told, institution.pk, port) if told else b""
    row.save()
    data = {"port": port.value, "active": is_active}
    note_configuration(institution.pk, "signing.port_saved", actor=actor, now=now, data=data)
    return row


def _known(row: SigningPort) -> dict[str, str]:
    try:
        return secrets_of(row)
    except Unreadable:
        return {}


def _check_service(row: SigningPort, told: dict[str, str]) -> None:
    schemes = ("https://", "http://") if items(ALLOWED) else ("https://",)
    if row.address and not (row.address.startswith(schemes) and is_address(row.address)):
        raise Refused("port_address")
    if row.run and not (row.run.isascii() and row.run.isdigit()):
        raise Refused("port_run")
    whole = all((row.address, row.entity, row.run, row.purpose, told.get("token_key"), told.get("secret")))
    if row.is_active and not whole:
        raise Refused("port_missing")
