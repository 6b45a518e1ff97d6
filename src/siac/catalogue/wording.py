# SPDX-License-Identifier: EUPL-1.2
"""How two editions of a sheet, or a draft and what is published, differ in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from siac.catalogue.domain.money import amount_words
from siac.catalogue.models import Service, ServiceDraft
from siac.catalogue.queries import topics
from siac.catalogue.texts import AudienceLabel, ChannelLabel, OfferingLabel, time_text
from siac.countries.public import COUNTRIES
from siac.organizations.public import (
    Change,
    Institution,
    Kept,
    ToldVersion,
    Words,
    differences,
    labels_of,
    told,
    unit_tree,
)
from siac.ui.public import long_date

_MONEY = {each.code: each for country in COUNTRIES.values() for each in country.money}
MOST_EDITIONS = 200
"""Editions of one service that a page offers to compare: the newest."""


def words_of(institution: Institution) -> Words:
    """Return how the columns of a sheet read; no SQL when warm."""
    units, known = unit_tree(institution).nodes, topics(institution)

    def rows(value: Any) -> str:
        return "; ".join(" · ".join(str(cell) for cell in row.values() if cell) for row in value or [])

    return {
        "offering": lambda code: OfferingLabel(code).label,
        "audience": lambda code: AudienceLabel(code).label,
        "responsible_id": lambda pk: units[pk].name if pk in units else "",
        "topic_id": lambda pk: known[pk].name if pk in known else "",
        "unit": lambda code: time_text(2, code)[2:],
        **dict.fromkeys(("requirements", "steps", "legal", "questions"), rows),
        "channels": lambda value: "; ".join(_channel(row) for row in value or []),
        "form_links": lambda value: "; ".join(row["title"] for row in value or []),
        "process": lambda value: "; ".join(_step(row) for row in value or []),
        **dict.fromkeys(("review_on", "ends_on"), lambda day: long_date(date.fromisoformat(day))),
    }


def _channel(row: Mapping[str, Any]) -> str:
    label = ChannelLabel(row["channel"]).label
    return " · ".join(each for each in (label, row.get("how", ""), row.get("url", "")) if each)


def _step(row: Mapping[str, Any]) -> str:
    return f"{row['step']} {time_text(row.get('amount'), row.get('unit') or 'bd')}".strip()


def readable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a sheet with its fee as an amount and its unit in words: one says nothing without
    the other. No SQL.
    """
    fee, unit = fields.get("fee"), _MONEY.get(fields.get("fee_unit") or "")
    shown = dict(fields)
    shown.pop("fee_unit", None)
    if fee == 0:
        shown["fee"] = "Sin costo"
    elif fee is not None and unit is not None:
        shown["fee"] = f"{amount_words(fee, unit.digits)} {unit.words}"
    return shown


def changed(institution: Institution, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what differs between two snapshots of a sheet, in words; no SQL when warm."""
    return differences(labels_of(Service), readable(before), readable(after), words_of(institution))


def editions(service: Service) -> list[Kept]:
    """Return what was published of a service, the newest first, as it was kept (1 SQL)."""
    rows = service.versions.select_related("saved_by").order_by("-number")[:MOST_EDITIONS]
    found = [
        Kept(row.number, row.saved_at, row.saved_by.name if row.saved_by else "", readable(row.fields))
        for row in rows
    ]
    return found or [Kept(service.version, None, "", readable(service.snapshot()))]


def told_editions(institution: Institution, service: Service) -> list[ToldVersion]:
    """Return the editions of a service with what each changed (1 SQL)."""
    return told(editions(service), labels_of(Service), words_of(institution))


def told_saves(institution: Institution, draft: ServiceDraft) -> list[ToldVersion]:
    """Return the saves of a draft with what each changed (1 SQL)."""
    rows = draft.versions.select_related("saved_by").order_by("-number")[:MOST_EDITIONS]
    kept = [
        Kept(row.number, row.saved_at, row.saved_by.name if row.saved_by else "", readable(row.fields))
        for row in rows
    ]
    return told(kept, labels_of(ServiceDraft), words_of(institution))
