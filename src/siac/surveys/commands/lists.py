# SPDX-License-Identifier: EUPL-1.2
"""The lists of people that a wave is drawn from: who got an answer, who stands on a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction

from siac.cases.public import all_cases, kinds
from siac.infra.tables.incoming import uploaded_tables
from siac.infra.tables.reading import Row as TableRow
from siac.kernel.errors import Refused
from siac.kernel.mail_addresses import is_mail_address
from siac.kernel.text import fold, squeeze
from siac.organizations.public import Institution
from siac.people.public import PersonData, names_and_marks, save_people

MOST_PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of people that a sample is drawn from, and where it came from, in words. `part_of`: the part
    of it that each belongs to, for quotas. `is_made`: its people are known by it only.
    `from_panel`: it is the opinion panel.
    """

    people: Sequence[int]
    source: str
    part_of: Mapping[int, str] = field(default_factory=dict)
    is_made: bool = False
    from_panel: bool = False


NOT_SAID = "Sin dato"
"""The part of those of whom the list does not say it."""


def answered_between(
    institution: Institution, first: date, last: date, kind_ids: Sequence[int] = ()
) -> Listed:
    """Return the people whose request was answered on the local days `first` to `last`, of some kinds or all;
    reserved and nameless requests are left out. Who filed several is one person, of the kind of the newest
    one (2 SQL).

    Raises:
        Refused: they are too many (wave_too_many).
    """
    start, end = (
        datetime.combine(day, time(), tzinfo=institution.zone) for day in (first, last + timedelta(days=1))
    )
    rows = all_cases(institution).filter(
        answered_at__gte=start, answered_at__lt=end, person__isnull=False, is_restricted=False
    )
    rows = rows.filter(kind__in=list(kind_ids)) if kind_ids else rows
    newest = rows.order_by("-person", "-answered_at", "-pk").distinct("person")
    entries = dict(newest.values_list("person", "kind")[: MOST_PEOPLE + 1])
    if len(entries) > MOST_PEOPLE:
        raise Refused("wave_too_many", most=MOST_PEOPLE)
    people = each_once(institution.pk, [pk for pk in entries if pk is not None])
    known = kinds(institution)
    part_of = {pk: known[entries[pk]].name for pk in people if entries[pk] in known}
    return Listed(people, f"Solicitudes respondidas del {first:%d-%m-%Y} al {last:%d-%m-%Y}", part_of)


def each_once(institution_id: int, entries: Sequence[int]) -> list[int]:
    """Return one entry, the first, of each person among these: who has the same document or mail is one
    (2 SQL).
    """
    _, marks = names_and_marks(institution_id, entries)
    seen: set[int] = set()
    found = []
    for pk in entries:
        own = marks.get(pk, frozenset())
        if not own & seen:
            found.append(pk)
        seen |= own
    return found


@transaction.atomic
def listed_in(
    institution: Institution, content: bytes, name: str, *, now: datetime, column: str = ""
) -> Listed:
    """Return the people of an uploaded sheet, a row each with their mail address in a column «correo», kept
    until they are asked no more (2 SQL per thousand); in parts by what stands in `column`, if one is named.

    Raises:
        Refused: it cannot be read (table_unreadable), has no such column (wave_no_mail, or wave_no_column
            with `column`), an address is none (wave_bad_mail, with `line`), it has nobody (wave_nobody) or
            too many (wave_too_many).
    """
    told = _mails_in(content, column, most=MOST_PEOPLE)
    people = save_people(institution.pk, [PersonData(email=mail) for mail, _ in told.values()], now)
    parts = [part for _, part in told.values()]
    part_of = spelled_once(dict(zip(people, parts, strict=True))) if column else {}
    return Listed(people, f"Archivo «{name[:200]}»", part_of, is_made=True)


def spelled_once(part_of: Mapping[int, str]) -> dict[int, str]:
    """Return the parts with those that differ by a capital or an accent as one, as the first is written."""
    spelled: dict[str, str] = {}
    return {pk: spelled.setdefault(fold(part), part) for pk, part in part_of.items()}


def mails_in(content: bytes, *, most: int) -> list[str]:
    """Return the mail addresses of an uploaded sheet, each once (no SQL).

    Raises:
        Refused: as `listed_in`.
    """
    return [mail for mail, _ in _mails_in(content, "", most=most).values()]


def _mails_in(content: bytes, column: str, *, most: int) -> dict[str, tuple[str, str]]:
    rows = uploaded_tables(content, most_rows=most + 1)[0].rows
    heads = [fold(cell) for cell in rows[0].cells] if rows else []
    at = next((place for place, head in enumerate(heads) if head in ("correo", "email", "e-mail")), None)
    if at is None:
        raise Refused("wave_no_mail")
    if column and fold(column) not in heads:
        raise Refused("wave_no_column", column=column)
    if len(rows) - 1 > most:
        raise Refused("wave_too_many", most=most)
    told = _mails(rows[1:], at, heads.index(fold(column)) if column else None)
    if not told:
        raise Refused("wave_nobody")
    return told


def _mails(rows: Sequence[TableRow], at: int, parted: int | None) -> dict[str, tuple[str, str]]:
    """Return each address once, with the part that its first row says."""

    def cell(row: TableRow, place: int) -> str:
        return row.cells[place].strip() if place < len(row.cells) else ""

    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        mail = cell(row, at)
        if mail and not is_mail_address(mail):
            raise Refused("wave_bad_mail", line=row.line)
        if mail:
            part = squeeze(cell(row, parted))[:80] if parted is not None else ""
            found.setdefault(mail.casefold(), (mail, part or NOT_SAID))
    return found
