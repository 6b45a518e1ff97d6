# SPDX-License-Identifier: EUPL-1.2
"""The executive summary as a kind of frozen reports."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from siac.accounts.public import Role
from siac.indicators.public import Length
from siac.organizations.public import Institution, holders
from siac.reporting.frozen.kinds import Content, Kind, Schedule
from siac.reporting.models import FrozenReport, SummarySchedule
from siac.reporting.summaries.contents import content_of, question_of
from siac.reporting.summaries.paper import summary_pdf


def _title(row: FrozenReport) -> str:
    return f"Resumen ejecutivo de {row.content['period']}" if row.content else "Resumen ejecutivo"


def _content(row: FrozenReport, now: datetime) -> dict[str, Any]:
    today = row.institution.local_date(now)
    question = question_of(row.institution, Length(row.length), row.first, today=today)
    return content_of(row.institution, question, now=now)


def _paper(row: FrozenReport, content: Content, made_at: datetime) -> bytes:
    return summary_pdf(row.institution, content, made_at=made_at)


def _told(row: FrozenReport) -> list[int]:
    return holders(row.institution).over(Role.AUTHORITY, None)


def _schedules(institution: Institution) -> Iterator[Schedule]:
    for row in SummarySchedule.objects.filter(institution=institution):
        yield Schedule(row.every, row.since)


def _up(row: FrozenReport, slug: str) -> tuple[str, str]:
    return "Resúmenes", reverse("workspace:reporting:summaries", args=[slug])


KIND = Kind(
    title_of=_title,
    content_of=_content,
    paper_of=_paper,
    sentences_of=lambda content: list(content["sentences"]),
    told=_told,
    schedules=_schedules,
    template="reporting/workspace/summary.html",
    shown_of=lambda content: {},
    up=_up,
)
