# SPDX-License-Identifier: EUPL-1.2
"""The forms of checklists: a protocol, what somebody is asked, and a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from siac.accounts.public import User
from siac.documents.public import FILES_HINT, CheckedFile, check_uploads, sentence
from siac.findings.public import Severity, answerers
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.organizations.public import Institution, colleagues, unit_options
from siac.servicepoints.public import service_points
from siac.surveys.checklists.commands import LONGEST_NOTE, LONGEST_REASON, LONGEST_WHY, Told
from siac.surveys.checklists.domain import (
    MOST_EVIDENCE,
    MOST_ITEMS,
    MOST_SECTIONS,
    MOST_WEIGHT,
    SCALES,
    Item,
    Section,
    items_of,
    parse,
)
from siac.surveys.checklists.models import Protocol, ProtocolKind, Visit, VisitChannel
from siac.surveys.checklists.queries import protocols, visitors
from siac.surveys.checklists.ready import READY
from siac.surveys.checklists.texts import mark_words
from siac.ui.forms import BLANK, AutocompleteSelect, FilesField, Form, PickedDay, basis_field, text_field
from siac.ui.rows import RowForm, RowsField, row_codes

SECTION, YES_NO = "section", "0"
Raw = Mapping[str, Any]


class ItemRow(RowForm):
    """A thing that is looked at, or the beginning of a section; `code` is the one that marks are under."""

    widths = {"label": "wide", "weight": "narrow", "critical": "box", "evidence": "box", "guidance": "line"}

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="Qué se mira, o título",
        max_length=200,
        error_messages={
            "required": "Escriba qué se mira o quite la fila.", "max_length": "Use hasta 200 caracteres.",
        },
    )  # fmt: skip
    answer = forms.ChoiceField(
        label="Se marca con",
        choices=[
            (YES_NO, "Sí o no"),
            *((str(top), f"Nota de 0 a {top}") for top in SCALES),
            (SECTION, "— Empieza una sección —"),
        ],
    )
    weight = forms.IntegerField(
        label="Peso",
        initial=1,
        min_value=1,
        max_value=MOST_WEIGHT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Escriba el peso.", "invalid": "Escriba un número.",
            "min_value": "El peso va de 1 a 100.", "max_value": "El peso va de 1 a 100.",
        },
    )  # fmt: skip
    critical = forms.BooleanField(label="Crítico", required=False)
    evidence = forms.BooleanField(label="Pide evidencia", required=False)
    guidance = forms.CharField(label="Cómo se mira", required=False, max_length=300)

    def key(self) -> tuple[bool, str]:
        """Return the item as people read it."""
        return self.cleaned_data["answer"] == SECTION, fold(self.cleaned_data["label"])

    def has_changed(self) -> bool:
        """Return whether anything was written: weight and answer always say something."""
        return bool({"label", "guidance"} & set(self.changed_data)) or bool(self.initial)


class ItemRowsField(RowsField):
    """The rows of a protocol, at least one of them an item."""

    def clean(self, value: list[RowForm]) -> list[dict[str, Any]]:
        """Return the rows.

        Raises:
            ValidationError: as `RowsField`, none is an item, or too many ask for evidence.
        """
        rows = super().clean(value)
        if not any(row["answer"] != SECTION for row in rows):
            raise ValidationError("Agregue al menos un punto que se mire.")
        if sum(row["evidence"] for row in rows) > MOST_EVIDENCE:
            raise ValidationError(f"Pida evidencia de a lo más {MOST_EVIDENCE} puntos.")
        return rows


_items_field = partial(
    ItemRowsField,
    ItemRow,
    thing="Fila",
    add="Agregar punto",
    limit=MOST_ITEMS + MOST_SECTIONS,
    repeated="Está dos veces: cámbielo o quite uno.",
)


def item_rows(raw: Sequence[Raw]) -> list[dict[str, Any]]:
    """Return a kept protocol as the rows of the form; a first section without title has no row."""
    found: list[dict[str, Any]] = []
    for section in raw:
        if section["title"]:
            found.append({"label": section["title"], "answer": SECTION, "weight": 1})
        found += [{**item, "answer": str(item.get("top", 0))} for item in section["items"]]
    return found


def read_items(rows: Sequence[Raw], known: Sequence[Raw]) -> list[dict[str, Any]]:
    """Return clean rows as a protocol keeps them; what was there, and is marked alike, keeps its code."""
    old = [item for section in known for item in section["items"]]
    tops = {item["code"]: str(item.get("top", 0)) for item in old}
    asked = [dict(row) for row in rows if row["answer"] != SECTION]
    for each in asked:
        if tops.get(each["code"], each["answer"]) != each["answer"]:
            each["code"] = ""  # marks of another scale say nothing of the new one
    same = {row["label"]: row["answer"] for row in asked}
    before = [
        {**item, "label": item["label"] if same.get(item["label"]) == tops[item["code"]] else ""}
        for item in old
    ]
    codes = iter(row_codes(asked, before, "i_"))
    sections: list[dict[str, Any]] = []
    for row in rows:
        if row["answer"] == SECTION:
            sections.append({"title": row["label"], "items": []})
            continue
        if not sections:
            sections.append({"title": "", "items": []})
        sections[-1]["items"].append({
            "code": next(codes), "label": row["label"], "guidance": row["guidance"], "weight": row["weight"],
            "top": int(row["answer"]), "critical": row["critical"], "evidence": row["evidence"],
        })  # fmt: skip
    return sections


def in_words(raw: Sequence[Raw]) -> str:
    """Return a kept protocol a line an item, for whoever compares versions."""
    lines = []
    for section in parse(raw):
        lines += [f"— {section.title}"] if section.title else []
        for item in section.items:
            said = [f"peso {item.weight}", f"0 a {item.top}" if item.top else "sí o no"]
            said += ["crítico"] if item.is_critical else []
            said += ["con evidencia"] if item.wants_evidence else []
            lines.append(f"{item.label} ({', '.join(said)})")
    return "\n".join(lines)


class BeginProtocolForm(Form):
    """What a new protocol begins with."""

    name = forms.CharField(
        label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."},
        help_text="Así lo verá quien haga la visita.",
    )  # fmt: skip
    model = forms.ChoiceField(
        label="Empezar con",
        choices=[*((code, each.name) for code, each in READY.items()), ("blank", "Un punto y nada más")],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija con qué empezar."},
    )


class ProtocolForm(Form):
    """A protocol: its name and kind, and what is looked at."""

    name = forms.CharField(label="Nombre", max_length=150, error_messages={"required": "Escriba el nombre."})
    kind = forms.ChoiceField(
        label="Tipo", choices=ProtocolKind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Elija el tipo."},
    )  # fmt: skip
    intro = text_field("Instrucciones", required=False, limit=2000, rows=3)
    rows = _items_field(
        label="Qué se mira",
        help_text="«Empieza una sección» pone título a lo que sigue. La nota es la parte ponderada de lo que "
        "aplica; lo crítico que falla se dice aparte. Falla un «No», o menos de la mitad de la escala.",
    )
    is_active = forms.BooleanField(label="En uso", required=False)

    def __init__(self, protocol: Protocol, data: QueryDict | None = None) -> None:
        initial = {name: getattr(protocol, name) for name in ("name", "kind", "intro", "is_active")}
        super().__init__(data, initial={**initial, "rows": item_rows(protocol.items)})
        self.fields["based_on"] = basis_field(protocol.version)


def _people(institution: Institution) -> list[tuple[Any, str]]:
    able = set(visitors(institution))
    return [BLANK, *((pk, name) for pk, name in colleagues(institution) if pk in able)]


class _AskedForm(Form):
    """Who goes, until when, and what they are told."""

    assignee_id = forms.TypedChoiceField(
        label="Quién la hace", coerce=int, widget=AutocompleteSelect,
        help_text="En una visita de cliente incógnito, alguien a quien la unidad no conozca: ella no sabrá "
        "quién fue.", error_messages={"required": "Elija a la persona."},
    )  # fmt: skip
    due_on = PickedDay(label="A más tardar el")
    told = text_field(
        "Encargo", hint="Qué debe preguntar o revisar, y qué respuesta es la correcta.", required=False,
        limit=1000, rows=3,
    )  # fmt: skip


class AssignForm(_AskedForm):
    """What is visited, by which protocol and by whom."""

    field_order = ("protocol_id", "unit_id", "point_id", "channel", "assignee_id", "due_on", "told")
    protocol_id = forms.TypedChoiceField(
        label="Protocolo", coerce=int, error_messages={"required": "Elija el protocolo."}
    )
    unit_id = forms.TypedChoiceField(
        label="Unidad que se visita", coerce=int, widget=AutocompleteSelect,
        error_messages={"required": "Elija la unidad."},
    )  # fmt: skip
    point_id = forms.TypedChoiceField(
        label="Punto de atención", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect
    )
    channel = forms.ChoiceField(label="Por dónde", choices=VisitChannel.choices)

    def __init__(self, institution: Institution, data: QueryDict | None = None) -> None:
        super().__init__(data)
        known = [(row.pk, row.name) for row in protocols(institution) if row.is_active]
        points = [(pk, point.name) for pk, point in service_points(institution).items()]
        self.fields["protocol_id"].choices = [BLANK, *known]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [BLANK, *unit_options(institution)]  # type: ignore[attr-defined]
        self.fields["point_id"].choices = [("", "Ninguno"), *points]  # type: ignore[attr-defined]
        self.fields["assignee_id"].choices = _people(institution)  # type: ignore[attr-defined]


class ChangeVisitForm(_AskedForm):
    """Who goes instead, or until when."""

    def __init__(self, institution: Institution, visit: Visit, data: QueryDict | None = None) -> None:
        names = ("assignee_id", "due_on", "told")
        super().__init__(data, initial={name: getattr(visit, name) for name in names})
        self.fields["assignee_id"].choices = _people(institution)  # type: ignore[attr-defined]
        self.fields["based_on"] = basis_field(visit.saves)


class WithdrawVisitForm(Form):
    """Why nobody has to go any more."""

    why = forms.CharField(
        label="Por qué se retira", max_length=LONGEST_WHY,
        error_messages={"required": "Escriba por qué se retira."},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """An item as the page of a visit draws it."""

    item: Item
    mark: BoundField
    note: BoundField
    files: BoundField | None
    kept: Sequence[Any]


class VisitForm(Form):
    """What somebody finds in a visit: a mark, a note and files for each item. Nothing has to be whole yet."""

    visited_on = PickedDay(label="Día de la visita", required=False)
    visited_on.always_asked = True  # type: ignore[attr-defined]
    begun_time = forms.TimeField(
        label="Desde las", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Escriba una hora, por ejemplo 9:30."},
    )  # fmt: skip
    ended_time = forms.TimeField(
        label="Hasta las", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Escriba una hora, por ejemplo 9:30."},
    )  # fmt: skip

    def __init__(
        self,
        visit: Visit,
        sections: Sequence[Section],
        data: QueryDict | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
        *,
        kept: Mapping[str, tuple[str, str, Sequence[Any]]],
        asks_why: bool = False,
    ) -> None:
        names = ("visited_on", "begun_time", "ended_time", "summary")
        super().__init__(data, files, initial={name: getattr(visit, name) for name in names})
        self.sections_asked, self._kept = sections, kept
        for item in items_of(sections):
            mark, note, _ = kept.get(item.code, ("", "", ()))
            self.fields[f"m_{item.code}"] = _asked_field(
                forms.ChoiceField(
                    label=item.label, required=False, initial=mark, widget=forms.RadioSelect,
                    help_text=item.guidance, choices=[(each, _brief(each, item)) for each in item.marks],
                )
            )  # fmt: skip
            self.fields[f"n_{item.code}"] = forms.CharField(
                label="Nota", required=False, initial=note, max_length=LONGEST_NOTE,
                widget=forms.TextInput(attrs={"aria-label": f"Nota de «{item.label}»"}),
            )  # fmt: skip
            if item.wants_evidence:
                self.fields[f"f_{item.code}"] = field = FilesField(
                    label="Evidencia", required=False, help_text=FILES_HINT
                )
                field.widget.attrs["aria-label"] = f"Evidencia de «{item.label}»"
        self.fields["summary"] = text_field(
            "Lo principal",
            hint="En pocas frases. Sin nombres de personas.",
            required=False,
            limit=2000,
            rows=3,
        )
        if asks_why:
            self.fields["reason"] = forms.CharField(
                label="Por qué se corrige", max_length=LONGEST_REASON,
                error_messages={"required": "Escriba por qué se corrige."},
            )  # fmt: skip
        self.fields["based_on"] = basis_field(visit.saves)

    def clean(self) -> dict[str, Any]:
        """Check every file before any is stored."""
        data = super().clean() or {}
        self.files_by_item: dict[str, list[CheckedFile]] = {}
        for item in items_of(self.sections_asked):
            sent = data.get(f"f_{item.code}")
            if not sent:
                continue
            already = len(self._kept.get(item.code, ("", "", ()))[2])
            try:
                self.files_by_item[item.code] = list(check_uploads(sent, already=already))
            except Refused as refused:
                for problem in refused.context["problems"]:
                    self.add_error(f"f_{item.code}", sentence(problem))
        return data

    @property
    def told(self) -> Told:
        """What was filled in."""
        data = self.cleaned_data
        codes = [item.code for item in items_of(self.sections_asked)]
        return Told(
            data["visited_on"], data["begun_time"], data["ended_time"], data["summary"],
            {code: data[f"m_{code}"] for code in codes}, {code: data[f"n_{code}"] for code in codes},
            self.files_by_item,
        )  # fmt: skip

    @property
    def pages(self) -> list[tuple[Section, list[Part]]]:
        """The sections with their items, as the page draws them."""
        return [(section, [self._part(item) for item in section.items]) for section in self.sections_asked]

    def _part(self, item: Item) -> Part:
        files = self[f"f_{item.code}"] if item.wants_evidence else None
        kept = self._kept.get(item.code, ("", "", ()))[2]
        return Part(item, self[f"m_{item.code}"], self[f"n_{item.code}"], files, kept)

    @property
    def after(self) -> list[BoundField]:
        """The fields that follow the items."""
        return [self[name] for name in ("summary", "reason") if name in self.fields]


def _asked_field(field: forms.Field) -> forms.Field:
    """Return a field that may be left empty while a visit is half made, and is no choice all the same."""
    field.always_asked = True  # type: ignore[attr-defined]
    return field


def _brief(mark: str, item: Item) -> str:
    return mark if item.top and mark.isdigit() else mark_words(mark, item.top)


class FindingsForm(Form):
    """Which failed items of a visit become findings, how grave each is, who answers and by when."""

    def __init__(
        self, institution: Institution, items: Sequence[Item], actor: User, data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        people = [("", "Nadie todavía"), *answerers(institution)]
        self.items = items
        for item in items:
            self.fields[f"s_{item.code}"] = forms.TypedChoiceField(
                label=item.label, coerce=int, empty_value=None, required=False,
                choices=[("", "No abrir un hallazgo"), *Severity.choices],
                initial=Severity.GRAVE if item.is_critical else Severity.MODERATE,
            )  # fmt: skip
            self.fields[f"r_{item.code}"] = forms.TypedChoiceField(
                label="Responsable", coerce=int, empty_value=None, required=False, choices=people,
                widget=AutocompleteSelect(attrs={"aria-label": f"Responsable de «{item.label}»"}),
            )  # fmt: skip
            self.fields[f"d_{item.code}"] = day = PickedDay(label="Plazo para resolverlo", required=False)
            day.widget.attrs["aria-label"] = f"Plazo para resolver «{item.label}»"

    @property
    def parts(self) -> list[tuple[Item, list[BoundField]]]:
        """Each item with its fields."""
        return [(item, [self[f"{name}_{item.code}"] for name in "srd"]) for item in self.items]

    @property
    def wanted(self) -> list[tuple[str, dict[str, Any]]]:
        """The items that become findings, by code, with what is said of each."""
        data = self.cleaned_data
        return [
            (
                item.code,
                {
                    "severity": data[f"s_{item.code}"], "responsible_id": data[f"r_{item.code}"],
                    "due_on": data[f"d_{item.code}"],
                },
            )
            for item in self.items
            if data[f"s_{item.code}"]
        ]  # fmt: skip
