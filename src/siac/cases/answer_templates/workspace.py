# SPDX-License-Identifier: EUPL-1.2
"""The texts that answers begin with: where they are kept, and how one gets into an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import case_for
from siac.cases.answer_templates.commands import save_template
from siac.cases.answer_templates.forms import TemplateForm
from siac.cases.answer_templates.queries import (
    editable_scopes,
    editable_templates,
    filled,
    scope_of,
    templates_for,
)
from siac.cases.domain.rights import CaseRight
from siac.cases.models import AnswerTemplate
from siac.cases.pages import person_of
from siac.organizations.public import (
    Access,
    Histories,
    StaffRight,
    ToldVersion,
    Words,
    labels_of,
    staff_page,
    unit_tree,
)
from siac.ui.records import Records, yes_or_no


def _require_writer(access: Access) -> None:
    if not (access.has(CaseRight.WORK) or access.has(StaffRight.TEAM)):
        raise PermissionDenied("templates")


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    scopes = dict(editable_scopes(access))
    for row in editable_templates(access):
        yield row.pk, [row.title, scopes[scope_of(row)].lstrip("\u2014 "), yes_or_no(row.is_active)]


def _load(access: Access, pk: int) -> AnswerTemplate | None:
    return next((own for own in editable_templates(access) if own.pk == pk), None)


def _form(access: Access, row: AnswerTemplate | None, data: QueryDict | None) -> TemplateForm:
    known = (
        {"title": row.title, "scope": scope_of(row), "body": row.body, "is_active": row.is_active}
        if row
        else {}
    )
    return TemplateForm(editable_scopes(access), data, initial=known)


def _save(access: Access, row: AnswerTemplate | None, fields: dict[str, Any]) -> None:
    scope, _, unit = fields.pop("scope").partition(":")
    save_template(
        institution=access.institution,
        template=row,
        actor=access.user,
        now=current_time(),
        owner_id=access.user.pk if scope == "own" else None,
        unit_id=int(unit) if unit else None,
        **fields,
    )


def _words(access: Access) -> Words:
    units = unit_tree(access.institution).nodes
    return {
        "owner_id": lambda pk: access.user.name if pk == access.user.pk else "otra persona",
        "unit_id": lambda pk: units[pk].name if pk in units else "",
    }


class _Shown(Histories[Access, AnswerTemplate]):
    """The history of a template since it is for whom it is now: what was somebody's own stays theirs."""

    def versions(self, access: Access, row: AnswerTemplate) -> Sequence[ToldVersion]:
        """Return the versions (1 SQL), those of another owner left out."""
        found, owner = super().versions(access, row), labels_of(AnswerTemplate)["owner_id"]
        for at, version in enumerate(found):
            if any(change.label == owner for change in version.changes):
                return [*found[:at], replace(version, changes=[])]
        return found


_TEMPLATES: Records[Access, AnswerTemplate] = Records(
    title="Plantillas de respuesta",
    columns=("Título", "Para quién", "Se ofrece"),
    listed="workspace:cases:templates",
    one="workspace:cases:template",
    add="Agregar plantilla",
    new="Nueva plantilla",
    saved="Plantilla guardada.",
    cells=_cells,
    load=_load,
    name=lambda template: template.title,
    form=_form,
    save=_save,
    empty="Todavía no hay plantillas. Sirven para no escribir dos veces lo mismo al responder.",
    history=_Shown(_words),
)


@require_safe
@staff_page(CaseRight.FILE)
def template_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the templates that this user may change."""
    _require_writer(access)
    return _TEMPLATES.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def template(request: HttpRequest, access: Access, template_id: int | None = None) -> HttpResponse:
    """Add or change a template."""
    _require_writer(access)
    return _TEMPLATES.form_page(request, access, template_id)


@require_safe
@staff_page(CaseRight.WORK)
def template_text(request: HttpRequest, access: Access, folio: str, template_id: int) -> HttpResponse:
    """Give the text of a template for a case, plain: the page puts it where the officer is writing."""
    now = current_time()
    case = case_for(access, folio, to=CaseRight.WORK, now=now, reveals=True)
    row = next((own for own in templates_for(access, case) if own.pk == template_id), None)
    if row is None:
        raise Http404(str(template_id))
    text = filled(row, access, case, person_of(access, case, now=now), now=now)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
