# SPDX-License-Identifier: EUPL-1.2
"""Start clocks that were planned before their subject had a number."""

from collections.abc import Sequence

from siac.clocks.models import Clock


def start_planned(clocks: Sequence[Clock], *, subject_id: int) -> list[Clock]:
    """Save clocks made by `plan_clock` for the subject `subject_id`, in one insert."""
    for clock in clocks:
        clock.subject_id = subject_id
    return Clock.objects.bulk_create(clocks, batch_size=1000)
