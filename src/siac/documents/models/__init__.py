# SPDX-License-Identifier: EUPL-1.2
from siac.documents.models.attachment import Attachment

__all__ = ["Attachment"]
