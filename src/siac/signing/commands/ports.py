# SPDX-License-Identifier: EUPL-1.2
"""Saying by which programs and services outside a body signs."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

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
            encrypted (port_address), the number is none (port_run), something is missing (port_missing), or
            the address changed and what opens it was not written again (port_kept).
    """
    if institution.is_practice:
        raise Refused("signing_key_practice")
    lock_institution(institution.pk)
    row = SigningPort.objects.filter(institution=institution, port=port).first()
    row = row or SigningPort(institution=institution, port=port)
    told = {name: text for name, text in (("token_key", token_key), ("secret", secret)) if text}
    if row.address == address:
        told = {**_known(row), **told}
    elif address and bytes(row.sealed) and not (token_key and secret):
        raise Refused("port_kept")
    row.is_active, row.saved_at = is_active, now
    row.address, row.entity, row.run, row.purpose = address, entity.strip(), run.strip(), purpose.strip()
    if port != Port.AUTOFIRMA:
        _check_service(row, told)
    row.sealed = sealed(told, institution.pk, port) if told else b""
    row.admission, row.admission_until = b"", None
    row.trouble, row.trouble_at = "", None
    row.save()
    if port == Port.FIRMAPERU and is_active:
        app.configure_task("signing.admissions").defer()
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
    own = (row.entity, row.run, row.purpose) if row.port == Port.FIRMAGOB else ()
    whole = all((row.address, *own, told.get("token_key"), told.get("secret")))
    if row.is_active and not whole:
        raise Refused("port_missing")
