# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class EmbeddingSite(models.Model):
    """A site of others that may show the form of a body in a frame (`frame-ancestors` of CSP)."""

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField("sitio", max_length=270)
    """As browsers compare it: `https://www.example.org`, no path."""
    added_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering = ("origin",)
        constraints = [models.UniqueConstraint(fields=["institution", "origin"], name="cases_site_once")]

    def __str__(self) -> str:
        return self.origin
