# SPDX-License-Identifier: EUPL-1.2
"""Which servers of identity whoever runs the installation named: by their whole address (issuer).

A host is not enough: behind one there are realms of many, and who administers one of them says there who
anybody is.
"""

from siac.infra.environment import items
from siac.signin.models import Audience, IdentityProvider
from siac.signin.presets import is_national, preset_of


def servers_of_staff() -> frozenset[str]:
    """Return the issuers that whoever runs the installation named for staff, without a last slash. No SQL."""
    return frozenset(each.rstrip("/") for each in items("SIAC_STAFF_SERVERS"))


def servers_of_citizens() -> frozenset[str]:
    """Return those named for citizens, beside the ones of countries, without a last slash. No SQL."""
    return frozenset(each.rstrip("/") for each in items("SIAC_CITIZEN_SERVERS"))


def names_servers_of_staff() -> bool:
    """Return whether whoever runs the installation says which servers vouch for staff. No SQL."""
    return bool(servers_of_staff())


def is_believed_of_staff(issuer: str) -> bool:
    """Return whether a body may choose that server for its staff: any, until somebody names some. No SQL."""
    return not names_servers_of_staff() or issuer.rstrip("/") in servers_of_staff()


def is_believed_of_citizens(provider: IdentityProvider) -> bool:
    """Return whether what a server says of citizens is believed: that of the country, or one that whoever
    runs the installation named. An administrator who sees no request could otherwise be any citizen by a
    server of their own. No SQL.
    """
    if is_national(preset_of(provider), provider.issuer):
        return True
    return provider.issuer.rstrip("/") in servers_of_citizens()


def is_believed(provider: IdentityProvider) -> bool:
    """Return whether the server of a provider is believed, of those whom it is for. No SQL."""
    if provider.audience == Audience.CITIZENS:
        return is_believed_of_citizens(provider)
    return is_believed_of_staff(provider.issuer)
