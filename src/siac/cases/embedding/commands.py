# SPDX-License-Identifier: EUPL-1.2
"""Where the form of a body may be shown."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.domain.origins import origin_of
from siac.cases.models import EmbeddingSite
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, note_configuration

MOST = 30


@transaction.atomic
def add_site(*, institution: Institution, address: str, actor: User | None, now: datetime) -> bool:
    """Let a site show the form; False where it could before.

    Raises:
        Refused: it is no site (site_odd), the body has thirty (site_crowded), or is one to practise on, whose
            requests are nobody's (site_practice).
    """
    if institution.is_practice:
        raise Refused("site_practice")
    try:
        origin = origin_of(address)
    except ValueError as error:  # what cannot be written for browsers (UnicodeError) is one too
        raise Refused("site_odd") from error
    lock_institution(institution.pk)
    sites = EmbeddingSite.objects.filter(institution=institution)
    if sites.filter(origin=origin).exists():
        return False
    if sites.count() >= MOST:
        raise Refused("site_crowded", most=MOST)
    EmbeddingSite.objects.create(institution=institution, origin=origin, added_at=now)
    note_configuration(institution.pk, "cases.site_added", actor=actor, now=now, data={"origin": origin})
    return True


@transaction.atomic
def remove_site(*, institution: Institution, site_id: int, actor: User, now: datetime) -> bool:
    """Let a site show the form no more; False where it is none of the body's."""
    lock_institution(institution.pk)
    row = EmbeddingSite.objects.filter(institution=institution, pk=site_id).first()
    if row is None:
        return False
    row.delete()
    data = {"origin": row.origin}
    note_configuration(institution.pk, "cases.site_removed", actor=actor, now=now, data=data)
    return True
