# SPDX-License-Identifier: EUPL-1.2
"""The job that makes packs of evidence."""

from siac.documents.public import prepared_job
from siac.programme.commands.packs import PACKS

make_pack = prepared_job(PACKS)
