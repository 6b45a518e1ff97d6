# SPDX-License-Identifier: EUPL-1.2
"""How the journal of a body goes to another installation: chains, roots and numbers of checkpoints are what
they were; the signatures are of the key of the house that keeps it.

What comes was checked there when it left, and is recomputed before it is kept (`config.moving`): a signature
says which house answers for an entry from then on, the chain and its roots say that it is the same one.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.infra import crypto
from siac.infra.travelling import Row, register_named, register_signed, register_transaction_number
from siac.journal.commands.sealing import PURPOSE
from siac.journal.domain.chain import checkpoint_message
from siac.journal.models import Checkpoint, JournalEntry
from siac.journal.signing import entry_mac


def register_travelling() -> None:
    """Say what is signed anew, and which numbers are of transactions."""
    register_signed(JournalEntry, ("mac",), _entry)
    register_signed(Checkpoint, ("key_id", "signature"), _checkpoint)
    register_transaction_number(JournalEntry, "xid")
    register_transaction_number(Checkpoint, "upto_xid")
    register_named(JournalEntry, keeps=True, actor_id="accounts_user")


def _entry(row: Row) -> Mapping[str, Any]:
    return {"mac": entry_mac(_bytes(row, "hash"))}


def _checkpoint(row: Row) -> Mapping[str, Any]:
    keys = crypto.journal_keys()
    message = checkpoint_message(
        _number(row, "institution_id"), _number(row, "number"), datetime.fromisoformat(row["at"] or ""),
        _number(row, "upto_xid"), _bytes(row, "root"), _bytes(row, "previous_root"),
        _number(row, "head_count"),
    )  # fmt: skip
    return {"key_id": keys.current_id, "signature": crypto.mac(keys.current, PURPOSE, message)}


def _number(row: Row, column: str) -> int:
    return int(row[column] or 0)


def _bytes(row: Row, column: str) -> bytes:
    return bytes.fromhex((row[column] or "").removeprefix("\\x"))
