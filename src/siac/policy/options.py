# SPDX-License-Identifier: EUPL-1.2
"""From what the choices in rows of the policy are chosen, and how they read."""

from collections.abc import Mapping
from datetime import date

from siac.accounts.public import Role
from siac.charters.public import GroupLabel, commitments_in_force
from siac.organizations.public import ROLE_NAMES, Institution
from siac.policy.domain.sections import PRINCIPLES, Section, names
from siac.policy.models import PolicySection
from siac.policy.queries import documents_of
from siac.policy.texts import InstrumentLabel, ObjectiveLabel, WayLabel

WORDS: dict[str, dict[str, str]] = {
    "roles": {role.value: ROLE_NAMES[role] for role in Role},
    "groups": {each.value: str(each.label) for each in GroupLabel},
    "ways": {each.value: str(each.label) for each in WayLabel},
    "instruments": {each.value: str(each.label) for each in InstrumentLabel},
    "objectives": {each.value: str(each.label) for each in ObjectiveLabel},
}
"""What fixed choices are called, by code."""


def options_of(
    institution: Institution, section: Section, sections: Mapping[str, PolicySection], today: date
) -> dict[str, dict[str, str]]:
    """Return what each choice of a section offers, as words by code (1 SQL where documents are offered, else
    none when warm).
    """
    found: dict[str, dict[str, str]] = {}
    for column in section.columns:
        if column.options == "principles":
            found["principles"] = names(sections[PRINCIPLES].rows)
        elif column.options == "charters":
            in_force = commitments_in_force(institution, today)
            found["charters"] = {each.edition.charter.code: each.edition.charter.title for each in in_force}
        elif column.options == "files":
            policy_id = sections[section.code].edition.policy_id
            found["files"] = {str(pk): name for pk, name in documents_of(institution, policy_id).items()}
        elif column.options:
            found[column.options] = WORDS[column.options]
    return found
