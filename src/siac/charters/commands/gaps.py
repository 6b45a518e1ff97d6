# SPDX-License-Identifier: EUPL-1.2
"""What people expect of the services of a charter, and what is said where it is not reached yet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.drafting import held_draft, held_edition
from siac.charters.domain.gaps import Gap, Verdict
from siac.charters.domain.states import UNAPPROVED
from siac.charters.models import CharterEdition, Commitment, GapOverride
from siac.charters.sealing import override_digest
from siac.journal.public import record
from siac.kernel.approvals import OVERTAKEN
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something, squeeze
from siac.organizations.public import Institution, Saved, save_version
from siac.ui.rows import row_codes

WHOLE = Decimal(100)


@transaction.atomic
def save_expectations(
    *,
    institution: Institution,
    edition_id: int,
    rows: Sequence[Mapping[str, Any]],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Write what people value in the services of a draft: {code, dimension, name, weight, expected, n, basis,
    words}, numbers in parts of a hundred (9 SQL). A row keeps its code, by which promises answer to it.

    Raises:
        Refused: as `held_draft`, the weights do not sum to 100 (expectations_weight), or somebody saved it
            meanwhile (saved_meanwhile).
    """
    edition = held_draft(institution, edition_id)
    total = sum((Decimal(str(row["weight"])) for row in rows), Decimal(0))
    if rows and total != WHOLE:
        raise Refused("expectations_weight", total=f"{total.normalize():f}".replace(".", ","))
    named = [{**row, "label": squeeze(row["name"])} for row in rows]
    known = [{**row, "label": row["name"]} for row in edition.expectations]
    codes = row_codes(named, known, "a_")
    kept = [_row(row, code) for row, code in zip(named, codes, strict=True)]
    saved = save_version(edition, {"expectations": kept}, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        gone = edition.commitments.exclude(attribute="").exclude(attribute__in=codes)
        gone.update(attribute="")
        data = {"edition": edition.pk, "version": saved.row.version, "attributes": len(kept)}
        by = actor.pk if actor else None
        record(institution.pk, edition.charter.stream, "charters.edition_saved", now, by, data)
    return saved


def _row(row: Mapping[str, Any], code: str) -> dict[str, Any]:
    expected = row.get("expected")
    return {
        "code": code, "dimension": str(row["dimension"]), "name": row["label"],
        "weight": f"{Decimal(str(row['weight'])):.1f}",
        "expected": None if expected is None else f"{Decimal(str(expected)):.1f}",
        "n": row.get("n"), "basis": str(row["basis"]), "words": squeeze(row.get("words") or ""),
    }  # fmt: skip


@transaction.atomic
def explain_gap(
    *,
    institution: Institution,
    edition_id: int,
    commitment_id: int,
    cause_kind: str,
    cause: str,
    plan: str,
    plan_until: date | None,
    actor: User,
    now: datetime,
    based_on: int | None,
) -> Commitment:
    """Say why what is done falls short of a promise and how that is mended (8 SQL).

    Raises:
        Refused: as `held_draft`, there is no such promise (commitment_unknown), something is missing
            (gap_cause), or somebody saved it meanwhile (saved_meanwhile).
    """
    edition = held_draft(institution, edition_id)
    row = edition.commitments.filter(pk=commitment_id).first()
    if row is None:
        raise Refused("commitment_unknown")
    said, mended = legible(cause).strip()[:1000], legible(plan).strip()[:1000]
    if not cause_kind or not says_something(said) or not says_something(mended) or plan_until is None:
        raise Refused("gap_cause")
    fields = {"cause_kind": cause_kind, "cause": said, "plan": mended, "plan_until": plan_until}
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": edition.pk, "commitment": row.pk, "version": saved.row.version}
        record(institution.pk, edition.charter.stream, "charters.gap_explained", now, actor.pk, data)
    return saved.row


@transaction.atomic
def override_gap(
    *,
    institution: Institution,
    edition_id: int,
    commitment_id: int,
    gap: Gap,
    level: str,
    reason: str,
    actor: User,
    now: datetime,
    seen: int | None = None,
) -> GapOverride:
    """Promise what is not reached yet, by the authority: it stays in the record and on the charter (7 SQL).
    `gap` is how it stands, `level` how it is kept, in words; `seen` the version of the promise that was read
    (None does not ask).

    Raises:
        Refused: there is no such edition or promise, the edition is over (edition_over), nothing keeps it
            from being promised, or that was said already (gap_none), it was written anew since it was read
            (approval_overtaken), or the reason says nothing (reason_missing).
    """
    edition = held_edition(institution, edition_id)
    if edition.state not in UNAPPROVED:
        raise Refused("edition_over")
    row = edition.commitments.filter(pk=commitment_id).first()
    if row is None:
        raise Refused("commitment_unknown")
    made_before = GapOverride.objects.filter(commitment=row, version=row.version).exists()
    if gap.verdict is not Verdict.BLOCKED or made_before:
        raise Refused("gap_none")
    if seen is not None and seen != row.version:
        raise Refused(OVERTAKEN)
    said = legible(reason).strip()[:500]
    if not says_something(said):
        raise Refused("reason_missing")
    made = GapOverride.objects.create(
        institution=institution, edition=edition, commitment=row, version=row.version, reason=said,
        level=level[:60], said_by=actor, said_at=now,
    )  # fmt: skip
    data = {
        "edition": edition.pk, "commitment": row.pk, "override": made.pk, "digest": override_digest(made),
    }  # fmt: skip
    record(institution.pk, edition.charter.stream, "charters.gap_overridden", now, actor.pk, data)
    return made
