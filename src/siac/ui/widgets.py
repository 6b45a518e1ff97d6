# SPDX-License-Identifier: EUPL-1.2
"""Boxes of forms drawn in Python: Django's templates for them took a fifth of the time of a page of
one case, and those of lists to choose from a fifth of the home of the authority.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    attrs = flatatt(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attrs)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    attrs, value = flatatt(widget["attrs"]), widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attrs, value)


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = []
    for name, options, _ in widget["optgroups"]:
        drawn = format_html_join(
            "\n", '<option value="{}"{}>{}</option>',
            ((str(each["value"]), flatatt(each["attrs"]), localize(each["label"])) for each in options),
        )  # fmt: skip
        groups.append(format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn)
    attrs, rows = flatatt(widget["attrs"]), format_html_join("\n", "{}", ((each,) for each in groups))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attrs, rows)


_FOLDER = "django/forms/widgets/"
_DRAWN: Mapping[str, Callable[[Mapping[str, Any]], SafeString]] = {
    f"{_FOLDER}{name}.html": _input
    for name in ("text", "email", "file", "hidden", "number", "password", "tel", "url", "input", "date")
} | {f"{_FOLDER}textarea.html": _textarea, f"{_FOLDER}select.html": _select}


class FormRenderer(TemplatesSetting):
    """Django's renderer of forms, with the boxes that every page has many of drawn here, to the same HTML."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """Return the HTML of one widget or form."""
        drawn = _DRAWN.get(template_name)
        if drawn is not None:
            return drawn(context["widget"])
        return super().render(template_name, context, request)  # type: ignore[return-value]
