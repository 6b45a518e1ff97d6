# SPDX-License-Identifier: EUPL-1.2
"""The form of a report of one's own: its sections are rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms

from siac.accounts.public import Role
from siac.indicators.public import NamesOf, names_read_once, of_results
from siac.infra.metrics import metrics
from siac.organizations.public import ROLE_NAMES, Institution, StaffRight
from siac.reporting.domain.own import MOST_SECTIONS, TEXT_LIMIT, SectionKind, Shown
from siac.reporting.models import EachLabel, OwnReport
from siac.reporting.own.describing import KINDS, SHOWN, kept_of
from siac.ui.forms import BLANK, Form, text_field
from siac.ui.rows import RowForm, RowsField


def indicators_of(institution: Institution) -> dict[int, str]:
    """Return the indicators that have results to tell, by key, by name (1 SQL)."""
    return dict(of_results(institution).order_by("name", "pk").values_list("pk", "name"))


class SectionRow(RowForm):
    """A section: a figure, an indicator or words."""

    widths = {"title": "wide", "metric": "line", "asked": "line", "indicator": "line", "text": "line"}
    asked_by = {
        "metric": SectionKind.FIGURE.value,
        "asked": SectionKind.FIGURE.value,
        "shown": SectionKind.FIGURE.value,
        "indicator": SectionKind.INDICATOR.value,
        "text": SectionKind.WORDS.value,
    }

    kind = forms.ChoiceField(
        label="Sección",
        choices=[(each.value, words) for each, words in KINDS.items()],
        initial=SectionKind.FIGURE.value,
        error_messages={"invalid_choice": "Elija de la lista."},
    )
    title = forms.CharField(
        label="Título (vacío: el de la cifra o indicador)", required=False, max_length=120
    )
    metric = forms.ChoiceField(
        label="Cifra", required=False, error_messages={"invalid_choice": "Elija una cifra de la lista."}
    )
    shown = forms.ChoiceField(
        label="Qué se muestra",
        choices=[(each.value, words) for each, words in SHOWN.items()],
        initial=Shown.MONTHS.value,
        required=False,
        error_messages={"invalid_choice": "Elija de la lista."},
    )
    asked = forms.CharField(
        label="Filtros y forma, como en la dirección de la cifra", required=False, max_length=1000
    )
    indicator = forms.ChoiceField(
        label="Indicador",
        required=False,
        error_messages={"invalid_choice": "Elija un indicador de la lista."},
    )
    text = text_field("Texto", required=False, limit=TEXT_LIMIT, rows=4)

    def __init__(
        self,
        *args: Any,
        institution: Institution,
        today: date,
        names: NamesOf,
        indicators: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.institution, self.today, self.names = institution, today, names
        listed: Any = self.fields["metric"]
        listed.choices = [BLANK, *sorted(((e.key, e.title) for e in metrics()), key=lambda item: item[1])]
        known: Any = self.fields["indicator"]
        known.choices = [BLANK, *((str(pk), name) for pk, name in indicators.items())]

    def clean(self) -> dict[str, Any]:
        """Keep of a section what its kind has, and nothing else."""
        data, kind = self.cleaned_data, self.cleaned_data.get("kind")
        if kind is None:
            return data
        kept: dict[str, Any] = {"kind": kind, "title": data.get("title", "")}
        if kind == SectionKind.FIGURE:
            return self._figure(kept)
        if kind == SectionKind.INDICATOR:
            if not data.get("indicator") and "indicator" not in self.errors:
                self.add_error("indicator", "Elija el indicador.")
                return kept
            return {**kept, "indicator": int(data.get("indicator") or 0)}
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Escriba el texto.")
        return {**kept, "text": data.get("text", "")}

    def _figure(self, kept: dict[str, Any]) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("metric"):
            if "metric" not in self.errors:
                self.add_error("metric", "Elija la cifra.")
            return kept
        typed = data.get("asked", "")
        asked = kept_of(self.institution, data["metric"], typed, today=self.today, names=self.names)
        if asked is None and "asked" not in self.errors:
            self.add_error(
                "asked",
                "La cifra no se puede pedir así. Ábrala en «Cifras», filtre y copie su dirección.",
            )
        shown = data.get("shown") or Shown.MONTHS.value
        return {**kept, "metric": data["metric"], "asked": asked or {}, "shown": shown}


class OwnReportForm(Form):
    """A report: what it is called, of which periods it is, and its sections."""

    title = forms.CharField(label="Título", max_length=120, error_messages={"required": "Escriba el título."})
    intro = text_field("Presentación", required=False, limit=TEXT_LIMIT, rows=3)
    every = forms.ChoiceField(
        label="De qué período",
        choices=EachLabel.choices,
        help_text="El informe muestra el último que haya terminado; desde su página se ven los anteriores.",
        error_messages={"invalid_choice": "Elija de la lista."},
    )
    contents = RowsField(
        SectionRow,
        label="Secciones",
        help_text=(
            "Lo más fácil: abra la cifra en «Cifras», elija sus filtros y presione «Agregar a un informe»."
        ),
        thing="Sección",
        add="Agregar sección",
        limit=MOST_SECTIONS,
    )
    is_frozen = forms.BooleanField(
        label="Dejar fijo cada período por sí solo",
        required=False,
        help_text="Seis días después de terminar, en PDF. A pedido se puede siempre.",
    )
    told = forms.MultipleChoiceField(
        label="Avisar por correo de cada copia a",
        choices=[(role.value, ROLE_NAMES[role]) for role in Role if role in StaffRight.FIGURES.held_by],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Elija de la lista."},
    )
    is_active = forms.BooleanField(label="En uso", required=False, initial=True)

    def __init__(self, institution: Institution, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contents"].row = partial(  # type: ignore[attr-defined]
            SectionRow,
            institution=institution,
            today=today,
            names=names_read_once(institution),
            indicators=indicators_of(institution),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for something to tell."""
        if not self.cleaned_data.get("contents") and "contents" not in self.errors:
            self.add_error("contents", "Agregue al menos una sección.")
        return self.cleaned_data


def filled(row: OwnReport | None, more: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return what the form of a report shows, with `more` sections after its own. No SQL."""
    kept = [*(row.sections if row else ()), *more]
    sections = [{**each, "asked": urlencode(each.get("asked", {}))} for each in kept]
    if row is None:
        return {"every": EachLabel.MONTH, "is_active": True, "contents": sections}
    said = {name: getattr(row, name) for name in ("title", "intro", "every", "told", "is_active")}
    return {**said, "is_frozen": row.frozen_since is not None, "contents": sections}
