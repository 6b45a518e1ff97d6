# SPDX-License-Identifier: EUPL-1.2
"""Checkpoints: the heads that changed, in one root, signed with a key that is not in the database."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from siac.infra import crypto
from siac.infra.retrying import tried_again
from siac.infra.turns import each_in_turn
from siac.journal.domain.chain import GENESIS, MerkleRoot, checkpoint_message
from siac.journal.domain.finished import FIRST
from siac.journal.models import Checkpoint, JournalEntry
from siac.journal.roots import note_roots

PURPOSE = "journal checkpoint"
_CHUNK = 5_000
_CHANGED = """
SELECT DISTINCT ON (stream COLLATE "C") stream, seq, hash FROM journal_journalentry
WHERE institution_id = %s AND xid >= %s AND xid < %s ORDER BY stream COLLATE "C", seq DESC
"""
_KEPT = f"""
INSERT INTO journal_sealedhead (checkpoint_id, institution_id, stream, seq, hash)
SELECT %s, %s, stream, seq, hash FROM ({_CHANGED}) AS changed
"""  # noqa: S608 - two texts of this file


@transaction.atomic
def make_checkpoint(institution_id: int, now: datetime, *, anew: bool = False) -> Checkpoint | None:
    """Seal what changed in one body since its last checkpoint (`anew`: all of it);
    return None when nothing settled is new.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('siac journal checkpoint', %s))", [institution_id]
        )
        # What is sealed must not grow afterwards: only transactions older than any that still runs count.
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (upto,) = cursor.fetchone()
    last = Checkpoint.objects.filter(institution_id=institution_id).order_by("-number").first()
    # A server restored from a dump counts its transactions anew: then everything
    # below its mark is looked at once more.
    since = last.upto_xid if last and last.upto_xid <= upto and not anew else FIRST
    tree = MerkleRoot()
    heads = _heads(institution_id, since, upto)
    for stream, seq, digest in heads:
        tree.add(stream, seq, digest)
    if tree.count == 0:
        return None
    checkpoint = _signed(institution_id, last, now, upto, tree)
    checkpoint.save(force_insert=True)
    # Read a second time, in the database, rather than kept: a first checkpoint of a large body has a million.
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [checkpoint.pk, institution_id, institution_id, since, upto])
    return checkpoint


def make_checkpoints(now: datetime, slug: str | None = None) -> int:
    """Seal every body that has entries (or the one called `slug`); return how many checkpoints were made."""
    made = 0
    for institution_id in bodies_with_entries(slug):
        steps = [("", partial(_sealed, institution_id, now))]
        made += each_in_turn("journal.seal", institution_id, steps, now=now)
    return made


def bodies_with_entries(slug: str | None = None) -> list[int]:
    """Return the bodies that have entries (or the one called `slug`, if it has), in their order (1 SQL: one
    look into the index for each body, however many entries they have)."""
    institutions = JournalEntry._meta.get_field("institution").related_model._default_manager.order_by("pk")
    if slug is not None:
        institutions = institutions.filter(slug=slug)
    has_entries = Exists(JournalEntry.objects.filter(institution=OuterRef("pk")))
    return list(institutions.filter(has_entries).values_list("pk", flat=True))


def _sealed(institution_id: int, now: datetime) -> int:
    made = tried_again(partial(make_checkpoint, institution_id, now)) is not None
    note_roots(institution_id)
    return int(made)


def _signed(
    institution_id: int, last: Checkpoint | None, now: datetime, upto: int, tree: MerkleRoot
) -> Checkpoint:
    number = last.number + 1 if last else 1
    previous = bytes(last.root) if last else GENESIS
    root = tree.root()
    keys = crypto.journal_keys()
    message = checkpoint_message(institution_id, number, now, upto, root, previous, tree.count)
    return Checkpoint(
        institution_id=institution_id,
        number=number,
        at=now,
        upto_xid=upto,
        root=root,
        previous_root=previous,
        head_count=tree.count,
        key_id=keys.current_id,
        signature=crypto.mac(keys.current, PURPOSE, message),
    )


def _heads(institution_id: int, since: int, upto: int) -> Iterator[tuple[str, int, bytes]]:
    """Yield the heads in chunks through a server-side cursor, in byte order of the stream."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHANGED, [institution_id, since, upto])
        while rows := cursor.fetchmany(_CHUNK):
            for stream, seq, digest in rows:
                yield stream, seq, bytes(digest)
