# SPDX-License-Identifier: EUPL-1.2
"""What is filled in of a draft: the measurement, a comment, its answer, the decision."""

from typing import Any

from django import forms
from django.http import QueryDict

from siac.countries.public import Duty
from siac.organizations.public import Institution
from siac.surveys.domain.bonus import LEY_20342
from siac.surveys.drafts.models import Draft, DraftComment, Verdict
from siac.surveys.drafts.queries import steps_of
from siac.surveys.queries import surveys
from siac.surveys.step_fields import step_rows, steps_field
from siac.ui.forms import BLANK, Form, PickedDay, basis_field, text_field

_KEPT = (
    "name", "population", "sample", "measured_by", "first_on", "last_on", "good_from", "bad_to",
)  # fmt: skip


def _line(label: str, missing: str, limit: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, help_text=help_text, error_messages={"required": missing}
    )


def _mark(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=10, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba una nota.", "invalid": "Escriba una nota.",
            "min_value": "Escriba una nota de 0 a 10.", "max_value": "Escriba una nota de 0 a 10.",
        },
    )  # fmt: skip


class DraftForm(Form):
    """A measurement as it is meant to be carried out."""

    name = _line("Nombre", "Escriba el nombre.", 150, "Por ejemplo, «Satisfacción neta 2026».")
    survey_id = forms.TypedChoiceField(
        label="Encuesta", coerce=int, help_text="Con las preguntas que tiene hoy.",
        error_messages={"required": "Elija la encuesta.", "invalid_choice": "Elija la encuesta."},
    )  # fmt: skip
    population = text_field("A quiénes se pregunta", limit=600, rows=2)
    sample = text_field("Cómo se eligen, y cuántas personas", limit=600, rows=2)
    measured_by = _line("Quién mide", "Escriba quién mide.", 200, "La unidad, o la entidad externa.")
    first_on = PickedDay(label="Se mide desde")
    last_on = PickedDay(label="Se mide hasta")
    good_from = _mark("Una nota es buena desde")
    bad_to = _mark("Una nota es deficiente hasta")
    demanded = steps_field("Crecimiento exigido", "Desde qué índice anterior se exigen cuántos puntos.")
    paid = steps_field("Bono que se paga", "Desde qué parte de lo exigido se paga cuánto, en por ciento.")
    open_until = PickedDay(label="Recibe comentarios hasta", required=False)

    def __init__(
        self, institution: Institution, draft: Draft | None = None, data: QueryDict | None = None
    ) -> None:
        law = Duty.SATISFACTION_BONUS in institution.country.duties
        initial: dict[str, Any] = {"good_from": 6, "bad_to": 4}
        demanded, paid = LEY_20342.demanded, LEY_20342.paid
        if draft is not None:
            initial = {name: getattr(draft, name) for name in (*_KEPT, "survey_id")}
            demanded = steps_of(draft.demanded) or demanded
            paid = steps_of(draft.paid) or paid
        super().__init__(data, initial=initial | {"demanded": step_rows(demanded), "paid": step_rows(paid)})
        known = [(pk, row.name) for pk, row in surveys(institution).items() if row.asked.main_question]
        self.fields["survey_id"].choices = [BLANK, *known]  # type: ignore[attr-defined]
        self.fields["open_until"].help_text = (
            "Vacío: sigue como está. Con un día, se abre otra vez para todo el personal y las asociaciones."
            if draft is not None and draft.comments_until
            else "Vacío: nadie más lo ve todavía."
        )
        self.fields["based_on"] = basis_field(draft.version if draft else None)
        if not law:
            del self.fields["demanded"], self.fields["paid"]


class CommentForm(Form):
    """What somebody says of a draft."""

    text = text_field("Su comentario", limit=2000, rows=6, missing="Escriba su comentario.")


class AnswerForm(Form):
    """Whether a comment is accepted, and why."""

    verdict = forms.ChoiceField(
        label="Respuesta", choices=Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija una respuesta."},
    )  # fmt: skip
    why = text_field("Por qué", limit=1000, rows=4, missing="Escriba por qué.")

    def __init__(self, row: DraftComment, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"verdict": row.verdict, "why": row.why})
        self.fields["based_on"] = basis_field(row.version)


class DecisionForm(Form):
    """What is decided."""

    decision = text_field("Qué se decide", limit=2000, rows=5, missing="Escriba qué se decide.")

    def __init__(self, draft: Draft, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["based_on"] = basis_field(draft.version)


class AssociationForm(Form):
    """An association of staff that is asked."""

    name = _line("Nombre de la asociación", "Escriba el nombre.", 150)
