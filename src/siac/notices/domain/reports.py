# SPDX-License-Identifier: EUPL-1.2
"""What gateways call the fate of a message, in the words of SMPP 3.4 and of those in use."""

from enum import StrEnum


class Report(StrEnum):
    """The last that is heard of a message."""

    DELIVERED = "delivered"
    FAILED = "failed"


_WORDS = {
    Report.DELIVERED: ("delivered", "delivrd", "entregado"),
    Report.FAILED: (
        "failed", "undelivered", "undeliv", "undeliverable", "rejected", "rejectd", "expired", "deleted",
        "fallido", "rechazado",
    ),
}  # fmt: skip


def report_of(word: str) -> Report | None:
    """Return what a status means; None for one on the way (queued, sent) and for any other word."""
    said = word.strip().casefold()
    return next((report for report, words in _WORDS.items() if said in words), None)
