# SPDX-License-Identifier: EUPL-1.2
"""A case is erased while, or after, a file is prepared that tells of it: nobody fetches what it said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.lists import exporting
from siac.cases.lists.exporting import begin_export
from siac.cases.models import Case, CaseExport, Dossier, Edition
from siac.cases.protection import preparing
from siac.cases.protection.erasing import erase_case
from siac.cases.protection.preparing import begin_case_file, begin_person
from siac.cases.tasks import export_cases, prepare
from siac.documents.models import Attachment
from siac.kernel.work_states import WorkState
from tests.factories import NOW, House, answer, file

pytestmark = [pytest.mark.django_db]
LATER = NOW + timedelta(days=90)
ERASED = LATER + timedelta(minutes=5)


@pytest.fixture
def case(house, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    made = file(house, "consulta", unit_id=house.units["obras"])
    answer(house, made, now=NOW + timedelta(days=1))
    close_lapsed_cases(now=LATER)
    return made


def erase(house: House, case: Case, what: tuple[str, ...] = ("texts",), now: datetime = ERASED) -> None:
    common: dict[str, Any] = {"institution": house.institution, "case_id": case.pk, "actor": None}
    assert erase_case(**common, erases=what, run_id=0, now=now)


def asked_export(house: House, now: datetime = LATER) -> CaseExport:
    access = house.access(Role.QUALITY_MANAGER)
    return begin_export(access=access, params={"vista": "todas"}, form="xlsx", now=now)


def asked_dossier(house: House, case: Case, now: datetime = LATER) -> Dossier:
    access = house.access(Role.QUALITY_MANAGER)
    return begin_case_file(access=access, case=case, edition=Edition.COMPLETE, form="pdf", now=now)


def status(house: House, name: str, *keys: object) -> int:
    return house.client(Role.QUALITY_MANAGER).get(
        reverse(f"workspace:cases:{name}", args=[house.slug, *keys])
    ).status_code  # fmt: skip


def living() -> int:
    return Attachment.objects.filter(subject_type__in=("export", "dossier"), erased_at=None).count()


@pytest.mark.parametrize("what", [("identity",), ("texts",), ("files",)])
def test_files_prepared_before_go_with_the_case_whatever_of_it_goes(house, case, what):
    export, dossier = asked_export(house), asked_dossier(house, case)
    copy = begin_person(access=house.access(Role.QUALITY_MANAGER), person_id=case.person_id, now=LATER)
    export_cases(export.pk)
    prepare(dossier.pk)
    prepare(copy.pk)
    assert status(house, "export_file", export.pk) == 200 and living() == 3
    erase(house, case, what)
    assert living() == 0
    assert status(house, "export_file", export.pk) in (404, 409, 422)


def test_a_dossier_read_before_the_erasure_is_not_kept_after_it(house, case, monkeypatch):
    made, built = asked_dossier(house, case), preparing._case_file

    def meanwhile(*args: Any) -> tuple[str, bytes]:
        given = built(*args)
        erase(house, case)
        return given

    monkeypatch.setattr(preparing, "_case_file", meanwhile)
    prepare(made.pk)
    made.refresh_from_db()
    assert (made.state, made.attachment_id, living()) == (WorkState.FAILED, None, 0)


def test_an_export_read_before_the_erasure_is_handed_to_nobody(house, case, monkeypatch):
    made, told = asked_export(house), exporting._told

    def meanwhile(*args: Any, **more: Any) -> Iterator[list[Any]]:
        yield from told(*args, **more)
        erase(house, case)

    monkeypatch.setattr(exporting, "_told", meanwhile)
    export_cases(made.pk)
    assert status(house, "export_file", made.pk) in (404, 409, 422)


def test_what_is_prepared_after_the_erasure_is_handed_out_with_what_is_left(house, case):
    erase(house, case)
    made, dossier = asked_export(house, ERASED + timedelta(minutes=1)), asked_dossier(
        house, case, ERASED + timedelta(minutes=1)
    )  # fmt: skip
    export_cases(made.pk)
    prepare(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.state, living()) == (WorkState.DONE, 2)
    assert status(house, "export_file", made.pk) == 200
