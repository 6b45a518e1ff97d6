# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class NumberBlock(models.Model):
    """The block of numbers that the rows of this installation take theirs from: one row
    (see `infra.numbering`)."""

    first = models.BigIntegerField(primary_key=True)
    """The first number of the block."""

    def __str__(self) -> str:
        return str(self.first)
