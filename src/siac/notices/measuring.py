# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of notices: how many went out, and how many reached nobody."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from siac.infra.metrics import Better, Dimension, Family, Measure, Metric, Source, Thing, Things
from siac.notices.channels import channel_label, channels
from siac.notices.domain.outbox import State
from siac.notices.models import Notice, NoticeFact, ReturnedLetter

_COLUMNS = [field.attname for field in NoticeFact._meta.concrete_fields if not field.primary_key]
_OVER = (State.SENT, State.FAILED)
"""States whose end is known: what waits, was taken back or never left the house is not counted."""

_CAME_BACK = Exists(ReturnedLetter.objects.filter(notice=OuterRef("pk")))


def refresh_facts(institution_id: int, ids: Sequence[int]) -> None:
    """Write the facts of these notices of a body as they are now (3 SQL, however many)."""
    rows = Notice.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk")
    over = rows.filter(state__in=_OVER).select_related("institution").annotate(came_back=_CAME_BACK)
    facts = [_fact(row) for row in over]
    NoticeFact.objects.bulk_create(
        facts, update_conflicts=True, unique_fields=["notice"], update_fields=_COLUMNS, batch_size=500
    )
    NoticeFact.objects.filter(institution_id=institution_id, notice__in=ids).exclude(
        pk__in=[fact.pk for fact in facts]
    ).delete()


def _fact(row: Notice) -> NoticeFact:
    return NoticeFact(
        notice=row,
        institution_id=row.institution_id,
        created_on=row.institution.local_date(row.created_at),
        channel=row.channel,
        is_failed=row.state == State.FAILED,
        is_returned=row.came_back,  # type: ignore[attr-defined]
    )


def notices_after(institution_id: int, last: int, limit: int) -> Sequence[int]:
    """Return the next notices of a body by id, after one (1 SQL)."""
    rows = Notice.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def _all(institution: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(institution=institution)


def _told(access: Any, rows: Sequence[Notice]) -> list[Thing]:
    """Return notices by day, way and end: to whom and about what is on their own page (1 SQL)."""
    mine = _all(access.institution).filter(pk__in=[row.pk for row in rows])
    kept = mine.annotate(came_back=_CAME_BACK).in_bulk()
    return [
        Thing(
            "Aviso",
            cells=(
                f"{access.institution.local_date(kept[row.pk].created_at):%d-%m-%Y}",
                channel_label(kept[row.pk].channel),
                _end_of(kept[row.pk]),
            ),
        )
        for row in rows
    ]


def _end_of(row: Any) -> str:
    if row.came_back:
        return "Volvió" if row.state == State.FAILED else "Volvió y se entregó después"
    return "No llegó" if row.state == State.FAILED else "Enviado"


def _hidden(access: Any, ids: Sequence[int]) -> set[int]:
    """Return none: a row tells neither to whom nor about what. No SQL."""
    return set()


def _channels(_: Any) -> Mapping[str, str]:
    return {each.code: each.label for each in channels()}


SOURCE = Source(
    key="notices",
    table="notices_noticefact",
    subject="notice_id",
    stream="notice",
    refresh=refresh_facts,
    after=notices_after,
    dimensions=(Dimension("means", "Vía del aviso", "channel", _channels),),
    families=((), ("means",)),
    things=Things(
        one="aviso",
        many="avisos",
        heads=("Aviso", "Día", "Vía", "Estado"),
        rows=_all,
        tell=_told,
        hidden=_hidden,
    ),
    rests_on=lambda institution: str(institution.zone),
)
_ALL = Measure("notices.sent", SOURCE.key, "created_on")
METRICS = (
    Metric(
        key="notices.sent",
        title="Avisos a las personas y al personal",
        definition=(
            "Avisos escritos en el período cuyo envío ya terminó, bien o mal; sin los que esperan ni los que "
            "se retiraron."
        ),
        family=Family.COVERAGE,
        unit="notices",
        better=Better.NEITHER,
        of=_ALL,
    ),
    Metric(
        key="notices.failed",
        title="Avisos que no llegaron",
        definition="De los avisos del período cuyo envío terminó, los que no llegaron o volvieron.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=Measure("notices.failed", SOURCE.key, "created_on", "is_failed"),
        per=_ALL,
    ),
    Metric(
        key="notices.letters_returned",
        title="Cartas que volvieron",
        definition=(
            "De las cartas escritas en el período y enviadas, las que el correo devolvió alguna vez, aunque "
            "después se entregaran."
        ),
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.LOWER,
        of=Measure("notices.letters_returned", SOURCE.key, "created_on", "is_returned"),
        per=Measure("notices.letters", SOURCE.key, "created_on", "channel = 'letter'"),
    ),
)
