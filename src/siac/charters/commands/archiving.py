# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the file of an edition, and until when."""

from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.approving import held_charter
from siac.charters.domain.states import EditionState
from siac.charters.models import CharterEdition
from siac.charters.sealing import custody_digest
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, check_basis, unit_tree


@transaction.atomic
def save_archive(
    *,
    institution: Institution,
    edition_id: int,
    custodian_id: int,
    file_code: str,
    kept_until: date | None,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> CharterEdition:
    """Say which unit keeps the file of an approved edition, where, and until which local day (None: for good;
    6 SQL). `based_on` is the version of the charter that whoever says so saw.

    Raises:
        Refused: there is no such edition (edition_unknown), it is not approved (archive_draft), the unit is
            unknown (unit_unknown), the day is before the edition ends (archive_day), or somebody saved the
            charter meanwhile (saved_meanwhile).
    """
    row = CharterEdition.objects.filter(institution=institution, pk=edition_id).first()
    if row is None:
        raise Refused("edition_unknown")
    charter = held_charter(institution, row.charter_id)
    check_basis(based_on, charter.version)
    row.refresh_from_db()
    if row.state != EditionState.APPROVED:
        raise Refused("archive_draft")
    if custodian_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    if kept_until is not None and kept_until < (row.valid_to or institution.local_date(now)):
        raise Refused("archive_day")
    row.custodian_id, row.file_code, row.kept_until = custodian_id, squeeze(file_code)[:100], kept_until
    row.save(update_fields=["custodian", "file_code", "kept_until"])
    charter.version += 1
    charter.save(update_fields=["version"])
    data = {
        "charter": charter.pk, "edition": row.pk, "unit": custodian_id,
        "until": kept_until.isoformat() if kept_until else None, "digest": custody_digest(row),
    }  # fmt: skip
    record(institution.pk, charter.stream, "charters.edition_archived", now, actor.pk, data)
    return row
