# SPDX-License-Identifier: EUPL-1.2
"""Charters, and editions of them that were approved elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.charters.commands.approving import held_charter, next_number, put_in_force
from siac.charters.domain.parts import Norm
from siac.charters.domain.states import EditionState
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, check_basis, unit_tree


@transaction.atomic
def start_charter(
    *,
    institution: Institution,
    code: str,
    title: str,
    norm: Norm,
    responsible_id: int | None,
    actor: User | None,
    now: datetime,
) -> Charter:
    """Open a charter, without any edition yet (4 SQL).

    Raises:
        Refused: the body has one of that code (charter_taken), or the unit is unknown (unit_unknown).
    """
    _check_unit(institution, responsible_id)
    try:
        with transaction.atomic():
            row = Charter.objects.create(
                institution=institution, code=code, title=squeeze(title), norm=norm.value,
                responsible_id=responsible_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("charter_taken", code=code) from error
    data = {"charter": row.pk, "norm": norm.value}
    record(institution.pk, row.stream, "charters.started", now, actor.pk if actor else None, data)
    return row


@transaction.atomic
def change_charter(
    *,
    institution: Institution,
    charter_id: int,
    title: str,
    norm: Norm,
    responsible_id: int | None,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> Charter:
    """Change what a charter is called, whose norm it follows and who is responsible (4 SQL). Editions that
    were approved keep the title they were approved with.

    Raises:
        Refused: there is no such charter (charter_unknown), the unit is unknown (unit_unknown), or somebody
            saved it meanwhile (saved_meanwhile).
    """
    _check_unit(institution, responsible_id)
    row = held_charter(institution, charter_id)
    check_basis(based_on, row.version)
    row.title, row.norm, row.responsible_id = squeeze(title), norm.value, responsible_id
    row.version += 1
    row.save(update_fields=["title", "norm", "responsible", "version"])
    data = {"charter": row.pk, "norm": norm.value, "unit": responsible_id}
    record(institution.pk, row.stream, "charters.changed", now, actor.pk, data)
    return row


def _check_unit(institution: Institution, unit_id: int | None) -> None:
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """A promise to put in an edition: answer cases of `kind_id` within `days`
    business days, in `target` % of them.
    """

    code: str
    text: str
    kind_id: int | None
    days: int | None
    target: Decimal
    remedy: str
    remedy_days: int = 10
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further columns: service, responsible, record, kind of remedy."""


@transaction.atomic
def publish_edition(
    *,
    institution: Institution,
    code: str,
    title: str,
    valid_from: date,
    approved_by: str,
    commitments: Sequence[NewCommitment],
    actor: User | None,
    now: datetime,
    based_on: int | None = None,
    texts: Mapping[str, str] | None = None,
    service_ids: Collection[int] = (),
) -> CharterEdition:
    """Put an edition of the charter `code` in force that was approved outside, from the local day
    `valid_from`; the one before ends the day before. Its approval is not asked again.

    Cases filed earlier keep the promises of the edition in force when they were filed. `based_on` is the
    edition that whoever wrote this one had before them, 0 for none; None does not ask.

    Raises:
        Refused: somebody published one meanwhile (saved_meanwhile), it starts before the edition in force did
            (edition_out_of_order), or promises nothing (no_commitments).
    """
    if not commitments:
        raise Refused("no_commitments")
    charter, _ = Charter.objects.select_for_update().get_or_create(
        institution=institution,
        code=code,
        defaults={"title": title, "norm": institution.country.charter_norm},
    )
    current = charter.editions.filter(valid_to=None, state=EditionState.APPROVED).first()
    check_basis(based_on, current.number if current else 0)
    edition = CharterEdition.objects.create(
        institution=institution,
        charter=charter,
        number=next_number(charter),
        state=EditionState.REVIEW,
        valid_from=valid_from,
        texts=dict(texts or {}),
        service_ids=sorted(service_ids),
    )
    for position, new in enumerate(commitments, start=1):
        Commitment.objects.create(
            institution=institution, edition=edition, code=new.code, text=new.text, kind_id=new.kind_id,
            amount=new.days, target=new.target, remedy=new.remedy, remedy_days=new.remedy_days,
            position=position, **new.more,
        )  # fmt: skip
    put_in_force(edition, act=approved_by, approved_on=None, actor=actor, now=now)
    return edition
