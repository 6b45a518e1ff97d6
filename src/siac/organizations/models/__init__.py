# SPDX-License-Identifier: EUPL-1.2
from siac.organizations.models.absence import Absence
from siac.organizations.models.institution import Institution
from siac.organizations.models.invitation import Invitation
from siac.organizations.models.membership import Membership
from siac.organizations.models.practice import PracticeRun
from siac.organizations.models.processing import ProcessingActivity
from siac.organizations.models.published import PublicText, TextPublication, TextVersion
from siac.organizations.models.sheet import READY, StaffSheet
from siac.organizations.models.start import StartMark
from siac.organizations.models.translation import RecordTranslation, RecordTranslationVersion
from siac.organizations.models.unit import Unit, UnitVersion

__all__ = [
    "READY",
    "Absence",
    "Institution",
    "Invitation",
    "Membership",
    "PracticeRun",
    "ProcessingActivity",
    "PublicText",
    "RecordTranslation",
    "RecordTranslationVersion",
    "StaffSheet",
    "StartMark",
    "TextPublication",
    "TextVersion",
    "Unit",
    "UnitVersion",
]
