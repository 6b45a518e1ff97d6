# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of the reports of charters: which are due, those of one charter, one of them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.charters.commands.reporting import make_report, note_sent, show_report
from siac.charters.domain.parts import Norm
from siac.charters.domain.reports import KINDS, due_on, periods_over
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.reading import all_charters, charter_of
from siac.charters.models import Charter, CharterReport
from siac.charters.queries import charters_to_report
from siac.charters.reports.lists import report_of, told_to
from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside
from siac.ui.forms import DateField, Form, basis_field
from siac.ui.lists import Asked
from siac.ui.public import long_date, refusal_text
from siac.ui.records import Row, record_form, record_list

_LATER = "No se pudo hacer el PDF ahora: inténtelo de nuevo en un momento. El informe no se guardó."
_OFFERED = 12
"""Periods that may be chosen: the newest ones."""


class PeriodForm(Form):
    """Of which period a report is made."""

    period = forms.ChoiceField(label="Período", error_messages={"required": "Elija un período."})

    def __init__(self, charter: Charter, today: date, data: object = None) -> None:
        super().__init__(data)
        begun = charter.editions.filter(state=EditionState.APPROVED).order_by("valid_from").first()
        kind = KINDS[Norm(charter.norm)]
        over = periods_over(kind, since=begun.since, today=today)[:_OFFERED] if begun else []
        self.fields["period"].choices = [(each.code, each.words) for each in over]  # type: ignore[attr-defined]

    @property
    def has_any(self) -> bool:
        """Whether a period can be chosen."""
        return bool(self.fields["period"].choices)  # type: ignore[attr-defined]


@require_safe
@staff_page(CharterRight.READ)
def report_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the charters with their newest report and the one that is missing."""
    body, today = access.institution, access.institution.local_date(current_time())
    listing = Asked.of(request).listing(all_charters(body), ("title", "pk"))
    missing = set(charters_to_report(body, today=today).values_list("pk", flat=True))
    newest: dict[int, CharterReport] = {}
    made = CharterReport.objects.filter(institution=body, charter__in=[row.pk for row in listing.rows])
    for each in made.defer("paper", "shown_paper").order_by("-last", "-first", "-number"):
        newest.setdefault(each.charter_id, each)
    rows = [
        Row(
            [
                row.title, row.get_norm_display(), newest[row.pk].title if row.pk in newest else "Ninguno",
                _missing(row, today) if row.pk in missing else "—",
            ],
            reverse("workspace:charters:reports", args=[body.slug, row.pk]),
        )
        for row in listing.rows
    ]  # fmt: skip
    return record_list(
        request, title="Informes de cartas", columns=("Carta", "Norma", "Último informe", "Falta"),
        rows=rows, listing=listing, empty="Todavía no hay ninguna carta.",
        other=("Cartas", reverse("workspace:charters:charters", args=[body.slug])),
    )  # fmt: skip


def _missing(row: Charter, today: date) -> str:
    due = due_on(KINDS[Norm(row.norm)], today)
    return f"El de {today.year - 1}" + (f", hasta el {long_date(due)}" if due else "")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.READ)
def reports(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """List the reports of a charter; whoever may has one made."""
    charter, now = charter_of(access, charter_id), current_time()
    may_make = access.has(CharterRight.REPORT)
    if request.method == "POST" and not may_make:
        raise PermissionDenied("report")
    form = PeriodForm(charter, access.institution.local_date(now), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = make_report(
                institution=access.institution, charter_id=charter.pk, actor=access.user, now=now,
                period=form.cleaned_data["period"],
            )  # fmt: skip
            return redirect("workspace:charters:report", access.institution.slug, made.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
        except PdfUnavailable:
            form.refuse(_LATER)
    rows = charter.reports.select_related("made_by").defer("paper", "shown_paper")
    context = {
        "charter": charter, "kind": KINDS[Norm(charter.norm)], "form": form, "may_make": may_make,
        "listing": Asked.of(request).listing(rows, ("-last", "-pk")),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "charters/workspace/reports.html", context, status=status)


@require_safe
@staff_page(CharterRight.READ)
def report(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """Show a report, each number with its list as far as whoever looks may see it."""
    row = report_of(access, report_id)
    context = {
        "row": row, "told": row.content, "sections": told_to(access, row),
        "may_show": access.has(CharterRight.REPORT),
        "sees_all": access.has(CharterRight.REMEDIES),
    }  # fmt: skip
    return render(request, "charters/workspace/report.html", context)


@require_safe
@staff_page(CharterRight.READ)
def paper(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """Hand out the paper of a report as it was made."""
    return paper_of(report_of(access, report_id))


def paper_of(row: CharterReport, instead: bytes | memoryview | None = None) -> HttpResponse:
    """Return the paper of a report as it is handed out, or another one `instead` of it (1 SQL)."""
    response = HttpResponse(bytes(instead or row.paper), content_type="application/pdf")
    name = f"informe-{row.charter.code}-{row.first}-{row.last}-{row.number}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@require_POST
@staff_page(CharterRight.REPORT)
def show(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """Show a report to everybody, or no longer."""
    row = report_of(access, report_id)
    is_shown = request.POST.get("publicar") == "si"
    try:
        show_report(
            institution=access.institution, report_id=row.pk, is_shown=is_shown, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(
            request, "Publicado: se lee junto al registro de la carta." if is_shown else "Ya no se publica."
        )
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    except PdfUnavailable:
        messages.error(request, "No se pudo hacer el PDF ahora: inténtelo de nuevo en un momento.")
    return redirect("workspace:charters:report", access.institution.slug, row.pk)


class SentForm(Form):
    """That a report went to whom its norm says."""

    sent_on = DateField(label="Día en que se envió")
    sent_how = forms.CharField(
        label="Cómo se envió", max_length=200,
        help_text="Por ejemplo: registro electrónico, correo, en mano.",
        error_messages={"required": "Diga cómo se envió."},
    )  # fmt: skip
    sent_proof = forms.CharField(
        label="Constancia", max_length=300, help_text="El número de registro, el acuse de recibo.",
        error_messages={"required": "Diga qué lo muestra."},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.REPORT)
def sent(request: HttpRequest, access: Access, report_id: int) -> HttpResponse:
    """Write down that a report was sent: when, how, and what shows it."""
    row = report_of(access, report_id)
    initial = {name: getattr(row, name) for name in ("sent_on", "sent_how", "sent_proof")}
    form = SentForm(request.POST or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version)
    back = reverse("workspace:charters:report", args=[access.institution.slug, row.pk])

    def save(fields: dict[str, Any]) -> HttpResponse:
        note_sent(
            institution=access.institution, report_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Envío anotado.")
        return redirect(back)

    return record_form(
        request, form, save, title="Envío del informe", back_url=back, intro=str(row.content["goes_to"]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip
