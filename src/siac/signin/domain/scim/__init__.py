# SPDX-License-Identifier: EUPL-1.2
"""What a directory may say of people and groups (SCIM 2.0, RFC 7643 and 7644), read and written down.

What is not among the attributes here is left aside without a fault: directories send more than they are asked
for, and nothing else is to be kept of people.
"""

from siac.signin.domain.scim.filtering import read_filter
from siac.signin.domain.scim.naming import GROUP, LIMIT, MOST_EMAILS, MOST_MEMBERS, MOST_OPERATIONS, USER, Bad
from siac.signin.domain.scim.patching import patched
from siac.signin.domain.scim.people import account_address, full_name
from siac.signin.domain.scim.reading import (
    GROUP_ATTRIBUTES,
    REQUIRED,
    USER_ATTRIBUTES,
    Attributes,
    read_resource,
)
from siac.signin.domain.scim.schemas import schemas
from siac.signin.domain.scim.selecting import selected

__all__ = [
    "GROUP",
    "GROUP_ATTRIBUTES",
    "LIMIT",
    "MOST_EMAILS",
    "MOST_MEMBERS",
    "MOST_OPERATIONS",
    "REQUIRED",
    "USER",
    "USER_ATTRIBUTES",
    "Attributes",
    "Bad",
    "account_address",
    "full_name",
    "patched",
    "read_filter",
    "read_resource",
    "schemas",
    "selected",
]
