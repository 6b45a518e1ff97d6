# SPDX-License-Identifier: EUPL-1.2
"""Changes of the texts that answers begin with."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.writing import MESSAGE_LIMIT
from siac.cases.domain.variables import check_variables
from siac.cases.models import AnswerTemplate
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, save_version, unit_tree


@transaction.atomic
def save_template(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    template: AnswerTemplate | None = None,
    title: str,
    body: str,
    is_active: bool = True,
    owner_id: int | None = None,
    unit_id: int | None = None,
    based_on: int | None = None,
) -> AnswerTemplate:
    """Add a template of one person (`owner_id`), a unit (`unit_id`) or the whole body (neither), or change
    `template` as its next version.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), no title or text, it is too long, a variable
        does not exist
            (variable_unknown), or the unit does not.
    """
    text = body.strip()
    if not squeeze(title) or not text:
        raise Refused("text_missing")
    if len(text) > MESSAGE_LIMIT:
        raise Refused("text_too_long", length=len(text), limit=MESSAGE_LIMIT)
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    check_variables(text)
    row = template or AnswerTemplate(institution=institution)
    fields = {
        "title": squeeze(title)[:80], "body": text, "is_active": is_active, "owner_id": owner_id,
        "unit_id": unit_id,
    }  # fmt: skip
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {
            "template": saved.row.pk, "owner": owner_id, "unit": unit_id, "version": saved.row.version,
        }  # fmt: skip
        note_configuration(institution.pk, "cases.template_saved", actor=actor, now=now, data=data)
    return saved.row
