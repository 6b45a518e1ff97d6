# SPDX-License-Identifier: EUPL-1.2
"""The job of a summary: its figures are frozen and its paper made, and whoever directs is told."""

import hashlib
from collections.abc import Generator
from datetime import datetime
from functools import partial
from typing import Any

from siac.accounts.public import Role
from siac.indicators.public import Length
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource
from siac.journal.public import canonical, record
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution, holders
from siac.reporting.models import Summary
from siac.reporting.summaries.contents import content_of, question_of
from siac.reporting.summaries.paper import summary_pdf

LINE = Line(Summary, "reporting.summary", "summary_id", queue=ASKED, related=("institution",))
NOTICE = "reporting.summary_ready"


def digest_of(content: dict[str, Any]) -> bytes:
    """Return the SHA-256 of what a summary says."""
    return hashlib.sha256(canonical(content)).digest()


def making(row: Summary, clock: TimeSource) -> Generator[Step[Summary], Any, None]:
    """Make a summary: what it says and its paper first, both kept at once."""
    now, body = clock(), row.institution
    question = question_of(body, Length(row.length), row.first, today=body.local_date(now))
    content = content_of(body, question, now=now)
    paper = summary_pdf(body, content, made_at=now)
    yield partial(_keep, content=content, paper=paper)


def _keep(row: Summary, now: datetime, *, content: dict[str, Any], paper: bytes) -> None:
    row.content, row.paper, row.digest = content, paper, digest_of(content)
    row.save(update_fields=["content", "paper", "digest"])
    data = {
        "summary": row.pk, "first": row.first.isoformat(), "last": row.last.isoformat(),
        "digest": row.digest.hex(), "paper": hashlib.sha256(paper).hexdigest(),
    }  # fmt: skip
    record(row.institution_id, row.stream, "reporting.summary_made", now, actor_id=row.asked_by_id, data=data)
    _tell(row.institution, row, now)


def _tell(institution: Institution, row: Summary, now: datetime) -> None:
    """Tell whoever directs the body, but not who asked for it (2 SQL)."""
    users = holders(institution).over(Role.AUTHORITY, None)
    new = [
        NewNotice(NOTICE, f"user:{pk}", "email", "summary", row.pk) for pk in users if pk != row.asked_by_id
    ]
    queue_many(institution.pk, new, now)
