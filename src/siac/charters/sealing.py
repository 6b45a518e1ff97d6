# SPDX-License-Identifier: EUPL-1.2
"""What is sealed of an edition when it is approved, and whether it still says so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from siac.charters.domain.states import EditionState
from siac.charters.flowing import frozen
from siac.charters.models import CharterEdition, Claim, Commitment, GapOverride, PeriodResult
from siac.journal.public import recorded
from siac.kernel.approvals import digest_of

PUBLISHED = "charters.edition_published"
FORM = 2
"""How the digest is made; entries of before do not say it, and their digest is of other values."""
_SEALED = (
    "code", "text", "service_id", "sustained_by", "dimension", "form", "kind_id", "amount", "unit",
    "indicator_id", "target", "record", "moment", "responsible_id", "is_controllable", "dependence",
    "remedy_kind", "remedy", "no_remedy_reason", "remedy_days", "level", "position", "attribute",
    "cause_kind", "cause", "plan", "plan_until",
)  # fmt: skip


def sealed(edition: CharterEdition, promised: Sequence[Commitment]) -> str:
    """Return the digest of all that an edition says and promises. No SQL."""
    commitments = [{name: _exact(getattr(each, name)) for name in _SEALED} for each in promised]
    return digest_of(
        edition.number, edition.texts, edition.participation, edition.expectations, edition.service_ids,
        edition.valid_from, edition.revised_by, edition.approved_by, edition.approved_on, edition.frozen,
        commitments,
    )  # fmt: skip


def standing(edition: CharterEdition) -> str:
    """Return the digest of all that whoever reviews or approves an edition reads of it: what it says and
    promises, whose norm it follows, what flows into it from elsewhere, and what the authority promises all
    the same (2 SQL when warm).
    """
    charter = edition.charter
    overrides = edition.overrides.order_by("pk").values_list("commitment_id", "version", "reason")
    promised = list(edition.commitments.order_by("position", "pk"))
    return digest_of(charter.norm, frozen(edition), list(overrides), sealed(edition, promised))


def _exact(value: Any) -> Any:
    """Return a value as the database gives it back."""
    return f"{value:.1f}" if isinstance(value, Decimal) else value


def edition_problems(institution_id: int) -> Iterator[str]:
    """Yield each edition that does not say what it said when it was approved, and each that the journal knows
    and that is gone, as Spanish sentences (2 SQL, and 1 for each).
    """
    told = {
        entry.data["edition"]: entry.data["digest"]
        for entry in recorded(institution_id, [PUBLISHED])
        if entry.data.get("form") == FORM
    }
    rows = CharterEdition.objects.filter(institution_id=institution_id, state=EditionState.APPROVED)
    for row in rows.select_related("charter").order_by("pk"):
        digest = told.pop(row.pk, None)
        if digest is not None and digest != sealed(row, list(row.commitments.order_by("position", "pk"))):
            yield f"carta «{row.charter.title}», edición {row.number}: no dice lo que se aprobó"
    for pk in sorted(told):
        yield f"edición de carta {pk}: la bitácora la conoce y ya no está aprobada"
