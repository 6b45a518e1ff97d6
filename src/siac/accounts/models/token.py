# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from siac.accounts.domain.scopes import Scope


class ApiToken(models.Model):
    """The key with which a program acts as one user in one body, within `scopes`.

    The token itself is kept nowhere.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, null=True, related_name="+")
    """The body it belongs to; only revoked ones, made before keys belonged to a body, have none."""
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token, in hexadecimal; 256 random bits need no slow hash."""
    name = models.CharField("nombre", max_length=80)
    scopes = ArrayField(models.CharField(max_length=20, choices=[(s.value, s.value) for s in Scope]))
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    """UTC day of the last use; written once a day."""
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | Q(revoked_at__isnull=False),
                name="accounts_token_of_a_body",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: Scope) -> bool:
        """Return whether the token was made for `scope`."""
        return scope.value in self.scopes
