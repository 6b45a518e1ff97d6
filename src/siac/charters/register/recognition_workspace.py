# SPDX-License-Identifier: EUPL-1.2
"""The page of recognitions: what units are recognised for, what each earned, declaring and ending it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST

from siac.charters.commands.recognising import declare_recognition, end_recognition
from siac.charters.domain.recognition import FEWEST, MOST
from siac.charters.domain.rights import CharterRight
from siac.charters.models import RecognitionRule
from siac.charters.register.reading import FEW
from siac.charters.register.recognition import recognitions_of
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked
from siac.ui.public import refusal_text

_PAGE = "workspace:charters:recognitions"


class RecognitionForm(Form):
    """A criterion that is declared."""

    title = forms.CharField(
        label="Cómo se llama", max_length=100, error_messages={"required": "Escriba cómo se llama."}
    )
    periods = forms.IntegerField(
        label="Períodos cerrados seguidos en su meta", min_value=FEWEST, max_value=MOST, initial=4,
        error_messages={"required": "Escriba cuántos."},
        help_text="De todos los compromisos de los que la unidad responde, desde hoy.",
    )  # fmt: skip
    least = forms.IntegerField(
        label="Casos que debe tener un período para contar", min_value=0, max_value=10_000, initial=FEW,
        error_messages={"required": "Escriba cuántos; 0 si basta con uno."},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.READ)
def recognitions(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what units are recognised for and what each earned; whoever may declares a criterion."""
    may_declare = access.has(CharterRight.REPORT)
    if request.method == "POST" and not may_declare:
        raise PermissionDenied("recognition")
    form = RecognitionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            declare_recognition(
                institution=access.institution, actor=access.user, now=current_time(), **form.cleaned_data
            )
            messages.success(request, "Declarado: cuentan los períodos que empiecen desde hoy.")
            return redirect(_PAGE, access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    rows = RecognitionRule.objects.filter(institution=access.institution)
    listing = Asked.of(request).listing(rows, ("-declared_on", "-pk"))
    context = {
        "form": form, "may_declare": may_declare, "listing": listing,
        "records": recognitions_of(access.institution, listing.rows),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "charters/workspace/recognitions.html", context, status=status)


@require_POST
@staff_page(CharterRight.REPORT)
def end(request: HttpRequest, access: Access, rule_id: int) -> HttpResponse:
    """End a criterion; one that has ended says so."""
    row = get_object_or_404(RecognitionRule, institution=access.institution, pk=rule_id)
    try:
        end_recognition(institution=access.institution, rule_id=row.pk, actor=access.user, now=current_time())
        messages.success(request, "Terminado: lo que se ganó queda.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_PAGE, access.institution.slug)
