# SPDX-License-Identifier: EUPL-1.2
"""Long works as far as a test wants them."""

from collections.abc import Generator
from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError

from siac.infra.longwork import Line, Step, Steps, TimeSource, W, run_long


def some_steps(line: Line[W], pk: int, steps: Steps[W], *, now: datetime, most: int = 1) -> None:
    """Do the first steps of a work, until the database goes away; the work is to be gone on with."""

    def few(row: W, clock: TimeSource) -> Generator[Step[W], Any, None]:
        parts, given = steps(row, clock), None
        for _ in range(most):
            given = yield parts.send(given)
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        run_long(line, pk, few, clock=lambda: now)
