# SPDX-License-Identifier: EUPL-1.2
"""The index of acts and documents declared secret or reserved (art.

23 Ley 20.285): enter, and end with a reason.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.models import Case, Nature, Outcome, ReserveCause, ReserveEntry
from siac.cases.queries import kinds
from siac.countries.public import Duty
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, unit_tree


def is_reservable(institution: Institution, case: Case) -> bool:
    """Return whether `case` may lead to an entry: in Chile, a request for
    information that is open, or not given in whole.

    The entry comes before the denial that rests on it.
    """
    return (
        Duty.RESERVE_INDEX in institution.country.duties
        and kinds(institution)[case.kind_id].nature == Nature.INFORMATION_REQUEST
        and (case.is_open or bool(case.ground) or case.outcome in (Outcome.DENIED, Outcome.PARTLY))
    )


@transaction.atomic
def enter_reserve(
    *,
    institution: Institution,
    act: str,
    cause: ReserveCause,
    resolution: str,
    resolved_on: date,
    reserved_from: date,
    reserved_until: date | None = None,
    dated_on: date | None = None,
    part: str = "",
    basis: str = "",
    unit_id: int | None = None,
    case: Case | None = None,
    actor: User | None,
    now: datetime,
) -> ReserveEntry:
    """Enter an act or document in the index; days are local, `reserved_until` is the last one.

    Raises:
        Refused: the body is not in Chile (reserve_not_here), the act or the resolution is not
            named (reserve_unnamed), the law is not named where N.º 5 refers to one
            (reserve_law_missing), the days are upside down or the resolution or the act is of the
            future (reserve_days), or the unit is unknown.
    """
    if Duty.RESERVE_INDEX not in institution.country.duties:
        raise Refused("reserve_not_here")
    name, by, law, today = squeeze(act), squeeze(resolution), squeeze(basis), institution.local_date(now)
    if not name or not by:
        raise Refused("reserve_unnamed")
    if cause == ReserveCause.QUORUM and not law:
        raise Refused("reserve_law_missing")
    if (
        resolved_on > today
        or (dated_on and dated_on > resolved_on)
        or (reserved_until and reserved_until < reserved_from)
    ):
        raise Refused("reserve_days")
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    row = ReserveEntry.objects.create(
        institution=institution,
        act=name[:300],
        dated_on=dated_on,
        part=squeeze(part)[:300],
        cause=cause,
        basis=law[:300],
        resolution=by[:120],
        resolved_on=resolved_on,
        reserved_from=reserved_from,
        reserved_until=reserved_until,
        unit_id=unit_id,
        case=case,
        entered_at=now,
        entered_by=actor,
    )
    data: dict[str, Any] = {
        "act": seal(row.act).digest,
        "cause": str(row.cause),
        "resolved_on": resolved_on,
        "from": reserved_from,
        "until": reserved_until,
        "unit": unit_id,
        "case": case.pk if case else None,
    }
    record(
        institution.pk,
        row.stream,
        "cases.reserve_entered",
        now,
        actor.pk if actor else None,
        data,
        new_stream=True,
    )
    return row


@transaction.atomic
def index_denied_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    actor: User,
    now: datetime,
    **entry: Any,
) -> Case:
    """Enter what the denial of a request keeps reserved, before it is sent or after, with the request as
    its origin; `entry` as in `enter_reserve`.

    Raises:
        Refused: as `enter_reserve`; the request is none for information, or was given in
            whole (reserve_no_denial); changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.INDEX)
    if not is_reservable(institution, case):
        raise Refused("reserve_no_denial")
    row = enter_reserve(institution=institution, case=case, actor=actor, now=now, **entry)
    return keep(case, "cases.reserve_indexed", actor=actor, now=now, fields=(), data={"entry": row.pk})


@transaction.atomic
def end_reserve(
    *, institution: Institution, entry_id: int, reason: str, actor: User, now: datetime
) -> ReserveEntry:
    """End a reserve: the entry stays in the index with the day; who ended it and why stays in the register.

    Raises:
        Refused: no reason (text_missing), or it was ended before (reserve_ended).
    """
    row = ReserveEntry.objects.select_for_update(of=("self",)).get(institution=institution, pk=entry_id)
    why = squeeze(reason)[:300]
    if row.ended_at is not None:
        raise Refused("reserve_ended")
    if not why:
        raise Refused("text_missing")
    row.ended_at, row.ended_by, row.end_reason = now, actor, why
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record(institution.pk, row.stream, "cases.reserve_ended", now, actor.pk, {"reason": seal(why).digest})
    return row
