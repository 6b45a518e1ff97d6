# SPDX-License-Identifier: EUPL-1.2
"""Making posters and leaflets, and taking them out of use."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.outreach.models import Campaign, Material, MaterialKind
from siac.outreach.queries import editions_in_force
from siac.servicepoints.public import service_points


@transaction.atomic
def make_material(
    *,
    institution: Institution,
    campaign: Campaign,
    kind: str,
    headline: str,
    body: str = "",
    charter_id: int | None = None,
    point_id: int | None = None,
    actor: User | None,
    now: datetime,
) -> Material:
    """Make a poster or leaflet that leads to a charter in its edition in force, to a service point, or to the
    portal (3 SQL).

    Raises:
        Refused: no words (material_words); a charter without an edition in force, a place of elsewhere or out
            of use, or both (material_thing).
    """
    if not squeeze(headline) or kind not in MaterialKind.values:
        raise Refused("material_words")
    edition = editions_in_force(institution, institution.local_date(now)).get(charter_id or 0)
    point = service_points(institution).get(point_id or 0)
    is_wrong = (charter_id and edition is None) or (point_id and (point is None or not point.is_active))
    if is_wrong or (charter_id and point_id):
        raise Refused("material_thing")
    row = Material.objects.create(
        institution=institution, campaign=campaign, kind=kind, headline=squeeze(headline)[:120],
        body=body.strip()[:1500], edition=edition, point=point, made_at=now, made_by=actor,
    )  # fmt: skip
    data = {"campaign": campaign.pk, "material": row.pk}
    record(institution.pk, campaign.stream, "outreach.material_made", now, actor.pk if actor else None, data)
    return row


@transaction.atomic
def retire_material(
    *, institution: Institution, material_id: int, actor: User, now: datetime, renew: bool = False
) -> Material | None:
    """Take a material out of use (4 SQL); with `renew` make it anew with the edition of its charter that is
    in force now, and return that one (3 more).

    Raises:
        Refused: it is not in use (material_unknown), or no edition is in force to make it anew with
            (material_thing).
    """
    rows = Material.objects.select_for_update(of=("self",)).select_related("campaign", "edition")
    row = rows.filter(institution=institution, pk=material_id, retired_at=None).first()
    if row is None:
        raise Refused("material_unknown")
    row.retired_at = now
    row.save(update_fields=["retired_at"])
    data = {"campaign": row.campaign_id, "material": row.pk}
    record(institution.pk, row.campaign.stream, "outreach.material_retired", now, actor.pk, data)
    if not renew:
        return None
    return make_material(
        institution=institution, campaign=row.campaign, kind=row.kind, headline=row.headline, body=row.body,
        charter_id=row.edition.charter_id if row.edition else None, point_id=row.point_id, actor=actor,
        now=now,
    )  # fmt: skip
