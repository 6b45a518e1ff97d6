# SPDX-License-Identifier: EUPL-1.2
"""The internal register of a charter: its closed periods, deviations, what is said of a miss."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.public import services
from siac.charters.commands.freezing import explain_result
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.reading import charter_of
from siac.charters.flowing import places_of
from siac.charters.models import Charter, PeriodResult
from siac.charters.queries import commitments
from siac.charters.register.badge import snippet
from siac.charters.register.closed import hidden_results
from siac.charters.register.reading import register_of
from siac.findings.public import FindingRight
from siac.organizations.public import Access, StaffRight, staff_page, standing_beside
from siac.surveys.public import visible_visits
from siac.ui.forms import Form, basis_field
from siac.ui.lists import Asked
from siac.ui.records import record_form

_VISITS = 10


class ExplanationForm(Form):
    """Why a promise was not kept, in public."""

    words = forms.CharField(
        label="Por qué no se llegó", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Diga por qué."},
        help_text="Se publica junto a la cifra. Diga también qué se hace para corregirlo.",
    )  # fmt: skip


@require_safe
@staff_page(CharterRight.READ)
def register(request: HttpRequest, access: Access, charter_id: int) -> HttpResponse:
    """Show the closed periods of a charter, the newest first, with what each miss led to."""
    charter = charter_of(access, charter_id)
    rows = PeriodResult.objects.filter(institution=access.institution, charter=charter)
    today = access.institution.local_date(current_time())
    asked = Asked.of(request).listing(rows.select_related("commitment__indicator"), ("-last", "-pk"))
    context = {
        "charter": charter,
        "register": register_of(access.institution, charter, today=today),
        "listing": asked,
        "untold": hidden_results(access.institution, asked.rows),
        "snippet": snippet(access.institution, charter),
        "may_keep": access.has(CharterRight.KEEP),
        "may_find": access.has(FindingRight.READ),
        "may_count": access.has(StaffRight.FIGURES),
        "visits": _visits(access, charter),
    }
    return render(request, "charters/workspace/register.html", context)


def _visits(access: Access, charter: Charter) -> list[Any]:
    """Return the last audits and mystery visits that were sent, of the places and units that give or answer
    for what a charter promises, those that whoever asks may see (2 SQL).
    """
    edition = charter.editions.filter(state=EditionState.APPROVED).order_by("-number").first()
    if edition is None:
        return []
    edition.institution = access.institution
    known = services(access.institution)
    units = {known[pk].responsible_id for pk in edition.service_ids if pk in known}
    promised = commitments(access.institution).values()
    units |= {each.responsible_id for each in promised if each.edition_id == edition.pk}
    of = Q(unit__in=units - {None}) | Q(point__in=[point.pk for point in places_of(edition)])
    rows = visible_visits(access).filter(of, sent_at__isnull=False).select_related("unit", "point")
    return list(rows.order_by("-visited_on", "-pk")[:_VISITS])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def explain(request: HttpRequest, access: Access, result_id: int) -> HttpResponse:
    """Say in public why a promise was not kept in a period."""
    rows = PeriodResult.objects.filter(institution=access.institution, is_reached=False)
    row = get_object_or_404(rows.select_related("commitment"), pk=result_id)
    form = ExplanationForm(request.POST or None, initial={"words": row.explanation})
    form.fields["based_on"] = basis_field(row.version)
    back = reverse("workspace:charters:register", args=[access.institution.slug, row.charter_id])

    def save(fields: dict[str, Any]) -> HttpResponse:
        explain_result(
            institution=access.institution, result_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Explicación publicada.")
        return redirect(back)

    return record_form(
        request, form, save, title="Explicar un incumplimiento", submit="Publicar", back_url=back,
        intro=f"«{row.commitment.text}»: {row.words}, meta {row.target_words}, del {row.first:%d-%m-%Y} al "
        f"{row.last:%d-%m-%Y}.",
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip
