# SPDX-License-Identifier: EUPL-1.2
"""A worker killed in the middle of each long work: the next one ends it, all is
done once, and nothing stays under way for ever.

Bulk actions, changes of calendar and loads of registers have tests of their own.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.accounts.public import Role
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.lists.exporting import begin_export
from siac.cases.models import Case, CaseExport, Dossier, Edition, ErasureItem, ErasureRun
from siac.cases.protection.ledger import Erased, read_ledger
from siac.cases.protection.preparing import begin_case_file
from siac.cases.protection.runs import approve_erasure, propose_erasure
from siac.cases.public import save_kind
from siac.documents.models import Attachment
from siac.documents.public import attachment, open_file
from siac.infra.erasures import ledger_path
from siac.journal.models import JournalEntry
from siac.journal.public import verify_institution
from siac.kernel.work_states import WorkState
from siac.organizations.commands.staffing import begin_load, receive_sheet
from siac.organizations.models import Institution, Invitation, PracticeRun, StaffSheet, Unit
from siac.organizations.practice.opening import begin_practice
from tests.factories import NOW, House, answer, file, make_house
from tests.processes import database_url, somebody_waits_for, worker_killed_when, worker_until

pytestmark = [pytest.mark.slow]
LONG_AGO = NOW - timedelta(days=1500)


@contextmanager
def held(*statement: object) -> Iterator[None]:
    """Hold what a statement locks, so that the work stops exactly there."""
    with psycopg.connect(database_url()) as blocker:
        blocker.execute(*statement)  # type: ignore[call-overload]
        yield


def entries(house: House, kind: str) -> list[str]:
    found = JournalEntry.objects.filter(institution=house.institution, kind=kind)
    return sorted(found.values_list("stream", flat=True))


def test_a_sheet_of_units_and_people(real_commits):
    house = make_house()
    units = "".join(f"u{n};Unidad {n};direccion\n" for n in range(5))
    people = "".join(f"Persona {n};p{n}@casa.cl;Jefatura;{'obras' if n == 3 else 'oirs'}\n" for n in range(8))
    admin = house.user(Role.ADMINISTRATOR)
    content = f"Código;Nombre de la unidad;Depende de\n{units}".encode()
    common = {"institution": house.institution, "now": NOW}
    first = receive_sheet(**common, name="unidades.csv", content=content, actor=admin)
    content = f"Nombre y apellidos;Correo;Rol;Unidad\n{people}".encode()
    second = receive_sheet(**common, name="personas.csv", content=content, actor=admin)
    for sheet in (first, second):
        begin_load(**common, sheet_id=sheet.pk)

    def done(sheet: StaffSheet) -> int:
        return StaffSheet.objects.values_list("done", flat=True).get(pk=sheet.pk)

    # Whoever is invited into the unit that is held cannot be committed.
    with held("SELECT FROM organizations_unit WHERE id = %s FOR UPDATE", [house.units["obras"]]):
        worker_killed_when(lambda: done(second) == 3)
    worker_until(lambda: not StaffSheet.objects.exclude(state=WorkState.DONE).exists())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.done, first.total, first.outcome) == (5, 5, {"create": 5})
    assert (second.done, second.total, second.outcome) == (8, 8, {"invite": 8})
    assert Unit.objects.filter(institution=house.institution, code__startswith="u").count() == 5
    assert Invitation.objects.filter(institution=house.institution).count() == 8
    letters = ProcrastinateJob.objects.filter(task_name="accounts.send_letter")
    assert len({str(job.args) for job in letters}) == letters.count() == 8
    assert verify_institution(house.institution.pk).problems == []


def test_a_practice_body(real_commits):
    house = make_house()
    run = begin_practice(institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW)

    def done() -> int:
        return PracticeRun.objects.values_list("done", flat=True).get(pk=run.pk)

    worker_killed_when(lambda: done() >= 3)
    assert not Institution.objects.filter(practice_of=house.institution, is_active=True).exists()
    run.refresh_from_db()
    assert run.done < run.total
    worker_until(lambda: PracticeRun.objects.filter(pk=run.pk, state=WorkState.DONE).exists())
    run.refresh_from_db()
    body = Institution.objects.get(practice_of=house.institution)
    assert (run.done, run.practice, body.is_active) == (run.total, body, True)
    assert Case.objects.filter(institution=body).count() == run.total
    assert Unit.objects.filter(institution=body).count() == len(house.units)
    for each in (house.institution, body):
        assert verify_institution(each.pk).problems == []


def test_an_erasure(real_commits, monkeypatch, tmp_path):
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    house = make_house(now=LONG_AGO - timedelta(days=1))
    save_kind(
        institution=house.institution,
        actor=None,
        now=NOW,
        kind=house.kinds["consulta"],
        retention_months=12,
        retention_erases=["identity", "texts", "files", "notices"],
    )
    house.institution.refresh_from_db()
    cases = [file(house, "consulta", unit_id=house.units["obras"], now=LONG_AGO) for _ in range(8)]
    for case in cases:
        answer(house, case, now=LONG_AGO + timedelta(days=1))
    close_lapsed_cases(now=LONG_AGO + timedelta(days=90))
    run = propose_erasure(institution=house.institution, actor=None, now=NOW)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=NOW
    )

    def erased() -> int:
        return ErasureItem.objects.filter(run=run, outcome="erased").count()

    with held("SELECT FROM cases_case WHERE id = %s FOR UPDATE", [cases[3].pk]):
        worker_killed_when(lambda: erased() == 3)
        assert ErasureRun.objects.get(pk=run.pk).state == "running"
    worker_until(lambda: ErasureRun.objects.filter(pk=run.pk, state="done").exists())
    assert erased() == run.total == len(cases)
    assert entries(house, "cases.erased") == sorted(case.stream for case in cases)
    assert len(entries(house, "cases.erasure_done")) == 1
    told = read_ledger(ledger_path().read_text().splitlines(keepends=True))
    assert {line.number for line in told if isinstance(line, Erased)} == {case.number for case in cases}
    assert verify_institution(house.institution.pk).problems == []


def of_the_file(house: House, attachment_id: int | None) -> tuple[bytes, Attachment]:
    row = attachment(house.institution.pk, attachment_id)
    assert row is not None
    with open_file(row) as stored:
        return stored.read(), row


def killed_while_handing_over(state: Callable[[], str]) -> None:
    """Let a worker prepare something and kill it when it is about to say that it is ready."""
    with held("LOCK TABLE documents_attachment IN EXCLUSIVE MODE"):
        worker_killed_when(lambda: somebody_waits_for("documents_attachment"))
        assert state() == "running"
    worker_until(lambda: state() != "running")
    assert state() == "done"


def test_an_export(real_commits):
    house = make_house()
    for _ in range(3):
        file(house)
    access = house.access(Role.QUALITY_MANAGER)
    export = begin_export(access=access, params={"vista": "todas"}, form="xlsx", now=NOW)
    killed_while_handing_over(lambda: CaseExport.objects.values_list("state", flat=True).get(pk=export.pk))
    export.refresh_from_db()
    content, row = of_the_file(house, export.attachment_id)
    assert hashlib.sha256(content).hexdigest() == row.sha256 and content.startswith(b"PK")
    assert (export.done, Attachment.objects.filter(subject_type="export").count()) == (3, 1)
    assert entries(house, "cases.exported") == [export.stream]
    assert verify_institution(house.institution.pk).problems == []


def test_a_case_file(real_commits):
    house = make_house()
    case = file(house, unit_id=house.units["obras"])
    made = begin_case_file(  # now: the worker takes files away that are some days old
        access=house.access(Role.QUALITY_MANAGER), case=case, edition=Edition.COMPLETE, form="pdf",
        now=timezone.now(),
    )  # fmt: skip
    killed_while_handing_over(lambda: Dossier.objects.values_list("state", flat=True).get(pk=made.pk))
    made.refresh_from_db()
    content, row = of_the_file(house, made.attachment_id)
    assert hashlib.sha256(content).hexdigest() == row.sha256 == made.sha256
    assert Attachment.objects.filter(subject_type="dossier").count() == 1
    assert entries(house, "cases.dossier_made") == [case.stream]
    assert verify_institution(house.institution.pk).problems == []
