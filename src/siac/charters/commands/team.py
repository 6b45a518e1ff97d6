# SPDX-License-Identifier: EUPL-1.2
"""Writing who makes a charter and by which decision."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.approving import held_charter
from siac.charters.models import CharterTeam
from siac.charters.texts import TeamRole
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, Saved, colleagues, save_version

MOST_MEMBERS, MOST_TRAININGS = 40, 60


@transaction.atomic
def save_team(
    *,
    institution: Institution,
    charter_id: int,
    actor: User | None,
    now: datetime,
    act: str = "",
    decided_on: date | None = None,
    decision: str = "",
    lead_id: int | None = None,
    lead_office: str = "",
    mandate: str = "",
    members: Sequence[Mapping[str, Any]] = (),
    training: Sequence[Mapping[str, Any]] = (),
    based_on: int | None = None,
) -> Saved[CharterTeam]:
    """Write the decision, lead, team, mandate and training of a charter (9 SQL): `members` as
    {user_id, role, office}, `training` as {who, what, on, hours}. Whoever left the body may stay as written,
    but nobody who is not of it comes in.

    Raises:
        Refused: there is no such charter (charter_unknown); the act has no day, or one that is to come
            (team_act); somebody is not of the body (team_member), is named twice (team_twice) or has no
            office (team_office); a training is to come or has no hours (team_training); there are too many
            rows (team_full); or somebody saved it meanwhile (saved_meanwhile).
    """
    charter = held_charter(institution, charter_id)
    row = CharterTeam.objects.filter(charter=charter).first()
    today = institution.local_date(now)
    if len(members) > MOST_MEMBERS or len(training) > MOST_TRAININGS:
        raise Refused("team_full", members=MOST_MEMBERS, trainings=MOST_TRAININGS)
    fields = {
        "act": squeeze(act),
        "decided_on": decided_on,
        "decision": squeeze(decision),
        "lead_id": lead_id,
        "lead_office": squeeze(lead_office) if lead_id else "",
        "mandate": legible(mandate).strip(),
        "members": [_member(each) for each in members],
        "training": [_training(each, today) for each in training],
    }
    if fields["act"] and (decided_on is None or decided_on > today):
        raise Refused("team_act")
    _check_people(institution, row, fields)
    fresh = row or CharterTeam(institution=institution, charter=charter)
    saved = save_version(fresh, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"charter": charter.pk, "team": saved.row.pk, "version": saved.row.version}
        record(institution.pk, charter.stream, "charters.team_saved", now, actor.pk if actor else None, data)
    return saved


def _member(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "user_id": int(row["user_id"]), "role": TeamRole(row["role"]).value, "office": squeeze(row["office"]),
    }  # fmt: skip


def _training(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    if row["on"] > today or row["hours"] < 1:
        raise Refused("team_training")
    return {
        "who": squeeze(row["who"]), "what": squeeze(row["what"]), "on": row["on"].isoformat(),
        "hours": int(row["hours"]),
    }  # fmt: skip


def _check_people(institution: Institution, row: CharterTeam | None, fields: Mapping[str, Any]) -> None:
    """Refuse people who are not of the body and were not in the team before, twice the same, and without an
    office.
    """
    named = [each["user_id"] for each in fields["members"]]
    if len(set(named)) < len(named):
        raise Refused("team_twice")
    lead = [fields["lead_id"]] if fields["lead_id"] else []
    before = {row.lead_id, *(each["user_id"] for each in row.members)} if row else set()
    if not {*named, *lead} <= {*dict(colleagues(institution)), *before}:
        raise Refused("team_member")
    if not all(each["office"] for each in fields["members"]) or (lead and not fields["lead_office"]):
        raise Refused("team_office")
