# SPDX-License-Identifier: EUPL-1.2
from siac.findings.models.finding import (
    Finding,
    FindingNote,
    FindingNumber,
    Severity,
    Source,
    StateLabel,
)
from siac.findings.models.root_cause import CategoryLabel, RootCause

__all__ = [
    "CategoryLabel", "Finding", "FindingNote", "FindingNumber", "RootCause", "Severity", "Source",
    "StateLabel",
]  # fmt: skip
