# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with signatures."""

from siac.accounts.public import Right, Role


class SignRight(Right):
    """Rights over signatures. What may be signed at all, whoever keeps it says (`domain.signables`)."""

    SIGN = "signing.sign", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.AUTHORITY
    """Sign documents of the body with its certificate, or take them out and bring them back signed."""
    READ = (
        "signing.read",
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    )
    """See which documents were signed, which wait and what went wrong; not what they say."""
