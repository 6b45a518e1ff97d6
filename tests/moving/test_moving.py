# SPDX-License-Identifier: EUPL-1.2
"""A body goes from one installation to another: with real servers, keys of their own, files and commits."""

import json
from typing import Any

import pytest

from siac.infra import embedded
from tests.infra.test_backup import at_work, run
from tests.prepared import begin

pytestmark = pytest.mark.slow

LEAVE = """
import json
from django.core.management import call_command
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
call_command("setup_installation", verbosity=0)
from siac.accounts.models import User
from siac.cases.models import Case, SavedView
from io import StringIO
from pathlib import Path
from django.core.management.base import CommandError
from siac.documents.public import Attachment, Limits, Visibility, attach, check_uploads, file_store
from siac.signin.public import add_domain
from siac.infra.numbering import first_number
from siac.integrations.webhooks.models import Webhook
from siac.integrations.webhooks.secrets import sealed
from siac.organizations.public import create_institution
from siac.people.public import erase_person
from tests.factories import PDF, file, make_house, person
house = make_house()
body, now = house.institution, timezone.now()
one = file(house, who=person(email="rosa@ejemplo.org"))
two, three = file(house, "sugerencia"), file(house, "consulta")
files = check_uploads([SimpleUploadedFile("acta.pdf", PDF)], limits=Limits())
with transaction.atomic():
    attach(body.pk, "case", one.pk, files, actor_id=None, now=now, visibility=Visibility.INTERNAL)
erase_person(institution_id=body.pk, person_id=three.person_id, actor_id=None, now=now)
Webhook.objects.create(institution=body, name="a", url="https://x.example/", events=[],
    secret=sealed(body.pk, "whsec_muy_secreto"), not_before=now, created_at=now)
add_domain(institution=body, domain="puerto.example", now=now)
stray = User.objects.create(email="ajena@ejemplo.org", name="Ajena")
SavedView.objects.create(institution=body, name="Vista", params={"responsable": str(stray.pk), "lote": "57",
    "tipo": str(one.kind_id), "q": "agua"})
create_institution(actor=None, now=now, slug="otro", name="Organismo Ajeno", short_name="Ajeno",
    jurisdiction="CL", time_zone="America/Santiago", place="CL-CO")
call_command("seal_journal")
file(house)
call_command("export_institution", "puerto", PACKAGE, "--key-to", KEY)
file_store().delete(Attachment.objects.get(institution=body, erased_at=None).storage_key)
with StringIO() as out:
    try:
        call_command("export_institution", "puerto", PACKAGE + ".lost", "--key-to", KEY + ".lost", stdout=out)
    except CommandError as error:
        out.write(str(error))
    lost = out.getvalue()
lost_left = [Path(each + ".lost").exists() for each in (PACKAGE, KEY)]
call_command("export_institution", "puerto", PACKAGE + ".lost", "--key-to", KEY + ".lost",
    "--without-lost-files")
print("LEFT" + json.dumps({
    "lost": lost, "lost_left": lost_left,
    "first": first_number(), "body": body.pk, "case": one.pk,
    "folio": one.folio, "rosa": one.person_id,
    "erased": three.person_id, "kind": one.kind_id,
    "last": Case.objects.filter(institution=body).order_by("-number").values_list("number", flat=True)[0],
    "cases": Case.objects.filter(institution=body).count(), "officer": next(iter(house.users.values())).pk,
}))
"""
ARRIVE = """
import json
import os
from pathlib import Path
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections, transaction
call_command("setup_installation", verbosity=0)
from io import StringIO
from siac.accounts.models import User
from siac.cases.models import Case, CaseKind, SavedView
from siac.config.management.commands import import_institution
from siac.config.moving import importing
from siac.config.moving.words import MovingError
from siac.config.moving.rows import carried_columns
from siac.config.moving.tables import travelling_tables
from siac.config.roles import as_owner
from siac.documents.public import Attachment, open_file
from siac.infra.erasures import ledger_path
from siac.infra.numbering import first_number
from siac.integrations.webhooks.models import Webhook
from siac.integrations.webhooks.secrets import opened
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from siac.organizations.models import Institution, Membership
from siac.people.public import find_people, names
from siac.signin.models import MailDomain
from tests.factories import House, file, make_house
from tests.moving.remaking import remade, with_cell
house = make_house()
mine = file(house)
key, said = bytes.fromhex(Path(KEY).read_text()), {}
tables = travelling_tables()

def bring(path, *more, secret=KEY):
    with StringIO() as out:
        try:
            call_command("import_institution", str(path), "--key-from", str(secret), *more, stdout=out)
        except CommandError as error:
            return str(error)
        return out.getvalue()

def place(table, column):
    return carried_columns(tables[table]).index(column)

def wrong(name, change, names=None):
    path = Path(PACKAGE).with_name("wrong.siac")
    remade(Path(PACKAGE), key, path, change, names)
    said[name] = bring(path, "--as", "llegado")
    path.unlink()

def killed(module, name):
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(module, name, lambda *told: os.kill(os.getpid(), 9))
        with Path(KEY).with_name("said").open("w", buffering=1) as out:
            call_command("import_institution", PACKAGE, "--key-from", KEY, "--as", "llegado", stdout=out)
        os._exit(1)
    return os.WTERMSIG(os.waitpid(child, 0)[1])

def cells():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM indicators_cell c JOIN organizations_institution i"
            " ON i.id = c.institution_id WHERE i.slug = 'llegado'")
        return cursor.fetchone()[0]

def head_of(**values):
    return lambda name, data: json.dumps({**json.loads(data), **values}).encode() if name == "head" else data

def ledger(line):
    return lambda name, data: line if name == "erasures" else data

def shown(name, data):
    if name.startswith("file:"):
        return data + b"x"
    return data

def counts():
    return [Institution.objects.count(), Case.objects.count(), JournalEntry.objects.count(),
        User.objects.count(), sum(1 for each in Path(MEDIA).rglob("*") if each.is_file())]

before = counts()
Path(KEY).with_name("other.key").write_text("00" * 32)
said["key"] = bring(PACKAGE, secret=Path(KEY).with_name("other.key"))
flipped = bytearray(Path(PACKAGE).read_bytes())
flipped[len(flipped) // 2] ^= 1
Path(PACKAGE).with_name("flipped.siac").write_bytes(flipped)
said["byte"] = bring(Path(PACKAGE).with_name("flipped.siac"))
said["slug"] = bring(PACKAGE)
said["root"] = bring(PACKAGE, "--as", "llegado", "--root", "00" * 32)
said["check"] = bring(PACKAGE, "--check")
wrong("version", head_of(migrations={"cases": "0001_initial"}))
wrong("unit", with_cell("cases_case", place("cases_case", "unit_id"), str(house.units["dom"] if "dom" in
    house.units else next(iter(house.units.values()))).encode()))
wrong("institution", with_cell("people_person", place("people_person", "institution_id"),
    str(house.institution.pk).encode()))
wrong("user", with_cell("organizations_membership", place("organizations_membership", "user_id"),
    str(next(iter(house.users.values())).pk + 10_000).encode()))
wrong("entry", with_cell("journal_journalentry", place("journal_journalentry", "kind"), b"cases.answered"))
JOURNAL = "table:journal_journalentry"
wrong("lost entry", lambda name, data: data.partition(b"\\n")[2] if name == JOURNAL else data)
wrong("sealed", with_cell("people_identity", place("people_identity", "sealed"), b"\\\\\\\\x00"))
wrong("columns", lambda name, data: data.replace(b"\\t", b"", 1) if name == "table:cases_case" else data)
wrong("file", shown)
wrong("path", lambda name, data: data, {next(p for p in PARTS() if p.startswith("file:")): "file:../../x"})
wrong("table", lambda name, data: None if name == "table:cases_case" else data)
wrong("numbers", with_cell("cases_case", place("cases_case", "id"), str(mine.pk).encode()))
DAY = '"2026-11-30T00:00:00+00:00"'
for name, line in {
    "ledger": '{"institution": "puerto"}', "odd ledger": '{"institution": "puerto", "person": "7",'
    f' "known_since": {DAY}, "at": {DAY}}}', "glued ledger": "{}{}",
    "other ledger": f'{{"institution": "otro", "person": 7, "known_since": {DAY}, "at": {DAY}}}',
}.items():
    wrong(name, ledger(line.encode() + b"\\n"))
def role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]

said["roles"] = [role()]
def stop(*told):
    said["roles"].append(role())
    raise MovingError("Todo está en orden hasta aquí.")
kept, importing.keep_lines = importing.keep_lines, stop
said["lost"] = bring(PACKAGE + ".lost", "--as", "llegado", secret=KEY + ".lost")
importing.keep_lines = kept
said["roles"].append(role())
said["untouched"] = counts() == before
said["killed"] = {"signal": killed(importing, "_settle"), "rows": counts()[:4] == before[:4],
    "files": counts()[4]}
said["behind"] = {"signal": killed(import_institution, "make_checkpoints"), "cells": cells(),
    "ledger": ledger_path().read_text()}
said["done"] = Path(KEY).with_name("said").read_text()
said["elsewhere"] = bring(PACKAGE, "--as", "otra-vez")
said["finished"] = bring(PACKAGE)
said["behind"]["after"] = cells()
assert "bitácora íntegra" in said["done"], json.dumps(said, indent=0)
said["killed"] |= {"before": before[4], "after": counts()[4]}
remade(Path(PACKAGE), key, Path(PACKAGE).with_name("later.siac"),
    head_of(made_at="2030-01-01T00:00:00+00:00"))
said["twice"] = bring(Path(PACKAGE).with_name("later.siac"))
body = Institution.objects.get(slug="llegado")
cases = {row.folio: row for row in Case.objects.filter(institution=body)}
report = verify_institution(body.pk)
webhook = Webhook.objects.get(institution=body)
said["arrived"] = {
    "first": first_number(), "body": body.pk, "cases": len(cases),
    "folios": {folio: row.pk for folio, row in cases.items()},
    "rosa": find_people(body.pk, "rosa@ejemplo.org", limit=5),
    "names": list(names(body.pk, [row.person_id for row in cases.values() if row.person_id]).values()),
    "files": [open_file(row).read().decode(errors="replace")[:4] for row in Attachment.objects.filter(
        institution=body, erased_at=None)],
    "domains": MailDomain.objects.count(),
    "webhook": opened(body.pk, webhook.secret), "pause": webhook.pause,
    "view": SavedView.objects.get(institution=body).params,
    "stray": User.objects.filter(email="ajena@ejemplo.org").exists(),
    "problems": report.problems, "unsealed": report.unsealed, "entries": report.entries,
    "members": sorted(Membership.objects.filter(institution=body).values_list("user__email", flat=True)),
    "own_users": set(Membership.objects.filter(institution=body).values_list("user_id", flat=True)) <=
        set(Membership.objects.filter(institution=house.institution).values_list("user_id", flat=True)),
    "passwords": User.objects.filter(email__endswith="@trasladada.invalid", is_active=False).count(),
    "ledger": ledger_path().read_text(),
    "old_root": verify_institution(body.pk, said["check"] and json.loads(NOTED)).problems,
}
there = House(body, {}, {k.code: k for k in CaseKind.objects.filter(institution=body)}, {}, 0, {}, None)
said["next"] = file(there, "sugerencia").number
call_command("seal_journal", verbosity=0)
with as_owner(), transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER journal_journalentry_rows")
    cursor.execute("UPDATE journal_journalentry SET kind = 'cases.answered' WHERE id = (SELECT min(id)"
        " FROM journal_journalentry WHERE institution_id = %s AND stream LIKE 'case:%%')", [body.pk])
    said["tampered"] = verify_institution(body.pk).problems
    transaction.set_rollback(True)
said["after"] = verify_institution(body.pk).problems
print("CAME" + json.dumps(said))
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen of a body on the one side and on the other, the homes and the file."""
    one, two = (tmp_path_factory.mktemp(name) / "var" for name in ("origen", "destino"))
    package, key = one.parent / "puerto.siac", one.parent / "puerto.clave"
    for home in (one, two):
        begin(home / "postgres")
    known = f"PACKAGE, KEY = {str(package)!r}, {str(key)!r}\n"
    with at_work(one):
        left = run(one, known + LEAVE)
    root = left.partition("raíz del último sello: ")[2].split()[0]
    known += f"MEDIA, NOTED = {str(two / 'files')!r}, {json.dumps(root)!r}\n"
    known += (
        "def PARTS():\n    from siac.config.moving.package import parts_of\n"
        "    with open(PACKAGE, 'rb') as opened:\n"
        "        return [each.name for each in parts_of(opened, bytes.fromhex(open(KEY).read()))]\n"
    )
    with at_work(two):
        came = run(two, known + ARRIVE)
    return {
        "left": json.loads(left.partition("LEFT")[2]), "came": json.loads(came.partition("CAME")[2]),
        "homes": (one, two), "package": package, "key": key, "root": root,
    }  # fmt: skip


