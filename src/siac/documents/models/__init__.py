# SPDX-License-Identifier: EUPL-1.2
from siac.documents.models.attachment import Attachment
from siac.documents.models.prepared import EXPIRED, PreparedFile

__all__ = ["EXPIRED", "Attachment", "PreparedFile"]
