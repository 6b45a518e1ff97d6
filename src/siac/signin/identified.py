# SPDX-License-Identifier: EUPL-1.2
"""Who identified themselves in the browser that asks for a page."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from siac.infra import crypto
from siac.organizations.public import Institution
from siac.people.public import format_document
from siac.signin.commands.identifying import (
    IDLE,
    LONGEST,
    PURPOSE,
    TOUCHED,
    bound,
    digest_of,
    end_identification,
)
from siac.signin.domain.oidc import Server, leaving_address
from siac.signin.models import Audience, Identification
from siac.signin.operators import is_believed_of_citizens
from siac.signin.queries import provider_in_use

COOKIE = "siac_persona"
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
Response = TypeVar("Response", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Identified:
    """A citizen whose name and document a server of identity told; no account, and no right."""

    server: str
    """The name of the server, as people know it."""
    given_names: str
    family_names: str
    document_type: str
    document_number: str
    """As it is kept (`people.clean_document`)."""
    at: datetime
    """When the server told it."""
    mark: str
    """Tells this identification from any other; opens nothing by itself."""

    @property
    def shown(self) -> str:
        """The document as people write it."""
        return format_document(self.document_type, self.document_number)

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_names} {self.family_names}".strip()


def secret_in(request: HttpRequest) -> str:
    """Return the secret that this browser has, or nothing where it has none of ours. No SQL."""
    secret = request.COOKIES.get(COOKIE, "")
    return secret if _SECRET.fullmatch(secret) else ""


def identified(request: HttpRequest, institution: Institution, *, now: datetime) -> Identified | None:
    """Return who identified themselves in this browser for a body, and was here within half an hour; nobody
    any more of whose server whoever runs the installation took back the name.

    No SQL for a browser without one; 1 otherwise, and 1 more once a minute.
    """
    secret = secret_in(request)
    if not secret:
        return None
    digest = digest_of(secret)
    rows = Identification.objects.filter(
        institution=institution, digest=digest, used_at__gt=now - IDLE, begun_at__gt=now - LONGEST,
        provider__is_active=True,
    )  # fmt: skip
    row = rows.select_related("provider").first()
    if row is None or not is_believed_of_citizens(row.provider):
        return None
    try:
        told = json.loads(
            crypto.unseal(crypto.vault_keys(), PURPOSE, bytes(row.sealed), bound(institution.pk, digest))
        )
    except crypto.Unreadable:  # its key is here no more
        return None
    if now - row.used_at > TOUCHED:
        Identification.objects.filter(pk=row.pk).update(used_at=now)
    return Identified(
        server=row.provider.label,
        given_names=told["given"],
        family_names=told["family"],
        document_type=told["type"],
        document_number=told["number"],
        at=row.begun_at,
        mark=digest[:24],
    )


def remember(response: Response, request: HttpRequest, institution: Institution, secret: str) -> Response:
    """Leave the secret with the browser, for the pages of this body and until it is closed."""
    response.set_cookie(
        COOKIE, secret, path=f"/{institution.slug}/", httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Where somebody who leaves can end their session at the server of identity, too: only their browser can
    ask for that.
    """

    server: str
    address: str


def goodbye(request: HttpRequest, institution: Institution, *, now: datetime) -> Goodbye | None:
    """Return where who is identified in this browser leaves the server, too; None where nobody is, or it does
    not say (no SQL for a browser without an identification; at most 3 otherwise).
    """
    if identified(request, institution, now=now) is None:
        return None
    provider = provider_in_use(institution.slug, Audience.CITIZENS)
    if provider is None or not provider.server:
        return None
    home = f"{settings.SITE_URL}{reverse('portal:home', args=[institution.slug])}"
    server = Server(**provider.server)
    address = leaving_address(server, provider.logout, client_id=provider.client_id, back=home)
    return Goodbye(provider.label, address) if address else None


def leave(request: HttpRequest, response: Response, institution: Institution) -> Response:
    """End the identification of this browser, here and in it (1 SQL, none where there is none)."""
    end_identification(institution, secret_in(request))
    response.delete_cookie(COOKIE, path=f"/{institution.slug}/", samesite="Lax")
    return response
