# SPDX-License-Identifier: EUPL-1.2
import os
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from siac.infra import crypto
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.models import Institution
from siac.people.commands.rotating import renew_terms
from siac.people.commands.saving import _LIMITS
from siac.people.models import Characteristics, Identity, Person
from siac.people.public import (
    PersonData,
    erase_person,
    export_person,
    find_people,
    known_people,
    matches_second_factor,
    names,
    reveal,
    same_people,
    save_characteristics,
    save_people,
    save_person,
    update_person,
)
from siac.people.texts import FIELDS
from tests.sql_counts import exactly

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = PersonData(
    given_names="Ana  María",
    family_names="Núñez",
    document_type="rut",
    document_number="12.345.678-5",
    email="ana@ejemplo.org",
    phone="+56 9 1234 5678",
    address="Calle 1",
    preferred_channel="email",
    verified_by="ClaveÚnica",
    verified_on="2026-09-07",
    agent="Iker Sola 00000000T; iker@ejemplo.es",
)


@pytest.fixture
def body():
    return Institution.objects.create(
        slug="pe", name="P", short_name="P", jurisdiction="CL", time_zone="UTC", place="CL"
    )


@pytest.fixture
def other():
    return Institution.objects.create(
        slug="otro", name="O", short_name="O", jurisdiction="CL", time_zone="UTC", place="CL"
    )


def test_every_field_of_a_person_has_its_limit_and_its_name_and_comes_back(body) -> None:
    """The kind is a choice, and a document has rules of its own."""
    typed = {field.name for field in fields(PersonData)} - {"kind", "document_type", "document_number"}
    assert set(_LIMITS) == set(FIELDS) == typed
    assert [name for name in typed if not getattr(ANA, name)] == []
    known = export_person(body.pk, save_person(body.pk, ANA, NOW), actor_id=None, now=NOW)["identity"]
    assert {name: known[name] for name in typed} == {
        name: " ".join(getattr(ANA, name).split()) for name in typed
    }


def test_saving_costs_two_queries_and_stores_nothing_readable(body) -> None:
    with exactly(2):
        person_id = save_person(body.pk, ANA, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text || p::text FROM people_identity i, people_person p")
        (raw,) = cursor.fetchone()
        cursor.execute("SELECT sealed FROM people_identity")
        (sealed,) = cursor.fetchone()
    for secret in ("Ana", "ez", "12345678", "ejemplo"):
        assert secret not in raw
        assert secret.encode() not in bytes(sealed)
    data = reveal(body.pk, [person_id], actor_id=None, reason="", now=NOW)[person_id]
    assert (data.display_name, data.document_number) == ("Ana María Núñez", "123456785")


def test_reading_leaves_a_line_for_the_reader_only_when_there_is_one(body) -> None:
    ids = save_people(body.pk, [ANA, PersonData(family_names="Pérez")], NOW)
    with exactly(1):
        reveal(body.pk, ids, actor_id=None, reason="", now=NOW)
    reveal(body.pk, ids, actor_id=5, reason="case:1", now=NOW)
    (entry,) = history(body.pk, "access:5")
    assert entry.data == {"subjects": [f"person:{pk}" for pk in ids], "reason": "case:1", "by": "person"}


def test_names_of_a_page_in_one_query(body) -> None:
    ids = save_people(body.pk, [PersonData(given_names=f"N{n}") for n in range(50)], NOW)
    nobody = save_person(body.pk, PersonData(), NOW)
    erase_person(body.pk, ids[0], actor_id=None, now=NOW)
    with exactly(1):
        shown = names(body.pk, [*ids, nobody, None])
    assert (shown[ids[1]], shown[ids[0]], shown[nobody]) == ("N1", "Datos borrados", "Sin nombre")
    with exactly(0):
        assert names(body.pk, [None]) == {}


def test_a_person_is_found_in_her_body_only(body, other) -> None:
    person_id = save_person(body.pk, ANA, NOW)
    elsewhere = save_person(other.pk, ANA, NOW)
    for query in ("nuñ", "ana núñez", "12345678-5", "ANA@ejemplo.org", "9 1234 5678"):
        with exactly(1):
            assert find_people(body.pk, query) == [person_id]
    assert find_people(other.pk, "ana") == [elsewhere]
    assert find_people(body.pk, "pedro") == find_people(body.pk, "") == []
    assert reveal(body.pk, [elsewhere], actor_id=None, reason="", now=NOW) == {}
    assert names(body.pk, [elsewhere]) == {}


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("ana@ejemplo.org", True),
        (" ANA@ejemplo.org ", True),
        ("6785", True),
        ("678-5", True),
        ("5678", True),
        ("12.345.678-5", True),
        ("785", False),
        ("", False),
        ("9999", False),
        ("@", False),
        ("ejemplo.org", False),
    ],
)
def test_second_factor(body, value, right) -> None:
    person_id = save_person(body.pk, ANA, NOW)
    assert matches_second_factor(body.pk, person_id, value) is right


