# SPDX-License-Identifier: EUPL-1.2
"""The designer: questions, branches, languages; what people will see; export and import."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.public import Channel, kinds
from siac.catalogue.public import topics
from siac.infra.tables.download import workbook_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Change, Institution, Words, history, overtaken, staff_page
from siac.surveys.commands.loading import questionnaire_in, xlsform_in
from siac.surveys.commands.surveys import save_survey
from siac.surveys.designing import condition_words, in_words, read_branches, read_rows
from siac.surveys.domain.codebook import read_questionnaire
from siac.surveys.domain.interchange import dump, dumps
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.domain.xlsform_writing import write_xlsform
from siac.surveys.forms import (
    LANGUAGES,
    BeginForm,
    BranchesForm,
    SectionForm,
    SendingForm,
    SurveyForm,
    TranslationForm,
)
from siac.surveys.models import Survey
from siac.surveys.queries import survey_of
from siac.surveys.ready import MODELS
from siac.ui.forms import Form
from siac.ui.public import refusal_text
from siac.ui.rows import rearranged


def words_of(institution: Institution) -> Words:
    """Return how the columns of a survey are worded in its history (no SQL when warm)."""
    known, named, channels = kinds(institution), topics(institution), dict(Channel.choices)
    return {
        "questionnaire": in_words,
        "kinds": lambda ids: "; ".join(known[pk].name for pk in ids if pk in known),
        "topics": lambda ids: "; ".join(named[pk].name for pk in ids if pk in named),
        "channels": lambda codes: "; ".join(str(channels.get(code, code)) for code in codes),
    }


_BLANK = {
    "format": "siac-questionnaire",
    "version": 1,
    "sections": [
        {
            "code": "s_inicio",
            "title": "",
            "questions": [
                {"code": "general", "label": "¿Qué nota le pone a la atención que recibió?", "kind": "scale7"}
            ],
        }
    ],
}


def survey_for(access: Access, survey_id: int) -> Survey:
    """Return a survey of the body of whoever asks, as it stands (1 SQL).

    Raises:
        Http404: the body has none with that key.
    """
    row = survey_of(access.institution, survey_id)
    if row is None:
        raise Http404(str(survey_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def begin(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a survey with a ready questionnaire, an exported one, or a single question."""
    form = BeginForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            fields, left_out = _beginning(form.cleaned_data)
            row = save_survey(
                institution=access.institution, actor=access.user, now=current_time(), is_active=False,
                **fields,
            )  # fmt: skip
            if left_out:
                messages.warning(request, f"No se leyó todo. {'; '.join(left_out)}.")
            messages.success(request, "Encuesta creada. Revísela y márquela para que reciba respuestas.")
            return redirect("workspace:surveys:edit", access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {
        "title": "Nueva encuesta",
        "form": form,
        "back_url": reverse("workspace:surveys:surveys", args=[access.institution.slug]),
        "submit": "Crear",
    }
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)


