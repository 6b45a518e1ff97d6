# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case shows of how it came, where it was received without network."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from siac.cases.public import Case, Panel
from siac.offline.domain.clock import TOLERANCE
from siac.organizations.public import Access


def offline_panel(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return when a case was received and when it came, for staff (no SQL: `case_for` brings it along)."""
    found = getattr(case, "surroundings", {}).get("offline") if access is not None else None
    if not found:
        return None
    off = timedelta(seconds=found["offset"])
    return {
        "received_at": datetime.fromisoformat(found["received_at"]),
        "synced_at": datetime.fromisoformat(found["synced_at"]),
        "device": found["device"],
        "officer": found["officer"],
        "clock": _words(off) if abs(off) > TOLERANCE else "",
    }


def _words(off: timedelta) -> str:
    minutes = round(abs(off).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    long = f"{hours} h {rest} min" if hours else f"{rest} min"
    return f"{long} {'atrasado' if off > timedelta(0) else 'adelantado'}"


PANEL = Panel(title="Recibida en terreno", template="offline/_panel.html", context=offline_panel)
