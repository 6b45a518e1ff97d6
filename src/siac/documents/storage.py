# SPDX-License-Identifier: EUPL-1.2
"""Where files lie: a folder by default, or any Django storage named in
`SIAC_STORAGE` (S3-compatible ones too).
"""

import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.module_loading import import_string

from siac.infra.environment import text


class DurableStorage(FileSystemStorage):
    """Files under `MEDIA_ROOT`, readable by the application only, on disk before the save returns."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700, **options})

    def _save(self, name: str, content: "File[Any]") -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        for target in (path, path.parent):
            descriptor = os.open(target, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return saved


def files() -> Storage:
    """Return the storage of attachments."""
    made: Storage = import_string(text("SIAC_STORAGE", "siac.documents.storage.DurableStorage"))()
    return made
