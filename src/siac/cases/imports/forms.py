# SPDX-License-Identifier: EUPL-1.2
"""Forms of the import wizard: the file, and which column gives which field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from siac.cases.imports.column_texts import DATE_ORDERS, ENCODING_NAMES, FIELD_NAMES
from siac.cases.imports.layouts import Layout, Reading, header_key, parse_layout
from siac.cases.imports.registers import Register, registers
from siac.cases.models import CASES_REGISTER
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.ui.forms import Form
from siac.ui.public import refusal_text

NOTHING = "-"
"""The choice that says that a word is left blank."""
_LEFT = {"topic": "Crear como tema que no se ofrece"}


class UploadForm(Form):
    """The file of the register, and what sort of register it is."""

    sort = forms.ChoiceField(
        label="Qué trae el archivo",
        widget=forms.RadioSelect,
        error_messages={"required": "Elija qué trae el archivo.", "invalid_choice": "Elija de la lista."},
    )
    register = forms.FileField(
        label="Archivo del registro",
        help_text="CSV o XLSX de hasta 100 MB. Puede tener títulos encima de los nombres de las columnas.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Elija el archivo.", "empty": "El archivo está vacío."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"].choices = [(each.code, each.title) for each in registers()]  # type: ignore[attr-defined]
        self.fields["sort"].initial = CASES_REGISTER


class LayoutForm(Form):
    """Which column gives each field of a register; filled in with what is saved or suggested."""

    def __init__(
        self,
        institution: Institution,
        headers: list[str],
        layout: Layout,
        *args: Any,
        register: Register,
        updates: bool = False,
        without: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers, self.layout, self.register, self.shape = headers, layout, register, register.shape
        self._places = {header_key(name): str(place) for place, name in reversed(list(enumerate(headers)))}
        columns = [("", "Ninguna"), *((str(place), name) for place, name in enumerate(headers))]
        for name in self.shape.fields:
            self._add_columns(name, columns)
            if name in self.shape.dates:
                self.fields[f"{name}_format"] = forms.ChoiceField(
                    label=f"{FIELD_NAMES[name]}: orden",
                    choices=list(DATE_ORDERS.items()),
                    required=False,
                    initial=self._reading(name).format,
                )
            if name in self.shape.valued:
                self._add_values(name)
        for name, (label, choices) in register.fixed(institution).items():
            self.fields[f"{name}_fixed"] = forms.ChoiceField(
                label=label,
                choices=[("", "Según su columna"), *choices],
                required=False,
                initial=self._reading(name).value,
            )
        if register.updates:
            self.fields["updates"] = _updates_field(updates)
        if register.without:
            self.fields["without"] = _without_field(without)
        for field in self.fields.values():
            field.always_asked = True  # type: ignore[attr-defined]  # "Ninguna" says it: no need of "(opcional)"
        self.order_fields(
            [
                name
                for field in self.shape.fields
                for name in (f"{field}_0", f"{field}_fixed", f"{field}_format")
            ]
        )

    def _is_further(self, name: str) -> bool:
        return name.endswith("_values") or name[-1:] in set("12345")

    def main_fields(self) -> list[BoundField]:
        """Return what every register needs: one column a field, the order of
        its dates, or one value for all rows.
        """
        return [self[name] for name in self.fields if not self._is_further(name)]

    def further_fields(self) -> list[BoundField]:
        """Return what few registers need: further columns to join, and what the words of the file
        mean here.
        """
        return [self[name] for name in self.fields if self._is_further(name)]

    @property
    def further_is_used(self) -> bool:
        """Whether any of the further fields has something in it, or something wrong."""
        return any(bound.value() or bound.errors for bound in self.further_fields())

    def _reading(self, name: str) -> Reading:
        return self.layout.get(name, Reading())

    def _add_columns(self, name: str, columns: list[tuple[str, str]]) -> None:
        chosen = [self._places.get(header_key(column), "") for column in self._reading(name).columns]
        for turn in range(self.register.several.get(name, 1)):
            label = FIELD_NAMES[name] if turn == 0 else f"{FIELD_NAMES[name]}: unir con"
            self.fields[f"{name}_{turn}"] = forms.ChoiceField(
                label=label,
                choices=columns,
                required=False,
                initial=chosen[turn] if turn < len(chosen) else "",
            )

    def _add_values(self, name: str) -> None:
        lines = [f"{old} = {new}" for old, new in self._reading(name).values.items()]
        self.fields[f"{name}_values"] = forms.CharField(
            label=f"{FIELD_NAMES[name]}: qué significa cada valor",
            required=False,
            max_length=5000,
            help_text="Uno por línea: valor en el archivo = valor aquí.",
            widget=forms.Textarea(attrs={"rows": 3}),
            initial="\n".join(lines),
        )

    def clean(self) -> dict[str, Any]:
        """Put the choices together as a layout, kept in `chosen`."""
        data = super().clean() or {}
        raw = {name: self._chosen(name, data) for name in self.shape.fields}
        told = {
            name: options for name, options in raw.items() if options.get("columns") or options.get("value")
        }
        for name, value in self.shape.defaults.items():
            told.setdefault(name, {"value": value})
        for name in self.shape.required:
            if name not in told:
                self.add_error(f"{name}_0", f"Diga qué columna trae: {FIELD_NAMES[name]}.")
        for name in self.shape.dates & set(told):
            if not data.get(f"{name}_format"):
                self.add_error(
                    f"{name}_format", "Estas fechas se pueden leer de dos maneras: diga cuál es el orden."
                )
        if not self.errors:
            try:
                self.chosen = parse_layout({"fields": told}, self.shape)
            except Refused as refused:
                raise ValidationError(refusal_text(refused)) from refused
        return data

    def _chosen(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        if data.get(f"{name}_fixed"):
            return {"value": data[f"{name}_fixed"]}
        places = [data.get(f"{name}_{turn}") for turn in range(self.register.several.get(name, 1))]
        kept = self._reading(name)
        columns = list(dict.fromkeys(self.headers[int(place)] for place in places if place))
        if not columns:
            return {"value": kept.value} if kept.value and name not in self.shape.valued else {}
        options = kept.stored() | {"columns": columns}
        options.pop("value", None)
        if name == "original_number" and len(columns) > 1 and "join" not in options:
            options["join"] = "-"
        if name == "body":
            options["labelled"] = len(columns) > 1
        if name in self.shape.dates:
            options["format"] = data.get(f"{name}_format") or "dmy"
        if name in self.shape.valued:
            options["values"] = self._values(name, data.get(f"{name}_values", ""))
        return options

    def _values(self, name: str, text: str) -> dict[str, str]:
        lines = [line for line in text.splitlines() if line.strip()]
        pairs = [[part.strip() for part in line.rsplit("=", 1)] for line in lines]
        if any(len(pair) != 2 for pair in pairs):
            self.add_error(f"{name}_values", "Escriba cada línea como: valor en el archivo = valor aquí.")
            return {}
        return dict(pairs)


def _updates_field(chosen: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label="Poner al día las que ya están",
        required=False,
        initial=chosen,
        help_text=(
            "Para una copia de un registro ajeno que se trae una y otra vez, como la "
            "plataforma nacional de reclamos. Lo que usted respondió aquí no cambia."
        ),
    )


def _without_field(chosen: bool) -> forms.BooleanField:
    return forms.BooleanField(
        label="Cargar sin el documento, el correo o el teléfono que estén mal escritos",
        required=False,
        initial=chosen,
        help_text=(
            "La solicitud entra y ese dato queda en blanco. Si no "
            "lo marca, la fila queda fuera hasta que lo corrija."
        ),
    )


class SourceForm(Form):
    """How the file is read: sheet, encoding, row of the names of the columns."""

    def __init__(
        self, sheets: list[str], lines: list[int], source: Mapping[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if sheets:
            self.fields["sheet"] = forms.ChoiceField(
                label="Hoja",
                choices=[("", "La primera que es una tabla"), *((name, name) for name in sheets)],
                required=False,
                initial=source.get("sheet", ""),
            )
        else:
            self.fields["encoding"] = forms.ChoiceField(
                label="Codificación",
                choices=[("", "La que se descubra"), *ENCODING_NAMES.items()],
                required=False,
                initial=source.get("encoding", ""),
                help_text="Si ve «Ã³» donde debe decir «ó», pruebe con otra.",
            )
        rows = [("0", "La que se descubra"), *((str(line), f"Fila {line}") for line in lines)]
        self.fields["header"] = forms.ChoiceField(
            label="Fila con los nombres de las columnas", choices=rows, initial=str(source.get("header", 0))
        )
        for field in self.fields.values():
            field.always_asked = True  # type: ignore[attr-defined]


class MeaningsForm(Form):
    """What each word that the body does not know stands for."""

    def __init__(
        self,
        unknown: Mapping[str, Mapping[str, int]],
        choices: Mapping[str, Sequence[tuple[str, str]]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words: dict[str, tuple[str, str]] = {}
        """(field of the register, word) by the name of the field of the form."""
        for name, values in unknown.items():
            for place, (value, count) in enumerate(values.items()):
                key = f"{name}_{place}"
                self.words[key] = (name, value)
                self.fields[key] = forms.ChoiceField(
                    label=f"{FIELD_NAMES[name]}: «{value}» ({count})",
                    choices=[("", _LEFT.get(name, "Sin decidir")), *choices[name]],
                    required=False,
                )
                self.fields[key].always_asked = True  # type: ignore[attr-defined]

    def meanings(self) -> dict[str, dict[str, str]]:
        """Return the words that were given a meaning, by field."""
        told: dict[str, dict[str, str]] = {}
        for key, (name, word) in self.words.items():
            chosen = self.cleaned_data.get(key, "")
            if chosen:
                told.setdefault(name, {})[word] = "" if chosen == NOTHING else chosen
        return told
