# SPDX-License-Identifier: EUPL-1.2
"""Why no connection to the database could be made, as each of its nodes said it."""

import re

import psycopg

LONGEST = 600
"""Signs of an answer that are told."""
_OF_A_NODE = re.compile(
    r"^- host: '?(?P<host>[^',]*)'?, port: '?(?P<port>[^',]*)'?, "
    r"hostaddr: (?:'[^']*'|None): (?P<said>.*)$",
    re.M,
)
_WHERE = re.compile(r"^connection (?:failed|is bad): (?:connection to server (?:at|on) .*? failed: )?")


def why_unreached(error: BaseException | None) -> str:
    """Return on one line why no connection could be made; no password is ever in it. No SQL.

    Of several nodes each is told with what it said, so that a password that one of them refused does not hide
    behind another one that is silent. Empty where `error` is of a connection that stood: what is said then
    may quote values.
    """
    while error is not None and not _is_of_connecting(error):
        error = error.__cause__
    if error is None:
        return ""
    told = str(error).strip()
    nodes = [
        f"{found['host']}:{found['port']}: {_reason(found['said'])}" for found in _OF_A_NODE.finditer(told)
    ]
    return ("; ".join(nodes) or told.partition("\n")[0])[:LONGEST]


def _is_of_connecting(error: BaseException) -> bool:
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return True
    return isinstance(error, psycopg.Error) and (
        error.pgconn is not None or str(error).startswith("failed to resolve host")
    )


def _reason(said: str) -> str:
    return _WHERE.sub("", said).replace("FATAL:  ", "FATAL: ")
