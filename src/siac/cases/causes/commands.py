# SPDX-License-Identifier: EUPL-1.2
"""Why complaints arise: the body's list of causes, and the cause of each case."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.models import Case, Cause
from siac.cases.queries import causes
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key, squeeze
from siac.organizations.public import Institution, note_configuration, save_version


@transaction.atomic
def save_cause(
    *,
    institution: Institution,
    name: str,
    is_active: bool = True,
    cause: Cause | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Cause:
    """Add a cause, or change `cause` as its next version; cases keep the cause they were coded with.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), or another cause has that name (cause_taken).
    """
    row = cause or Cause(institution=institution, code=slugify(name)[:60] or "causa")
    fields = {"name": squeeze(name), "sort_key": sort_key(name), "is_active": is_active}
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("cause_taken", name=name) from error
    if saved.is_changed:
        data = {"cause": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "cases.cause_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def code_cause(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    cause_id: int | None,
    actor: User,
    now: datetime,
) -> Case:
    """Say why a case arose, once it was answered or closed; None takes the cause away.

    Raises:
        Refused: there is no such cause in use (cause_unknown), changed meanwhile, or the case is still open.
    """
    case, _ = locked(institution, case_id, version, Move.CODE_CAUSE)
    cause = causes(institution).get(cause_id) if cause_id is not None else None
    if cause_id is not None and (cause is None or not (cause.is_active or cause_id == case.cause_id)):
        raise Refused("cause_unknown")
    data = {"cause": cause_id, "before": case.cause_id}
    case.cause_id = cause_id
    return keep(case, "cases.cause_coded", actor=actor, now=now, fields=("cause",), data=data)
