# SPDX-License-Identifier: EUPL-1.2
"""Bringing a list of the staff, and erasing it."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from siac.accounts.public import User
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration
from siac.surveys.bonus.domain import left_out, read_rows
from siac.surveys.bonus.models import BonusEntry, BonusRoll

MOST_ROWS = 20_000


@transaction.atomic
def bring_roll(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    content: bytes,
    source: str,
    year: int,
    paid_on: date,
    percent: Decimal,
    uf_then: Decimal,
    uf_now: Decimal,
) -> BonusRoll:
    """Keep a list of the staff with to whom the bonus for a year is due (Ley 20.342); 2 SQL, and 1 per
    thousand people.

    Raises:
        Refused: the sheet cannot be read (table_unreadable), is too long (roll_too_many), has nobody
            (roll_nobody), or as `domain.read_rows`.
    """
    rows = uploaded_tables(content, most_rows=MOST_ROWS + 1)[0].rows
    if len(rows) - 1 > MOST_ROWS:
        raise Refused("roll_too_many", most=MOST_ROWS)
    people = read_rows(rows[0].cells if rows else (), [(row.line, row.cells) for row in rows[1:]])
    if not people:
        raise Refused("roll_nobody")
    roll = BonusRoll.objects.create(
        institution=institution, year=year, paid_on=paid_on, percent=percent, uf_then=uf_then, uf_now=uf_now,
        source=source[:200], brought_on=institution.local_date(now), brought_by=actor,
    )  # fmt: skip
    entries = []
    for each in people:
        why = left_out(each.spells, year, paid_on)
        entries.append(
            BonusEntry(
                roll=roll, code=each.code, name=each.name, left_out=[code.value for code in why],
                is_due=not why,
                spells=[
                    [spell.first.isoformat(), spell.last.isoformat() if spell.last else None]
                    for spell in each.spells
                ],
            )
        )  # fmt: skip
    BonusEntry.objects.bulk_create(entries, batch_size=1000)
    data = {
        "roll": roll.pk, "year": year, "people": len(people), "due": sum(each.is_due for each in entries),
        "digest": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    note_configuration(institution.pk, "surveys.roll_brought", actor=actor, now=now, data=data)
    return roll


@transaction.atomic
def erase_roll(*, institution: Institution, actor: User | None, now: datetime, roll_id: int) -> None:
    """Erase a list with its people; that there was one stays in the journal (4 SQL).

    Raises:
        Refused: it is gone already (roll_gone).
    """
    gone, _ = BonusRoll.objects.filter(institution=institution, pk=roll_id).delete()
    if not gone:
        raise Refused("roll_gone")
    data = {"roll": roll_id}
    note_configuration(institution.pk, "surveys.roll_erased", actor=actor, now=now, data=data)
