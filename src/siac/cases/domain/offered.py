# SPDX-License-Identifier: EUPL-1.2
"""What was offered beside what somebody chose."""

from collections.abc import Sequence
from typing import Any


def suggested(offered: Sequence[int], chosen: int | None) -> dict[str, Any]:
    """Return what the journal says of a choice beside suggestions: which they were and
    whether one was taken; empty without any.
    """
    return {"suggested": {"offered": list(offered), "taken": chosen in offered}} if offered else {}
