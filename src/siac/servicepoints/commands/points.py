# SPDX-License-Identifier: EUPL-1.2
"""Changes of the inventory of service points."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key
from siac.organizations.public import Institution, note_configuration
from siac.servicepoints.models import ServicePoint


@transaction.atomic
def save_service_point(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    point: ServicePoint | None = None,
    **fields: Any,
) -> ServicePoint:
    """Add a service point, or change `point`; `fields` are those of the model.

    Raises:
        Refused: the code is another point's (point_code_taken).
    """
    row = point or ServicePoint(institution=institution)
    for name, value in fields.items():
        setattr(row, name, value)
    row.sort_key = sort_key(row.name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("point_code_taken", code=row.code) from error
    data = {"point": row.pk, "code": row.code}
    note_configuration(institution.pk, "servicepoints.point_saved", actor=actor, now=now, data=data)
    return row
