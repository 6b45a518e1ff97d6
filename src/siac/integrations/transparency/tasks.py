# SPDX-License-Identifier: EUPL-1.2
"""The job that packs answers."""

from siac.documents.public import prepared_job
from siac.integrations.transparency.commands import PACKAGES

pack_answers = prepared_job(PACKAGES)
