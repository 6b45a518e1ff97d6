# SPDX-License-Identifier: EUPL-1.2
"""The public pages: charters with how they are kept, and drafts that may be commented."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.charters.beside import pages_beside
from siac.charters.commands.steps import comment
from siac.charters.composing import composed
from siac.charters.domain.states import EditionState
from siac.charters.models import Charter, CharterEdition
from siac.charters.queries import certificates_of
from siac.charters.register.reading import promises_of, registers
from siac.charters.register.recognition import recognitions_won
from siac.charters.signing import KIND as SIGNED
from siac.charters.texts import CapacityLabel
from siac.governance.public import publishes
from siac.infra.ratelimit import limited
from siac.infra.readers import read_apart
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, compared_bodies, portal_page
from siac.signing.public import signed_copy
from siac.ui.forms import Form
from siac.ui.public import refusal_text


class CommentForm(Form):
    """What somebody says of a draft."""

    capacity = forms.ChoiceField(
        label="Comenta", choices=CapacityLabel.choices, widget=forms.RadioSelect,
        initial=CapacityLabel.PERSON,
    )  # fmt: skip
    organisation = forms.CharField(
        label="Nombre de la organización", max_length=150, required=False,
        help_text="Solo si comenta por una. No escriba nombres de personas.",
    )  # fmt: skip
    text = forms.CharField(
        label="Su comentario", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Escriba su comentario."},
        help_text="Se publica con la respuesta. No escriba datos personales.",
    )  # fmt: skip


_WON = 12
"""Recognitions that are told: the newest ones."""


@require_safe
@read_apart
@portal_page
def charter_list(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List the charters in force with how each is kept, and the drafts that may be commented."""
    today = institution.local_date(current_time())
    rows = CharterEdition.objects.filter(institution=institution).select_related("charter")
    shown = [row for row in rows.order_by("charter__title", "-number") if row.is_in_force(today)]
    drafts = list(rows.filter(state=EditionState.PUBLISHED_DRAFT).order_by("charter__title", "pk"))
    kept = registers(institution, [row.charter for row in shown], today=today)
    editions = [(row, kept.get(row.charter_id)) for row in shown]
    has_others = len(compared_bodies(institution)) > 1
    agrees = publishes(institution)
    context = {
        "editions": editions, "drafts": drafts, "today": today, "has_others": has_others, "agrees": agrees,
        "beside": pages_beside(institution),
        "won": recognitions_won(institution, shown=_WON),
    }  # fmt: skip
    return render(request, "charters/portal/charters.html", context)


@require_safe
@read_apart
@portal_page
def charter(
    request: HttpRequest, institution: Institution, code: str, number: int | None = None
) -> HttpResponse:
    """Show the edition of a charter in force, or one of its approved ones by number."""
    row = Charter.objects.filter(institution=institution, code=code).first()
    if row is None:
        raise Http404(code)
    today = institution.local_date(current_time())
    approved = list(row.editions.filter(state=EditionState.APPROVED).order_by("-number"))
    shown = next((each for each in approved if each.number == number or number is None), None)
    if number is None:
        shown = next((each for each in approved if each.is_in_force(today)), shown)
    if shown is None:
        raise Http404(code)
    shown.charter, shown.institution, row.institution = row, institution, institution
    context = {
        "charter": row,
        "edition": shown,
        "is_in_force": shown.is_in_force(today),
        "paper": composed(shown),
        "certificates": certificates_of(institution, row.pk, today=today),
        "has_register": bool(promises_of(institution, row.pk, today=today)),
        "others": [each for each in approved if each.pk != shown.pk],
        "comments": _answered(shown),
        "signed": signed_copy(institution, SIGNED, shown.pk),
    }
    return render(request, "charters/portal/charter.html", context)


def _answered(edition: CharterEdition) -> list[object]:
    return list(edition.comments.exclude(verdict="").order_by("pk")) if edition.comments_until else []


@require_http_methods(["GET", "HEAD", "POST"])
@limited("charters.comment", limit=30, window_seconds=3600)
@portal_page
def draft(request: HttpRequest, institution: Institution, code: str) -> HttpResponse:
    """Show a draft to everybody, and take their comments."""
    rows = CharterEdition.objects.filter(
        institution=institution, charter__code=code, state=EditionState.PUBLISHED_DRAFT
    )
    edition = rows.select_related("charter").first()
    if edition is None:
        raise Http404(code)
    edition.institution = edition.charter.institution = institution
    form = CommentForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            comment(institution=institution, edition_id=edition.pk, now=current_time(), **form.cleaned_data)
            messages.success(request, "Gracias. Su comentario se publica cuando tenga respuesta.")
            return redirect("portal:charters:draft", institution.slug, code)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    today = institution.local_date(current_time())
    context = {
        "edition": edition,
        "paper": composed(edition),
        "comments": _answered(edition),
        "form": form if edition.comments_until and today <= edition.comments_until else None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "charters/portal/draft.html", context, status=status)
