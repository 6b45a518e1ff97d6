# SPDX-License-Identifier: EUPL-1.2
"""Guides that a body follows: taken from those that come with the product, changed, or its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, save_version
from siac.processes.domain.guides import keep_phases, read_phases
from siac.processes.domain.subjects import checks, is_subject
from siac.processes.models import Guide
from siac.processes.shipped.reading import shipped

MOST_PHASES, MOST_TASKS = 40, 40


@transaction.atomic
def save_guide(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    title: str,
    subject_kind: str,
    phases: Sequence[Mapping[str, Any]],
    source: str = "",
    is_active: bool = True,
    guide: Guide | None = None,
    based_on: int | None = None,
    code: str = "",
) -> Guide:
    """Add a guide, or change `guide` as its next version; what was begun by an earlier one goes on by that (6
    SQL).

    Raises:
        Refused: another guide has that name (guide_taken), its phases are none, too many, or share a code, or
            a task names a check that there is not (guide_phases), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    try:
        plan = read_phases(phases)
    except (ValueError, TypeError):
        raise Refused("guide_phases") from None
    known = {"", *checks()}
    too_many = len(plan) > MOST_PHASES or any(len(phase.tasks) > MOST_TASKS for phase in plan)
    if too_many or not {task.check for phase in plan for task in phase.tasks} <= known:
        raise Refused("guide_phases")
    if not is_subject(subject_kind):
        raise Refused("guide_unknown")
    called = squeeze(title)
    row = guide or Guide(institution=institution, code=code or slugify(called)[:60] or "guia")
    fields = {
        "title": called, "subject_kind": subject_kind, "source": squeeze(source), "is_active": is_active,
        "phases": keep_phases(plan),
    }  # fmt: skip
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("guide_taken") from error
    if saved.is_changed:
        data = {"guide": saved.row.pk, "version": saved.row.version, "phases": len(plan)}
        note_configuration(institution.pk, "processes.guide_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def adopt_guide(*, institution: Institution, code: str, actor: User | None, now: datetime) -> Guide:
    """Take a guide that comes with the product as one of the body; one taken before is returned (7 SQL).

    Raises:
        Refused: no guide comes with that code (guide_unknown).
    """
    ready = shipped().get(code)
    if ready is None:
        raise Refused("guide_unknown")
    taken = Guide.objects.filter(institution=institution, code=code).first()
    if taken is not None:
        return taken
    return save_guide(
        institution=institution, actor=actor, now=now, title=ready.title, subject_kind=ready.subject_kind,
        source=ready.source, phases=keep_phases(ready.phases), code=code,
    )  # fmt: skip
