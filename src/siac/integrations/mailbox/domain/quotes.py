# SPDX-License-Identifier: EUPL-1.2
"""What of a reply is new, and what is a signature or the earlier mail below it."""

import re

_INTRODUCTIONS = (
    re.compile(r"^(El|On|Em|Le)\b.{6,300}\b(escribió|wrote|escreveu|a écrit)\s*:?\s*$", re.IGNORECASE),
    re.compile(r"^-{2,}\s*(Mensaje original|Original Message|Mensaje reenviado|Forwarded message)\s*-{2,}$", re.IGNORECASE),
)  # fmt: skip
_FIELDS = re.compile(
    r"^\*?(De|From)\*?\s*:.+\n(?:.*\n){0,3}?\*?(Enviado|Sent|Fecha|Date|Para|To)\b.*:", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$")


def split_reply(text: str) -> tuple[str, str]:
    """Return (new, rest): what the person wrote now, and the signature or earlier mail below it.

    Where nothing new would be left (a forwarded mail), or the person wrote between the quoted lines, all of it is new.
    """
    lines = text.strip("\n").split("\n")
    for at in range(len(lines)):
        if _begins_rest(lines, at):
            new, rest = "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()
            return (new, rest) if new else ("\n".join(lines).strip(), "")
    return "\n".join(lines).strip(), ""


def _begins_rest(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if _SIGNATURE.match(lines[at].rstrip("\n")):
        return True
    if line.startswith(">"):
        return _only_quoted(lines[at:])
    joined = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else line
    if _INTRODUCTIONS[0].match(line):
        return _only_quoted(lines[at + 1 :])
    if line.startswith(("El ", "On ", "Em ", "Le ")) and _INTRODUCTIONS[0].match(joined):
        return _only_quoted(lines[at + 2 :])
    return bool(_INTRODUCTIONS[1].match(line) or _FIELDS.match("\n".join(lines[at : at + 6])))


def _only_quoted(lines: list[str]) -> bool:
    """Return whether nothing but quoted lines follows; some programs quote without a mark, then all that follows counts."""
    marked = [line for line in lines if line.strip().startswith(">")]
    return not marked or all(
        line.strip().startswith(">") for line in lines[: _end_of_text(lines)] if line.strip()
    )


def _end_of_text(lines: list[str]) -> int:
    """Return where a signature below the quote begins, else the end."""
    return next((at for at, line in enumerate(lines) if _SIGNATURE.match(line)), len(lines))
