# SPDX-License-Identifier: EUPL-1.2
"""Packs of evidence: asked for, made by a job, kept for good, reviewed once."""

import logging
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any

from django.db import transaction
from django.db.models import Max

from siac.accounts.public import User
from siac.documents.public import Content, Prepared
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, TimeSource, begin, tell
from siac.infra.retrying import Busy
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, Institution, access_in, lock_institution
from siac.programme.domain.packing import About, stamp_pack, write_pack
from siac.programme.domain.rights import ProgrammeRight
from siac.programme.gathering import parts_of
from siac.programme.models import Pack, Programme, VerdictLabel
from siac.programme.queries import inputs_of, line_for, requirement_of, requirements, shown_by
from siac.signing.public import StampAway, StampRefused, stamp

log = logging.getLogger(__name__)
STAMPED_WITHIN = timedelta(hours=1)
LINE = Line(
    Pack, "programme.make_pack", "pack_id", queue=ASKED,
    related=("institution", "requested_by", "programme__guide"), reads_apart=True,
)  # fmt: skip


@transaction.atomic
def ask_pack(*, access: Access, programme: Programme, phase: str, task: str, now: datetime) -> Pack:
    """Begin to make the next pack of a requirement (10 SQL).

    Raises:
        PermissionDenied: whoever asks does not keep programmes.
        Refused: the programme has no such requirement (requirement_unknown), or its last pack is being made
            (pack_begun).
    """
    access.require(ProgrammeRight.KEEP)
    lock_institution(access.institution.pk)
    line = line_for(programme, today=access.institution.local_date(now))
    known = {(each.plan.code, own.plan.code) for each in line.phases for own in each.tasks}
    if (phase, task) not in known:
        raise Refused("requirement_unknown")
    rows = Pack.objects.filter(programme=programme, phase=phase, task=task)
    if rows.filter(state__in=(WorkState.WAITING, WorkState.RUNNING)).exists():
        raise Refused("pack_begun")
    last = rows.aggregate(last=Max("revision"))["last"] or 0
    made = Pack(
        institution=access.institution, requested_by=access.user, programme=programme, phase=phase, task=task,
        revision=last + 1, created_at=now,
    )  # fmt: skip
    return begin(LINE, made, now=now, refusal="pack_begun")


def _build(made: Pack, clock: TimeSource) -> Content:
    access = access_in(made.requested_by, made.institution.slug)
    _may(made, access, clock())
    now, programme = clock(), made.programme
    programme.institution = made.institution
    today = made.institution.local_date(now)
    rows = requirements(programme, line_for(programme, today=today), today=today)
    row = requirement_of(rows, made.phase, made.task)
    shown = shown_by(programme, row.plan, today=today)
    made.inputs = inputs_of(row, shown)
    tell(made, clock(), inputs=made.inputs)
    parts = parts_of(made, row, shown, now=now)
    name = f"{programme.guide.title} {programme.year}: {row.phase.plan.short}, {row.plan.text}"
    about = About(
        name, f"Evidencia del requisito «{row.plan.text}», expediente {made.revision}.",
        made.institution.name, today,
        f"{made.institution.slug}/{programme.guide.code}/{programme.year}/{made.phase}/{made.task}/{made.revision}",
    )  # fmt: skip
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    try:
        told = [_telling(part, made, clock) for part in parts]
        write_pack(target, told, about)
    except BaseException:
        target.close()
        raise
    file = f"expediente-{programme.year}-{made.phase}-{made.task}-{made.revision}.zip"
    return Content(file, "application/zip", target)


def _stamp(made: Pack, file: IO[bytes], clock: TimeSource) -> None:
    """Have a pack that is built stamped, where the body has them stamped.

    Raises:
        Busy: the authority does not answer; it is asked again soon, of the same pack.
    """
    _may(made, access_in(made.requested_by, made.institution.slug), clock())
    stamp_pack(file, partial(_stamped, made, clock))


def _stamped(made: Pack, clock: TimeSource, told: bytes) -> bytes:
    """Return a time stamp over the lists of a pack. An authority that is away is asked again for an hour;
    after that, and where it gives none, the pack is made without.

    Raises:
        Busy: as `_stamp`.
    """
    try:
        return stamp(made.institution, told)
    except StampAway:
        if clock() - made.created_at < STAMPED_WITHIN:
            raise Busy("the authority of time stamps") from None
    except StampRefused as error:
        log.warning("pack %s has no time stamp: %s", made.pk, error)
    return b""


def _telling(part: Any, made: Pack, clock: TimeSource) -> Any:
    """Return a part that keeps the lease of the work while it is read."""
    read: Callable[[], Iterable[bytes]] = part.read

    def told() -> Iterable[bytes]:
        tell(made, clock())
        yield from read()

    return type(part)(part.path, part.title, part.media_type, told, part.speaks_of, part.came_at)


def _kept(made: Pack, content: Content, now: datetime) -> None:
    data = {
        "pack": made.pk, "phase": made.phase, "task": made.task, "revision": made.revision,
        "sha256": made.sha256, "inputs": made.inputs,
    }  # fmt: skip
    record(made.institution_id, made.programme.stream, "programme.pack_made", now, made.requested_by_id, data)


def _may(made: Pack, access: Access, now: datetime) -> None:
    """Ask again for the right to programmes, in the body whose pack it is."""
    access.require(ProgrammeRight.READ)
    if made.institution_id != access.institution.pk:
        raise Refused("prepared_out_of_reach")


PACKS: Prepared[Pack, Any] = Prepared("evidence_pack", LINE, _build, _may, keep=None, kept=_kept, ends=_stamp)


@transaction.atomic
def review_pack(
    *, institution: Institution, pack_id: int, verdict: str, words: str, seen: str, actor: User, now: datetime
) -> Pack:
    """Say whether a pack shows what its requirement asks; said once, by somebody who did not ask for it (3
    SQL). `seen`: the SHA-256 of the file that was looked at.

    Raises:
        Refused: there is no such pack (pack_unknown), it is not made (pack_waits), another was looked at
            (approval_overtaken), it was reviewed (pack_reviewed), whoever asked for it reviews it
            (pack_own), or it has observations and none is written (pack_words).
    """
    rows = Pack.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(institution=institution, pk=pack_id).select_related("programme").first()
    if row is None:
        raise Refused("pack_unknown")
    said = legible(words).strip()[:1000]
    for is_wrong, code in _wrong(row, verdict, said, seen, actor):
        if is_wrong:
            raise Refused(code)
    row.verdict, row.words, row.reviewed_by, row.reviewed_at = VerdictLabel(verdict), said, actor, now
    row.save(update_fields=["verdict", "words", "reviewed_by", "reviewed_at"])
    data = {"pack": row.pk, "verdict": row.verdict, "sha256": row.sha256}
    record(institution.pk, row.programme.stream, "programme.pack_reviewed", now, actor.pk, data)
    return row


def _wrong(row: Pack, verdict: str, said: str, seen: str, actor: User) -> Sequence[tuple[bool, str]]:
    return (
        (row.state != WorkState.DONE, "pack_waits"),
        (seen != row.sha256, "approval_overtaken"),
        (bool(row.verdict), "pack_reviewed"),
        (row.requested_by_id == actor.pk, "pack_own"),
        (verdict not in VerdictLabel.values, "pack_words"),
        (verdict == VerdictLabel.OBSERVED and not said, "pack_words"),
    )
