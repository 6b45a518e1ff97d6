# SPDX-License-Identifier: EUPL-1.2
"""Putting an edition in force: from that day on its promises bind, and nothing of it changes any more."""

from datetime import date, datetime, timedelta

from django.db.models import Max

from siac.accounts.public import User
from siac.charters.domain.commitments import Form, Subject
from siac.charters.domain.parts import REVISED_WITHIN, Norm
from siac.charters.domain.risk import months_after
from siac.charters.domain.states import EditionState
from siac.charters.flowing import frozen
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.charters.queries import editions_beyond
from siac.charters.sealing import FORM, PUBLISHED, sealed
from siac.clocks.public import Unit, amount_text
from siac.indicators.public import free_code, save_indicator
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration


def held_charter(institution: Institution, charter_id: int) -> Charter:
    """Return a charter, locked: its editions are begun, written and approved one after another (1 SQL).

    Raises:
        Refused: there is no such charter (charter_unknown).
    """
    rows = Charter.objects.select_for_update(no_key=True).filter(institution=institution, pk=charter_id)
    found = rows.first()
    if found is None:
        raise Refused("charter_unknown")
    return found


def next_number(charter: Charter) -> int:
    """Return the number of a charter's next edition (1 SQL); call it with the charter locked."""
    last: int | None = charter.editions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def put_in_force(
    edition: CharterEdition, *, act: str, approved_on: date | None, actor: User | None, now: datetime
) -> None:
    """Approve an edition as it stands, from its day on; the one before ends the day before, also where it was
    to end later. Call it inside the transaction of the change, with the charter locked.

    Each guarantee in business days gets the indicator that tells how it is kept. What people filed earlier
    keeps the promises of the edition that was in force then.

    Raises:
        Refused: it does not begin after the edition in force did (edition_out_of_order).
    """
    institution, charter = edition.institution, edition.charter
    for current in editions_beyond(edition, edition.since).order_by("valid_from"):
        if edition.since <= current.since:
            raise Refused("edition_out_of_order")
        current.valid_to = edition.since - timedelta(days=1)
        current.save(update_fields=["valid_to"])
    promised = list(edition.commitments.order_by("position", "pk"))
    for commitment in promised:
        _measure(institution, edition, commitment, actor=actor, now=now)
    edition.state = EditionState.APPROVED
    edition.frozen = frozen(edition)
    edition.revised_by = edition.revised_by or months_after(edition.since, REVISED_WITHIN[Norm(charter.norm)])
    edition.approved_by, edition.approved_on = act, approved_on
    edition.saved_by, edition.saved_at = actor, now
    edition.save()
    data = {
        "charter": charter.pk,
        "edition": edition.pk,
        "commitments": len(promised),
        "form": FORM,
        "digest": sealed(edition, promised),
    }
    note_configuration(institution.pk, PUBLISHED, actor=actor, now=now, data=data)


def _measure(
    institution: Institution,
    edition: CharterEdition,
    commitment: Commitment,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    """Give a guarantee in business days, on all requests of a kind, the indicator by which it is followed;
    all others are counted by their clocks: what a request is about may change after it was promised.
    """
    term = commitment.term
    if commitment.form != Form.GUARANTEE or term is None or term.unit is not Unit.BUSINESS_DAYS:
        return
    if commitment.subject != Subject.CASE or commitment.topic_id is not None:
        return
    commitment.indicator = save_indicator(
        institution=institution,
        actor=actor,
        now=now,
        code=free_code(institution, f"{commitment.code}-e{edition.number}"),
        name=commitment.text[:150],
        definition=f"Respuestas en {amount_text(term)} o menos ÷ respuestas del período × 100.",
        metric_key="cases.answer_days",
        filters={"kind": [str(commitment.kind_id)]},
        within=term.number,
        target=commitment.target,
        responsible_id=commitment.responsible_id,
    )
    commitment.save(update_fields=["indicator"])
