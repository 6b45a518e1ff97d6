# SPDX-License-Identifier: EUPL-1.2
"""The pages of figures by what people told of themselves, by territory on a map, and of its shapes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.figures.profiles import months_over, periods_over, profile, traits_of
from siac.indicators.figures.wording import window_name
from siac.indicators.maps.commands import MOST_BYTES, load_shapes
from siac.indicators.maps.drawing import map_of
from siac.indicators.maps.territory import TERRITORY, territory_names
from siac.indicators.models import TerritoryShapes
from siac.infra.metrics import Metric, metric, source
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.forms import Form, SheetField
from siac.ui.public import refusal_text


class ShapesForm(Form):
    """A file of shapes, who made them, and where it has the codes."""

    file = SheetField(
        label="Archivo GeoJSON", most=MOST_BYTES, widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
        help_text="Áreas en grados (WGS 84), con el código del país en una propiedad. Hasta 8 MB.",
    )  # fmt: skip
    source = forms.CharField(
        label="Fuente y licencia", max_length=200, help_text="Aparece debajo de cada mapa.",
        error_messages={"required": "Escriba de dónde son las formas."},
    )  # fmt: skip
    property_name = forms.CharField(
        label="Propiedad que trae el código", max_length=200, required=False,
        help_text="Vacío: la que más territorios nombre.",
    )  # fmt: skip

    def __init__(self, *args: Any, standing: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if standing:
            self.fields["replaces"] = forms.BooleanField(
                label=f"Reemplazar las {standing} áreas que hay",
                error_messages={"required": "Ya hay formas: márquelo para reemplazarlas."},
            )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(IndicatorRight.KEEP)
def shapes(request: HttpRequest, access: Access) -> HttpResponse:
    """Show which territories have a shape, and take others."""
    body = access.institution
    row_ = TerritoryShapes.objects.filter(institution=body).select_related("loaded_by").first()
    form = ShapesForm(request.POST or None, request.FILES or None, standing=len(row_.areas) if row_ else 0)
    if form.is_valid():
        fields = form.cleaned_data
        try:
            row = load_shapes(
                institution=body, content=fields["file"].read(), source=fields["source"],
                property_name=fields["property_name"], replaces=bool(row_), actor=access.user,
                now=current_time(),
            )  # fmt: skip
            messages.success(request, f"Formas de {len(row.areas)} territorios guardadas.")
            return redirect("workspace:indicators:shapes", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused), "file")
    names = territory_names(body) if row_ else {}
    context = {
        "form": form,
        "shapes": row_,
        "named": [(names.get(code, code), path) for code, path in row_.areas.items()] if row_ else [],
    }
    return render(
        request, "indicators/workspace/shapes.html", context, status=422 if request.method == "POST" else 200
    )


@require_safe
@staff_page(StaffRight.FIGURES)
def people(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show what a metric says of a month or a year by what people told of themselves, small groups hidden."""
    of, institution = _metric(key), access.institution
    today = institution.local_date(current_time())
    traits, periods = {each.address: each for each in traits_of(of)}, periods_over(today)
    if not traits:
        raise Http404(key)
    trait = traits.get(request.GET.get("rasgo", ""), next(iter(traits.values())))
    period = periods.get(request.GET.get("en", ""), months_over(today)[0])
    told = profile(institution, of, trait, period, today=today)
    is_territory = trait.key == TERRITORY
    shapes_ = TerritoryShapes.objects.filter(institution=institution).first() if is_territory else None
    context = {
        "metric": of,
        "profile": told,
        "map": map_of(told, shapes_) if shapes_ else None,
        "wants_shapes": is_territory and shapes_ is None and access.has(IndicatorRight.KEEP),
        "period": window_name(period),
        "traits": [(address, each.title, each is trait) for address, each in traits.items()],
        "periods": [(code, window_name(each), each == period) for code, each in periods.items()],
        "least": institution.smallest_group,
        "things": source(of.of.source).things.many,
    }
    return render(request, "indicators/workspace/people.html", context)


def _metric(key: str) -> Metric:
    try:
        return metric(key)
    except KeyError:
        raise Http404(key) from None
