# SPDX-License-Identifier: EUPL-1.2
"""Who somebody is here whom the provider of a body named."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import Role, User, account_of
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Institution,
    accept_offers,
    grant_role,
    institution_of,
    is_of_this_body_alone,
    lock_institution,
)
from siac.signin.commands.providers import note_link
from siac.signin.commands.telling import tell_bound
from siac.signin.domain.oidc import Demands, address_in, name_in, refusal_of
from siac.signin.models import IdentityProvider, LinkedIdentity
from siac.signin.operators import is_believed_of_staff, names_servers_of_staff
from siac.signin.queries import is_own_address, works_anywhere


@transaction.atomic
def arrive(
    *, provider: IdentityProvider, claims: Mapping[str, Any], keys: Sequence[Mapping[str, Any]], now: datetime
) -> User:
    """Return the account of somebody whom the provider named by `claims`, which were proved before.

    Bound already: the account that the server's own name for them stands for. Else by their checked e-mail,
    once, where it is in a domain of the body (`MailDomain`; of other addresses its server proves nothing): an
    account that works in this body alone, or an invitation of it, or, where the body wants so, a new account
    with its first role. `keys` are those the server signs with by now. Where nobody who runs the installation
    says which servers vouch for staff, a person whose account stood is told by letter that it is bound.

    Raises:
        Refused: the body asks what does not hold (entry_no_email, entry_email_unverified, entry_domain,
            entry_claim), the address is in no domain of the body (entry_foreign), nobody here has it
            (entry_nobody), the account is closed (entry_closed), works in another body too or runs the
            installation (entry_elsewhere), or is bound to somebody else at that server (entry_taken); or the
            body uses that server no more (entry_changed), or whoever runs the installation names others
            (entry_not_named).
    """
    institution = institution_of(provider.institution_id)
    lock_institution(institution.pk)
    provider = _still(provider)
    if list(keys) != provider.keys:  # the server changed them
        IdentityProvider.objects.filter(pk=provider.pk).update(keys=list(keys))
    demands = Demands(provider.domain, provider.claim, provider.claim_value, provider.trusts_addresses)
    bound = LinkedIdentity.objects.filter(provider=provider, subject=claims["sub"]).first()
    if code := refusal_of(claims, demands, bound=bound is not None):
        raise Refused(code, domain=provider.domain)
    is_known = bound is not None or account_of(address_in(claims)) is not None
    user = bound.user if bound is not None else _by_address(provider, institution, claims, now)
    if not user.is_active:
        raise Refused("entry_closed")
    if not is_of_this_body_alone(institution, user):
        raise Refused("entry_elsewhere" if user.is_installer or works_anywhere(user) else "entry_nobody")
    if bound is None:
        _bind(institution, provider, user, claims["sub"], now)
        if is_known and not names_servers_of_staff():
            tell_bound(institution=institution, user=user, issuer=provider.issuer, now=now)
    else:
        LinkedIdentity.objects.filter(pk=bound.pk).update(used_at=now)
    return user


def _bind(
    institution: Institution, provider: IdentityProvider, user: User, subject: str, now: datetime
) -> None:
    if LinkedIdentity.objects.filter(provider=provider, user=user).exists():
        raise Refused("entry_taken")
    LinkedIdentity.objects.create(provider=provider, user=user, subject=subject, created_at=now, used_at=now)
    note_link(
        institution.pk, "signin.identity_linked", user.pk, actor_id=user.pk, now=now, issuer=provider.issuer
    )


def _still(provider: IdentityProvider) -> IdentityProvider:
    """Return the provider as it is by now, under the lock: while somebody was at its server the body may have
    chosen another.
    """
    found = IdentityProvider.objects.filter(
        pk=provider.pk,
        institution_id=provider.institution_id,
        institution__is_active=True,
        is_active=True,
        issuer=provider.issuer,
        client_id=provider.client_id,
    ).first()
    if found is None:
        raise Refused("entry_changed")
    if not is_believed_of_staff(found.issuer):
        raise Refused("entry_not_named")
    return found


def _by_address(
    provider: IdentityProvider, institution: Institution, claims: Mapping[str, Any], now: datetime
) -> User:
    email = address_in(claims)
    if not is_own_address(institution, email):
        raise Refused("entry_foreign")
    user = account_of(email)
    if user is not None and (not user.is_active or user.is_installer or works_anywhere(user)):
        return user  # who works here already, or may not come in this way
    invited = accept_offers(institution=institution, email=email, now=now)
    if invited is not None:
        return invited
    if not provider.provisions:
        raise Refused("entry_nobody")
    return grant_role(
        institution=institution,
        email=email,
        name=name_in(claims) or email.partition("@")[0],
        role=Role(provider.default_role),
        unit_id=provider.default_unit_id,
        actor=None,
        now=now,
    ).user
