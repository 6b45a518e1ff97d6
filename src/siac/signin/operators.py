# SPDX-License-Identifier: EUPL-1.2
"""Which servers of identity whoever runs the installation named: by their whole address (issuer).

A host is not enough: behind one there are realms of many, and who administers one of them says there who
anybody is.
"""

from siac.infra.environment import items

STAFF = "SIAC_STAFF_SERVERS"


def is_listed(issuer: str, variable: str) -> bool:
    """Return whether an issuer is one of those in a variable. No SQL."""
    return issuer.rstrip("/") in {each.rstrip("/") for each in items(variable)}


def names_servers_of_staff() -> bool:
    """Return whether whoever runs the installation says which servers vouch for staff. No SQL."""
    return bool(items(STAFF))


def is_believed_of_staff(issuer: str) -> bool:
    """Return whether a body may choose that server for its staff: any, until somebody names some. No SQL."""
    return not names_servers_of_staff() or is_listed(issuer, STAFF)
