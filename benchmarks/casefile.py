# SPDX-License-Identifier: EUPL-1.2
"""How long one case file takes: from the wish to the stored PDF, as the worker makes it."""

import os
from base64 import b64encode
from statistics import median
from time import perf_counter

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.models import Dossier, Edition
from siac.cases.protection.preparing import begin_case_file
from siac.cases.public import Case, visible_to
from siac.cases.tasks import prepare
from siac.documents.public import attach, attachment, check_uploads
from siac.journal.public import record
from siac.organizations.public import Institution, access_in, grant_role

PAGES = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ORIGINALS, ENTRIES = 5, 40
BYTES = 1024 * 1024


def case_file_time(institution: Institution, rounds: int = 5) -> str:
    """Return one line: the median time of the file of a case with five
    originals of 1 MB and forty more entries.
    """
    now = timezone.now()
    grant_role(
        institution=institution, actor=None, now=now, email="expediente@bench.example", name="Expediente",
        role=Role.AUDITOR, unit_id=None,
    )  # fmt: skip
    user = institution.memberships.get(user__email="expediente@bench.example").user
    access = access_in(user, institution.slug)
    case = visible_to(access).order_by("-pk")[0]
    _grow(institution, case)
    times, size = [], 0
    for _ in range(rounds):
        made = begin_case_file(access=access, case=case, edition=Edition.COMPLETE, form="pdf", now=now)
        start = perf_counter()
        prepare(made.pk)
        times.append(perf_counter() - start)
        made = Dossier.objects.get(pk=made.pk)
        size = attachment(institution.pk, made.attachment_id or 0).size
    return (
        f"case file: {median(times):.2f} s for one PDF/A-3 of "
        f"{size / BYTES:.1f} MB with {ORIGINALS} originals of 1 MB"
        f" and a history of more than {ENTRIES} entries (median of {rounds})"
    )


@transaction.atomic
def _grow(institution: Institution, case: Case) -> None:
    """Give the case what a long one has."""
    now = timezone.now()
    padding = b"%" + b64encode(os.urandom(BYTES * 3 // 4)) + b"\n"  # which no compression makes smaller
    uploads = [
        SimpleUploadedFile(f"anexo-{n}.pdf", PAGES[:9] + padding + PAGES[9:], "application/pdf")
        for n in range(ORIGINALS)
    ]
    attach(institution.pk, "case", case.pk, check_uploads(uploads), actor_id=None, now=now)
    for _ in range(ENTRIES):
        record(institution.pk, case.stream, "cases.noted", now)
