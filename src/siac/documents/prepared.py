# SPDX-License-Identifier: EUPL-1.2
"""Files that a job prepares for whoever asked: registered before anything is read, made by the worker, handed
out for a while, and only to whom may have them at that moment.
"""

import logging
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import IO, Any, Generic, TypeVar

from django.core.files.base import File
from django.db import transaction

from siac.documents.commands.attaching import attach, erase_attachments
from siac.documents.delivery import open_file
from siac.documents.domain.files import ScanState, Visibility
from siac.documents.inspection import CheckedFile
from siac.documents.models import EXPIRED, Attachment, PreparedFile
from siac.documents.queries import attachment, attachments_of, living_files
from siac.infra.longwork import Line, Step, TimeSource, declare_long_job, finish
from siac.infra.readers import at_home
from siac.infra.retrying import Busy
from siac.infra.turns import Step as Turn
from siac.infra.turns import each_in_turn
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState

log = logging.getLogger(__name__)
P = TypeVar("P", bound=PreparedFile)
A = TypeVar("A")
_BLOCK = 1024 * 1024
_WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Content:
    """What was made: the name and kind of the file, and its bytes in a file that is closed once kept."""

    name: str
    media_type: str
    file: IO[bytes]


@dataclass(frozen=True, slots=True)
class Prepared(Generic[P, A]):
    """A kind of prepared file.

    `build` makes it with the rights that whoever asked has when it is made, telling how far it is
    (`infra.longwork.tell`). `may` is asked at every fetch, and raises what the page shall answer.
    """

    kind: str
    """The type of its attachments' subject: `export`."""
    line: Line[P]
    build: Callable[[P, TimeSource], Content]
    may: Callable[[P, A, datetime], None]
    keep: timedelta | None
    """How long after it was asked for the file lasts; None: for good."""
    kept: Callable[[P, Content, datetime], None] | None = None
    """Called in the transaction that keeps the file, with the row locked."""
    forgets: dict[str, Any] = field(default_factory=dict)
    """What its row no longer says once the file is gone."""
    ends: Callable[[P, IO[bytes], TimeSource], None] | None = None
    """Puts into the built file what somebody outside gives, rights asked again before; where they are silent
    (Busy), what was built waits and is not built anew at the next try.
    """

    @property
    def waits_as(self) -> str:
        """The type of the subject of a file that was built and waits for its end."""
        return f"{self.kind}_built"


_KINDS: dict[str, Prepared[Any, Any]] = {}


def register_prepared(prepared: Prepared[Any, Any]) -> None:
    """Add a kind of prepared file, so that its files end."""
    _KINDS[prepared.kind] = prepared


def prepared_job(prepared: Prepared[P, Any]) -> Any:
    """Declare the job that makes the files of a kind."""

    def steps(row: P, clock: TimeSource) -> Generator[Step[P], None, None]:
        waited = _waited(prepared, row)
        content = waited or prepared.build(row, clock)
        with closing(content.file):
            if prepared.ends is not None:
                try:
                    prepared.ends(row, content.file, clock)
                except Busy:
                    if waited is None:
                        yield partial(_let_wait, prepared=prepared, content=content)
                    raise
            yield partial(_keep, prepared=prepared, content=content)

    steps.__doc__ = f"Prepare a file: {prepared.kind}."
    return declare_long_job(prepared.line, steps)


@at_home()
def _waiting(prepared: Prepared[P, Any], row: P) -> list[Attachment]:
    """Return what was built of a row and waits for its end (1 SQL; none where its kind has no end)."""
    if prepared.ends is None:
        return []
    found = attachments_of(row.institution_id, prepared.waits_as, [row.pk])[row.pk]
    return [each for each in found if each.erased_at is None]


def _waited(prepared: Prepared[P, Any], row: P) -> Content | None:
    """Return what was built of a row, if it is still what its own row says; else it is built anew."""
    for each in _waiting(prepared, row):
        target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
        try:
            with open_file(each) as kept:
                shutil.copyfileobj(kept, target, _BLOCK)
            if _measured(target) == (each.size, each.sha256):
                return Content(each.name, each.media_type, target)
            log.error("%s %s: what was built is not what was kept; it is built anew", prepared.kind, row.pk)
        except Refused:
            log.error("%s %s: what was built is gone; it is built anew", prepared.kind, row.pk)
        except BaseException:
            target.close()
            raise
        target.close()
    return None


