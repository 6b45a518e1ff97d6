# SPDX-License-Identifier: EUPL-1.2
"""Works of before keep their place when they become long works, and can go back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import NOW, make_house
from tests.upgrading import migrated, to_newest

pytestmark = [pytest.mark.postgres]
BEFORE = [
    ("cases", "0015_referrals_call_answers_back"),
    ("clocks", "0005_place_of_a_body_or_unit_changes"),
    ("organizations", "0009_practice_bodies"),
]
AFTER = [
    ("cases", "0019_imports_are_long_works"),
    ("clocks", "0006_changes_are_long_works"),
    ("organizations", "0010_sheets_and_practice_bodies_are_long_works"),
]
LATER = NOW + timedelta(hours=1)


def told(model, *fields):
    return list(model.objects.order_by("pk").values_list("state", *fields))


@pytest.fixture
def old(real_commits):
    """A house, and its tables as they were; afterwards they are as they are today again."""
    house = make_house()
    get = migrated(BEFORE)
    yield house, get
    to_newest()


def fill(house, get):
    body, user = {"institution_id": house.institution.pk}, next(iter(house.users.values())).pk
    mine = {**body, "requested_by_id": user}
    exports, dossiers, bulks = get("cases", "CaseExport"), get("cases", "Dossier"), get("cases", "BulkAction")
    for state in ("waiting", "ready", "failed", "expired"):
        exports.objects.create(**mine, format="xlsx", state=state, rows=9, rows_done=4, created_at=NOW)
    person = get("people", "Person").objects.create(**body, kind="natural", created_at=NOW)
    dossiers.objects.create(
        **mine, edition="person", person=person, state="ready", pieces=3, pieces_done=2, created_at=NOW
    )
    for state in ("preview", "running", "done"):
        bulks.objects.create(
            **mine, code="asignar", state=state, total=9, changed=4, refused=2, created_at=NOW
        )
    get("cases", "ErasureRun").objects.create(
        **body, state="failed", total=2, proposed_at=NOW, decided_by_id=user, decided_at=LATER,
        failure="KeyError",
    )  # fmt: skip
    batches = get("cases", "ImportBatch")
    for state in ("uploaded", "checking", "checked", "refused", "loading", "loaded", "failed"):
        batches.objects.create(
            **body, name=state, state=state, rows_total=9, rows_done=4, created_at=timezone.now(),
            headers=[] if state == "uploaded" else ["a"],
        )  # fmt: skip
    sheets, runs = get("organizations", "StaffSheet"), get("organizations", "PracticeRun")
    for state in ("ready", "loading", "failed", "done"):
        sheets.objects.create(
            **body, name="x", state=state, created_at=NOW, finished_at=LATER if state == "done" else None
        )
    for state in ("failed", "done", "copying"):
        runs.objects.create(**body, state=state, created_at=NOW)
    changes = get("clocks", "CalendarChange")
    layer = get("clocks", "CalendarLayer").objects.order_by("pk").first()
    for state in ("waiting", "running", "failed", "done"):
        changes.objects.create(
            **body, layer=layer, action="added", days=[], name="x", reason="x", created_at=NOW, state=state,
            total=9, looked=4, finished_at=LATER if state == "done" else None,
        )  # fmt: skip


def test_a_filled_installation_is_upgraded_and_can_go_back(old):
    house, get = old
    fill(house, get)
    get = migrated(AFTER)
    assert told(get("cases", "CaseExport"), "total", "done", "begun_at") == [
        (state, 9, 4, NOW) for state in ("waiting", "done", "failed", "expired")
    ]
    assert told(get("cases", "Dossier"), "total", "done") == [("done", 3, 2)]
    assert told(get("cases", "BulkAction"), "done", "refused") == [
        (state, 6, 2) for state in ("preview", "running", "done")
    ]
    assert told(get("cases", "ErasureRun"), "fault", "done", "ended_at") == [("failed", "KeyError", 0, LATER)]
    assert told(get("cases", "ImportBatch"), "name", "step", "done") == [
        ("waiting", "uploaded", "head", 4),
        ("waiting", "checking", "check", 4),
        ("checked", "checked", "check", 4),
        ("refused", "refused", "check", 4),
        ("waiting", "loading", "load", 4),
        ("done", "loaded", "load", 4),
        ("failed", "failed", "check", 4),
    ]
    assert told(get("organizations", "StaffSheet"), "ended_at") == [
        ("ready", None), ("running", None), ("failed", NOW), ("done", LATER)
    ]  # fmt: skip
    assert [state for (state,) in told(get("organizations", "PracticeRun"))] == ["failed", "done", "running"]
    assert told(get("clocks", "CalendarChange"), "done", "ended_at") == [
        ("waiting", 4, None), ("running", 4, None), ("failed", 4, NOW), ("done", 4, LATER)
    ]  # fmt: skip
    get = migrated(BEFORE)
    states = ["uploaded", "checking", "checked", "refused", "loading", "loaded", "failed"]
    assert [state for (state,) in told(get("cases", "ImportBatch"))] == states
    assert [state for (state,) in told(get("cases", "CaseExport"))] == [
        "waiting", "ready", "failed", "expired"
    ]  # fmt: skip
    assert told(get("cases", "BulkAction"), "changed", "refused")[1] == ("running", 4, 2)
    states = ["ready", "loading", "failed", "done"]
    assert [state for (state,) in told(get("organizations", "StaffSheet"))] == states
