# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class PublicText(models.TextChoices):
    """A text that a body owes the public, kept in versions; its sections are in `domain.public_texts`."""

    PRIVACY = "privacy", "Aviso de privacidad"
    ACCESSIBILITY = "accessibility", "Declaración de accesibilidad"


class TextVersion(models.Model):
    """One saved version of a public text of a body. A trigger keeps it from being rewritten or deleted."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=20, choices=PublicText.choices)
    number = models.PositiveIntegerField()
    sections = models.JSONField()
    """Plain text by code of section."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                "institution", "subject", "number", name="organizations_text_version_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.number}"


class TextPublication(models.Model):
    """That a version of a public text holds from a day on, until another does.

    Never rewritten, as the versions are.
    """

    version = models.OneToOneField(TextVersion, models.PROTECT, related_name="publication")
    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    from_day = models.DateField()
    """First local day on which it is the text in force; between two of one day, the later version is."""
    drawn = models.JSONField(default=list)
    """What the page draws from the configuration beside the text, as it was then: pairs of label and
    words.
    """
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("from_day", "pk")

    def __str__(self) -> str:
        return f"{self.version_id} {self.from_day}"
