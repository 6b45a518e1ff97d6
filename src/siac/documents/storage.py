# SPDX-License-Identifier: EUPL-1.2
"""Where files lie: a folder by default, or any Django storage named in
`SIAC_STORAGE` (S3-compatible ones too).
"""

import os
from datetime import datetime
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

    def trouble(self) -> str | None:
        """Return what keeps files from being written, None where nothing does; room is told of the disk."""
        folder = Path(self.location)
        while not folder.exists() and folder != folder.parent:  # it is made with the first file
            folder = folder.parent
        return None if os.access(folder, os.W_OK | os.X_OK) else "cannot be written to"


def storage_trouble(now: datetime) -> str | None:
    """Complain where files cannot be stored (no SQL); of a storage that cannot say nothing is known."""
    ask = getattr(files(), "trouble", None)
    return ask() if ask else None


def files() -> Storage:
    """Return the storage of attachments."""
    made: Storage = import_string(text("SIAC_STORAGE", "siac.documents.storage.DurableStorage"))()
    return made
