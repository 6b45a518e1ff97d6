# SPDX-License-Identifier: EUPL-1.2
"""What is known of the team of a charter, and who of it left the body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from siac.accounts.public import user_names
from siac.charters.models import Charter, CharterTeam
from siac.charters.texts import TeamRole
from siac.organizations.public import Words, colleagues


def team_of(charter: Charter) -> CharterTeam | None:
    """Return the team of a charter; None while nobody wrote it (1 SQL)."""
    return CharterTeam.objects.filter(charter=charter, institution=charter.institution_id).first()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team, for pages of the house: papers show `office` and `role` only."""

    user_id: int
    name: str
    role: str
    office: str
    has_left: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """A training of the team."""

    who: str
    what: str
    on: date
    hours: int


@dataclass(frozen=True, slots=True)
class Team:
    """The team of a charter in words."""

    row: CharterTeam
    lead: Member | None
    members: Sequence[Member]
    training: Sequence[Trained]

    @property
    def gone(self) -> list[Member]:
        """Who of it left the body and has no substitute yet."""
        led = [self.lead] if self.lead else []
        return [each for each in [*led, *self.members] if each.has_left]

    @property
    def hours(self) -> int:
        """Hours of training altogether."""
        return sum(each.hours for each in self.training)


def told_team(charter: Charter) -> Team | None:
    """Return the team of a charter in words, with who left the body (3 SQL; 1 where there is none)."""
    row = team_of(charter)
    if row is None:
        return None
    ids = [each["user_id"] for each in row.members]
    names = user_names([*ids, *([row.lead_id] if row.lead_id else [])])
    here = dict(colleagues(charter.institution))

    def member(user_id: int, role: str, office: str) -> Member:
        return Member(user_id, names.get(user_id, ""), role, office, user_id not in here)

    return Team(
        row,
        member(row.lead_id, "Responsable político", row.lead_office) if row.lead_id else None,
        [member(each["user_id"], TeamRole(each["role"]).label, each["office"]) for each in row.members],
        [Trained(**{**each, "on": date.fromisoformat(each["on"])}) for each in row.training],
    )


def team_words() -> Words:
    """Return how the columns of a team are worded in its history (1 SQL for each list of people)."""
    return {
        "lead_id": lambda pk: user_names([pk]).get(pk, ""),
        "members": _members_words,
        "training": lambda rows: "; ".join(f"{row['what']} ({row['hours']} h, {row['who']})" for row in rows),
        "decided_on": lambda day: f"{day:%d-%m-%Y}" if isinstance(day, date) else str(day),
    }


def _members_words(rows: Sequence[dict[str, Any]]) -> str:
    names = user_names([row["user_id"] for row in rows])
    told = [(names.get(row["user_id"], ""), TeamRole(row["role"]).label.lower()) for row in rows]
    return "; ".join(f"{name}, {role}" for name, role in told)
