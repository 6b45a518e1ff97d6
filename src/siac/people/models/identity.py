# SPDX-License-Identifier: EUPL-1.2
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Identity(models.Model):
    """Who a person is, sealed with a key outside the database, and the blind words that find them."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="identity")
    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    sealed = models.BinaryField()
    """JSON of `PersonData`, AES-256-GCM, bound to this row."""
    tokens = ArrayField(models.BigIntegerField(), default=list)
    """First 64 bits of the HMAC of each term, keyed per body."""
    terms_version = models.PositiveSmallIntegerField(default=1, db_default=1)
    """By which rules `tokens` were made; those of older rules are made anew by a job."""

    class Meta:
        indexes = [
            GinIndex(fields=["tokens"], name="people_identity_tokens"),
            models.Index("terms_version", "person", name="people_identity_terms"),
        ]

    def __str__(self) -> str:
        return f"identity of person:{self.pk}"
