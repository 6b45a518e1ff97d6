# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `signin`."""

from siac.signin.commands.domains import add_domain, remove_domain
from siac.signin.commands.providers import allow_passwords
from siac.signin.identified import Goodbye, Identified, goodbye, identified
from siac.signin.identified import leave as leave_identification
from siac.signin.queries import IdentityDoor, identity_door, mail_domains

__all__ = [
    "Goodbye",
    "Identified",
    "IdentityDoor",
    "add_domain",
    "allow_passwords",
    "goodbye",
    "identified",
    "identity_door",
    "leave_identification",
    "mail_domains",
    "remove_domain",
]
