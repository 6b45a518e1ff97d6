# SPDX-License-Identifier: EUPL-1.2
"""Who read what is restricted: per case for its readers and control, over the whole body for control."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import token_names, user_names, users_like
from siac.cases.access import case_for, may_read_cases, may_see_readings, visible_to
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case
from siac.infra.tables.download import require_short, table_response
from siac.infra.tables.rows import Column
from siac.journal.public import PERSON, JournalEntry, readings, readings_of_all, record_access
from siac.kernel.days import read_day
from siac.organizations.public import Access, Institution, staff_page
from siac.ui.lists import Asked, Filter

NOBODYS_CASE = "Una persona o una lista"
HEADERS = (Column("Cuándo", 17), Column("Quién", 28), Column("Qué", 30, wraps=True), Column("Cómo", 28))
_FILTERS = (
    Filter("folio", "Solicitud", hint="Folio, por ejemplo 2026-000123"),
    Filter("persona", "Quién leyó", hint="Parte del nombre, o el correo"),
    Filter("desde", "Desde el día", type="date"),
    Filter("hasta", "Hasta el día", type="date"),
)
_MOST_PEOPLE = 200
_CHUNK = 500
_CASE = re.compile(r"case:(\d+)")
UNTOLD = "En pantalla o por la API"
"""How something was read before entries told whether a person or a program of theirs did."""
_REASONS = {"export": "Exportación de una lista", "dossier": "Descarga del expediente"}


@require_safe
@staff_page()
def case_readings(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show who read one case, the latest first; to see it is a reading itself."""
    case = case_for(access, folio, to=None, now=current_time())
    if not may_see_readings(access, case):
        raise PermissionDenied("readings")
    listing = Asked.of(request).listing(readings(access.institution.pk, case.stream), ("-pk",))
    context = {"case": case, "listing": listing, "rows": _rows(access, listing.rows)}
    return render(request, "cases/workspace/readings.html", context)


@require_safe
@staff_page(CaseRight.AUDIT)
def all_readings(request: HttpRequest, access: Access) -> HttpResponse:
    """Show control who read what in the body: of one case (without opening it),
    by one person, between two days.
    """
    asked = Asked.of(request, *_FILTERS)
    listing = asked.listing(
        _narrowed(access.institution, asked.kept),
        ("-pk",),
        export_url=reverse("workspace:cases:readings_export", args=[access.institution.slug]),
    )
    context = {
        "asked": asked,
        "listing": listing,
        "rows": _rows(access, listing.rows),
        "problem": _problem(asked.kept),
    }
    return render(request, "cases/workspace/readings.html", context)


