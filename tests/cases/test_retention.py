# SPDX-License-Identifier: EUPL-1.2
"""The end of what is kept: proposed by policy, approved by an administrator, told
in the journal, repeated after a restore.
"""

import json
from dataclasses import asdict
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.accounts.public import Role
from siac.cases.access import case_by_code, visible_to
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.finding import found
from siac.cases.hearing.commands import hear_third_party
from siac.cases.models import Appeal, Case, CaseMessage, CaseText, ErasureItem, ErasureRun
from siac.cases.protection import runs
from siac.cases.protection.holding import hold_case, lift_hold
from siac.cases.protection.ledger import Erased, read_ledger
from siac.cases.protection.policy import past_retention, policy_history
from siac.cases.protection.runs import (
    LINE,
    approve_erasure,
    broke_off,
    discard_erasure,
    erasing,
    propose_erasure,
    propose_nightly,
)
from siac.cases.public import add_note, reopen_case, save_kind
from siac.cases.tasks import erase as erase_today
from siac.charters.models import Remedy
from siac.clocks.public import settle_overdue
from siac.documents.commands.attaching import remove_orphans
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.documents.storage import files
from siac.infra.erasures import ledger_path
from siac.infra.longwork import run_long
from siac.journal.models import JournalEntry
from siac.journal.public import make_checkpoint, verify_institution
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.notices.models import Notice
from siac.notices.public import send_due
from siac.people.models import Identity, Person
from siac.people.public import erase_person, names
from tests.factories import ANONYMOUS, NOW, House, answer, file, person, upload
from tests.sql_counts import exactly
from tests.words import words

pytestmark = [pytest.mark.django_db]
LATER = NOW + timedelta(days=800)
EVERYTHING = ["identity", "texts", "files", "notices"]


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))


def erase(run_id: int) -> None:
    """Do what the job does, long after."""
    run_long(LINE, run_id, erasing, failed=broke_off, clock=lambda: LATER)


def keep(
    house: House, kind: str = "consulta", months: int | None = 12, erases: list[str] = EVERYTHING
) -> None:
    """Give a kind a retention."""
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds[kind], retention_months=months,
        retention_erases=erases,
    )  # fmt: skip
    house.institution.refresh_from_db()


def closed(house: House, kind: str = "consulta", **changes) -> Case:
    """File a case, answer it, let the time to contest pass."""
    case = file(
        house, kind, unit_id=house.units["obras"], files=check_uploads([upload("carnet.pdf")]), **changes
    )
    answer(house, case, now=NOW + timedelta(days=1), body="Hable con Rosa Pinto.")
    close_lapsed_cases(now=NOW + timedelta(days=60))
    case.refresh_from_db()
    return case


def approved(house: House, now=LATER) -> ErasureRun:
    """Propose, approve and do what is past its retention."""
    run = propose_erasure(institution=house.institution, actor=None, now=now)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=now
    )
    erase(run.pk)
    run.refresh_from_db()
    return run


def test_nothing_is_ever_erased_until_the_body_sets_a_retention(house):
    closed(house)
    for kind in house.kinds.values():
        assert (kind.retention_months, kind.retention_erases) == (None, [])
    assert propose_nightly(now=LATER) == 0
    with pytest.raises(Refused, match="erasure_none"):
        propose_erasure(institution=house.institution, actor=None, now=LATER)


