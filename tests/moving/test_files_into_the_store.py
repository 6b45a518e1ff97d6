# SPDX-License-Identifier: EUPL-1.2
"""Files of a body go into the store before its rows: patiently, once, and none of another body is touched."""

import errno
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import DataError, IntegrityError, OperationalError
from django.utils import timezone

from siac.config.moving import exporting, importing, locking, storing
from siac.config.moving.exporting import Exported
from siac.config.moving.importing import Package
from siac.config.moving.locking import one_import
from siac.config.moving.package import FILE, Part, Tally
from siac.config.moving.storing import StoredFiles, patiently
from siac.config.moving.words import MovingError
from siac.documents.models import Attachment
from siac.documents.public import StoredFile
from siac.documents.travelling import scanned_there
from siac.infra.retrying import StoreAway
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db
KEY, DATA = "2026-11/ab", b"%PDF-1.7"
SUM = sha256(DATA).hexdigest()


class Store(FileSystemStorage):
    """A folder that is away for its first calls."""

    away = 0
    saves = 0

    def exists(self, name: str) -> bool:
        if self.away:
            self.away -= 1
            raise StoreAway(5, "silent")
        return super().exists(name)

    def _save(self, name: str, content: object) -> str:
        self.saves += 1
        return str(super()._save(name, content))  # type: ignore[misc]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    made = Store(location=tmp_path)
    monkeypatch.setattr(storing, "file_store", lambda: made)
    monkeypatch.setattr(storing.time, "sleep", lambda seconds: None)
    return made


@pytest.fixture
def files() -> Iterator[StoredFiles]:
    made = StoredFiles(lambda line: None)
    yield made
    made.close()


def part(key: str = KEY, data: bytes = DATA) -> Part:
    return Part(FILE + key, iter([data]), Tally(size=len(data), sha256=sha256(data).hexdigest()))


def row(house: House, **values: object) -> Attachment:
    told = {
        "subject_type": "case", "name": "a.pdf", "media_type": "application/pdf", "size": len(DATA),
        "sha256": SUM, "storage_key": KEY, "visibility": "internal", "scan_state": "off", "uploaded_at": NOW,
    }  # fmt: skip
    return Attachment.objects.create(institution=house.institution, **(told | values))


def test_a_store_that_is_silent_for_a_while_is_asked_again(store, files):
    store.away = len(storing.WAITS)
    files.put(part())
    assert store.open(KEY).read() == DATA and files.count == 1


def test_a_store_that_stays_silent_ends_the_run(store):
    told: list[str] = []
    store.away = len(storing.WAITS) + 1
    with pytest.raises(StoreAway):
        patiently(lambda: store.exists(KEY), told.append)
    assert len(told) == len(storing.WAITS) and sum(storing.WAITS) > 300


def test_what_a_former_run_left_is_found_again_and_what_is_old_is_put_there_anew(store, files, monkeypatch):
    store.save(KEY, ContentFile(DATA))
    files.put(part())
    assert store.saves == 1
    again = StoredFiles(lambda line: None)
    monkeypatch.setattr(store, "get_modified_time", lambda name: timezone.now() - timedelta(hours=7))
    again.put(part())
    assert store.saves == 2 and store.open(KEY).read() == DATA
    again.close()


def test_a_file_that_others_have_is_neither_replaced_nor_taken_away(store, files, house):
    row(house)
    store.save(KEY, ContentFile(DATA))
    for data in (DATA, b"otro"):
        with pytest.raises(MovingError, match="ya tiene otro archivo"):
            StoredFiles(lambda line: None).put(part(data=data))
    with pytest.raises(MovingError, match="ya tiene otro archivo"):
        files.put(part())
    files.take_back()
    assert store.open(KEY).read() == DATA


def test_what_a_killed_run_left_torn_is_nobodys_and_put_there_anew(store, files):
    store.save(KEY, ContentFile(DATA[:3]))
    files.put(part())
    assert store.open(KEY).read() == DATA and files.count == 1


def test_a_run_takes_back_only_what_it_put_there_itself(store, files):
    files.put(part())
    other = StoredFiles(lambda line: None)
    other.put(part())
    other.put(part("2026-11/ac"))
    other.take_back()
    other.close()
    assert store.open(KEY).read() == DATA and not store.exists("2026-11/ac")


def test_no_room_in_the_store_is_a_refusal(store, files, monkeypatch):
    def full(name: str, content: object) -> str:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(store, "_save", full)
    with pytest.raises(MovingError, match="No cabe"):
        files.put(part())


