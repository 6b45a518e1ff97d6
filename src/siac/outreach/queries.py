# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about outreach."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from siac.charters.public import CharterEdition, commitments_in_force
from siac.organizations.public import Access, Institution
from siac.outreach.models import Campaign, Material


def campaigns(institution: Institution) -> QuerySet[Campaign]:
    """Return the campaigns of a body, by their first day. Lazy: no SQL until it is read."""
    return Campaign.objects.filter(institution=institution).select_related("unit").order_by("starts_on", "pk")


def campaign_for(access: Access, campaign_id: int) -> Campaign:
    """Return one campaign (1 SQL).

    Raises:
        Http404: there is none in the body.
    """
    row = campaigns(access.institution).filter(pk=campaign_id).first()
    if row is None:
        raise Http404(str(campaign_id))
    return row


def to_evaluate(institution: Institution, today: date) -> QuerySet[Campaign]:
    """Return the campaigns that are over and nobody evaluated. Lazy: no SQL until it is read."""
    return campaigns(institution).filter(ends_on__lt=today, evaluated_on=None, is_dropped=False)


def materials(institution: Institution) -> QuerySet[Material]:
    """Return the materials in use of a body, the latest first. Lazy: no SQL until it is read."""
    rows = Material.objects.filter(institution=institution, retired_at=None)
    return rows.select_related("campaign", "edition__charter", "point").order_by("-made_at", "-pk")


def outdated(institution: Institution, today: date) -> QuerySet[Material]:
    """Return the materials in use of a charter's edition that is not in force on a local day, or of a place
    that is not published any more. Lazy: no SQL until it is read.
    """
    over = Q(edition__valid_to__lt=today) | Q(edition__valid_from__gt=today)
    return materials(institution).filter(over | Q(point__is_active=False))


def material_for(access: Access, material_id: int) -> Material:
    """Return one material, in use or not (1 SQL).

    Raises:
        Http404: there is none in the body.
    """
    rows = Material.objects.filter(institution=access.institution, pk=material_id)
    row = rows.select_related("campaign", "edition__charter", "point").first()
    if row is None:
        raise Http404(str(material_id))
    return row


def editions_in_force(institution: Institution, today: date) -> Mapping[int, CharterEdition]:
    """Return the editions of charters in force on a local day, by charter; no SQL when warm."""
    return {each.edition.charter_id: each.edition for each in commitments_in_force(institution, today)}
