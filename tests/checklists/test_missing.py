# SPDX-License-Identifier: EUPL-1.2
"""What is missing across points: by the newest visit to each, the gravest first, for who sees them."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.findings.public import Severity
from siac.servicepoints.public import save_service_point
from siac.surveys.checklists.commands import open_visit_finding
from siac.surveys.models import Protocol
from tests.checklists.test_visits import GOOD, base, by, sent
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
WORSE = {"horario": "no", "aseo": "1", "trato": "no"}


def test_the_newest_visit_to_each_point_says_what_is_missing_there(house):
    """The OIRS was mended since its first visit but for the hours on the door; the annex lacks all three."""
    annex = save_service_point(
        institution=house.institution, actor=None, now=NOW, code="anexo", name="Anexo", kind="office"
    )
    house.institution.refresh_from_db()
    sent(house, WORSE, now=NOW - timedelta(days=9), point_id=house.point)
    sent(house, {**GOOD, "horario": "no"}, point_id=house.point)
    other = sent(house, WORSE, point_id=annex.pk)
    sent(house, WORSE)  # of no point: nothing to show here
    finding = open_visit_finding(
        **by(house, other, Role.QUALITY_MANAGER), code="trato", severity=Severity.GRAVE,
        responsible_id=house.user(Role.HEAD_OF_UNIT).pk,
    )  # fmt: skip
    client = house.client(Role.QUALITY_MANAGER)
    url = f"{base(house)}lo-que-falta/"
    page = client.get(url)
    said = words(page)
    assert "4 en total" in said and page.content.decode().count("data-row") == 4
    assert said.index("Nadie maltrató") < said.index("El horario está a la vista")
    assert f"/hallazgos/{finding.pk}/" in page.content.decode()
    assert "Lo que falta" in words(client.get(base(house)))
    one = words(client.get(url, {"punto": house.point}))
    assert "1 en total" in one and "Anexo" not in one.split("1 en total")[0].split("Hallazgo")[-1]
    protocol = Protocol.objects.get(institution=house.institution)
    assert "4 en total" in words(client.get(url, {"protocolo": protocol.pk}))
    rows = client.get(url, {"formato": "csv"}).streaming_content
    table = b"".join(rows).decode("utf-8-sig")
    assert len(table.splitlines()) == 5 and "Anexo" in table and "Abierto" in table


def test_nothing_is_missing_where_nobody_looked_or_all_is_well(house):
    url = f"{base(house)}lo-que-falta/"
    client = house.client(Role.QUALITY_MANAGER)
    assert "Nada falta en lo que se ha revisado" in words(client.get(url))
    sent(house, GOOD, point_id=house.point)
    assert "Nada falta en lo que se ha revisado" in words(client.get(url))


def test_a_head_sees_what_is_missing_at_visits_to_their_own_unit_only(house):
    sent(house, WORSE, point_id=house.point, unit_id=house.units["oirs"])
    page = words(house.client(Role.HEAD_OF_UNIT).get(f"{base(house)}lo-que-falta/"))
    assert "Nada falta" in page


def test_many_points_cost_the_same(house):
    client, url = house.client(Role.QUALITY_MANAGER), f"{base(house)}lo-que-falta/"
    sent(house, WORSE, point_id=house.point)
    client.get(url)
    with at_most(12):
        client.get(url)
    for number in range(8):
        row = save_service_point(
            institution=house.institution, actor=None, now=NOW, code=f"p{number}", name=f"P{number}",
            kind="office",
        )  # fmt: skip
        house.institution.refresh_from_db()
        sent(house, WORSE, point_id=row.pk)
    client.get(url)
    with at_most(12):
        client.get(url)
