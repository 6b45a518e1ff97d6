# SPDX-License-Identifier: EUPL-1.2
"""Nothing of a practice body leaves the house, by whatever way it would have gone."""

import pytest

from siac.kernel.errors import Refused
from siac.notices.channels import Result, email, sms
from siac.notices.domain.outbox import Outcome
from siac.notices.models import ChannelSwitch, Notice
from siac.notices.public import mark_sent, queue, resend, send_due
from siac.notices.registration import CHANNELS
from siac.organizations.models import Institution


@pytest.fixture
def practice(body):
    """A practice body beside another."""
    fields = {
        name: getattr(body, name) for name in ("name", "short_name", "jurisdiction", "time_zone", "place")
    }
    return Institution.objects.create(slug="practica", practice_of=body, **fields)


@pytest.fixture
def handed_over(monkeypatch):
    """What was handed to the mail server or the gateway: everything that is sent goes through here."""
    monkeypatch.setenv("SIAC_MAIL", "smtp")
    monkeypatch.setenv("SIAC_SMTP_URL", "smtp://127.0.0.1:9")
    gone: list[str] = []
    taken = Result(Outcome.ACCEPTED, "250 ok")
    monkeypatch.setattr(email, "deliver", lambda message, to: gone.append(to) or taken)
    monkeypatch.setattr(sms, "hand_over", lambda to, content, **more: gone.append(to) or taken)
    return gone


def put(body, now, channel):
    return queue(body.pk, "t.receipt", "test:7", channel, "case", 1, {"folio": "2026-1"}, now)


def settle(notice, now):
    """Let happen what ends a notice: the job that sends mail, or staff who says that it went out."""
    send_due(lambda: now)
    if Notice.objects.get(pk=notice.pk).state == "pending":
        mark_sent(notice.institution_id, notice.pk, actor_id=None, now=now, proof="Correos 12")
    return Notice.objects.get(pk=notice.pk)


MACHINES = ("email", "sms")
"""Channels that hand over to a machine outside: `handed_over` catches what each does."""
HANDS = ("letter", "pickup", "phone", "none")


def test_of_every_channel_it_is_known_who_hands_over():
    assert sorted(channel.code for channel in CHANNELS) == sorted((*MACHINES, *HANDS))


@pytest.mark.parametrize("channel", [channel.code for channel in CHANNELS])
def test_no_notice_leaves_a_practice_body(body, practice, now, handed_over, channel):
    ChannelSwitch.objects.bulk_create(
        ChannelSwitch(institution=own, channel=channel, is_on=True) for own in (practice, body)
    )
    inside, outside = put(practice, now, channel), put(body, now, channel)
    told = settle(inside, now)
    assert told.state == ("shown" if channel == "none" else "withheld") and told.sent_at is None
    real = settle(outside, now)
    assert real.state == ("shown" if channel == "none" else "sent")
    assert len(handed_over) == (1 if channel in MACHINES else 0)


def test_what_would_have_been_sent_can_be_read(practice, now, handed_over):
    told = settle(put(practice, now, "email"), now)
    assert told.subject_line and told.body and told.salt
    assert list(told.attempts.values_list("outcome", flat=True)) == ["withheld"]
    assert handed_over == []


def test_what_was_withheld_is_not_sent_again(practice, now, handed_over):

    told = settle(put(practice, now, "email"), now)
    with pytest.raises(Refused):
        resend(practice.pk, told.pk, actor_id=1, now=now)
    send_due(lambda: now)
    assert handed_over == []
