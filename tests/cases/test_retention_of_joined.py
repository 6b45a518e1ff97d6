# SPDX-License-Identifier: EUPL-1.2
"""A case joined to another is kept while that one is open, also where it comes back at that very moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from siac.accounts.public import Role
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.models import Case, ErasureItem
from siac.cases.protection.runs import LINE, approve_erasure, erasing, propose_erasure
from siac.cases.public import merge_case, reopen_case, save_kind
from siac.infra.longwork import run_long
from siac.journal.public import verify_institution
from tests.factories import NOW, answer, file, make_house
from tests.processes import somebody_waits

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
LATER = NOW + timedelta(days=800)


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))


@pytest.mark.parametrize("main_first", [True, False])
def test_what_was_joined_to_a_case_that_comes_back_at_that_moment_is_not_erased(real_commits, main_first):
    house = make_house()
    save_kind(
        institution=house.institution, actor=None, now=NOW, kind=house.kinds["consulta"], retention_months=12,
        retention_erases=["identity", "texts", "files", "notices"],
    )  # fmt: skip
    house.institution.refresh_from_db()
    one, other = (
        file(house, kind, unit_id=house.units["obras"])
        for kind in (("reclamo", "consulta") if main_first else ("consulta", "reclamo"))
    )
    main, joined = (one, other) if main_first else (other, one)
    officer = house.user(Role.UNIT_OFFICER)
    merge_case(
        institution=house.institution, case_id=joined.pk, version=None, into=main.folio, actor=officer,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    answer(house, main, now=NOW + timedelta(days=1))
    close_lapsed_cases(now=NOW + timedelta(days=60))
    run = propose_erasure(institution=house.institution, actor=None, now=LATER)
    administrator = house.user(Role.ADMINISTRATOR)
    approve_erasure(institution=house.institution, run_id=run.pk, actor=administrator, now=LATER)
    assert [item.case_id for item in ErasureItem.objects.filter(run=run)] == [joined.pk]

    def erase() -> None:
        try:
            run_long(LINE, run.pk, erasing, clock=lambda: LATER)
        finally:
            connections.close_all()

    worker = threading.Thread(target=erase)
    with transaction.atomic():
        reopen_case(
            institution=house.institution, case_id=main.pk, version=None, reason="Faltó una parte.",
            actor=house.user(Role.QUALITY_MANAGER), now=LATER,
        )  # fmt: skip
        worker.start()
        for _ in range(500):
            worker.join(0.02)
            if not worker.is_alive() or somebody_waits():
                break
    worker.join(60)
    assert not worker.is_alive()
    assert Case.objects.get(pk=main.pk).state == "with_unit"
    assert Case.objects.get(pk=joined.pk).erased_at is None
    assert ErasureItem.objects.get(run=run).outcome == "kept"
    assert verify_institution(house.institution.pk).problems == []
