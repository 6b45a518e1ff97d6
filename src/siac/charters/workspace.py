# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages: compliance with its cases, and the remedies owed."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.public import may_read_cases, visible_to
from siac.charters.commands.breaches import settle_remedy
from siac.charters.domain.commitments import Form as CommitmentForm
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Remedy, RemedyState
from siac.charters.queries import commitments, editions, remedies
from siac.charters.standings import cases_behind, compliance, period
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text


class RemedyForm(Form):
    """How a remedy ended."""

    delivered = forms.TypedChoiceField(
        label="Qué pasó con la medida",
        choices=[("si", "Se entregó a la persona"), ("no", "No procede")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "si",
        error_messages={"required": "Elija una opción."},
    )
    proof = forms.CharField(
        label="Cómo consta",
        help_text="Fecha, medio y documento de la entrega, o por qué no procede. La persona lo lee.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba cómo consta."},
    )


@require_safe
@staff_page(CharterRight.READ)
def show_compliance(request: HttpRequest, access: Access) -> HttpResponse:
    """Show each commitment in force with its figure, breaches and remedies."""
    first, last = period(access.institution, current_time())
    lines = compliance(access.institution, first=first, last=last)
    context = {"lines": lines, "first": first, "last": last, "editions": editions(access.institution)}
    return render(request, "charters/workspace/compliance.html", context)


@require_safe
@staff_page(StaffRight.FIGURES)
def show_cases(request: HttpRequest, access: Access, commitment_id: int) -> HttpResponse:
    """List the cases behind a guarantee, each a link to its page; a figure has its own page."""
    commitment = commitments(access.institution).get(commitment_id)
    if commitment is None:
        raise Http404(str(commitment_id))
    if commitment.form != CommitmentForm.GUARANTEE:
        return redirect("workspace:indicators:indicator", access.institution.slug, commitment.indicator_id)
    first, last = period(access.institution, current_time())
    counted = cases_behind(commitment, first=first, last=last)
    listing = Asked.of(request).listing(counted, ("-filed_at", "-pk"))
    ids = [case.pk for case in listing.rows] if may_read_cases(access) else []
    context = {
        "commitment": commitment, "listing": listing, "first": first, "last": last,
        "readable": set(visible_to(access).filter(pk__in=ids).values_list("pk", flat=True)),
    }  # fmt: skip
    return render(request, "charters/workspace/cases.html", context)


@require_safe
@staff_page(CharterRight.REMEDIES)
def remedy_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the remedies, those owed first due first."""
    asked = Asked.of(request, Filter("estado", options=RemedyState.choices))
    state = asked.kept.get("estado", RemedyState.OWED)
    context = {
        "listing": asked.listing(remedies(access.institution, state), ("due_on", "pk")),
        "state": state,
        "states": RemedyState.choices,
        "today": access.institution.local_date(current_time()),
    }
    return render(request, "charters/workspace/remedies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.REMEDIES)
def remedy(request: HttpRequest, access: Access, remedy_id: int) -> HttpResponse:
    """Show one remedy and settle it."""
    row = (
        Remedy.objects.filter(institution=access.institution, pk=remedy_id)
        .select_related("breach__commitment", "breach__case", "settled_by")
        .first()
    )
    if row is None:
        raise Http404(str(remedy_id))
    form = RemedyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            settle_remedy(
                institution=access.institution,
                remedy_id=row.pk,
                actor=access.user,
                now=current_time(),
                **form.cleaned_data,
            )
            messages.success(request, "Medida resuelta.")
            return redirect("workspace:charters:remedies", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    may_open = may_read_cases(access) and visible_to(access).filter(pk=row.breach.case_id).exists()
    context = {"row": row, "form": form, "may_open": may_open}
    return render(request, "charters/workspace/remedy.html", context, status=422 if form.is_bound else 200)
