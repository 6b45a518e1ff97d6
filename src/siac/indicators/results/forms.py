# SPDX-License-Identifier: EUPL-1.2
"""The forms of an indicator and of its results."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from siac.documents.public import FILES_HINT, UploadMixin
from siac.indicators.figures.forms import NO_MEMBER, address_of, dimensions_of
from siac.indicators.models import BetterLabel, FrequencyLabel, Indicator
from siac.indicators.texts import STATISTICS
from siac.infra.metrics import LIMITED, Dimension, Metric
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, FilesField, Form, PickedDay, SheetField

BY_HAND = ""
"""The metric of an indicator whose results are written down."""
WRITTEN_DOWN = "a-mano"
"""How an address says that."""
ONLY = "solo_"
"""Before the key of a dimension: the field that says of which member."""


def _number(label: str, *, required: bool = False, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=9,
        decimal_places=1,
        required=required,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "Escriba un número, por ejemplo 87,5.", "required": "Escriba la meta."},
    )


class IndicatorForm(Form):
    """An indicator: what it says, how it is worked out, its target and who answers for it.

    Of a metric it asks what can be told of that metric and what it may be told apart by; without one (`of` is
    None) its results are written down by hand.
    """

    ALWAYS = ("Qué se mide", ("name", "definition", "statistic", "within", "unit"))
    AIMS = ("Meta", ("target", "near", "better", "frequency", "since"))
    SHEET = (
        "Ficha",
        ("baseline", "responsible_id", "source_words", "instrument", "verification", "is_active"),
    )
    PART = "Solo de una parte"

    name = forms.CharField(
        label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre del indicador."}
    )
    definition = forms.CharField(
        label="Fórmula en palabras",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Qué se divide por qué, para quien lo lee sin conocerlo.",
        error_messages={"required": "Escriba la fórmula en palabras."},
    )
    metric_key = forms.CharField(widget=forms.HiddenInput, required=False)
    statistic = forms.ChoiceField(label="Qué se dice de ella")
    within = forms.IntegerField(
        label="Límite", required=False, min_value=0, max_value=9999,
        help_text="Solo de «Hasta N» y «Más de N»: qué parte no pasa de este valor, o qué parte lo pasa.",
    )  # fmt: skip
    unit = forms.CharField(
        label="Unidad de medida", max_length=40, required=False, help_text="%, días, puntos."
    )
    target = _number("Meta", required=True)
    near = _number("Cerca de la meta desde", help_text="Entre este valor y la meta se muestra «cerca».")
    better = forms.ChoiceField(label="Sentido", required=False)
    baseline = _number("Línea base", help_text="El valor del que se parte, si se conoce.")
    frequency = forms.ChoiceField(label="Cada cuánto hay un resultado", choices=FrequencyLabel.choices)
    since = PickedDay(
        label="Se mide desde",
        help_text="El primer período entero desde ese día ya debe su resultado.",
        error_messages={"required": "Escriba desde qué día se mide."},
    )
    responsible_id = forms.TypedChoiceField(
        label="Unidad responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    source_words = forms.CharField(label="Fuente", max_length=200, required=False)
    instrument = forms.CharField(label="Instrumento", max_length=200, required=False)
    verification = forms.CharField(
        label="Medio de verificación", max_length=300, required=False,
        help_text="Dónde lo comprueba quien no es de la unidad.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Activo", required=False, initial=True)

    def __init__(
        self,
        institution: Institution,
        of: Metric | None,
        *args: Any,
        filters: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        units = [("", "Ninguna"), *unit_options(institution)]
        self.fields["responsible_id"].choices = units  # type: ignore[attr-defined]
        self.fields["metric_key"].initial = of.key if of else BY_HAND
        self.dimensions = dimensions_of(of) if of else []
        for each in self.dimensions:
            self.fields[f"{ONLY}{each.key}"] = _only(each, institution, (filters or {}).get(each.key, ()))
        self.fields["better"].choices = [  # type: ignore[attr-defined]
            ("", "Lo usual de esa cifra" if of else "Más es mejor"), *BetterLabel.choices
        ]  # fmt: skip
        if of is None:
            del self.fields["statistic"], self.fields["within"]
            return
        del self.fields["unit"]
        usual, *others = [(each.value, STATISTICS[each]) for each in of.statistics]
        self.fields["statistic"].choices = [usual, *others]  # type: ignore[attr-defined]
        if not set(of.statistics) & set(LIMITED):
            del self.fields["within"]
        if not others:
            del self.fields["statistic"]

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields in parts, each with its heading."""
        only = self.PART, tuple(f"{ONLY}{each.key}" for each in self.dimensions)
        hidden = [name for name, field in self.fields.items() if isinstance(field.widget, forms.HiddenInput)]
        parts = [(self.ALWAYS[0], (*hidden, *self.ALWAYS[1])), self.AIMS, only, self.SHEET]
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in parts]
        return [(title, fields) for title, fields in found if fields]

    @property
    def folded(self) -> list[str]:
        """The parts that few need."""
        return [self.PART, self.SHEET[0]]

    @property
    def saved(self) -> dict[str, Any]:
        """What was typed, as `save_indicator` takes it."""
        fields = {"statistic": "", "within": None, "unit": "", **self.cleaned_data}
        chosen = {each.key: fields.pop(f"{ONLY}{each.key}") for each in self.dimensions}
        return {**fields, "filters": {key: _parted(code) for key, code in chosen.items() if code}}


