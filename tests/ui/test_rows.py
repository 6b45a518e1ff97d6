# SPDX-License-Identifier: EUPL-1.2
"""Lists edited as rows: what is typed stays, what is wrong stands at its row, and buttons need no script."""

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from siac.ui.forms import Form
from siac.ui.rows import RowForm, RowsField, rearranged


class FruitRow(RowForm):
    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Fruta", error_messages={"required": "Escriba la fruta."})
    size = forms.ChoiceField(label="Tamaño", choices=[("s", "Chica"), ("l", "Grande")], initial="s")
    ripe = forms.BooleanField(label="Madura", required=False)

    def key(self):
        return self.cleaned_data["name"]


class Basket(Form):
    owner = forms.CharField(label="De quién")
    fruits = RowsField(FruitRow, label="Frutas", thing="Fruta", add="Agregar fruta", limit=3)


def typed(*rows, **more):
    data = QueryDict(mutable=True)
    data.update(more)
    for at, row in enumerate(rows):
        data.update({f"fruits-{at}-row": "1", f"fruits-{at}-size": "s"})
        data.update({f"fruits-{at}-{name}": value for name, value in row.items()})
    return data


def drawn(form):
    return Template("{% load ui %}{% error_summary form %}{% field form.fruits %}").render(
        Context({"form": form})
    )


def test_stored_things_are_shown_and_come_back_as_they_were():
    page = drawn(Basket(initial={"fruits": [{"code": "p", "name": "Pera", "size": "l", "ripe": True}]}))
    assert 'name="fruits-0-name" value="Pera"' in page and 'name="fruits-0-code" value="p"' in page
    assert '<option value="l" selected>' in page and "checked" in page
    form = Basket(typed({"code": "p", "name": "Pera", "size": "l", "ripe": "on"}, owner="Ana"))
    assert form.is_valid()
    assert form.cleaned_data["fruits"] == [{"code": "p", "name": "Pera", "size": "l", "ripe": True}]


def test_blank_rows_are_left_out_and_invisible_signs_too():
    form = Basket(typed({"name": ""}, {"name": " Pe\u200bra "}, {"code": "old", "name": ""}, owner="Ana"))
    assert form.is_valid()
    assert [row["name"] for row in form.cleaned_data["fruits"]] == ["Pera"]


def test_what_is_wrong_stands_at_its_row_and_in_the_summary():
    form = Basket(typed({"name": "Pera"}, {"name": "", "ripe": "on"}, owner="Ana"))
    assert not form.is_valid()
    page = drawn(form)
    assert '<a href="#id_fruits-1-name">Fruta 2: Escriba la fruta.</a>' in page
    assert 'id="id_fruits-1-name-error"' in page and 'aria-describedby="id_fruits-1-name-error"' in page
    assert 'value="Pera"' in page


def test_twice_the_same_is_said_beside_the_second():
    form = Basket(typed({"name": "Pera"}, {"name": "Pera"}, owner="Ana"))
    assert not form.is_valid()
    assert '<a href="#id_fruits-1-name">Fruta 2: Está dos veces' in drawn(form)


def test_too_many_rows_are_refused():
    form = Basket(typed(*({"name": name} for name in "abcd"), owner="Ana"))
    assert not form.is_valid()
    page = drawn(form)
    assert "deje a lo más 3" in page and "Agregar fruta" not in page


@pytest.mark.parametrize(
    ("pressed", "names", "focus"),
    [
        ("fruits add", ["a", "b", "c", None], 'id="id_fruits-3-name"'),
        ("fruits up 1", ["b", "a", "c"], 'value="fruits down 0"'),
        ("fruits up 2", ["a", "c", "b"], 'value="fruits up 1"'),
        ("fruits down 1", ["a", "c", "b"], 'value="fruits up 2"'),
        ("fruits remove 0", ["b", "c"], 'id="id_fruits-0-name"'),
        ("fruits remove 2", ["a", "b"], 'id="id_fruits-1-name"'),
        ("fruits up 0", ["a", "b", "c"], 'id="id_fruits-0-name"'),
        ("fruits remove 99", ["a", "b", "c"], None),
        ("fruits sing 1", ["a", "b", "c"], None),
        ("fruits up ²", ["a", "b", "c"], None),
        ("fruits remove ٣", ["a", "b", "c"], None),
        ("fruits remove " + "9" * 5000, ["a", "b", "c"], None),
    ],
)
def test_a_button_rearranges_what_was_typed_and_checks_nothing(pressed, names, focus, monkeypatch):
    monkeypatch.setattr(Basket.base_fields["fruits"], "limit", 5)
    form = Basket(typed({"name": "a"}, {"name": "b"}, {"name": "c"}, _fila=pressed, owner=""))
    assert rearranged(form)
    assert not form.is_valid() and not form.errors
    assert [row["name"].value() for row in form["fruits"].rows] == names
    page = drawn(form)
    assert "Hay un problema" not in page and "govuk-error-message" not in page
    opened = [part for part in page.split("<") if "autofocus" in part]
    assert len(opened) == (1 if focus else 0)
    assert not focus or focus in opened[0]


def test_the_last_row_removed_leads_to_the_button_that_adds():
    form = Basket(typed({"name": "a"}, _fila="fruits remove 0"))
    assert rearranged(form)
    assert "autofocus>Agregar fruta" in drawn(form)


def test_other_buttons_rearrange_nothing():
    assert not rearranged(Basket(typed({"name": "a"}, owner="Ana")))
    assert not rearranged(Basket(typed({"name": "a"}, _fila="owner add")))
    assert not rearranged(Basket(typed({"name": "a"}, _fila="")))


def test_rows_numbered_beyond_what_a_page_sends_are_nothing():
    data = typed({"name": "Pera"}, owner="Ana")
    data.update({"fruits-1000000000-name": "x", "fruits-٣-name": "y", "fruits--1-name": "z"})
    form = Basket(data)
    assert form.is_valid()
    assert [row["name"] for row in form.cleaned_data["fruits"]] == ["Pera"]
