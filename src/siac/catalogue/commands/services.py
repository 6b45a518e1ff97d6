# SPDX-License-Identifier: EUPL-1.2
"""Changes of what is published in the catalogue."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.catalogue.commands.sheets import cleaned
from siac.catalogue.models import Service
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, note_configuration, save_version

FARTHEST = timedelta(days=2 * 366)
"""How far ahead the day may lie on which a service ends, or by which it is reviewed."""


def service_code(name: str) -> str:
    """Return the code under which a service of this name is one with others, in its address."""
    return slugify(squeeze(name))[:60] or "servicio"


@transaction.atomic
def save_service(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    name: str,
    service: Service | None = None,
    based_on: int | None = None,
    **fields: Any,
) -> Service:
    """Publish a service at once, or `service` as its next edition (see `organizations.versioned`): how sheets
    come in from elsewhere, and what publishing a draft ends in. `fields` are those of the model, lists of
    rows as dicts.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), another service has that name (service_taken),
            or what `sheets.cleaned` refuses.
    """
    values = cleaned(institution, name, fields)
    row = service or Service(institution=institution, code=service_code(name))
    try:
        saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("service_taken", name=values["name"]) from error
    if saved.is_changed:
        data = {"service": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "catalogue.service_saved", actor=actor, now=now, data=data)
    return saved.row


def _change(
    service: Service, fields: dict[str, Any], kind: str, *, actor: User | None, now: datetime
) -> Service:
    saved = save_version(service, fields, based_on=None, actor=actor, now=now)
    if saved.is_changed:
        data = {"service": saved.row.pk, "version": saved.row.version}
        note_configuration(saved.row.institution_id, kind, actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def end_service(
    *,
    institution: Institution,
    service: Service,
    actor: User | None,
    now: datetime,
    on: date,
    reason: str,
) -> Service:
    """Say that a service is not given any more from the local day `on`: from that day its page says so, and
    its address lives on. A day that lies ahead is waited for (`end_due`).

    Raises:
        Refused: it is not given any more (service_not_given), or the day is too far (service_end).
    """
    today = institution.local_date(now)
    if not service.is_active:
        raise Refused("service_not_given")
    if abs(on - today) > FARTHEST:
        raise Refused("service_end")
    fields = {"ends_on": on, "end_reason": squeeze(legible(reason))[:300], "is_active": on > today}
    return _change(service, fields, "catalogue.service_ended", actor=actor, now=now)


@transaction.atomic
def offer_again(*, institution: Institution, service: Service, actor: User | None, now: datetime) -> Service:
    """Say that a service is given again, or that it does not end after all.

    Raises:
        Refused: it is given and nobody said that it ends (service_given).
    """
    if service.is_active and service.ends_on is None:
        raise Refused("service_given")
    fields = {"ends_on": None, "end_reason": "", "is_active": True}
    return _change(service, fields, "catalogue.service_given_again", actor=actor, now=now)


@transaction.atomic
def still_holds(
    *, institution: Institution, service: Service, actor: User | None, now: datetime, review_on: date
) -> Service:
    """Note that somebody looked at a sheet and that it is still so, and by which local day it is looked at
    again.

    Raises:
        Refused: it is not given any more (service_not_given), or the day is none that comes
        (service_reviewed).
    """
    today = institution.local_date(now)
    if not service.is_active:
        raise Refused("service_not_given")
    if not today < review_on <= today + FARTHEST:
        raise Refused("service_reviewed")
    return _change(service, {"review_on": review_on}, "catalogue.service_reviewed", actor=actor, now=now)


def end_due(institution: Institution, *, now: datetime) -> int:
    """End the services of a body whose day has come; return how many (1 SQL, 6 more for each of them)."""
    today = institution.local_date(now)
    rows = Service.objects.filter(institution=institution, is_active=True, ends_on__lte=today)
    ended = 0
    for row in rows.order_by("pk"):
        with transaction.atomic():
            _change(row, {"is_active": False}, "catalogue.service_ended", actor=None, now=now)
        ended += 1
    return ended
