# SPDX-License-Identifier: EUPL-1.2
from siac.reporting.models.dataset import MADE, Dataset, DatasetFile, DatasetVersion, EachLabel
from siac.reporting.models.frozen_report import EveryLabel, FrozenReport, SummarySchedule
from siac.reporting.models.letter import (
    Letter,
    LetterRevision,
    LetterSending,
    LetterVersion,
    SpanLabel,
)
from siac.reporting.models.own_report import OwnReport, OwnReportVersion

__all__ = [
    "MADE",
    "Dataset",
    "DatasetFile",
    "DatasetVersion",
    "EachLabel",
    "EveryLabel",
    "FrozenReport",
    "Letter",
    "LetterRevision",
    "LetterSending",
    "LetterVersion",
    "OwnReport",
    "OwnReportVersion",
    "SpanLabel",
    "SummarySchedule",
]
