# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class Identification(models.Model):
    """A person who identified themselves in one browser, for the pages of one body; gone when they leave,
    when half an hour passes without a page, or with the server that told who they are.

    It is no account and gives no right: it fills in a form, and opens the person's own requests.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.CASCADE, related_name="+", db_index=False
    )
    provider = models.ForeignKey("signin.IdentityProvider", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256, in hexadecimal, of the secret that the browser has."""
    sealed = models.BinaryField()
    """Name and document, sealed with the vault key and bound to body and digest."""
    begun_at = models.DateTimeField()
    """When the server told who it is."""
    used_at = models.DateTimeField()
    """When a page was last asked for, to a minute."""

    class Meta:
        indexes = [models.Index("used_at", name="signin_identification_age")]

    def __str__(self) -> str:
        return f"identification {self.pk}"
