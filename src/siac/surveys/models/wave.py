# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class WaveState(models.TextChoices):
    DRAWN = "drawn", "Por enviar"
    SENDING = "sending", "Enviándose"
    SENT = "sent", "Enviada"


class Wave(models.Model):
    """A sample of people who are asked to answer a survey at one time, drawn by a number that is kept:
    whoever has the same list draws the same people.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    survey = models.ForeignKey("surveys.Survey", models.PROTECT, related_name="waves")
    name = models.CharField("nombre", max_length=100)
    source = models.CharField(max_length=300)
    """In words: where the list came from."""
    from_panel = models.BooleanField(default=False)
    """Drawn from the opinion panel: whoever leaves it is asked and reminded no more."""
    population = models.PositiveIntegerField()
    """How many different people were on the list."""
    seed = models.BigIntegerField()
    drawn = models.JSONField()
    """The people drawn (of a survey for the staff: accounts), by id, in the order in which they are asked."""
    done = models.PositiveIntegerField(default=0)
    """How many of these were asked or left out so far."""
    left_out = models.PositiveIntegerField(default=0)
    """How many of these were asked too lately, or cannot be written to."""
    quotas = models.JSONField(default=list)
    """By part of the list, in the order of their names: {name, listed, wanted, drawn}, `drawn` the people of
    that part by id; empty: drawn from the list as a whole.
    """
    state = models.CharField(max_length=7, choices=WaveState.choices, default=WaveState.DRAWN)
    closes_on = models.DateField("último día para responder")
    reminds_on = models.DateField("día del recordatorio", null=True, blank=True)
    drawn_on = models.DateField()

    class Meta:
        ordering = ("-drawn_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(reminds_on=None) | Q(reminds_on__lte=F("closes_on")), name="surveys_wave_days"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """How many were drawn."""
        return len(self.drawn)
