# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class RateWindow(models.Model):
    """How often one anonymous key tried one thing lately. Unlogged: a crash of the server forgets it."""

    key = models.BinaryField(primary_key=True, max_length=16)
    """Keyed digest of scope and subject; never an address."""
    window = models.BigIntegerField()
    """Number of the window: seconds since 1970 (UTC) divided by its length."""
    count = models.IntegerField()
    previous = models.IntegerField()
    """Tries in the window just before."""
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} in window {self.window}"
