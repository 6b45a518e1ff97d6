# SPDX-License-Identifier: EUPL-1.2
"""What was typed in the field, held against the forms of the desk: the same are filled in there."""

import re
from collections.abc import Mapping

from django.http import QueryDict

from siac.cases.public import AttentionForm, StaffFilingForm, kinds
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

_PART_OF_DAY = re.compile(r"_(day|month|year)$")


def typed(fields: Mapping[str, str]) -> QueryDict:
    """Return the fields as a form takes them."""
    found = QueryDict(mutable=True)
    for name, value in fields.items():
        found[name] = value
    return found


def request_form(institution: Institution, fields: Mapping[str, str]) -> StaffFilingForm:
    """Return the valid form of a request; no SQL when warm.

    Raises:
        Refused: its kind is not offered any more (kind_gone), it answers what is not asked (form_changed), or
            today's form does not take it (invalid).
    """
    chosen = fields.get("kind", "")
    kind = next((each for pk, each in kinds(institution).items() if str(pk) == chosen), None)
    if kind is None or not kind.is_active:
        raise Refused("kind_gone")
    form = StaffFilingForm(institution, typed(fields), kind_id=chosen)
    if unasked(form, fields):
        raise Refused("form_changed")
    if not form.is_valid():
        raise Refused("form_changed" if any(name.startswith("q_") for name in form.errors) else "invalid")
    return form


def unasked(form: StaffFilingForm, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to questions that the form does not ask, by the name they were sent with."""
    return {
        name: value
        for name, value in fields.items()
        if name.startswith("q_") and name not in form.fields and _PART_OF_DAY.sub("", name) not in form.fields
    }


def attention_form(institution: Institution, fields: Mapping[str, str]) -> AttentionForm:
    """Return the valid form of an attention; no SQL when warm.

    Raises:
        Refused: today's form does not take it (invalid).
    """
    form = AttentionForm(institution, typed({k: v for k, v in fields.items() if not k.startswith("begun_")}))
    if not form.is_valid():
        raise Refused("invalid")
    return form
