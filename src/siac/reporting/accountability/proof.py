# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` asks of approved letters: each is what was approved, and none is gone."""

from collections.abc import Iterator

from siac.journal.public import recorded
from siac.reporting.models import LetterRevision


def letter_problems(institution_id: int) -> Iterator[str]:
    """Yield each approved letter of a body that is not what the journal says was approved, and each that the
    journal knows and that is gone, as Spanish sentences (2 SQL). That its report and paper are whole is asked
    of frozen reports.
    """
    told = {
        entry.data["revision"]: entry.data
        for entry in recorded(institution_id, ["reporting.letter_approved"])
    }
    rows = LetterRevision.objects.filter(institution_id=institution_id).order_by("pk")
    for row in rows.values_list("pk", "number", "report_id", "digest", "report__digest"):
        pk, number, report, digest, stands = row
        data, name = told.pop(pk, None), f"rendición de cuentas {pk} (revisión {number})"
        if data is None:
            yield f"{name}: no está en la bitácora"
        elif (data["report"], data["digest"]) != (report, bytes(digest).hex()):
            yield f"{name}: no es lo que se aprobó"
        elif bytes(digest) != bytes(stands):
            yield f"{name}: sus cifras no son las que se aprobaron"
    for pk in sorted(told):
        yield f"rendición de cuentas {pk}: la bitácora la conoce y ya no está"
