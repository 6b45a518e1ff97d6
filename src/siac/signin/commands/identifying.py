# SPDX-License-Identifier: EUPL-1.2
"""A citizen identifies themselves in a browser, and leaves."""

import hashlib
import json
import secrets as random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from siac.infra import crypto
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.people.public import clean_document
from siac.signin.domain.citizens import document_in, names_in
from siac.signin.models import Audience, Identification, IdentityProvider
from siac.signin.operators import is_believed_of_citizens
from siac.signin.presets import preset_of

IDLE = timedelta(minutes=30)
"""After so long without a page nobody is identified any more."""
LONGEST = timedelta(hours=4)
TOUCHED = timedelta(minutes=1)
"""How exactly it is known when a page was last asked for."""
PURPOSE = "citizen identification"


def digest_of(secret: str) -> str:
    """Return what is stored of a browser's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bound(institution_id: int, digest: str) -> str:
    """Return what a sealed identity is bound to: it opens in its own row only."""
    return f"identification:{institution_id}:{digest}"


@transaction.atomic
def identify(
    *, provider: IdentityProvider, claims: Mapping[str, Any], keys: Sequence[Mapping[str, Any]], now: datetime
) -> str:
    """Keep who came back from the server of identity of a body, told by `claims`, which were proved before;
    return the secret for their browser, always a new one (at most 3 SQL).

    `keys` are those the server signs with by now.

    Raises:
        Refused: the server tells no document (identity_no_document), none that this country has or one that
            is not right (identity_odd_document), or no name (identity_no_name); or the body uses that server
            no more, or whoever runs the installation names it no more (entry_changed).
    """
    still = IdentityProvider.objects.filter(
        pk=provider.pk, issuer=provider.issuer, client_id=provider.client_id,
        audience=Audience.CITIZENS, is_active=True,
    )  # fmt: skip
    found = still.first()
    if found is None or not is_believed_of_citizens(found):
        raise Refused("entry_changed")
    institution = provider.institution
    kind, number = _document(found, claims, institution)
    given, family = names_in(claims)
    if not given:
        raise Refused("identity_no_name")
    if list(keys) != found.keys:  # the server changed them
        still.update(keys=list(keys))
    secret = random.token_urlsafe(32)
    digest = digest_of(secret)
    told = {"given": given, "family": family, "type": kind, "number": number}
    sealed = crypto.seal(
        crypto.vault_keys(), PURPOSE, json.dumps(told).encode(), bound(institution.pk, digest)
    )
    Identification.objects.create(
        institution=institution, provider=found, digest=digest, sealed=sealed, begun_at=now, used_at=now
    )
    return secret


def _document(
    provider: IdentityProvider, claims: Mapping[str, Any], institution: Institution
) -> tuple[str, str]:
    """Return sort and number of the document that the server tells, as it is kept."""
    country = institution.country
    if not claims.get(provider.document_claim):
        raise Refused("identity_no_document")
    number = document_in(claims, provider.document_claim, country.code)
    preset = preset_of(provider) or country.identity
    for kind in preset.documents if preset is not None else (country.documents[0].code,):
        try:
            cleaned = clean_document(kind, number)
        except Refused:
            continue
        if cleaned:
            return kind, cleaned
    raise Refused("identity_odd_document")


def end_identification(institution: Institution, secret: str) -> None:
    """Forget who identified themselves in a browser (1 SQL, none without a secret)."""
    if secret:
        Identification.objects.filter(institution=institution, digest=digest_of(secret)).delete()


def forget_old_identifications(*, now: datetime) -> int:
    """Delete what nobody uses any more; return how many (1 SQL)."""
    return Identification.objects.filter(used_at__lte=now - IDLE).delete()[0]
