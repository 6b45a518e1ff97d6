# SPDX-License-Identifier: EUPL-1.2
"""What checklists add to the house."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from siac.accounts.public import register_rights
from siac.findings.public import Named, register_finding_subject
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events, register_guard, register_verification
from siac.organizations.public import (
    Copying,
    PracticePart,
    register_left_behind,
    register_practice_part,
    version_guard,
)
from siac.surveys.checklists.commands import SUBJECT, save_protocol
from siac.surveys.checklists.facts import visit_problems
from siac.surveys.checklists.metrics import METRICS, SOURCE
from siac.surveys.checklists.models import Protocol, ProtocolVersion, Visit, VisitRevision
from siac.surveys.checklists.queries import protocols, visible_visits, visits_to_make
from siac.surveys.checklists.rights import ChecklistRight
from siac.surveys.checklists.texts import FIXED, PROTOCOL_SAVED, RECORDED, REFUSALS
from siac.surveys.checklists.travelling import name_rows
from siac.surveys.checklists.workspace import SEES
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals
from siac.ui.tiles import SHOWN, Tile, TileRow, register_tile

_PAGE = "workspace:surveys:visits"


def register() -> None:
    """Register rights, words, pages, what is counted, and what others ask of visits."""
    name_rows()
    register_rights(ChecklistRight)
    register_refusals(REFUSALS)
    declare_events(PROTOCOL_SAVED, *RECORDED)
    declare_events(*FIXED, untrue=(FACTS,))
    for model in (ProtocolVersion, VisitRevision):
        register_guard(*version_guard(model))
    register_nav(NavItem("Visitas y auditorías", _PAGE, SEES, 30, group=NavGroup.LISTENING, counted=_waiting))
    register_tile(
        Tile(
            "Visitas por hacer", _PAGE, lambda access: access.has(ChecklistRight.VISIT), 40,
            counted=lambda access, today: [visits_to_make(access)], late=_late, rows=_rows, sql=1,
            query="?estado=pendientes&de=mias",
        )
    )  # fmt: skip
    register_finding_subject(SUBJECT, _names)
    register_verification("visits", visit_problems)
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
    register_practice_part(PracticePart("protocols", 72, _copy, ("surveys.Protocol",)))
    register_left_behind(
        dict.fromkeys(
            ("surveys.Visit", "surveys.VisitMark", "surveys.VisitRevision", "surveys.VisitFact"),
            "Visits to the real body; practice makes its own.",
        )
    )


def _waiting(access: Any) -> Sequence[QuerySet[Any]]:
    return [visits_to_make(access)] if access.has(ChecklistRight.VISIT) else []


def _late(access: Any, today: date) -> QuerySet[Visit]:
    return visits_to_make(access).filter(due_on__lt=today)


def _rows(access: Any, today: date) -> Sequence[TileRow]:
    rows = visits_to_make(access).select_related("protocol", "unit", "point").order_by("due_on", "pk")
    return [
        TileRow(
            row.protocol.name,
            reverse("workspace:surveys:visit_make", args=[access.institution.slug, row.pk]),
            row.point.name if row.point else row.unit.name,
            due_on=row.due_on,
            act="Seguir" if row.version else "Hacer",
        )
        for row in rows[:SHOWN]
    ]


def _names(access: Any, ids: list[int]) -> dict[int, Named]:
    """Return what visits are called, those that somebody may see (1 SQL)."""
    rows = visible_visits(access).filter(pk__in=ids).select_related("protocol", "unit")
    return {
        row.pk: Named(
            f"{row.protocol.name}, {row.unit.name}",
            reverse("workspace:surveys:visit", args=[access.institution.slug, row.pk]),
        )
        for row in rows
    }


def _copy(copying: Copying) -> None:
    """Copy the protocols in use."""

    def copy(row: Protocol) -> Protocol:
        fields = {name: getattr(row, name) for name in ("name", "kind", "intro", "items")}
        return save_protocol(**copying.common, **fields)

    copying.each((row for row in protocols(copying.source) if row.is_active), copy)
