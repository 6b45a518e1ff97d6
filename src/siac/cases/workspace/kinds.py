# SPDX-License-Identifier: EUPL-1.2
"""Configuration of the kinds of request: name, clock, rights, questions."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.accounts.public import Permission
from siac.cases.commands.kinds import save_kind
from siac.cases.domain.ladder import Audience, parse_ladder
from siac.cases.domain.questions import QuestionType
from siac.cases.kind_history import kind_history
from siac.cases.models import Approver, CaseKind, Erases, Nature, Reader
from siac.cases.queries import kinds
from siac.cases.trying import Tried, TriedKind, try_kind
from siac.clocks.public import is_own, rules_for
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Institution,
    colleagues,
    colleagues_by_email,
    setup_tabs,
    staff_page,
    unit_tree,
)
from siac.ui.forms import AutocompleteSelect, DateField, Form, ModelForm
from siac.ui.public import refusal_text

_TYPES = {
    "línea": QuestionType.LINE, "texto": QuestionType.TEXT, "fecha": QuestionType.DATE, "opciones": QuestionType.CHOICE,
}  # fmt: skip
_TYPE_NAMES = {code: name for name, code in _TYPES.items()}
QUESTIONS_HINT = (
    "Una pregunta por línea: etiqueta | tipo (línea, texto, fecha, opciones) | obligatoria (sí o no) | opciones separadas "
    "por punto y coma. Ejemplo: ¿Cuándo ocurrió? | fecha | sí"
)


def write_questions(rows: list[Mapping[str, Any]]) -> str:
    """Return stored questions as the lines an administrator edits."""
    lines = []
    for row in rows:
        parts = [row["label"], _TYPE_NAMES[QuestionType(row["type"])], "sí" if row.get("required") else "no"]
        if row.get("options"):
            parts.append("; ".join(row["options"]))
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def read_questions(text: str, known: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the questions of an administrator's lines as they are stored.

    A question among the `known` ones, by its label, keeps its code, which answers already given are filed under, and
    its hint, which the lines do not show.

    Raises:
        ValidationError: a line has no known type, or options for no choice; it says which.
    """
    rows = []
    before = {row["label"]: row for row in known}
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        label, kind, required, options = ([part.strip() for part in line.split("|")] + ["", "", ""])[:4]
        question_type = _TYPES.get(kind.lower() or "línea")
        if not label or question_type is None:
            raise ValidationError(f"Línea {number}: el tipo debe ser línea, texto, fecha u opciones.")
        choices = [option.strip() for option in options.split(";") if option.strip()]
        if question_type is QuestionType.CHOICE and len(choices) < 2:
            raise ValidationError(
                f"Línea {number}: escriba al menos dos opciones separadas por punto y coma."
            )
        old = before.get(label, {})
        row = {
            "code": old.get("code") or "p_" + slugify(label).replace("-", "_")[:40],
            "label": label,
            "type": question_type.value,
            "required": required.lower() in {"sí", "si"},
        }
        kept = {"hint": old["hint"]} if old.get("hint") else {}
        rows.append(row | kept | ({"options": choices} if choices else {}))
    if len({row["code"] for row in rows}) < len(rows):
        raise ValidationError("Hay dos preguntas con el mismo nombre.")
    return rows


_AUDIENCES = {
    "responsable": Audience.ASSIGNEE, "unidad": Audience.UNIT_OFFICER, "jefatura": Audience.HEAD_OF_UNIT,
    "calidad": Audience.QUALITY_MANAGER, "autoridad": Audience.AUTHORITY,
}  # fmt: skip
_AUDIENCE_NAMES = {audience: name for name, audience in _AUDIENCES.items()}
LADDER_HINT = (
    "Un aviso por línea: cuántos días hábiles antes o después del vencimiento, y a quién (responsable, unidad, jefatura, "
    "calidad, autoridad). Ejemplo: 3 antes | responsable"
)
_STEP = re.compile(r"(\d{1,2})\s*(antes|después|despues)?")


def write_ladder(rows: list[Mapping[str, Any]]) -> str:
    """Return a stored ladder as the lines an administrator edits."""
    lines = []
    for step in parse_ladder(rows):
        when = "" if step.offset == 0 else " antes" if step.offset < 0 else " después"
        lines.append(f"{abs(step.offset)}{when} | {_AUDIENCE_NAMES[step.to]}")
    return "\n".join(lines)


def read_ladder(text: str) -> list[dict[str, Any]]:
    """Return the ladder of an administrator's lines as it is stored.

    Raises:
        ValidationError: a line has no number of days or speaks to nobody known; it says which.
    """
    rows = []
    for number, line in enumerate((line for line in text.splitlines() if line.strip()), start=1):
        days, _, to = (part.strip().lower() for part in line.partition("|"))
        step, audience = _STEP.fullmatch(days), _AUDIENCES.get(to)
        if step is None or audience is None:
            raise ValidationError(
                f"Aviso {number}: escriba los días y a quién, por ejemplo: 3 antes | responsable."
            )
        offset = int(step[1]) * (-1 if step[2] == "antes" else 1)
        rows.append({"offset": offset, "to": audience.value})
    return rows


