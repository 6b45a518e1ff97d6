# SPDX-License-Identifier: EUPL-1.2
from siac.notices.models.attempt import Attempt
from siac.notices.models.notice import Notice

__all__ = ["Attempt", "Notice"]
