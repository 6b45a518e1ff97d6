# SPDX-License-Identifier: EUPL-1.2
"""Getting a case ready to be handed to others: piece by piece, what is blacked out and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.accounts.public import asks_again
from siac.cases.access import case_for, may
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case, Edition, ThirdParty
from siac.cases.pages import person_of
from siac.cases.protection.detecting import Found, detected
from siac.cases.protection.preparing import begin_case_file
from siac.cases.protection.redacting import redact_file, redact_text
from siac.cases.protection.redaction_rules import black_out
from siac.cases.protection.release import Releasable, original_text, releasable
from siac.documents.public import UploadMixin
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.people.public import PersonData, reveal
from siac.ui.forms import FilesField, Form, text_field
from siac.ui.public import refusal_text

_GROUNDS = "Por ejemplo: art. 21 n.º 2 Ley 20.285 (datos personales)."


class RedactTextForm(Form):
    """What of a text is blacked out."""

    found = forms.MultipleChoiceField(
        label="Encontrado en el texto", required=False, widget=forms.CheckboxSelectMultiple
    )
    own = text_field(
        "Otras partes",
        required=False,
        hint="Una por línea, tal como están escritas. Se tachan todas las veces que aparecen.",
        limit=4000,
        rows=4,
    )
    grounds = forms.CharField(
        label="Norma que lo permite", required=False, max_length=300, help_text=_GROUNDS
    )

    def __init__(self, found: list[Found], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found:
            self.fields["found"].choices = [(item.text, f"{item.what}: {item.text}") for item in found]  # type: ignore[attr-defined]
        else:
            del self.fields["found"]

    def wanted(self) -> list[str]:
        """Return the parts to black out; call it on a valid form."""
        typed = [line.strip() for line in self.cleaned_data["own"].splitlines() if line.strip()]
        return [*self.cleaned_data.get("found", []), *typed]


class RedactFileForm(UploadMixin, Form):
    """What is handed out instead of a file."""

    how = forms.ChoiceField(
        label="¿Qué se entrega?",
        choices=[
            ("instead", "Otro archivo, ya tachado, que subo ahora"),
            ("whole", "El original, tal como está"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija qué se entrega."},
    )
    attachments = FilesField(
        label="Archivo tachado",
        required=False,
        help_text=(
            "Táchelo con un programa que quite el texto de verdad y guárdelo como un PDF o una imagen nueva."
        ),
    )
    grounds = forms.CharField(
        label="Norma que lo permite", required=False, max_length=300, help_text=_GROUNDS
    )

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one file where another is handed out."""
        data = super().clean() or {}
        if data.get("how") == "instead" and "attachments" in data and len(data["attachments"]) != 1:
            self.add_error("attachments", "Suba un archivo, el que se entrega en lugar del original.")
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.CLASSIFY)
@asks_again
def release(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """List the pieces with what was decided of each; a POST starts making the edition for others."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.CLASSIFY, now=now)
    may_take = may(access, case, CaseRight.EXPORT)
    if request.method == "POST" and may_take:
        made = begin_case_file(access=access, case=case, edition=Edition.RELEASE, form="pdf", now=now)
        return redirect("workspace:cases:dossier", access.institution.slug, made.pk)
    items = releasable(case)
    waiting = sum(item.redaction is None for item in items)
    context = {"case": case, "items": items, "waiting": waiting, "may_take": may_take}
    return render(request, "cases/workspace/release.html", context)


def _item(case: Case, *, message_id: int | None = None, attachment_id: int | None = None) -> Releasable:
    for item in releasable(case):
        if attachment_id is not None and item.file is not None and item.file.pk == attachment_id:
            return item
        if attachment_id is None and item.file is None and item.message_id == message_id:
            return item
    raise Http404("piece")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.CLASSIFY)
def release_text(request: HttpRequest, access: Access, folio: str, message_id: int) -> HttpResponse:
    """Black out parts of a text; «previa» shows how it would read, without keeping it.

    0 is what was filed.
    """
    now = current_time()
    case = case_for(access, folio, to=CaseRight.CLASSIFY, now=now, reveals=True)
    item = _item(case, message_id=message_id or None)
    text = original_text(case, item)
    row = item.redaction
    initial = {"grounds": row.grounds} if row else None
    form = RedactTextForm(detected(text, _people(access, case)), request.POST or None, initial=initial)
    preview = row.body if row else ""
    if form.is_bound and form.is_valid():
        preview, _, missing = black_out(text, form.wanted())
        if missing:
            form.add_error("own", f"No está en el texto: {', '.join(missing)[:200]}.")
        elif "previa" not in request.POST:
            try:
                redact_text(
                    institution=access.institution,
                    case_id=case.pk,
                    message_id=message_id or None,
                    wanted=form.wanted(),
                    grounds=form.cleaned_data["grounds"],
                    actor=access.user,
                    now=now,
                )
                messages.success(request, f"Pieza {item.number} revisada.")
                return redirect("workspace:cases:release", access.institution.slug, folio)
            except Refused as refused:
                form.refuse(refusal_text(refused))
    context = {"case": case, "item": item, "form": form, "text": text, "preview": preview}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "cases/workspace/release_text.html", context, status=status)


def _people(access: Access, case: Case) -> list[PersonData]:
    """Return who is named in the case, where this officer may read identities; the reading is told."""
    own = person_of(access, case, now=current_time())
    third = list(ThirdParty.objects.filter(case=case).values_list("person", flat=True))
    if own is None or not third:
        return [own] if own else []
    found = reveal(
        access.institution.pk, third, actor_id=access.user.pk, reason=case.stream, now=current_time()
    )
    return [own, *found.values()]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.CLASSIFY)
def release_file(request: HttpRequest, access: Access, folio: str, attachment_id: int) -> HttpResponse:
    """Say which file is handed out instead of one of the case's."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.CLASSIFY, now=now)
    item = _item(case, attachment_id=attachment_id)
    form = RedactFileForm(request.POST, request.FILES) if request.method == "POST" else RedactFileForm()
    if form.is_bound and form.is_valid():
        files = form.cleaned_data["attachments"] if form.cleaned_data["how"] == "instead" else []
        try:
            redact_file(
                institution=access.institution,
                case_id=case.pk,
                attachment_id=attachment_id,
                replacement=files[0] if files else None,
                grounds=form.cleaned_data["grounds"],
                actor=access.user,
                now=now,
            )
            messages.success(request, f"Pieza {item.number} revisada.")
            return redirect("workspace:cases:release", access.institution.slug, folio)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"case": case, "item": item, "form": form}
    return render(request, "cases/workspace/release_file.html", context, status=422 if form.is_bound else 200)
