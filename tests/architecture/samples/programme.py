# SPDX-License-Identifier: EUPL-1.2
"""Pages of `programme`."""

from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import Role
from siac.organizations.public import access_in
from siac.programme import tasks
from siac.programme.public import ask_pack, open_programme
from tests.architecture.samples.whom import Made, Sample, with_
from tests.factories import House

READERS = frozenset(
    {
        Role.QUALITY_MANAGER, Role.AUTHORITY, Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.PLANNING,
        Role.INTERNAL_AUDITOR,
    }
)  # fmt: skip
KEEPING = frozenset({Role.QUALITY_MANAGER, Role.PLANNING})
REVIEWERS = frozenset({Role.AUDITOR, Role.INTERNAL_AUDITOR})
_ONE, _PACK = with_(programme_id="programme"), with_(pack_id="pack")


def _at(made: Made) -> dict[str, Any]:
    return {"programme_id": made["programme"], "phase": "E1", "task": "r1"}


SAMPLES = {
    "workspace:programme:programmes": Sample(READERS),
    "workspace:programme:programme_new": Sample(KEEPING),
    "workspace:programme:packs": Sample(READERS),
    "workspace:programme:pack": Sample(READERS, _PACK),
    "workspace:programme:pack_file": Sample(READERS, _PACK),
    "workspace:programme:pack_review": Sample(REVIEWERS, _PACK),
    "workspace:programme:programme": Sample(READERS, _ONE),
    "workspace:programme:missing": Sample(READERS, _ONE),
    "workspace:programme:rules": Sample(KEEPING, _ONE),
    "workspace:programme:requirement": Sample(READERS, _at),
    "workspace:programme:pack_new": Sample(KEEPING, _at, post=True, moved=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Open the programme of a year, and make a pack of its first requirement."""
    manager = house.user(Role.QUALITY_MANAGER)
    with transaction.atomic():
        row = open_programme(
            institution=house.institution, guide_code="pmg-calidad-servicio", year=now.year, actor=manager,
            now=now,
        )  # fmt: skip
        access = access_in(manager, house.slug)
        pack = ask_pack(access=access, programme=row, phase="E1", task="r1", now=now)
    tasks.make_pack(pack.pk)
    return {"programme": row.pk, "pack": pack.pk}
