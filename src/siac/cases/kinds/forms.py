# SPDX-License-Identifier: EUPL-1.2
"""What an administrator fills in about a kind of request."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import now as current_time

from siac.cases.kinds.form_rows import (
    checklist_field,
    item_rows,
    ladder_field,
    question_rows,
    questions_field,
    read_items,
    read_questions,
    read_steps,
    step_rows,
)
from siac.cases.models import Approver, CaseKind, Erases, Nature, Reader
from siac.clocks.public import answer_rules, grouped_rules, is_own, rules_for
from siac.organizations.public import Institution, colleagues_by_email, unit_options
from siac.ui.forms import AutocompleteSelect, DateField, Form, ModelForm, basis_field


class KindForm(ModelForm):
    """A kind of request."""

    questions = questions_field(
        label="Preguntas",
        help_text="Lo que se pregunta a la persona además de su relato. Pregunte solo lo que la unidad usa.",
    )
    drop_answered = forms.BooleanField(
        label="Quitarlas de todas formas",
        required=False,
        help_text="Lo ya respondido sigue en sus solicitudes; a las nuevas no se les pregunta.",
    )
    """Shown only where questions that cases answered would go."""
    ladder = ladder_field(
        label="Avisos por plazo",
        help_text="A quién se avisa, y cuántos días hábiles antes o después del último día.",
    )
    appeal_ladder = ladder_field(
        label="Avisos por recursos",
        help_text=(
            "Lo mismo, para el último día en que se contesta o resuelve un recurso contra la respuesta."
        ),
    )
    checklist = checklist_field(
        label="Lista de control", help_text="Lo que se marca en cada solicitud antes de responderla."
    )

    based_on = basis_field(None)

    readers = forms.MultipleChoiceField(
        label="Cerrada a estos roles",
        choices=Reader.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Para denuncias o casos con niños: solo estos roles, cada uno en sus unidades, ven "
            "las solicitudes de este tipo. Sin marcar ninguno, las ven quienes leen reservadas."
        ),
    )
    named_readers = forms.CharField(
        label="Y a estas personas",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Un correo por línea. Las ven todas, en cualquier unidad.",
    )

    retention_erases = forms.MultipleChoiceField(
        label="Qué se borra después",
        choices=Erases.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Las cifras, las fechas y la historia verificable quedan siempre. "
            "Nada se borra sin que alguien lo apruebe en «Conservación»."
        ),
    )

    class Meta:
        model = CaseKind
        fields = (
            "name",
            "code",
            "nature",
            "need",
            "hint",
            "rule_id",
            "standard_days",
            "standard_rule",
            "unit_days",
            "contest_days",
            "review_days",
            "approver",
            "unit",
            "allows_anonymous",
            "requires_document",
            "is_restricted",
            "readers",
            "named_readers",
            "on_portal",
            "position",
            "retention_months",
            "retention_erases",
            "is_active",
        )
        labels = {
            "need": "Cómo lo diría una persona",
            "hint": "Explicación breve",
            "position": "Lugar en la lista",
        }
        help_texts = {
            "need": "Por ejemplo: Quiero reclamar por una mala atención.",
            "is_restricted": "Solo la leen las personas autorizadas, y cada lectura queda registrada.",
            "standard_days": "Días hábiles, si promete menos que la regla.",
            "unit_days": "Días hábiles desde que se le deriva, para que responda a tiempo.",
            "contest_days": "Días hábiles desde la respuesta; 0 si no se admite revisión aquí.",
            "review_days": "Días hábiles.",
            "retention_months": "Meses desde el cierre. Vacío: se conserva siempre.",
        }

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["questions"] = question_rows(self.instance.questions)
        self.fields["based_on"].initial = self.instance.version if self.instance.pk else None
        self.initial["checklist"] = item_rows(self.instance.checklist)
        self.initial["ladder"] = step_rows(self.instance.ladder)
        self.initial["appeal_ladder"] = step_rows(self.instance.appeal_ladder)
        self.known = {"questions": self.instance.questions, "checklist": self.instance.checklist}
        self.people = colleagues_by_email(institution)
        mails = {pk: email for email, pk in self.people.items()}
        named = [mails[pk] for pk in self.instance.named_readers if pk in mails]
        self.initial["named_readers"] = "\n".join(named)
        today = institution.local_date(current_time())
        # A rule that a new statute replaced stays: its successor takes over by itself.
        rules = answer_rules(institution, today, self.instance.rule_id)
        own = frozenset(rule.id for rule in rules if is_own(rule.id))
        choices = [("", "Elija…"), *grouped_rules(rules, own)]
        self.fields["rule_id"] = forms.ChoiceField(
            label="Regla del plazo legal",
            choices=choices,
            widget=AutocompleteSelect,
            initial=self.instance.rule_id,
            error_messages={"required": "Elija la regla."},
        )
        promises = {rule.id: rule for rule in rules_for(institution) if is_own(rule.id)}
        self.fields["standard_rule"] = forms.ChoiceField(
            label="O según una regla propia", required=False, initial=self.instance.standard_rule,
            choices=[("", "Ninguna"), *((rule.id, rule.name) for rule in promises.values())],
            help_text="En vez de los días: una regla de «Reglas de plazos».",
        )  # fmt: skip
        self.fields["approver"].choices = [("", "Nadie: se envía directamente"), *Approver.choices]  # type: ignore[attr-defined]
        self.fields["nature"].choices = [("", "Elija…"), *Nature.choices]  # type: ignore[attr-defined]
        for name in ("standard_days", "contest_days", "review_days", "position", "retention_months"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-4"
        self.fields["unit"].choices = [("", "Se deriva a mano"), *unit_options(institution)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = self.fields["unit"].queryset.filter(institution=institution)  # type: ignore[attr-defined]

    def clean_questions(self) -> list[dict[str, Any]]:
        """Read the questions."""
        return read_questions(self.cleaned_data["questions"], self.known["questions"])

    def clean_named_readers(self) -> list[int]:
        """Read the addresses of people who work here."""
        typed = [
            line.strip().lower() for line in self.cleaned_data["named_readers"].splitlines() if line.strip()
        ]
        unknown = [email for email in typed if email not in self.people]
        if unknown:
            raise ValidationError(f"No trabaja aquí nadie con el correo {unknown[0]}.")
        return sorted({self.people[email] for email in typed})

    def clean_ladder(self) -> list[dict[str, Any]]:
        """Read the ladder."""
        return read_steps(self.cleaned_data["ladder"])

    def clean_appeal_ladder(self) -> list[dict[str, Any]]:
        """Read the ladder of the appeals."""
        return read_steps(self.cleaned_data["appeal_ladder"])

    def clean_checklist(self) -> list[dict[str, Any]]:
        """Read the checklist."""
        return read_items(self.cleaned_data["checklist"], self.known["checklist"])


class TryKindForm(Form):
    """When and how a request would arrive, to see what the kind would do with it."""

    on = DateField(label="Llega el", required=False)
    at = forms.TimeField(label="Hora", required=False, help_text="Por ejemplo, 16:30.")
    channel = forms.ChoiceField(
        label="Por",
        choices=[("web", "Internet o correo"), ("desk", "Oficina, teléfono o carta")],
        required=False,
    )