@pytest.mark.parametrize(
    ("given", "value", "right"),
    [
        ({}, "0049", True),
        ({}, "+56 9 8000 0049", True),
        ({}, "9 8000 0049", True),
        ({}, "049", False),
        ({}, "", False),
        ({"email": "ana@ejemplo.org"}, "0049", False),
        ({"document_type": "rut", "document_number": "12345678-5"}, "0049", False),
    ],
)
def test_a_telephone_proves_who_it_is_only_where_nothing_else_was_given(body, given, value, right) -> None:
    person = PersonData(given_names="Ana", phone="+56 9 8000 0049", **given)
    assert matches_second_factor(body.pk, save_person(body.pk, person, NOW), value) is right


@pytest.mark.parametrize(
    ("given", "value", "right"),
    [
        ({}, "Núñez Soto", True),
        ({}, " nunez  soto ", True),
        ({}, "NÚÑEZ", True),
        ({}, "Soto", False),
        ({}, "Ana", False),
        ({}, "", False),
        ({"family_names": ""}, "ana", True),
        ({"family_names": "De la Cruz Soto"}, "de", False),
        ({"family_names": "De la Cruz Soto"}, "de la", False),
        ({"family_names": "De la Cruz Soto"}, "De la Cruz", True),
        ({"given_names": "Ana María Núñez Soto", "family_names": ""}, "nunez", True),
        ({"given_names": "Ana María Núñez Soto", "family_names": ""}, "Núñez Soto", True),
        ({"given_names": "Ana María Núñez Soto", "family_names": ""}, "ana", False),
        ({"kind": "legal", "given_names": "", "family_names": "Junta Los Aromos"}, "junta", False),
        ({"kind": "legal", "given_names": "", "family_names": "Junta Los Aromos"}, "junta los aromos", True),
        ({"phone": "+56 9 8000 0049"}, "Núñez Soto", False),
        ({"email": "ana@ejemplo.org"}, "Núñez Soto", False),
        ({"document_type": "rut", "document_number": "12345678-5"}, "Núñez Soto", False),
    ],
)
def test_a_surname_proves_who_it_is_only_where_nobody_could_be_reached_otherwise(
    body, given, value, right
) -> None:
    person = PersonData(**{"given_names": "Ana", "family_names": "Núñez Soto", "address": "Sol 1", **given})
    assert matches_second_factor(body.pk, save_person(body.pk, person, NOW), value) is right


def test_nobody_matches_nothing(body, other) -> None:
    nobody = save_person(body.pk, PersonData(), NOW)
    assert not matches_second_factor(body.pk, nobody, "")
    assert not matches_second_factor(body.pk, None, "6785")
    assert not matches_second_factor(other.pk, save_person(body.pk, ANA, NOW), "6785")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PersonData(email="no es correo"), "email_form"),
        (PersonData(email="a@b.org\nBcc: x@y.org"), "email_form"),
        (PersonData(phone="12"), "phone_form"),
        (PersonData(family_names="x" * 201), "person_text_too_long"),
        (PersonData(document_type="rut", document_number="12345678-4"), "document_check_digit"),
    ],
)
def test_wrong_data_is_refused_and_nothing_kept(body, data, code) -> None:
    with pytest.raises(Refused, match=code):
        save_person(body.pk, data, NOW)
    with pytest.raises(Refused, match=code):
        save_people(body.pk, [ANA, data], NOW)
    assert not Person.objects.exists()


def test_changing_moves_the_blind_index(body) -> None:
    person_id = save_person(body.pk, ANA, NOW)
    update_person(body.pk, person_id, PersonData(given_names="Berta"), NOW, actor_id=3)
    assert find_people(body.pk, "ana") == []
    assert find_people(body.pk, "berta") == [person_id]
    assert [e.kind for e in history(body.pk, f"person:{person_id}")] == ["people.changed"]


