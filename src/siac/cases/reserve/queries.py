# SPDX-License-Identifier: EUPL-1.2
"""Reading the index of reserved acts: the register for staff, what the public sees, rows of an export."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, SmallIntegerField, When
from django.http import Http404

from siac.cases.access import visible_to
from siac.cases.features import ReservedActs
from siac.cases.models import ReserveEntry
from siac.organizations.public import Access, Institution, unit_tree

HEADERS = (
    "Acto o documento",
    "Fecha",
    "Parte reservada",
    "Causal",
    "Otra norma",
    "Acto que lo declara",
    "Fecha del acto",
    "Desde",
    "Hasta",
    "Unidad",
    "Terminada",
    "Motivo del término",
    "Solicitud",
)
WHOLE = "Todo"
_MOST = 200
"""Entries of the index that a denial is offered."""


def in_force(today: date) -> Q:
    """Return the condition of an entry whose reserve neither ended nor ran out on the local day. No SQL."""
    return Q(ended_at=None) & (Q(reserved_until=None) | Q(reserved_until__gte=today))


def is_in_force(row: ReserveEntry, today: date) -> bool:
    """Return whether the reserve holds on the local day. No SQL."""
    return row.ended_at is None and (row.reserved_until is None or row.reserved_until >= today)


def reserve_entries(institution: Institution) -> QuerySet[ReserveEntry]:
    """Return the index of a body, unordered. Lazy: no SQL until it is read."""
    return ReserveEntry.objects.filter(institution=institution)


def narrowed_entries(
    institution: Institution, params: Mapping[str, str], today: date
) -> QuerySet[ReserveEntry]:
    """Return the entries that `estado` (vigente, terminada) and `q` (part of the
    name of the act or of the resolution) leave.

    Lazy: no SQL until it is read.
    """
    rows = reserve_entries(institution)
    if params.get("estado") == "vigente":
        rows = rows.filter(in_force(today))
    elif params.get("estado") == "terminada":
        rows = rows.exclude(in_force(today))
    text = params.get("q", "").replace("\x00", "").strip()[:200]
    return rows.filter(Q(act__icontains=text) | Q(resolution__icontains=text)) if text else rows


def entry_for(institution: Institution, entry_id: int) -> ReserveEntry:
    """Return one entry with who entered and ended it (1 SQL).

    Raises:
        Http404: the body has none with that id.
    """
    rows = reserve_entries(institution).select_related("entered_by", "ended_by")
    row = rows.filter(pk=entry_id).first()
    if row is None:
        raise Http404(str(entry_id))
    return row


def folios_behind(access: Access, rows: Sequence[ReserveEntry]) -> dict[int, str]:
    """Return the folio of the request behind each entry (by id of the request)
    that this user may see (1 SQL, or none).
    """
    wanted = {row.case_id for row in rows if row.case_id}
    if not wanted:
        return {}
    return {case.pk: case.folio for case in visible_to(access).filter(pk__in=wanted)}


def shown_entries(access: Access, rows: Sequence[ReserveEntry], today: date) -> list[dict[str, Any]]:
    """Return the entries of a page with unit, state and the request behind each (1 SQL)."""
    folios, units = folios_behind(access, rows), unit_tree(access.institution).nodes
    return [
        {
            "entry": row,
            "unit": units[row.unit_id].name if row.unit_id else "",
            "folio": folios.get(row.case_id or 0, ""),
            "is_in_force": is_in_force(row, today),
        }
        for row in rows
    ]


def _has(institution: Institution, act_id: int) -> bool:
    return reserve_entries(institution).filter(pk=act_id).exists()


def _cause_of(institution: Institution, act_id: int, today: date) -> str | None:
    row = reserve_entries(institution).filter(in_force(today), pk=act_id).first()
    return row.cause if row else None


def _offered(institution: Institution, today: date) -> list[tuple[int, str]]:
    rows = reserve_entries(institution).filter(in_force(today)).order_by("-pk")
    named = rows.values_list("pk", "act", "cause")[:_MOST]
    return [(pk, f"{act} (art. {cause.replace('.', ' N.º ', 1)})") for pk, act, cause in named]


ACTS = ReservedActs(has=_has, cause_of=_cause_of, offered=_offered)
"""What a denial asks of the index."""


def public_order(institution: Institution, today: date) -> tuple[QuerySet[ReserveEntry], tuple[str, ...]]:
    """Return the index as anyone reads it and the order it stands in: those in force first.

    Lazy: no SQL until it is read.
    """
    is_over = Case(When(in_force(today), then=0), default=1, output_field=SmallIntegerField())
    return reserve_entries(institution).annotate(is_over=is_over), ("is_over", "-resolved_on", "-pk")


def public_entries(
    institution: Institution, rows: Sequence[ReserveEntry], today: date
) -> list[dict[str, Any]]:
    """Return what anyone reads of a page of the index: no content, no request, no person.

    No SQL when warm.
    """
    units = unit_tree(institution).nodes
    return [
        {
            "act": row.act,
            "dated_on": row.dated_on,
            "part": row.part or WHOLE,
            "cause": row.get_cause_display(),
            "basis": row.basis,
            "resolution": row.resolution,
            "resolved_on": row.resolved_on,
            "from": row.reserved_from,
            "until": row.reserved_until,
            "ended_at": row.ended_at,
            "unit": units[row.unit_id].name if row.unit_id else "",
            "is_in_force": is_in_force(row, today),
        }
        for row in rows
    ]


def exported_entries(access: Access, rows: QuerySet[ReserveEntry]) -> Iterator[list[Any]]:
    """Yield the rows of an export, newest first. SQL as `shown_entries`, and 1 for all rows."""
    listed = list(rows.order_by("-pk"))
    zone, today = access.institution.zone, date.min
    for line in shown_entries(access, listed, today):
        row = line["entry"]
        yield [
            row.act,
            row.dated_on or "",
            row.part or WHOLE,
            row.get_cause_display(),
            row.basis,
            row.resolution,
            row.resolved_on,
            row.reserved_from,
            row.reserved_until or "",
            line["unit"],
            _day(row.ended_at, zone),
            row.end_reason,
            line["folio"],
        ]


def _day(at: datetime | None, zone: Any) -> Any:
    return at.astimezone(zone).date() if at else ""
