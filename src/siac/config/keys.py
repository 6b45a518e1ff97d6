# SPDX-License-Identifier: EUPL-1.2
"""The secrets of an installation that was given none: made once, kept beside its data."""

import os
import secrets
from pathlib import Path

from siac.infra.environment import Misconfigured, text
from siac.infra.file_locks import locked
from siac.infra.postgres_files import EmbeddedError

NAMES = ("SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY")
OLD_NAMES = tuple(f"{name.removesuffix('_KEY')}_OLD_KEYS" for name in NAMES)
"""Former keys, by commas: they still open what they sealed.

Kept beside the current ones where somebody put them there.
"""


class KeysLost(Misconfigured):
    """The keys at hand are not those that the database is sealed with."""


def load_keys(home: Path) -> bool:
    """Put every key that the environment lacks into it, from `home/keys.env`, made where missing.

    Return whether the whole file was made now. Losing it loses the identities in the vault: keep a copy of
    it apart from the backups of the database.

    Raises:
        EmbeddedError: the folder cannot be written.
    """
    _load_former(home / "keys.env")
    missing = [name for name in NAMES if not _is_given(name)]
    if not missing:
        return False
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"No se puede crear la carpeta {home}: {error.strerror}.") from error
    with locked(home / "keys.lock"):
        kept = _read(home / "keys.env")
        new = {name: secrets.token_hex(32) for name in missing if name not in kept}
        if new:
            _write(home / "keys.env", {**kept, **new})
    for name in missing:
        os.environ[name] = {**kept, **new}[name]
    return bool(new) and not kept


def _is_given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _load_former(file: Path) -> None:
    """Put the former keys that `file` names into the environment, where it lacks them."""
    kept = _read(file)
    os.environ.update({name: kept[name] for name in OLD_NAMES if name in kept and not _is_given(name)})


def keys_in_use() -> dict[str, str]:
    """Return every key of this installation by the name of its variable, former ones too, to be kept
    apart.
    """
    return {name: value for name in (*NAMES, *OLD_NAMES) if (value := text(name, ""))}


def forget_keys(home: Path) -> None:
    """Take away the file of keys that was made a moment ago: the database turned out to need the
    former one.
    """
    with locked(home / "keys.lock"):
        (home / "keys.env").unlink(missing_ok=True)


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    lines = (line.partition("=") for line in file.read_text().splitlines())
    return {name: value for name, _, value in lines if value}


def _write(file: Path, values: dict[str, str]) -> None:
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in values.items())
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