def _beginning(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of a new survey, and what of its file was left out."""
    left_out: list[str] = []
    model = MODELS.get(data["model"])
    if model is not None:
        return {
            "name": data["name"], "title": model.title, "intro": model.intro, "thanks": model.thanks,
            "questionnaire": dump(model.questionnaire), "for_staff": model.for_staff or data["for_staff"],
        }, left_out  # fmt: skip
    raw: Mapping[str, Any] = _BLANK
    if data["model"] == "file":
        raw = dump(read_questionnaire(data["file"].read()))
    elif data["model"] == "sheet":
        raw = questionnaire_in(data["file"].read())
    elif data["model"] == "xlsform":
        raw, left_out = xlsform_in(data["file"].read())
    return {
        "name": data["name"],
        "title": data["name"],
        "questionnaire": raw,
        "for_staff": data["for_staff"],
    }, left_out


def _edited(
    request: HttpRequest,
    access: Access,
    row: Survey,
    form: Form,
    fields: Callable[[Mapping[str, Any]], dict[str, Any]],
    **shown: Any,
) -> HttpResponse:
    """Show a form of a survey, or save what it says as the next version."""
    meanwhile: list[Change] = []
    is_rearranged = form.is_bound and rearranged(form)
    if form.is_bound and not is_rearranged and form.is_valid():
        try:
            save_survey(
                institution=access.institution, survey=row, actor=access.user, now=current_time(),
                based_on=form.cleaned_data["based_on"], **fields(form.cleaned_data),
            )  # fmt: skip
            messages.success(
                request, "Encuesta guardada. Lo ya respondido queda con la versión que respondió."
            )
            return redirect("workspace:surveys:survey", access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = list(overtaken(form, refused, row, words_of(access.institution)))
    context = {
        "form": form,
        "row": row,
        "meanwhile": meanwhile,
        "back_url": reverse("workspace:surveys:survey", args=[access.institution.slug, row.pk]),
        **shown,
    }
    status = 422 if form.is_bound and not is_rearranged else 200
    return render(request, "surveys/workspace/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def edit(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Change a survey and its questions."""
    row = survey_for(access, survey_id)

    def fields(data: Mapping[str, Any]) -> dict[str, Any]:
        names = ("name", "title", "intro", "thanks", "good_from", "bad_to", "least", "is_active")
        questionnaire = read_rows(data["questions"], row.questionnaire)
        return {"questionnaire": questionnaire, **{name: data[name] for name in names}}

    return _edited(
        request, access, row, SurveyForm(row, request.POST or None), fields,
        title=row.name, versions=history(row, words_of(access.institution)), zone=access.institution.zone,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def sending(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Say after which answers a survey is sent by itself."""
    row = survey_for(access, survey_id)
    if row.for_staff:
        raise Http404("asked by waves only")
    form = SendingForm(row, access.institution, request.POST or None)

    def fields(data: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name != "based_on"}

    return _edited(
        request, access, row, form, fields, title=f"Cuándo se envía «{row.name}»",
        lead="Cada mañana se invita por correo a quienes recibieron respuesta o fueron atendidos, con un "
        "enlace que sirve una vez. Las solicitudes reservadas y las anónimas quedan fuera.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def branches(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Say which pages of a survey are shown only after some answers."""
    row = survey_for(access, survey_id)
    return _edited(
        request, access, row, BranchesForm(row, request.POST or None),
        lambda data: {"questionnaire": read_branches(data["branches"], row.questionnaire)},
        title=f"Saltos de «{row.name}»",
        lead="Sin saltos se muestran todas las páginas. Con varios, deben cumplirse todos.",
        empty="" if row.asked.sections[1:] else "Los saltos necesitan al menos dos páginas.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def translate(request: HttpRequest, access: Access, survey_id: int, language: str) -> HttpResponse:
    """Write the texts of a survey in another language."""
    row, names = survey_for(access, survey_id), dict(LANGUAGES)
    if language not in names:
        raise Http404(language)
    form = TranslationForm(row, language, request.POST or None)

    def fields(data: Mapping[str, Any]) -> dict[str, Any]:
        others = {code: said for code, said in row.questionnaire["translations"].items() if code != language}
        told = {**others, **({language: form.said} if form.said else {})}
        return {"questionnaire": {**row.questionnaire, "translations": told}}

    return _edited(
        request, access, row, form, fields, title=f"{names[language]}: «{row.name}»",
        lead="Lo que deje vacío se lee en castellano.",
    )  # fmt: skip


@require_safe
@staff_page(SurveyRight.READ)
def preview(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Show every page of a survey as people see it; nothing is kept."""
    row = survey_for(access, survey_id)
    asked, language = row.asked, request.GET.get("idioma", "es")
    pages = [
        (SectionForm(asked, section, language), condition_words(asked, section.code))
        for section in asked.sections
    ]
    known = [(code, name) for code, name in LANGUAGES if code in asked.translations]
    title, intro, thanks = (asked.said(text, language) for text in (row.title, row.intro, row.thanks))
    context = {
        "row": row, "pages": pages, "languages": known, "survey_title": title, "intro": intro,
        "thanks": thanks,
    }  # fmt: skip
    return render(request, "surveys/workspace/preview.html", context)


@require_safe
@staff_page(SurveyRight.READ)
def export(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Hand out the questionnaire as JSON (docs/develop/questionnaires.md)."""
    row = survey_for(access, survey_id)
    response = HttpResponse(dumps(row.asked), content_type="application/json; charset=utf-8")
    name = slugify(row.name) or "cuestionario"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_safe
@staff_page(SurveyRight.READ)
def export_xlsform(request: HttpRequest, access: Access, survey_id: int) -> HttpResponse:
    """Hand out the questionnaire as an XLSForm (docs/develop/questionnaires.md)."""
    row = survey_for(access, survey_id)
    sheets = write_xlsform(row.asked, row.title, row.intro)
    return workbook_response(sheets, name=slugify(row.name) or "cuestionario")
