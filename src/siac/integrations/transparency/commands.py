# SPDX-License-Identifier: EUPL-1.2
"""The package of answers: asked for, prepared by a job with the rights of who asked, fetched for a day."""

import tempfile
import zipfile
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from siac.cases.public import Case, CaseMessage, CaseRight, answer_text, last_answer, visible_to
from siac.documents.public import Attachment, Content, Prepared, ScanState, attachments_of, open_file
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, TimeSource, begin, tell
from siac.infra.tables.rows import csv_bytes
from siac.integrations.transparency.domain import file_path
from siac.integrations.transparency.models import AnswerPackage
from siac.integrations.transparency.queries import answered_from_portal
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Access, access_in

LINE = Line(
    AnswerPackage, "transparency.package", "package_id", queue=ASKED,
    related=("institution", "requested_by"), reads_apart=True,
)  # fmt: skip
HEADERS = ("Código", "Fecha de respuesta", "Resultado", "Respuesta", "Archivos")
MOST_ANSWERS = 2000
MOST_BYTES = 500_000_000
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same answers make the same bytes


@transaction.atomic
def begin_package(*, access: Access, month: date, now: datetime) -> AnswerPackage:
    """Start the job that packs the answers of a month (its first day).

    Raises:
        PermissionDenied: the user may not take cases out of the system.
        Refused: there are none (portal_none), or more than fit (portal_many).
    """
    access.require(CaseRight.EXPORT)
    total = answered_from_portal(access, month).count()
    if not total:
        raise Refused("portal_none")
    if total > MOST_ANSWERS:
        raise Refused("portal_many", most=MOST_ANSWERS)
    made = AnswerPackage(
        institution=access.institution, requested_by=access.user, month=month, total=total, created_at=now
    )
    begin(LINE, made, now=now, refusal="package_begun")
    data = {"month": f"{month:%Y-%m}", "answers": total}
    record(
        access.institution.pk, made.stream, "transparency.packed", now, access.user.pk, data, new_stream=True
    )
    return made


@transaction.atomic
def note_register(*, access: Access, month: date, rows: int, now: datetime) -> None:
    """Note who took the register of which month out of the system, and how long it was."""
    body, stream = access.institution.pk, f"access:{access.user.pk}"
    data = {"month": f"{month:%Y-%m}", "rows": rows}
    record(body, stream, "transparency.register_taken", now, access.user.pk, data)


def _build(made: AnswerPackage, clock: TimeSource) -> Content:
    """Pack the answers with the rights that whoever asked has now."""
    access = access_in(made.requested_by, made.institution.slug)
    access.require(CaseRight.EXPORT)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            _fill(made, access, archive, clock)
    except BaseException:
        target.close()
        raise
    return Content(f"respuestas-{made.month:%Y-%m}.zip", "application/zip", target)


def _fill(made: AnswerPackage, access: Access, archive: zipfile.ZipFile, clock: TimeSource) -> None:
    cases = list(answered_from_portal(access, made.month)[:MOST_ANSWERS])
    tell(made, clock(), case_ids=[case.pk for case in cases])
    rows: list[tuple[Any, ...]] = []
    carried = 0
    for done, case in enumerate(cases, start=1):
        answered = case.merged_into or case
        message = last_answer(answered)
        living = [file for file in _files(case, message) if _goes_along(file)]
        carried += sum(file.size for file in living)
        if carried > MOST_BYTES:
            raise Refused("portal_heavy", most=MOST_BYTES // 1_000_000)
        paths = [_pack(archive, case, place, file) for place, file in enumerate(living, start=1)]
        rows.append(_row(case, answered, message, paths))
        tell(made, clock(), done=done)
    _write(archive, "respuestas.csv", b"".join(csv_bytes(HEADERS, rows)))


def _files(case: Case, message: CaseMessage | None) -> list[Attachment]:
    if message is None:
        return []
    return attachments_of(case.institution_id, "message", [message.pk]).get(message.pk, [])


def _goes_along(file: Attachment) -> bool:
    """Return whether a file is there and counts, and is none that harms whoever opens it."""
    return file.erased_at is None and file.annulled_on is None and file.scan_state != ScanState.INFECTED


def _row(case: Case, answered: Case, message: CaseMessage | None, paths: list[str]) -> tuple[Any, ...]:
    """Return what is told of a request: the answer is that of the one it was joined to, where it was."""
    day = case.institution.local_date(answered.answered_at) if answered.answered_at else ""
    text = answer_text(message) if message else ""
    return case.original_number, day, answered.outcome_words, text, "\n".join(paths)


def _pack(archive: zipfile.ZipFile, case: Case, place: int, file: Attachment) -> str:
    path = file_path(case.original_number, place, file.name)
    with open_file(file) as stored, archive.open(_entry(path), "w") as packed:
        while block := stored.read(1_000_000):
            packed.write(block)
    return path


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_entry(name), content)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _kept(made: AnswerPackage, content: Content, now: datetime) -> None:
    made.done = made.total
    made.save(update_fields=["done"])


def _may(made: AnswerPackage, access: Access, now: datetime) -> None:
    """Ask again for the right to export, and to every case in the file."""
    access.require(CaseRight.EXPORT)
    if visible_to(access).filter(pk__in=made.case_ids).count() != len(made.case_ids):
        raise Refused("prepared_out_of_reach")


PACKAGES: Prepared[AnswerPackage, Access] = Prepared(
    "portal_package", LINE, _build, _may, keep=timedelta(hours=24), kept=_kept, forgets={"case_ids": []}
)
