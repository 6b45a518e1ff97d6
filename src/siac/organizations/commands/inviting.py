# SPDX-License-Identifier: EUPL-1.2
"""Inviting people into a body: whoever administers it offers a role, its owner accepts it from the letter."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from siac.accounts.public import (
    Role,
    User,
    account_of,
    account_without_password,
    open_account,
    post_letter,
)
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.commands.setup import check_until, grant_role, note_configuration
from siac.organizations.letters import invitation_letter
from siac.organizations.models import Institution, Invitation, Membership, Unit

OPEN_FOR = timedelta(days=14)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def invite(
    *,
    institution: Institution,
    email: str,
    name: str,
    role: Role,
    unit_id: int | None,
    actor: User | None,
    now: datetime,
    until: date | None = None,
) -> Invitation | None:
    """Offer a role in the body by letter; whoever works in the body already just gets it (None),
    and an open offer of the same is taken back: its letter would give the role again after it was taken away.

    Nobody is invited to a practice body: whoever works in its source just gets the role there, too.

    Inviting again to the same sends a new letter, and the address in the former opens nothing any more. It
    stays open for fourteen days. Nothing of an account that stands changes.

    `until`: the last day of the role, in the body's time zone.

    Raises:
        Refused: they work neither in the practice body nor in its source
            (practice_without_letters), or as `grant_role`.
    """
    check_until(institution, role, until, now=now)
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    address = email.strip().lower()
    user = account_of(address)
    bodies = (institution.pk, institution.practice_of_id or institution.pk)
    if user is not None and Membership.objects.filter(institution__in=bodies, user=user).exists():
        grant_role(
            institution=institution,
            email=address,
            name=user.name,
            role=role,
            unit_id=unit_id,
            actor=actor,
            now=now,
            until=until,
        )
        offered = Invitation.objects.filter(
            institution=institution, email=address, role=role.value, unit=unit_id, accepted_at=None
        )
        for invitation_id in offered.values_list("pk", flat=True):
            withdraw_invitation(institution=institution, invitation_id=invitation_id, actor=actor, now=now)
        return None
    if institution.is_practice:
        raise Refused("practice_without_letters")
    secret = secrets.token_urlsafe(32)
    unit = Unit.objects.get(institution=institution, pk=unit_id) if unit_id else None
    row, _ = Invitation.objects.update_or_create(
        institution=institution, email=address, role=role.value, unit=unit, accepted_at=None,
        defaults={
            "name": squeeze(name), "digest": _digest(secret), "invited_by": actor, "created_at": now,
            "expires_at": now + OPEN_FOR, "until": until,
        },
    )  # fmt: skip
    data = {"invitation": row.pk, "role": role.value, "unit": unit_id}
    note_configuration(institution.pk, "organizations.invited", actor=actor, now=now, data=data)
    link = f"{settings.SITE_URL}{reverse('invitations:accept', args=[secret])}"
    post_letter(address, *invitation_letter(row, link))
    return row


def open_invitation(secret: str, *, now: datetime) -> Invitation | None:
    """Return what the secret of a letter still offers, with its body, unit and
    who invites; None when it ended (1 SQL).
    """
    rows = Invitation.objects.select_related("institution", "unit", "invited_by")
    return rows.filter(
        digest=_digest(secret), accepted_at=None, expires_at__gt=now, institution__is_active=True
    ).first()


def _offered(invitation_id: int, *, now: datetime) -> QuerySet[Invitation]:
    """Return what is still offered under a number, with its body locked: before the offer
    and before accounts, as whoever invites, takes an offer back or closes an account does.
    """
    offered = Invitation.objects.filter(pk=invitation_id, accepted_at=None, expires_at__gt=now)
    Institution.objects.select_for_update(no_key=True).filter(pk__in=offered.values("institution")).first()
    return offered


@transaction.atomic
def accept_invitation(*, invitation_id: int, user: User, now: datetime) -> Membership:
    """Take the role that was offered to the address of `user`.

    Raises:
        Refused: it was accepted, withdrawn or has ended (invitation_ended), or it was offered to
            another address (invitation_of_another).
    """
    offered = _offered(invitation_id, now=now)
    row = offered.select_related("institution").select_for_update(of=("self",)).first()
    if row is None:
        raise Refused("invitation_ended")
    if user.email != row.email:
        raise Refused("invitation_of_another", email=row.email)
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    return grant_role(
        institution=row.institution,
        email=user.email,
        name=user.name,
        role=Role(row.role),
        unit_id=row.unit_id,
        actor=user,
        now=now,
        until=row.until,
    )


@transaction.atomic
def accept_with_new_account(
    *, invitation_id: int, email: str, name: str, password: str, now: datetime
) -> User:
    """Open the account of whoever got the letter and take the role; the letter
    proves that the address is theirs.

    Raises:
        Refused: as `open_account` and `accept_invitation`.
    """
    _offered(invitation_id, now=now)
    user = open_account(email=email, name=name, password=password)
    accept_invitation(invitation_id=invitation_id, user=user, now=now)
    return user


@transaction.atomic
def accept_offers(*, institution: Institution, email: str, now: datetime) -> User | None:
    """Take every role that the body still offers to an address, for somebody who proved that it is theirs;
    return their account, opened without a password if they had none, or None where nothing is offered.

    One that cannot be taken any more (its last day has passed, say) keeps nobody from the others.

    Raises:
        Refused: as `accept_invitation`, where none can be taken.
    """
    address = email.strip().lower()
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    offered = Invitation.objects.filter(
        institution=institution, email=address, accepted_at=None, expires_at__gt=now
    )
    rows = list(offered.order_by("pk"))
    if not rows:
        return None
    user = account_of(address) or account_without_password(email=address, name=rows[0].name)
    refusals = []
    for row in rows:
        try:
            with transaction.atomic():
                accept_invitation(invitation_id=row.pk, user=user, now=now)
        except Refused as refused:
            refusals.append(refused)
    if len(refusals) == len(rows):
        raise refusals[0]
    return user


@transaction.atomic
def withdraw_invitation(
    *, institution: Institution, invitation_id: int, actor: User | None, now: datetime
) -> bool:
    """Take an offer back; False if the body has no such open invitation."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    found, _ = Invitation.objects.filter(institution=institution, pk=invitation_id, accepted_at=None).delete()
    if found:
        note_configuration(
            institution.pk, "organizations.invitation_withdrawn", actor=actor, now=now,
            data={"invitation": invitation_id},
        )  # fmt: skip
    return bool(found)


@transaction.atomic
def withdraw_offer(
    *,
    institution: Institution,
    email: str,
    role: Role,
    unit_id: int | None,
    actor: User | None,
    now: datetime,
) -> bool:
    """Take back the offer of a role to an address; False where nothing of the kind is offered."""
    offered = Invitation.objects.filter(
        institution=institution, email=email.strip().lower(), role=role.value, unit=unit_id, accepted_at=None
    )
    found = offered.values_list("pk", flat=True).first()
    return found is not None and withdraw_invitation(
        institution=institution, invitation_id=found, actor=actor, now=now
    )


def open_invitations(institution: Institution) -> list[Invitation]:
    """Return what the body offered and nobody accepted yet, ended ones too, by name (1 SQL)."""
    rows = Invitation.objects.filter(institution=institution, accepted_at=None)
    return list(rows.select_related("unit").order_by("name", "pk"))
