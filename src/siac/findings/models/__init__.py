# SPDX-License-Identifier: EUPL-1.2
from siac.findings.models.finding import (
    Finding,
    FindingNote,
    FindingNumber,
    Severity,
    Source,
    StateLabel,
)

__all__ = ["Finding", "FindingNote", "FindingNumber", "Severity", "Source", "StateLabel"]
