# SPDX-License-Identifier: EUPL-1.2
"""Pages of `notices`."""

from datetime import datetime

from siac.notices.channels.sms import STATUS
from siac.notices.models import Notice
from tests.architecture.samples.whom import Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "notice_status": Sample(arguments=with_(token="notice_token"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name the first notice that the body sent, and its address for the gateway of text messages."""
    notice = Notice.objects.filter(institution=house.institution).order_by("pk")[0].pk
    return {"notice": notice, "notice_token": STATUS.sign(str(notice))}
