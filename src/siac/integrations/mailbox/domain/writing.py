# SPDX-License-Identifier: EUPL-1.2
"""The text a request gets from a mail, within the length that a request takes."""

from collections.abc import Sequence

from siac.integrations.mailbox.domain.reading import Mail, MailFile

LONGEST = 16_000
"""Characters of the person's own words that go into the request; the whole text then goes along as a file."""
_LONGEST_REST = 3_000
REST = "----- Firma y mensajes anteriores del correo -----"
CUT = "[El correo sigue. Está completo en el archivo «correo-completo.txt».]"
NO_TEXT = "(El correo llegó sin texto.)"
LEFT_OUT = "Adjuntos que no se guardaron:"


def request_text(mail: Mail, left_out: Sequence[str]) -> str:
    """Return the text of the request: the person's words, then what was left out, then signature and quoted mail."""
    text = mail.text if len(mail.text) <= LONGEST else f"{mail.text[:LONGEST]}\n{CUT}"
    parts = [text or NO_TEXT]
    if left_out:
        parts.append("\n".join([LEFT_OUT, *(f"- {line[:200]}" for line in left_out[:20])])[:4_000])
    if mail.rest:
        rest = mail.rest if len(mail.rest) <= _LONGEST_REST else f"{mail.rest[:_LONGEST_REST]}\n{CUT}"
        parts.append(f"{REST}\n{rest}")
    return "\n\n".join(parts)[:19_900]


def whole_text(mail: Mail) -> MailFile | None:
    """Return the whole text as a file, where the request cannot hold it."""
    if len(mail.text) <= LONGEST and len(mail.rest) <= _LONGEST_REST:
        return None
    return MailFile("correo-completo.txt", f"{mail.text}\n\n{mail.rest}".encode())


def names_of(display: str, address: str) -> tuple[str, str]:
    """Return (given names, family names) from how a mail program shows its owner; the address's first part else."""
    shown = display.strip(" \"'<>")
    if not shown or "@" in shown:
        return address.partition("@")[0][:100], ""
    family, comma, given = shown.partition(",")
    if comma and given.strip():
        return given.strip()[:100], family.strip()[:100]
    first, _, others = shown.partition(" ")
    return first[:100], others.strip()[:100]
