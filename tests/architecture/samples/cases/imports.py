# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.imports`."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from siac.cases.imports.batches import receive_file
from siac.cases.models import ImportBatch
from tests.architecture.samples.whom import IMPORTERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:imports": Sample(IMPORTERS),
    "workspace:cases:import_new": Sample(IMPORTERS),
    "workspace:cases:import": Sample(IMPORTERS, with_(batch_id="checked")),
    "workspace:cases:import_columns": Sample(IMPORTERS, with_(batch_id="batch")),
    "workspace:cases:import_source": Sample(IMPORTERS, with_(batch_id="batch")),
    "workspace:cases:import_meanings": Sample(IMPORTERS, with_(batch_id="checked")),
    "workspace:cases:import_load": Sample(IMPORTERS, with_(batch_id="batch"), post=True),
    "workspace:cases:import_go_on": Sample(IMPORTERS, with_(batch_id="batch"), post=True),
    "workspace:cases:import_rejected": Sample(IMPORTERS, with_(batch_id="checked")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Receive a register, and have another one checked and refused."""
    institution, manager = house.institution, house.user(R.QUALITY_MANAGER)
    register = SimpleUploadedFile(
        "registro.csv", b"numero;fecha;texto\n1;02/01/2026;Falta luz\n2;03/01/2026;Un hoyo\n"
    )
    batch = receive_file(institution=institution, upload=register, name=register.name, actor=manager, now=now)
    checked = ImportBatch.objects.create(
        institution=institution,
        name="antiguo.csv",
        sha256="0" * 64,
        state="refused",
        total=1,
        rows_rejected=1,
        created_by=manager,
        created_at=now,
        headers=["numero", "fecha", "tipo", "texto"],
        report={"unknown": {"kind": {"Denuncia": 1}}},
        mapping={
            "fields": {
                "original_number": {"column": "numero"},
                "filed_at": {"column": "fecha"},
                "kind": {"column": "tipo"},
                "body": {"column": "texto"},
            }
        },
    )
    return {"batch": batch.pk, "checked": checked.pk}
