# SPDX-License-Identifier: EUPL-1.2
"""A backup is proven by restoring it, with real servers, real files and real commits."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from siac.infra import embedded
from siac.infra.postgres_files import account
from siac.infra.postgres_files import run as run_program
from tests.infra.test_cli import siac as plain_siac
from tests.prepared import begin

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]

FILL = """
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.db import connection, transaction
from siac.documents.public import CheckedFile, Limits, Visibility, attach, check_uploads
from tests.factories import PDF, file, make_house
from django.core.files.base import ContentFile
house = make_house()
one, two = file(house), file(house, "sugerencia")
for case in (one, two):
    files = check_uploads([SimpleUploadedFile(f"acta-{case.pk}.pdf", PDF)], limits=Limits())
    with transaction.atomic():
        attach(house.institution.pk, "case", case.pk, files, actor_id=None, now=timezone.now(),
               visibility=Visibility.INTERNAL)
connection.close()
for _ in range(2000):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
connection.close()
third = file(house, "consulta")
"""
SEEN = """
import json, sys
from siac.cases.models import Case
from siac.documents.public import Attachment, open_file
from siac.journal.models import JournalEntry
from siac.people.public import names
rows = Case.objects.select_related("text").order_by("pk")
print("SEEN" + json.dumps({
    "cases": [[case.folio, case.text.body] for case in rows],
    "people": sorted(
        names(case.institution_id, [case.person_id]).get(case.person_id, "")
        for case in rows
        if case.person_id
    ),
    "files": sorted(open_file(row).read().decode() for row in Attachment.objects.filter(erased_at=None)),
    "journal": JournalEntry.objects.exclude(kind__startswith="access").count(),
}))
"""
READ_ONE = """
from django.utils import timezone
from siac.cases.models import Case
from siac.journal.public import record_access
record_access(Case.objects.first().institution_id, 1, "case:1", timezone.now())
"""
CONSUMED = """
from siac.journal.domain.finished import Finished
from siac.journal.models import Consumer, JournalEntry
from siac.journal.public import run_consumers
while run_consumers():
    pass
seen = [Finished.read(each.seen) for each in Consumer.objects.all()]
numbers = JournalEntry.objects.values_list("xid", flat=True)
print("READ", all(number < own.bound and number not in own.running for own in seen for number in numbers))
"""
ERASE = """
from django.utils import timezone
from siac.people.models import Person
from siac.people.public import erase_person
person = Person.objects.order_by("pk").first()
erase_person(institution_id=person.institution_id, person_id=person.pk, actor_id=None, now=timezone.now())
"""


def siac(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command without gathering static files, which no backup holds."""
    return plain_siac(home, *words, SIAC_DEBUG="1", PYTHONWARNINGS="ignore", **more)


