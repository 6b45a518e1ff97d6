# SPDX-License-Identifier: EUPL-1.2
"""Pages of `outreach`."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.documents.public import attachments_of, check_uploads
from siac.outreach.commands.campaigns import FILES
from siac.outreach.public import evaluate_campaign, make_material, save_campaign
from tests.architecture.samples.whom import Made, Sample, with_
from tests.factories import House

R = Role
READ = frozenset(
    {
        R.COMMUNICATIONS, R.QUALITY_MANAGER, R.AUTHORITY, R.HEAD_OF_UNIT, R.COMMITTEE_MEMBER, R.PLANNING,
        R.AUDITOR, R.INTERNAL_AUDITOR,
    }
)  # fmt: skip
KEEP = frozenset({R.COMMUNICATIONS})
_CAMPAIGN, _MATERIAL = with_(campaign_id="campaign"), with_(material_id="material")
SAMPLES = {
    "workspace:outreach:campaigns": Sample(READ),
    "workspace:outreach:campaign_new": Sample(KEEP),
    "workspace:outreach:campaign": Sample(READ, _CAMPAIGN),
    "workspace:outreach:campaign_change": Sample(KEEP, _CAMPAIGN),
    "workspace:outreach:evaluation": Sample(KEEP, _CAMPAIGN),
    "workspace:outreach:file": Sample(READ, with_(campaign_id="campaign", attachment_id="campaign_file")),
    "workspace:outreach:archive": Sample(READ),
    "workspace:outreach:calendar": Sample(READ),
    "workspace:outreach:calendar_file": Sample(READ),
    "workspace:outreach:materials": Sample(READ),
    "workspace:outreach:material_new": Sample(KEEP, _CAMPAIGN),
    "workspace:outreach:material": Sample(READ, _MATERIAL),
    "workspace:outreach:material_renew": Sample(KEEP, _MATERIAL, post=True),
    "workspace:outreach:material_retire": Sample(KEEP, _MATERIAL, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a campaign that runs today, with a poster and evidence."""
    today = house.institution.local_date(now)
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(R.COMMUNICATIONS)}
    common["now"] = now
    row = save_campaign(
        **common, year=today.year, title="Conozca la carta", side="external", audience="Familias",
        message="Respondemos en cinco días.", media=["poster"], starts_on=today, ends_on=today, cost=0,
        expected=100,
    )  # fmt: skip
    evaluate_campaign(
        **common,
        campaign=row,
        reached=80,
        measured_by="Entregas",
        evaluation="Bien.",
        files=check_uploads([SimpleUploadedFile("foto.txt", b"Entregamos ochenta", "text/plain")]),
    )
    material = make_material(
        **common, campaign=row, kind="poster", headline="Respondemos",
        charter_id=house.commitment.edition.charter_id,
    )  # fmt: skip
    (file,) = attachments_of(house.institution.pk, FILES, [row.pk])[row.pk]
    return {"campaign": row.pk, "material": material.pk, "campaign_file": file.pk}
