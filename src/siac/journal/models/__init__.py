# SPDX-License-Identifier: EUPL-1.2
from siac.journal.models.checkpoint import Checkpoint, SealedHead
from siac.journal.models.consumer import Consumer
from siac.journal.models.entry import JournalEntry

__all__ = ["Checkpoint", "Consumer", "JournalEntry", "SealedHead"]
