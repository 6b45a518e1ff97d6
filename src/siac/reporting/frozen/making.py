# SPDX-License-Identifier: EUPL-1.2
"""The job of a frozen report: what it says is fixed and its paper made, and whoever is to know is told."""

import hashlib
from collections.abc import Generator
from datetime import datetime
from functools import partial
from typing import Any

from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource
from siac.journal.public import canonical, record
from siac.notices.public import NewNotice, queue_many
from siac.reporting.frozen.kinds import kind_of
from siac.reporting.models import FrozenReport

LINE = Line(
    FrozenReport,
    "reporting.summary",
    "summary_id",
    queue=ASKED,
    related=("institution", "report", "letter"),
    reads_apart=True,
)
NOTICE = "reporting.summary_ready"


def digest_of(content: dict[str, Any]) -> bytes:
    """Return the SHA-256 of what a frozen report says."""
    return hashlib.sha256(canonical(content)).digest()


def making(row: FrozenReport, clock: TimeSource) -> Generator[Step[FrozenReport], Any, None]:
    """Freeze a report: what it says and its paper first, both kept at once."""
    now, kind = row.data_at or clock(), kind_of(row)
    content = kind.content_of(row, now)
    paper = kind.paper_of(row, content, now)
    yield partial(_keep, content=content, paper=paper)


def _keep(row: FrozenReport, now: datetime, *, content: dict[str, Any], paper: bytes) -> None:
    row.content, row.paper, row.digest = content, paper, digest_of(content)
    row.save(update_fields=["content", "paper", "digest"])
    data = {
        "summary": row.pk, "first": row.first.isoformat(), "last": row.last.isoformat(),
        "digest": row.digest.hex(), "paper": hashlib.sha256(paper).hexdigest(),
        **({"report": row.report_id} if row.report_id else {}),
        **({"letter": row.letter_id} if row.letter_id else {}),
    }  # fmt: skip
    record(row.institution_id, row.stream, "reporting.summary_made", now, actor_id=row.asked_by_id, data=data)
    told = sorted(set(kind_of(row).told(row)) - {row.asked_by_id})
    new = [NewNotice(NOTICE, f"user:{pk}", "email", "summary", row.pk) for pk in told]
    queue_many(row.institution_id, new, now)
