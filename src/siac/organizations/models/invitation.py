# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.accounts.public import Role


class Invitation(models.Model):
    """A role in a body offered to whoever reads an address; it is held only once that person accepts."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    """In small letters, as accounts have it."""
    name = models.CharField(max_length=150)
    """How the person is called by who invites; they write their own name when they open an account."""
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    unit = models.ForeignKey("organizations.Unit", models.CASCADE, null=True, related_name="+")
    until = models.DateField(null=True)
    """The last day of the role, in the body's time zone; None: it does not end by itself."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256, in hexadecimal, of the secret in the letter's address."""
    invited_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("institution", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                "institution", "email", "role", "unit", name="organizations_invited_once",
                condition=Q(accepted_at=None), nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.email} {self.role}"
