# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.journal.domain.finished import FIRST


class Consumer(models.Model):
    """How far one reader of the journal has come (see `docs/decisions/0021`)."""

    name = models.CharField(max_length=60, primary_key=True)
    seen = models.TextField(blank=True)
    """The transactions whose entries it has read, as `domain.finished` writes them; empty: none."""
    reading = models.TextField(blank=True)
    """Those whose entries it is reading now; empty: it has read all of its last look."""
    xid = models.BigIntegerField(default=FIRST)
    entry_id = models.BigIntegerField(default=0)
    """Of what it is reading, the last entry read is (xid, entry_id), in that order."""
    looked_at = models.DateTimeField(null=True)
    """When it took its last look, by the clock of the database."""
    read_at = models.DateTimeField(null=True)
    """When the look was taken of which it has read all; null: never."""
    failures = models.IntegerField(default=0)
    """Failed runs in a row."""
    last_error = models.CharField(max_length=100, blank=True)
    """Class of the last error, never its message, which could hold data of people."""

    def __str__(self) -> str:
        return self.name
