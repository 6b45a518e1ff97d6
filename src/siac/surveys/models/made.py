# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class MadePerson(models.Model):
    """Somebody whom the body knows only because it meant to ask them: it goes when nothing needs it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    until = models.DateField(null=True)
    """The last day of the wave that drew them; null: none did."""

    def __str__(self) -> str:
        return f"person:{self.person_id}"