def test_what_was_said_and_by_whom_goes_and_that_it_happened_stays(house):
    keep(house)
    case = closed(house)
    send_due(lambda: NOW + timedelta(days=60))
    digests = [e.data for e in JournalEntry.objects.filter(stream=case.stream).order_by("seq")]
    path = files().path(Attachment.objects.get(subject_type="case").storage_key)
    before = Case.objects.filter(pk=case.pk).values(
        "year", "number", "kind", "unit", "filed_at", "answered_at", "answer_days", "closed_at", "outcome"
    )[0]
    make_checkpoint(house.institution.pk, LATER)
    run = approved(house)
    assert (run.state, run.items.get().outcome) == (WorkState.DONE, "erased")
    text = CaseText.objects.get(case=case)
    assert (text.subject, text.body, text.answers, text.place, text.salt, text.search) == (
        "",
        "",
        {},
        "",
        "",
        None,
    )
    assert set(CaseMessage.objects.filter(case=case).values_list("body", "salt")) == {("", "")}
    assert not Identity.objects.filter(person=case.person_id).exists()
    assert Person.objects.get(pk=case.person_id).erased_at is not None
    kept = Attachment.objects.get(subject_type="case")
    assert (kept.name, kept.erased_at is not None, len(kept.sha256)) == ("", True, 64)
    remove_orphans(LATER)
    assert not files().exists(path)
    assert set(Notice.objects.filter(subject_type="case").values_list("body", "subject_line")) == {("", "")}
    assert Case.objects.filter(pk=case.pk).values(*before)[0] == before
    entries = JournalEntry.objects.filter(stream=case.stream).order_by("seq")
    assert [e.data for e in entries][: len(digests)] == digests
    assert (entries.last().kind, entries.last().data["what"]) == ("cases.erased", sorted(EVERYTHING))
    assert verify_institution(house.institution.pk).problems == []


def test_only_what_the_kind_says_is_erased(house):
    keep(house, erases=["files"])
    case = closed(house)
    approved(house)
    assert CaseText.objects.get(case=case).body != ""
    assert Identity.objects.filter(person=case.person_id).exists()
    assert Attachment.objects.get(subject_type="case").erased_at is not None
    assert Notice.objects.filter(subject_type="case", erased_at=None).exists()


@pytest.mark.parametrize(("days", "past"), [(-2, False), (2, True)])
def test_the_months_run_from_closing(house, days, past):
    keep(house, months=12)
    case = closed(house)
    kind = house.kinds["consulta"]
    kind.refresh_from_db()
    anniversary = case.closed_at.replace(year=case.closed_at.year + 1) + timedelta(days=days)
    assert past_retention(house.institution, kind, now=anniversary).exists() is past


def test_a_case_on_hold_is_kept_until_the_hold_is_lifted(house):
    keep(house)
    case, actor = closed(house), house.user(Role.HEAD_OF_UNIT)
    values = {
        "institution": house.institution,
        "case_id": case.pk,
        "version": None,
        "actor": actor,
        "now": NOW,
    }
    hold_case(**values, reason="Juicio C-12-2026")
    with pytest.raises(Refused, match="held_already"):
        hold_case(**values, reason="Otra vez")
    with pytest.raises(Refused, match="erasure_none"):
        propose_erasure(institution=house.institution, actor=None, now=LATER)
    lift_hold(**values)
    assert propose_erasure(institution=house.institution, actor=None, now=LATER).total == 1
    with pytest.raises(Refused, match="not_held"):
        lift_hold(**values)


def test_what_was_held_reopened_or_kept_longer_after_the_proposal_is_kept(house):
    keep(house)
    first, second, third = closed(house), closed(house), closed(house)
    run = propose_erasure(institution=house.institution, actor=None, now=LATER)
    actor = house.user(Role.HEAD_OF_UNIT)
    values = {
        "institution": house.institution,
        "version": None,
        "actor": actor,
        "now": LATER,
        "reason": "Juicio",
    }
    hold_case(**values, case_id=first.pk)
    reopen_case(**values, case_id=second.pk)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=LATER
    )
    erase(run.pk)
    assert dict(ErasureItem.objects.values_list("case", "outcome")) == {
        first.pk: "kept", second.pk: "kept", third.pk: "erased",
    }  # fmt: skip


def test_a_killed_worker_goes_on_where_it_stopped_and_erases_nothing_twice(house, monkeypatch):
    keep(house)
    cases = [closed(house) for _ in range(3)]
    run = propose_erasure(institution=house.institution, actor=None, now=LATER)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=LATER
    )
    from siac.cases.protection import runs

    done, original = [], runs.erase_case

    def dying(**values):
        if len(done) == 1:
            raise SystemExit
        done.append(values["case_id"])
        return original(**values)

    monkeypatch.setattr(runs, "erase_case", dying)
    with pytest.raises(SystemExit):
        erase(run.pk)
    assert Case.objects.exclude(erased_at=None).count() == 1
    monkeypatch.setattr(runs, "erase_case", original)
    erase(run.pk)
    assert JournalEntry.objects.filter(kind="cases.erased").count() == len(cases)
    erase(run.pk)
    assert JournalEntry.objects.filter(kind="cases.erased").count() == len(cases)


