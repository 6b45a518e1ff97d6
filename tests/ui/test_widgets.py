# SPDX-License-Identifier: EUPL-1.2
"""Boxes drawn in Python are what Django's own templates would have drawn."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from siac.ui.widgets import FormRenderer

ODD = 'a "b" <c> & ñ'
WIDGETS = [
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.URLInput,
    forms.DateInput,
    forms.Textarea,
    forms.FileInput,
    forms.ClearableFileInput,
    forms.Select,
    forms.CheckboxInput,
]


@pytest.mark.parametrize("value", [None, "", ODD, 1234567, "dos\nlíneas"])
@pytest.mark.parametrize("widget", WIDGETS)
def test_boxes_look_as_django_draws_them(widget: type[forms.Widget], value: object) -> None:
    box = widget(attrs={"class": "x", "required": True, "readonly": False, "title": ODD, "maxlength": 9})

    ours = box.render("name", value, {"id": "i"}, FormRenderer())
    django = box.render("name", value, {"id": "i"}, TemplatesSetting())

    assert parse_html(ours) == parse_html(django)


CHOICES = [
    ("", "Elija…"),
    (ODD, ODD),
    (1234567, 1234567),
    ('Grupo "uno"', [("a", "A"), ("b", "B")]),
    ("c", "C"),
]


@pytest.mark.parametrize("value", [None, "", ODD, 1234567, "a", ["b", "c"]])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_lists_to_choose_from_look_as_django_draws_them(widget: type[forms.Select], value: object) -> None:
    box = widget(attrs={"class": "x", "disabled": True, "title": ODD})
    box.choices = CHOICES

    ours = box.render("name", value, {"id": "i"}, FormRenderer())
    django = box.render("name", value, {"id": "i"}, TemplatesSetting())

    assert parse_html(ours) == parse_html(django)
