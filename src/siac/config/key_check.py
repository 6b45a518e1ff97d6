# SPDX-License-Identifier: EUPL-1.2
"""The keys of the environment must be those that sealed what is in the
database: a lost one is never replaced silently.
"""

import hmac
from collections.abc import Mapping

from django.db import connection

from siac.config.keys import KeysLost
from siac.infra import crypto
from siac.infra.environment import home
from siac.infra.models import KeyCheck

_PURPOSE = "key check"
_RINGS = {"SIAC_VAULT_KEY": crypto.vault_keys, "SIAC_JOURNAL_KEY": crypto.journal_keys}
_SAMPLES = {
    "SIAC_VAULT_KEY": (
        "people_identity",
        "SELECT substring(sealed FROM 2 FOR 4) FROM people_identity LIMIT 1",
    ),
    "SIAC_JOURNAL_KEY": (
        "journal_checkpoint",
        "SELECT decode(key_id, 'hex') FROM journal_checkpoint ORDER BY id DESC LIMIT 1",
    ),
}
"""Where a database that was never told its keys shows which one it was sealed with."""


def check_keys() -> None:
    """Refuse to go on where the database holds data sealed with a key that is not here; changes nothing.

    Raises:
        KeysLost: which key is another one, and how to bring it back.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for name, ring in _RINGS.items():
        if not _is_known(name, ring(), tables):
            raise KeysLost(
                "La base de datos guarda datos sellados con otra clave "
                f"{name}. Ponga en {home() / 'keys.env'} la copia del"
                " archivo original (o la variable con su valor) y arranque de nuevo; no se cambió nada."
                f" / The database holds data sealed with another {name}: "
                "bring back the original keys.env; nothing was changed."
            )


def _is_known(name: str, keys: crypto.Keyring, tables: set[str]) -> bool:
    row = KeyCheck.objects.filter(pk=name).first() if KeyCheck._meta.db_table in tables else None
    if row is not None:
        return any(hmac.compare_digest(_value(key, name), bytes(row.check_value)) for key in keys.all)
    table, sample = _SAMPLES[name]
    if table not in tables:
        return True
    with connection.cursor() as cursor:
        cursor.execute(sample)
        found = cursor.fetchone()
    return found is None or any(crypto.key_id(key) == bytes(found[0]) for key in keys.all)


def key_checks() -> dict[str, str]:
    """Return by what the database knows the keys that sealed it, in hexadecimal:
    nothing can be opened or guessed from it.
    """
    return {row.name: bytes(row.check_value).hex() for row in KeyCheck.objects.order_by("name")}


def unknown_keys(checks: Mapping[str, bytes]) -> list[str]:
    """Return the names of the keys that are not among those of the environment,
    current or former, by their check values.
    """
    return [
        name
        for name, ring in _RINGS.items()
        if name in checks
        and not any(hmac.compare_digest(_value(key, name), checks[name]) for key in ring().all)
    ]


def _value(key: bytes, name: str) -> bytes:
    return crypto.mac(key, _PURPOSE, name.encode())


def note_keys() -> None:
    """Let the database know the keys in use from now on; call it after `check_keys`."""
    for name, ring in _RINGS.items():
        value = _value(ring().current, name)
        row = KeyCheck.objects.filter(pk=name).first()
        if row is None or bytes(row.check_value) != value:
            KeyCheck.objects.update_or_create(name=name, defaults={"check_value": value})
