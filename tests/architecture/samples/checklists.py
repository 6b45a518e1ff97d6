# SPDX-License-Identifier: EUPL-1.2
"""Pages of checklists: a visit that the quality manager sent, and one that is still to be made."""

from datetime import datetime, timedelta

from siac.accounts.public import Role
from siac.documents.public import attachments_of, check_uploads
from siac.surveys.checklists.commands import Told, assign_visit, begin_visit, save_protocol, send_visit
from siac.surveys.checklists.ready import READY
from siac.surveys.models import VisitMark
from tests.architecture.samples.whom import HOUSE, KEEPERS, Made, Sample, with_
from tests.factories import House, upload

R = Role
_SEEING = HOUSE - {
    R.COMMITTEE_MEMBER, R.ADMINISTRATOR, R.COMMUNICATIONS, R.PEOPLE_MANAGER, R.PLANNING
}  # fmt: skip
_READING = frozenset({R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY, R.AUDITOR, R.INTERNAL_AUDITOR})
_SENT, _OPEN = with_(visit_id="visit_sent"), with_(visit_id="visit_open")
SAMPLES = {
    "workspace:surveys:visits": Sample(_SEEING),
    "workspace:surveys:visits_missing": Sample(_SEEING),
    "workspace:surveys:visit_new": Sample(KEEPERS),
    "workspace:surveys:protocols": Sample(_READING),
    "workspace:surveys:protocol_new": Sample(KEEPERS),
    "workspace:surveys:protocol": Sample(KEEPERS, with_(protocol_id="protocol")),
    "workspace:surveys:visit": Sample(_READING, _SENT),
    "workspace:surveys:visit_make": Sample(KEEPERS, _OPEN),
    "workspace:surveys:visit_change": Sample(KEEPERS, _OPEN),
    "workspace:surveys:visit_withdraw": Sample(KEEPERS, _OPEN),
    "workspace:surveys:visit_correct": Sample(KEEPERS, _SENT),
    "workspace:surveys:visit_findings": Sample(KEEPERS | {R.INTERNAL_AUDITOR}, _SENT),
    "workspace:surveys:visit_file": Sample(
        _READING, with_(visit_id="visit_sent", attachment_id="visit_file")
    ),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a protocol, a visit by it that was sent with a file, and one that has begun."""
    keeper, model = house.user(R.QUALITY_MANAGER), READY["charter"]
    common = {"institution": house.institution, "actor": keeper, "now": now}
    protocol = save_protocol(**common, name=model.name, kind=model.kind, intro=model.intro, items=model.items)
    sent, left = (
        assign_visit(
            **common, protocol_id=protocol.pk, unit_id=house.units["obras"], channel="papers",
            assignee_id=keeper.pk, due_on=house.today(now) + timedelta(days=5),
        )
        for _ in range(2)
    )  # fmt: skip
    for row in (sent, left):
        begin_visit(**common, visit_id=row.pk)
    codes = {item["code"]: item for section in protocol.items for item in section["items"]}
    marks = {code: str(item["top"] and 3) if item["top"] else "yes" for code, item in codes.items()}
    files = {"i_1": check_uploads([upload()])}
    send_visit(**common, visit_id=sent.pk, told=Told(house.today(now), marks=marks, files=files))
    mark = VisitMark.objects.get(visit=sent, code="i_1")
    (file,) = attachments_of(house.institution.pk, "visit_mark", [mark.pk])[mark.pk]
    return {"protocol": protocol.pk, "visit_sent": sent.pk, "visit_open": left.pk, "visit_file": file.pk}
