# SPDX-License-Identifier: EUPL-1.2
"""Exports are registered before a row leaves: who took which list, in which form, how many rows."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from importlib import import_module
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from procrastinate.contrib.django import app

from siac.cases.domain.rights import CaseRight
from siac.cases.exports.listing import headers, list_rows, listed
from siac.cases.models import CaseExport, ExportState
from siac.documents.public import CheckedFile, ScanState, Visibility, attach, erase_attachments
from siac.infra.jobs import is_passing
from siac.infra.tables.rows import csv_bytes
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Access, access_in
from siac.people.public import PeopleRight

EXPORT = "cases.export_cases"
KEPT_FOR = timedelta(hours=24)
SHEET_LIMIT = 1_000_000
"""Rows of a sheet; the format ends at 1,048,576."""
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def begin_export(*, access: Access, params: Mapping[str, str], form: str, now: datetime) -> CaseExport:
    """Register an export (`form` csv or xlsx) with its filters and number of
    rows, and start the job of a workbook.

    Raises:
        PermissionDenied: the user may not export.
        Refused: more rows than a sheet holds.
    """
    access.require(CaseRight.EXPORT)
    institution = access.institution
    rows = listed(access, params, today=institution.local_date(now)).order_by().count()
    if form == "xlsx" and rows > SHEET_LIMIT:
        raise Refused("export_too_many", limit=SHEET_LIMIT)
    export = CaseExport.objects.create(
        institution=institution,
        requested_by=access.user,
        format=form,
        params=dict(params),
        rows=rows,
        created_at=now,
        state=ExportState.WAITING if form == "xlsx" else ExportState.READY,
        finished_at=None if form == "xlsx" else now,
    )
    filters = sha256(repr(sorted(params.items())).encode()).hexdigest()
    codes = sorted(f"{name}:{value}"[:60] for name, value in params.items() if name != "q")
    data = {"format": form, "rows": rows, "filters": codes, "digest": filters}
    record(institution.pk, export.stream, "cases.exported", now, access.user.pk, data, new_stream=True)
    if form == "xlsx":
        app.configure_task(EXPORT).defer(export_id=export.pk)
    return export


def csv_lines(access: Access, params: Mapping[str, str], *, now: datetime) -> Iterator[bytes]:
    """Yield the lines of a list as CSV that Excel opens in Spanish: UTF-8 with its mark, semicolons."""
    cases = listed(access, params, today=access.institution.local_date(now))
    yield from csv_bytes(headers(access), list_rows(access, cases, now=now))


def prepare_export(*, export_id: int, now: datetime) -> None:
    """Write the workbook of an export with the rights its requester has now; one that is done stays
    as it is.
    """
    export = CaseExport.objects.select_related("institution", "requested_by").get(pk=export_id)
    if export.state != ExportState.WAITING:
        return
    try:
        access = access_in(export.requested_by, export.institution.slug)
        access.require(CaseRight.EXPORT)
        with tempfile.TemporaryFile() as target:
            _fill(export, access, target, now=now)
            _keep(export, target, now=now)
    except Exception as error:
        if not is_passing(error):  # else the job is done again, and finds it waiting
            CaseExport.objects.filter(pk=export.pk).update(state=ExportState.FAILED, finished_at=now)
        raise


def _fill(export: CaseExport, access: Access, target: IO[bytes], *, now: datetime) -> None:
    cases = listed(access, export.params, today=access.institution.local_date(now))
    # Those that come while it is written are seen by whoever asked; those whose
    # reach ends later are asked for again.
    ids = list(cases.order_by().values_list("pk", flat=True))
    CaseExport.objects.filter(pk=export.pk).update(case_ids=ids, with_names=access.has(PeopleRight.IDENTITY))

    def told() -> Iterator[list[Any]]:
        for done, row in enumerate(list_rows(access, cases, now=now), start=1):
            if done % 1000 == 0:
                CaseExport.objects.filter(pk=export.pk).update(rows_done=done)
            yield row

    # The writer is heavy: only the worker that writes a workbook loads it.
    import_module("siac.infra.tables.workbook").write_workbook(target, headers(access), told())


@transaction.atomic
def _keep(export: CaseExport, target: IO[bytes], *, now: datetime) -> None:
    """Hand the workbook over, once: a worker that was taken for dead may have been at it too."""
    if CaseExport.objects.select_for_update().get(pk=export.pk).state != ExportState.WAITING:
        return
    size = target.tell()
    target.seek(0)
    digest = sha256()
    while block := target.read(1024 * 1024):
        digest.update(block)
    name = f"solicitudes-{export.institution.local_date(now).isoformat()}.xlsx"
    checked = CheckedFile(name, _MEDIA, size, digest.hexdigest(), ScanState.OFF, File(target, name))
    rows = attach(
        export.institution_id, "export", export.pk, [checked], actor_id=export.requested_by_id, now=now,
        visibility=Visibility.INTERNAL,
    )  # fmt: skip
    CaseExport.objects.filter(pk=export.pk).update(
        state=ExportState.READY, attachment_id=rows[0].pk, rows_done=export.rows, finished_at=now
    )


def expire_exports(*, now: datetime) -> int:
    """Erase the files of exports a day old; return how many. The rows stay: they say who took what."""
    old = CaseExport.objects.filter(state=ExportState.READY, created_at__lte=now - KEPT_FOR)
    count = 0
    for export in old.order_by("pk"):
        with transaction.atomic():
            if export.attachment_id:
                erase_attachments(export.institution_id, [export.attachment_id], now=now)
            CaseExport.objects.filter(pk=export.pk).update(
                state=ExportState.EXPIRED, attachment_id=None, case_ids=[]
            )
        count += 1
    return count
