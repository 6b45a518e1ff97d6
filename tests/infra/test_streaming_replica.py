# SPDX-License-Identifier: EUPL-1.2
"""Works of staff on a replica that really follows: behind, caught up, cut off."""

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from siac.accounts.public import Role
from siac.cases.lists.exporting import LINE, begin_export
from siac.cases.models import Case, CaseExport
from siac.infra import readers
from siac.infra.longwork import Step, TimeSource, finish, run_long, tell
from siac.infra.readers import REPLICA
from siac.kernel.work_states import WorkState
from tests.factories import House, file, make_house
from tests.following import following
from tests.infra.test_readers import now

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def follower(django_db_setup: None) -> Iterator[Path]:
    """The folder of the socket of a server that follows the one of these tests."""
    with following() as folder:
        yield folder


@pytest.fixture
def replica(real_commits: None, follower: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    known = connection.settings_dict
    connections.settings[REPLICA] = known | {"HOST": str(follower), "PORT": "5432", "CONN_MAX_AGE": 60}
    monkeypatch.setitem(readers._not_before, REPLICA, float("-inf"))
    connections[REPLICA].connect()
    yield make_house()
    ask(follower, "SELECT pg_wal_replay_resume()")
    connections[REPLICA].close()
    del connections[REPLICA]
    connections.settings.pop(REPLICA)


def ask(follower: Path, words: str) -> None:
    with psycopg.connect(host=str(follower), user="postgres", dbname="postgres", autocommit=True) as line:
        line.execute(words)


def asked(house: House) -> CaseExport:
    """Register a request, and ask for the list with it right after."""
    file(house)
    return begin_export(access=house.access(Role.QUALITY_MANAGER), params={}, form="xlsx", now=now())


class Reading:
    """A work that notes where it reads and how many requests it finds there."""

    def __init__(self, follower: Path | None = None) -> None:
        self.seen: list[tuple[bool, int]] = []
        self.follower = follower

    def __call__(self, row: CaseExport, clock: TimeSource) -> Generator[Step[CaseExport], None, None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            self.seen.append((cursor.fetchone()[0], Case.objects.count()))
            tell(row, clock(), done=1)
            if self.follower:
                ask(
                    self.follower,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ~ 'siac'",
                )
                cursor.execute("SELECT 1")
        yield finish


def test_what_follows_late_is_waited_for_and_has_what_was_just_registered(replica, follower):
    ask(follower, "SELECT pg_wal_replay_pause()")
    export, read = asked(replica), Reading()
    later = threading.Timer(0.4, ask, (follower, "SELECT pg_wal_replay_resume()"))
    later.start()
    run_long(LINE, export.pk, read)
    later.join()
    export.refresh_from_db()
    assert (export.state, export.done, read.seen) == (WorkState.DONE, 1, [(True, 1)])


def test_what_stays_behind_is_done_without(replica, follower, monkeypatch):
    monkeypatch.setattr(readers, "CATCHES_UP", 0.3)
    ask(follower, "SELECT pg_wal_replay_pause()")
    export, read = asked(replica), Reading()
    run_long(LINE, export.pk, read)
    assert read.seen == [(False, 1)]


def test_what_follows_another_leader_is_done_without(replica, follower, monkeypatch):
    """A node that led, is back and does not follow yet may be further, in a log that is not the one here."""
    monkeypatch.setattr(readers, "CATCHES_UP", 0.3)
    position = readers._position
    monkeypatch.setattr(readers, "_position", lambda own: (position(own)[0], position(own)[1] + 1))
    export, read = asked(replica), Reading()
    run_long(LINE, export.pk, read)
    assert read.seen == [(False, 1)]


def test_what_is_cut_off_is_done_again_on_the_database_itself(replica, follower):
    export, cut, whole = asked(replica), Reading(follower), Reading()
    with pytest.raises(OperationalError):
        run_long(LINE, export.pk, cut)
    run_long(LINE, export.pk, whole)
    export.refresh_from_db()
    assert (export.state, cut.seen, whole.seen) == (WorkState.DONE, [(True, 1)], [(False, 1)])