def run(home: Path, code: str, **more: str) -> str:
    done = siac(home, "shell", "-v0", "-c", code, PYTHONPATH=str(ROOT), **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def seen(home: Path, **more: str) -> dict:
    return json.loads(run(home, SEEN, **more).partition("SEEN")[2])


def stored(backup: Path) -> list[Path]:
    """Return the files of a backup."""
    return [path for path in sorted((backup / "files").rglob("*")) if path.is_file()]


def well(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 1, done.stdout
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


@contextmanager
def at_work(home: Path) -> Iterator[Path]:
    """Keep the embedded server of `home` running, without waiting for the disk:
    each command would start and stop it.
    """
    folder = home / "postgres"
    embedded.join_or_start(folder, fast=True)
    try:
        with embedded.leased(folder):
            yield home
    finally:
        embedded.erase(folder)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of an installation at work, with sealed and unsealed entries,
    files, a server that has counted far.
    """
    place = tmp_path_factory.mktemp("origen") / "var"
    begin(place / "postgres")
    with at_work(place) as home:
        well(siac(home, "setup"))
        run(home, FILL)
        well(siac(home, "journal", "seal"))
        run(home, READ_ONE)
        yield home


@pytest.fixture(scope="module")
def backup(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("respaldos")
    (target / "seen.json").write_text(
        json.dumps(seen(source))
    )  # tests in any order change the source afterwards
    said = well(siac(source, "backup", str(target)))
    (folder,) = target.glob("siac-*")
    assert str(folder) in said
    return folder


@pytest.fixture
def home(source: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty home with the copy of the keys in its place."""
    target = tmp_path / "var"
    target.mkdir()
    shutil.copy(source / "keys.env", target)
    with at_work(target):
        yield target


def test_what_was_backed_up_comes_back_whole_and_goes_on(source, backup, home):
    said = well(siac(home, "restore", str(backup)))
    assert "bitácora íntegra" in said
    assert "sin sellar todavía: 0" in said
    before = json.loads((backup.parent / "seen.json").read_text())
    assert seen(home) == before
    assert len(before["files"]) == 2
    # Work goes on: what happens now is settled, reaches whoever reads the journal, and is sealed.
    run(home, READ_ONE)
    assert "READ True" in run(home, CONSUMED)
    verified = well(siac(home, "verify"))
    assert "bitácora íntegra" in verified and "sin sellar todavía: 1" in verified
    well(siac(home, "journal", "seal"))
    assert "sin sellar todavía: 0" in well(siac(home, "verify"))


def test_a_backup_holds_no_keys_and_nobody_else_reads_it(source, backup):
    assert backup.stat().st_mode & 0o077 == 0
    keys = [line.partition("=")[2] for line in (source / "keys.env").read_text().split()]
    assert not any(
        key.encode() in path.read_bytes() for key in keys for path in backup.rglob("*") if path.is_file()
    )
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=backup, capture_output=True, check=False)
    assert checked.returncode == 0


def test_keys_are_written_elsewhere_when_asked_and_never_into_the_backup(source, tmp_path):
    refused(
        siac(source, "backup", str(tmp_path / "r"), "--keys-to", str(tmp_path / "r" / "k")),
        "elija un lugar fuera",
    )
    done = siac(source, "backup", str(tmp_path / "r"), "--keys-to", str(tmp_path / "k"))
    well(done)
    assert "llévelo a otro lugar" in done.stderr
    assert (tmp_path / "k").read_text() == (source / "keys.env").read_text()
    assert (tmp_path / "k").stat().st_mode & 0o077 == 0


def test_only_the_newest_are_kept_and_what_a_killed_run_left_goes(source, tmp_path):
    (tmp_path / "siac-20200101T000000Z").mkdir()
    (tmp_path / "siac-20200102T000000Z.partial").mkdir()
    refused(
        siac(source, "restore", "--check", str(tmp_path / "siac-20200102T000000Z.partial")), "sin terminar"
    )
    well(siac(source, "backup", str(tmp_path), "--keep", "2"))
    (first,) = [path for path in tmp_path.glob("siac-2*") if path.name != "siac-20200101T000000Z"]
    well(siac(source, "backup", str(tmp_path), "--keep", "2"))
    left = sorted(path for path in tmp_path.glob("siac-*"))
    assert len(left) == 2 and left[0] == first
    shared = stored(left[1])
    assert shared and all(path.stat().st_nlink >= 2 for path in shared)
    well(siac(source, "restore", "--check", str(left[1])))


def test_a_damaged_backup_is_refused_before_anything_changes(backup, home, tmp_path):
    for part in ("database.dump", "SHA256SUMS", "files", "manifest.json", "journal-roots.jsonl"):
        broken = tmp_path / part / backup.name
        shutil.copytree(backup, broken)
        path = stored(broken)[0] if part == "files" else broken / part
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1 if part != "manifest.json" else 0xFF
        path.write_bytes(content)
        done = siac(home, "restore", str(broken))
        assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, (part, done.stderr)
        assert "dañado" in done.stderr or "No se puede leer" in done.stderr, part
    well(siac(home, "restore", str(backup)))  # the database is as empty as before


def test_without_its_keys_a_backup_is_refused_and_no_new_ones_stay(backup, home):
    (home / "keys.env").unlink()
    refused(siac(home, "restore", str(backup)), "sellado con otra clave SIAC_VAULT_KEY, SIAC_JOURNAL_KEY")
    assert not (home / "keys.env").exists()


def test_a_database_in_use_is_never_written_over(source, backup):
    before = seen(source)
    refused(siac(source, "restore", str(backup)), "no está vacía")
    assert seen(source) == before


def test_who_was_erased_after_the_backup_is_erased_again(source, home, tmp_path):
    well(siac(source, "backup", str(tmp_path / "r")))
    (folder,) = (tmp_path / "r").glob("siac-*")
    known = seen(source)["people"]
    run(source, ERASE)
    assert sorted(seen(source)["people"]) == sorted([*known[1:], "Datos borrados"])
    shutil.copy(source / "erasures.jsonl", home)  # kept apart from the backups
    assert "Borrados ahora otra vez: 1" in well(siac(home, "restore", str(folder)))
    assert seen(home)["people"] == seen(source)["people"]


def test_a_role_that_may_not_make_tables_is_told_to_name_the_owner(backup, home, own_server):
    roles = (
        "CREATE ROLE duena LOGIN PASSWORD 'x'; CREATE ROLE app "
        "LOGIN PASSWORD 'x'; CREATE DATABASE nueva OWNER duena"
    )
    with psycopg.connect(own_server("postgres", "postgres"), autocommit=True) as superuser:
        for statement in roles.split("; "):
            superuser.execute(statement)
    app, owner = own_server("app", "nueva"), own_server("duena", "nueva")
    refused(siac(home, "restore", str(backup), DATABASE_URL=app), "no puede crear tablas")
    said = well(siac(home, "restore", str(backup), DATABASE_URL=app, DATABASE_OWNER_URL=owner))
    assert "bitácora íntegra" in said and "Aviso" not in said
    again = home.parent / "otra"
    well(siac(home, "backup", str(again), DATABASE_URL=app))  # reading rows is enough for a backup
    (folder,) = again.glob("siac-*")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["postgresql"].startswith("15") and manifest["files"] == 2
    back = home.parent / "vuelta"
    back.mkdir()
    shutil.copy(home / "keys.env", back)
    with at_work(back):
        assert "bitácora íntegra" in well(siac(back, "restore", str(folder)))  # from 15 to the embedded 18


def changed_keys(home: Path, *, keep: tuple[str, ...]) -> None:
    """Give the installation new keys and name the former ones of `keep`."""
    former = dict(line.split("=") for line in (home / "keys.env").read_text().split())
    lines = [f"{name}={secrets.token_hex(32)}" for name in former if name.endswith("_KEY")]
    lines += [f"{name.removesuffix('_KEY')}_OLD_KEYS={former[name]}" for name in keep]
    (home / "keys.env").write_text("\n".join(lines) + "\n")


def test_keys_can_be_changed_and_what_the_former_ones_sealed_stays_readable(source, backup, home):
    well(siac(home, "restore", str(backup)))
    before = seen(home)
    token = (
        run(home, "from django.core import signing; print('T' + signing.dumps('x'))")
        .partition("T")[2]
        .strip()
    )
    changed_keys(home, keep=("SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY"))
    well(siac(home, "setup"))
    assert seen(home) == before
    assert "bitácora íntegra" in well(siac(home, "verify"))
    run(home, f"from django.core import signing; assert signing.loads({token!r}) == 'x'")
    assert "Identidades cifradas de nuevo: 0" not in well(siac(home, "vault", "rotate"))
    lines = [line for line in (home / "keys.env").read_text().splitlines() if "VAULT_OLD" not in line]
    (home / "keys.env").write_text("\n".join(lines) + "\n")
    assert seen(home) == before
    assert "bitácora íntegra" in well(siac(home, "verify"))
    lines = [line for line in lines if "JOURNAL_OLD" not in line]
    (home / "keys.env").write_text("\n".join(lines) + "\n")
    assert siac(home, "verify").returncode == 1  # what the former one signed needs it for good


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory):
    """A PostgreSQL 15 of this machine, as a body has one of its own; a function
    of role and database gives its address.
    """
    programs = Path("/usr/lib/postgresql/15/bin")
    if sys.platform != "linux" or not (programs / "initdb").exists():
        pytest.skip("no PostgreSQL 15 on this machine")
    who, data = account(), Path(tmp_path_factory.mktemp("pg15"))
    for folder in (data, *data.parents):
        if folder.name.startswith(("pytest-", "popen-", "pg15")):
            folder.chmod(0o755)
    if who:
        os.chown(data, who.uid, who.gid)
    assert (
        run_program(
            [
                programs / "initdb",
                "-D",
                data / "d",
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
            who,
        )[0]
        == 0
    )
    options = f"-k {data} -c listen_addresses= -c fsync=off"
    assert (
        run_program(
            [programs / "pg_ctl", "-D", data / "d", "-w", "-s", "-o", options, "start"],
            who,
            data.parent / "pg15.log",
        )[0]
        == 0
    )
    yield lambda role, database: f"postgresql://{role}@/{database}?host={data}"
    run_program([programs / "pg_ctl", "-D", data / "d", "-m", "immediate", "stop"], who)
