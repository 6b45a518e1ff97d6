# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime

from django.db import models

from siac.kernel.work_states import WorkState, is_moving

STATE_WORDS: dict[str, str] = {
    WorkState.WAITING: "En cola",
    WorkState.RUNNING: "En curso",
    WorkState.DONE: "Terminado",
    WorkState.FAILED: "Interrumpido",
    WorkState.STOPPED: "Detenido",
}


ENDED = (WorkState.DONE.value, WorkState.FAILED.value, WorkState.STOPPED.value)


def states_with(**own: str) -> list[tuple[str, str]]:
    """Return the choices of a state: those of every long work, with words of its own or further states."""
    return list({**{str(state): words for state, words in STATE_WORDS.items()}, **own}.items())


class LongWork(models.Model):
    """Something that a job does for minutes, in steps that each hold when it is cut off."""

    state = models.CharField(max_length=10, choices=states_with(), default=WorkState.WAITING)
    total = models.PositiveIntegerField(default=0)
    """Things to do; 0 while nobody counted them."""
    done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    """When it was put in line for the first time."""
    ended_at = models.DateTimeField(null=True)
    """When it was done, failed or was stopped; null while it may go on by itself."""
    fault = models.CharField(max_length=100, blank=True, default="")
    """Class of the error that ended it, never its message, which could hold data of people."""
    leased_until = models.DateTimeField(null=True)
    """Until when the worker that has it must give a sign of life."""
    data_at: datetime | None = None
    """Until when what it reads now is whole, wherever it is read; known to its job only."""

    class Meta:
        abstract = True

    @property
    def is_moving(self) -> bool:
        """Whether a job works on it, or will."""
        return is_moving(self.state)

    @property
    def percent(self) -> int:
        """How much of it is done, in whole hundredths."""
        return min(100, self.done * 100 // self.total) if self.total else 0
