# SPDX-License-Identifier: EUPL-1.2
"""The national servers of identity that a provider may have begun as."""

from urllib.parse import urlsplit

from siac.countries.public import COUNTRIES, IdentityServer
from siac.signin.domain.oidc import Server, described
from siac.signin.models import IdentityProvider


def preset_of(provider: IdentityProvider) -> IdentityServer | None:
    """Return the national server that a provider began as; None where it is one of its own. No SQL."""
    return preset_coded(provider.preset)


def preset_coded(code: str) -> IdentityServer | None:
    """Return the national server with a code; None where no country has it."""
    known = (country.identity for country in COUNTRIES.values())
    return next((each for each in known if each is not None and each.code == code), None)


def is_national(preset: IdentityServer | None, issuer: str) -> bool:
    """Return whether an issuer is the national server itself (or another one of its house), and no gateway of
    the body's own: only then what is peculiar to it holds. No SQL.
    """
    if preset is None or not preset.issuer:
        return False
    house = (urlsplit(preset.issuer).hostname or "").partition(".")[2]
    return bool(house) and (urlsplit(issuer).hostname or "").endswith(f".{house}")


def told_by_preset(preset: IdentityServer | None, issuer: str) -> Server | None:
    """Return where a server answers that does not say so itself; None where it does, or is to be asked."""
    if preset is None or not preset.paths or not is_national(preset, issuer):
        return None
    return described(issuer, preset.paths)
