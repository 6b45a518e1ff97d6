# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class IdempotencyKey(models.Model):
    """A writing request that was carried out, kept so that sending it again does not do it twice."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40)
    """What was asked: `cases.file`, `cases.import` …"""
    key = models.BinaryField(max_length=32)
    """SHA-256 of the key the client sent."""
    fingerprint = models.BinaryField(max_length=32)
    """SHA-256 of the content, so that one key cannot stand for two requests."""
    result = models.JSONField(null=True)
    """Ids that let the first answer be given again."""
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "scope", "key"], name="infra_idempotency_once"),
        ]

    def __str__(self) -> str:
        return self.scope
