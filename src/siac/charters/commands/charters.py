# SPDX-License-Identifier: EUPL-1.2
"""Putting a charter in force: an edition with its commitments, each with the indicator that measures it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from siac.accounts.public import User
from siac.charters.domain.parts import REVISED_WITHIN, Norm, usual_norm
from siac.charters.domain.risk import months_after
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.indicators.public import save_indicator
from siac.kernel.approvals import digest_of
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, check_basis, note_configuration


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """A promise to put in an edition: answer cases of `kind_id` within `days`
    business days, in `target` % of them.
    """

    code: str
    text: str
    kind_id: int
    days: int
    target: Decimal
    remedy: str
    remedy_days: int = 10


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
) -> CharterEdition:
    """Put a new edition of the charter `code` in force from the local day
    `valid_from`; the one before ends the day before.

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
        defaults={"title": title, "norm": usual_norm(institution.jurisdiction)},
    )
    current = charter.editions.filter(valid_to=None).first()
    check_basis(based_on, current.number if current else 0)
    if current is not None:
        if valid_from <= current.since:
            raise Refused("edition_out_of_order")
        current.valid_to = valid_from - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    edition = CharterEdition.objects.create(
        institution=institution,
        charter=charter,
        number=(current.number + 1 if current else 1),
        valid_from=valid_from,
        revised_by=months_after(valid_from, REVISED_WITHIN[Norm(charter.norm)]),
        approved_by=approved_by,
        saved_by=actor,
        saved_at=now,
    )
    for position, new in enumerate(commitments, start=1):
        _add_commitment(institution, edition, new, position, actor=actor, now=now)
    promised = digest_of(title, valid_from, approved_by, [asdict(new) for new in commitments])
    data = {
        "charter": charter.pk,
        "edition": edition.pk,
        "commitments": len(commitments),
        "digest": promised,
    }
    note_configuration(institution.pk, "charters.edition_published", actor=actor, now=now, data=data)
    return edition


def _add_commitment(
    institution: Institution,
    edition: CharterEdition,
    new: NewCommitment,
    position: int,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    indicator = save_indicator(
        institution=institution,
        actor=actor,
        now=now,
        code=f"{new.code}-e{edition.number}",
        name=new.text[:150],
        definition=f"Respuestas en {new.days} días hábiles o menos ÷ respuestas del período × 100.",
        metric_key="cases.answer_days",
        filters={"kind": [str(new.kind_id)]},
        within=new.days,
        target=new.target,
    )
    Commitment.objects.create(
        institution=institution,
        edition=edition,
        code=new.code,
        text=new.text,
        kind_id=new.kind_id,
        amount=new.days,
        target=new.target,
        indicator=indicator,
        remedy=new.remedy,
        remedy_days=new.remedy_days,
        position=position,
    )