WRONG = {
    "key": "La clave no es la de este archivo",
    "byte": "el archivo está dañado",
    "slug": "Aquí ya hay un organismo en «puerto»: elija otra dirección con --as",
    "root": "La raíz del archivo no es la que usted indicó",
    "version": "otra versión de las tablas (",
    "unit": "Una fila de cases_case (unit_id) apunta a algo que no es del organismo",
    "institution": "filas de otro organismo en people_person",
    "user": "Una fila de organizations_membership",
    "entry": "fue alterada: su huella no coincide",
    "lost entry": "La bitácora que trae el archivo no está íntegra",
    "sealed": "Una fila de people_identity no se lee con la clave del traslado",
    "columns": "Una fila de cases_case no tiene sus columnas",
    "file": "no es como se recibió",
    "path": "un documento con un nombre que no puede ser",
    "table": "El archivo no trae las tablas de esta versión",
    "twice": "ya está en esta instalación",
    "elsewhere": "ya está en esta instalación",
    "ledger": "El registro de borrados del archivo no se entiende",
    "odd ledger": "El registro de borrados del archivo no se entiende",
    "glued ledger": "El registro de borrados del archivo no se entiende",
    "other ledger": "El registro de borrados es de otro organismo",
    "numbers": "Los números de cases_case ya están ocupados",
}


