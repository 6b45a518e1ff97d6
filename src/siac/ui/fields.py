# SPDX-License-Identifier: EUPL-1.2
"""How one bound field is drawn: which part, which classes, which descriptions it refers to."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from siac.ui.forms import DateBoxes


def part(bound: BoundField) -> str:
    """Return the name of the template part that draws `bound`."""
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
    kind = part(bound)
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
        "control": "" if kind in {"radios", "checkboxes"} else bound.as_widget(attrs=attrs),
        "optional": not bound.field.required
        and kind != "checkbox"
        and not getattr(bound.field, "always_asked", False),
    }


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


def problems(*given: Any) -> list[tuple[str, str]]:
    """Return (address, message) of every error of the forms, in the order of their fields."""
    found: list[tuple[str, str]] = []
    for form in given:
        if form is None or not getattr(form, "is_bound", False):
            continue
        found += [("", message) for message in form.non_field_errors()]
        for bound in form:
            found += [(_address(bound), message) for message in messages(bound)]
    return found


def messages(bound: BoundField) -> list[str]:
    """Return the errors of a field; the one that only says "required" names the field."""
    required = str(forms.Field.default_error_messages["required"])
    label = str(bound.label)
    named = f"Falta completar: {label}{'' if label.endswith('?') else '.'}"
    return [named if str(message) == required else str(message) for message in bound.errors]


def _address(bound: BoundField) -> str:
    if part(bound) in {"radios", "checkboxes"}:
        return f"#{bound.auto_id}_0"
    return f"#{bound.id_for_label}"
