# SPDX-License-Identifier: EUPL-1.2
"""Pages for everybody are read from the replica, say until when it has everything, and do without it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from siac.infra import readers
from siac.infra.readers import HEADER, REPLICA, read_apart, reading_apart
from tests.factories import House, make_house


@pytest.fixture
def replica(real_commits: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The same database once more, by connections that only read; its data is of now."""
    known = connection.settings_dict
    options = known["OPTIONS"] | {"options": "-c default_transaction_read_only=on"}
    connections.settings[REPLICA] = known | {"OPTIONS": options, "CONN_MAX_AGE": 60}
    monkeypatch.setitem(readers._not_before, REPLICA, float("-inf"))
    connections[REPLICA].connect()  # Django's tests let nobody else begin a connection to it
    house = make_house()
    sign(timedelta(0))
    yield house
    connections[REPLICA].close()
    del connections[REPLICA]
    connections.settings.pop(REPLICA)


def sign(age: timedelta) -> None:
    """Let the last sign of life of a worker be so old."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [now() - age])


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("path", ["datos/", "cartas/", "como-mejoramos/", "rendicion-de-cuentas/"])
def test_a_page_for_everybody_is_read_from_the_replica_and_says_of_when(replica, path):
    with CaptureQueriesContext(connections[REPLICA]) as read:
        page = Client().get(f"/{replica.slug}/{path}")
    assert page.status_code in {200, 404} and len(read) > 1
    at = datetime.fromisoformat(page.headers[HEADER])
    assert abs(now() - at) < timedelta(minutes=1)
    assert page.status_code == 404 or "Datos al" in page.content.decode()
    assert connection.alias == "default"


@pytest.mark.parametrize("path", ["", "seguimiento/", "solicitud/"])
def test_what_may_be_somebodys_own_is_not(replica, path):
    with CaptureQueriesContext(connections[REPLICA]) as read:
        page = Client().get(f"/{replica.slug}/{path}")
    assert page.status_code == 200 and HEADER not in page.headers and len(read) == 0


def test_data_that_is_too_old_is_read_where_it_was_written(replica, monkeypatch):
    monkeypatch.setenv("SIAC_REPLICA_SECONDS", "30")
    sign(timedelta(seconds=40))
    page = Client().get(f"/{replica.slug}/datos/")
    assert page.status_code == 200 and HEADER not in page.headers and "Datos al" not in page.content.decode()
    sign(timedelta(0))
    assert HEADER not in Client().get(f"/{replica.slug}/datos/").headers  # not asked again at once
    monkeypatch.setitem(readers._not_before, REPLICA, float("-inf"))
    connections[REPLICA].connect()
    assert HEADER in Client().get(f"/{replica.slug}/datos/").headers


def test_a_replica_that_is_away_costs_no_page(replica, monkeypatch):
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(readers, "data_time", away)
    page = Client().get(f"/{replica.slug}/datos/")
    assert page.status_code == 200 and HEADER not in page.headers


def test_a_replica_that_is_lost_on_the_way_costs_no_page(replica):
    asked = []

    @read_apart
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(connection.alias)
        if connection.alias == REPLICA:
            raise OperationalError("gone")
        return HttpResponse("read")

    answer = view(RequestFactory().get("/"))
    assert answer.content == b"read" and asked == [REPLICA, "default"] and HEADER not in answer.headers


def test_nothing_is_written_there_and_what_was_just_written_is_seen(replica):
    with reading_apart(now()) as at, connection.cursor() as cursor:
        assert at is not None
        with pytest.raises(OperationalError, match="follows"):
            cursor.execute("DELETE FROM procrastinate_workers")
    with transaction.atomic(), reading_apart(now()) as at:
        assert at is None and connection.alias == "default"
