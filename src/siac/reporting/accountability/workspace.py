# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of letters: the list, one letter with what is done with it, its words, where it went."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, history, overtaken, staff_page
from siac.reporting.accountability.commands import (
    approve_letter,
    note_sending,
    open_letter,
    prepare_letter,
    save_words,
    standing,
)
from siac.reporting.accountability.forms import PeriodForm, SendingForm, WordsForm
from siac.reporting.domain.letters import Stage, period_coded
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen.kinds import address_of
from siac.reporting.home.tabs import tabs
from siac.reporting.models import Letter
from siac.signing.public import SignRight
from siac.ui.forms import basis_field
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:reporting:letters", "workspace:reporting:letter"


@require_safe
@staff_page(StaffRight.FIGURES)
def letter_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the letters of a body, each with its last approved revision (2 SQL)."""
    rows = Letter.objects.filter(institution=access.institution).prefetch_related("revisions")
    listing = Asked.of(request).listing(rows, ("-last", "-pk"))
    context = {
        "listing": listing,
        "rows": [(row, next(iter(row.revisions.all()), None)) for row in listing.rows],
        "may_make": access.has(ReportRight.MAKE),
        "tabs": tabs(request, access),
    }
    return render(request, "reporting/workspace/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ReportRight.MAKE)
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin the letter on a period that is over."""
    body, now = access.institution, current_time()
    today = body.local_date(now)
    form = PeriodForm(request.POST or None, today=today)

    def save(fields: dict[str, Any]) -> HttpResponse:
        period = period_coded(fields["period"], today=today)
        if period is None:
            raise Refused("letter_period")
        row = open_letter(institution=body, period=period, actor=access.user, now=now)
        return redirect(_ONE, body.slug, row.pk)

    return record_form(
        request, form, save, title="Nueva rendición de cuentas", submit="Empezar", field="period",
        back_url=reverse(_LIST, args=[body.slug]),
    )  # fmt: skip


@require_safe
@staff_page(StaffRight.FIGURES)
def letter(request: HttpRequest, access: Access, letter_id: int) -> HttpResponse:
    """Show a letter: where it stands, what it says, and what may be done with it."""
    return _shown(request, access, _of(access, letter_id))


def _shown(
    request: HttpRequest, access: Access, row: Letter, *, refused: str = "", status: int = 200
) -> HttpResponse:
    at, slug = standing(row), access.institution.slug
    moving = row.reports.exclude(pk=at.newest.pk if at.newest else 0).defer("paper", "content")
    revisions = row.revisions.select_related("approved_by").prefetch_related("sendings__noted_by")
    last = moving.order_by("-pk").first()
    context = {
        "letter": row,
        "stage": at.stage,
        "told": at.newest.content if at.newest else None,
        "paper_url": address_of(at.newest, slug, "paper") if at.newest else "",
        "seen": at.digest,
        "moving": last if last and last.is_moving else None,
        "moving_url": address_of(last, slug) if last and last.is_moving else "",
        "revisions": revisions,
        "may_make": access.has(ReportRight.MAKE),
        "may_approve": access.has(ReportRight.SIGN) and at.stage == Stage.PREPARED,
        "may_sign": access.has(SignRight.SIGN),
        "refused": refused,
    }
    return render(request, "reporting/workspace/letter.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ReportRight.MAKE)
def words(request: HttpRequest, access: Access, letter_id: int) -> HttpResponse:
    """Write what the authority says before and after the figures."""
    row = _of(access, letter_id)
    form = WordsForm(request.POST or None, initial={"greeting": row.greeting, "closing": row.closing})
    form.fields["based_on"] = basis_field(row.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_words(
            institution=access.institution, letter=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Palabras guardadas. Prepárela de nuevo para que las diga.")
        return _to(access, row)

    return record_form(
        request, form, save, title="Saludo y cierre",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
        versions=history(row, {}), overtaken=lambda refused: overtaken(form, refused, row, {}),
    )  # fmt: skip


@require_POST
@staff_page(ReportRight.MAKE)
def prepare(request: HttpRequest, access: Access, letter_id: int) -> HttpResponse:
    """Have the figures of a letter frozen with its words as they are."""
    report = prepare_letter(
        institution=access.institution, letter=_of(access, letter_id), actor=access.user, now=current_time()
    )
    return redirect(address_of(report, access.institution.slug))


@require_POST
@staff_page(ReportRight.SIGN)
def approve(request: HttpRequest, access: Access, letter_id: int) -> HttpResponse:
    """Approve what the page showed; where it is something else by now, show that."""
    row = _of(access, letter_id)
    try:
        revision = approve_letter(
            institution=access.institution, letter=row, seen=request.POST.get("visto", ""),
            actor=access.user, now=current_time(),
        )  # fmt: skip
    except Refused as refused:
        row.refresh_from_db()
        return _shown(request, access, row, refused=refusal_text(refused), status=422)
    messages.success(request, f"Aprobada y publicada: revisión {revision.number}.")
    return _to(access, row)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ReportRight.MAKE)
def sent(request: HttpRequest, access: Access, letter_id: int) -> HttpResponse:
    """Note to whom above the approved letter was sent, and when."""
    row = _of(access, letter_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        note_sending(
            institution=access.institution, letter=row, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Anotado.")
        return _to(access, row)

    return record_form(
        request, SendingForm(request.POST or None), save, title="Anotar a quién se envió",
        back_url=reverse(_ONE, args=[access.institution.slug, row.pk]),
    )  # fmt: skip


def _to(access: Access, row: Letter) -> HttpResponse:
    return redirect(_ONE, access.institution.slug, row.pk)


def _of(access: Access, pk: int) -> Letter:
    row = get_object_or_404(Letter, institution=access.institution, pk=pk)
    row.institution = access.institution
    return row