def _let_wait(row: P, now: datetime, *, prepared: Prepared[P, Any], content: Content) -> None:
    """Keep what was built, for the next try; it is nobody's to have, and what it replaces is erased."""
    erase_attachments(row.institution_id, [each.pk for each in _waiting(prepared, row)], now=now)
    _store(row, now, prepared.waits_as, content)


def _measured(file: IO[bytes]) -> tuple[int, str]:
    """Return how many bytes a file has, and their SHA-256 in hexadecimal."""
    size, digest = file.seek(0, 2), sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
    return size, digest.hexdigest()


def _store(row: P, now: datetime, kind: str, content: Content) -> Attachment:
    size, digest = _measured(content.file)
    checked = CheckedFile(
        content.name, content.media_type, size, digest, ScanState.OFF, File(content.file, content.name)
    )  # fmt: skip
    (stored,) = attach(
        row.institution_id, kind, row.pk, [checked], actor_id=row.requested_by_id, now=now,
        visibility=Visibility.INTERNAL,
    )  # fmt: skip
    return stored


def _keep(row: P, now: datetime, *, prepared: Prepared[P, Any], content: Content) -> None:
    stored = _store(row, now, prepared.kind, content)
    row.attachment_id, row.sha256 = stored.pk, stored.sha256
    row.save(update_fields=["attachment_id", "sha256"])
    if prepared.kept is not None:
        prepared.kept(row, content, now)
    erase_attachments(row.institution_id, [each.pk for each in _waiting(prepared, row)], now=now)
    finish(row, now)


def fetched(prepared: Prepared[P, A], row: P, asker: A, *, now: datetime) -> Attachment | None:
    """Return the file of `row` for whoever asked for it, the right to it asked again; None while there is
    none, or no longer.

    Raises:
        Exception: what `may` of its kind raises where the asker may not have it now.
    """
    if row.state != WorkState.DONE or row.attachment_id is None:
        return None
    prepared.may(row, asker, now)
    return attachment(row.institution_id, row.attachment_id)


def expire_prepared(*, now: datetime) -> int:
    """Erase the prepared files whose time is over, of every kind; return how many. The rows stay.

    One that cannot be erased ends no other: it is noted, and tried again next time. What was built and waits
    for its end longer than a day is erased after those, too: its work was given up, or builds it anew.
    """
    ended = sum(_expire(prepared, now) for prepared in _KINDS.values())
    for prepared in _KINDS.values():
        if prepared.ends is not None:
            _expire_waiting(prepared, now)
    return ended


def _expire_waiting(prepared: Prepared[Any, Any], now: datetime) -> None:
    """Erase what waits for its end too long, body by body (1 SQL, and 2 for each body)."""
    job = f"documents.expire_prepared:{prepared.waits_as}"
    bodies = prepared.line.model._default_manager.order_by("institution_id")
    for body in list(bodies.values_list("institution_id", flat=True).distinct()):
        each_in_turn(job, body, _waits_over(prepared, body, now), now=now)


def _waits_over(prepared: Prepared[Any, Any], body: int, now: datetime) -> Iterator[Turn]:
    rows = living_files(prepared.waits_as).filter(institution_id=body, uploaded_at__lte=now - _WAITS)
    # In the order of the index on files of a subject, which begins with the body.
    for pk in list(rows.order_by("subject_id", "pk").values_list("pk", flat=True)):
        yield f"file:{pk}", partial(erase_attachments, body, [pk], now=now)


def _expire(prepared: Prepared[Any, Any], now: datetime) -> int:
    if prepared.keep is None:
        return 0
    rows = prepared.line.model._default_manager.filter(
        state=WorkState.DONE, created_at__lte=now - prepared.keep
    )
    by_body: dict[int, list[PreparedFile]] = {}
    for row in rows.order_by("pk"):
        by_body.setdefault(row.institution_id, []).append(row)
    return sum(
        each_in_turn(
            f"documents.expire_prepared:{prepared.kind}", body, _endings(prepared, made, now), now=now
        )
        for body, made in sorted(by_body.items())
    )


def _endings(prepared: Prepared[Any, Any], rows: list[PreparedFile], now: datetime) -> Iterator[Turn]:
    for row in rows:
        yield f"{prepared.kind}:{row.pk}", partial(_end, prepared, row, now)


@transaction.atomic
def _end(prepared: Prepared[Any, Any], row: PreparedFile, now: datetime) -> int:
    if row.attachment_id:
        erase_attachments(row.institution_id, [row.attachment_id], now=now)
    rows = prepared.line.model._default_manager.filter(pk=row.pk)
    return int(rows.update(state=EXPIRED, attachment_id=None, **prepared.forgets))