def test_what_is_not_as_it_must_be_is_refused_in_words_and_changes_nothing(moved):
    said = moved["came"]
    for name, words in WRONG.items():
        assert words in said[name], (name, said[name])
    assert said["untouched"]
    assert "El archivo está completo" in said["check"]


def test_a_run_that_is_killed_leaves_no_row_and_begins_again_with_the_files_that_are_there(moved):
    killed = moved["came"]["killed"]
    assert killed["signal"] == 9 and killed["rows"]
    assert killed["before"] < killed["files"] == killed["after"]


def test_a_run_that_is_killed_behind_its_commit_is_finished_by_the_same_command(moved):
    came, behind = moved["came"], moved["came"]["behind"]
    assert behind["signal"] == 9 and behind["cells"] == 0 < behind["after"]
    assert f'"person": {moved["left"]["erased"]}' in behind["ledger"]
    assert behind["ledger"] == came["arrived"]["ledger"]
    assert "se termina lo que falta" in came["finished"] and "Cifras contadas de nuevo" in came["finished"]


def test_a_body_with_a_lost_file_leaves_without_it_when_that_is_asked_and_only_then(moved):
    left, came = moved["left"], moved["came"]
    assert "--without-lost-files" in left["lost"] and left["lost_left"] == [False, False]
    assert came["lost"] == "Todo está en orden hasta aquí."


