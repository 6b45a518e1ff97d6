# SPDX-License-Identifier: EUPL-1.2
"""Accounts of people whose body comes from another installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from siac.accounts.models import User
from siac.kernel.errors import Refused

FORMER = "cuenta-{}@trasladada.invalid"
"""The address of an account that somebody had elsewhere and has no use for here: nobody signs in with it."""


@dataclass(frozen=True, slots=True)
class CarriedAccount:
    """Who somebody is of the house, and no more: neither password nor second step, nor a right beyond those
    that their body gives them."""

    id: int
    email: str
    name: str
    is_active: bool
    created_at: datetime
    is_barred: bool = False
    """Whoever runs the installation closed it: no directory of a body opens it again, here neither."""


def carried_accounts(ids: Sequence[int]) -> list[CarriedAccount]:
    """Return what goes along of accounts, by number (1 SQL)."""
    rows = User.objects.filter(pk__in=ids).order_by("pk")
    return [
        CarriedAccount(each.pk, each.email, each.name, each.is_active, each.created_at, each.is_barred)
        for each in rows
    ]


def take_in_accounts(carried: Sequence[CarriedAccount]) -> dict[int, int]:
    """Return the account here of each account there, by number: the one with the same address, else a new one
    of the same number, without password, whose owner sets one by the letter that resets it. 4 SQL.

    Whoever has an account here already gets a second one beside it, closed, of the number they had there: the
    journal and old texts name people by that number and go on saying who it was.

    Raises:
        Refused: a number is somebody else's here (account_number).
    """
    emails, ids = [each.email.lower() for each in carried], [each.id for each in carried]
    here = dict(User.objects.filter(email__in=emails).values_list("email", "pk"))
    known = dict(User.objects.filter(pk__in=ids).values_list("pk", "created_at"))
    found, new = {}, []
    for each in carried:
        if each.id in known:  # an account that was opened here, and comes back
            if known[each.id] != each.created_at:
                raise Refused("account_number", number=str(each.id))
            found[each.id] = here.get(each.email.lower(), each.id)
            continue
        there = here.get(each.email.lower())
        found[each.id] = there or each.id
        new.append(_account(each, is_former=there is not None))
    User.objects.bulk_create(new)
    # `created_at` is set by whoever creates a row; what it was there tells the account when it comes back.
    for row, moment in zip(new, [each.created_at for each in carried if each.id not in known], strict=True):
        row.created_at = moment
    User.objects.bulk_update(new, ["created_at"], batch_size=500)
    return found


def _account(each: CarriedAccount, *, is_former: bool) -> User:
    email = FORMER.format(each.id) if is_former else each.email.lower()
    row = User(
        id=each.id, email=email, name=each.name, is_active=each.is_active and not is_former,
        is_barred=is_former or each.is_barred,
    )  # fmt: skip
    row.set_unusable_password()
    return row