def test_erasing_leaves_a_tombstone_and_takes_what_they_told_of_themselves(body, other) -> None:
    person_id = save_person(body.pk, ANA, NOW)
    save_characteristics(body.pk, person_id, actor_id=None, now=NOW, age_band="30_44", sex="female")
    save_characteristics(body.pk, person_id, actor_id=3, now=NOW, age_band="45_59", schooling="none")
    with pytest.raises(Refused, match="person_unknown"):
        erase_person(other.pk, person_id, actor_id=3, now=NOW)
    exported = export_person(body.pk, person_id, actor_id=3, now=NOW)
    assert exported["identity"]["email"] == "ana@ejemplo.org"
    told = exported["characteristics"]
    assert (told["age_band"], told["sex"], told["schooling"]) == ("45_59", "", "none")
    erase_person(body.pk, person_id, actor_id=3, now=NOW)
    assert find_people(body.pk, "ana") == []
    assert not Identity.objects.exists()
    assert not Characteristics.objects.exists()
    assert Person.objects.get().erased_at == NOW
    for again in (
        lambda: erase_person(body.pk, person_id, actor_id=3, now=NOW),
        lambda: update_person(body.pk, person_id, ANA, NOW, actor_id=3),
        lambda: export_person(body.pk, person_id, actor_id=3, now=NOW),
    ):
        with pytest.raises(Refused, match="person_erased"):
            again()
    assert verify_institution(body.pk).problems == []


def test_characteristics_are_coarse(body) -> None:
    person_id = save_person(body.pk, ANA, NOW)
    with pytest.raises(ValidationError):
        save_characteristics(body.pk, person_id, actor_id=None, now=NOW, age_band="37")


def test_rotation(body, monkeypatch) -> None:
    old, new = os.urandom(32).hex(), os.urandom(32).hex()

    def keys(current: str, former: str = "") -> None:
        monkeypatch.setenv("SIAC_VAULT_KEY", current)
        monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", former)
        crypto._keyring.cache_clear()

    try:
        keys(old)
        ids = save_people(body.pk, [ANA, PersonData(given_names="Berta")], NOW)
        keys(new, old)
        newest = save_person(body.pk, PersonData(given_names="Berta"), NOW)
        assert find_people(body.pk, "berta") == [newest, ids[1]]
        out = StringIO()
        call_command("vault", "rotate", stdout=out)
        assert "de nuevo: 2" in out.getvalue()
        keys(new)
        assert names(body.pk, ids)[ids[0]] == "Ana María Núñez"
        assert find_people(body.pk, "berta") == [newest, ids[1]]
        keys(old)
        with pytest.raises(CommandError, match="SIAC_VAULT_OLD_KEYS"):
            call_command("vault", "rotate")
    finally:
        monkeypatch.undo()
        crypto._keyring.cache_clear()


def test_people_known_before_get_the_terms_of_today(body) -> None:
    kept = save_person(body.pk, PersonData(given_names="Jens", family_names="Ørsted"), NOW)
    Identity.objects.update(tokens=[1], terms_version=1)
    assert find_people(body.pk, "orsted") == []
    assert renew_terms() == 1
    assert renew_terms() == 0
    assert find_people(body.pk, "orsted") == [kept]


@pytest.mark.parametrize("query", ["iker sola", "sol", "00000000-t", "IKER@ejemplo.es", "600 123 456"])
def test_somebody_is_found_by_who_acts_for_them_and_never_taken_for_that_one(body, query) -> None:
    line = "Iker Sola 00000000T; calle Mayor 12, 28001; iker@ejemplo.es; +34 600 123 456"
    held = save_person(body.pk, PersonData(given_names="Ana", agent=line), NOW)
    agent = PersonData(
        given_names="Iker", family_names="Sola", document_type="dni_es", document_number="00000000T",
        email="iker@ejemplo.es", phone="600123456",
    )  # fmt: skip
    own = save_person(body.pk, agent, NOW)
    assert find_people(body.pk, query) == [own, held]
    assert find_people(body.pk, "28001") == []
    assert same_people(body.pk, own) == known_people(body.pk, agent, limit=9) == [own]
    erase_person(body.pk, held, actor_id=3, now=NOW)
    assert find_people(body.pk, query) == [own]


def test_who_was_known_with_an_agent_before_is_found_by_it_once_terms_are_renewed(body) -> None:
    kept = save_person(body.pk, ANA, NOW)
    Identity.objects.update(tokens=[1], terms_version=2)
    assert renew_terms() == 1
    assert find_people(body.pk, "iker@ejemplo.es") == [kept]
    update_person(body.pk, kept, replace(ANA, agent=""), NOW, actor_id=3)
    assert find_people(body.pk, "iker@ejemplo.es") == []


def test_what_cannot_be_seen_is_not_kept_of_a_name_or_an_address(body) -> None:
    data = PersonData(
        given_names="A\u200bna\u00a0 \u202eMaría",
        email="ana\u200b@ejemplo.org\ufeff",
        phone="\u200e912345678",
    )
    person_id = save_person(body.pk, data, NOW)
    kept = reveal(body.pk, [person_id], actor_id=None, reason="", now=NOW)[person_id]
    assert (kept.given_names, kept.email, kept.phone) == ("Ana María", "ana@ejemplo.org", "912345678")
