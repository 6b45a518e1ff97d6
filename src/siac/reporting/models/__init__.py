# SPDX-License-Identifier: EUPL-1.2
from siac.reporting.models.dataset import MADE, Dataset, DatasetFile, DatasetVersion, EachLabel
from siac.reporting.models.own_report import OwnReport, OwnReportVersion
from siac.reporting.models.summary import EveryLabel, Summary, SummarySchedule

__all__ = [
    "MADE",
    "Dataset",
    "DatasetFile",
    "DatasetVersion",
    "EachLabel",
    "EveryLabel",
    "OwnReport",
    "OwnReportVersion",
    "Summary",
    "SummarySchedule",
]