@require_safe
@staff_page(CaseRight.AUDIT)
def readings_export(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Hand out the list under its filters as CSV, or XLSX with `formato=xlsx`; who took it is journaled."""
    institution, now = access.institution, current_time()
    rows = _narrowed(institution, Asked.of(request, *_FILTERS).kept)
    require_short(rows)
    record_access(institution.pk, access.user.pk, "readings", now, reason="export")
    form = "xlsx" if request.GET.get("formato") == "xlsx" else "csv"
    name = f"lecturas-{institution.local_date(now)}"
    return table_response(HEADERS, _exported(access, rows), form=form, name=name, title="Lecturas")


def _exported(access: Access, rows: QuerySet[JournalEntry]) -> Iterator[list[Any]]:
    found = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        for row in _rows(access, chunk):
            what = ", ".join(folio for folio, _ in row["cases"]) or NOBODYS_CASE
            yield [row["at"].astimezone(access.institution.zone), row["who"], what, row["how"]]


def _problem(asked: Mapping[str, str]) -> str:
    """Return what of what was asked for could not be understood, in words."""
    wrong = [asked[name] for name in ("desde", "hasta") if name in asked and read_day(asked[name]) is None]
    return f"«{wrong[0]}» no es una fecha: elija el día o escriba, por ejemplo, 2026-09-07." if wrong else ""


def _narrowed(institution: Institution, asked: Mapping[str, str]) -> QuerySet[JournalEntry]:
    """Return the entries asked for, the latest first; none where something
    typed is not understood or names nothing.
    """
    number = parse_folio(asked["folio"]) if "folio" in asked else None
    case = (
        Case.objects.filter(institution=institution, year=number[0], number=number[1]).first()
        if number
        else None
    )
    if _problem(asked) or ("folio" in asked and case is None):
        return readings_of_all(institution.pk).none()
    rows = readings(institution.pk, case.stream) if case else readings_of_all(institution.pk)
    if "persona" in asked:
        found = users_like(asked["persona"], limit=_MOST_PEOPLE)
        rows = rows.filter(stream__in=[f"access:{pk}" for pk in found])
    first, last = read_day(asked.get("desde", "")), read_day(asked.get("hasta", ""))
    if first:
        rows = rows.filter(at__gte=institution.day_bounds(first, first)[0])
    if last:
        rows = rows.filter(at__lt=institution.day_bounds(last, last)[1])
    return rows


def _rows(access: Access, entries: Sequence[JournalEntry]) -> list[dict[str, Any]]:
    """Return what a table shows of readings: 3 SQL, whatever their number, and 1 where programs read.

    `cases`: folios, and whether the reader may open them.
    """
    names = user_names({_reader(entry) for entry in entries})
    keys = token_names({pk for entry in entries if (pk := _key(entry))})
    ids = {pk for entry in entries for pk in _cases(entry)}
    cases = Case.objects.filter(institution=access.institution, pk__in=ids).only("year", "number")
    folios = {case.pk: case.folio for case in cases}
    may = (
        set(visible_to(access).filter(pk__in=folios).values_list("pk", flat=True))
        if may_read_cases(access)
        else set()
    )
    return [
        {
            "at": entry.at,
            "who": _who(entry, names, keys),
            "cases": [(folios[pk], pk in may) for pk in _cases(entry) if pk in folios],
            "how": _how(entry),
        }
        for entry in entries
    ]


def _who(entry: JournalEntry, names: Mapping[int, str], keys: Mapping[int, str]) -> str:
    """Return who read: a person, or a program with whose key and in whose name."""
    person, key = names.get(_reader(entry), f"Usuario {_reader(entry)}"), _key(entry)
    return f"Programa «{keys.get(key, key)}», en nombre de {person}" if key else person


def _how(entry: JournalEntry) -> str:
    asked = entry.data.get("asked")
    if asked:
        many = asked["count"]
        door = "Open311" if asked.get("by") == "open311" else "la API"
        return f"Lista por {door}, {many} solicitud{'es' * (many != 1)}{_narrowing(asked)}"
    if _key(entry):
        return "Por la API"
    looked = "En pantalla" if entry.data.get("by") == PERSON else UNTOLD
    return _REASONS.get(str(entry.data.get("reason", "")).partition(":")[0], looked)


_NO_FILTER = {"by", "count", "words", "more"}


def _narrowing(asked: Mapping[str, Any]) -> str:
    """Return by what a list of a program was narrowed, as the program says it."""
    told = [f"{name}={value}" for name, value in asked.items() if name not in _NO_FILTER]
    told += ["palabras"] * bool(asked["words"]) + ["página siguiente"] * bool(asked["more"])
    return f" ({', '.join(told)})" if told else ""


def _key(entry: JournalEntry) -> int:
    """Return the key of the program that read; 0: a person did."""
    of, _, number = str(entry.data.get("by", "")).partition(":")
    return int(number) if of == "token" and number.isdecimal() else 0


def _reader(entry: JournalEntry) -> int:
    return int(entry.stream.partition(":")[2])


def _cases(entry: JournalEntry) -> list[int]:
    data = entry.data
    told = [data.get("subject", ""), data.get("reason", ""), *data.get("subjects", [])]
    found = [_CASE.fullmatch(str(text)) for text in told]
    return sorted({int(match[1]) for match in found if match})
