# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.lists`: the work list, saved views, exports."""

from datetime import datetime

from siac.cases.lists.commands import save_view
from siac.cases.lists.exporting import begin_export
from siac.cases.tasks import export_cases
from tests.architecture.samples.whom import EXPORTERS, READERS, REQUESTER, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:list": Sample(READERS),
    "workspace:cases:views": Sample(READERS),
    "workspace:cases:view_new": Sample(READERS),
    "workspace:cases:view": Sample(frozenset({R.QUALITY_MANAGER}), with_(view_id="saved")),
    "workspace:cases:view_remove": Sample(frozenset({R.QUALITY_MANAGER}), with_(view_id="saved"), post=True),
    "workspace:cases:export": Sample(EXPORTERS),
    "workspace:cases:export_page": Sample(REQUESTER, with_(export_id="export")),
    "workspace:cases:export_file": Sample(REQUESTER, with_(export_id="export")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Save a view, and export the list."""
    export = begin_export(access=house.access(R.QUALITY_MANAGER), params={}, form="xlsx", now=now)
    export_cases(export.pk)
    saved = save_view(
        institution=house.institution,
        actor=house.user(R.QUALITY_MANAGER),
        now=now,
        name="Atrasadas web",
        params={"vista": "atrasadas", "canal": "web"},
    )
    return {"export": export.pk, "saved": saved.pk}
