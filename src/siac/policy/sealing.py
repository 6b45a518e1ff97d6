# SPDX-License-Identifier: EUPL-1.2
"""What an approved edition of the policy says, sealed by its digest, and whether it still says so."""

from collections.abc import Iterator, Mapping
from typing import Any

from siac.journal.public import recorded
from siac.kernel.approvals import digest_of
from siac.policy.domain.states import EditionState
from siac.policy.models import PolicyEdition, PolicySection
from siac.policy.queries import sections_of

APPROVED = "policy.edition_approved"


def content_digest(edition: PolicyEdition, sections: Mapping[str, PolicySection]) -> str:
    """Return the digest of all that an edition says, as councils and the authority look at it. No SQL."""
    told = [[code, row.text, row.rows] for code, row in sections.items()]
    return digest_of(edition.title, edition.author, edition.validator, edition.source, told)


def sealed(edition: PolicyEdition, sections: Mapping[str, PolicySection]) -> str:
    """Return the digest of an approved edition: what it says, from when, by which act, and who approved. No
    SQL.
    """
    days: list[Any] = [str(edition.valid_from), str(edition.review_by), edition.act]
    return digest_of(content_digest(edition, sections), days, edition.approvals)


def policy_problems(institution_id: int) -> Iterator[str]:
    """Yield each approved edition that does not say what the journal wrote down, and each that the journal
    knows and that is gone, as Spanish sentences (2 SQL, and 1 for each edition).
    """
    told = {entry.data["edition"]: entry.data["digest"] for entry in recorded(institution_id, (APPROVED,))}
    rows = PolicyEdition.objects.filter(institution=institution_id, state=EditionState.APPROVED)
    for row in rows.order_by("pk"):
        if told.pop(row.pk, None) != sealed(row, sections_of(row)):
            yield f"política, edición {row.number}: no dice lo que se aprobó"
    for pk in sorted(told):
        yield f"edición de la política {pk}: la bitácora la conoce y ya no está aprobada"
