# SPDX-License-Identifier: EUPL-1.2
"""What staff have made for them is read from the replica once that one has all that was written, and does
without it; what is told meanwhile is written where everything is.
"""

import io
import socket
from collections.abc import Generator, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.lists import exporting
from siac.cases.lists.exporting import EXPORTS, LINE, begin_export
from siac.cases.models import Case, CaseExport
from siac.cases.tasks import export_cases
from siac.documents.public import fetched, open_file
from siac.infra import pulse, readers
from siac.infra.longwork import _LINES, Step, TimeSource, finish, run_long, tell
from siac.infra.readers import HEADER, REPLICA, at_home, reading_all_apart
from siac.journal.models import JournalEntry
from siac.kernel.work_states import WorkState
from tests.factories import House, file
from tests.infra.test_readers import now, replica

__all__ = ["replica"]
APART = {
    "cases.export_cases", "indicators.make_demand_plan", "programme.make_pack", "reporting.dataset",
    "reporting.summary", "transparency.package",
}  # fmt: skip


def asked(house: House, form: str = "xlsx") -> CaseExport:
    access = house.access(Role.QUALITY_MANAGER)
    return begin_export(access=access, params={}, form=form, now=now())


def read_at(line: str = REPLICA) -> CaptureQueriesContext:
    return CaptureQueriesContext(connections[line])


def test_works_that_only_read_are_read_apart_and_no_other():
    assert {line.job for line in _LINES if line.reads_apart} == APART


