# SPDX-License-Identifier: EUPL-1.2
"""Signatures stamped with the time by an authority (RFC 3161) that answers, is away, or answers oddly."""

from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import bagit
import pytest
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader

from siac.accounts.public import Role
from siac.infra.retrying import Busy
from siac.programme import tasks
from siac.programme.models import Pack
from siac.programme.public import ask_pack, check_pack
from siac.signing.commands.certificates import save_setup
from siac.signing.commands.silences import LET_BE
from siac.signing.domain.states import MOST_TRIES
from siac.signing.pdf.stamping import stamp_of
from tests.factories import NOW
from tests.programme import test_evidence_packs as packs
from tests.signing.authority import stamping
from tests.signing.conftest import LATER, certify, signing_of
from tests.words import words

pytestmark = pytest.mark.django_db
programme = packs.programme


@pytest.fixture(scope="module")
def authority_here(tmp_path_factory):
    with stamping(tmp_path_factory.mktemp("tsa")) as own:
        yield own


@pytest.fixture
def stamps(authority_here, monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8")
    authority_here.manner, authority_here.asked = "", 0
    return authority_here


def set_up(signing, stamps):
    certify(signing.house)
    save_setup(
        institution=signing.house.institution, stamps=stamps.url, signs_answers=False, actor=None, now=NOW
    )
    signing.client().post(signing.url("firmar/"))


def test_a_signature_carries_a_stamp_that_openssl_takes_and_pdfsig_still_agrees(
    signing, stamps, judged, tmp_path
):
    set_up(signing, stamps)
    row = signing.run()
    assert row.state == "done" and row.signers[0]["stamped"] and stamps.asked == 1
    assert "Signature is Valid." in judged(signing.content())
    assert "Con sello de tiempo" in words(signing.client().get(signing.url()))
    (tmp_path / "b.pdf").write_bytes(signing.content())
    with (tmp_path / "b.pdf").open("rb") as file:
        own = PdfFileReader(file).embedded_signatures[0]
        signer = own.signed_data["signer_infos"][0]
        (token,) = [
            one["values"][0]
            for one in signer["unsigned_attrs"]
            if one["type"].native == "signature_time_stamp_token"
        ]
        answer = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
        assert stamps.verifies(signer["signature"].native, answer)


def test_a_stamp_over_anything_is_kept_raw_and_openssl_takes_it(stamps):
    made = stamp_of(stamps.url, b"tagmanifest")
    assert stamps.verifies(b"tagmanifest", made.answer)
    assert not stamps.verifies(b"otra cosa", made.answer)


def test_the_installation_may_name_one_for_every_body(signing, stamps, monkeypatch):
    certify(signing.house)
    monkeypatch.setenv("SIAC_TSA_URL", stamps.url)
    signing.client().post(signing.url("firmar/"))
    assert signing.run().signers[0]["stamped"]


def test_one_that_is_away_is_asked_again_and_the_page_says_so(signing, stamps):
    set_up(signing, stamps)
    stamps.manner = "away"
    row = signing.run()
    assert (row.state, row.trouble, row.attempts) == ("running", "stamp_away", 1)
    assert "Se vuelve a intentar" in words(signing.client().get(signing.url()))
    stamps.manner, before = "", stamps.asked
    assert (signing.run(row).state, stamps.asked) == ("running", before)  # let alone
    assert signing.run(row, now=LATER + LET_BE).state == "done"
    assert "Se vuelve a intentar" not in words(signing.client().get(signing.url()))


def test_one_that_is_silent_is_asked_for_one_body_and_not_for_the_next(signing, other_house, stamps):
    stamps.manner, other = "away", signing_of(other_house)
    for each in (signing, other):
        set_up(each, stamps)
        assert each.run().trouble == "stamp_away"
    assert stamps.asked == 1


def test_after_an_hour_of_silence_somebody_must_ask_again(signing, stamps):
    set_up(signing, stamps)
    stamps.manner = "away"
    row = signing.row()
    type(row).objects.filter(pk=row.pk).update(attempts=MOST_TRIES - 1)
    assert signing.run(row).state == "failed"
    stamps.manner = ""
    page = signing.client().post(signing.url("otra-vez/"), follow=True)
    assert "Firma pedida otra vez" in words(page)
    assert signing.run(row, now=NOW + timedelta(hours=2)).state == "done"


@pytest.mark.parametrize("manner", ["garbage", "refuses", "another", "endless"])
def test_what_is_no_stamp_of_this_is_refused(signing, stamps, manner):
    set_up(signing, stamps)
    stamps.manner = manner
    row = signing.run()
    assert (row.state, row.trouble) == ("failed", "stamp_refused") and row.signed_id is None
    assert "no dio un sello válido" in words(signing.client().get(signing.url()))


def test_an_address_inside_is_not_reached(signing, stamps, monkeypatch):
    set_up(signing, stamps)
    monkeypatch.delenv("SIAC_OUTSIDE_ALLOWED")
    assert signing.run().trouble == "stamp_refused" and stamps.asked == 0


def test_a_pack_of_evidence_is_stamped_and_is_made_without_where_nobody_answers_for_an_hour(
    house, programme, stamps, tmp_path
):
    save_setup(institution=house.institution, stamps=stamps.url, signs_answers=False, actor=None, now=NOW)
    path = packs.saved(house, packs.pack_of(house, programme), tmp_path)
    told = check_pack(path)
    assert (told.problems, told.is_stamped) == ([], True)
    with ZipFile(path) as pack:
        lists, answer = (pack.read(f"tagmanifest-sha256.txt{end}") for end in ("", ".tsr"))
        pack.extractall(tmp_path / "bag")
    assert stamps.verifies(lists, answer) and bagit.Bag(str(tmp_path / "bag")).is_valid()
    stamps.manner = "away"
    access = house.access(Role.QUALITY_MANAGER)
    row = ask_pack(access=access, programme=programme, phase="E3", task="r4", now=packs.LATER)
    real = datetime.now(UTC)
    Pack.objects.filter(pk=row.pk).update(created_at=real)
    with pytest.raises(Busy):
        tasks.make_pack(row.pk)
    row.refresh_from_db()
    assert row.state == "running"
    Pack.objects.filter(pk=row.pk).update(created_at=real - timedelta(hours=2))
    tasks.make_pack(row.pk)
    row.refresh_from_db()
    assert row.state == "done"
    assert not check_pack(packs.saved(house, row, tmp_path, "otra.zip")).is_stamped
