# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from siac.infra.search import search_query, search_tokens, token, tokens

MEET = [
    ("inundaciones", "inundación"),
    ("INUNDACION", "inundación"),
    ("reclamos", "reclamo"),
    ("reclamación", "reclamo"),
    ("reparar", "reparación"),
    ("licencias", "licencia"),
    ("luces", "luz"),
    ("basura", "residuos"),
    ("acera", "vereda"),
    ("escuelas", "colegio"),
    ("ayuntamiento", "municipalidad"),
    ("pensiones", "pensión"),
    ("árboles", "arbol"),
    ("niños", "niño"),
    ("certificados", "certificado"),
]
APART = [("bache", "basura"), ("agua", "luz"), ("perro", "pera"), ("médico", "medalla")]


@pytest.mark.parametrize(("asked", "kept"), MEET)
def test_near_words_meet(asked, kept) -> None:
    assert tokens(asked) == tokens(kept)


@pytest.mark.parametrize(("asked", "kept"), APART)
def test_other_words_stay_apart(asked, kept) -> None:
    assert set(tokens(asked)).isdisjoint(tokens(kept))


def test_stop_words_leave_and_numbers_stay() -> None:
    assert (
        search_tokens("El bache de la calle 1234, de 2024") == f"{token('bache')} {token('calle')} 1234 2024"
    )


@pytest.mark.parametrize("text", ["", "   ", "de la y", "¿?!", "&|!()"])
def test_nothing_to_ask(text) -> None:
    assert search_query(text) is None


def found(kept: str, asked: str) -> bool:
    query = search_query(asked)
    assert query is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)",
            [search_tokens(kept), query.source_expressions[1].value],
        )
        return cursor.fetchone()[0]


TEXT = (
    "Hubo inundaciones en la calle Ñuñoa 1234; el niño Peña espera reparación de 2 luces (folio 2024-000123)."
)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize(
    ("asked", "hit"),
    [
        ("inundación", True),
        ("inundacion calle", True),
        ("inundación basura", False),
        ("ñuñoa", True),
        ("nunoa", False),
        ("peña niños", True),
        ("1234", True),
        ("123", False),
        ("000123", True),
        ("luz", True),
        ("repararon el", True),
        ("de la calle", True),
        ("1e5", False),
    ],
)
def test_the_database_finds_what_people_ask(asked, hit) -> None:
    assert found(TEXT, asked) is hit


@pytest.mark.django_db
@given(st.text(max_size=60))
def test_any_text_finds_itself_and_breaks_nothing(text) -> None:
    if search_query(text) is not None and len(set(tokens(text))) <= 12:
        assert found(text, text)


def test_every_word_must_match_up_to_twelve() -> None:
    query = search_query(" ".join(f"palabra{i}" for i in range(30)))
    assert query is not None
    assert query.source_expressions[1].value.count("&") == 11
