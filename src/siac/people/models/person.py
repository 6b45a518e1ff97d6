# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.people.domain.person import PersonKind


class Person(models.Model):
    """Someone who deals with a body, without saying who: the rest of the system knows only this id."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in PersonKind])
    is_internal = models.BooleanField(default=False)
    """Works for the body itself."""
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    texts_refused_at = models.DateTimeField(null=True)
    """When they said no to text messages; null where they did not."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in PersonKind]), name="people_person_kind"
            )
        ]

    def __str__(self) -> str:
        return f"person:{self.pk}"
