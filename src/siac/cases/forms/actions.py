# SPDX-License-Identifier: EUPL-1.2
"""What an officer fills in to move a case along."""

from typing import Any

from django import forms
from django.utils import timezone

from siac.cases.assignable import colleagues_with_load, missing, offered
from siac.cases.commands.delivering import PROOF_LIMIT
from siac.cases.domain.delivery import Delivery
from siac.cases.forms.fields import OfferedField, VersionedForm
from siac.cases.models import Case, DeliveryLabel, Outcome
from siac.cases.queries import kinds
from siac.catalogue.public import topics
from siac.documents.public import FILES_HINT, UploadMixin
from siac.notices.public import RETURN_REASONS, ReturnReason
from siac.organizations.public import Institution, unit_options
from siac.ui.forms import BLANK, AutocompleteSelect, DateField, FilesField, Form, PickedDay, text_field


class ClassifyForm(VersionedForm):
    """What the case is about."""

    kind_id = forms.TypedChoiceField(label="Tipo", coerce=int)
    topic_id = forms.TypedChoiceField(
        label="Tema", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    offered = OfferedField()

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = [(pk, k.name) for pk, k in kinds(institution).items() if k.is_active]  # type: ignore[attr-defined]
        options = [(pk, t.name) for pk, t in topics(institution).items() if t.is_active]
        self.fields["topic_id"].choices = [("", "Sin tema"), *options]  # type: ignore[attr-defined]


class ReferForm(VersionedForm):
    """Which unit gets the case, and why."""

    unit_id = forms.TypedChoiceField(
        label="Unidad", coerce=int, widget=AutocompleteSelect, error_messages={"required": "Elija la unidad."}
    )
    reason = text_field(
        "Nota para la unidad", required=False, hint="La persona no la verá.", limit=2000, rows=3
    )
    offered = OfferedField()

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]


class SendBackForm(VersionedForm):
    """Why a unit sends back a case that is not its own."""

    reason = text_field(
        "¿Por qué no es de esta unidad?",
        missing="Escriba por qué no es de esta unidad.",
        hint="Queda como nota interna para quien deriva. Si sabe a quién le toca, dígalo.",
        limit=2000,
        rows=3,
    )


class AssignForm(VersionedForm):
    """Who works on the case: only those who may and are there, each with the open cases they have."""

    assignee_id = forms.TypedChoiceField(
        label="Responsable",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={
            "invalid_choice": "Esa persona no trabaja en la unidad de la solicitud, o está ausente."
        },
    )

    def __init__(self, institution: Institution, case: Case | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues_with_load(institution, today=institution.local_date(timezone.now()))
        self.people = {one.pk: one.name for one in people}
        told = [(one.pk, f"{one.name} ({one.load} en curso)") for one in offered(people, institution, case)]
        field: Any = self.fields["assignee_id"]
        field.choices = [("", "Nadie"), *told]
        field.help_text = ". ".join([*missing(people, institution, case), ""]).strip()
        if self.initial.get("assignee_id") not in dict(told):
            self.initial.pop("assignee_id", None)


class MessageForm(UploadMixin, Form):
    """A message to the person."""

    body = text_field(
        "Mensaje",
        missing="Escriba el mensaje.",
        hint="La persona lo recibe y puede responder. No detiene ningún plazo.",
        limit=4000,
        rows=5,
    )
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)


class AskForm(VersionedForm):
    """What the citizen should complete."""

    body = text_field(
        "Qué antecedentes faltan",
        missing="Escriba qué antecedentes faltan.",
        hint="Se enviará a la persona.",
        limit=4000,
        rows=5,
    )
    more = forms.BooleanField(
        label="No falta ningún requisito: solo se necesita más información", required=False
    )


class ExtendForm(VersionedForm):
    """Why the term is extended."""

    reason = text_field(
        "Razones de la ampliación",
        missing="Escriba las razones de la ampliación.",
        hint="Se comunican a la persona antes del vencimiento.",
        limit=2000,
        rows=4,
    )
    until = DateField(
        label="Día en que se responderá",
        required=False,
        help_text="Solo donde la norma pide fijar la fecha (Perú, acceso a la información).",
    )


def ground_field() -> forms.CharField:
    """Return the choice of a ground; which ones there are depends on the case (`workspace.by_law`)."""
    return forms.CharField(
        label="Causal de la denegación",
        required=False,
        max_length=40,
        widget=forms.Select,
        help_text="Solo si deniega, en todo o en parte. La persona la recibe con su artículo.",
    )


def reserve_field() -> forms.IntegerField:
    """Return the choice of an act of the index of reserved acts."""
    return forms.IntegerField(
        label="Acto del índice de reserva",
        required=False,
        widget=forms.Select,
        help_text="Solo si la causal reserva un documento: el acto que lo declara, por esa misma causal.",
    )