def test_somebody_with_another_living_case_stays_known(house):
    keep(house)
    case = closed(house)
    other = file(house)
    Case.objects.filter(pk=other.pk).update(person=case.person_id)
    approved(house)
    assert Identity.objects.filter(person=case.person_id).exists()


def test_third_parties_of_an_erased_case_go_too(house):
    keep(house, "acceso")
    case = file(house, "acceso", unit_id=house.units["obras"])
    hear_third_party(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body="Piden su contrato.",
        person=person(email="tercero@ejemplo.org", document_number=""),
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW)
    approved(house)
    assert not Identity.objects.exists()


def test_a_case_whose_person_is_owed_a_remedy_waits(house):
    keep(house, "reclamo")
    case = file(house, unit_id=house.units["juridico"])
    settle_overdue(NOW + timedelta(days=20))
    answer(house, case, now=NOW + timedelta(days=20))
    close_lapsed_cases(now=NOW + timedelta(days=90))
    assert Remedy.objects.filter(breach__case=case, state="owed").exists()
    with pytest.raises(Refused, match="erasure_none"):
        propose_erasure(institution=house.institution, actor=None, now=LATER)
    Remedy.objects.update(state="delivered", settled_at=NOW, proof="Carta a Rosa Pinto")
    approved(house)
    assert "Rosa" not in Remedy.objects.get().proof


def test_a_case_with_an_appeal_undecided_waits(house):
    keep(house)
    case = closed(house)
    appeal = Appeal.objects.create(
        institution=house.institution,
        case=case,
        forum="other",
        authority="CPLT",
        notified_on=NOW.date(),
        due_on=NOW.date(),
    )
    with pytest.raises(Refused, match="erasure_none"):
        propose_erasure(institution=house.institution, actor=None, now=LATER)
    Appeal.objects.filter(pk=appeal.pk).update(state="decided", decided_on=NOW.date(), result="dismissed")
    assert propose_erasure(institution=house.institution, actor=None, now=LATER).total == 1


def test_the_erased_case_is_shown_as_such_and_opens_for_nobody_outside(house):
    keep(house)
    case = closed(house)
    keep(house, "sugerencia")
    unnamed = closed(house, "sugerencia", who=ANONYMOUS)
    client = house.client()
    opened = client.post(f"/{house.slug}/seguimiento/", {"code": unnamed.code, "second_factor": ""})
    assert client.get(opened["Location"]).status_code == 200
    approved(house)
    assert client.get(opened["Location"]).status_code == 302
    assert case_by_code(house.institution, unnamed.code, "") is None
    staff, base = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/"
    page = staff.get(f"{base}{case.folio}/").content.decode()
    assert "se borraron el" in page
    assert "Rosa Pinto" not in page
    assert "Datos borrados" in staff.get(f"{base}?vista=todas").content.decode()
    access = house.access(Role.HEAD_OF_UNIT)
    assert not found(visible_to(access), access, "inundación").exists()
    assert names(house.institution.pk, [case.person_id])[case.person_id] == "Datos borrados"
    with pytest.raises(Refused, match="case_erased"):
        add_note(
            institution=house.institution,
            case_id=case.pk,
            body="x",
            actor=house.user(Role.HEAD_OF_UNIT),
            now=LATER,
        )


def test_the_night_proposes_and_does_not_erase(house):
    keep(house)
    closed(house)
    assert propose_nightly(now=LATER) == 1
    assert propose_nightly(now=LATER + timedelta(days=1)) == 0  # one waits already
    run = ErasureRun.objects.get()
    assert (run.state, run.proposed_by) == ("proposed", None)
    erase(run.pk)
    assert not Case.objects.exclude(erased_at=None).exists()
    administrator = house.user(Role.ADMINISTRATOR)
    discard_erasure(institution=house.institution, run_id=run.pk, actor=administrator, now=LATER)
    with pytest.raises(Refused, match="erasure_decided"):
        approve_erasure(institution=house.institution, run_id=run.pk, actor=administrator, now=LATER)


