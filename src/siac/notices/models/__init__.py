# SPDX-License-Identifier: EUPL-1.2
from siac.notices.models.attempt import Attempt
from siac.notices.models.fact import NoticeFact
from siac.notices.models.notice import Notice
from siac.notices.models.returned import ReturnedLetter
from siac.notices.models.switch import ChannelSwitch

__all__ = ["Attempt", "ChannelSwitch", "Notice", "NoticeFact", "ReturnedLetter"]
