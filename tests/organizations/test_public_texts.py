# SPDX-License-Identifier: EUPL-1.2
"""Public texts of a body: versions that nobody rewrites, one in force a day,
the notice noted with each filing.
"""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.public import Channel, Filing, file_case
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.domain.public_texts import SECTIONS, starter
from siac.organizations.models import TextPublication, TextVersion
from siac.organizations.public import PublicText, publish_version, save_text, text_in_force
from siac.organizations.published import saved_versions
from siac.people.public import PersonData
from tests.factories import NOW, make_house

P = PublicText.PRIVACY
WORDS = {code: f"Texto de {code}." for code in SECTIONS["privacy"]}


@pytest.fixture
def house(db):
    return make_house("muni", "CL")


def saved(house, based_on: int = 0, **changes: str):
    return save_text(
        institution=house.institution,
        subject=P,
        sections=WORDS | changes,
        actor=None,
        now=NOW,
        based_on=based_on,
    )


def published(house, number: int, from_day: date | None = None):
    done = publish_version(
        institution=house.institution,
        subject=P,
        number=number,
        from_day=from_day or NOW.date(),
        actor=None,
        now=NOW,
    )
    house.institution.refresh_from_db()
    return done


def test_a_version_holds_from_its_day_until_another_does(house):
    saved(house)
    published(house, 1)
    saved(house, 1, contact="Otra persona")
    published(house, 2, NOW.date() + timedelta(days=10))
    body = house.institution
    held = [text_in_force(body, P, NOW.date() + timedelta(days=days)) for days in (-1, 0, 9, 10)]
    assert [text.number if text else None for text in held] == [None, 1, 1, 2]


def test_who_saves_over_another_is_told_and_loses_nothing(house, client):
    saved(house)
    with pytest.raises(Refused) as refused:
        saved(house, 0, contact="Tarde")
    assert refused.value.code == "saved_meanwhile"
    client.force_login(
        house.user(Role.ADMINISTRATOR), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("workspace:setup:text", args=["muni", "privacy"])
    page = client.post(url, {**WORDS, "contact": "Escrito tarde", "based_on": "0"})
    assert page.status_code == 422
    assert "Escrito tarde" in page.content.decode() and 'name="based_on" value="1"' in page.content.decode()


def test_a_save_that_changes_nothing_is_no_version(house):
    assert saved(house).number == saved(house, 1).number == 1


def test_what_changed_is_told_by_section(house):
    saved(house)
    saved(house, 1, contact="Delegada de datos")
    newest = saved_versions(house.institution, P)[0]
    assert newest.changes == [("Contacto para datos personales", "Texto de contact.", "Delegada de datos")]


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        (9, NOW.date(), "text_unknown"),
        (1, NOW.date() - timedelta(days=1), "text_day_past"),
        (2, NOW.date(), "text_incomplete"),
    ],
)
def test_what_cannot_be_published_is_refused(house, number, day, code):
    saved(house)
    saved(house, 1, authority="")
    with pytest.raises(Refused) as refused:
        published(house, number, day)
    assert refused.value.code == code


@pytest.mark.postgres
def test_nobody_rewrites_a_version_or_its_publication(house):
    saved(house)
    published(house, 1)
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        TextPublication.objects.all().delete()
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        TextVersion.objects.update(sections={})


def test_the_notice_that_held_is_noted_where_somebody_gave_their_data(house):
    saved(house)
    published(house, 1)

    def filed(person):
        case = file_case(
            institution=house.institution,
            filing=Filing(
                kind_id=house.kinds["denuncia"].pk, body="Un hoyo", channel=Channel.WEB, person=person
            ),
            actor=None,
            now=NOW,
        )
        return history(house.institution.pk, case.stream)[0].data

    assert filed(PersonData(given_names="Ana"))["privacy"] == 1
    assert "privacy" not in filed(None)
    assert verify_institution(house.institution.pk).problems == []


def test_the_page_shows_the_notice_with_real_retention_and_earlier_versions(house, client):
    page = client.get("/muni/privacidad/")
    assert "todavía no publica" in page.content.decode()
    saved(house)
    published(house, 1)
    saved(house, 1, contact="Delegada")
    published(house, 2)
    text = client.get("/muni/privacidad/").content.decode()
    assert "Versión 2" in text
    assert "se guarda como archivo público" in text
    assert "/muni/privacidad/1/" in text
    assert "Ya no rige" in client.get("/muni/privacidad/1/").content.decode()
    assert client.get("/muni/privacidad/7/").status_code == 404


def test_forms_that_ask_for_personal_data_lead_to_the_notice(house, client):
    kind = next(iter(house.kinds.values())).code
    for address in (f"/muni/solicitud/{kind}/", "/muni/seguimiento/", "/muni/seguimiento/codigo/"):
        assert 'href="/muni/privacidad/">aviso de privacidad' in client.get(address).content.decode()


def test_a_body_declares_its_accessibility_in_place_of_the_general_page(house, client):
    assert "WCAG 2.2" in client.get("/muni/accesibilidad/").content.decode()
    words = {code: f"Declaramos {code}." for code in SECTIONS["accessibility"]}
    declaration = PublicText.ACCESSIBILITY
    save_text(
        institution=house.institution, subject=declaration, sections=words, actor=None, now=NOW, based_on=0
    )
    publish_version(
        institution=house.institution, subject=declaration, number=1, from_day=NOW.date(), actor=None, now=NOW
    )
    assert "Declaramos complaint." in client.get("/muni/accesibilidad/").content.decode()


@pytest.mark.parametrize(("country", "law"), [("CL", "Ley 21.719"), ("PE", "Ley 29733"), ("ES", "2016/679")])
def test_a_first_wording_names_the_law_of_the_country(country, law):
    first = starter("privacy", country, name="Municipio", address="", contact="datos@muni.test")
    assert set(first) == set(SECTIONS["privacy"])
    assert law in first["basis"]


def test_an_administrator_writes_and_publishes_on_the_pages(house, client):
    client.force_login(
        house.user(Role.ADMINISTRATOR), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("workspace:setup:text", args=["muni", "privacy"])
    assert "redacción de partida" in client.get(url).content.decode()
    assert client.post(url, {**WORDS, "based_on": "0"}).status_code == 302
    day = house.institution.local_date(NOW) + timedelta(days=3650)
    sent = {"number": "1", "from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year}
    assert client.post(f"{url}publicar/", sent).status_code == 302
    assert "rige desde el" in client.get(url).content.decode()
