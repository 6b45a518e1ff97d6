# SPDX-License-Identifier: EUPL-1.2
"""From the record of a procedure to the draft of its sheet in the catalogue, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from siac.accounts.public import User
from siac.catalogue.public import (
    NewSheet,
    Offering,
    Service,
    ServiceDraft,
    ServicePanel,
    origins_of,
    sheets_from,
    start_drafts,
)
from siac.organizations.public import Access, Institution, StaffRight
from siac.procedures.domain import TimeUnit, key_of
from siac.procedures.models import ProcedureRecord
from siac.procedures.queries import records, shown

ORIGIN = "procedure"
LONGEST_TERM = 999
"""The largest committed time that a sheet tells; what a record promises beyond stays to be written."""
MOST_AT_ONCE = 500
"""Drafts that one press makes: the rest wait for the next."""
_UNITS = {
    TimeUnit.BUSINESS_DAYS: "bd", TimeUnit.CALENDAR_DAYS: "cd", TimeUnit.HOURS: "h", TimeUnit.MINUTES: "min",
}  # fmt: skip


def origin(key: str) -> str:
    """Return how a draft says that it was made from the procedure of a key."""
    return f"{ORIGIN}:{key}"


def sheet_of(row: ProcedureRecord) -> NewSheet:
    """Return the sheet that a record begins: its name, and its committed time with both milestones. Pure."""
    fields: dict[str, Any] = {"offering": Offering.PROCEDURE.value}
    if row.promised is not None and row.promised <= LONGEST_TERM:
        fields |= {
            "amount": row.promised, "unit": _UNITS[TimeUnit(row.time_unit)],
            "starts_at": _milestone(row.begins_with), "ends_at": _milestone(row.ends_with),
        }  # fmt: skip
    return NewSheet(origin(row.key), row.name, fields)


def _milestone(text: str) -> str:
    return f"«{text[:140]}»" if text else ""


def make_sheets(*, institution: Institution, actor: User | None, now: datetime) -> list[ServiceDraft]:
    """Begin a draft of the sheet of each procedure that has none, from its latest record; return those that
    were made, `MOST_AT_ONCE` at most. Done again it makes none (9 SQL at most).
    """
    latest = records(institution).order_by("key", "-year").distinct("key")
    sheets = [sheet_of(row) for row in latest]
    sheets.sort(key=lambda sheet: sheet.name)
    return start_drafts(institution=institution, sheets=sheets, actor=actor, now=now, most=MOST_AT_ONCE)


def sheet_link(access: Access, key: str) -> tuple[str, str] | None:
    """Return the sheet of a procedure as (words, address): what is published, else the draft; None where
    there is none (1 SQL).
    """
    found = sheets_from(access.institution, origin(key))
    if found is None:
        return None
    slug = access.institution.slug
    if found.service is not None:
        return f"Ficha: {found.service.name}", reverse(
            "workspace:catalogue:service", args=[slug, found.service.pk]
        )
    return f"Borrador de su ficha: {found.name}", reverse("workspace:catalogue:draft", args=[slug, found.pk])


def leads(access: Access, key: str) -> tuple[str, str] | None:
    """Return the procedure that a draft was made from as (words, address), for whoever sees figures. No
    SQL.
    """
    if not access.has(StaffRight.FIGURES):
        return None
    page = reverse("workspace:procedures:procedure", args=[access.institution.slug, key])
    return "Su registro anual", page


def _context(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return the last years of the procedure of a service, for whoever sees figures (2 SQL)."""
    if access is None or not access.has(StaffRight.FIGURES):
        return None
    keys = {key_of(service.name)}
    keys |= {key for kind, _, key in (each.partition(":") for each in origins_of(service)) if kind == ORIGIN}
    rows = list(records(access.institution).filter(key__in=keys).order_by("-year", "pk")[:3])
    return {"slug": access.institution.slug, "rows": [shown(row) for row in rows]} if rows else None


PANEL = ServicePanel("Registro anual del trámite", "procedures/workspace/_of_service.html", _context)
