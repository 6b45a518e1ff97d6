# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `journal`."""

from siac.journal.commands.consuming import (
    Entry,
    entries_of,
    forget_consumer,
    read_until,
    register_consumer,
    run_consumers,
)
from siac.journal.commands.recording import PERSON, NewEntry, beginning, record, record_access, record_many
from siac.journal.commands.sealing import make_checkpoint, make_checkpoints
from siac.journal.commands.verifying import (
    Report,
    forget_verification,
    register_verification,
    verify_institution,
)
from siac.journal.domain.chain import canonical
from siac.journal.domain.seals import Seal, check_seal, digest_with, seal
from siac.journal.events import declare_events, declared_events, forget_events
from siac.journal.guards import register_guard
from siac.journal.models import JournalEntry
from siac.journal.outside import OUTSIDE, OutsideEvent, Told, outside_events, register_outside
from siac.journal.queries import (
    Happening,
    happenings,
    histories,
    history,
    moments_of,
    read_by,
    readings,
    readings_of_all,
    recorded,
)

__all__ = [
    "OUTSIDE",
    "PERSON",
    "Entry",
    "Happening",
    "JournalEntry",
    "NewEntry",
    "OutsideEvent",
    "Report",
    "Seal",
    "Told",
    "beginning",
    "canonical",
    "check_seal",
    "declare_events",
    "declared_events",
    "digest_with",
    "entries_of",
    "forget_consumer",
    "forget_events",
    "forget_verification",
    "happenings",
    "histories",
    "history",
    "make_checkpoint",
    "make_checkpoints",
    "moments_of",
    "outside_events",
    "read_by",
    "read_until",
    "readings",
    "readings_of_all",
    "record",
    "record_access",
    "record_many",
    "recorded",
    "register_consumer",
    "register_guard",
    "register_outside",
    "register_verification",
    "run_consumers",
    "seal",
    "verify_institution",
]
