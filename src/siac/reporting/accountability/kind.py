# SPDX-License-Identifier: EUPL-1.2
"""The figures of a letter as a kind of frozen reports."""

from typing import Any

from django.urls import reverse

from siac.accounts.public import Role
from siac.organizations.public import holders
from siac.reporting.accountability.contents import content_of
from siac.reporting.accountability.paper import letter_pdf
from siac.reporting.frozen.kinds import Content, Kind
from siac.reporting.models import FrozenReport


def _title(row: FrozenReport) -> str:
    return str(row.letter) if row.letter else ""


def _told(row: FrozenReport) -> list[int]:
    return holders(row.institution).over(Role.AUTHORITY, None)


def _shown(content: Content) -> dict[str, Any]:
    return {}


def _up(row: FrozenReport, slug: str) -> tuple[str, str]:
    return "Rendición de cuentas", reverse("workspace:reporting:letter", args=[slug, row.letter_id])


KIND = Kind(
    title_of=_title,
    content_of=content_of,
    paper_of=letter_pdf,
    sentences_of=lambda content: list(content["sentences"]),
    told=_told,
    schedules=lambda institution: (),
    template="reporting/workspace/letter_copy.html",
    shown_of=_shown,
    up=_up,
)
