# SPDX-License-Identifier: EUPL-1.2
"""Changes of the inventory of service points."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.catalogue.public import services
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key
from siac.organizations.public import Institution, note_configuration, save_version
from siac.servicepoints.domain.hours import Hours, overlaps, pack
from siac.servicepoints.models import ServicePoint

MOST_OTHER_DAYS = 200


@transaction.atomic
def save_service_point(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    point: ServicePoint | None = None,
    based_on: int | None = None,
    hours: Hours | None = None,
    **fields: Any,
) -> ServicePoint:
    """Add a service point, or change `point` as its next version (see
    `organizations.versioned.save_version`); `fields` are those of the model, `hours` when it is open
    (None: as it is).

    Raises:
        Refused: the code is another point's (point_code_taken), windows of a day overlap or end before they
            begin (point_hours), there are too many other days (point_days), a service is not the body's
            (point_service), or somebody saved it meanwhile (saved_meanwhile).
    """
    row = point or ServicePoint(institution=institution)
    values = dict(fields)
    if hours is not None:
        _check_hours(hours)
        values["schedule"] = pack(hours)
    if not set(values.get("service_ids") or []) <= set(services(institution)):
        raise Refused("point_service")
    if "service_ids" in values:
        values["service_ids"] = sorted(values["service_ids"])
        values["no_services"] = "" if values["service_ids"] else values.get("no_services", "")
    if "name" in values:
        values["sort_key"] = sort_key(values["name"])
    try:
        saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("point_code_taken", code=values.get("code", row.code)) from error
    if saved.is_changed:
        data = {"point": saved.row.pk, "code": saved.row.code, "version": saved.row.version}
        note_configuration(institution.pk, "servicepoints.point_saved", actor=actor, now=now, data=data)
    return saved.row


def _check_hours(hours: Hours) -> None:
    weeks = [hours.week, *(season.week for season in hours.seasons)]
    of_days = [windows for week in weeks for windows in week.values()]
    of_days += [other.windows for other in hours.exceptions]
    if any(overlaps(windows) for windows in of_days):
        raise Refused("point_hours")
    if len(hours.exceptions) > MOST_OTHER_DAYS:
        raise Refused("point_days", most=MOST_OTHER_DAYS)
