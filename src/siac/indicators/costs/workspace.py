# SPDX-License-Identifier: EUPL-1.2
"""The costs that a body told: their list and the form of one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.indicators.costs.commands import save_cost
from siac.indicators.costs.measuring import ALL_CHANNELS
from siac.indicators.costs.reading import channels
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.figures.wording import number_words
from siac.indicators.models import MOST_COST, AttentionCost
from siac.organizations.public import Access, Histories, Institution, staff_page
from siac.ui.forms import Form
from siac.ui.records import Records


class CostForm(Form):
    """What attending cost in a year."""

    year = forms.IntegerField(label="Año", min_value=EARLIEST.year, max_value=8999, help_text="Ya terminado.")
    channel = forms.ChoiceField(
        label="Canal",
        required=False,
        help_text="De un año se dice un costo para todos, o uno por canal; no las dos cosas.",
    )
    amount = forms.IntegerField(
        label="Cuánto costó atender ese año",
        min_value=1,
        max_value=MOST_COST,
        help_text="En moneda del país, sin decimales: sueldos, arriendos, servicios.",
    )
    source = forms.CharField(
        label="De dónde sale",
        max_length=200,
        help_text="Por ejemplo: ejecución presupuestaria, centro de costo 210.",
        error_messages={"required": "Escriba de dónde sale el monto."},
    )
    is_active = forms.BooleanField(label="Vigente", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", ALL_CHANNELS), *_names(institution).items()]  # type: ignore[attr-defined]


def _names(institution: Institution) -> dict[str, str]:
    return {code: name for code, name in channels(institution).items() if code}


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    names = _names(access.institution)
    for row in AttentionCost.objects.filter(institution=access.institution).order_by(
        "-year", "channel", "pk"
    ):
        channel = names.get(row.channel, row.channel) or ALL_CHANNELS
        year = str(row.year) if row.is_active else f"{row.year}, sin efecto"
        yield row.pk, [year, channel, number_words(row.amount), row.source]


def _load(access: Access, pk: int) -> AttentionCost | None:
    return AttentionCost.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: AttentionCost | None, data: QueryDict | None) -> Form:
    names = ("year", "channel", "amount", "source", "is_active")
    initial = {name: getattr(row, name) for name in names} if row else None
    return CostForm(access.institution, data, initial=initial)


def _save(access: Access, row: AttentionCost | None, fields: dict[str, Any]) -> None:
    save_cost(institution=access.institution, cost=row, actor=access.user, now=current_time(), **fields)


_COSTS: Records[Access, AttentionCost] = Records(
    title="Costos de atender",
    columns=("Año", "Canal", "Monto", "De dónde sale"),
    listed="workspace:indicators:costs",
    one="workspace:indicators:cost",
    add="Agregar costo",
    new="Nuevo costo",
    saved="Costo guardado. La cifra «Costo por atención» lo toma en unos segundos.",
    cells=_cells,
    load=_load,
    name=lambda row: f"Costo de {row.year}",
    form=_form,
    save=_save,
    history=Histories(
        lambda access: {"channel": lambda code: _names(access.institution).get(code, code) or ALL_CHANNELS}
    ),
    intro="Lo que costó atender cada año. Con ellos se dice la cifra «Costo por atención».",
    empty="Todavía no se ha dicho cuánto costó atender: la cifra «Costo por atención» no dice nada.",
)


@require_safe
@staff_page(IndicatorRight.KEEP)
def cost_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was told of each year."""
    return _COSTS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def cost(request: HttpRequest, access: Access, cost_id: int | None = None) -> HttpResponse:
    """Say what a year cost, or change it."""
    return _COSTS.form_page(request, access, cost_id)
