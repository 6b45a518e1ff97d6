# SPDX-License-Identifier: EUPL-1.2
"""The first body of an installation and whoever administers a body, by hand of whoever runs the
installation.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from siac.accounts.public import Role, User, account_of, open_account
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import create_institution, grant_role
from siac.organizations.models import Institution
from siac.organizations.queries import installation_is_new

_OPENING_LOCK = 0x51AC0BE


@transaction.atomic
def appoint_administrator(
    *, institution: Institution, email: str, name: str, password: str, now: datetime
) -> User:
    """Let a person administer a body; who has no account with a password yet gets one with `password`.

    Raises:
        Refused: a password is needed (password_missing) or weak
            (password_weak), or the role is held (role_held).
    """
    user = account_of(email)
    if user is None or not user.has_usable_password():
        if not password:
            raise Refused("password_missing", email=email)
        user = open_account(email=email, name=name, password=password)
    grant_role(
        institution=institution,
        email=user.email,
        name=user.name,
        role=Role.ADMINISTRATOR,
        unit_id=None,
        actor=None,
        now=now,
    )
    return user


@transaction.atomic
def open_installation(
    *, body: dict[str, Any], email: str, name: str, password: str, now: datetime
) -> tuple[Institution, User]:
    """Open the first body and its administrator's account; `body` has the fields of `create_institution`.

    Of two at the same moment one waits for the other, and is refused.

    Raises:
        Refused: there is a body or an account already (installation_open), else as `create_institution` and
            `appoint_administrator`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OPENING_LOCK])
    if not installation_is_new():
        raise Refused("installation_open")
    institution = create_institution(actor=None, now=now, **body)
    user = appoint_administrator(institution=institution, email=email, name=name, password=password, now=now)
    return institution, user
