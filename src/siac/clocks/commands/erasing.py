# SPDX-License-Identifier: EUPL-1.2
"""What is erased of clocks when the retention of their subject ends: the words, never the days."""

from collections.abc import Sequence

from siac.clocks.models import Clock


def erase_reasons(institution_id: int, subject_type: str, subject_ids: Sequence[int]) -> None:
    """Erase the reasons people wrote for extensions and pauses of the clocks of
    some subjects, in the caller's transaction.
    """
    rows = Clock.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id__in=list(subject_ids)
    )
    rows.exclude(extension_reason="").update(extension_reason="")
    worded = [
        clock for clock in rows.exclude(pauses=[]) if any(pause.get("reason") for pause in clock.pauses)
    ]
    for clock in worded:
        clock.pauses = [{**pause, "reason": ""} for pause in clock.pauses]
    Clock.objects.bulk_update(worded, ["pauses"])
