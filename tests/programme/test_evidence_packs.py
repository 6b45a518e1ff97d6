# SPDX-License-Identifier: EUPL-1.2
"""Packs of evidence: what is in them, what a reader can check without us, and who reviews them."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import bagit
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rocrate.rocrate import ROCrate

from siac.accounts.public import Role
from siac.cases.lists.exporting import begin_export
from siac.cases.models import CaseExport
from siac.documents import prepared
from siac.documents.public import attach, attachment, check_uploads, expire_prepared, living_files, open_file
from siac.documents.storage import files
from siac.indicators.public import count_all, freeze_result, frozen_between, save_indicator
from siac.infra.metrics import Statistic
from siac.infra.models import JobFault
from siac.infra.retrying import Busy
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.organizations.models import Membership
from siac.organizations.public import access_in
from siac.processes.public import finish_task, process_of, undo_task
from siac.programme import tasks
from siac.programme.commands import packs
from siac.programme.domain.subjects import KIND
from siac.programme.models import Pack
from siac.programme.public import ask_pack, check_pack, open_programme, recomputed, review_pack
from siac.programme.sealing import pack_problems
from siac.signing.public import StampAway
from tests.factories import NOW, House, answer, file
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
K = Role.QUALITY_MANAGER
PMG = "pmg-calidad-servicio"
LATER = NOW + 70 * DAY


def common(house: House, role=K, now=LATER):
    return {"institution": house.institution, "actor": house.user(role), "now": now}


@pytest.fixture
def programme(house):
    """A programme of a body that froze what it answered in September, with a document that shows it."""
    soon, late = (file(house, unit_id=house.units["obras"]) for _ in range(2))
    answer(house, soon, now=NOW + 3 * DAY)
    answer(house, late, now=NOW + 10 * DAY)
    count_all(house.institution, now=LATER)
    row = save_indicator(
        **common(house, now=NOW), code="oportunidad", name="En 5 días", definition="En 5 ÷ todas.",
        metric_key="cases.answer_days", statistic=Statistic.WITHIN, within=5, target=Decimal(90),
        since=date(2026, 9, 1),
    )  # fmt: skip
    freeze_result(**common(house), indicator_id=row.pk, first=date(2026, 9, 1))
    made = open_programme(**common(house), guide_code=PMG, year=2026)
    show(house, made, b"Tabla de metas")
    return made


def show(house, programme, content: bytes):
    shown = SimpleUploadedFile("metas de 2026.txt", content, "text/plain")
    return finish_task(
        **common(house), run_id=process_of(house.institution, KIND, programme.pk).pk, phase="E3", task="r4",
        note="Metas firmadas", files=check_uploads([shown]), dated_on=date(2026, 9, 30),
    )  # fmt: skip


def pack_of(house, programme) -> Pack:
    access = access_in(house.user(K), house.slug)
    made = ask_pack(access=access, programme=programme, phase="E3", task="r4", now=LATER)
    tasks.make_pack(made.pk)
    made.refresh_from_db()
    assert made.state == "done", made.fault
    return made


def saved(house, made: Pack, folder: Path, name="expediente.zip") -> Path:
    path = folder / name
    with closing(open_file(attachment(house.institution.pk, made.attachment_id))) as kept:
        path.write_bytes(kept.read())
    return path


def rewritten(path: Path, target: Path, **changes: bytes | None) -> Path:
    """A pack with some of its files changed, dropped (None) or added, its lists left as they were."""
    with ZipFile(path) as old, ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = changes.pop(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry.filename, content)
        for name, content in changes.items():
            new.writestr(name, content or b"")
    return target


def test_a_pack_holds_what_shows_a_requirement_and_others_programs_read_it(house, programme, tmp_path):
    path = saved(house, pack_of(house, programme), tmp_path)
    with ZipFile(path) as pack:
        pack.extractall(tmp_path / "bag")
        names = set(pack.namelist())
        index = json.loads(pack.read("data/indice.json"))
        formula = json.loads(pack.read("data/cifras/oportunidad-20260901-r1.json"))
        rows = pack.read("data/cifras/oportunidad-20260901-r1.csv").decode("utf-8-sig")
        assert pack.read("data/documentos/01-metas de 2026.txt") == b"Tabla de metas"
        assert pack.read("data/portada.pdf").startswith(b"%PDF-")
    assert {"bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/actos.json"} <= names
    assert index["requisito"]["de_que_dia_habla"] == "2026-09-30"
    assert index["requisito"]["cuando_llego"].startswith(LATER.date().isoformat())
    assert index["consultas"][0]["filas"] == 1
    assert (formula["valor"], formula["total"], formula["cumplen"]) == ("50.0", 2, 1)
    heads, *told = csv.reader(io.StringIO(rows), delimiter=";")
    assert heads == ["sujeto", "dia", "valor", "cumple", "codigos"] and len(told) == 2
    assert bagit.Bag(str(tmp_path / "bag")).is_valid()
    crate = ROCrate(tmp_path / "bag" / "data")
    assert "Informar los indicadores" in crate.root_dataset["name"]
    dated = crate.dereference("documentos/01-metas de 2026.txt")
    assert dated["temporalCoverage"] == "2026-09-30" and dated["dateCreated"].startswith("20")


class Authority:
    """Stamps, or is silent; tells how often it was asked and how often a pack was built meanwhile."""

    def __init__(self, monkeypatch) -> None:
        self.is_silent, self.asked, self.built = True, [], 0
        write = packs.write_pack

        def counted(*args: object) -> str:
            self.built += 1
            return write(*args)

        monkeypatch.setattr(packs, "write_pack", counted)
        monkeypatch.setattr(packs, "stamp", self.stamp)

    def stamp(self, body: object, told: bytes) -> bytes:
        self.asked.append(told)
        if self.is_silent:
            raise StampAway
        return b"sello " + hashlib.sha256(told).digest()


@pytest.fixture
def waiting(house, programme, monkeypatch):
    """A pack whose authority was silent when it was built."""
    authority = Authority(monkeypatch)
    access = access_in(house.user(K), house.slug)
    made = ask_pack(access=access, programme=programme, phase="E3", task="r4", now=LATER)
    Pack.objects.update(created_at=timezone.now())
    for _ in range(2):
        with pytest.raises(Busy):
            tasks.make_pack(made.pk)
    assert (authority.built, len(authority.asked), Pack.objects.get().state) == (1, 2, "running")
    return authority, made


def test_while_the_authority_of_stamps_is_silent_a_pack_is_built_once(house, waiting, tmp_path):
    authority, made = waiting
    authority.is_silent = False
    tasks.make_pack(made.pk)
    made.refresh_from_db()
    assert (made.state, authority.built, len(set(authority.asked))) == ("done", 1, 1)
    told = check_pack(saved(house, made, tmp_path))
    assert (told.problems, told.is_stamped) == ([], True)
    assert list(living_files("evidence_pack_built")) == []
    assert list(verify_institution(house.institution.pk).problems) == []


@pytest.mark.parametrize("is_gone", [False, True], ids=["changed", "gone"])
def test_what_waited_and_is_not_what_was_built_is_built_anew(house, waiting, tmp_path, is_gone):
    authority, made = waiting
    kept = Path(files().path(living_files("evidence_pack_built").get().storage_key))
    content = kept.read_bytes()
    kept.unlink() if is_gone else kept.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(Busy):
        tasks.make_pack(made.pk)
    assert (authority.built, living_files("evidence_pack_built").count()) == (2, 1)
    authority.is_silent = False
    tasks.make_pack(made.pk)
    made.refresh_from_db()
    told = check_pack(saved(house, made, tmp_path))
    assert (made.state, authority.built, told.problems, told.is_stamped) == ("done", 2, [], True)
    assert list(verify_institution(house.institution.pk).problems) == []


def test_a_pack_that_waited_for_its_stamp_too_long_is_kept_without(house, waiting, tmp_path):
    authority, made = waiting
    Pack.objects.update(created_at=LATER - 300 * DAY)
    tasks.make_pack(made.pk)
    made.refresh_from_db()
    told = check_pack(saved(house, made, tmp_path))
    assert (made.state, authority.built, told.is_stamped, told.problems) == ("done", 1, False, [])


def test_what_was_built_and_given_up_is_erased_after_a_day(house, waiting):
    assert living_files("evidence_pack_built").count() == 1
    expire_prepared(now=timezone.now() + DAY)
    assert living_files("evidence_pack_built").count() == 0


def test_one_that_cannot_be_erased_keeps_no_other_beyond_its_day(house, waiting, monkeypatch):
    """Neither another one that waits, nor a file of personal data that lasts a day."""
    _, made = waiting
    access, later = house.access(K), timezone.now() + 2 * DAY
    begin_export(access=access, params={}, form="csv", now=timezone.now())
    CaseExport.objects.update(state="done")
    stuck = living_files("evidence_pack_built").get()
    other = SimpleUploadedFile("otro.txt", b"otro", "text/plain")
    attach(
        house.institution.pk, "evidence_pack_built", made.pk, check_uploads([other]), actor_id=None, now=NOW
    )
    erase = prepared.erase_attachments

    def erased(body: int, ids: list[int], *, now: datetime) -> int:
        if stuck.pk in ids:
            raise ValueError("a row that is not as it should be")
        return erase(body, ids, now=now)

    monkeypatch.setattr(prepared, "erase_attachments", erased)
    with CaptureQueriesContext(connection) as asked:
        assert expire_prepared(now=later) == 1
    assert [CaseExport.objects.get().state, *living_files("evidence_pack_built")] == ["expired", stuck]
    fault = JobFault.objects.get()
    assert (fault.subject, fault.job) == (f"file:{stuck.pk}", "documents.expire_prepared:evidence_pack_built")
    (read,) = (each["sql"] for each in asked if '"uploaded_at" <=' in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {read}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "documents_of_subject" in plan, plan
    monkeypatch.undo()
    expire_prepared(now=later)
    assert not living_files("evidence_pack_built").exists() and not JobFault.objects.exists()


def test_whoever_lost_the_right_meanwhile_gets_no_pack_that_was_built(house, waiting):
    authority, made = waiting
    authority.is_silent = False
    Membership.objects.filter(user=house.user(K)).delete()
    with pytest.raises(PermissionDenied):
        tasks.make_pack(made.pk)
    assert Pack.objects.get().state == "failed"


def test_whoever_has_the_pack_checks_it_and_works_its_figures_out_again(house, programme, tmp_path):
    path = saved(house, pack_of(house, programme), tmp_path)
    told = check_pack(path)
    assert told.problems == [] and told.files > 5 and "Informar los indicadores" in told.name
    assert dict(recomputed(path)) == {"data/cifras/oportunidad-20260901-r1.json": ""}


def test_the_command_checks_a_pack_without_database_and_without_keys(house, programme, tmp_path):
    path = saved(house, pack_of(house, programme), tmp_path)
    program = shutil.which("siac", path=str(Path(sys.executable).parent))
    kept = ("SIAC_TEST", "SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY", "DJANGO_SETTINGS_MODULE")
    clean = {name: value for name, value in os.environ.items() if name not in kept and "DATABASE" not in name}
    clean["SIAC_HOME"] = str(tmp_path / "home")

    def verify(*words: str) -> tuple[int, str]:
        asked = [str(program), "verify", *words]
        done = subprocess.run(asked, env=clean, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout

    code, told = verify(str(path), "--recompute")
    assert code == 0 and "íntegro" in told and "1 cifras calculadas de nuevo" in told, told
    broken = rewritten(path, tmp_path / "otro.zip", **{"data/portada.pdf": b"%PDF-"})
    code, told = verify(str(path), str(broken))
    assert code == 1 and "✗ data/portada.pdf: no es el que era" in told, told
    assert not (tmp_path / "home").exists()


def test_a_figure_that_tells_nothing_of_few_goes_without_its_rows(house, programme, tmp_path, monkeypatch):
    told = frozen_between(house.institution, date(2026, 1, 1), date(2026, 12, 31))
    few = [replace(each, least=5) for each in told]
    monkeypatch.setattr("siac.programme.proving.ready.frozen_between", lambda *asked: few)
    path = saved(house, pack_of(house, programme), tmp_path)
    with ZipFile(path) as pack:
        assert [name for name in pack.namelist() if name.startswith("data/cifras/")] == [
            "data/cifras/oportunidad-20260901-r1.json"
        ]
    assert check_pack(path).problems == [] and list(dict(recomputed(path)).values()) == [None]


def test_whatever_is_changed_in_a_pack_is_seen(house, programme, tmp_path):
    path = saved(house, pack_of(house, programme), tmp_path)
    document = "data/documentos/01-metas de 2026.txt"
    other = tmp_path / "otro.zip"
    assert check_pack(rewritten(path, other, **{document: b"Tabla de Metas"})).problems == [
        f"{document}: no es el que era"
    ]
    assert check_pack(rewritten(path, other, **{document: None})).problems == [f"{document}: falta"]
    added = rewritten(path, other, **{"data/mas.txt": b"x"})
    assert check_pack(added).problems == ["data/mas.txt: no estaba"]
    altered = rewritten(path, other, **{"bagit.txt": b"x"})
    assert check_pack(altered).problems == ["bagit.txt: no es el que era"]
    assert check_pack(rewritten(path, other, **{"manifest-sha256.txt": None})).problems != []
    other.write_bytes(path.read_bytes()[:-400])
    assert check_pack(other).problems == ["no se puede leer: BadZipFile"]
    assert check_pack(tmp_path / "nada.zip").problems == ["no se puede leer: FileNotFoundError"]


def test_a_figure_that_its_rows_do_not_give_is_seen(house, programme, tmp_path):
    path = saved(house, pack_of(house, programme), tmp_path)
    name = "data/cifras/oportunidad-20260901-r1"
    with ZipFile(path) as pack:
        formula = json.loads(pack.read(f"{name}.json"))
        rows = pack.read(f"{name}.csv")
    said = json.dumps({**formula, "valor": "90.0"}).encode()
    other = rewritten(path, tmp_path / "otro.zip", **{f"{name}.json": said})
    assert dict(recomputed(other)) == {f"{name}.json": "sus filas dan 50.0, y dice 90.0"}
    fewer = b"\r\n".join(rows.split(b"\r\n")[:2]) + b"\r\n"
    other = rewritten(path, tmp_path / "otro.zip", **{f"{name}.csv": fewer})
    assert dict(recomputed(other)) == {f"{name}.json": "las filas no son las que se fijaron"}
    other = rewritten(path, tmp_path / "otro.zip", **{f"{name}.csv": b"a\r\nx;y\r\n"})
    assert dict(recomputed(other)) == {f"{name}.json": "no se puede leer: ValueError"}


def test_evidence_replaced_later_leaves_the_pack_and_says_that_it_changed(house, programme, tmp_path):
    first = pack_of(house, programme)
    said = {"pack_id": first.pk, "verdict": "conforms", "words": "", "seen": first.sha256}
    review_pack(**common(house, Role.INTERNAL_AUDITOR), **said)
    client, base = house.client(K), f"/{house.slug}/gestion/programa/{programme.pk}/E3/r4/"
    assert "cambió desde su último expediente" not in words(client.get(base))
    run = process_of(house.institution, KIND, programme.pk)
    undo_task(**common(house), run_id=run.pk, phase="E3", task="r4")
    show(house, programme, b"Otra tabla")
    page = words(client.get(base))
    assert "cambió desde su último expediente" in page and "Conforme" in page
    before = saved(house, first, tmp_path).read_bytes()
    second = pack_of(house, programme)
    assert (second.revision, second.inputs != first.inputs) == (2, True)
    first.refresh_from_db()
    assert saved(house, first, tmp_path).read_bytes() == before and first.verdict == "conforms"
    assert "cambió desde su último expediente" not in words(client.get(base))


def test_a_pack_is_kept_for_good(house, programme):
    made = pack_of(house, programme)
    assert expire_prepared(now=LATER + 4000 * DAY) == 0
    made.refresh_from_db()
    assert made.attachment_id is not None


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        (K, {}, "pack_own"),
        (Role.INTERNAL_AUDITOR, {"seen": "0" * 64}, "approval_overtaken"),
        (Role.INTERNAL_AUDITOR, {"verdict": "observed"}, "pack_words"),
        (Role.INTERNAL_AUDITOR, {"verdict": "quizá"}, "pack_words"),
        (Role.INTERNAL_AUDITOR, {"pack_id": 0}, "pack_unknown"),
    ],
)
def test_reviews_that_do_not_count(house, programme, role, changes, code):
    made = pack_of(house, programme)
    asked = {"pack_id": made.pk, "verdict": "conforms", "words": "", "seen": made.sha256, **changes}
    with pytest.raises(Refused, match=code):
        review_pack(**common(house, role), **asked)


def test_a_pack_is_reviewed_once_and_verify_holds_it(house, programme):
    made = pack_of(house, programme)
    client = house.client(Role.INTERNAL_AUDITOR)
    base = f"/{house.slug}/gestion/programa/expedientes/"
    assert "Por revisar" in words(client.get(base))
    assert "Expedientes por revisar" in words(client.get(f"/{house.slug}/gestion/inicio/"))
    url = f"{base}{made.pk}/revisar/"
    bad = client.post(url, {"verdict": "observed", "words": "", "seen": made.sha256})
    assert bad.status_code == 422
    client.post(url, {"verdict": "observed", "words": "Falta la firma", "seen": made.sha256})
    again = client.post(url, {"verdict": "conforms", "words": "", "seen": made.sha256})
    assert again.status_code == 422 and "ya se revisó" in words(again)
    assert "Falta la firma" in words(house.client(K).get(f"{base}{made.pk}/"))
    assert list(pack_problems(house.institution.pk)) == []
    Pack.objects.filter(pk=made.pk).update(verdict="conforms")
    assert list(pack_problems(house.institution.pk)) == [
        f"expediente {made.pk}: su revisión no dice lo que consta en la bitácora"
    ]


def test_only_those_who_read_programmes_fetch_a_pack(house, other_house, programme):
    made = pack_of(house, programme)
    path = f"gestion/programa/expedientes/{made.pk}/archivo/"
    got = house.client(Role.AUDITOR).get(f"/{house.slug}/{path}")
    assert got.status_code == 200 and b"".join(got)[:2] == b"PK"
    assert house.client(Role.HEAD_OF_UNIT).get(f"/{house.slug}/{path}").status_code == 403
    assert other_house.client(K).get(f"/{other_house.slug}/{path}").status_code == 404


def test_two_at_once_make_no_two_packs(house, programme):
    access = access_in(house.user(K), house.slug)
    ask_pack(access=access, programme=programme, phase="E3", task="r4", now=LATER)
    with pytest.raises(Refused, match="pack_begun"):
        ask_pack(access=access, programme=programme, phase="E3", task="r4", now=LATER)
    with pytest.raises(Refused, match="requirement_unknown"):
        ask_pack(access=access, programme=programme, phase="E3", task="r99", now=LATER)
