# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from django.db import models
from django.db.models import F, Q


class AuditResult(models.TextChoices):
    """What a follow-up audit said."""

    KEPT = "kept", "Se mantiene"
    NOTED = "noted", "Se mantiene, con observaciones"
    LOST = "lost", "Se retira"


class Certification(models.Model):
    """That somebody outside certified a charter: who, by what norm, of what, from when to when."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    charter = models.ForeignKey("charters.Charter", models.PROTECT, related_name="certifications")
    certifier = models.CharField("quién certifica", max_length=150)
    norm = models.CharField("norma", max_length=150)
    number = models.CharField("número del certificado", max_length=80)
    scope = models.CharField("alcance", max_length=1000)
    valid_from = models.DateField("desde")
    valid_to = models.DateField("hasta")
    """Its last local day."""
    ended_on = models.DateField(null=True)
    """The local day on which an audit took it away before its end."""
    version = models.PositiveIntegerField(default=0)
    """Grows with each change: who changes it says which one they saw."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = [
            models.UniqueConstraint("charter", "certifier", "number", name="charters_certificate_once"),
            models.CheckConstraint(
                condition=Q(valid_from__lt=F("valid_to")), name="charters_certificate_days"
            ),
        ]
        indexes = [models.Index("institution", "valid_to", name="charters_certificate_ends")]

    def __str__(self) -> str:
        return f"{self.certifier} {self.number}"

    def is_valid(self, today: date) -> bool:
        """Return whether it holds on a local day."""
        return self.valid_from <= today <= self.valid_to and (self.ended_on is None or today < self.ended_on)


class CertificationAudit(models.Model):
    """The follow-up of a certificate in one of its years: until when, and what was said when it was made."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    certification = models.ForeignKey(
        "charters.Certification", models.PROTECT, related_name="audits", db_index=False
    )
    due_on = models.DateField("se hace antes del")
    held_on = models.DateField("día de la auditoría", null=True)
    result = models.CharField("resultado", max_length=5, choices=AuditResult.choices, blank=True)
    words = models.CharField("qué dijo", max_length=2000, blank=True)
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    """Grows with each note: who corrects it says which one they saw."""

    class Meta:
        ordering = ("certification", "due_on")
        constraints = [
            models.UniqueConstraint("certification", "due_on", name="charters_audit_once"),
            models.CheckConstraint(
                condition=Q(held_on=None, result="", noted_at=None)
                | (Q(held_on__isnull=False, noted_at__isnull=False) & ~Q(result="")),
                name="charters_audit_noted",
            ),
        ]
        indexes = [
            models.Index("institution", "due_on", name="charters_audit_waits", condition=Q(held_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.certification_id} {self.due_on}"
