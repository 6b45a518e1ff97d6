# SPDX-License-Identifier: EUPL-1.2
"""Opening a practice body, and beginning anew: the former one is closed, for
nothing that was journaled is ever deleted.

The configuration comes over in one transaction, then each invented case in one of its own. Until all is there
the new body is closed to everybody; a job that is run again goes on with the next case.
"""

from collections.abc import Generator
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, finish, real_time, run_long
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.commands.setup import create_institution, note_configuration
from siac.organizations.models import Institution, PracticeRun
from siac.organizations.practice.parts import Copying, practice_cases, practice_parts
from siac.ui.public import refusal_text

LINE = Line(
    PracticeRun,
    "organizations.open_practice",
    "run_id",
    queue=LONG,
    related=("institution", "practice", "asked_by"),
)
_LONGEST_SLUG = 28
_COPIED = (
    "jurisdiction",
    "time_zone",
    "place",
    "office_closes_at",
    "reporting_days",
    "asks_traits",
    "smallest_group",
    "official_code",
    "email",
    "phone",
    "address",
    "brand_colour",
    "is_demo",
)


@transaction.atomic
def begin_practice(
    *, institution: Institution, actor: User | None, now: datetime, by_job: bool = True
) -> PracticeRun:
    """Begin to open a practice body beside `institution`; one that stands is
    closed once the new one is ready.

    One that broke off is taken up where it stopped, if its configuration had come over; else it begins anew.
    Without `by_job` the caller does the work (`open_practice`).

    Raises:
        Refused: it is a practice body itself (practice_of_practice), or one is
            being opened (practice_moving).
    """
    source = Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=institution.pk)
    if source.is_practice:
        raise Refused("practice_of_practice")
    run = latest_run(source)
    if run is not None and run.is_moving:
        raise Refused("practice_moving")
    if run is None or run.state != WorkState.FAILED or run.practice_id is None:
        run = PracticeRun(institution=source, asked_by=actor, created_at=now)
    run.trouble = ""
    begin(LINE, run, now=now, refusal="practice_moving", also=["trouble"], by_job=by_job)
    note_configuration(
        source.pk, "organizations.practice_begun", actor=actor, now=now, data={"run": run.pk}
    )  # fmt: skip
    return run


def latest_run(institution: Institution) -> PracticeRun | None:
    """Return the latest opening of a practice body of a body (1 SQL)."""
    return PracticeRun.objects.filter(institution=institution).select_related("practice", "asked_by").first()


def open_practice(*, run_id: int, clock: TimeSource = real_time) -> None:
    """Do what is left of an opening: the configuration, the invented cases, and the opening of the door.

    What a command refuses of the source as it stands ends it, and its page says what.
    """
    run_long(LINE, run_id, opening, clock=clock, failed=say_why)


def opening(run: PracticeRun, clock: TimeSource) -> Generator[Step[PracticeRun], Any, None]:
    """Open a practice body; begun again by the next worker if this one dies, with the next invented case."""
    if run.practice_id is None:
        yield _copy
    while (yield _play_next):
        continue
    yield _open_door


def say_why(run: PracticeRun, error: Exception, now: datetime) -> None:
    """Keep in words what a command refused of the source."""
    if isinstance(error, Refused):
        run.trouble = refusal_text(error)[:500]
        run.save(update_fields=["trouble"])


def _copy(run: PracticeRun, now: datetime) -> None:
    source, cases = run.institution, practice_cases()
    body = _open_body(source, run)
    copying = Copying(source, body, run.asked_by, run.created_at)
    for part in practice_parts():
        body.refresh_from_db(fields=["config_version"])  # what was just copied is known to the next part
        part.copy(copying)
    run.practice = body
    run.total = cases.count(body) if cases else 0
    run.save(update_fields=["practice", "total"])


def _open_body(source: Institution, run: PracticeRun) -> Institution:
    """Open the body under the first address that is free, closed to everybody for the time being."""
    stem = f"{source.slug[:_LONGEST_SLUG]}-practica"
    taken = set(Institution.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    fields = {name: getattr(source, name) for name in _COPIED}
    return create_institution(
        actor=run.asked_by, now=run.created_at, slug=slug, name=f"{source.name} (práctica)"[:200],
        short_name=f"{source.short_name[:29]} (práctica)", practice_of=source, is_active=False, **fields,
    )  # fmt: skip


def _play_next(run: PracticeRun, now: datetime) -> bool:
    """Play the next invented case; return whether there may be more."""
    cases = practice_cases()
    if cases is None or run.practice is None or run.done >= run.total:
        return False
    cases.play(run.practice, run.done, run.created_at)
    run.done += 1
    run.save(update_fields=["done"])
    return True


def _open_door(run: PracticeRun, now: datetime) -> None:
    """Open the door of the new body and shut that of the former one."""
    Institution.objects.select_for_update(of=("self",), no_key=True).get(pk=run.institution_id)
    if run.practice is None:
        raise Refused("practice_moving")
    for former in Institution.objects.filter(practice_of=run.institution, is_active=True):
        _set_open(former, False, run, now=now)
    _set_open(run.practice, True, run, now=now)
    finish(run, now)


def _set_open(body: Institution, is_open: bool, run: PracticeRun, *, now: datetime) -> None:
    """Open or shut a practice body, and no other.

    Raises:
        Refused: it is not one of this source (practice_of_practice).
    """
    touched = Institution.objects.filter(pk=body.pk, practice_of=run.institution_id).update(is_active=is_open)
    if not touched:
        raise Refused("practice_of_practice")
    kind = "organizations.practice_opened" if is_open else "organizations.practice_closed"
    note_configuration(body.pk, kind, actor=run.asked_by, now=now, data={"run": run.pk})
