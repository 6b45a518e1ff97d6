# SPDX-License-Identifier: EUPL-1.2
"""What proves each step on the way from charters to an award, and the living links of the system."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from siac.charters.public import certificates_in_force, commitments_in_force
from siac.organizations.public import Institution
from siac.policy.domain.maturity import ISO_9001, Level, Proof, Reached, path
from siac.policy.models import Achievement, Reference
from siac.ui.public import long_date

AHEAD = timedelta(days=30)
"""So long before the day on which somebody should look at a living link it is told."""


def maturity(institution: Institution, today: date) -> list[Reached]:
    """Return the steps with what proves each on a local day (2 SQL when warm)."""
    slug = institution.slug
    charters = {each.edition.charter_id: each.edition for each in commitments_in_force(institution, today)}
    proofs: dict[Level, list[Proof]] = {level: [] for level in Level}
    for pk, edition in sorted(charters.items(), key=lambda each: each[1].charter.title):
        url = reverse("workspace:charters:charter", args=[slug, pk])
        words = f"{edition.charter.title}, desde el {long_date(edition.since)}"
        proofs[Level.CHARTERS].append(Proof(words, url))
    for row in certificates_in_force(institution, today=today):
        url = reverse("workspace:charters:certifications", args=[slug, row.charter_id])
        words = f"{row.charter.title}: {row.norm}, {row.certifier}, hasta el {long_date(row.valid_to)}"
        proofs[Level.CERTIFIED].append(Proof(words, url))
        if ISO_9001 in row.norm:
            proofs[Level.ISO_9001].append(Proof(words, url))
    for given in achievements(institution):
        if given.holds(today):
            until = f", hasta el {long_date(given.until)}" if given.until else ""
            proofs[Level(given.level)].append(Proof(f"{given.name}, {given.giver}{until}", given.url))
    return path(proofs)


def achievements(institution: Institution) -> QuerySet[Achievement]:
    """Return what a body itself was given, the latest first. Lazy: no SQL until it is read."""
    return Achievement.objects.filter(institution=institution).order_by("-since", "-pk")


def references(institution: Institution) -> QuerySet[Reference]:
    """Return the living links of a body, those in use first, by area and name. Lazy: no SQL until it is
    read.
    """
    rows = Reference.objects.filter(institution=institution).select_related("unit", "responsible")
    return rows.order_by("-is_active", "area", "name", "pk")


def to_check(institution: Institution, until: date) -> QuerySet[Reference]:
    """Return the living links in use that somebody should look at by a local day. Lazy: no SQL until it is
    read.
    """
    return Reference.objects.filter(institution=institution, is_active=True, next_check_on__lte=until)
