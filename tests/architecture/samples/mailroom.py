# SPDX-License-Identifier: EUPL-1.2
"""Pages of `mailroom`."""

from datetime import datetime

from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.mailroom.public import NewPaper, PaperType, register_paper
from tests.architecture.samples.whom import EXPORTERS, FILERS, Made, R, Sample, with_
from tests.factories import House, upload

SAMPLES = {
    "workspace:mailroom:papers": Sample(FILERS),
    "workspace:mailroom:paper_new": Sample(FILERS),
    "workspace:mailroom:paper_export": Sample(EXPORTERS),
    "workspace:mailroom:paper": Sample(FILERS, with_(paper_id="paper")),
    "workspace:mailroom:paper_label": Sample(FILERS, with_(paper_id="paper")),
    "workspace:mailroom:paper_file": Sample(FILERS, with_(paper_id="paper", attachment_id="scan")),
    "workspace:mailroom:paper_send": Sample(FILERS, with_(paper_id="paper"), post=True),
    "workspace:mailroom:paper_return": Sample(FILERS, with_(paper_id="paper"), post=True),
    "workspace:mailroom:paper_to_case": Sample(FILERS, with_(paper_id="paper"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Register a letter with its scan."""
    letter = NewPaper(
        PaperType.LETTER,
        "Pide una poda",
        unit_id=house.units["obras"],
        files=check_uploads([upload("carta.pdf")]),
    )
    paper = register_paper(
        institution=house.institution, paper=letter, actor=house.user(R.FRONT_DESK), now=now
    )
    return {"paper": paper.pk, "scan": Attachment.objects.get(subject_type="paper").pk}
