# SPDX-License-Identifier: EUPL-1.2
"""Whatever tells when a place is open tells the same: its page, the charter, its counter and the phone."""

from datetime import time

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.catalogue.public import save_service
from siac.charters.flowing import as_it_stands
from siac.charters.models import CharterEdition
from siac.counter.commands.tickets import take_ticket
from siac.servicepoints.public import Hours, Window, hours_words, save_service_point, service_points
from tests.counter.conftest import make_room
from tests.words import words

pytestmark = pytest.mark.django_db


def test_the_page_of_a_point_its_charter_counter_and_phone_tell_the_same_hours(house):
    room = make_room(house, is_open=False)
    now = timezone.now()
    service = save_service(
        institution=house.institution, actor=None, now=now, code="certificados", name="Certificados"
    )
    house.institution.refresh_from_db()
    week = {day: (Window(time(0), time(23, 59)),) for day in range(7)}
    save_service_point(
        institution=house.institution, point=service_points(house.institution)[house.point], actor=None,
        now=now, hours=Hours(week), hours_note="Con hora reservada", service_ids=[service.pk],
    )  # fmt: skip
    house.institution.refresh_from_db()
    told = hours_words(service_points(house.institution)[house.point])
    assert told.endswith("Con hora reservada") and "23:59" in told
    visit = take_ticket(institution=house.institution, line_id=room.lines["A"], now=now)
    citizen, base = house.client(), f"/{house.slug}"
    for path in ("puntos/oirs/", "puntos/oirs/turnos/", f"turno/{visit.token}/"):
        assert told in words(citizen.get(f"{base}/{path}")), path
    manager = house.client(Role.QUALITY_MANAGER)
    assert told in words(manager.get(f"{base}/gestion/turnos/sala/{house.point}/"))
    edition = CharterEdition.objects.get(charter=house.commitment.edition.charter)
    edition.service_ids = [service.pk]  # of which the charter tells where and when they are given
    assert [each.hours for each in as_it_stands(edition).places] == [told]