def test_nobody_approves_an_erasure_whose_cases_are_not_those_that_were_shown(house):
    keep(house)
    closed(house)
    other = file(house)
    run = propose_erasure(institution=house.institution, actor=None, now=LATER)
    address = f"/{house.slug}/gestion/configuracion/conservacion/{run.pk}/"
    client = house.client(Role.ADMINISTRATOR)
    assert f'name="visto" value="{run.digest}"' in client.get(address).content.decode()
    sent = {"accion": "aprobar", "entiendo": "1", "visto": run.digest}
    slipped_in = ErasureItem.objects.create(run=run, case=other, erases=EVERYTHING)
    shown = client.post(f"{address}decidir/", sent, follow=True).content.decode()
    assert "Lo que iba a aprobar cambió desde que usted lo miró" in shown
    run.refresh_from_db()
    assert (run.state, run.decided_by) == ("proposed", None)
    slipped_in.delete()
    client.post(f"{address}decidir/", sent)
    run.refresh_from_db()
    assert run.state == WorkState.WAITING
    assert JournalEntry.objects.get(kind="cases.erasure_approved").data["digest"] == run.digest


@pytest.mark.parametrize("is_open", [True, False])
def test_after_a_restore_the_ledger_erases_again_and_touches_no_other_case(house, is_open):
    """Of a body that was closed, too: it opens again with what it had."""
    keep(house)
    case = closed(house)
    approved(house)
    lines = read_ledger(ledger_path().read_text().splitlines(keepends=True))
    (line,) = (each for each in lines if isinstance(each, Erased))
    assert (line.institution, line.number, sorted(line.erases)) == (
        house.slug,
        case.number,
        sorted(EVERYTHING),
    )
    assert "Rosa" not in ledger_path().read_text()
    # What a restore brings back: the texts of that case; and a folio given to somebody else since the backup.
    CaseText.objects.filter(case=case).update(body="Volvió", subject="Volvió")
    Case.objects.filter(pk=case.pk).update(erased_at=None)
    other = file(house, now=NOW + timedelta(hours=1))
    with ledger_path().open("a") as ledger:
        ledger.write(json.dumps({**vars_of(line), "number": other.number}) + "\n")
    type(house.institution).objects.filter(pk=house.institution.pk).update(is_active=is_open)
    call_command("erasures", "apply")
    assert CaseText.objects.get(case=case).body == ""
    assert CaseText.objects.get(case=other).body != ""
    assert JournalEntry.objects.filter(stream=case.stream, kind="cases.erased").last().data["again"] is True
    assert verify_institution(house.institution.pk).problems == []


def test_a_person_erased_alone_is_erased_again_after_a_restore_and_nobody_else(house):
    case, other = file(house, now=NOW), file(house, now=NOW)
    Person.objects.filter(pk=other.person_id).update(created_at=NOW + timedelta(hours=1))
    kept = Identity.objects.get(pk=case.person_id)
    erase_person(house.institution.pk, case.person_id, actor_id=None, now=LATER)
    (line,) = read_ledger(ledger_path().read_text().splitlines(keepends=True))
    assert (line.institution, line.person) == (house.slug, case.person_id)
    kept.save(force_insert=True)  # what a restore brings back
    Person.objects.filter(pk=case.person_id).update(erased_at=None)
    with ledger_path().open("a") as ledger:  # the id of somebody new since the backup
        ledger.write(json.dumps({**asdict(line), "person": other.person_id}) + "\n")
    call_command("erasures", "apply")
    assert not Identity.objects.filter(pk=case.person_id).exists()
    assert Identity.objects.filter(pk=other.person_id).exists()
    out = StringIO()
    call_command("erasures", "apply", stdout=out)
    assert "Borrados ahora otra vez: 0." in out.getvalue()


