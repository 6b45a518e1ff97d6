# SPDX-License-Identifier: EUPL-1.2
"""Exports are registered before a row leaves: who took which list, in which form, how many rows."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.db import transaction

from siac.cases.access import sees_all_of
from siac.cases.domain.rights import CaseRight
from siac.cases.listing import listed
from siac.cases.lists.rows import headers, list_rows
from siac.cases.models import CaseExport
from siac.documents.public import Content, Prepared
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, TimeSource, begin, tell
from siac.infra.tables.download import CSV, WORKBOOK, grouped
from siac.infra.tables.rows import csv_bytes
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, access_in
from siac.people.public import PeopleRight

LINE = Line(
    CaseExport, "cases.export_cases", "export_id", queue=ASKED, related=("institution", "requested_by"),
    reads_apart=True,
)  # fmt: skip
AT_ONCE = 20_000
"""Rows of a CSV that a page waits for, some seconds; more are written by the worker."""
SHEET_LIMIT = 1_000_000
"""Rows of a list, in either form: a sheet ends at 1,048,576."""
_TOLD_EVERY = 1000


@transaction.atomic
def begin_export(*, access: Access, params: Mapping[str, str], form: str, now: datetime) -> CaseExport:
    """Register an export (`form` csv or xlsx) with its filters and number of
    rows, and start the job of a workbook or of more than `AT_ONCE` rows.

    Raises:
        PermissionDenied: the user may not export.
        Refused: more rows than a list may have, which are those that a sheet holds (export_too_many).
    """
    access.require(CaseRight.EXPORT)
    institution = access.institution
    rows = listed(access, params, today=institution.local_date(now)).order_by().count()
    if rows > SHEET_LIMIT:
        raise Refused("export_too_many", count=grouped(rows), limit=grouped(SHEET_LIMIT))
    export = CaseExport(
        institution=institution,
        requested_by=access.user,
        format=form,
        params=dict(params),
        total=rows,
        created_at=now,
    )
    if form == "xlsx" or rows > AT_ONCE:
        begin(LINE, export, now=now, refusal="export_begun")
    else:
        export.state, export.begun_at, export.ended_at = WorkState.DONE, now, now
        export.save()
    filters = sha256(repr(sorted(params.items())).encode()).hexdigest()
    codes = sorted(f"{name}:{value}"[:60] for name, value in params.items() if name != "q")
    data = {"format": form, "rows": rows, "filters": codes, "digest": filters}
    record(institution.pk, export.stream, "cases.exported", now, access.user.pk, data, new_stream=True)
    return export


def csv_lines(access: Access, params: Mapping[str, str], *, now: datetime) -> Iterator[bytes]:
    """Yield the lines of a list as CSV that Excel opens in Spanish: UTF-8 with its mark, semicolons."""
    cases = listed(access, params, today=access.institution.local_date(now))
    yield from csv_bytes(headers(access), list_rows(access, cases, now=now))


def _build(export: CaseExport, clock: TimeSource) -> Content:
    """Write the list of an export with the rights its requester has now."""
    access = access_in(export.requested_by, export.institution.slug)
    access.require(CaseRight.EXPORT)
    now = export.data_at or clock()
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    try:
        rows = _told(export, access, clock, now=now)
        if export.format == "csv":
            target.writelines(csv_bytes(headers(access), rows))
        else:
            # The writer is heavy: only the worker that writes a workbook loads it.
            import_module("siac.infra.tables.workbook").write_sheets(
                target, [("Solicitudes", headers(access), rows), _about(access, now)]
            )
    except BaseException:
        target.close()
        raise
    media = CSV if export.format == "csv" else WORKBOOK
    return Content(f"solicitudes-{access.institution.local_date(now)}.{export.format}", media, target)


def _told(export: CaseExport, access: Access, clock: TimeSource, *, now: datetime) -> Iterator[list[Any]]:
    """Yield the rows of an export, telling how far it is."""
    cases = listed(access, export.params, today=access.institution.local_date(now))
    # Those that come while it is written are seen by whoever asked; those whose
    # reach ends later are asked for again.
    ids = list(cases.order_by().values_list("pk", flat=True))
    tell(export, now, case_ids=ids, with_names=access.has(PeopleRight.IDENTITY))
    for done, row in enumerate(list_rows(access, cases, now=now), start=1):
        if done % _TOLD_EVERY == 0:
            tell(export, clock(), done=done)
        yield row


def _about(access: Access, now: datetime) -> tuple[str, list[str], list[list[Any]]]:
    """Return the sheet that says of when a workbook is."""
    body = access.institution
    return "Sobre esta lista", ["Institución", "Datos al"], [[body.name, now.astimezone(body.zone)]]


def _kept(export: CaseExport, content: Content, now: datetime) -> None:
    export.done = export.total
    export.save(update_fields=["done"])


def _may(export: CaseExport, access: Access, now: datetime) -> None:
    """Ask again for the right to export, to every case of the file, and to the names in it."""
    access.require(CaseRight.EXPORT)
    if export.with_names:
        access.require(PeopleRight.IDENTITY)
    if not sees_all_of(access, CaseExport.objects.filter(pk=export.pk)):
        raise Refused("prepared_out_of_reach")


EXPORTS: Prepared[CaseExport, Access] = Prepared(
    "export", LINE, _build, _may, keep=timedelta(hours=24), kept=_kept, forgets={"case_ids": []}
)
