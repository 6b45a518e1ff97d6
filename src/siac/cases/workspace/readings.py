# SPDX-License-Identifier: EUPL-1.2
"""Who read what is restricted: per case for its readers and control, over the whole body for control."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import Permission, User
from siac.cases.access import case_for, may_see_readings
from siac.cases.domain.numbers import parse_folio
from siac.cases.models import Case
from siac.infra.keyset import BadCursor, page
from siac.journal.public import JournalEntry, readings, readings_of_all
from siac.organizations.public import Access, staff_page

PAGE_SIZE = 50
_CASE = re.compile(r"case:(\d+)")
_REASONS = {"export": "Exportación de una lista", "dossier": "Descarga del expediente"}


@require_safe
@staff_page(Permission.CHARTER_READ)
def case_readings(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show who read one case, the latest first; to see it is a reading itself."""
    case = case_for(access, folio, to=None, now=current_time())
    if not may_see_readings(access, case):
        raise PermissionDenied("readings")
    entries = list(readings(access.institution.pk, case.stream)[:PAGE_SIZE])
    context = {"case": case, "rows": _rows(access, entries), "shown": PAGE_SIZE}
    return render(request, "cases/workspace/readings.html", context)


@require_safe
@staff_page(Permission.REGISTER_VERIFY)
def all_readings(request: HttpRequest, access: Access) -> HttpResponse:
    """Show control who read what in the body; `folio` narrows it to one case, without opening that case."""
    asked = request.GET.get("folio", "").strip()[:30]
    number = parse_folio(asked) if asked else None
    case = (
        Case.objects.filter(institution=access.institution, year=number[0], number=number[1]).first()
        if number
        else None
    )
    if case is not None:
        rows = readings(access.institution.pk, case.stream)
    else:
        rows = readings_of_all(access.institution.pk) if not asked else JournalEntry.objects.none()
    try:
        shown = page(rows.order_by(), ("-pk",), cursor=request.GET.get("desde_fila") or None, size=PAGE_SIZE)
    except BadCursor:
        return redirect(request.path)
    context = {
        "asked": asked,
        "rows": _rows(access, shown.rows),
        "next": shown.next,
        "previous": shown.previous,
    }
    return render(request, "cases/workspace/readings.html", context)


def _rows(access: Access, entries: Sequence[JournalEntry]) -> list[dict[str, Any]]:
    """Return what a table shows of readings: 2 SQL, whatever their number."""
    names = dict(User.objects.filter(pk__in={_reader(entry) for entry in entries}).values_list("pk", "name"))
    ids = {pk for entry in entries for pk in _cases(entry)}
    cases = Case.objects.filter(institution=access.institution, pk__in=ids).only("year", "number")
    folios = {case.pk: case.folio for case in cases}
    return [
        {
            "at": entry.at,
            "who": names.get(_reader(entry), f"Usuario {_reader(entry)}"),
            "what": ", ".join(folios[pk] for pk in _cases(entry) if pk in folios) or "Una persona",
            "how": _REASONS.get(
                str(entry.data.get("reason", "")).partition(":")[0], "En pantalla o por la API"
            ),
        }
        for entry in entries
    ]


def _reader(entry: JournalEntry) -> int:
    return int(entry.stream.partition(":")[2])


def _cases(entry: JournalEntry) -> list[int]:
    data = entry.data
    told = [data.get("subject", ""), data.get("reason", ""), *data.get("subjects", [])]
    found = [_CASE.fullmatch(str(text)) for text in told]
    return sorted({int(match[1]) for match in found if match})
