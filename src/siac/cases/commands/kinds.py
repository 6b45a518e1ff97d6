# SPDX-License-Identifier: EUPL-1.2
"""Changes of the kinds of request a body receives."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.cases.domain.ladder import parse_ladder
from siac.cases.domain.questions import parse_questions
from siac.cases.models import CaseKind
from siac.clocks.public import rule_book
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, note_configuration


@transaction.atomic
def save_kind(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    kind: CaseKind | None = None,
    **fields: Any,
) -> CaseKind:
    """Add a kind of request, or change `kind`; cases already filed keep the clocks they started with.

    Raises:
        Refused: a question or the ladder is badly defined, the rule does not exist today, the code is another kind's, or a
            number of days cannot be.
    """
    row = kind or CaseKind(institution=institution)
    for name, value in fields.items():
        setattr(row, name, value)
    parse_questions(row.questions)
    parse_ladder(row.ladder)
    rule_book().in_force(row.rule_id, institution.local_date(now))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        taken = "cases_kind_code" in str(error)
        raise (Refused("kind_code_taken", code=row.code) if taken else Refused("kind_days")) from error
    note_configuration(
        institution.pk, "cases.kind_saved", actor=actor, now=now, data={"kind": row.pk, "code": row.code}
    )
    return row
