# SPDX-License-Identifier: EUPL-1.2
"""The words of further languages are those of the code, say all that they must, and are compiled."""

import re
from datetime import date
from gettext import GNUTranslations
from io import BytesIO

import pytest

from siac.countries.public import COUNTRIES
from siac.ui.languages.known import IN_SPANISH, NAMES, day_and_weekday, long_day, short_day
from siac.ui.languages.marking import spoken_page
from siac.ui.languages.speaking import CLOSE, NOTICE, OPEN, marked, said, speaking, spoken
from tests.spoken.finding import texts
from tests.spoken.keeping import LANGUAGES, mo, path_of, po, read

_VALUE = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_those_of_the_code_and_are_compiled(language):
    words = read(language)
    assert path_of(language).read_text() == po(words, texts()), "run make languages"
    assert path_of(language, "mo").read_bytes() == mo(words), "run make languages"
    loaded = GNUTranslations(BytesIO(mo(words)))
    sure = {text: each for text, each in words.said.items() if all(each) and text not in words.plurals}
    assert sure and all(loaded.gettext(text) == each[0] for text, each in sure.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_the_same_values_and_edges(language):
    words = read(language)
    for text, each in words.said.items():
        for translation in filter(None, each):
            assert sorted(_VALUE.findall(translation)) == sorted(_VALUE.findall(text)), text
            assert translation.endswith(" ") == text.endswith(" "), text
            assert not re.search(f"[{OPEN}{CLOSE}{NOTICE}<>]", translation), text


def test_a_sentence_lost_from_the_code_or_a_value_lost_from_a_translation_is_found():
    words = read("ca")
    words.said["Hoy"] = ["Avui %(x)s"]
    assert sorted(_VALUE.findall(words.said["Hoy"][0])) != []
    words.said["Nadie dice esto"] = ["Ningú no ho diu"]
    assert "Nadie dice esto" not in po(words, texts())


def test_every_language_of_a_country_ships_and_says_when_it_needs_a_speaker():
    offered = {code for country in COUNTRIES.values() for code in country.languages}
    assert offered == set(LANGUAGES) == set(NAMES) - {"es"} == set(IN_SPANISH) - {"es"}
    assert all("X-Review: pending review" in read(code).head for code in LANGUAGES)


@pytest.mark.parametrize("language", ["ca", "eu", "gl"])
def test_these_say_nearly_all(language):
    done = [all(each) for each in read(language).said.values()]
    assert sum(done) > 0.9 * len(done)


@pytest.mark.parametrize(
    ("language", "whole", "weekday", "short"),
    [
        ("ca", "3 d’octubre de 2024", "dijous 3 d’octubre de 2024", "3 oct."),
        ("gl", "3 de outubro de 2024", "xoves 3 de outubro de 2024", "3 out."),
        ("eu", "2024ko urriaren 3a", "2024ko urriaren 3a, osteguna", "urr. 3"),
        ("qu", None, None, None),
    ],
)
def test_days(language, whole, weekday, short):
    day = date(2024, 10, 3)
    found = long_day(language, day), day_and_weekday(language, day), short_day(language, day)
    assert found == (whole, weekday, short)


def test_what_is_missing_comes_in_spanish_and_marked_only_on_a_page():
    with speaking("ca", marks=True):
        assert (said("Hoy"), spoken()) == ("Avui", "ca")
        assert said("Esto no está") == f"{OPEN}Esto no está{CLOSE}"
        assert marked(said("Esto no está")).count(OPEN) == 1
    with speaking("ca"):
        assert said("Esto no está") == "Esto no está"
    assert (said("Hoy"), marked("Hoy"), spoken()) == ("Hoy", "Hoy", "es")


A, Z = '<span lang="es">', "</span>"


@pytest.mark.parametrize(
    ("page", "drawn"),
    [
        (f"<p>{OPEN}Hola{CLOSE}</p>", f"<p>{A}Hola{Z}</p>"),
        (f"<p>{OPEN}a <b>b</b>{CLOSE}</p>", f"<p>{A}a <b>b</b>{Z}</p>"),
        (f'<a title="{OPEN}x > y{CLOSE}">z</a>', '<a title="x > y">z</a>'),
        (f"<title>{OPEN}Hola{CLOSE} · x</title>", '<title lang="es">Hola · x</title>'),
        (f"<option value=1>{OPEN}Uno{CLOSE}</option>", '<option value=1 lang="es">Uno</option>'),
        (f"<textarea>{OPEN}</textarea><p>x</p>", '<textarea lang="es"></textarea><p>x</p>'),
        (f"<p>{OPEN}</p><p>{CLOSE}</p>", "<p></p><p></p>"),
        (f"<p>{CLOSE}{OPEN}a</p>", "<p>a</p>"),
        (f"<p>{OPEN}{OPEN}a{CLOSE}</p>", f"<p>{A}a{Z}</p>"),
        (f"<script>if (a<b) {{'{OPEN}'}}</script><p>{OPEN}a{CLOSE}</p>",
         f"<script lang=\"es\">if (a<b) {{''}}</script><p>{A}a{Z}</p>"),
    ],
)  # fmt: skip
def test_marks_become_elements_in_pairs_and_vanish_elsewhere(page, drawn):
    assert spoken_page(page, "") == drawn


def test_the_notice_stands_only_on_a_page_that_is_partly_in_spanish():
    assert spoken_page(f"{NOTICE}<p>{OPEN}a{CLOSE}</p>", "<i>n</i>") == f"<i>n</i><p>{A}a{Z}</p>"
    assert spoken_page(f"{NOTICE}<p>a</p>", "<i>n</i>") == "<p>a</p>"
