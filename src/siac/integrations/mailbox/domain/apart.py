# SPDX-License-Identifier: EUPL-1.2
"""What runs in the process apart: a mail in, its values and the bytes of its files out, and back to a
`Mail`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from siac.integrations.mailbox.domain.reading import Envelope, Mail, MailFile, Report, envelope, read_mail


def head(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return the values of a mail's envelope."""
    return asdict(envelope(payload)), []


def read(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return the values of a mail, of its files the names, and their bytes."""
    mail = read_mail(payload, is_cut=bool(options.get("is_cut")))
    values = {field.name: getattr(mail, field.name) for field in fields(mail)}
    values["files"] = [file.name for file in mail.files]
    values["report"] = asdict(mail.report) if mail.report is not None else None
    return values, [file.content for file in mail.files]


def envelope_of(values: Mapping[str, Any]) -> Envelope:
    """Return the envelope that `head` told."""
    return Envelope(**values)


def mail_of(values: Mapping[str, Any], contents: Sequence[bytes]) -> Mail:
    """Return the mail that `read` told."""
    report = values["report"]
    files = tuple(MailFile(name, content) for name, content in zip(values["files"], contents, strict=True))
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in values.items()
        if key not in {"files", "report"}
    }
    about = None
    if report is not None:
        about = Report(
            tuple(report["about"]), report["failed"], report["reason"], tuple(report["recipients"])
        )
    return Mail(**told, files=files, report=about)
