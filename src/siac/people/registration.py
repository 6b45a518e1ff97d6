# SPDX-License-Identifier: EUPL-1.2
"""What people add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.infra.metrics import FACTS
from siac.journal.public import declare_events, register_verification
from siac.notices.public import register_recipient
from siac.people.domain.rights import PeopleRight
from siac.people.queries import address
from siac.people.texts import CHANGED, CHARACTERISED, ERASED, RECORDED, REFUSALS
from siac.people.travelling import register_travelling
from siac.people.verification import identity_problems
from siac.ui.public import register_refusals


def register() -> None:
    """Let the outbox write to people, and word what is refused."""
    register_rights(PeopleRight)
    register_recipient("person", address)
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    declare_events(CHANGED, CHARACTERISED, ERASED, untrue=(FACTS,))
    register_verification("identities", identity_problems)
    register_travelling()
