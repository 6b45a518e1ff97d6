# SPDX-License-Identifier: EUPL-1.2
"""The text a request gets from a mail, within the length that a request takes."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from siac.integrations.mailbox.domain.reading import ORIGINAL, Mail, MailFile

LONGEST = 16_000
"""Characters of the person's own words that go into the request; the whole text then goes along as a file."""
_LONGEST_REST = 3_000
REST = "----- Firma y mensajes anteriores del correo -----"
CUT = "[El correo sigue. Está completo en el archivo «correo-completo.txt».]"
NO_TEXT = "(El correo llegó sin texto.)"
ONLY_PICTURES = "(El correo trae solo imágenes, sin texto. Están entre los archivos.)"
LEFT_OUT = "Adjuntos que no se guardaron:"
UNREAD = "De este correo no se pudo leer: {parts}. El correo original está entre los archivos, como «{name}»."
UNREAD_WHOLE = "Este correo no se pudo leer. El original está entre los archivos, como «{name}»."
UNREACHABLE = "Llegó de {address}, una dirección a la que este sistema no puede escribir."
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".tif", ".tiff")


def effective_sender(sender: str, answer_address: str, relaying: Collection[str]) -> str:
    """Return whose mail it is: where answers should go, if the mailbox trusts
    the sender to pass on what people write.
    """
    return answer_address if answer_address and sender in relaying else sender


def answered_by(mail: Mail, relaying: Collection[str]) -> Mail:
    """Return the mail with the person as its sender, where a trusted form sent it for them."""
    if effective_sender(mail.sender, mail.answer_address, relaying) == mail.sender:
        return mail
    return replace(mail, sender=mail.answer_address, sender_name=mail.answer_name, is_relayed=True)


def request_text(mail: Mail, left_out: Sequence[str], *, unreachable: str = "") -> str:
    """Return the text of the request: the person's words, then what was left
    out, then signature and quoted mail.

    `unreachable` is the address it came from, where nobody can be written to there.
    """
    text = mail.text if len(mail.text) <= LONGEST else f"{mail.text[:LONGEST]}\n{CUT}"
    parts = [text or _without_text(mail)]
    if mail.unread_parts:
        told = UNREAD_WHOLE if mail.is_unread else UNREAD
        parts.append(told.format(parts=", ".join(mail.unread_parts), name=ORIGINAL))
    if unreachable:
        parts.append(UNREACHABLE.format(address=unreachable))
    if left_out:
        parts.append("\n".join([LEFT_OUT, *(f"- {line[:200]}" for line in left_out[:20])])[:4_000])
    if mail.rest:
        rest = mail.rest if len(mail.rest) <= _LONGEST_REST else f"{mail.rest[:_LONGEST_REST]}\n{CUT}"
        parts.append(f"{REST}\n{rest}")
    return "\n\n".join(parts)[:19_900]


def _without_text(mail: Mail) -> str:
    names = [file.name.lower() for file in mail.files]
    return ONLY_PICTURES if names and all(name.endswith(_PICTURES) for name in names) else NO_TEXT


def whole_text(mail: Mail) -> MailFile | None:
    """Return the whole text as a file, where the request cannot hold it."""
    if len(mail.text) <= LONGEST and len(mail.rest) <= _LONGEST_REST:
        return None
    return MailFile("correo-completo.txt", f"{mail.text}\n\n{mail.rest}".encode())


def names_of(display: str, address: str) -> tuple[str, str]:
    """Return (given names, family names) from how a mail program shows its
    owner; the address's first part else.
    """
    shown = display.strip(" \"'<>")
    if not shown or "@" in shown:
        return address.partition("@")[0][:100], ""
    family, comma, given = shown.partition(",")
    if comma and given.strip():
        return given.strip()[:100], family.strip()[:100]
    first, _, others = shown.partition(" ")
    return first[:100], others.strip()[:100]