def test_rows_come_in_as_the_owner_of_the_tables_and_all_else_as_the_application(moved):
    before, within, after = moved["came"]["roles"]
    assert (before, within, after) == (embedded.APPLICATION, embedded.OWNER, embedded.APPLICATION)


def test_domains_of_mail_are_told_and_believed_of_nobody(moved):
    assert "siac sign-in domains llegado add" in moved["came"]["done"]
    assert "puerto.example" in moved["came"]["done"] and moved["came"]["arrived"]["domains"] == 0


def test_numbers_of_two_installations_lie_apart(moved):
    left, came = moved["left"], moved["came"]["arrived"]
    assert left["first"] != came["first"]
    assert left["first"] <= left["case"] < left["first"] + 10**9
    assert came["body"] == left["body"]
    assert came["folios"][left["folio"]] == left["case"]


def test_all_of_it_is_there_and_opens_with_the_keys_of_the_other_house(moved):
    left, came = moved["left"], moved["came"]["arrived"]
    assert came["cases"] == left["cases"]
    assert came["rosa"] == [left["rosa"]]
    assert sorted(set(came["names"])) == ["Datos borrados", "María Ñancupil Soto"]
    assert came["files"] == ["%PDF"]
    assert (came["webhook"], came["pause"]) == ("whsec_muy_secreto", "asked")
    assert came["view"] == {"tipo": str(left["kind"]), "q": "agua"} and not came["stray"]
    assert f'"person": {left["erased"]}' in came["ledger"] and '"institution": "llegado"' in came["ledger"]


def test_the_journal_is_whole_there_and_the_root_from_before_still_stands(moved):
    came = moved["came"]
    assert came["arrived"]["problems"] == []
    assert came["arrived"]["old_root"] == []
    assert came["arrived"]["unsealed"] == 0
    assert f"raíz {moved['root']}" in came["done"]
    assert any("fue alterada" in each for each in came["tampered"])
    assert came["after"] == []


def test_folios_go_on_and_people_with_an_account_there_keep_that_one(moved):
    left, came = moved["left"], moved["came"]
    assert came["next"] == left["last"] + 1
    assert came["arrived"]["own_users"]
    assert came["arrived"]["members"] and came["arrived"]["passwords"] > 0


def test_no_key_of_an_installation_is_in_the_file_and_nobody_else_reads_it(moved):
    from siac.config.moving.sealing import opened_pieces

    key = bytes.fromhex(moved["key"].read_text())
    with moved["package"].open("rb") as source:
        inside = b"".join(opened_pieces(source, key))
    held = moved["package"].read_bytes()
    lines = (moved["homes"][0] / "keys.env").read_text().split()
    secrets = [line.partition("=")[2] for line in lines]
    assert len(secrets) >= 3
    for secret in secrets:
        forms = [secret.encode()] + ([bytes.fromhex(secret)] if len(secret) == 64 else [])
        assert not any(form in inside or form in held for form in forms)
    assert b"whsec_muy_secreto" not in inside and b"rosa@ejemplo.org" not in inside
    assert b"Organismo Ajeno" not in inside
    assert b"pbkdf2" not in inside and b"argon2" not in inside
    assert moved["package"].stat().st_mode & 0o077 == 0 and moved["key"].stat().st_mode & 0o077 == 0
