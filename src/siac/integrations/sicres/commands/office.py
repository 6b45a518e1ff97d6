# SPDX-License-Identifier: EUPL-1.2
"""Setting up the registry office of a body."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import kinds
from siac.integrations.sicres.domain.layout import DIR3
from siac.integrations.sicres.models import RegistryOffice
from siac.integrations.sicres.queries import is_here
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration


def code_of(typed: str) -> str:
    """Return a code of DIR3 as it is kept.

    Raises:
        Refused: it is none (sicres_code_odd).
    """
    code = squeeze(typed).upper()
    if not DIR3.fullmatch(code):
        raise Refused("sicres_code_odd")
    return code


@transaction.atomic
def save_office(
    *,
    institution: Institution,
    office_code: str,
    office_name: str,
    unit_code: str,
    kind_id: int,
    actor: User | None,
    now: datetime,
) -> RegistryOffice:
    """Say by which office and unit other offices know the body: from then on it may exchange (4 SQL).

    Raises:
        Refused: the country knows no such exchange (sicres_not_here), a code is none (sicres_code_odd), or
            the kind is unknown.
    """
    if not is_here(institution):
        raise Refused("sicres_not_here")
    kind = kinds(institution).get(kind_id)
    if kind is None or not kind.is_active:
        raise Refused("kind_unknown")
    values = {
        "office_code": code_of(office_code),
        "office_name": squeeze(office_name)[:80],
        "unit_code": code_of(unit_code),
        "kind_id": kind.pk,
    }
    office, _ = RegistryOffice.objects.update_or_create(institution=institution, defaults=values)
    data = {"office": office.office_code, "unit": office.unit_code, "kind": kind.pk}
    note_configuration(institution.pk, "sicres.office_saved", actor=actor, now=now, data=data)
    return office
