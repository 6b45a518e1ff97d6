# SPDX-License-Identifier: EUPL-1.2
"""Configuration of the kinds of request: name, clock, rights, questions."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import ask_again
from siac.cases.kinds.commands import save_kind
from siac.cases.kinds.form_rows import IN_WORDS
from siac.cases.kinds.forms import KindForm, TryKindForm
from siac.cases.kinds.trying import Tried, TriedKind, try_kind
from siac.cases.models import Approver, CaseKind, Erases, Nature, Reader
from siac.cases.queries import kinds
from siac.clocks.public import book_for, rule_text
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Change,
    Institution,
    StaffRight,
    Words,
    colleagues,
    history,
    overtaken,
    setup_tabs,
    staff_page,
    unit_tree,
)
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list, yes_or_no
from siac.ui.rows import rearranged


@require_safe
@staff_page(StaffRight.SETUP)
def kind_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the kinds."""
    institution = access.institution
    book = book_for(institution)
    rows = [
        Row(
            (
                kind.name,
                kind.get_nature_display(),
                rule_text(book.latest(kind.rule_id)),
                yes_or_no(kind.on_portal),
                yes_or_no(kind.is_active),
            ),
            reverse("workspace:kinds:kind", args=[institution.slug, pk]),
        )
        for pk, kind in kinds(institution).items()
    ]
    return record_list(
        request,
        title="Tipos de solicitud",
        columns=("Nombre", "Naturaleza", "Regla del plazo", "En el portal", "Activo"),
        rows=rows,
        tabs=setup_tabs(institution),
        add=("Agregar tipo", reverse("workspace:kinds:kind_new", args=[institution.slug])),
    )


def _tried(institution: Institution, form: KindForm, trial: TryKindForm) -> Tried | None:
    """Return what the kind as typed would do, saved or not; what is wrong stands on the two forms
    afterwards.
    """
    form.is_valid(), trial.is_valid()
    needed = ("rule_id", "standard_days", "standard_rule", "unit_days", "unit", "ladder")
    for name in set(form.errors) - set(needed):
        del form.errors[name]  # a name or a code still missing does not keep anyone from trying
    if form.errors or trial.errors:
        return None
    data = form.cleaned_data
    unit = data["unit"]
    kind = TriedKind(
        data["rule_id"],
        data["standard_days"],
        data["standard_rule"],
        data["unit_days"],
        unit.pk if unit else None,
        data["ladder"],
    )
    on = trial.cleaned_data["on"] or institution.local_date(current_time())
    at, channel = trial.cleaned_data["at"], trial.cleaned_data["channel"] or "web"
    try:
        return try_kind(institution, kind, on=on, at=at, channel=channel)
    except Refused as refused:
        trial.refuse(refusal_text(refused))
        return None


def _words(institution: Institution) -> Words:
    """Return how the columns of a kind are worded in its history (1 SQL)."""
    nodes, by_id = unit_tree(institution).nodes, dict(colleagues(institution))
    return {
        **IN_WORDS,
        "nature": lambda value: Nature(value).label,
        "approver": lambda value: Approver(value).label,
        "unit_id": lambda pk: nodes[pk].name if pk in nodes else "",
        "retention_erases": lambda codes: "; ".join(Erases(code).label for code in codes),
        "readers": lambda codes: ", ".join(Reader(code).label for code in codes),
        "named_readers": lambda ids: ", ".join(by_id.get(pk, "alguien que ya no trabaja aquí") for pk in ids),
    }


def _retention(fields: Mapping[str, Any]) -> tuple[int | None, list[str]]:
    """Return how long is kept and what is erased then."""
    return fields["retention_months"], sorted(fields["retention_erases"])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def kind(request: HttpRequest, access: Access, kind_id: int | None = None) -> HttpResponse:
    """Add or change a kind."""
    institution = access.institution
    row = CaseKind.objects.filter(institution=institution, pk=kind_id).first() if kind_id else None
    kept = copy(row)  # the form writes what was typed on the row it is given
    if kind_id and row is None:
        raise Http404(str(kind_id))
    form = KindForm(institution, request.POST or None, instance=row or CaseKind(institution=institution))
    today = institution.local_date(current_time())
    trial = TryKindForm(request.POST or None, prefix="prueba", initial={"on": today, "channel": "web"})
    is_rearranged = form.is_bound and rearranged(form)
    tried = _tried(institution, form, trial) if "probar" in request.POST and not is_rearranged else None
    asks_to_drop = "drop_answered" in request.POST
    words = _words(institution)
    meanwhile: Sequence[Change] = ()
    if form.is_bound and not is_rearranged and "probar" not in request.POST and form.is_valid():
        fields = dict(form.cleaned_data)
        if kept is not None and _retention(fields) != _retention(vars(kept)):
            ask_again(request)
        try:
            save_kind(institution=institution, kind=row, actor=access.user, now=current_time(), **fields)
            messages.success(request, "Tipo guardado. Las solicitudes ya ingresadas conservan su plazo.")
            return redirect("workspace:kinds:kinds", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            meanwhile = overtaken(form, refused, row, words) if row else []
            asks_to_drop = asks_to_drop or refused.code == "kind_question_answered"
    back = reverse("workspace:kinds:kinds", args=[institution.slug])
    if not asks_to_drop:
        del form.fields["drop_answered"]
    context = {
        "title": kept.name if kept else "Nuevo tipo de solicitud",
        "form": form,
        "back_url": back,
        "trial": trial,
        "tried": tried,
        "versions": history(kept, words) if kept else [],
        "meanwhile": meanwhile,
        "note": "Cada solicitud guarda la versión con que ingresó.",
        "institution": institution,
    }
    status = 422 if form.is_bound and not is_rearranged and tried is None else 200
    return render(request, "cases/workspace/kind.html", context, status=status)
