# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may know of others."""

from siac.accounts.public import Right, Role


class PeopleRight(Right):
    """Rights over the identities of people."""

    IDENTITY = (
        "identity.read",
        Role.FRONT_DESK,
        Role.UNIT_OFFICER,
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUDITOR,
    )
    """See who somebody is: document, mail, phone, address."""
