# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q

from siac.people.public import Preference


class ReplyWay(models.TextChoices):
    """How the person who wrote in the book wants the answer (DS 007-2020-PCM)."""

    EMAIL = Preference.EMAIL.value, "Correo electrónico"
    PHONE = Preference.PHONE.value, "Teléfono"
    LETTER = Preference.LETTER.value, "Dirección postal"
    PICKUP = Preference.IN_PERSON.value, "La recoge en la oficina"


class BookSheet(models.Model):
    """A sheet of the physical book of complaints of one site (Peru, DS
    007-2020-PCM), as it was filled in or voided.

    Its number is the one printed on the sheet: one book per entity and site, without
    gaps. What it says is the case it became.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    service_point = models.ForeignKey("servicepoints.ServicePoint", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    """When the person wrote it: the term of the answer runs from there."""
    event_on = models.DateField(null=True)
    """Local day of what the person complains of; None on a voided sheet."""
    event_time = models.TimeField(null=True)
    reply = models.CharField(max_length=10, choices=ReplyWay.choices, blank=True)
    copy_given = models.BooleanField(default=False)
    """Whether the person took the copy along."""
    case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="book_sheet")
    void_reason = models.CharField(max_length=300, blank=True)
    """Why the sheet says nothing; a sheet that became a case is never voided."""
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        db_table = "cases_booksheet"  # its place before the book had a context of its own
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint("institution", "service_point", "number", name="cases_sheet_number"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, void_reason="", event_on__isnull=False)
                | (Q(case__isnull=True) & ~Q(void_reason="")),
                name="cases_sheet_case_or_void",
            ),
        ]
        indexes = [models.Index("institution", F("id").desc(), name="cases_sheet_newest")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def stream(self) -> str:
        """The journal stream that tells this sheet."""
        return f"sheet:{self.pk}"


class BookCounter(models.Model):
    """The last sheet of a site's book that was recorded; locked while one is, so that numbers have no
    gaps.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    service_point = models.OneToOneField("servicepoints.ServicePoint", models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    """Where the book stood when it was first recorded here."""
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "cases_bookcounter"

    def __str__(self) -> str:
        return f"{self.service_point_id}: {self.last}"