class KindForm(ModelForm):
    """A kind of request."""

    questions_text = forms.CharField(
        label="Preguntas",
        required=False,
        help_text=QUESTIONS_HINT,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
    )

    ladder_text = forms.CharField(
        label="Avisos por plazo",
        required=False,
        help_text=LADDER_HINT,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
    )

    appeal_ladder_text = forms.CharField(
        label="Avisos por recursos",
        required=False,
        help_text="Lo mismo, para el último día en que se contesta o resuelve un recurso contra la respuesta.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
    )

    readers = forms.MultipleChoiceField(
        label="Cerrada a estos roles",
        choices=Reader.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Para denuncias o casos con niños: solo estos roles, cada uno en sus unidades, ven las solicitudes de este tipo. Sin marcar ninguno, las ven quienes leen reservadas.",
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
        help_text="Las cifras, las fechas y la historia verificable quedan siempre. Nada se borra sin que alguien lo apruebe en «Conservación».",
    )

    class Meta:
        model = CaseKind
        fields = (
            "name", "code", "nature", "need", "hint", "rule_id", "standard_days", "standard_rule", "unit_days", "contest_days", "review_days", "approver", "unit",
            "allows_anonymous", "requires_document", "is_restricted", "readers", "named_readers", "on_portal", "position", "retention_months", "retention_erases", "is_active",
        )  # fmt: skip
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
        self.fields["questions_text"].initial = write_questions(self.instance.questions)
        self.fields["ladder_text"].initial = write_ladder(self.instance.ladder)
        self.fields["appeal_ladder_text"].initial = write_ladder(self.instance.appeal_ladder)
        self.people = colleagues_by_email(institution)
        mails = {pk: email for email, pk in self.people.items()}
        named = [mails[pk] for pk in self.instance.named_readers if pk in mails]
        self.initial["named_readers"] = "\n".join(named)
        today = institution.local_date(current_time())
        own = (
            self.instance.rule_id
        )  # one that a new statute replaced stays: its successor takes over by itself
        rules = {
            rule.id: rule
            for rule in rules_for(institution)
            if rule.amount is not None and rule.law_behind and (rule.in_force(today) or rule.id == own)
        }.values()
        choices = [("", "Elija…"), *((rule.id, f"{rule.id} · {rule.name}") for rule in rules)]
        self.fields["rule_id"] = forms.ChoiceField(
            label="Regla del plazo legal", choices=choices, widget=AutocompleteSelect, initial=self.instance.rule_id,
            error_messages={"required": "Elija la regla."},
        )  # fmt: skip
        promises = {rule.id: rule for rule in rules_for(institution) if is_own(rule.id)}
        self.fields["standard_rule"] = forms.ChoiceField(
            label="O según una regla propia", required=False, initial=self.instance.standard_rule,
            choices=[("", "Ninguna"), *((rule.id, rule.name) for rule in promises.values())],
            help_text="En vez de los días: una regla de «Reglas de plazos».",
        )  # fmt: skip
        units = [
            (n.pk, "\u2014 " * depth + n.name) for depth, n in unit_tree(institution).outline() if n.is_active
        ]
        self.fields["approver"].choices = [("", "Nadie: se envía directamente"), *Approver.choices]  # type: ignore[attr-defined]
        self.fields["nature"].choices = [("", "Elija…"), *Nature.choices]  # type: ignore[attr-defined]
        for name in ("standard_days", "contest_days", "review_days", "position", "retention_months"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-4"
        self.fields["unit"].choices = [("", "Se deriva a mano"), *units]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = self.fields["unit"].queryset.filter(institution=institution)  # type: ignore[attr-defined]

    def clean_questions_text(self) -> list[dict[str, Any]]:
        """Read the questions."""
        return read_questions(self.cleaned_data["questions_text"], self.instance.questions)

    def clean_named_readers(self) -> list[int]:
        """Read the addresses of people who work here."""
        typed = [
            line.strip().lower() for line in self.cleaned_data["named_readers"].splitlines() if line.strip()
        ]
        unknown = [email for email in typed if email not in self.people]
        if unknown:
            raise ValidationError(f"No trabaja aquí nadie con el correo {unknown[0]}.")
        return sorted({self.people[email] for email in typed})

    def clean_ladder_text(self) -> list[dict[str, Any]]:
        """Read the ladder."""
        return read_ladder(self.cleaned_data["ladder_text"])

    def clean_appeal_ladder_text(self) -> list[dict[str, Any]]:
        """Read the ladder of the appeals."""
        return read_ladder(self.cleaned_data["appeal_ladder_text"])


@require_safe
@staff_page(Permission.SETUP)
def kind_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the kinds."""
    institution = access.institution
    rows = [
        {
            "cells": [
                kind.name,
                kind.get_nature_display(),
                kind.rule_id,
                "Sí" if kind.on_portal else "No",
                "Sí" if kind.is_active else "No",
            ],
            "url": reverse("workspace:kinds:kind", args=[institution.slug, pk]),
        }
        for pk, kind in kinds(institution).items()
    ]
    context = {
        "title": "Tipos de solicitud", "tabs": setup_tabs(institution),
        "headers": ["Nombre", "Naturaleza", "Regla del plazo", "En el portal", "Activo"], "rows": rows,
        "add_url": reverse("workspace:kinds:kind_new", args=[institution.slug]), "add_label": "Agregar tipo",
    }  # fmt: skip
    return render(request, "ui/record_list.html", context)


class TryKindForm(Form):
    """When and how a request would arrive, to see what the kind would do with it."""

    on = DateField(label="Llega el", required=False)
    at = forms.TimeField(label="Hora", required=False, help_text="Por ejemplo, 16:30.")
    channel = forms.ChoiceField(
        label="Por",
        choices=[("web", "Internet o correo"), ("desk", "Oficina, teléfono o carta")],
        required=False,
    )


def _tried(institution: Institution, form: KindForm, trial: TryKindForm) -> Tried | None:
    """Return what the kind as typed would do, saved or not; what is wrong stands on the two forms afterwards."""
    form.is_valid(), trial.is_valid()
    needed = ("rule_id", "standard_days", "standard_rule", "unit_days", "unit", "ladder_text")
    for name in set(form.errors) - set(needed):
        del form.errors[name]  # a name or a code still missing does not keep anyone from trying
    if form.errors or trial.errors:
        return None
    data = form.cleaned_data
    unit = data["unit"]
    kind = TriedKind(
        data["rule_id"],
        data["standard_days"],
        data["standard_rule"],
        data["unit_days"],
        unit.pk if unit else None,
        data["ladder_text"],
    )
    on = trial.cleaned_data["on"] or institution.local_date(current_time())
    at, channel = trial.cleaned_data["at"], trial.cleaned_data["channel"] or "web"
    try:
        return try_kind(institution, kind, on=on, at=at, channel=channel)
    except Refused as refused:
        trial.refuse(refusal_text(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SETUP)
def kind(request: HttpRequest, access: Access, kind_id: int | None = None) -> HttpResponse:
    """Add or change a kind."""
    institution = access.institution
    row = CaseKind.objects.filter(institution=institution, pk=kind_id).first() if kind_id else None
    kept = copy(row)  # the form writes what was typed on the row it is given
    if kind_id and row is None:
        raise Http404(str(kind_id))
    form = KindForm(institution, request.POST or None, instance=row or CaseKind(institution=institution))
    today = institution.local_date(current_time())
    trial = TryKindForm(request.POST or None, prefix="prueba", initial={"on": today, "channel": "web"})
    tried = _tried(institution, form, trial) if "probar" in request.POST else None
    if form.is_bound and "probar" not in request.POST and form.is_valid():
        fields = dict(form.cleaned_data)
        fields["questions"] = fields.pop("questions_text")
        fields["ladder"] = fields.pop("ladder_text")
        fields["appeal_ladder"] = fields.pop("appeal_ladder_text")
        try:
            save_kind(institution=institution, kind=row, actor=access.user, now=current_time(), **fields)
            messages.success(request, "Tipo guardado. Las solicitudes ya ingresadas conservan su plazo.")
            return redirect("workspace:kinds:kinds", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    back = reverse("workspace:kinds:kinds", args=[institution.slug])
    by_id = dict(colleagues(institution))
    words: dict[str, Callable[[Any], str]] = {
        "questions": write_questions,
        "ladder": write_ladder,
        "appeal_ladder": write_ladder,
        "retention_erases": lambda codes: "; ".join(Erases(code).label for code in codes),
        "readers": lambda codes: ", ".join(Reader(code).label for code in codes),
        "named_readers": lambda ids: ", ".join(by_id.get(pk, "alguien que ya no trabaja aquí") for pk in ids),
    }
    context = {
        "title": kept.name if kept else "Nuevo tipo de solicitud", "form": form, "back_url": back, "trial": trial,
        "tried": tried, "versions": kind_history(institution, kept, words) if kept else [], "institution": institution,
    }  # fmt: skip
    status = 422 if form.is_bound and tried is None else 200
    return render(request, "cases/workspace/kind.html", context, status=status)
