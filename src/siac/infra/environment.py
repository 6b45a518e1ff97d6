# SPDX-License-Identifier: EUPL-1.2
"""Typed readers of environment variables. `NAME_FILE` may name a file that holds the value of `NAME`."""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit


class Misconfigured(Exception):
    """An environment variable is missing or wrong; the message is one line for the operator."""


def text(name: str, default: str | None = None) -> str:
    """Return the value of `name`, from `NAME_FILE` if that is set, else `default`.

    Raises:
        Misconfigured: neither is set and there is no default, or the file cannot be read.
    """
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Misconfigured(f"{name}_FILE: no se pudo leer {file} ({error.strerror}).") from error
    value = os.environ.get(name, default)
    if value is None:
        raise Misconfigured(f"Falta {name}, o {name}_FILE.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return whether `name` is set to 1, true, yes or on."""
    return text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def whole(name: str, default: str) -> int:
    """Return the whole number that `name` is set to, 0 or more.

    Raises:
        Misconfigured: it is none.
    """
    value = text(name, default)
    if not (value.isascii() and value.isdigit()):
        raise Misconfigured(f"{name} debe ser un número entero, no «{value}».")
    return int(value)


def web_address(name: str, default: str) -> str:
    """Return the address that `name` is set to, without a slash at its end.

    Raises:
        Misconfigured: it does not begin with http:// or https:// and a host.
    """
    value = text(name, default).strip().rstrip("/")
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc:
        raise Misconfigured(f"{name} debe ser una dirección como https://atencion.example.org, no «{value}».")
    return value


def mail_address(name: str, default: str) -> str:
    """Return the mail address that `name` is set to, with or without a name before it.

    Raises:
        Misconfigured: nothing in it is one.
    """
    value = text(name, default).strip()
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", parseaddr(value)[1]):
        raise Misconfigured(
            f"{name} debe ser una dirección de correo como atencion@example.org, no «{value}»."
        )
    return value


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of `name`, blanks dropped."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def home() -> Path:
    """Return the folder for files this installation writes: `SIAC_HOME`, else `var` in the working folder."""
    return Path(os.environ.get("SIAC_HOME", "var")).expanduser().resolve()
