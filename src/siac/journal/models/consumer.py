# SPDX-License-Identifier: EUPL-1.2
from django.db import models

FIRST = -(2**62)
"""Below the number of every transaction; those of before a restore are negative (`commands.renumbering`)."""


class Consumer(models.Model):
    """How far one reader of the journal has come."""

    name = models.CharField(max_length=60, primary_key=True)
    xid = models.BigIntegerField(default=FIRST)
    entry_id = models.BigIntegerField(default=0)
    """Last entry read is (xid, entry_id); the next one is beyond it in that order."""
    failures = models.IntegerField(default=0)
    """Failed runs in a row."""
    last_error = models.CharField(max_length=100, blank=True)
    """Class of the last error, never its message, which could hold data of people."""

    def __str__(self) -> str:
        return self.name
