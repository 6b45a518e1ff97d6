# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from siac.organizations.public import Institution
from siac.surveys.domain.bonus import LEY_20342, BonusTable, Step
from siac.surveys.drafts.models import Draft, DraftComment, Verdict
from siac.surveys.models import Survey


def draft_of(institution: Institution, draft_id: int) -> Draft | None:
    """Return a draft of a body with its survey; None where it has none with that key (1 SQL)."""
    return Draft.objects.select_related("survey", "decided_by").filter(
        institution=institution, pk=draft_id
    ).first()  # fmt: skip


def comments_of(draft: Draft) -> list[DraftComment]:
    """Return what was said of a draft, in order, with who said it and who answered (1 SQL)."""
    return list(draft.comments.select_related("user", "association", "answered_by"))


@dataclass(frozen=True, slots=True)
class Heard:
    """A decided measurement, how many comments it had, and how many were accepted, whole or in part."""

    draft: Draft
    comments: int
    accepted: int


def heard_on(survey: Survey) -> list[Heard]:
    """Return the decided measurements of a survey, the newest first (1 SQL)."""
    rows = Draft.objects.filter(
        institution=survey.institution_id, survey=survey, decided_on__isnull=False
    ).annotate(
        said=Count("comments"),
        taken=Count("comments", filter=Q(comments__verdict__in=[Verdict.ACCEPTED, Verdict.PARTLY])),
    )
    return [Heard(row, row.said, row.taken) for row in rows.order_by("-decided_on", "-pk")[:10]]


def steps_of(raw: Sequence[Sequence[str]]) -> tuple[Step, ...]:
    """Return the steps of a table as a draft keeps them (no SQL)."""
    return tuple(Step(Decimal(at_least), Decimal(gives)) for at_least, gives in raw)


def kept_steps(steps: Sequence[Step]) -> list[list[str]]:
    """Return a table of steps as a draft keeps it (no SQL)."""
    return [[f"{step.at_least:f}", f"{step.gives:f}"] for step in steps]


def legal_steps() -> dict[str, list[list[str]]]:
    """Return the tables of Ley 20.342 as a draft keeps them (no SQL)."""
    return {"demanded": kept_steps(LEY_20342.demanded), "paid": kept_steps(LEY_20342.paid)}


def table_of(heard: Sequence[Heard]) -> BonusTable:
    """Return the table of the latest decided measurement that has one; else that of the law (no SQL)."""
    for each in heard:
        if each.draft.demanded and each.draft.paid:
            return BonusTable(steps_of(each.draft.demanded), steps_of(each.draft.paid))
    return LEY_20342
