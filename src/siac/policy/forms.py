# SPDX-License-Identifier: EUPL-1.2
"""The forms of the policy: its councils, what an edition says of itself, its sections, the rows of matrices,
by what a line is seen, and its approval.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator

from siac.documents.public import FILES_HINT, UploadMixin
from siac.governance.public import visible_councils
from siac.organizations.public import Access
from siac.policy.commands.sections import CELL_LIMIT, LINE_LIMIT, LONG_LIMIT
from siac.policy.domain.matrices import Grid, Line
from siac.policy.domain.sections import Column, Kind, Section
from siac.policy.models import LineLink, PolicyEdition, PolicySection, QualityPolicy
from siac.policy.progress import Asking, progress_sources
from siac.ui.forms import (
    BLANK,
    AutocompleteSelect,
    DateField,
    FilesField,
    Form,
    PickedDay,
    basis_field,
    text_field,
)
from siac.ui.rows import RowForm, RowsField

_LAID_OUT = "Cada línea es un párrafo. «- » al comienzo: punto de una lista. «## »: subtítulo."
_WIDTHS = {Kind.LONG: "line", Kind.LINE: "wide", Kind.ADDRESS: "wide", Kind.NUMBER: "narrow"}


class PolicyForm(Form):
    """What a policy is called, and who must approve it."""

    title = forms.CharField(label="Título", max_length=200, error_messages={"required": "Escriba el título."})
    council_ids = forms.TypedMultipleChoiceField(
        label="Órganos que deben aprobarla", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Todos. Si uno la rechaza, vuelve a redacción y se les propone otra vez.",
    )  # fmt: skip

    def __init__(self, access: Access, policy: QualityPolicy | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = visible_councils(access).filter(is_active=True)
        self.fields["council_ids"].choices = [(row.pk, row.name) for row in councils]  # type: ignore[attr-defined]
        if policy is not None:
            self.fields["title"].initial = policy.title
            self.fields["council_ids"].initial = policy.council_ids
            self.fields["based_on"] = basis_field(policy.version)


class FactsForm(Form):
    """What an edition says of itself."""

    title = forms.CharField(label="Título", max_length=200, error_messages={"required": "Escriba el título."})
    author = forms.CharField(
        label="Elaborada por", max_length=200, required=False, help_text="El cargo, no el nombre. Se publica."
    )
    validator = forms.CharField(
        label="Validada por", max_length=200, required=False, help_text="El cargo, no el nombre. Se publica."
    )
    source = forms.CharField(
        label="Fuente", max_length=500, required=False,
        help_text="Solo si su texto se publicó antes en otra parte.",
    )  # fmt: skip
    valid_from = DateField(label="Debe regir desde", required=False)
    review_by = DateField(label="Se revisa antes del", required=False)

    def __init__(self, edition: PolicyEdition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "author", "validator", "source", "valid_from", "review_by"):
            self.fields[name].initial = getattr(edition, name)
        self.fields["based_on"] = basis_field(edition.version)


class DocumentsForm(UploadMixin, Form):
    """Documents of the policy."""

    attachments = FilesField(
        label="Documentos", required=False,
        help_text=f"{FILES_HINT} Se publican cuando una edición aprobada los nombra.",
    )  # fmt: skip


class ApproveForm(Form):
    """From when an edition is in force, and by which act."""

    valid_from = DateField(label="Rige desde", error_messages={"required": "Escriba desde cuándo rige."})
    review_by = DateField(
        label="Se revisa antes del", error_messages={"required": "Escriba cuándo se revisa."}
    )
    act = forms.CharField(
        label="Acto que la aprueba", max_length=200, required=False, help_text="Por ejemplo, la resolución."
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, edition: PolicyEdition, digest: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = edition.valid_from
        self.fields["review_by"].initial = edition.review_by
        self.fields["seen"].initial = digest


class WebAddress(forms.URLField):
    """An address that browsers open: of no other scheme than the two of the web."""

    default_validators = [URLValidator(schemes=["http", "https"])]


def _field(column: Column, options: Mapping[str, Mapping[str, str]]) -> forms.Field:
    """Return the field of a column of a section."""
    label, required = column.label, column.is_asked
    common: dict[str, Any] = {
        "label": label, "required": required, "help_text": column.hint,
        "error_messages": {"required": f"Falta «{label.lower()}»."},
    }  # fmt: skip
    if column.kind is Kind.LONG:
        return forms.CharField(max_length=LONG_LIMIT, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if column.kind is Kind.CHOICE:
        return forms.ChoiceField(choices=[BLANK, *options[column.options].items()], **common)
    if column.kind is Kind.DAY:
        common.pop("error_messages")
        return PickedDay(**common)
    if column.kind is Kind.NUMBER:
        return forms.IntegerField(min_value=1, max_value=1_000_000, **common)
    if column.kind is Kind.ADDRESS:
        common["error_messages"] |= {"invalid": "Escriba una dirección web que exista."}
        return WebAddress(max_length=LINE_LIMIT, assume_scheme="https", **common)
    return forms.CharField(max_length=LINE_LIMIT, **common)


def row_form(section: Section, options: Mapping[str, Mapping[str, str]]) -> type[RowForm]:
    """Return the form of a row of a section, by its columns. No SQL."""
    body: dict[str, Any] = {each.name: _field(each, options) for each in section.columns}
    body["code"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    body["widths"] = {each.name: _WIDTHS.get(each.kind, "medium") for each in section.columns}
    return type("SectionRow", (RowForm,), body)


class SectionForm(Form):
    """A section: its text, and its rows."""

    text = text_field("Texto", hint=_LAID_OUT, required=False, rows=12)

    def __init__(
        self,
        section: Section,
        row: PolicySection,
        options: Mapping[str, Mapping[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = row.text
        if section.columns:
            self.fields["text"].widget.attrs["rows"] = 5
            self.fields["rows"] = RowsField(
                row_form(section, options), thing=section.thing, add=f"Agregar {section.thing.lower()}",
                limit=section.limit, label="Filas", initial=[_filled(section, each) for each in row.rows],
                help_text=section.hint,
            )  # fmt: skip
        self.fields["based_on"] = basis_field(row.version if row.pk else 0)


def _filled(section: Section, row: Mapping[str, Any]) -> dict[str, Any]:
    days = {each.name for each in section.columns if each.kind is Kind.DAY}
    return {name: date.fromisoformat(value) if name in days else value for name, value in row.items()}


class CellsForm(Form):
    """The links of one row of a matrix: a box for each column."""

    def __init__(self, drawn: Grid, line: Line, version: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for (code, name, says), words in zip(drawn.columns, line.cells, strict=True):
            self.fields[f"con_{code}"] = forms.CharField(
                label=name, help_text=says, required=False, max_length=CELL_LIMIT, initial=words,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        self.fields["based_on"] = basis_field(version)

    @property
    def said(self) -> dict[str, str]:
        """The words of each link by its column."""
        return {
            name.removeprefix("con_"): words
            for name, words in self.cleaned_data.items()
            if name.startswith("con_")
        }


class _LinkRow(RowForm):
    """A thing by which a line of action is seen."""

    widths = {"thing": "wide"}
    thing = forms.ChoiceField(
        label="Qué", widget=AutocompleteSelect, error_messages={"required": "Elija qué la muestra."}
    )

    def __init__(self, things: Sequence[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [BLANK, *things]  # type: ignore[attr-defined]

    def key(self) -> Any:
        """Return the thing: one is linked once."""
        return self.cleaned_data["thing"]


class LinksForm(Form):
    """By what a line of action is seen."""

    def __init__(self, asking: Asking, linked: Sequence[LineLink], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        things: list[tuple[str, Any]] = []
        for source in progress_sources():
            offered = source.offered(asking)
            if offered:
                things.append((source.title, [(f"{source.kind}:{pk}", name) for pk, name in offered.items()]))
        known = {code for _, group in things for code, _ in group}
        kept = [f"{row.kind}:{row.number}" for row in linked]
        lost = [(code, f"Ya no está, o no es para usted ({code})") for code in kept if code not in known]
        if lost:
            things.append(("Otras", lost))
        self.fields["things"] = RowsField(
            lambda *args, **kwargs: _LinkRow(things, *args, **kwargs), thing="Vínculo", add="Agregar vínculo",
            limit=40, ordered=False, label="Con qué se ve su avance",
            initial=[{"thing": code} for code in kept],
        )  # fmt: skip

    @property
    def linked(self) -> list[tuple[str, int]]:
        """The things by kind and number."""
        found = (row["thing"].partition(":") for row in self.cleaned_data["things"])
        return [(kind, int(number)) for kind, _, number in found]
