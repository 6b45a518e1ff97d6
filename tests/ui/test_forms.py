# SPDX-License-Identifier: EUPL-1.2
"""Forms keep what was typed, and say what is wrong where it is wrong."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from siac.kernel.errors import Refused
from siac.ui.public import refusal_text, register_refusals
from siac.ui.sample import SampleForm

GOOD = {
    "name": "Ana",
    "text": "Se cayó un árbol",
    "topic": "via",
    "commune": "04102",
    "day_day": "29",
    "day_month": "2",
    "day_year": "2024",
    "agree": "on",
}


def html(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_three_boxes_give_a_day():
    form = SampleForm(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("31", "2", "2025"), "Esa fecha no existe."),
        (("29", "2", "2025"), "Esa fecha no existe."),
        (("1", "", "2025"), "Escriba el día, el mes y el año, por ejemplo 27 3 2025."),
        (("uno", "2", "2025"), "Escriba el día, el mes y el año, por ejemplo 27 3 2025."),
        (("1", "2", "25"), "Escriba el año con cuatro cifras."),
        (("", "", ""), "Escriba la fecha."),
        (("٣", "2", "2025"), "Escriba el día, el mes y el año, por ejemplo 27 3 2025."),
    ],
)
def test_an_impossible_day_is_named_and_kept(typed, message):
    names = ("day_day", "day_month", "day_year")
    form = SampleForm(GOOD | dict(zip(names, typed, strict=True)))
    assert form.errors["day"] == [message]
    shown = html("{% field form.day %}", form=form)
    assert all(f'value="{part}"' in shown for part in typed)
    assert message in shown


def test_an_iso_day_is_taken_too():
    data = {key: value for key, value in GOOD.items() if not key.startswith("day_")}
    assert SampleForm(data | {"day": "2024-02-29"}).is_valid()


def test_the_summary_links_every_error_to_its_field():
    form = SampleForm({})
    form.add_error(None, "No se pudo.")
    shown = html("{% error_summary form %}", form=form)
    for address in ("#id_name", "#id_text", "#id_topic_0", "#id_commune", "#id_day_day", "#id_agree"):
        assert f'href="{address}"' in shown
    fields = html("{{ form }}", form=form)
    for address in ("id_name", "id_text", "id_topic_0", "id_commune", "id_day_day", "id_agree"):
        assert f'id="{address}"' in fields


def test_hint_and_error_are_described_to_those_who_listen():
    form = SampleForm(GOOD | {"name": ""})
    shown = html("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name-hint id_name-error"' in shown
    assert 'id="id_name-hint"' in shown
    assert 'id="id_name-error"' in shown


def test_a_text_over_the_limit_is_counted_not_cut():
    shown = html("{% field form.text %}", form=SampleForm(GOOD))
    assert 'data-maxlength="500"' in shown
    assert " maxlength=" not in shown
    assert SampleForm(GOOD | {"text": "x" * 501}).errors["text"]


def test_several_files_are_a_list():
    files = MultiValueDict({"attachments": [SimpleUploadedFile(name, b"x") for name in ("a.pdf", "b.pdf")]})
    form = SampleForm(GOOD, files)
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["attachments"]] == ["a.pdf", "b.pdf"]
    assert SampleForm(GOOD, {}).is_valid()


def test_typed_text_is_escaped():
    shown = html(
        "{% field form.name %}{% error_summary form %}", form=SampleForm(GOOD | {"name": '"><script>'})
    )
    assert "<script>" not in shown


def test_a_moment_is_read_on_the_wall_clock_of_the_body():
    moment = datetime(2024, 10, 3, 2, 5, tzinfo=UTC)
    zone = ZoneInfo("America/Santiago")
    assert html("{{ at|fecha_hora:zone }}", at=moment, zone=zone) == "2 de octubre de 2024, 23:05"


def test_a_refusal_is_worded_and_an_unknown_one_still_makes_sense():
    register_refusals({"sample_refusal": "Quedan {days} días."})
    assert refusal_text(Refused("sample_refusal", days=3)) == "Quedan 3 días."
    assert refusal_text(Refused("sample_refusal", days="2030-12-31")) == "Quedan 31-12-2030 días."
    assert "Vuelva" in refusal_text(Refused("sample_refusal"))
    assert "Vuelva" in refusal_text(Refused("nobody_knows"))
    with pytest.raises(ValueError):
        register_refusals({"sample_refusal": "Otra cosa."})
