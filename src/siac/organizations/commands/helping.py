# SPDX-License-Identifier: EUPL-1.2
"""Helping people of the body back into their account, never those of another."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User, drop_second_step, post_letter, user_of
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.letters import second_step_letter
from siac.organizations.models import Institution, Invitation, Membership


def is_of_this_body_alone(institution: Institution, user: User) -> bool:
    """Return whether an account works in this body and in no other, so that its
    administrator may help with it (1 SQL).

    The body that it practises on is no other one, and nobody is helped from there.
    """
    held = Membership.objects.filter(user=user).exclude(institution__practice_of=institution.pk)
    bodies = set(held.values_list("institution_id", flat=True))
    return bodies == {institution.pk} and not institution.is_practice and not user.is_installer


def stands_elsewhere(institution: Institution, user: User, *, now: datetime) -> bool:
    """Return whether an account is not for this body alone to rule over: it works in another one, is invited
    there, or is of whoever runs the installation (2 SQL at most).

    The body that it practises on is no other one.
    """
    if user.is_installer:
        return True
    held = Membership.objects.filter(user=user).exclude(institution__practice_of=institution.pk)
    if held.exclude(institution=institution).exists():
        return True
    offered = Invitation.objects.filter(email=user.email, accepted_at=None, expires_at__gt=now)
    return offered.exclude(institution=institution).exists()


@transaction.atomic
def reset_second_step(*, institution: Institution, user_id: int, actor: User, now: datetime) -> None:
    """Take away the second step of somebody who lost it: signed out everywhere,
    journaled, and told by letter.

    Raises:
        Refused: the account works in another body too, or is of whoever runs the
            installation (account_of_others); it is the administrator's own (not_oneself); or
            there is no second step (second_step_missing).
    """
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    user = user_of(user_id)
    if not is_of_this_body_alone(institution, user):
        raise Refused("account_of_others")
    if user.pk == actor.pk:
        raise Refused("not_oneself")
    if not drop_second_step(user_id=user.pk):
        raise Refused("second_step_missing")
    record(
        institution_id=institution.pk,
        stream=f"institution:{institution.pk}",
        kind="organizations.second_step_reset",
        at=now,
        actor_id=actor.pk,
        data={"user": user.pk},
    )
    post_letter(user.email, *second_step_letter(institution, actor))
