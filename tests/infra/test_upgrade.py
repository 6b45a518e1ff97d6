# SPDX-License-Identifier: EUPL-1.2
"""A filled database of an earlier version is brought up to date by `siac setup`: nothing is lost, what was
at work keeps its place, what was set up is the first version of what is saved next, and all stays proven.
"""

import json
import lzma
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.processes import SIAC

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FORMER = Path(__file__).resolve().parents[1] / "former"
BEGUN, ENDED = datetime(2026, 11, 25, 15, 0, tzinfo=UTC), datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
OURS = """
SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relnamespace = 'public'::regnamespace AND c.relname !~ '^(django|auth|procrastinate)_'
"""
SHAPE = """
SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
    column_default, is_identity) FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT tgrelid::regclass::text, concat(pg_get_triggerdef(oid), tgenabled) FROM pg_trigger
  WHERE NOT tgisinternal
UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT relname, relpersistence::text FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""
JUST_UPLOADED = "UPDATE cases_importbatch SET created_at = now() WHERE state = 'uploaded'"
SAVED_NEXT = """
import json
from django.utils import timezone
from siac.cases.models import Cause, KindVersion
from siac.cases.public import kinds, save_kind
from siac.catalogue.public import save_topic, topics
from siac.charters.queries import editions
from siac.organizations.public import Institution, save_unit, unit_tree
house = Institution.objects.get(slug="puerto-cordillera")
common = {"institution": house, "actor": None, "now": timezone.now()}
topic = next(iter(topics(house).values()))
before = topic.name, topic.version, topic.versions.count()
save_topic(**common, topic=topic, name="Otro nombre", based_on=topic.version)
kind = next(iter(kinds(house).values()))
saved = KindVersion.objects.filter(kind=kind).count()
save_kind(**common, kind=kind, hint="Otra ayuda", based_on=kind.version)
print("SAVED" + json.dumps({
    "topic": before,
    "versions": dict(topic.versions.values_list("number", "fields__name")),
    "kinds": KindVersion.objects.filter(kind=kind).count() - saved,
    "cause": Cause.objects.get(code="demora").version,
    "edition": [[v.number, v.at, v.who, v.changes] for _, told in editions(house) for v in told],
}))
"""
COUNTED = """
import json
from django.apps import apps
print("COUNTED" + json.dumps({
    model._meta.db_table: model._base_manager.count() for model in apps.get_models()
    if model.__module__.startswith("siac.") and not model._meta.db_table.startswith(model._meta.app_label)
}))
"""
"""How many rows each model finds in a table that was made by another context than its own."""


@dataclass(frozen=True)
class Upgraded:
    """A database of before, of today now; `rows` are those each table had."""

    address: str
    environment: dict[str, str]
    rows: dict[str, int]

    def siac(self, *words: str) -> str:
        done = subprocess.run([*SIAC, *words], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def told(self, table: str, *fields: str) -> list[tuple[object, ...]]:
        """Return state and fields of all rows in the order they came."""
        columns = sql.SQL(", ").join(map(sql.Identifier, ("state", *fields)))
        asked = sql.SQL("SELECT {} FROM {} ORDER BY id").format(columns, sql.Identifier(table))
        with psycopg.connect(self.address) as database:
            return database.execute(asked).fetchall()


def counted(address: str) -> dict[str, int]:
    with psycopg.connect(address) as database:
        names = [name for (name,) in database.execute(OURS)]
        count = sql.SQL("SELECT count(*) FROM {}")
        return {
            name: database.execute(count.format(sql.Identifier(name))).fetchone()[0]  # type: ignore[index]
            for name in names
        }


def plain(definition: str) -> str:
    """Return a definition without casts and brackets: a dump that is read in again says them otherwise."""
    return re.sub(r"::[a-z ]+(\[\])?|[()]", "", definition)


@pytest.fixture(scope="module", params=sorted(path.name for path in FORMER.iterdir() if path.is_dir()))
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    folder, home = FORMER / request.param, tmp_path_factory.mktemp("former")
    shutil.copytree(folder / "files", home / "files")
    keys = dict(line.split("=", 1) for line in (folder / "keys.env").read_text().splitlines())
    server, name = os.environ["DATABASE_URL"], f"former_{os.getpid()}"
    address = server.replace("/siac?", f"/{name}?", 1)
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    with psycopg.connect(address) as database:
        database.execute(lzma.decompress((folder / "database.sql.xz").read_bytes()))
        database.execute("SET search_path TO public")  # which the dump had emptied
        database.execute(JUST_UPLOADED)
    rows = counted(address)
    mine = {"DATABASE_URL": address, "SIAC_HOME": str(home), "SIAC_TEST": "1", "PYTHONWARNINGS": "ignore"}
    found = Upgraded(address, os.environ | keys | mine, rows)
    found.siac("setup")
    yield found
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


COMPUTED = {"indicators_cubestate", "indicators_dirtyday", "indicators_metriccell"}
"""What was computed of other rows, and is computed anew."""


def test_no_row_is_lost_and_all_stays_proven(upgraded: Upgraded) -> None:
    now = counted(upgraded.address)
    lost = {name for name, rows in upgraded.rows.items() if now.get(name, 0) < rows}
    assert lost - COMPUTED == set()
    assert sum(upgraded.rows.values()) > 3000
    said = upgraded.siac("verify")
    assert said.count("bitácora íntegra") == 3
    assert "problema" not in said


def test_its_figures_are_counted_anew(upgraded: Upgraded) -> None:
    assert upgraded.siac("figures", "rebuild").count("cifras contadas de nuevo") == 3
    now = counted(upgraded.address)
    assert now["cases_casefact"] == now["cases_case"] > 0
    assert now["indicators_cell"] > now["cases_case"]


@pytest.mark.django_db
def test_its_tables_are_those_of_a_new_database(upgraded: Upgraded) -> None:
    with psycopg.connect(upgraded.address) as database:
        theirs = {(table, plain(what)) for table, what in database.execute(SHAPE)}
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        ours = {(table, plain(what)) for table, what in cursor.fetchall()}
    assert len(ours) > 1500
    assert sorted(theirs - ours) == []
    assert sorted(ours - theirs) == []


def test_what_another_context_has_today_is_found_there(upgraded: Upgraded) -> None:
    found = json.loads(upgraded.siac("shell", "-v0", "-c", COUNTED).partition("COUNTED")[2])
    moved = {name: rows for name, rows in upgraded.rows.items() if name in found}
    assert {"cases_incomingpaper", "cases_booksheet", "cases_absence"} <= set(moved)
    assert moved == found
    assert all(moved.values())


def test_works_keep_their_place(upgraded: Upgraded) -> None:
    assert upgraded.told("cases_caseexport", "total", "done", "begun_at") == [
        (state, 9, 4, BEGUN) for state in ("waiting", "done", "failed", "expired")
    ]
    assert upgraded.told("cases_dossier", "total", "done") == [("done", 3, 2)]
    assert upgraded.told("cases_bulkaction", "done", "refused") == [
        (state, 6, 2) for state in ("preview", "running", "done")
    ]
    assert upgraded.told("cases_erasurerun", "done") == [("running", 0)]
    assert upgraded.told("cases_importbatch", "name", "step", "done") == [
        ("waiting", "uploaded", "head", 4),
        ("waiting", "checking", "check", 4),
        ("checked", "checked", "check", 4),
        ("refused", "refused", "check", 4),
        ("waiting", "loading", "load", 4),
        ("done", "loaded", "load", 4),
        ("failed", "failed", "check", 4),
    ]
    assert upgraded.told("clocks_calendarchange", "done", "ended_at") == [
        ("waiting", 4, None), ("running", 4, None), ("done", 4, ENDED), ("failed", 4, BEGUN)
    ]  # fmt: skip


def test_what_stood_is_the_first_version_of_what_is_saved_next(upgraded: Upgraded) -> None:
    said = json.loads(upgraded.siac("shell", "-v0", "-c", SAVED_NEXT).partition("SAVED")[2])
    name, version, kept = said["topic"]
    assert (version, kept) == (1, 0)
    assert said["versions"] == {"1": name, "2": "Otro nombre"}
    assert (said["kinds"], said["cause"]) == (1, 1)
    assert said["edition"] == [[1, None, "", []]]
    assert "bitácora íntegra" in upgraded.siac("verify")
