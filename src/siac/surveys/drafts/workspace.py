# SPDX-License-Identifier: EUPL-1.2
"""Drafts as people of the house see them: all may read and comment, quality writes, answers and decides."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.organizations.public import Access, Words, history, overtaken, staff_page
from siac.surveys.commands.answering import questionnaire_of
from siac.surveys.designing import in_words
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.rights import SurveyRight
from siac.surveys.drafts.commands import answer_comment, ask_association, comment, decide_draft, save_draft
from siac.surveys.drafts.forms import AnswerForm, AssociationForm, CommentForm, DecisionForm, DraftForm
from siac.surveys.drafts.models import Draft, DraftState
from siac.surveys.drafts.queries import comments_of, draft_of, kept_steps
from siac.surveys.queries import surveys
from siac.ui.records import Row, record_form, record_list


def _draft(access: Access, draft_id: int) -> Draft:
    """Return a draft of the body; one in preparation for whoever writes them only.

    Raises:
        Http404: there is none that they may see.
    """
    row = draft_of(access.institution, draft_id)
    if row is None or (row.comments_until is None and not access.has(SurveyRight.DESIGN)):
        raise Http404(str(draft_id))
    return row


def _url(access: Access, name: str, *keys: int) -> str:
    return reverse(f"workspace:surveys:{name}", args=[access.institution.slug, *keys])


@require_safe
@staff_page(SurveyRight.COMMENT)
def drafts(request: HttpRequest, access: Access) -> HttpResponse:
    """List the measurements that are prepared, commented on, or decided."""
    today = access.institution.local_date(current_time())
    rows = Draft.objects.filter(institution=access.institution).select_related("survey")
    if not access.has(SurveyRight.DESIGN):
        rows = rows.filter(comments_until__isnull=False)
    return record_list(
        request,
        title="Mediciones en consulta",
        columns=("Medición", "Encuesta", "Estado"),
        rows=[
            Row((row.name, row.survey.name, str(row.state(today).label)), _url(access, "draft", row.pk))
            for row in rows[:200]
        ],
        add=("Nueva medición", _url(access, "draft_new")) if access.has(SurveyRight.DESIGN) else None,
        intro="Cómo se va a medir: el personal y sus asociaciones comentan, y después se decide.",
        empty="No hay mediciones en consulta.",
    )


@require_safe
@staff_page(SurveyRight.COMMENT)
def draft(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Show a draft, what was said of it, and what was answered."""
    row = _draft(access, draft_id)
    today, may_design = access.institution.local_date(current_time()), access.has(SurveyRight.DESIGN)
    state = row.state(today)
    words, name = ("Comentar", "draft_say") if state is DraftState.OPEN else ("", "")
    if may_design and state is DraftState.CLOSED:
        words, name = "Decidir", "draft_decide"
    context = {
        **shown(row),
        "state": state,
        "comments": comments_of(row),
        "next_words": words,
        "next_url": _url(access, name, row.pk) if name else "",
        "may_design": may_design and state is not DraftState.DECIDED,
        "associations": _links(access, row) if may_design else (),
        "versions": history(row, WORDS),
        "zone": access.institution.zone,
    }
    return render(request, "surveys/workspace/draft.html", context)


def shown(row: Draft) -> dict[str, Any]:
    """Return what a page shows of a draft itself (1 SQL where its questionnaire was changed since)."""
    return {
        "row": row,
        "questions": in_words(dump(questionnaire_of(row.survey, row.survey_version))).splitlines(),
        "has_changed": row.survey.version != row.survey_version,
        "steps": [("Desde un índice de", row.demanded, "puntos"), ("Desde", row.paid, "% del bono")],
    }


def _links(access: Access, row: Draft) -> Sequence[tuple[str, str, bool]]:
    """Return each association with its address and whether it has commented (1 SQL)."""
    return [
        (each.name, f"{settings.SITE_URL}{_outside(access, each.token)}", each.is_spent)
        for each in row.associations.all()
    ]


