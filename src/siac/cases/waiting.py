# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody behind an entry of the menu: the very list that its page shows."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from siac.cases.access import answers_to_approve
from siac.cases.domain.rights import CaseRight
from siac.cases.models import AnswerDraft
from siac.organizations.public import Access
from siac.ui.tiles import SHOWN, Tile, TileRow


def approvals(access: Access) -> tuple[QuerySet[AnswerDraft]]:
    """Return what «Por aprobar» counts."""
    return (answers_to_approve(access),)


def _late(access: Access, today: date) -> QuerySet[AnswerDraft]:
    return answers_to_approve(access).filter(case__due_on__lt=today)


def _rows(access: Access, today: date) -> Sequence[TileRow]:
    slug = access.institution.slug
    wanted = answers_to_approve(access).select_related("author", "case__text").order_by("case__due_on", "pk")
    wanted = wanted.only(
        "author__name", "author__email", "case__year", "case__number", "case__due_on", "case__text__subject"
    )
    return [
        TileRow(
            draft.case.text.subject or draft.case.folio,
            f"{reverse('workspace:cases:case', args=[slug, draft.case.folio])}#por-aprobar",
            f"{draft.case.folio} · la escribió {draft.author}",
            due_on=draft.case.due_on,
            act="Revisar",
        )
        for draft in wanted[:SHOWN]
    ]


TO_APPROVE = Tile(
    "Por aprobar",
    "workspace:cases:approvals",
    lambda access: access.has(CaseRight.APPROVE),
    5,
    counted=lambda access, today: approvals(access),
    late=_late,
    rows=_rows,
    sql=1,
)
