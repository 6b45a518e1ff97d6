# SPDX-License-Identifier: EUPL-1.2
"""How a pack is written: the same bytes for the same content, and nothing that leads out of it."""

import hashlib
import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.config.pack_check import run
from siac.programme.domain.checking import check_pack
from siac.programme.domain.packing import About, Part, digest_of_inputs, stamp_pack, write_pack
from siac.programme.recomputing import recomputed

ABOUT = About("Requisito 1", "Evidencia", "Servicio de\nPuerto", date(2026, 11, 2), "puerto/1")
letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="/\\")
names = st.text(letters, min_size=1, max_size=30).filter(lambda name: name not in (".", ".."))


def part(path: str, content: bytes, **more) -> Part:
    return Part(path, path, "text/plain", lambda: [content], **more)


def written(parts) -> bytes:
    target = io.BytesIO()
    write_pack(target, parts, ABOUT)
    return target.getvalue()


@given(st.dictionaries(names, st.binary(max_size=200), max_size=8))
def test_whatever_its_files_are_called_a_pack_checks_and_is_the_same_in_any_order(tmp_path_factory, files):
    parts = [part(f"documentos/{name}", content) for name, content in files.items()]
    made = written(parts)
    assert made == written(list(reversed(parts)))
    path = tmp_path_factory.mktemp("packs") / "a.zip"
    path.write_bytes(made)
    told = check_pack(path)
    assert (told.problems, told.files, told.name) == ([], len(files) + 1, "Requisito 1")


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "a//b", "a\\b", ".", ""])
def test_a_path_out_of_the_pack_is_refused(path):
    with pytest.raises(ValueError, match="parts of a pack"):
        written([part(path, b"x")])


def test_two_parts_of_one_path_are_refused():
    with pytest.raises(ValueError, match="parts of a pack"):
        written([part("a", b"x"), part("a", b"y")])


def test_both_dates_of_a_document_are_told():
    came = datetime.fromisoformat("2026-11-02T10:00:00+00:00")
    made = written([part("a", b"x", speaks_of=date(2026, 9, 30), came_at=came)])
    with ZipFile(io.BytesIO(made)) as pack:
        told = pack.read("data/ro-crate-metadata.json").decode()
        assert '"temporalCoverage": "2026-09-30"' in told and '"dateCreated": "2026-11-02T10' in told
        assert b"Source-Organization: Servicio de Puerto\n" in pack.read("bag-info.txt")
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_pack_is_made_of_has_one_digest_in_any_order():
    assert digest_of_inputs(["a", "b"]) == digest_of_inputs(["b", "a"]) != digest_of_inputs(["a", "c"])


def test_more_files_than_anybody_reads_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("siac.programme.domain.checking.MOST_ENTRIES", 3)
    path = tmp_path / "a.zip"
    path.write_bytes(written([part("a", b"x")]))
    assert check_pack(path).problems == ["es demasiado grande para revisarlo"]


def test_whatever_byte_of_a_pack_is_broken_a_reader_is_told_and_nothing_falls_over(tmp_path):
    made, path = written([part("a", bytes(range(256)) * 40)]), tmp_path / "a.zip"
    body = made.index(b"data/a") + 40
    for place in range(body, body + 120):
        path.write_bytes(made[:place] + bytes([made[place] ^ 0xFF]) + made[place + 1 :])
        assert check_pack(path).problems, place


def test_a_time_stamp_lies_beside_the_lists_and_one_of_something_else_is_found(tmp_path, capsys):
    target, path = io.BytesIO(), tmp_path / "a.zip"
    write_pack(target, [part("a", b"x")], ABOUT)
    stamp_pack(target, lambda told: b"sello " + hashlib.sha256(told).digest())
    path.write_bytes(target.getvalue())
    told = check_pack(path)
    assert (told.problems, told.is_stamped) == ([], True)
    assert run([str(path)]) == 0 and "con sello de tiempo" in capsys.readouterr().out
    target = io.BytesIO()
    write_pack(target, [part("a", b"x")], ABOUT)
    stamp_pack(target, lambda told: b"sello de otra cosa")
    path.write_bytes(target.getvalue())
    assert "sello de tiempo es de otra cosa" in check_pack(path).problems[0]


@pytest.mark.parametrize("content", [b"{", b"[" * 200_000, b"\xff\xfe", b"[]", b"null", b"{}"])
def test_a_formula_that_is_none_is_said_to_be_unreadable(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(written([Part("cifras/a.json", "a", "application/json", lambda: [content])]))
    assert check_pack(path).problems == []
    [(name, wrong)] = recomputed(path)
    assert (name, wrong) == ("data/cifras/a.json", "no se puede leer: KeyError")


def test_what_a_pack_says_of_itself_does_nothing_to_the_terminal(tmp_path, capsys):
    target = io.BytesIO()
    about = About("Cl\x1b[2Jaro \u202eotig\u00e9l", "Evidencia", "Servicio", date(2026, 11, 2), "puerto/1")
    write_pack(target, [part("a", b"x")], about)
    path = tmp_path / "a.zip"
    path.write_bytes(target.getvalue())
    assert run([str(path)]) == 0
    told = capsys.readouterr().out
    assert "íntegro" in told and "\x1b" not in told and "\u202e" not in told
