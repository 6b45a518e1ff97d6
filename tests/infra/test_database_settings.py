# SPDX-License-Identifier: EUPL-1.2
"""How the address of the database is read, and what the web adds to it."""

import socket
from collections.abc import Callable

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection, transaction

from siac.config.settings import database
from siac.infra.environment import Misconfigured
from siac.infra.jobs import in_job
from siac.infra.limits import break_off
from siac.infra.postgres_tools import environment_of


@pytest.mark.parametrize(
    ("url", "user", "password", "host", "port", "name"),
    [
        ("postgresql:///siac", "", "", "", "", "siac"),
        ("postgresql://ana:s%40l@db/siac", "ana", "s@l", "db", "", "siac"),
        ("postgresql://ana@[::1]:5433/siac", "ana", "", "::1", "5433", "siac"),
        ("postgresql://ana@/siac?host=/run/pg&port=5433", "ana", "", "/run/pg", "5433", "siac"),
        ("postgresql://ana:x@a:5432,b:5433/siac", "ana", "x", "a,b", "5432,5433", "siac"),
        ("postgresql://ana:x@a,b/siac?port=6432", "ana", "x", "a,b", "6432", "siac"),
        ("postgresql://ana@/siac?host=a,b&port=1,2", "ana", "", "a,b", "1,2", "siac"),
    ],
)
def test_an_address_names_one_node_or_several(url, user, password, host, port, name):
    made = database.connection(url)
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        user, password, host, port, name,
    )  # fmt: skip


def test_what_else_an_address_says_reaches_the_library_and_the_programs():
    made = database.connection("postgresql://ana@a,b/siac?target_session_attrs=read-write&sslmode=require")
    assert made["OPTIONS"]["target_session_attrs"] == "read-write"
    given = environment_of(made)
    assert given["PGTARGETSESSIONATTRS"] == "read-write" and given["PGSSLMODE"] == "require"
    assert given["PGHOST"] == "a,b" and given["PGCONNECT_TIMEOUT"] == "5"


def test_a_port_that_is_none_is_told():
    with pytest.raises(Misconfigured, match="puerto"):
        database.connection("postgresql://ana@db:54x2/siac")


def test_the_web_has_limits_of_the_server_where_nothing_stands_between(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ana@db/siac?options=-c%20geqo%3Doff")
    monkeypatch.setattr(database, "REQUEST_SECONDS", 30)
    assert database.for_web()["OPTIONS"]["options"] == (
        "-c geqo=off -c statement_timeout=30000 -c lock_timeout=20000"
        " -c idle_in_transaction_session_timeout=60000"
    )
    monkeypatch.setattr(database, "PREPARED", False)  # as an installation says that has had a pooler so far
    assert database.for_web()["OPTIONS"]["options"] == "-c geqo=off"
    monkeypatch.setattr(database, "POOLED", True)
    made = database.for_web()
    assert made["OPTIONS"]["options"] == "-c geqo=off" and made["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.mark.django_db(transaction=True)
def test_a_node_that_follows_another_is_away_and_not_a_fault_of_the_program():
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        with pytest.raises(OperationalError, match="follows"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM infra_jobfault")
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("cron", "ends"), [("0 0 1 1 *", True), ("", False)])
def test_a_periodic_job_that_loses_the_database_is_no_failure(cron, ends):
    def lose() -> None:
        with in_job("test.periodic" if cron else ""), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    if ends:
        lose()
    else:
        with pytest.raises(OperationalError):
            lose()
    assert connection.connection is None


def asked(sql: str, *before: str) -> Callable[[], None]:
    def ask() -> None:
        with connection.cursor() as cursor:
            for each in (*before, sql):
                cursor.execute(each)

    return ask


def ask_a_closed_cursor() -> None:
    with connection.cursor() as cursor:
        pass
    cursor.execute("SELECT 1")


def ask_with_too_many_values() -> None:
    connection.ensure_connection()
    many = [1] * 65536
    with connection.wrap_database_errors:
        psycopg.Cursor(connection.connection).execute(f"SELECT {', '.join(['%s'] * len(many))}", many)


def ask_what_it_closed_itself() -> None:
    with connection.cursor() as cursor:
        connection.connection.close()
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("work", "error"),
    [
        (asked("SELECT pg_sleep(1)", "SET statement_timeout = 1"), OperationalError),
        (asked("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '08P01'; END $$"), OperationalError),
        (asked("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57P02'; END $$"), OperationalError),
        (ask_a_closed_cursor, InterfaceError),
        (ask_with_too_many_values, OperationalError),
        (ask_what_it_closed_itself, OperationalError),
    ],
    ids=["slow", "protocol", "said", "closed cursor", "many values", "closed connection"],
)
def test_a_fault_of_a_periodic_job_is_a_failure_though_it_has_no_code(work, error):
    with pytest.raises(error), in_job("test.periodic"):
        work()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("speaks", [False, True], ids=["refused", "silent"])
def test_a_periodic_job_that_finds_no_database_is_no_failure(monkeypatch, speaks):
    connection.close()
    with socket.create_server(("127.0.0.1", 0)) as node:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(node.getsockname()[1]))):
            monkeypatch.setitem(connection.settings_dict, name, value)
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "connect_timeout", 2)
        if not speaks:
            node.close()
        with in_job("test.periodic"):
            connection.ensure_connection()
    assert connection.connection is None


@pytest.mark.django_db(transaction=True)
def test_a_periodic_job_that_loses_the_database_as_it_commits_is_no_failure_though_it_answers_again():
    with in_job("test.periodic"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        break_off(connection.connection)  # Django connects anew behind the broken commit
    assert connection.connection is None
