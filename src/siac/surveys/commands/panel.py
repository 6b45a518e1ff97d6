# SPDX-License-Identifier: EUPL-1.2
"""The opinion panel: who agreed to be asked again comes in by their own mail, and goes by one press."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.notices.public import NewNotice, State, cancel, erase_notices, notices_of, queue_many
from siac.organizations.public import Institution, note_configuration, save_version
from siac.people.public import PersonData, known_people, same_people, save_people
from siac.surveys.commands.links import new_token
from siac.surveys.commands.lists import Listed, each_once, mails_in
from siac.surveys.commands.made import erase_unasked
from siac.surveys.models import Panel, PanelMember, SurveyRefusal
from siac.surveys.models.panel import WORDS_LIMIT

KIND = "surveys.panel"
MEMBER = "panel_member"
"""What a notice to somebody who wants to join is about."""
MOST_BROUGHT = 1000
UNCONFIRMED_FOR = timedelta(days=14)
USUAL_WORDS = (
    "Acepto que me escriban por correo, de vez en cuando, para pedirme mi opinión sobre la atención. "
    "Puedo salir cuando quiera, y nada de lo que responda queda unido a mí."
)


def panel_of(institution: Institution) -> Panel | None:
    """Return the panel of a body; None where it has none (1 SQL)."""
    return Panel.objects.filter(institution=institution).first()


@transaction.atomic
def save_panel(
    *, institution: Institution, actor: User | None, now: datetime, based_on: int | None = None, **fields: Any
) -> Panel:
    """Open the panel of a body, or change it as its next version; who is in it stays (5 SQL, 4 of a new one).

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile).
    """
    row = panel_of(institution) or Panel(institution=institution)
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"version": saved.row.version, "open": saved.row.is_open}
        note_configuration(institution.pk, "surveys.panel_saved", actor=actor, now=now, data=data)
    return saved.row


def _held(institution: Institution) -> Panel:
    """Return the panel of a body, locked: whoever comes in at once waits, and nobody is in twice (1 SQL).

    Raises:
        Refused: there is none (panel_closed).
    """
    row = Panel.objects.select_for_update(of=("self",), no_key=True).filter(institution=institution).first()
    if row is None:
        raise Refused("panel_closed")
    return row


@transaction.atomic
def ask_to_join(institution: Institution, email: str, *, now: datetime) -> None:
    """Write to whoever wants to join, for only who reads the mail of an address can say so; nothing is told
    of who is in already. To the same address once a day (8 SQL at most).

    Raises:
        Refused: the panel takes nobody (panel_closed), or the address is none (as `clean_person`).
    """
    panel = _held(institution)
    if not panel.is_open:
        raise Refused("panel_closed")
    today = institution.local_date(now)
    known = known_people(institution.pk, PersonData(email=email), limit=200)
    row = PanelMember.objects.filter(institution=institution, person__in=known).first()
    if row is not None and row.asked_on == today:
        return
    if row is None:
        pk = known[0] if known else save_people(institution.pk, [PersonData(email=email)], now)[0]
        row = PanelMember(institution=institution, person_id=pk, token=new_token(), is_made=not known)
    if row.agreed_on is None:
        row.words = panel.words
    row.asked_on = today
    row.save()
    queue_many(institution.pk, [NewNotice(KIND, f"person:{row.person_id}", "email", MEMBER, row.pk)], now)


@transaction.atomic
def join(row: PanelMember, institution: Institution, *, now: datetime) -> None:
    """Take somebody in who confirmed: from now on they may be asked, also who wanted no surveys before
    (4 SQL). Saying it twice changes nothing.
    """
    PanelMember.objects.filter(pk=row.pk, agreed_on=None).update(agreed_on=institution.local_date(now))
    entries = {row.person_id, *same_people(institution.pk, row.person_id)}
    SurveyRefusal.objects.filter(institution=institution, person__in=entries).delete()


@transaction.atomic
def leave(institution: Institution, entries: Sequence[int], *, now: datetime) -> None:
    """Take somebody out, under every entry by which the body knows them; nothing is kept of it (2 SQL, and as
    `erase_person` where the body knew them by the panel only).
    """
    _forget(institution, PanelMember.objects.filter(institution=institution, person__in=entries), now)


def _forget(institution: Institution, rows: QuerySet[PanelMember], now: datetime) -> int:
    """Take members out, and who they are where their entry was made for the panel and nothing else needs it;
    return how many.
    """
    gone = drop_members(institution, rows, now=now)
    erase_unasked(institution, [row.person_id for row in gone if row.is_made], now=now)
    return len(gone)


def drop_members(
    institution: Institution, rows: QuerySet[PanelMember], *, now: datetime
) -> list[PanelMember]:
    """Delete members, what their letters said and those that wait; return who they were (3 SQL, and 1 for
    each).
    """
    gone = list(rows.select_for_update(of=("self",)).order_by("pk"))
    ids = [row.pk for row in gone]
    for each in ids:
        for notice in notices_of(institution.pk, MEMBER, each).filter(state=State.PENDING):
            cancel(institution.pk, notice.pk, actor_id=None, now=now)
    erase_notices(institution.pk, MEMBER, ids, now=now)
    PanelMember.objects.filter(pk__in=ids).delete()
    return gone


@transaction.atomic
def bring_members(
    *, institution: Institution, actor: User | None, now: datetime, content: bytes, words: str, day: date
) -> tuple[int, int]:
    """Take in those of a sheet who agreed elsewhere, on a day and with these words; return how many came in,
    and how many were left out: in already, or they want no surveys (1 SQL for each row, and 7).

    Raises:
        Refused: there is no panel (panel_closed), the day is to come (panel_day), there are too many
            (wave_too_many), or as `mails_in`.
    """
    _held(institution)
    if day > institution.local_date(now):
        raise Refused("panel_day")
    mails = mails_in(content, most=MOST_BROUGHT)
    known = {mail: known_people(institution.pk, PersonData(email=mail), limit=200) for mail in mails}
    entries = [pk for found in known.values() for pk in found]
    within = PanelMember.objects.filter(institution=institution, agreed_on__isnull=False)
    gone = SurveyRefusal.objects.filter(institution=institution, person__in=entries)
    out = {
        *within.filter(person__in=entries).values_list("person", flat=True),
        *gone.values_list("person", flat=True),
    }
    coming = [mail for mail, found in known.items() if not out & set(found)]
    fresh = [mail for mail in coming if not known[mail]]
    made = dict(
        zip(fresh, save_people(institution.pk, [PersonData(email=m) for m in fresh], now), strict=True)
    )
    rows = PanelMember.objects.filter(institution=institution, person__in=entries, agreed_on=None)
    waiting = set(rows.values_list("person", flat=True))
    people = dict.fromkeys(
        made.get(mail) or next((pk for pk in known[mail] if pk in waiting), known[mail][0]) for mail in coming
    )
    said = {"words": words[:WORDS_LIMIT], "asked_on": day, "agreed_on": day, "is_brought": True}
    rows.filter(person__in=people).update(**said)  # the link of the mail that they have stays good
    PanelMember.objects.bulk_create(
        PanelMember(
            institution=institution, person_id=pk, token=new_token(), is_made=pk in made.values(), **said
        )
        for pk in people
        if pk not in waiting
    )  # fmt: skip
    data = {"members": len(people)}
    note_configuration(institution.pk, "surveys.panel_brought", actor=actor, now=now, data=data)
    return len(people), len(mails) - len(people)


@transaction.atomic
def drop_unconfirmed(institution: Institution, *, now: datetime) -> int:
    """Forget who asked to join and did not confirm in time; return how many (2 SQL, and as `leave`)."""
    since = institution.local_date(now) - UNCONFIRMED_FOR
    rows = PanelMember.objects.filter(institution=institution, agreed_on=None, asked_on__lt=since)
    return _forget(institution, rows, now)


def still_in(institution: Institution, people: Sequence[int]) -> list[int]:
    """Return those of some people who are in the panel, in their order (1 SQL)."""
    rows = PanelMember.objects.filter(institution=institution, agreed_on__isnull=False, person__in=people)
    within = set(rows.values_list("person", flat=True))
    return [pk for pk in people if pk in within]


def listed_panel(institution: Institution) -> Listed:
    """Return the members of the panel of a body as a list to draw from, each person once (3 SQL)."""
    rows = PanelMember.objects.filter(institution=institution, agreed_on__isnull=False).order_by("pk")
    people = each_once(institution.pk, list(rows.values_list("person", flat=True)))
    return Listed(people, "Panel de opinión", from_panel=True)