def _outside(access: Access, token: str) -> str:
    return reverse("portal:surveys:draft_outside", args=[access.institution.slug, token])


def _steps_in_words(raw: Sequence[Sequence[str]]) -> str:
    return "; ".join(f"desde {at_least}: {gives}" for at_least, gives in raw)


WORDS: Words = {"demanded": _steps_in_words, "paid": _steps_in_words}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def edit(request: HttpRequest, access: Access, draft_id: int | None = None) -> HttpResponse:
    """Write a draft, or change one; open it to comments, or again."""
    institution = access.institution
    row = _draft(access, draft_id) if draft_id is not None else None
    form = DraftForm(institution, row, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        survey = surveys(institution)[fields.pop("survey_id")]
        for name in ("demanded", "paid"):
            if name in fields:
                fields[name] = kept_steps(fields[name])
        saved = save_draft(
            institution=institution, actor=access.user, now=current_time(), survey=survey, draft=row, **fields
        )
        messages.success(request, "Borrador guardado.")
        return redirect(_url(access, "draft", saved.pk))

    return record_form(
        request, form, save, title=row.name if row else "Nueva medición",
        back_url=_url(access, "draft", row.pk) if row else _url(access, "drafts"),
        overtaken=lambda refused: overtaken(form, refused, row, WORDS) if row else (),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.COMMENT)
def say(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Comment on a draft."""
    row = _draft(access, draft_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        comment(
            institution=access.institution, now=current_time(), draft_id=row.pk, user=access.user, **fields
        )
        messages.success(request, "Comentario guardado. La respuesta quedará aquí.")
        return redirect(_url(access, "draft", row.pk))

    return record_form(
        request, CommentForm(request.POST or None), save, title="Comentar", submit="Comentar",
        back_url=_url(access, "draft", row.pk),
        intro="Su nombre y lo que escriba lo ve todo el personal, y queda junto al resultado.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def reply(request: HttpRequest, access: Access, draft_id: int, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    row = _draft(access, draft_id)
    found = row.comments.filter(pk=comment_id).first()
    if found is None:
        raise Http404(str(comment_id))

    def save(fields: dict[str, Any]) -> HttpResponse:
        answer_comment(
            institution=access.institution, actor=access.user, now=current_time(), draft_id=row.pk,
            comment_id=found.pk, **fields,
        )  # fmt: skip
        messages.success(request, "Respuesta guardada.")
        return redirect(_url(access, "draft", row.pk))

    return record_form(
        request, AnswerForm(found, request.POST or None), save, title="Responder un comentario",
        back_url=_url(access, "draft", row.pk), intro=f"{found.who}: {found.text}",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def invite(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Give an association a link to comment."""
    row = _draft(access, draft_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        ask_association(
            institution=access.institution, actor=access.user, now=current_time(), draft_id=row.pk, **fields
        )
        messages.success(request, "El enlace está en la página de la medición: envíelo a la asociación.")
        return redirect(_url(access, "draft", row.pk))

    return record_form(
        request, AssociationForm(request.POST or None), save, title="Agregar una asociación",
        back_url=_url(access, "draft", row.pk), submit="Crear el enlace",
        intro="Su enlace muestra este borrador y sirve para comentar una vez.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(SurveyRight.DESIGN)
def decide(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Decide a measurement."""
    row = _draft(access, draft_id)

    def save(fields: dict[str, Any]) -> HttpResponse:
        decide_draft(
            institution=access.institution, actor=access.user, now=current_time(), draft_id=row.pk, **fields
        )
        messages.success(request, "Medición decidida.")
        return redirect(_url(access, "draft", row.pk))

    return record_form(
        request, DecisionForm(row, request.POST or None), save, title="Decidir la medición",
        back_url=_url(access, "draft", row.pk), submit="Decidir",
        intro="Después no se cambia nada: ni el borrador ni lo respondido a los comentarios.",
    )  # fmt: skip
