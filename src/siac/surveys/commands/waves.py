# SPDX-License-Identifier: EUPL-1.2
"""Waves: drawing a sample from a list, asking those drawn a hundred at a time, reminding them once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.infra.turns import Step
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.notices.public import NewNotice, queue_many, undelivered
from siac.organizations.public import Institution, note_configuration
from siac.surveys.commands.inviting import HOUR, Asked, invite, invite_staff
from siac.surveys.commands.lists import Listed, spelled_once
from siac.surveys.commands.made import note_made
from siac.surveys.commands.panel import still_in
from siac.surveys.commands.refusing import person_of
from siac.surveys.domain.sampling import in_turn, sample, stratified
from siac.surveys.models import Invitation, Survey, SurveyRefusal, Wave, WaveState
from siac.surveys.queries import INVITATION

REMINDER = "surveys.reminder"
QUIET_FROM = 20
"""The local hour from which nobody is reminded any more that day."""
_SLICE = 100


@transaction.atomic
def draw_wave(
    *,
    institution: Institution,
    survey: Survey,
    actor: User | None,
    now: datetime,
    name: str,
    listed: Listed,
    size: int,
    seed: int,
    closes_on: date,
    reminds_on: date | None = None,
    quotas: Mapping[str, int] | None = None,
) -> Wave:
    """Draw a wave from a list; nobody is asked yet (3 SQL, and 1 per thousand of a list whose people are
    known by it only: they go when they are asked no more). `quotas`: how many of each part of the list, by
    its name, instead of `size` of the whole; where the list has fewer, all of them are drawn.

    Raises:
        Refused: there is nobody on the list (wave_nobody), fewer would be asked than the smallest group that
            is shown (wave_few, with `least`): they would be known by what they say; a quota is of a part
            that the list has not (wave_no_part, with `part` and `parts`); or its days are over or not in
            order (wave_days).
    """
    if not listed.people:
        raise Refused("wave_nobody")
    part_of = spelled_once(listed.part_of)
    strata = stratified(part_of, _quotas(part_of, quotas), seed) if quotas else []
    drawn = in_turn(strata, seed) if strata else sample(listed.people, size, seed)
    if len(drawn) < survey.least:
        raise Refused("wave_few", least=survey.least)
    today = institution.local_date(now)
    if closes_on <= today or (reminds_on is not None and not today < reminds_on <= closes_on):
        raise Refused("wave_days")
    row = Wave.objects.create(
        institution=institution, survey=survey, name=name, source=listed.source,
        from_panel=listed.from_panel,
        population=len(set(listed.people)), seed=seed, drawn=drawn,
        quotas=[asdict(each) for each in strata], closes_on=closes_on, reminds_on=reminds_on, drawn_on=today,
    )  # fmt: skip
    if listed.is_made:
        note_made(institution, drawn, closes_on)
        note_made(institution, sorted(set(listed.people) - set(drawn)), None)
    data = {
        "wave": row.pk, "survey": survey.pk, "population": row.population, "size": row.size, "seed": seed,
        "quotas": {each.name: each.wanted for each in strata},
    }  # fmt: skip
    note_configuration(institution.pk, "surveys.wave_drawn", actor=actor, now=now, data=data)
    return row


def _quotas(part_of: Mapping[int, str], quotas: Mapping[str, int]) -> dict[str, int]:
    """Return the quotas by the names that the list gives its parts, however they were typed."""
    named = {fold(name): name for name in part_of.values()}
    found: dict[str, int] = {}
    for typed, wanted in quotas.items():
        if fold(typed) not in named:
            raise Refused("wave_no_part", part=typed, parts=", ".join(sorted(set(named.values()))[:20]))
        found[named[fold(typed)]] = found.get(named[fold(typed)], 0) + wanted
    return found


@transaction.atomic
def send_wave(*, institution: Institution, wave_id: int, actor: User | None, now: datetime) -> None:
    """Let a wave be sent: a job asks those drawn, a hundred at a time (4 SQL).

    Raises:
        Refused: it is being sent or was (wave_sent), its survey takes no answers (survey_unopened), or its
            last day is over (wave_days).
    """
    row = (
        Wave.objects.select_for_update(of=("self",))
        .select_related("survey")
        .get(institution=institution, pk=wave_id)
    )
    if row.state != WaveState.DRAWN:
        raise Refused("wave_sent")
    if not row.survey.is_active:
        raise Refused("survey_unopened")
    if row.closes_on <= institution.local_date(now):
        raise Refused("wave_days")
    Wave.objects.filter(pk=row.pk).update(state=WaveState.SENDING)
    data = {"wave": row.pk, "survey": row.survey_id, "size": row.size}
    note_configuration(institution.pk, "surveys.wave_sent", actor=actor, now=now, data=data)


def go_on_sending(institution: Institution, *, now: datetime) -> int:
    """Ask those of the waves that are being sent who were not asked yet; return how many. Broken off, it goes
    on where it was.
    """
    return sum(work() for _, work in sendings(institution, now=now))


def sendings(institution: Institution, *, now: datetime) -> Iterator[Step]:
    """Yield the waves that are being sent, each with the work of asking the rest of its people: one that
    fails ends no other (1 SQL).
    """
    waves = Wave.objects.filter(institution=institution, state=WaveState.SENDING).order_by("pk")
    for pk in list(waves.values_list("pk", flat=True)):
        yield f"wave:{pk}", partial(_send_all, institution, pk, now)


def _send_all(institution: Institution, pk: int, now: datetime) -> int:
    count = 0
    while (asked := _send_slice(institution, pk, now=now)) is not None:
        count += asked
    return count


@transaction.atomic
def _send_slice(institution: Institution, pk: int, *, now: datetime) -> int | None:
    """Ask the next hundred of a wave; None where all were. Nobody is asked where a wave of a hundred or less
    would reach fewer than the smallest group that is shown.
    """
    row = Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=pk)
    people = row.drawn[row.done : row.done + _SLICE]
    if row.state != WaveState.SENDING:
        return None
    is_over = institution.local_date(now) > row.closes_on or not row.survey.is_active
    if not people or is_over:  # whom nobody can answer any more is not asked
        left = len(row.drawn) - row.done
        Wave.objects.filter(pk=pk).update(state=WaveState.SENT, left_out=row.left_out + left)
        return None
    within = still_in(institution, people) if row.from_panel else people
    with transaction.atomic():
        asked = (
            invite_staff(institution, row.survey, people, now=now, wave=row)
            if row.survey.for_staff
            else invite(institution, row.survey, [Asked(each) for each in within], now=now, wave=row)
        )
        if row.size <= _SLICE and len(asked) < row.survey.least:  # so few would be known by what they say
            asked = []
            transaction.set_rollback(True)
    Wave.objects.filter(pk=pk).update(
        done=row.done + len(people), left_out=row.left_out + len(people) - len(asked)
    )
    return len(asked)


def reminders(institution: Institution, *, now: datetime) -> Iterator[Step]:
    """Yield those asked by a wave who did not answer, a hundred at a time, each with the work of reminding
    them once: from the day and the hour for it on, until the wave is over, so that what was missed is made
    up. Those whose invitation came back are left alone. Of the staff all are reminded: else the list of what
    was sent would tell who did not answer (1 SQL).
    """
    if not HOUR <= now.astimezone(institution.zone).hour < QUIET_FROM:
        return
    today = institution.local_date(now)
    due = Invitation.objects.filter(
        institution=institution,
        wave__reminds_on__lte=today,
        reminded_on=None,
        survey__is_active=True,
        closes_on__gte=today,
    ).exclude(pk__in=undelivered(institution.pk, INVITATION))
    due = due.filter(_REMINDED)
    ids = list(due.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _SLICE):
        each = ids[start : start + _SLICE]
        yield f"invitation:{each[0]}", partial(_remind, institution, each, now)


_REMINDED = Q(is_spent=False) | Q(survey__for_staff=True)


@transaction.atomic
def _remind(institution: Institution, ids: Sequence[int], now: datetime) -> int:
    """Remind those of some invitations who did not answer, refuse, leave the panel that they were drawn
    from, or get a reminder meanwhile (6 SQL)."""
    rows = Invitation.objects.filter(institution=institution, pk__in=ids, reminded_on=None).filter(_REMINDED)
    rows = rows.exclude(recipient="")  # who was erased meanwhile
    held = list(rows.select_related("wave").select_for_update(of=("self",)).order_by("pk"))
    refused = SurveyRefusal.objects.filter(institution=institution).filter(
        person__in=[person_of(row) or 0 for row in held]
    )
    gone = set(refused.values_list("person", flat=True))
    drawn = [person_of(row) or 0 for row in held if row.wave is not None and row.wave.from_panel]
    gone |= set(drawn) - set(still_in(institution, drawn))
    found = [row for row in held if person_of(row) not in gone]
    notices = [NewNotice(REMINDER, row.recipient, "email", INVITATION, row.pk) for row in found]
    queue_many(institution.pk, notices, now)
    Invitation.objects.filter(pk__in=[row.pk for row in found]).update(
        reminded_on=institution.local_date(now)
    )
    return len(found)
