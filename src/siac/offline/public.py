# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `offline`."""

from siac.offline.commands.devices import prepare_device
from siac.offline.commands.receiving import receive
from siac.offline.domain.record import read
from siac.offline.models import OfflineDevice, OfflineRecord, RecordState

__all__ = ["OfflineDevice", "OfflineRecord", "RecordState", "prepare_device", "read", "receive"]
