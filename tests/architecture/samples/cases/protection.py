# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.protection`."""

from datetime import datetime

from siac.cases.models import Edition, ErasureItem, ErasureRun
from siac.cases.protection.preparing import begin_case_file
from siac.cases.tasks import prepare
from tests.architecture.samples.whom import (
    ADMIN,
    EXPORTERS,
    FOLIO,
    REQUESTER,
    ROUTERS,
    Made,
    R,
    Sample,
    with_,
)
from tests.factories import House

SAMPLES = {
    "workspace:cases:conservar": Sample(ROUTERS, FOLIO),
    "workspace:cases:no-conservar": Sample(ROUTERS, FOLIO),
    "workspace:kinds:retention": Sample(ADMIN),
    "workspace:kinds:erasure": Sample(ADMIN, with_(run_id="run")),
    "workspace:kinds:erasure_csv": Sample(ADMIN, with_(run_id="run")),
    "workspace:kinds:erasure_decide": Sample(
        ADMIN, with_(run_id="run"), post=True, data={"accion": "descartar"}
    ),
    "workspace:cases:case_readings": Sample(frozenset({R.HEAD_OF_UNIT, R.AUDITOR}), FOLIO),
    "workspace:cases:readings": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:readings_export": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:people": Sample(EXPORTERS),
    "workspace:cases:person_copy": Sample(EXPORTERS, with_(person_id="person"), post=True),
    "workspace:cases:release": Sample(ROUTERS, FOLIO),
    "workspace:cases:release_text": Sample(
        ROUTERS, lambda objects: {"folio": objects["folio"], "message_id": 0}
    ),
    "workspace:cases:release_file": Sample(ROUTERS, with_(folio="folio", attachment_id="file")),
    "workspace:cases:case_file": Sample(EXPORTERS, FOLIO),
    "workspace:cases:dossier": Sample(REQUESTER, with_(dossier_id="dossier")),
    "workspace:cases:dossier_file": Sample(REQUESTER, with_(dossier_id="dossier")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Prepare the file of a case, and propose to erase it; that run stays undecided."""
    run = ErasureRun.objects.create(institution=house.institution, total=1, proposed_at=now)
    ErasureItem.objects.create(run=run, case=made["case"], erases=["texts"])
    dossier = begin_case_file(
        access=house.access(R.QUALITY_MANAGER),
        case=made["case"],
        edition=Edition.COMPLETE,
        form="pdf",
        now=now,
    )
    prepare(dossier.pk)
    return {"run": run.pk, "dossier": dossier.pk, "person": made["case"].person_id}
