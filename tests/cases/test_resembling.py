# SPDX-License-Identifier: EUPL-1.2
"""Requests that may be the same one again are shown where they can be joined."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.desk.resembling import resembling
from tests.factories import House, answer, file, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FLOOD = "Se inundó la calle Larga frente al mercado por el colector tapado."
AGAIN = "Otra vez se inundó la calle Larga frente al mercado, el colector sigue tapado."


def found(house: House, case, role: Role = Role.QUALITY_MANAGER) -> list[tuple[str, bool]]:
    rows = resembling(house.access(role), case, now=timezone.now())
    return [(row.case.folio, row.same_person) for row in rows]


def filed(house: House, body: str, **more):
    return file(
        house,
        more.pop("kind", "consulta"),
        now=more.pop("now", timezone.now()),
        subject="Aviso",
        body=body,
        **more,
    )


def test_the_same_person_by_e_mail_or_document_comes_first(house):
    now = timezone.now()
    who = person(email="ana@ejemplo.org", document_type="", document_number="")
    case = filed(house, FLOOD, who=who)
    mine = filed(
        house,
        "Pido copia del acta del consejo.",
        who=person(email="ANA@ejemplo.org", document_number="11111111-1"),
    )
    alike = filed(house, AGAIN, who=person(email="otra@ejemplo.org", document_number="7654321-6"))
    filed(house, "Quiero felicitar a la funcionaria por su trato.", who=person(document_number="20347878-K"))
    filed(house, AGAIN, who=who, now=now - timedelta(days=61))  # too old
    done = filed(house, AGAIN, who=who, unit_id=house.units["obras"])
    answer(house, done, now=now)
    assert found(house, case) == [(mine.folio, True), (alike.folio, False)]


def test_words_alone_count_within_one_kind_and_one_confidentiality(house):
    case = filed(house, FLOOD)
    filed(house, AGAIN, kind="acceso", who=person(document_number="7654321-6"))
    filed(house, AGAIN, kind="denuncia", who=person(document_number="7654321-6"))
    assert found(house, case) == []


def test_who_may_not_read_identities_learns_nothing_of_the_person(house):
    who = person(email="ana@ejemplo.org")
    case = filed(house, FLOOD, who=who)
    filed(house, "Pido copia del acta del consejo.", who=who)
    assert found(house, case, Role.AUTHORITY) == []


def test_the_page_offers_to_join_and_stays_small(house):
    case, other = filed(house, FLOOD), filed(house, AGAIN)
    browser = house.client(Role.QUALITY_MANAGER)
    where = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert "Ver solicitudes parecidas" in browser.get(where).content.decode()
    with at_most(12):
        page = browser.get(f"{where}parecidas/").content.decode()
    assert other.folio in page and f"acumular/?into={other.folio}" in page
    form = browser.get(f"{where}acumular/?into={other.folio}").content.decode()
    assert f'value="{other.folio}"' in form
