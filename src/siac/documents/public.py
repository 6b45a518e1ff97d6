# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `documents`."""

from siac.documents.commands.attaching import annul_attachment, attach, erase_attachments, put_away
from siac.documents.commands.moving import move_attachments
from siac.documents.delivery import download_response, open_file, staff_download, view_response
from siac.documents.domain.files import MEDIA_TYPES, Code, Limits, Problem, ScanState, Visibility, safe_name
from siac.documents.inspection import CheckedFile, Sending, check_uploads, says_place
from siac.documents.models import Attachment, PreparedFile
from siac.documents.prepared import (
    Content,
    Prepared,
    expire_prepared,
    fetched,
    prepared_job,
    register_prepared,
)
from siac.documents.queries import (
    StoredFile,
    attachment,
    attachments_of,
    attachments_of_several,
    carried,
    count_files,
    counting_files,
    files_of_body,
    is_erased,
    known_files,
    living_files,
    stored_files,
)
from siac.documents.storage import files as file_store
from siac.documents.texts import ALLOWED, REFUSALS, SCAN_STATES, sentence
from siac.documents.uploads import FILES_HINT, UploadMixin
from siac.documents.verification import file_row_problems

__all__ = [
    "ALLOWED",
    "FILES_HINT",
    "MEDIA_TYPES",
    "REFUSALS",
    "SCAN_STATES",
    "Attachment",
    "CheckedFile",
    "Code",
    "Content",
    "Limits",
    "Prepared",
    "PreparedFile",
    "Problem",
    "ScanState",
    "Sending",
    "StoredFile",
    "UploadMixin",
    "Visibility",
    "annul_attachment",
    "attach",
    "attachment",
    "attachments_of",
    "attachments_of_several",
    "carried",
    "check_uploads",
    "count_files",
    "counting_files",
    "download_response",
    "erase_attachments",
    "expire_prepared",
    "fetched",
    "file_row_problems",
    "file_store",
    "files_of_body",
    "is_erased",
    "known_files",
    "living_files",
    "move_attachments",
    "open_file",
    "prepared_job",
    "put_away",
    "register_prepared",
    "safe_name",
    "says_place",
    "sentence",
    "staff_download",
    "stored_files",
    "view_response",
]