class AnswerForm(UploadMixin, VersionedForm):
    """The answer, written over the draft as it was when the page was drawn."""

    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label="Resultado",
        choices=[BLANK, *Outcome.choices],
        error_messages={"required": "Elija el resultado."},
    )
    body = text_field(
        "Respuesta",
        missing="Escriba la respuesta.",
        hint="Se enviará a la persona tal como la escriba.",
        rows=10,
    )
    ground = ground_field()
    reasons = text_field(
        "Razones de la denegación",
        required=False,
        hint=(
            "Por qué se deniega en este caso, con sus propias "
            "palabras. La persona las recibe con la respuesta."
        ),
        rows=5,
    )
    reserve_id = reserve_field()
    measures = text_field(
        "Medidas correctivas",
        required=False,
        hint=(
            "Si acepta el reclamo: qué se hace para que no vuelva "
            "a ocurrir. La persona las recibe con la respuesta."
        ),
        limit=4000,
        rows=4,
    )
    attachments = FilesField(label="Archivos", required=False, help_text=FILES_HINT)
    channel = forms.ChoiceField(label="Cómo se envía", choices=DeliveryLabel.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("channel", "measures", "ground", "reasons", "reserve_id"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]

    def clean_channel(self) -> Delivery:
        """Return how it is sent; by e-mail where nothing else was chosen."""
        return Delivery(self.cleaned_data["channel"] or Delivery.EMAIL)

    def clean_draft_version(self) -> int:
        """Return the version of the draft that was shown, 0 where there was none."""
        return self.cleaned_data["draft_version"] or 0

    def clean_outcome(self) -> Outcome:
        """Return the outcome as its enum member."""
        return Outcome(self.cleaned_data["outcome"])


class DraftForm(AnswerForm):
    """An answer that need not be whole yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outcome", "body"):
            self.fields[name].required = False

    def clean_outcome(self) -> Any:
        """Return the outcome chosen so far, or nothing."""
        return self.cleaned_data["outcome"]


class ApprovalForm(VersionedForm):
    """Nothing to type; which answer was read goes along."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, empty_value=None)


class RemarksForm(VersionedForm):
    """What an answer lacks."""

    remarks = text_field(
        "Observaciones",
        missing="Escriba qué falta o qué cambiar.",
        hint="Quedan como nota interna; la persona no las ve.",
        limit=2000,
        rows=4,
    )


_PROOFS = {
    Delivery.LETTER: (
        "Comprobante del correo",
        "Por ejemplo: el número de seguimiento del envío y su fecha.",
    ),
    Delivery.PICKUP: ("Quién la retiró y cuándo", "Por ejemplo: María Soto, el 3 de mayo, en la OIRS."),
    Delivery.PHONE: (
        "A quién se le dijo y cuándo",
        "Por ejemplo: a la misma persona, el 3 de mayo a las 10:30.",
    ),
}
_AGAIN = (
    "Cómo se entregó esta vez y cuándo",
    "Por ejemplo: el comprobante de la nueva carta, o a quién se le dijo o entregó y qué día.",
)


class ProofForm(Form):
    """What proves that an answer reached its person."""

    proof = forms.CharField(
        max_length=PROOF_LIMIT, error_messages={"required": "Escriba qué prueba la entrega."}
    )

    def __init__(self, way: Delivery, *args: Any, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].label, self.fields["proof"].help_text = _AGAIN if again else _PROOFS[way]


class ReturnForm(Form):
    """When a letter came back, and why."""

    returned_on = PickedDay(label="Qué día volvió")
    reason = forms.TypedChoiceField(
        label="Por qué volvió",
        choices=[(why.value, words) for why, words in RETURN_REASONS.items()],
        coerce=ReturnReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Elija por qué volvió."},
    )


class ReasonForm(VersionedForm):
    """Why; the person is told."""

    reason = text_field("Razones", hint="Se comunican a la persona.", limit=4000, rows=6)


class DismissForm(ReasonForm):
    """Why a request is not admitted; on which ground, where its law names some."""

    ground = ground_field()
    reserve_id = reserve_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].help_text = "La ley de esta solicitud dice por qué causales puede no admitirse."
        for name in ("ground", "reserve_id"):
            self.fields[name].always_asked = True  # type: ignore[attr-defined]


class WithdrawForm(VersionedForm):
    """How the person said that she no longer wants it."""

    body = text_field(
        "Cómo lo pidió la persona",
        hint="Por ejemplo: por escrito el 3 de mayo, o en el mesón.",
        limit=2000,
        rows=3,
    )


class AcknowledgeForm(VersionedForm):
    """How the receipt was given."""

    body = text_field(
        "Cómo se dio el acuse",
        hint="Por ejemplo: por carta certificada N.º 123, o por teléfono.",
        limit=1000,
        rows=3,
    )


class TransferForm(UploadMixin, VersionedForm):
    """Which body is competent, and why."""

    competent_body = forms.CharField(
        label="Organismo competente",
        max_length=200,
        error_messages={"required": "Escriba qué organismo es competente."},
    )
    reason = text_field("Razones", hint="Se comunican a la persona.", limit=4000, rows=5)
    attachments = FilesField(label="Oficio u otros archivos", required=False, help_text=FILES_HINT)


class MergeForm(VersionedForm):
    """Which request answers for both."""

    into = forms.CharField(
        label="Folio de la solicitud que responderá por las dos",
        max_length=20,
        help_text="Por ejemplo 2026-000123.",
        error_messages={"required": "Escriba el folio."},
    )
    reason = text_field("Razones", required=False, hint="Se comunican a la persona.", limit=2000, rows=3)
