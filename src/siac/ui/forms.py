# SPDX-License-Identifier: EUPL-1.2
"""Forms as the pages show them: every field with hint, error beside it, and a linked summary.

Use `Form` or `ModelForm` and, in the template, `{% error_summary form %}` and `{% field form.x %}`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from siac.kernel.days import is_within
from siac.kernel.errors import Refused
from siac.kernel.text import TEXT_LIMIT, legible, squeeze

BLANK = ("", "Elija…")
"""The first option where one must be chosen."""


class _Look(forms.BaseForm):
    template_name = "ui/form.html"
    use_required_attribute = False  # the browser's own bubbles are not accessible; the server answers
    is_rearranged = False
    """Whether a button of its rows was pressed (`ui.rows`): it is only shown again then, and never valid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Check what came, invisible signs left out: of one-line fields all, of
        texts those that cannot be kept.
        """
        if self.is_bound and not getattr(self, "_is_legible", False):
            self._is_legible = True
            self._make_legible()
        super().full_clean()

    def is_valid(self) -> bool:
        """Return whether what came can be taken."""
        return not self.is_rearranged and super().is_valid()

    def _make_legible(self) -> None:
        changed: dict[str, str] = {}
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            typed = self.data.get(key)
            if isinstance(typed, str) and _is_typed(field):
                kept = legible(typed) if isinstance(field.widget, forms.Textarea) else squeeze(typed)
                if kept != typed:
                    changed[key] = kept
        if changed:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            for key, kept in changed.items():
                data[key] = kept
            self.data = data

    def refuse(self, message: str, field: str | None = None) -> None:
        """Show `message` in the summary, beside `field` if one is named."""
        self.add_error(field, message)


def _is_typed(field: forms.Field) -> bool:
    """Return whether people type a field as words; a password is what it is, with all its signs."""
    is_password = isinstance(field.widget, forms.PasswordInput)
    return (
        isinstance(field, forms.CharField)
        and not is_password
        and not isinstance(field.widget, forms.HiddenInput)
    )


class Form(_Look, forms.Form):
    """A form in the look of the house."""


class ModelForm(_Look, forms.ModelForm):  # type: ignore[type-arg]
    """A model form in the look of the house; it only checks shape, a command writes."""


def typed_in(form: Form | ModelForm) -> dict[str, str]:
    """Return what was typed into a form, by the names it was sent with, to show it once more."""
    # A date is typed in three boxes, named after the field.
    return {
        name: legible(str(value))
        for name, value in form.data.items()
        if any(name in (own, f"{own}_day", f"{own}_month", f"{own}_year") for own in form.fields)
    }


def basis_field(version: int | None) -> forms.IntegerField:
    """Return the hidden field `based_on`: the version of a record that whoever edits has before them."""
    return forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput, initial=version)


def renew_basis(form: Form | ModelForm, refused: Refused) -> None:
    """Let whoever now sees that somebody saved meanwhile save what they typed all the same."""
    if refused.code == "saved_meanwhile":
        typed: QueryDict = form.data.copy()  # type: ignore[attr-defined]
        typed["based_on"] = str(refused.context["version"])
        form.data = typed


def text_field(
    label: str,
    *,
    hint: str = "",
    required: bool = True,
    limit: int = TEXT_LIMIT,
    rows: int = 6,
    missing: str = "Escriba este texto.",
) -> forms.CharField:
    """Return a text area that says how many characters it takes."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": f"El texto es demasiado largo: use hasta {limit} caracteres.",
        },
    )


class AutocompleteSelect(forms.Select):
    """A select that becomes a text box with suggestions where JavaScript runs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs["data-autocomplete"] = ""


class DateBoxes(forms.Widget):
    """Three boxes: day, month, year. Holds what was typed, also when no such day exists."""

    template_name = "ui/parts/date_boxes.html"
    use_fieldset = True
    parts = (("day", "Día", 2), ("month", "Mes", 2), ("year", "Año", 4))

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of the first box: there the error summary leads."""
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return (day, month, year) as typed, or an ISO date given under the bare name."""
        if data.get(name):
            return data[name]
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part, _, _ in self.parts)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether no box of it came."""
        return not any(key in data for key in (name, *(f"{name}_{part}" for part, _, _ in self.parts)))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the boxes with their values."""
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        values = self._values(value)
        context["boxes"] = [
            {"id": f"{base}_{part}", "name": f"{name}_{part}", "label": label, "width": width, "value": typed}
            for (part, label, width), typed in zip(self.parts, values, strict=True)
        ]
        return context

    @staticmethod
    def _values(value: Any) -> tuple[Any, Any, Any]:
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return (value, "", "")
        if isinstance(value, date):
            return (value.day, value.month, value.year)
        return value or ("", "", "")


class DateField(forms.Field):
    """A calendar day asked in three boxes; cleans to `date` or None."""

    widget = DateBoxes
    default_error_messages = {
        "incomplete": "Escriba el día, el mes y el año, por ejemplo 27 3 2025.",
        "impossible": "Esa fecha no existe.",
        "required": "Escriba la fecha.",
    }

    def to_python(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: a box is empty or no number, or no such day exists.
        """
        if not value or (isinstance(value, tuple) and not any(value)):
            return None
        if isinstance(value, date):
            return value
        parts = value if isinstance(value, tuple) else tuple(reversed(str(value).split("-")))
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if len(parts[2]) != 4:
            raise ValidationError("Escriba el año con cuatro cifras.", code="incomplete")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError as error:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the day differs from `initial`."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class PickedDay(forms.DateField):
    """A day that people of the house pick in the browser's own calendar, as `kernel.days` bounds it."""

    default_error_messages = {
        "invalid": "Escriba un día que exista, por ejemplo 2026-03-27.",
        "required": "Escriba el día.",
        "beyond": "Escriba un día entre 1900 y 8999.",
    }

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], widget=picker, **kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse a day beyond all calendars, and none where one is asked for."""
        super().validate(value)
        if value is not None and not is_within(value):
            raise ValidationError(self.error_messages["beyond"], code="beyond")


class SheetField(forms.FileField):
    """A short table that somebody brings (CSV, XLSX, ODS); one of more than `most` bytes is refused before
    anything reads it.
    """

    widget = forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"})
    default_error_messages = {
        "required": "Elija el archivo.",
        "empty": "El archivo está vacío.",
        "large": "El archivo pasa de %(limit)s MB. Divídalo en varios.",
    }

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file."""
        file = super().clean(data, initial)
        if file and file.size > self.most:
            limit = {"limit": self.most // 2**20}
            raise ValidationError(self.error_messages["large"], code="large", params=limit)
        return file


class FilesInput(forms.FileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleans to a list, empty when none came."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)  # whoever takes the files says which one is empty

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every file, each checked as Django checks one."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(file) for file in files]
