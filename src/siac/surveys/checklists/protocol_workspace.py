# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of protocols: what is looked at in a visit."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.kernel.errors import Refused
from siac.organizations.public import Access, Words, history, overtaken, staff_page
from siac.surveys.checklists.commands import save_protocol
from siac.surveys.checklists.forms import BeginProtocolForm, ProtocolForm, in_words, read_items
from siac.surveys.checklists.models import Protocol, ProtocolKind
from siac.surveys.checklists.queries import protocol_of, protocols
from siac.surveys.checklists.ready import READY
from siac.surveys.checklists.rights import ChecklistRight
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list
from siac.ui.rows import rearranged

_LIST, _NEW, _ONE = (
    "workspace:surveys:protocols",
    "workspace:surveys:protocol_new",
    "workspace:surveys:protocol",
)
_VISITS = "workspace:surveys:visits"
_BLANK = [{"title": "", "items": [{"code": "i_1", "label": "Atendieron bien", "weight": 1, "top": 0}]}]


@require_safe
@staff_page(ChecklistRight.READ)
def protocol_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the protocols."""
    designs = access.has(ChecklistRight.DESIGN)
    rows = [
        Row(
            (
                row.name,
                row.get_kind_display(),
                str(sum(len(section["items"]) for section in row.items)),
                "Sí" if row.is_active else "No",
            ),
            reverse(_ONE, args=[access.institution.slug, row.pk]) if designs else "",
        )
        for row in protocols(access.institution)
    ]
    return record_list(
        request,
        title="Protocolos de visita",
        columns=("Protocolo", "Tipo", "Puntos", "En uso"),
        rows=rows,
        add=("Nuevo protocolo", reverse(_NEW, args=[access.institution.slug])) if designs else None,
        other=("Visitas y auditorías", reverse(_VISITS, args=[access.institution.slug])),
        intro="Qué se mira en una visita y cuánto pesa. Una visita conserva la versión con que comenzó.",
        empty="Todavía no hay protocolos.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def begin_protocol(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a protocol from a ready one, or from nothing."""
    form = BeginProtocolForm(request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        model = READY.get(fields["model"])
        row = save_protocol(
            institution=access.institution, actor=access.user, now=current_time(), name=fields["name"],
            kind=model.kind if model else ProtocolKind.OWN, intro=model.intro if model else "",
            items=model.items if model else _BLANK,
        )  # fmt: skip
        return redirect(_ONE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title="Nuevo protocolo", submit="Crear",
        back_url=reverse(_LIST, args=[access.institution.slug]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ChecklistRight.DESIGN)
def protocol(request: HttpRequest, access: Access, protocol_id: int) -> HttpResponse:
    """Change a protocol as its next version."""
    row = protocol_of(access.institution, protocol_id)
    if row is None:
        raise Http404(str(protocol_id))
    form, name = ProtocolForm(row, request.POST or None), row.name
    words: Words = {"items": in_words, "kind": _kind}

    meanwhile: Sequence[Any] = ()
    is_sent = form.is_bound and not rearranged(form)
    if is_sent and form.is_valid():
        fields = dict(form.cleaned_data)
        items = read_items(fields.pop("rows"), _standing(access, row).items)
        try:
            save_protocol(
                institution=access.institution, actor=access.user, now=current_time(), protocol=row,
                items=items, **fields,
            )  # fmt: skip
            messages.success(request, "Protocolo guardado.")
            return redirect(_LIST, access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = overtaken(form, refused, row, words)
    context = {
        "form": form, "row": row, "title": name, "meanwhile": meanwhile, "versions": history(row, words),
        "zone": access.institution.zone, "back_url": reverse(_LIST, args=[access.institution.slug]),
        "back_words": "Protocolos de visita",
    }  # fmt: skip
    return render(request, "surveys/workspace/edit.html", context, status=422 if is_sent else 200)


def _standing(access: Access, row: Protocol) -> Protocol:
    return protocol_of(access.institution, row.pk) or row


def _kind(value: str) -> str:
    return str(ProtocolKind(value).label)
