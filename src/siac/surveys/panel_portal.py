# SPDX-License-Identifier: EUPL-1.2
"""Joining and leaving the opinion panel: one press each, by a link that came by mail."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.kernel.mail_addresses import is_mail_address
from siac.organizations.public import Institution, portal_page
from siac.people.public import same_people
from siac.surveys.commands.panel import ask_to_join, join, leave, panel_of
from siac.surveys.models import PanelMember
from siac.surveys.portal import TRAP, unkept
from siac.ui.forms import Form
from siac.ui.public import refusal_text


class JoinForm(Form):
    """The mail address of whoever wants to join, and that they agree."""

    email = forms.CharField(
        label="Su correo electrónico", max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Escriba su correo.", "max_length": "El correo es demasiado largo."},
    )  # fmt: skip
    agrees = forms.BooleanField(error_messages={"required": "Marque que acepta."})

    def __init__(self, words: str, *args: object) -> None:
        super().__init__(*args)
        self.fields["agrees"].label = words

    def clean_email(self) -> str:
        """Refuse what is no address."""
        email = str(self.cleaned_data["email"])
        if not is_mail_address(email):
            raise forms.ValidationError("Escriba un correo como nombre@ejemplo.cl.")
        return email


@require_http_methods(["GET", "HEAD", "POST"])
@limited("surveys.panel", limit=20, window_seconds=3600)
@portal_page
def panel(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Let somebody ask to join; what follows comes by mail, whoever it is."""
    row = panel_of(institution)
    if row is None or not row.is_open:
        raise Http404("no panel")
    form = JoinForm(row.words, request.POST or None)
    if form.is_bound and request.POST.get(TRAP):
        return unkept(redirect("portal:surveys:panel_sent", institution.slug))
    if form.is_bound and form.is_valid():
        try:
            ask_to_join(institution, form.cleaned_data["email"], now=current_time())
            return unkept(redirect("portal:surveys:panel_sent", institution.slug))
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"form": form, "trap": TRAP}
    status = 422 if form.is_bound else 200
    return unkept(render(request, "surveys/portal/panel.html", context, status=status))


@require_safe
@portal_page
def sent(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Say that a mail is on its way."""
    context = {
        "title": "Revise su correo",
        "words": "Le enviamos un mensaje para confirmar. Si no llega, mire en el correo no deseado.",
    }
    return render(request, "surveys/portal/panel_told.html", context)


@require_safe
@portal_page
def left(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Say that somebody left."""
    context = {
        "title": "Ya no está en el panel",
        "words": "No le pediremos más su opinión por ser parte del panel, y no guardamos que lo fue.",
    }
    return render(request, "surveys/portal/panel_told.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("surveys.panel_door", limit=60, window_seconds=3600)
@portal_page
def door(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Let somebody confirm that they join, or leave: never by opening the page."""
    row = PanelMember.objects.filter(institution=institution, token=token).first()
    if row is None:
        raise Http404("member")
    if request.method == "POST":
        if "salir" in request.POST:
            leave(institution, [row.person_id, *same_people(institution.pk, row.person_id)])
            return unkept(redirect("portal:surveys:panel_left", institution.slug))
        join(row, institution, now=current_time())
        return unkept(redirect("portal:surveys:panel_door", institution.slug, token))
    return unkept(render(request, "surveys/portal/panel_door.html", {"member": row}))
