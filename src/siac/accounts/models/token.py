# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.db import models

from siac.accounts.domain.scopes import Scope


class ApiToken(models.Model):
    """The key with which a program acts as one user, within `scopes`. The token itself is kept nowhere."""

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

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: Scope) -> bool:
        """Return whether the token was made for `scope`."""
        return scope.value in self.scopes
