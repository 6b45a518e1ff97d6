# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages on which an edition is taken further: shown, commented, reviewed, approved, ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.charters.checking import problems_of
from siac.charters.commands import steps
from siac.charters.domain.rights import CharterRight
from siac.charters.domain.states import EditionState
from siac.charters.editor.reading import edition_of
from siac.charters.editor.step_forms import (
    AnswerForm,
    ApproveForm,
    PrepublishForm,
    ReasonForm,
    ReviewForm,
    WithdrawForm,
)
from siac.charters.models import CharterEdition, EditionComment
from siac.charters.texts import ReviewLabel
from siac.organizations.public import Access, staff_page, standing_beside
from siac.ui.forms import Form, basis_field
from siac.ui.records import record_form

_ONE = "workspace:charters:charter"
_COMMENTS_FOR = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that somebody may take from where an edition stands."""

    code: str
    words: str
    url: str
    is_main: bool = False
    """Whether it is the one thing to do."""


@dataclass(frozen=True, slots=True)
class _StepPage:
    title: str
    submit: str
    done: str
    right: CharterRight
    states: tuple[EditionState, ...]
    form: Callable[[CharterEdition, date, Any], Form]
    act: Callable[[CharterEdition, Access, dict[str, Any]], object]
    intro: str = ""


def _common(edition: CharterEdition, access: Access) -> dict[str, Any]:
    return {
        "institution": access.institution, "edition_id": edition.pk, "actor": access.user,
        "now": current_time(),
    }  # fmt: skip


def _review(aspect: ReviewLabel, right: CharterRight) -> _StepPage:
    return _StepPage(
        aspect.label, "Guardar la revisión", "Revisión guardada.", right, (EditionState.REVIEW,),
        lambda edition, today, data: ReviewForm(edition, data),
        lambda edition, access, fields: steps.review(
            **_common(edition, access), aspect=aspect.value, **fields
        ),
        "Lea la edición como quedará antes de opinar.",
    )  # fmt: skip


_STEPS: dict[str, _StepPage] = {
    "prepublicar": _StepPage(
        "Prepublicar", "Prepublicar", "El borrador está en el portal y recibe comentarios.",
        CharterRight.KEEP, (EditionState.DRAFT,),
        lambda edition, today, data: PrepublishForm(data, initial={"until": today + _COMMENTS_FOR}),
        lambda edition, access, fields: steps.prepublish(**_common(edition, access), **fields),
        "Cualquiera podrá leer el borrador en el portal y comentarlo. Mientras tanto no se cambia.",
    ),
    "cerrar-comentarios": _StepPage(
        "Cerrar los comentarios", "Cerrar y seguir escribiendo", "Comentarios cerrados.",
        CharterRight.KEEP, (EditionState.PUBLISHED_DRAFT,),
        lambda edition, today, data: Form(data),
        lambda edition, access, fields: steps.end_comments(**_common(edition, access)),
        "Los comentarios y sus respuestas siguen publicados con la edición.",
    ),
    "pedir-revision": _StepPage(
        "Pedir la revisión", "Pedir la revisión", "Enviada a revisión técnica y política.",
        CharterRight.KEEP, (EditionState.DRAFT,),
        lambda edition, today, data: Form(data),
        lambda edition, access, fields: steps.submit(**_common(edition, access), checked=problems_of),
        "Revisan la encargada de calidad o una jefatura, y la autoridad. Mientras tanto no se cambia.",
    ),
    "revision-tecnica": _review(ReviewLabel.TECHNICAL, CharterRight.REVIEW),
    "revision-politica": _review(ReviewLabel.POLITICAL, CharterRight.APPROVE),
    "aprobar": _StepPage(
        "Aprobar la edición", "Aprobar", "Edición aprobada.",
        CharterRight.APPROVE, (EditionState.REVIEW,),
        lambda edition, today, data: ApproveForm(edition, today, data),
        lambda edition, access, fields: steps.approve(
            **_common(edition, access), checked=problems_of, **fields
        ),
        "Desde su día obliga: lo que se ingrese queda con estos compromisos. Ya no se cambia.",
    ),
    "abandonar": _StepPage(
        "Abandonar esta edición", "Abandonar", "Edición abandonada; queda en el archivo.",
        CharterRight.KEEP, (EditionState.DRAFT, EditionState.PUBLISHED_DRAFT, EditionState.REVIEW),
        lambda edition, today, data: ReasonForm(data),
        lambda edition, access, fields: steps.abandon(**_common(edition, access), **fields),
    ),
    "retirar": _StepPage(
        "Poner fin a la carta", "Poner fin", "Queda dicho cuándo termina.",
        CharterRight.APPROVE, (EditionState.APPROVED,),
        lambda edition, today, data: WithdrawForm(data, initial={"last_on": today}),
        lambda edition, access, fields: steps.withdraw(**_common(edition, access), **fields),
        "La carta deja de prometer. Para cambiarla, prepare en cambio otra edición.",
    ),
}  # fmt: skip
_MAIN = {"pedir-revision", "revision-tecnica", "revision-politica", "aprobar", "cerrar-comentarios"}


def offered_steps(access: Access, edition: CharterEdition, today: date) -> list[Offered]:
    """Return the steps that whoever looks may take now, the one to take first (2 SQL at most)."""
    codes = [
        code
        for code, page in _STEPS.items()
        if edition.state in page.states and access.has(page.right) and _is_due(code, edition, today)
    ]
    main = next((code for code in codes if code in _MAIN), "")
    slug = access.institution.slug
    return [
        Offered(
            code, _STEPS[code].title, reverse("workspace:charters:step", args=[slug, edition.pk, code]),
            code == main,
        )
        for code in sorted(codes, key=lambda code: code != main)
    ]  # fmt: skip


def _is_due(code: str, edition: CharterEdition, today: date) -> bool:
    """Return whether it is the moment for a step that its state alone does not tell."""
    if code == "retirar":
        return edition.valid_to is None
    if code == "prepublicar":
        return True
    if edition.state != EditionState.REVIEW or code == "abandonar":
        return True
    made = set(edition.reviews.filter(round=edition.round).values_list("aspect", flat=True))
    match code:
        case "revision-tecnica":
            return ReviewLabel.TECHNICAL not in made
        case "revision-politica":
            return ReviewLabel.POLITICAL not in made
    return made == set(ReviewLabel.values)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.READ)
def step(request: HttpRequest, access: Access, edition_id: int, code: str) -> HttpResponse:
    """Take an edition one step further."""
    page = _STEPS.get(code)
    if page is None:
        raise Http404(code)
    if not access.has(page.right):
        raise PermissionDenied(page.right.value)
    edition = edition_of(access, edition_id)
    if edition.state not in page.states:
        raise Http404(code)
    today = access.institution.local_date(current_time())
    form = page.form(edition, today, request.POST if request.method == "POST" else None)
    home = reverse(_ONE, args=[access.institution.slug, edition.charter_id])

    def save(fields: dict[str, Any]) -> HttpResponse:
        page.act(edition, access, fields)
        messages.success(request, page.done)
        return redirect(f"{home}?edicion={edition.number}")

    return record_form(
        request, form, save, title=page.title, submit=page.submit, intro=page.intro,
        back_url=f"{home}?edicion={edition.number}",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CharterRight.KEEP)
def answer(request: HttpRequest, access: Access, comment_id: int) -> HttpResponse:
    """Answer a comment on a draft, or change the answer."""
    rows = EditionComment.objects.filter(institution=access.institution).select_related("edition")
    row = get_object_or_404(rows, pk=comment_id)
    initial = {"verdict": row.verdict, "answer": row.answer, "is_shown": row.is_shown}
    form = AnswerForm(request.POST or None, initial=initial)
    form.fields["based_on"] = basis_field(row.version)
    home = reverse(_ONE, args=[access.institution.slug, row.edition.charter_id])
    back = f"{home}?edicion={row.edition.number}#comentario-{row.pk}"

    def save(fields: dict[str, Any]) -> HttpResponse:
        steps.answer_comment(
            institution=access.institution, comment_id=row.pk, actor=access.user, now=current_time(), **fields
        )
        messages.success(request, "Respuesta guardada.")
        return redirect(back)

    return record_form(
        request, form, save, title="Responder un comentario", intro=f"«{row.text}»", back_url=back,
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip
