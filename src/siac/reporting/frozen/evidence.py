# SPDX-License-Identifier: EUPL-1.2
"""Executive summaries as proof of a requirement of the yearly programme."""

from datetime import date

from django.urls import reverse

from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution
from siac.programme.public import Proof, Row, Told, year_of
from siac.reporting.models import FrozenReport


def _summaries(institution: Institution, year: int, today: date) -> Told:
    """Summaries of periods that ended in the year (1 SQL)."""
    rows = FrozenReport.objects.filter(
        institution=institution, report=None, state=WorkState.DONE, last__range=year_of(year)
    ).defer("paper", "content")
    found = [
        Row(
            f"Resumen ejecutivo desde el {row.first:%d-%m-%Y}", row.last,
            reverse("workspace:reporting:summary", args=[institution.slug, row.pk]), bytes(row.digest).hex(),
        )
        for row in rows.order_by("last", "pk")
    ]  # fmt: skip
    return Told(len(found), found, f"resúmenes de períodos que terminaron en {year}")


SUMMARIES = Proof("summaries", "Resúmenes a la autoridad", _summaries, "workspace:reporting:summaries")
