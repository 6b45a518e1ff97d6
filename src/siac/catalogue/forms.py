# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about a service."""

from collections.abc import Sequence
from typing import Any

from django import forms

from siac.catalogue.domain.services import LONGEST, ROWS, Audience
from siac.catalogue.models import Service
from siac.catalogue.queries import topics
from siac.catalogue.texts import AudienceLabel, ChannelLabel, ClockLabel, TimeUnit
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, Form, basis_field
from siac.ui.rows import RowForm, RowsField, row_codes


def _line(label: str, limit: int = 200, *, required: bool = True, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=required,
        error_messages={"required": missing or "Escriba algo o quite la fila."},
    )  # fmt: skip


def _address() -> forms.URLField:
    return forms.URLField(
        label="Enlace", required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": "Escriba una dirección que empiece con https://."},
    )  # fmt: skip


class RequirementRow(RowForm):
    """Something the person brings."""

    widths = {"text": "wide"}
    text = _line("Qué")
    where = _line("Dónde se obtiene", required=False)


class StepRow(RowForm):
    """Something the person does."""

    widths = {"text": "line"}
    text = _line("Paso", 300)


class ChannelRow(RowForm):
    """A way by which it is asked for."""

    widths = {"how": "wide"}
    channel = forms.ChoiceField(label="Por dónde", choices=ChannelLabel.choices)
    how = _line("Cómo", 300, required=False)
    url = _address()

    def has_changed(self) -> bool:
        """Return whether it says more than the first way of the list."""
        return bool({"how", "url"} & set(self.changed_data)) or bool(self.initial)


class LegalRow(RowForm):
    """A law it rests on."""

    widths = {"norm": "wide"}
    norm = _line("Norma y artículo", 250)
    url = _address()


class ProcessRow(RowForm):
    """Something the body does."""

    widths = {"step": "line", "amount": "narrow"}
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    step = _line("Paso", 200)
    unit_id = forms.TypedChoiceField(label="Quién lo hace", required=False, coerce=int, empty_value=None)
    amount = forms.IntegerField(label="Tiempo usual", required=False, min_value=1, max_value=999)
    unit = forms.ChoiceField(label="Unidad", choices=TimeUnit.choices, initial="bd")
    document = _line("Documento", 150, required=False)
    clock = forms.ChoiceField(
        label="Reloj que lo mide", required=False, choices=[("", "Ninguno"), *ClockLabel.choices]
    )


def _rows(row: Any, thing: str, add: str, label: str, help_text: str = "") -> RowsField:
    return RowsField(row, thing=thing, add=add, limit=ROWS, label=label, help_text=help_text)


class ServiceForm(Form):
    """A service."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    audience = forms.ChoiceField(
        label="Para quién es", choices=AudienceLabel.choices, widget=forms.RadioSelect,
        initial=Audience.UNKNOWN.value,
        help_text="Quienes cumplen una obligación también merecen un buen servicio.",
    )  # fmt: skip
    summary = forms.CharField(
        label="Qué es", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En dos o tres frases, como se lo diría a una persona.",
    )  # fmt: skip
    entitled = forms.CharField(
        label="Quién puede", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    requirements = _rows(RequirementRow, "Requisito", "Agregar un requisito", "Qué se necesita")
    steps = _rows(StepRow, "Paso", "Agregar un paso", "Pasos", "Lo que hace la persona, en orden.")
    channels = _rows(ChannelRow, "Vía", "Agregar una vía", "Por dónde se pide")
    cost = forms.CharField(
        label="Costo", required=False, max_length=200, help_text="Por ejemplo: Gratis, o 3.500 pesos."
    )
    legal = _rows(LegalRow, "Norma", "Agregar una norma", "Base legal")
    amount = forms.IntegerField(label="Plazo comprometido", required=False, min_value=1, max_value=999)
    unit = forms.ChoiceField(label="Unidad del plazo", choices=TimeUnit.choices, initial="bd")
    starts_at = forms.CharField(
        label="Desde qué momento", required=False, max_length=150,
        help_text="Por ejemplo: que la solicitud está completa.",
    )  # fmt: skip
    ends_at = forms.CharField(
        label="Hasta qué momento", required=False, max_length=150,
        help_text="Por ejemplo: que se avisa el resultado.",
    )  # fmt: skip
    responsible_id = forms.TypedChoiceField(
        label="Unidad responsable", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    in_charge = forms.CharField(
        label="Cargo responsable", required=False, max_length=150,
        help_text="El cargo, sin el nombre de la persona.",
    )  # fmt: skip
    topic_id = forms.TypedChoiceField(
        label="Tema de las solicitudes", required=False, coerce=int, empty_value=None,
        help_text="Por él se cuentan la demanda y los reclamos del servicio.",
    )  # fmt: skip
    reach = forms.IntegerField(
        label="Personas a las que llega al año", required=False, min_value=0, max_value=999_999_999,
        help_text="Con ella se propone qué servicio necesita una carta. Vacío: no se sabe.",
    )  # fmt: skip
    reach_source = forms.CharField(
        label="De dónde sale esa cifra", required=False, max_length=200,
        help_text="Por ejemplo: matrícula 2026, o padrón de patentes.",
    )  # fmt: skip
    process = _rows(
        ProcessRow, "Paso", "Agregar un paso del proceso", "Proceso interno",
        "Lo que hace el organismo, en orden. No se publica.",
    )  # fmt: skip
    is_active = forms.BooleanField(label="Se presta", required=False, initial=True)
    folded = ("Proceso interno",)
    _parts = (
        ("El servicio", ("name", "audience", "summary", "entitled")),
        ("Cómo se pide", ("requirements", "steps", "channels", "cost", "legal")),
        ("En cuánto tiempo", ("amount", "unit", "starts_at", "ends_at")),
        ("Quién responde", ("responsible_id", "in_charge", "topic_id", "reach", "reach_source", "is_active")),
        ("Proceso interno", ("process", "based_on")),
    )

    def __init__(self, institution: Institution, row: Service | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [("", "Ninguna"), *unit_options(institution)]
        self.fields["responsible_id"].choices = units  # type: ignore[attr-defined]
        names = [("", "Ninguno"), *((pk, topic.name) for pk, topic in topics(institution).items())]
        self.fields["topic_id"].choices = names  # type: ignore[attr-defined]

        def process_row(*given: Any, **more: Any) -> ProcessRow:
            made = ProcessRow(*given, **more)
            made.fields["unit_id"].choices = units  # type: ignore[attr-defined]
            return made

        self.fields["process"].row = process_row  # type: ignore[attr-defined]
        self.known: Sequence[dict[str, Any]] = row.process if row else []
        if row is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(row, name)
        self.fields["based_on"] = basis_field(row.version if row else None)

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self._parts]

    def clean(self) -> dict[str, Any]:
        """Ask where the number of people comes from."""
        data = super().clean() or {}
        if data.get("reach") is not None and not data.get("reach_source"):
            self.add_error("reach_source", "Diga de dónde sale la cifra.")
        return data

    def clean_process(self) -> list[dict[str, Any]]:
        """Give each step of the process the code it keeps."""
        rows = self.cleaned_data["process"]
        labelled = [{**row, "label": row["step"]} for row in rows]
        known = [{**row, "label": row["step"]} for row in self.known]
        codes = row_codes(labelled, known, "p_")
        return [{**row, "code": code} for row, code in zip(rows, codes, strict=True)]
