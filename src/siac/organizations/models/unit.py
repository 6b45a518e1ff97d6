# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.organizations.versioned import SavedVersion, VersionedRecord


class Unit(VersionedRecord):
    """A part of a body that answers requests: a department, an office, a school."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="depende de"
    )
    code = models.SlugField("código", max_length=40)
    name = models.CharField("nombre", max_length=150)
    sort_key = models.CharField(max_length=200, editable=False)
    email = models.EmailField("correo", blank=True)
    place = models.CharField("lugar para el calendario", max_length=60, blank=True)
    """Place expression where the unit differs from its body; empty means the body's."""
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="la reemplaza"
    )
    """Once it is closed, the unit that what pointed to it points to."""
    is_active = models.BooleanField("activa", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = [
            models.UniqueConstraint("institution", "code", name="organizations_unit_code"),
            models.CheckConstraint(
                condition=~Q(successor=F("id")), name="organizations_unit_not_own_successor"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organizations_unit_not_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitVersion(SavedVersion):
    """A unit as it stood since one save."""

    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="versions", db_index=False)

    class Meta:
        ordering = ("unit", "-number")
        constraints = [models.UniqueConstraint("unit", "number", name="organizations_unit_version")]