def test_an_export_is_read_from_the_replica_and_says_of_when_it_is(replica, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    export, before = asked(replica), now().replace(second=0, microsecond=0)
    with read_at() as there:
        export_cases(export.pk)
    export.refresh_from_db()
    assert export.state == WorkState.DONE and connection.alias == "default"
    assert any('FROM "cases_case"' in each["sql"] for each in there)
    made = fetched(EXPORTS, export, replica.access(Role.QUALITY_MANAGER), now=now())
    with open_file(made) as stored:
        head, said = load_workbook(io.BytesIO(stored.read()))["Sobre esta lista"].iter_rows(values_only=True)
    zone = replica.institution.zone
    assert head == ("Institución", "Datos al") and said[0] == replica.institution.name
    assert before <= said[1].replace(tzinfo=zone) <= now()


def test_a_list_goes_out_as_csv_from_the_replica(replica):
    where = reverse("workspace:cases:export", args=[replica.slug])
    with read_at() as there:
        page = replica.client(Role.QUALITY_MANAGER).get(f"{where}?formato=csv")
        content = b"".join(page)
    assert page.status_code == 200 and content.startswith(b"\xef\xbb\xbf") and page.headers[HEADER]
    assert any('FROM "cases_case"' in each["sql"] for each in there)


def test_a_list_that_loses_the_replica_in_the_middle_goes_out_whole(replica, monkeypatch):
    file(replica)
    read, rows = [], exporting.list_rows

    def lost(*args: Any, **kwargs: Any) -> Iterator[list[Any]]:
        read.append(connection.alias)
        yield from rows(*args, **kwargs)
        if connection.alias == REPLICA:
            raise OperationalError("canceling statement due to conflict with recovery")

    monkeypatch.setattr(exporting, "list_rows", lost)
    where = reverse("workspace:cases:export", args=[replica.slug])
    page = replica.client(Role.QUALITY_MANAGER).get(f"{where}?vista=todas&formato=csv")
    content = b"".join(page)
    assert (read, page.status_code) == ([REPLICA, "default"], 200)
    assert len(content.splitlines()) == 1 + Case.objects.count()
    assert page.headers["Content-Length"] == str(len(content))


def test_a_list_that_loses_the_database_in_the_middle_does_not_go_out(replica, monkeypatch):
    def lost(*args: object, **kwargs: object) -> Iterator[list[Any]]:
        yield ["1"]
        raise OperationalError("the database is away")

    monkeypatch.setattr(exporting, "list_rows", lost)
    where = reverse("workspace:cases:export", args=[replica.slug])
    client = replica.client(Role.QUALITY_MANAGER)
    client.raise_request_exception = False
    assert client.get(f"{where}?vista=todas&formato=csv").status_code >= 500


def test_that_restricted_ones_were_read_there_is_noted_where_everything_is(replica):
    Case.objects.filter(pk=file(replica).pk).update(is_restricted=True)
    where = reverse("workspace:cases:export", args=[replica.slug])
    page = replica.client(Role.AUDITOR).get(f"{where}?vista=todas&formato=csv")
    assert ";Sí;" in b"".join(page).decode()
    assert JournalEntry.objects.filter(kind="access.read").exists()


def test_a_replica_that_has_not_what_was_just_written_is_waited_for(replica, monkeypatch):
    has, known = readers._has, []

    def late(position: str, there: object) -> bool:
        known.append(position)
        return has(position, there) and len(known) > 2

    monkeypatch.setattr(readers, "_has", late)
    with reading_all_apart() as is_apart:
        assert is_apart and len(known) == 3 and len(set(known)) == 1


def test_the_place_asked_for_is_behind_what_was_just_written(replica):
    def place() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::pg_lsn - '0/0'::pg_lsn", [readers._position(connection)[0]])
            return int(cursor.fetchone()[0])

    before = place()
    export = asked(replica)
    assert place() > before and export.pk


@pytest.mark.parametrize("fault", [None, OperationalError("away")])
def test_one_that_stays_behind_or_is_away_is_done_without(replica, monkeypatch, fault):
    def behind(position: str, there: object) -> bool:
        if fault:
            raise fault
        return False

    monkeypatch.setattr(readers, "_has", behind)
    monkeypatch.setattr(readers, "CATCHES_UP", 0.1)
    export, read = asked(replica), []

    def steps(row: CaseExport, clock: TimeSource) -> Generator[Step[CaseExport], None, None]:
        read.append(connection.alias)
        yield finish

    run_long(LINE, export.pk, steps)
    export.refresh_from_db()
    assert (export.state, read) == (WorkState.DONE, ["default"])
    assert readers._not_before[REPLICA] > 0  # not asked again at once


def test_one_that_is_lost_meanwhile_has_the_work_done_again_where_everything_is(replica):
    export, read = asked(replica), []

    def broken(row: CaseExport, clock: TimeSource) -> Generator[Step[CaseExport], None, None]:
        read.append(connection.alias)
        if connection.alias == REPLICA:
            raise OperationalError("canceling statement due to conflict with recovery")
        yield finish

    with pytest.raises(OperationalError):
        run_long(LINE, export.pk, broken)
    export.refresh_from_db()
    assert (export.state, export.leased_until) == (WorkState.RUNNING, None)  # nobody has it: it goes on
    run_long(LINE, export.pk, broken)
    export.refresh_from_db()
    assert (export.state, read) == (WorkState.DONE, [REPLICA, "default"])


def test_one_that_falls_silent_meanwhile_holds_nobody(replica, monkeypatch):
    monkeypatch.setattr(pulse, "EVERY", 0.05)
    monkeypatch.setattr(pulse, "node_speaks", lambda node: False)
    with pytest.raises(OperationalError), reading_all_apart(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(3)")
    assert readers._not_before[REPLICA] > 0


def test_one_that_speaks_is_read_as_long_as_it_takes(replica, monkeypatch):
    monkeypatch.setattr(pulse, "EVERY", 0.05)
    with reading_all_apart(), connection.cursor() as cursor:
        assert pulse.node_speaks(pulse.node_of(connection))
        cursor.execute("SELECT pg_sleep(0.3)")


def line_of(port: int) -> Any:
    """A connection by an address of two nodes, of which the one at `port` was taken."""
    known, own = connections[REPLICA].get_connection_params(), connections[REPLICA].connection.info
    both = {"host": f"127.0.0.1,{own.host}", "port": f"{port},{own.port}", "target_session_attrs": "any"}
    info = SimpleNamespace(host="127.0.0.1", hostaddr="127.0.0.1", port=port)
    return SimpleNamespace(
        get_connection_params=lambda: {**known, **both}, connection=SimpleNamespace(info=info)
    )


def test_a_node_that_takes_connections_and_says_nothing_is_silent_though_another_one_answers(
    replica, monkeypatch
):
    monkeypatch.setattr(pulse, "SILENT_AFTER", 2)
    connections[REPLICA].ensure_connection()
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        node = pulse.node_of(line_of(frozen.getsockname()[1]))
        assert not pulse.node_speaks(node)
    assert pulse.node_speaks(node)  # it refuses
    assert pulse.node_speaks(pulse.node_of(connections[REPLICA]))


def test_a_node_that_nobody_reaches_is_silent(replica, monkeypatch):
    def nowhere(*args: object, **kwargs: object) -> None:
        raise OSError("no route to host")

    connections[REPLICA].ensure_connection()
    with socket.create_server(("127.0.0.1", 0)) as gone:
        node = pulse.node_of(line_of(gone.getsockname()[1]))
    monkeypatch.setattr(socket, "create_connection", nowhere)
    assert not pulse.node_speaks(node)


def test_what_fails_where_everything_is_leaves_no_replica_out(replica):
    with pytest.raises(OperationalError), reading_all_apart(), at_home():
        raise OperationalError("deadlock detected")
    assert readers._not_before[REPLICA] < 0
    with pytest.raises(OperationalError), reading_all_apart():
        raise OperationalError("gone")
    assert readers._not_before[REPLICA] > 0


@pytest.mark.parametrize(("further", "is_whole"), [(0, True), (1, False)])
def test_a_node_that_leads_by_another_log_is_not_read(replica, monkeypatch, further, is_whole):
    """One that led, and was not told that another one does."""
    monkeypatch.setattr(readers, "CATCHES_UP", 0.1)
    position = readers._position
    monkeypatch.setattr(readers, "_position", lambda own: (position(own)[0], position(own)[1] + further))
    with reading_all_apart() as is_apart:
        assert is_apart is is_whole


def test_steps_are_written_where_everything_is_and_the_rest_is_read_apart(replica):
    export, written = asked(replica), []

    def noted(row: CaseExport, now: object) -> None:
        written.append(connection.alias)

    def work(row: CaseExport, clock: TimeSource) -> Generator[Step[CaseExport], None, None]:
        for _ in range(2):
            written.append(connection.alias)
            tell(row, clock(), done=1)  # refused, were it written there
            with at_home():
                written.append(connection.alias)
            yield noted

    run_long(LINE, export.pk, work)
    assert written == [REPLICA, "default", "default"] * 2


def test_a_work_has_no_limit_of_a_statement_there_and_pages_have_it_again(replica):
    def limit() -> str:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    connections[REPLICA].close()
    connections.settings[REPLICA]["OPTIONS"]["options"] += " -c statement_timeout=30000"
    connections[REPLICA].connect()
    assert limit() == "30s"
    with reading_all_apart():
        assert limit() == "0"
    assert limit() == "30s"
