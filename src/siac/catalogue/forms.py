# SPDX-License-Identifier: EUPL-1.2
"""What is filled in about a service."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from siac.catalogue.commands.sheets import MOST_FEE
from siac.catalogue.domain.money import amount_words, read_amount
from siac.catalogue.domain.services import LONGEST, LONGEST_CELL, REVIEWED_EVERY, ROWS, Audience, Offering
from siac.catalogue.models import Service, ServiceDraft
from siac.catalogue.queries import topics
from siac.catalogue.texts import AudienceLabel, ChannelLabel, ClockLabel, OfferingLabel, TimeUnit
from siac.documents.public import FILES_HINT, UploadMixin
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import AutocompleteSelect, FilesField, Form, PickedDay, basis_field
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

    widths = {"norm": "wide", "article": "medium"}
    norm = _line("Norma", 250)
    article = _line("Artículo", 60, required=False)
    url = _address()


class FormRow(RowForm):
    """A form that people fill in: behind a link, or a file that came with the sheet."""

    widths = {"title": "wide"}
    file = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = _line("Formulario", 150)
    url = _address()

    def clean(self) -> dict[str, Any]:
        """Ask where it is, where it is no file."""
        data = super().clean() or {}
        if data.get("title") and not data.get("url") and not data.get("file"):
            self.add_error("url", "Escriba el enlace, o suba el archivo más abajo.")
        return data


class QuestionRow(RowForm):
    """A frequent question."""

    widths = {"question": "line", "answer": "line"}
    question = _line("Pregunta", 200)
    answer = forms.CharField(
        label="Respuesta", max_length=LONGEST_CELL, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escriba la respuesta o quite la fila."},
    )  # fmt: skip


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


FREE = "free"
"""Option of the cost: there is none."""


class ServiceForm(UploadMixin, Form):
    """The sheet of a service."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    offering = forms.ChoiceField(
        label="Qué es en el catálogo", choices=OfferingLabel.choices, widget=forms.RadioSelect,
        initial=Offering.SERVICE.value,
    )  # fmt: skip
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
    channels = _rows(
        ChannelRow, "Vía", "Agregar una vía", "Por dónde se pide", "Por cada vía, qué se hace en ella."
    )
    fee_unit = forms.ChoiceField(label="Costo", required=False)
    fee = forms.CharField(
        label="Monto", required=False, max_length=20, help_text="Por ejemplo: 3.500, o 4,50."
    )
    cost = forms.CharField(
        label="Qué más decir del costo", required=False, max_length=200,
        help_text="De qué depende, o quién no paga. Por ejemplo: Sin costo para familias del programa.",
    )  # fmt: skip
    legal = _rows(LegalRow, "Norma", "Agregar una norma", "Base legal")
    form_links = _rows(FormRow, "Formulario", "Agregar un formulario", "Formularios")
    attachments = FilesField(label="Subir formularios", required=False, help_text=FILES_HINT)
    questions = _rows(
        QuestionRow, "Pregunta", "Agregar una pregunta", "Preguntas frecuentes",
        "Se leen en la página y en el mesón, y se encuentran al buscar.",
    )  # fmt: skip
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
    review_on = PickedDay(
        label="Se revisa antes del", required=False,
        help_text="Ese día la ficha vence: alguien mira si todo sigue igual. A más tardar en dos años.",
    )  # fmt: skip
    folded = ("Proceso interno",)
    _parts = (
        ("El servicio", ("name", "offering", "audience", "summary", "entitled")),
        ("Cómo se pide", ("requirements", "steps", "channels")),
        ("Cuánto cuesta", ("fee_unit", "fee", "cost")),
        ("En cuánto tiempo", ("amount", "unit", "starts_at", "ends_at")),
        ("Base legal y formularios", ("legal", "form_links", "attachments")),
        ("Preguntas frecuentes", ("questions",)),
        (
            "Quién responde y cuándo se revisa",
            ("responsible_id", "in_charge", "topic_id", "reach", "reach_source", "review_on"),
        ),
        ("Proceso interno", ("process", "based_on")),
    )

    def __init__(
        self,
        institution: Institution,
        row: Service | ServiceDraft | None,
        today: date,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.money = {each.code: each for each in institution.country.money}
        priced = [(code, each.words[:1].upper() + each.words[1:]) for code, each in self.money.items()]
        nothing = ("", "No se ha dicho, o depende: se explica abajo")
        self.fields["fee_unit"].choices = [nothing, (FREE, "Sin costo"), *priced]  # type: ignore[attr-defined]
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
        if row is None:
            self.fields["review_on"].initial = today + timedelta(days=REVIEWED_EVERY)
        else:
            self._begin_with(row)
        self.fields["based_on"] = basis_field(row.version if row else None)

    def _begin_with(self, row: Service | ServiceDraft) -> None:
        for name in self.fields:
            if hasattr(row, name):
                self.fields[name].initial = getattr(row, name)
        unit = self.money.get(row.fee_unit)
        self.fields["fee_unit"].initial = FREE if row.fee == 0 else row.fee_unit
        self.fields["fee"].initial = amount_words(row.fee, unit.digits) if row.fee and unit else ""

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """Return the fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self._parts]

    def clean(self) -> dict[str, Any]:
        """Ask where the number of people comes from; put the cost as it is kept, in its least parts."""
        data = super().clean() or {}
        self._read_fee(data)
        day = data.get("review_on")
        if day is not None and not self.today < day <= self.today + timedelta(days=2 * REVIEWED_EVERY):
            self.add_error("review_on", "Elija un día que venga, a más tardar en dos años.")
        if data.get("reach") is not None and not data.get("reach_source"):
            self.add_error("reach_source", "Diga de dónde sale la cifra.")
        return data

    def _read_fee(self, data: dict[str, Any]) -> None:
        code, typed = data.get("fee_unit") or "", (data.get("fee") or "").strip()
        unit = self.money.get(code)
        data["fee_unit"], data["fee"] = "", 0 if code == FREE else None
        if unit is None:
            if typed:
                wrong = (
                    "Elija en qué se cobra." if code != FREE else "Si no cuesta nada, deje vacío el monto."
                )
                self.add_error("fee", wrong)
            return
        amount = read_amount(typed, unit.digits)
        if not amount or amount > MOST_FEE:
            decimals = f" con a lo más {unit.digits} decimales" if unit.digits else " sin decimales"
            self.add_error("fee", f"Escriba un monto mayor que cero{decimals}.")
            return
        data["fee_unit"], data["fee"] = code, amount

    def clean_process(self) -> list[dict[str, Any]]:
        """Give each step of the process the code it keeps."""
        rows = self.cleaned_data["process"]
        labelled = [{**row, "label": row["step"]} for row in rows]
        known = [{**row, "label": row["step"]} for row in self.known]
        codes = row_codes(labelled, known, "p_")
        return [{**row, "code": code} for row, code in zip(rows, codes, strict=True)]


class ReturnForm(Form):
    """Why a draft is given back."""

    reason = forms.CharField(
        label="Por qué se devuelve", max_length=500, min_length=5, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Diga por qué la devuelve."},
    )  # fmt: skip


class EndForm(Form):
    """From when a service is not given any more."""

    on = PickedDay(label="Deja de prestarse el", error_messages={"required": "Diga desde qué día."})
    reason = forms.CharField(
        label="Por qué, y a dónde ir", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lo lee quien llegue a su página, que no se borra.",
    )  # fmt: skip


class ReviewForm(Form):
    """By when a sheet is looked at again."""

    review_on = PickedDay(
        label="Se revisa antes del", error_messages={"required": "Diga hasta qué día vale."}
    )
