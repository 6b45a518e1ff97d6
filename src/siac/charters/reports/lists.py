# SPDX-License-Identifier: EUPL-1.2
"""The lists behind the numbers of a report: the breaches, the claims and the requests that they count."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from siac.cases.public import openable
from siac.charters.domain.commitments import Form
from siac.charters.domain.reports import ReportPeriod, Span
from siac.charters.domain.rights import CharterRight
from siac.charters.models import CharterReport, PeriodResult
from siac.charters.queries import commitments
from siac.charters.reports.gathering import BREACHES, CLAIMS, breaches_within, claims_within
from siac.charters.subjects import told
from siac.charters.workspace import behind_page
from siac.findings.public import visible_findings
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked, Filter
from siac.ui.public import long_date
from siac.ui.records import Row, record_list

_BREACHES = {
    "none": "Sin medida", "owed": "Por resolver", "delivered": "Entregadas",
    "in_time": "Entregadas a tiempo", "refused": "No procedía", "undone": "Sin efecto",
}  # fmt: skip
_CLAIMS = {
    "upheld": "Acogidas", "rejected": "No acogidas", "waiting": "Por decidir", "decided": "Decididas",
}  # fmt: skip
_HIDDEN = "Reservada o de otra unidad"


def report_of(access: Access, report_id: int) -> CharterReport:
    """Return a report of the body of whoever asks, without its paper (1 SQL).

    Raises:
        Http404: the body has none with that number.
    """
    rows = CharterReport.objects.filter(institution=access.institution, pk=report_id)
    rows = rows.select_related("charter__responsible", "made_by", "shown_by")
    row = rows.defer("paper", "shown_paper").first()
    if row is None:
        raise Http404(str(report_id))
    row.institution = row.charter.institution = access.institution
    return row


def told_to(access: Access, row: CharterReport) -> list[dict[str, Any]]:
    """Return the sections of a report as `drawn`, with the lists that whoever looks may see (1 SQL, none
    without findings).
    """
    return drawn(row.content["sections"], _addresses(access, row))


def drawn(
    sections: Sequence[Mapping[str, Any]], address: Callable[[str], str] = lambda listed: ""
) -> list[dict[str, Any]]:
    """Return the sections of a report, each cell as (words, address of its list, whether it is a number);
    the address is empty where there is none. No SQL but that of `address`.
    """
    return [{**each, "tables": [_drawn(told, address) for told in each["tables"]]} for each in sections]


def _drawn(told: Mapping[str, Any], address: Callable[[str], str]) -> dict[str, Any]:
    numbers = [is_number for _, is_number in told["heads"]]
    lines = [
        [(cell[0], address(cell[1]), is_number) for cell, is_number in zip(line, numbers, strict=True)]
        for line in told["rows"]
    ]
    return {**told, "rows": lines}


def _addresses(access: Access, row: CharterReport) -> Callable[[str], str]:
    slug = access.institution.slug
    findings = _readable_findings(access, row.content["sections"])
    lists: Mapping[str, Any] = {
        "breaches": access.has(CharterRight.DECIDE),
        "claims": access.has(CharterRight.REMEDIES),
    }

    def address(listed: str) -> str:
        kind, _, rest = listed.partition(":")
        if kind == "period" and access.has(StaffRight.FIGURES):
            return reverse("workspace:charters:period_cases", args=[slug, int(rest)])
        if kind == "finding" and int(rest) in findings:
            return reverse("workspace:findings:finding", args=[slug, int(rest)])
        if lists.get(kind):
            which, _, code = rest.partition(":")
            chosen = "" if which == "all" else f"&cuales={which}"
            url = reverse(f"workspace:charters:report_{kind}", args=[slug, row.pk])
            return f"{url}?compromiso={code}{chosen}"
        return ""

    return address


def _readable_findings(access: Access, sections: Sequence[Mapping[str, Any]]) -> set[int]:
    named = {
        int(cell[1].removeprefix("finding:"))
        for section in sections
        for told in section["tables"]
        for line in told["rows"]
        for cell in line
        if cell[1].startswith("finding:")
    }
    if not named:
        return set()
    return set(visible_findings(access).filter(pk__in=named).values_list("pk", flat=True))


def _asked(request: HttpRequest, row: CharterReport, which: Mapping[str, str]) -> Asked:
    promised = commitments(row.institution).values()
    named = {each.code: each.text for each in promised if each.edition.charter_id == row.charter_id}
    return Asked.of(
        request,
        Filter("compromiso", "Compromiso", sorted(named.items())),
        Filter("cuales", "Cuáles", list(which.items())),
    )


def _period(row: CharterReport) -> ReportPeriod:
    span = Span.YEAR if (row.last - row.first).days > 200 else Span.HALF
    return ReportPeriod(span, row.first, row.last)


def _as_today(row: CharterReport) -> str:
    made = long_date(row.institution.local_date(row.made_at))
    return f"{row.title}. Como están hoy; el informe se hizo el {made} y ya no cambia."


@require_safe
@staff_page(CharterRight.DECIDE)
def breaches(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """List the breaches that a report counts, with what was given for each."""
    row, slug = report_of(access, report_id), access.institution.slug
    asked = _asked(request, row, _BREACHES)
    found = breaches_within(row.charter, _period(row))
    if "compromiso" in asked.kept:
        found = found.filter(commitment__code=asked.kept["compromiso"])
    if "cuales" in asked.kept:
        found = found.filter(BREACHES[asked.kept["cuales"]])
    read = found.select_related("commitment", "remedy", "case", "interaction__case", "result")
    listing = asked.listing(read, ("-due_on", "-pk"))
    of = told(access, listing.rows)
    rows = [
        Row(
            [
                _HIDDEN if of[each.pk].is_hidden else of[each.pk].name, each.commitment.text,
                long_date(each.due_on), each.owed.text if each.owed else "Sin medida",
                each.owed.get_state_display() if each.owed else "—",
            ],
            reverse("workspace:charters:remedy", args=[slug, each.owed.pk]) if each.owed else "",
        )
        for each in listing.rows
    ]  # fmt: skip
    return record_list(
        request, title="Incumplimientos del informe", rows=rows, listing=listing, intro=_as_today(row),
        columns=("En qué", "Compromiso", "No se cumplió el", "Qué se debe", "Cómo está"),
        other=("Volver al informe", reverse("workspace:charters:report", args=[slug, row.pk])),
        empty="Ningún incumplimiento así.",
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.REMEDIES)
def claims(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """List what people claimed that a report counts."""
    row, slug, body = report_of(access, report_id), access.institution.slug, access.institution
    asked = _asked(request, row, _CLAIMS)
    found = claims_within(row.charter, _period(row))
    if "compromiso" in asked.kept:
        found = found.filter(commitment__code=asked.kept["compromiso"])
    if "cuales" in asked.kept:
        found = found.filter(CLAIMS[asked.kept["cuales"]])
    listing = asked.listing(found.select_related("commitment", "case"), ("-filed_at", "-pk"))
    readable = openable(access, [each.case_id for each in listing.rows])
    rows = [
        Row(
            [
                str(each.case.folio) if each.case_id in readable else _HIDDEN, each.commitment.text,
                long_date(body.local_date(each.filed_at)), each.get_state_display(),
                long_date(body.local_date(each.decided_at)) if each.decided_at else "—",
            ],
            reverse("workspace:charters:claim", args=[slug, each.pk]),
        )
        for each in listing.rows
    ]  # fmt: skip
    return record_list(
        request, title="Medidas pedidas del informe", rows=rows, listing=listing, intro=_as_today(row),
        columns=("Solicitud", "Qué no se habría cumplido", "Pedida el", "Cómo está", "Decidida el"),
        other=("Volver al informe", reverse("workspace:charters:report", args=[slug, row.pk])),
        empty="Nadie pidió una medida así.",
    )  # fmt: skip


@require_safe
@staff_page(StaffRight.FIGURES)
def period_cases(request: HttpRequest, access: Access, result_id: int) -> HttpResponse:
    """List the requests behind a closed period, as they are today; a figure has a page of its own."""
    rows = PeriodResult.objects.filter(institution=access.institution)
    closed = get_object_or_404(rows, pk=result_id)
    commitment = commitments(access.institution).get(closed.commitment_id)
    if commitment is None:
        raise Http404(str(result_id))
    if commitment.form != Form.GUARANTEE:
        return redirect("workspace:indicators:indicator", access.institution.slug, commitment.indicator_id)
    days = {"first": closed.first, "last": closed.last}
    return behind_page(request, access, commitment, **days, closed=closed)
