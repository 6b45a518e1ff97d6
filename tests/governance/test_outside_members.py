# SPDX-License-Identifier: EUPL-1.2
"""Somebody from outside with a seat: their sessions, their vote, and little else of the body."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.governance.commands.sittings import cast_vote
from siac.governance.models import Seat
from tests.factories import NOW
from tests.governance.test_sittings import body, closed, common, moved, opened, sit
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page_of(house, path="sesiones/", role=Role.COUNCIL_MEMBER):
    return house.client(role).get(f"/{house.slug}/gestion/{path}")


def test_who_has_a_seat_finds_what_to_vote_first_and_it_goes_when_they_voted(house):
    council, seats = body(house, "Ana")
    seats["Luz"] = sit(house, council, "Luz", user_id=house.user(Role.COUNCIL_MEMBER).pk).pk
    row = opened(house, council, seats, "Ana", "Luz")
    assert "Por votar ahora" not in words(page_of(house))
    motion = moved(house, row)
    client = house.client(Role.COUNCIL_MEMBER)
    with at_most(8):
        told = words(client.get(f"/{house.slug}/gestion/sesiones/"))
    assert "Por votar ahora" in told and "Aprobar" in told and "En curso" in told
    assert "Mis sesiones" in words(page_of(house, "inicio/"))
    cast_vote(
        sitting_id=row.pk, motion_id=motion.pk, seat_id=seats["Luz"], choice="for", **common(house, NOW + DAY)
    )
    assert "Por votar ahora" not in words(page_of(house))
    closed(house, row, motion)


def test_who_is_not_in_the_room_has_nothing_to_vote(house):
    council, seats = body(house, "Ana", "Eva")
    sit(house, council, "Luz", user_id=house.user(Role.COUNCIL_MEMBER).pk)
    moved(house, opened(house, council, seats, "Ana", "Eva"))
    assert "Por votar ahora" not in words(page_of(house))


def test_a_mandate_that_ended_leaves_no_place_and_another_body_of_the_house_does_not_open(house):
    council, _ = body(house, "Ana")
    seat = sit(house, council, "Luz", user_id=house.user(Role.COUNCIL_MEMBER).pk)
    other, _ = body(house, "Ana", name="Consejo de usuarios", kind="users")
    assert page_of(house, f"organos/{council.pk}/").status_code == 200
    assert page_of(house, f"organos/{other.pk}/").status_code == 404
    Seat.objects.filter(pk=seat.pk).update(until="2026-01-02")
    assert "Hoy no integra ningún órgano" in words(page_of(house))


@pytest.mark.parametrize("path", ["solicitudes/", "hallazgos/", "indicadores/", "procesos/", "servicios/"])
def test_the_rest_of_the_house_stays_closed(house, path):
    assert page_of(house, path).status_code in (403, 404)


def test_whoever_has_a_seat_beside_another_role_has_the_page_too(house):
    assert page_of(house, role=Role.UNIT_OFFICER).status_code == 404
    council, _ = body(house, "Ana")
    sit(house, council, "Luz", user_id=house.user(Role.UNIT_OFFICER).pk)
    assert page_of(house, role=Role.UNIT_OFFICER).status_code == 200


def test_the_entry_of_sessions_goes_by_the_seat_and_not_by_the_role(house):
    def entry(role):
        page = page_of(house, "inicio/", role).content.decode()
        return f'href="/{house.slug}/gestion/sesiones/"' in page

    council, _ = body(house, "Ana")
    assert not entry(Role.COUNCIL_MEMBER)
    assert not entry(Role.QUALITY_MANAGER)
    sit(house, council, "Luz", user_id=house.user(Role.QUALITY_MANAGER).pk)
    assert entry(Role.QUALITY_MANAGER)
    assert page_of(house, role=Role.QUALITY_MANAGER).status_code == 200
    assert not entry(Role.COUNCIL_MEMBER)