def vars_of(line):
    return {
        name: getattr(line, name) for name in ("institution", "year", "number", "filed_at", "erases", "at")
    }


def test_the_ledger_can_be_written_from_the_database_and_says_what_it_cannot_read(house, tmp_path):
    keep(house)
    case = closed(house)
    approved(house)
    call_command("erasures", "export", str(tmp_path / "copia.jsonl"))
    line, someone = read_ledger((tmp_path / "copia.jsonl").read_text().splitlines(keepends=True))
    assert someone.person == case.person_id
    assert (line.number, sorted(line.erases)) == (case.number, sorted(EVERYTHING))
    (tmp_path / "roto.jsonl").write_text("nada\n" + (tmp_path / "copia.jsonl").read_text())
    with pytest.raises(CommandError, match="Línea 1"):
        call_command("erasures", "apply", str(tmp_path / "roto.jsonl"))
    cut = (tmp_path / "copia.jsonl").read_text() + '{"institution": "pue'
    assert (
        len(list(read_ledger(cut.splitlines(keepends=True)))) == 2
    )  # the power went while a line was written
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("erasures", "apply", str(tmp_path / "no.jsonl"))


def test_the_administrator_sees_what_would_go_and_approves_it_knowingly(house):
    keep(house)
    case = closed(house)
    Case.objects.filter(pk=case.pk).update(
        closed_at=NOW - timedelta(days=1000), filed_at=NOW - timedelta(days=1100)
    )
    client, base = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/conservacion/"
    assert "12 meses" in client.get(base).content.decode()
    proposed = client.post(base)["Location"]
    shown = client.get(proposed).content.decode()
    assert "Todavía no se borró nada" in shown
    assert case.folio in shown
    listed = b"".join(client.get(f"{proposed}lista/")).decode("utf-8-sig").splitlines()
    assert (len(listed), listed[1].split(";")[0]) == (2, case.folio)
    assert (
        "no se puede deshacer"
        in client.post(f"{proposed}decidir/", {"accion": "aprobar"}, follow=True).content.decode()
    )
    assert ErasureRun.objects.get().state == "proposed"
    client.post(f"{proposed}decidir/", {"accion": "aprobar", "entiendo": "1"})
    assert "En cola: 0 de 1 solicitudes" in client.get(proposed).content.decode()
    erase_today(ErasureRun.objects.get().pk)
    assert "1 borrada" in client.get(proposed).content.decode()
    assert house.client(Role.QUALITY_MANAGER).get(base).status_code == 403


@pytest.mark.parametrize(
    ("months", "erases"), [(12, []), (None, ["texts"]), (0, ["texts"]), (601, ["texts"]), (12, ["all"])]
)
def test_half_a_policy_is_refused(house, months, erases):
    with pytest.raises(Refused, match="kind_retention"):
        keep(house, months=months, erases=erases)


def test_a_run_that_another_worker_ended_is_not_ended_again(house, monkeypatch):
    keep(house)
    closed(house)
    run = propose_erasure(institution=house.institution, actor=None, now=LATER)
    approve_erasure(
        institution=house.institution, run_id=run.pk, actor=house.user(Role.ADMINISTRATOR), now=LATER
    )
    real = runs.erase_case

    def meanwhile(**values):
        ErasureRun.objects.filter(pk=run.pk).update(state=WorkState.DONE, ended_at=LATER)
        return real(**values)

    monkeypatch.setattr(runs, "erase_case", meanwhile)
    erase(run.pk)
    assert not JournalEntry.objects.filter(stream=run.stream, kind="cases.erasure_done").exists()


def test_the_page_tells_how_the_policy_of_each_kind_changed(house):
    keep(house)
    client, base = house.client(Role.ADMINISTRATOR), f"/{house.slug}/gestion/configuracion/conservacion/"
    keep(house, months=24)
    with exactly(1):
        told = policy_history(house.institution)
    assert [change.after for change in told[0][1].changes] == ["24"]
    assert "Meses que se conserva: 12 → cambió a 24" in words(client.get(base))
