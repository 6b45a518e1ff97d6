# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class KeyCheck(models.Model):
    """By what the database knows the key that its data are sealed with; nothing
    can be opened or guessed from it.
    """

    name = models.CharField(max_length=40, primary_key=True)
    """`SIAC_VAULT_KEY`, `SIAC_JOURNAL_KEY`."""
    check_value = models.BinaryField(max_length=32)
    """Keyed digest of the name."""

    def __str__(self) -> str:
        return self.name
