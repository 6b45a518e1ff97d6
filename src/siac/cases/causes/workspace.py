# SPDX-License-Identifier: EUPL-1.2
"""Causes of complaints: the body's list, and those that come back with the cases behind them."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.access import require_reader
from siac.cases.causes.commands import save_cause
from siac.cases.causes.found import CAUSE
from siac.cases.causes.queries import (
    PERIOD,
    RECURRING,
    CauseCount,
    Lessons,
    lessons,
    list_address,
    measures_by_topic,
)
from siac.cases.models import Cause
from siac.cases.queries import NO_CAUSE, causes
from siac.findings.public import Finding, opening_address, visible_findings
from siac.infra.counting import count_words
from siac.organizations.public import Access, Histories, StaffRight, setup_tabs, staff_page
from siac.ui.charts import Chart, Row
from siac.ui.forms import Form
from siac.ui.records import Records, yes_or_no


class CauseForm(Form):
    """A cause."""

    name = forms.CharField(
        label="Nombre",
        max_length=120,
        help_text="Por ejemplo: demora, trato, información equivocada, falta de mantención.",
        error_messages={"required": "Escriba el nombre."},
    )
    is_active = forms.BooleanField(label="Activa", required=False, initial=True)


@require_safe
@staff_page(StaffRight.FIGURES)
def recurring(request: HttpRequest, access: Access) -> HttpResponse:
    """Show which causes come back, compared with the period before; each number opens its cases."""
    require_reader(access)
    institution = access.institution
    found = lessons(access, today=institution.local_date(current_time()))
    base = reverse("workspace:cases:list", args=[institution.slug])
    shown: list[int | str] = [*causes(institution), NO_CAUSE]
    addresses = {which: f"{base}?{urlencode(list_address(found.first, which))}" for which in shown}
    context = {
        "lessons": found, "chart": _chart(found, addresses), "period": PERIOD, "recurring": RECURRING,
        "remedied": measures_by_topic(access, since=found.first),
        "to_open": _to_open(access, found),
        "uncoded": count_words(found.uncoded), "uncoded_url": addresses[NO_CAUSE],
    }  # fmt: skip
    return render(request, "cases/workspace/causes.html", context)


def _to_open(access: Access, found: Lessons) -> list[tuple[str, str, Finding | None]]:
    """Return the causes that come back: name, the page that opens a finding for whoever keeps them, and the
    newest finding about it that they see (1 SQL, none where no cause does).
    """
    recurrent = [item.cause for item in found.causes if item.is_recurrent]
    if not recurrent:
        return []
    keys = [each.pk for each in recurrent]
    about = visible_findings(access).filter(subject_kind=CAUSE, subject_id__in=keys)
    newest = {row.subject_id: row for row in about.order_by("pk")}
    return [(each.name, opening_address(access, CAUSE, each.pk), newest.get(each.pk)) for each in recurrent]


def _chart(found: Lessons, addresses: Mapping[int | str, str]) -> Chart:
    """Return how often each cause came up, the most frequent first; each number opens its cases."""
    total, most = sum(item.count for item in found.causes), found.causes[0] if found.causes else None
    title = f"La causa más frecuente es «{most.cause.name}»: {most.count} de {total}." if most else ""
    rows = [
        Row(
            f"{item.cause.name} (recurrente)" if item.is_recurrent else item.cause.name, item.count,
            str(item.count), _change(item), url=addresses[item.cause.pk],
        )
        for item in found.causes
    ]  # fmt: skip
    heads = ("Causa", "Reclamos", f"Los {PERIOD} días anteriores", "")
    return Chart(title, "Reclamos de cada causa en el período; el eje empieza en 0.", rows, heads)


def _change(item: CauseCount) -> str:
    if item.more:
        return f"{item.before}; {item.more} más ahora"
    return f"{item.before}; {item.fewer} menos ahora" if item.fewer else f"{item.before}; igual"


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for pk, cause in causes(access.institution).items():
        yield pk, [cause.name, yes_or_no(cause.is_active)]


def _load(access: Access, pk: int) -> Cause | None:
    return Cause.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: Cause | None, data: QueryDict | None) -> Form:
    initial = {"name": row.name, "is_active": row.is_active} if row else None
    return CauseForm(data, initial=initial)


def _save(access: Access, row: Cause | None, fields: dict[str, Any]) -> None:
    save_cause(institution=access.institution, cause=row, actor=access.user, now=current_time(), **fields)


_CAUSES: Records[Access, Cause] = Records(
    title="Causas de reclamos",
    columns=("Causa", "Activa"),
    listed="workspace:kinds:causes",
    one="workspace:kinds:cause",
    add="Agregar causa",
    new="Nueva causa",
    saved="Causa guardada.",
    cells=_cells,
    load=_load,
    name=lambda cause: cause.name,
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(lambda access: {}),
)


@require_safe
@staff_page(StaffRight.SETUP)
def cause_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the causes."""
    return _CAUSES.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def cause(request: HttpRequest, access: Access, cause_id: int | None = None) -> HttpResponse:
    """Add or change a cause."""
    return _CAUSES.form_page(request, access, cause_id)
