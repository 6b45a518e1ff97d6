# SPDX-License-Identifier: EUPL-1.2
"""How one bound field is drawn: which part, which classes, which descriptions it refers to."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from siac.ui.forms import DateBoxes
from siac.ui.languages.known import SPANISH
from siac.ui.languages.speaking import said, spoken
from siac.ui.rows import PRESSED, BoundRows, RowForm


def part(bound: BoundField) -> str:
    """Return the name of the template part that draws `bound`."""
    if isinstance(bound, BoundRows):
        return "rows"
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):  # a RadioSelect by inheritance: asked first
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "date" if isinstance(widget, DateBoxes) else "box"


def css_class(widget: forms.Widget) -> str:
    """Return the class of the control."""
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    if isinstance(widget, forms.FileInput):
        return "govuk-file-upload"
    return "govuk-input"


def drawn(bound: BoundField, *, size: str = "s") -> dict[str, Any]:
    """Return what the templates of a field need. `size` of the label: s, m, l."""
    if isinstance(bound, BoundRows):
        return _drawn_rows(bound, size)
    kind = part(bound)
    _say_options(bound)
    limit = _limit(bound)
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    described += [f"{bound.auto_id}-error"] if bound.errors else []
    described += [f"{bound.auto_id}-info"] if limit else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described) or None}
    if kind == "box":
        attrs["class"] = _classes(bound, limit)
        attrs["placeholder"] = False  # it vanishes while one types; labels and hints stay
        if limit:
            attrs["maxlength"] = False  # a text too long is counted and explained, not cut while pasting
    elif kind == "checkbox":
        attrs["class"] = "govuk-checkboxes__input"
    attrs = {key: value for key, value in attrs.items() if value is not None}
    return {
        "bound": bound,
        "errors": messages(bound),
        "kind": kind,
        "limit": limit,
        "size": size,
        "described": " ".join(described),
        "when": getattr(bound.form, "shown_when", {}).get(bound.name, ""),
        "control": "" if kind in {"radios", "checkboxes"} else bound.as_widget(attrs=attrs),
        "optional": not bound.field.required
        and kind != "checkbox"
        and not getattr(bound.field, "always_asked", False),
    }


_ACTS = (("up", "↑", "Subir"), ("down", "↓", "Bajar"), ("remove", "×", "Quitar"))


def _drawn_rows(bound: BoundRows, size: str) -> dict[str, Any]:
    field, rows, errors = bound.field, bound.rows, messages(bound)
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    described += [f"{bound.auto_id}-error"] if errors else []
    return {
        "bound": bound,
        "kind": "rows",
        "errors": errors,
        "size": size,
        "described": " ".join(described),
        "pressed": PRESSED,
        "add": field.add,
        "has_room": len(rows) < field.limit,
        "add_has_focus": bound.focus == (-1, ""),
        "rows": [_drawn_row(bound, row, place) for place, row in enumerate(rows)],
    }


def _drawn_row(bound: BoundRows, row: RowForm, place: int) -> dict[str, Any]:
    focus = bound.focus[1] if bound.focus and bound.focus[0] == place else None
    cells = [
        _drawn_cell(bound, row, cell, has_focus=focus == "" and not at) for at, cell in enumerate(row.cells)
    ]
    ends = {"up": place == 0, "down": place == len(bound.rows) - 1}
    return {
        "name": f"{bound.field.thing} {place + 1}",
        "prefix": f"{bound.html_name}-{place}" if row.prefix is None else row.prefix,
        "cells": cells,
        "is_wrong": any(cell["errors"] for cell in cells),
        "hidden": SafeString("".join(map(str, row.hidden_fields()))),
        "acts": [
            {
                "code": code,
                "sign": sign,
                "label": label,
                "is_off": ends.get(code, False),
                "has_focus": focus == code,
            }
            for code, sign, label in _ACTS
            if bound.field.ordered or code == "remove"
        ],
    }


def _drawn_cell(bound: BoundRows, row: RowForm, cell: BoundField, *, has_focus: bool) -> dict[str, Any]:
    errors, widget, id_ = bound.errors_of(row, cell), cell.field.widget, cell.id_for_label
    said = [f"{id_}-hint"] if cell.help_text else []
    said += [f"{id_}-error"] if errors else []
    is_box = isinstance(widget, forms.CheckboxInput)
    css = (
        "siac-rows__box"
        if is_box
        else f"{css_class(widget)}{f' {css_class(widget)}--error' if errors else ''}"
    )
    attrs: dict[str, Any] = {"class": css, "placeholder": False}
    attrs |= {"aria-describedby": " ".join(said)} if said else {}
    attrs |= {"autofocus": True} if has_focus else {}
    return {
        "id": id_,
        "label": cell.label,
        "hint": cell.help_text,
        "errors": errors,
        "control": cell.as_widget(attrs=attrs),
        "width": row.widths.get(cell.name, "medium"),
        "asked_by": row.asked_by.get(cell.name, ""),
    }


def _say_options(bound: BoundField) -> None:
    """Have the options of a list in the language of the page; a form has widgets of its own."""
    widget = bound.field.widget
    if spoken() != SPANISH and isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
        widget.choices = [
            (said(key), [(own, said(name)) for own, name in name_or_group])
            if isinstance(name_or_group, list | tuple)
            else (key, said(name_or_group))
            for key, name_or_group in widget.choices
        ]


def _limit(bound: BoundField) -> int | None:
    length = getattr(bound.field, "max_length", None)
    return length if isinstance(bound.field.widget, forms.Textarea) else None


def _classes(bound: BoundField, limit: int | None) -> str:
    widget = bound.field.widget
    base = css_class(widget)
    parts = [widget.attrs.get("class", ""), base]
    parts += [f"{base}--error"] if bound.errors else []
    parts += ["govuk-js-character-count"] if limit else []
    return " ".join(part for part in parts if part)


class Problem(NamedTuple):
    """Something wrong with a page that is no error of a field: where it is mended, and what it is."""

    address: str
    message: str


def problems(*given: Any) -> list[tuple[str, str]]:
    """Return (address, message) of every error of the forms, in the order of their fields, and of what is
    wrong beside them (`Problem`).
    """
    found: list[tuple[str, str]] = []
    for form in given:
        if isinstance(form, Problem):
            found.append((form.address, said(form.message)))
            continue
        if form is None or not getattr(form, "is_bound", False):
            continue
        found += [("", said(message)) for message in form.non_field_errors()]
        for bound in form:
            found += [(_address(bound), message) for message in messages(bound)]
            if isinstance(bound, BoundRows) and bound.errors:
                found += [(f"#{id_}", f"{row}: {message}") for id_, row, message in bound.row_problems]
    return found


def messages(bound: BoundField) -> list[str]:
    """Return the errors of a field; the one that only says "required" names the field."""
    if isinstance(bound, BoundRows):
        return bound.own_errors
    required = str(forms.Field.default_error_messages["required"])
    label = said(bound.label)
    named = f"{said('Falta completar:')} {label}{'' if label.endswith('?') else '.'}"
    return [named if str(message) == required else said(message) for message in bound.errors]


def _address(bound: BoundField) -> str:
    if part(bound) in {"radios", "checkboxes"}:
        return f"#{bound.auto_id}_0"
    if isinstance(bound, BoundRows):
        return f"#{bound.auto_id}"
    return f"#{bound.id_for_label}"
