# SPDX-License-Identifier: EUPL-1.2
"""Where a body translates what it wrote: all its records, and the texts of one beside their Spanish."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.kernel.errors import Refused
from siac.organizations.access import Access, staff_page
from siac.organizations.commands.translating import save_translation
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import RecordTranslation
from siac.organizations.setup_pages import setup_tabs
from siac.organizations.translating import (
    TEXT_LIMIT,
    Translatable,
    TranslatedSort,
    counts_of,
    sort_coded,
    translated_sorts,
    translation_of,
)
from siac.organizations.versioned import history, overtaken
from siac.ui.forms import Form, basis_field
from siac.ui.languages.known import IN_SPANISH
from siac.ui.records import Row, record_form, record_list

SHOWN_OF_OLD = 300
"""Signs of the Spanish text that was translated, where it is another one since."""


@require_safe
@staff_page(StaffRight.TRANSLATE)
def translations(request: HttpRequest, access: Access) -> HttpResponse:
    """List what can be translated: a row for each record and language offered (1 SQL, none when warm)."""
    body = access.institution
    rows = [
        Row(
            (each.name, sort.name, IN_SPANISH[language], _standing(access, sort, each, language)),
            reverse("workspace:setup:translation", args=[body.slug, sort.code, each.pk, language]),
        )
        for language in body.offered_languages
        for sort in translated_sorts()
        for each in sort.records(body)
        if each.texts
    ]
    return record_list(
        request,
        title="Traducciones",
        columns=("Qué", "Registro", "Idioma", "Traducido"),
        rows=rows,
        tabs=setup_tabs(body),
        intro=(
            "Lo que el organismo escribió, en los otros idiomas de sus páginas. Lo que falta, y lo que "
            "cambió en castellano después de traducirse, se muestra en castellano y la página lo dice."
        ),
        empty="El organismo no ofrece otros idiomas. Se eligen en «Datos del organismo».",
    )


def _standing(access: Access, sort: TranslatedSort, each: Translatable, language: str) -> str:
    good, old = counts_of(access.institution, sort.code, each, language)
    return f"{good} de {len(each.texts)}" + (f", {old} por poner al día" if old else "")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.TRANSLATE)
def translation(
    request: HttpRequest, access: Access, record: str, record_id: int, language: str
) -> HttpResponse:
    """Translate the texts of one record into a language."""
    body, sort = access.institution, sort_coded(record)
    found = next((each for each in sort.records(body) if each.pk == record_id), None) if sort else None
    if found is None or language not in body.offered_languages:
        raise Http404(record)
    row = translation_of(body, record, record_id, language)
    form = _form(found, row, request)
    back_url = reverse("workspace:setup:translations", args=[body.slug])

    def save(fields: dict[str, Any]) -> HttpResponse:
        based_on = fields.pop("based_on")
        save_translation(
            institution=body, record=record, record_id=record_id, language=language, said=fields,
            actor=access.user, now=current_time(), based_on=based_on or None,
        )  # fmt: skip
        messages.success(request, "Traducción guardada. Ya se lee en las páginas.")
        return redirect(back_url)

    def meanwhile(refused: Refused) -> Sequence[Any]:
        return overtaken(form, refused, row, _WORDS) if row else []

    return record_form(
        request,
        form,
        save,
        title=f"{found.name}: {IN_SPANISH[language]}",
        back_url=back_url,
        intro="Bajo cada campo está lo que dice en castellano. En blanco: se muestra en castellano.",
        versions=history(row, _WORDS) if row else (),
        overtaken=meanwhile,
    )


def _in_words(texts: dict[str, dict[str, str]]) -> str:
    return " · ".join(each["said"] for each in texts.values())


_WORDS = {"texts": _in_words}


def _form(found: Translatable, row: RecordTranslation | None, request: HttpRequest) -> Form:
    """Return a form with a text area for each text, its Spanish below the label."""
    kept = row.texts if row else {}
    fields: dict[str, forms.Field] = {"based_on": basis_field(row.version if row else None)}
    for code, label, original in found.texts:
        known = kept.get(code, {})
        is_old = bool(known.get("said")) and known["of"] != original
        before = f" Desactualizada: tradujo «{known['of'][:SHOWN_OF_OLD]}»." if is_old else ""
        fields[code] = forms.CharField(
            label=label,
            required=False,
            max_length=TEXT_LIMIT,
            initial=known.get("said", ""),
            help_text=f"{original}{before}",
            widget=forms.Textarea(attrs={"rows": 1 + min(len(original) // 80, 8)}),
            error_messages={"max_length": f"Use hasta {TEXT_LIMIT} caracteres."},
        )
    form = Form(request.POST or None)
    form.fields |= fields
    return form
