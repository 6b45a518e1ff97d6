# SPDX-License-Identifier: EUPL-1.2
"""The code that proves that whoever opens the first body can read what the server prints.

It is stored nowhere: it follows from the installation's key and from when its database was
made, so every process prints the same, another database has another, and it opens nothing any
more once there is a body or an account.
"""

import base64
import hmac

from django.conf import settings
from django.db import connection
from django.urls import reverse

from siac.infra.crypto import mac, vault_keys
from siac.kernel.text import fold
from siac.organizations.queries import installation_is_new

_LENGTH = 12


def first_run_code() -> str:
    """Return the code as it is printed: three groups of four letters and numbers (1 SQL)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied)::text FROM django_migrations")
        born = str(cursor.fetchone()[0])
    plain = base64.b32encode(mac(vault_keys().current, "first run", born.encode())).decode()[:_LENGTH]
    return "-".join(plain[at : at + 4] for at in range(0, _LENGTH, 4))


def is_first_run_code(typed: str) -> bool:
    """Return whether `typed` is the code, however it was copied: small letters, without dashes, with
    blanks.
    """
    known = fold(first_run_code()).replace("-", "")
    plain = "".join(sign for sign in fold(typed) if sign.isalnum())
    return hmac.compare_digest(plain.encode(), known.encode())


def first_run_notice() -> str:
    """Return what the server prints while nobody uses the installation yet; empty afterwards."""
    if not installation_is_new():
        return ""
    address = f"{settings.SITE_URL}{reverse('first_run:open')}"
    return f"Para empezar, abra {address} y escriba el código {first_run_code()}\n"
