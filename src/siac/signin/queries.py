# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about how people come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from siac.accounts.public import SignIn, User, Way, sign_ins
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Institution, bodies_of, memberships
from siac.signin.domain.mail import domain_of
from siac.signin.models import (
    Audience,
    DirectoryGroup,
    DirectoryUser,
    IdentityProvider,
    LinkedIdentity,
    MailDomain,
)
from siac.signin.operators import is_believed_of_citizens, servers_of_staff

FRESH = timedelta(days=1)
"""How long it is believed where a server answers; its keys are looked for again whenever one is unknown."""
SHOWN = 5


def provider_of(institution: Institution, audience: Audience = Audience.STAFF) -> IdentityProvider | None:
    """Return the provider of a body for its staff, or for citizens, in use or not (1 SQL)."""
    return IdentityProvider.objects.filter(institution=institution, audience=audience).first()


def provider_in_use(slug: str, audience: Audience = Audience.STAFF) -> IdentityProvider | None:
    """Return the provider in use of the open body with an address, with the body (1 SQL)."""
    rows = IdentityProvider.objects.select_related("institution").filter(audience=audience)
    return rows.filter(institution__slug=slug, institution__is_active=True, is_active=True).first()


@dataclass(frozen=True, slots=True)
class IdentityDoor:
    """By which server citizens may identify themselves before a body."""

    name: str


def _load_door(institution_id: int) -> list[IdentityProvider]:
    rows = IdentityProvider.objects.filter(
        institution=institution_id, audience=Audience.CITIZENS, is_active=True
    )
    return list(rows.only("label", "preset", "issuer"))


_DOORS: ConfigCache[list[IdentityProvider]] = ConfigCache(_load_door)


def identity_door(institution: Institution) -> IdentityDoor | None:
    """Return by which server citizens may identify themselves before a body; None where it has none, or one
    that is believed no more.

    No SQL when warm.
    """
    believed = filter(is_believed_of_citizens, _DOORS.get(institution))
    return next((IdentityDoor(row.label) for row in believed), None)


def is_stale(provider: IdentityProvider, now: datetime) -> bool:
    """Return whether it should be asked again where a server answers (no SQL)."""
    return provider.read_at is None or now - provider.read_at > FRESH


def is_away(provider: IdentityProvider, now: datetime) -> bool:
    """Return whether a server was silent just now, so that nobody waits for it (no SQL)."""
    return provider.away_until is not None and provider.away_until > now


def believed_of_staff() -> QuerySet[IdentityProvider]:
    """Return the providers in use for staff whose servers are believed: where whoever runs the installation
    names some, no others open a door or keep one shut. Lazy: no SQL until it is read.
    """
    rows = IdentityProvider.objects.filter(audience=Audience.STAFF, is_active=True)
    if named := servers_of_staff():
        bare = Func(F("issuer"), Value("/"), function="rtrim")
        rows = rows.alias(bare=bare).filter(bare__in=named)
    return rows


@dataclass(frozen=True, slots=True)
class Door:
    """A body whose people may come in by its provider."""

    slug: str
    body: str
    label: str


def doors(slug: str | None) -> list[Door]:
    """Return the doors that a page for signing in offers (1 SQL): that of the body `slug`, or of the one that
    it practises for, or without one those of all bodies, where they are few enough to be told apart.
    """
    rows = believed_of_staff().filter(institution__is_active=True)
    if slug is not None:
        practised = Q(institution__practice_bodies__slug=slug, institution__practice_bodies__is_active=True)
        rows = rows.filter(Q(institution__slug=slug) | practised).distinct()
    rows = rows.order_by("institution__name")[: SHOWN + 1]
    found = [
        Door(slug, body, label)
        for slug, body, label in rows.values_list("institution__slug", "institution__short_name", "label")
    ]
    return found if len(found) <= SHOWN else []


def only_door_of(user: User) -> IdentityProvider | None:
    """Return the provider that is the only way in for a user: of the one body where they work (2 SQL at
    most). One whose server is not believed is none: else nobody of the body would get in.
    """
    if user.is_installer:
        return None
    rows = believed_of_staff().filter(is_only_way=True)
    held = rows.select_related("institution").filter(institution__memberships__user=user).first()
    if held is None:
        return None
    others = [body for body in bodies_of(user) if not body.is_practice and body.pk != held.institution_id]
    return None if others else held


def works_anywhere(user: User) -> bool:
    """Return whether a user holds a role in any open body (1 SQL)."""
    return bool(bodies_of(user))


def mail_domains(institution: Institution) -> list[str]:
    """Return the domains whose addresses are of a body, in order (1 SQL)."""
    return list(MailDomain.objects.filter(institution=institution).values_list("domain", flat=True))


def is_own_address(institution: Institution, email: str) -> bool:
    """Return whether an address is in a domain of a body (1 SQL)."""
    return MailDomain.objects.filter(institution=institution, domain=domain_of(email)).exists()


def works_in(institution: Institution, user: User) -> bool:
    """Return whether a user holds a role in a body (1 SQL)."""
    return memberships(institution).filter(user=user).exists()


def identities(institution: Institution) -> list[LinkedIdentity]:
    """Return who of a body is bound to an identity at its provider, by name (1 SQL)."""
    rows = LinkedIdentity.objects.filter(provider__institution=institution)
    return list(rows.select_related("user").order_by("user__name", "pk"))


def trail(institution: Institution, *, text: str = "", outcome: str = "") -> QuerySet[SignIn]:
    """Return the sign-ins of who works in a body, since they do: of people with `text` in name or address,
    and of one outcome, "si" or "no". Lazy: no SQL until it is read.

    `is_told_from_where`: not of those that the provider of another body vouched for or refused.
    """
    held = memberships(institution).order_by()
    if text:
        held = held.filter(user__name__icontains=text) | held.filter(user__email__icontains=text)
    here = held.filter(user=OuterRef("user")).filter(Q(since=None) | Q(since__lte=OuterRef("at")))
    own = IdentityProvider.objects.filter(institution=institution, pk=OuterRef("provider_id"))
    rows = sign_ins().filter(Exists(here), user__in=held.values("user"))
    rows = rows.annotate(is_told_from_where=(Q(provider_id=None) & ~Q(way=Way.PROVIDER)) | Q(Exists(own)))
    return rows.filter(succeeded=outcome == "si") if outcome else rows


def groups_of(institution: Institution) -> list[DirectoryGroup]:
    """Return the groups that the directory of a body told of, by name, with unit and members (2 SQL)."""
    rows = DirectoryGroup.objects.filter(institution=institution)
    return list(rows.select_related("unit").prefetch_related("members"))


def directory_users(institution: Institution) -> QuerySet[DirectoryUser]:
    """Return who the directory of a body told of, in the order it did. Lazy: no SQL until it is read."""
    rows = DirectoryUser.objects.filter(institution=institution, is_removed=False)
    return rows.select_related("user").order_by("pk")