def _only(each: Dimension, institution: Institution, kept: Sequence[str]) -> forms.ChoiceField:
    """Return the field that says of which member of a dimension."""
    names = each.names(institution)
    members = [(address_of(code), name) for code, name in names.items()]
    if len(kept) > 1:  # a library entry may count several at once: they stay unless another is chosen
        members.insert(0, (_joined(kept), ", ".join(names.get(code, code) for code in kept)))
    return forms.ChoiceField(
        label=each.title,
        required=False,
        choices=[("", "Cualquiera"), *members],
        error_messages={"invalid_choice": "Elija una opción de la lista."},
    )


def _joined(members: Sequence[str]) -> str:
    return ",".join(address_of(code) for code in members)


def _parted(chosen: str) -> list[str]:
    return ["" if code == NO_MEMBER else code for code in chosen.split(",")]


def filled(indicator: Indicator) -> dict[str, Any]:
    """Return what the form of an indicator shows before anything is typed."""
    names = (
        "name", "definition", "statistic", "within", "unit", "target", "near", "better", "baseline",
        "frequency", "since", "responsible_id", "instrument", "verification", "is_active",
    )  # fmt: skip
    shown = {name: getattr(indicator, name) for name in names}
    shown |= {"metric_key": indicator.metric, "source_words": indicator.source}
    return shown | {f"{ONLY}{key}": _joined(members) for key, members in indicator.filters.items()}


class ReasonForm(Form):
    """Why a result is revised."""

    reason = forms.CharField(
        label="Por qué se revisa",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba por qué."},
    )


class WrittenForm(Form):
    """A figure that is written down by hand."""

    value = _number("Resultado", required=True)
    note = forms.CharField(
        label="De dónde viene",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="El documento o la medición, para quien la compruebe.",
        error_messages={"required": "Escriba de dónde viene la cifra."},
    )


class EarlierForm(Form):
    """A sheet of results from before the system."""

    sheet = SheetField(
        label="Su planilla", most=1024 * 1024, help_text="CSV, XLSX u ODS, hasta 1 MB y 5.000 filas."
    )


class NoteForm(UploadMixin, Form):
    """What somebody writes about a result, and the files that prove it."""

    body = forms.CharField(
        label="Análisis o explicación",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escriba el texto."},
    )
    attachments = FilesField(label="Archivos de evidencia", required=False, help_text=FILES_HINT)
    dated_on = PickedDay(
        label="Fecha de la evidencia", required=False,
        help_text="El día del que hablan los archivos, si lo dicen. Cuándo llegaron se anota solo.",
    )  # fmt: skip
