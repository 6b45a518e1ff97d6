# SPDX-License-Identifier: EUPL-1.2
"""A report of the body's own as a kind of frozen reports."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from siac.organizations.public import Institution, holders
from siac.reporting.frozen.kinds import Content, Kind, Schedule
from siac.reporting.models import FrozenReport, OwnReport
from siac.reporting.own.contents import content_of, frozen_chart
from siac.reporting.own.paper import report_pdf


def _title(row: FrozenReport) -> str:
    if row.content:
        return f"{row.content['title']}, {row.content['period']}"
    return row.report.title if row.report else ""


def _sentences(content: Content) -> list[str]:
    return [f"{each['heading']}: {each['value']}" for each in content["sections"] if each["value"]]


def _told(row: FrozenReport) -> set[int]:
    roles = row.report.told if row.report else ()
    return {user for role, _, user in holders(row.institution).rows if role in roles}


def _schedules(institution: Institution) -> Iterator[Schedule]:
    rows = OwnReport.objects.filter(institution=institution, is_active=True, frozen_since__isnull=False)
    for row in rows.order_by("pk"):
        if row.frozen_since is not None:
            yield Schedule(row.every, row.frozen_since, row)


def _shown(content: Content) -> dict[str, Any]:
    return {"sections": [(each, frozen_chart(each["chart"])) for each in content.get("sections", ())]}


def _up(row: FrozenReport, slug: str) -> tuple[str, str]:
    title = row.report.title if row.report else ""
    return title, reverse("workspace:reporting:own_report", args=[slug, row.report_id])


KIND = Kind(
    title_of=_title,
    content_of=content_of,
    paper_of=report_pdf,
    sentences_of=_sentences,
    told=_told,
    schedules=_schedules,
    template="reporting/workspace/own_copy.html",
    shown_of=_shown,
    up=_up,
)
