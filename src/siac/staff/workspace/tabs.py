# SPDX-License-Identifier: EUPL-1.2
"""The tabs of the pages of people: those that the holder of an access may open."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from siac.organizations.public import Access
from siac.staff.domain.rights import PersonnelRight

_TABS: tuple[tuple[str, str, PersonnelRight], ...] = (
    ("Caracterización", "workspace:staff:overview", PersonnelRight.FIGURES),
    ("Fichas", "workspace:staff:employees", PersonnelRight.READ),
    ("Perfiles", "workspace:staff:profiles", PersonnelRight.FIGURES),
    ("Competencias", "workspace:staff:competences", PersonnelRight.FIGURES),
    ("Brechas", "workspace:staff:gaps", PersonnelRight.FIGURES),
    ("Capacitación", "workspace:staff:plans", PersonnelRight.FIGURES),
    ("Mi ficha", "workspace:staff:own", PersonnelRight.OWN),
)


def tabs(access: Access) -> Sequence[Mapping[str, str]]:
    """Return the tabs for whoever asks. No SQL."""
    slug = access.institution.slug
    return [
        {"label": label, "url": reverse(name, args=[slug])}
        for label, name, right in _TABS
        if access.has(right)
    ]


def shown_least(access: Access) -> int:
    """Return of how many people a group is told to whoever asks: 0 tells all, to those who read every record
    anyway. No SQL.
    """
    reads_all = access.has(PersonnelRight.READ) and access.units_with(PersonnelRight.READ) is None
    return 0 if reads_all else access.institution.smallest_group
