# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.embedding`."""

from datetime import datetime

from siac.cases.embedding.commands import add_site
from siac.cases.models import EmbeddingSite
from tests.architecture.samples.cases.core import BROWSER
from tests.architecture.samples.whom import ADMIN, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "portal:cases:framed_choose": Sample(),
    "portal:cases:framed_fill": Sample(arguments=with_(kind="kind_code")),
    "portal:cases:framed_check": Sample(arguments=with_(key="framed_draft")),
    "portal:cases:framed_receipt": Sample(arguments=with_(key="framed_receipt")),
    "portal:cases:framed_receipt_pdf": Sample(arguments=with_(key="framed_receipt")),
    "portal:cases:framed_end": Sample(arguments=with_(key="framed_receipt"), post=True),
    "workspace:kinds:sites": Sample(ADMIN),
    "workspace:kinds:site_remove": Sample(ADMIN, with_(site_id="site"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Let a site show the form; what the core kept opens by its address there."""
    user = house.user(R.ADMINISTRATOR)
    for site in ("https://www.puerto.example", "https://otro.example"):
        add_site(institution=house.institution, address=site, actor=user, now=now)
    return {
        "site": EmbeddingSite.objects.get(institution=house.institution, origin="https://otro.example").pk,
        "framed_draft": f"{made['draft']}.{BROWSER}",
        "framed_receipt": f"{made['receipt']}.{BROWSER}",
    }
