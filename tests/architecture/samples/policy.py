# SPDX-License-Identifier: EUPL-1.2
"""Pages of `policy`."""

from datetime import datetime
from typing import Any

from siac.accounts.public import Role
from siac.policy.public import save_achievement, save_links, save_reference, start_edition
from siac.policy.queries import documents_of
from tests.architecture.samples.whom import EVERYONE, Made, Sample, with_
from tests.factories import House, upload
from tests.policy.writing_it import TODAY, approved

R = Role
READERS = frozenset(
    {
        R.QUALITY_MANAGER, R.PLANNING, R.COMMUNICATIONS, R.HEAD_OF_UNIT, R.AUTHORITY, R.COMMITTEE_MEMBER,
        R.PEOPLE_MANAGER, R.AUDITOR, R.INTERNAL_AUDITOR,
    }
)  # fmt: skip
WRITERS = frozenset({R.QUALITY_MANAGER, R.PLANNING})
_DRAFT, _APPROVED = with_(number="policy_draft"), with_(number="policy_approved")


def _of(number: str, **more: str) -> Any:
    return lambda made: {"number": made[number], **more}


SAMPLES = {
    "workspace:policy:policy": Sample(READERS),
    "workspace:policy:policy_change": Sample(WRITERS),
    "workspace:policy:progress": Sample(READERS),
    "workspace:policy:documents": Sample(WRITERS),
    "workspace:policy:document": Sample(READERS, with_(document_id="policy_document")),
    "portal:policy:document": Sample(EVERYONE, with_(document_id="policy_document")),
    "workspace:policy:maturity": Sample(READERS),
    "workspace:policy:reference_new": Sample(WRITERS),
    "workspace:policy:reference": Sample(WRITERS, with_(reference_id="reference")),
    "workspace:policy:reference_checked": Sample(
        WRITERS, with_(reference_id="reference"), post=True, moved=True
    ),
    "workspace:policy:achievement_new": Sample(WRITERS),
    "workspace:policy:achievement": Sample(WRITERS, with_(achievement_id="achievement")),
    "workspace:policy:start": Sample(WRITERS, post=True, moved=True),
    "workspace:policy:edition": Sample(READERS, _DRAFT),
    "workspace:policy:facts": Sample(WRITERS, _DRAFT),
    "workspace:policy:section": Sample(WRITERS, _of("policy_draft", code="principles")),
    "workspace:policy:history": Sample(READERS, _of("policy_draft", code="principles")),
    "workspace:policy:cells": Sample(WRITERS, _of("policy_draft", code="principle_links", row="p1")),
    "workspace:policy:links": Sample(WRITERS, _of("policy_approved", line="l1")),
    "workspace:policy:compare": Sample(READERS, _DRAFT),
    "workspace:policy:approve": Sample({R.AUTHORITY}, _DRAFT),
    "workspace:policy:paper": Sample(READERS, _APPROVED),
    "workspace:policy:act": Sample(WRITERS, _of("policy_draft", code="retirar"), post=True, moved=True),
    "portal:policy:policy": Sample(EVERYONE),
    "portal:policy:edition": Sample(EVERYONE, _APPROVED),
    "portal:policy:paper": Sample(EVERYONE, _APPROVED),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make an approved edition whose first line is linked, and the draft of the next one."""
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(R.QUALITY_MANAGER)}
    common["now"] = now
    row = approved(house, now=now, name="Comité de la política", documents=[upload("codigo.pdf")])
    save_links(**common, edition=row, line="l1", things=[("agreement", made["agreement"])])
    linked = save_reference(
        **common, area="planning", name="Plan estratégico", document="Res. 4", unit_id=house.units["oirs"]
    )
    given = save_achievement(**common, level="award", name="Premio", giver="Una red", since=TODAY)
    return {
        "policy_approved": row.number, "policy_draft": start_edition(**common).number,
        "policy_document": min(documents_of(house.institution, row.policy_id)),
        "reference": linked.pk, "achievement": given.pk,
    }  # fmt: skip