@pytest.mark.parametrize(
    ("fault", "lost"),
    [
        (FileNotFoundError(errno.ENOENT, "gone"), True), (OSError(errno.EIO, "damaged"), True),
        (OSError(errno.ENOSPC, "/tmp is full"), False), (OSError(errno.EMFILE, "open files"), False),
        (PermissionError(errno.EACCES, "rights"), False), (StoreAway(errno.EIO, "silent"), False),
    ],
)  # fmt: skip
def test_only_what_is_gone_or_damaged_is_left_behind_at_the_export(store, monkeypatch, fault, lost):
    def opened(name: str, mode: str = "rb") -> object:
        raise fault

    monkeypatch.setattr(store, "open", opened)
    monkeypatch.setattr(exporting, "file_store", lambda: store)
    found = Exported()
    monkeypatch.setattr(exporting, "is_erased", lambda key: False)

    def leave() -> None:
        exporting._put_file(None, StoredFile(KEY, 8, SUM), found, lambda line: None, True)  # type: ignore[arg-type]

    if lost:
        leave()
    else:
        with pytest.raises(type(fault)):
            leave()
    assert found.missing == ([KEY] if lost else [])


BODY = 10**14 + 7


def brought(monkeypatch, tmp_path, end: BaseException) -> None:
    """Bring a body in whose rows meet `end`."""

    def rows(*told: object) -> None:
        raise end

    (tmp_path / "puerto.siac").touch()
    monkeypatch.setattr(importing, "parts_of", lambda source, key: iter([part()]))
    monkeypatch.setattr(importing, "_bring_in", rows)
    package = Package({"body": BODY, "slug": "llegado"}, {}, [])
    importing.bring_in(tmp_path / "puerto.siac", b"", package, slug="llegado", now=NOW, say=lambda line: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("end", "told", "stays"),
    [
        (MovingError("No."), MovingError, False), (IntegrityError("x"), MovingError, False),
        (DataError("x"), MovingError, False), (OperationalError("away"), OperationalError, True),
        (KeyboardInterrupt(), KeyboardInterrupt, True), (StoreAway(5, "silent"), StoreAway, True),
    ],
)  # fmt: skip
def test_files_are_taken_back_from_a_refusal_and_kept_for_the_next_run_else(
    store, monkeypatch, tmp_path, end, told, stays
):
    with pytest.raises(told):
        brought(monkeypatch, tmp_path, end)
    assert store.exists(KEY) is stays


def test_a_body_is_brought_in_by_one_run_at_a_time(store, monkeypatch, tmp_path):
    monkeypatch.setattr(locking, "WAIT", 0.1)
    with one_import(BODY) as holds:
        with pytest.raises(MovingError, match="Otra orden"), one_import(BODY):
            pass
        with one_import(BODY + 1):
            assert holds()
        with pytest.raises(MovingError, match="Otra orden"):
            brought(monkeypatch, tmp_path, MovingError("No."))
        assert not store.exists(KEY)
    with one_import(BODY):
        pass
    assert not holds()


def test_who_keeps_nobody_away_any_more_takes_nothing_away(store, files):
    files.put(part())
    importing._take_back(files, BODY, lambda: False)
    assert store.exists(KEY)


def test_a_file_of_an_earlier_journey_did_not_bring_the_body_in(house, monkeypatch):
    def entry(root: str) -> Any:
        told = {"root": root, "made_at": "t"}
        return SimpleNamespace(kind="organizations.institution_brought_in", data=told)

    def package(root: str) -> Package:
        return Package({"body": house.institution.pk, "made_at": "t"}, {"root": root}, [])

    monkeypatch.setattr(importing, "history", lambda body, stream: [entry("one"), entry("two")])
    assert importing.arrived_before(package("one")) is None
    assert importing.arrived_before(package("two")) == house.institution


def test_files_are_held_against_their_rows_and_taken_back(store, files, house):
    files.put(part())
    with pytest.raises(MovingError, match="que nadie guarda"):
        files.check(house.institution.pk)
    made = row(house, size=3)
    with pytest.raises(MovingError, match="no es como se recibió"):
        files.check(house.institution.pk)
    Attachment.objects.filter(pk=made.pk).update(size=len(DATA))
    files.check(house.institution.pk)
    files.take_back()
    assert not store.exists(KEY)


def test_a_file_comes_once_and_in_order(store, files):
    files.put(part())
    with pytest.raises(MovingError, match="dos veces"):
        files.put(part())


@pytest.mark.parametrize(
    ("scanner", "there", "here"),
    [
        ("host:3310", "clean", "pending"), ("host:3310", "off", "pending"),
        ("host:3310", "pending", "pending"), ("host:3310", "infected", "infected"),
        ("", "clean", "clean"), ("", "pending", "off"), ("", "infected", "infected"),
    ],
)  # fmt: skip
def test_the_scanner_of_the_old_house_answers_for_nothing_here(monkeypatch, scanner, there, here):
    monkeypatch.setenv("SIAC_CLAMD", scanner)
    assert scanned_there(there) == here
