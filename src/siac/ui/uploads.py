# SPDX-License-Identifier: EUPL-1.2
"""Files on their way in, when the disk has no room for them."""

import errno
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether something failed because the disk, or the share of it that is ours, is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__
    return False


class RoomyUpload(TemporaryFileUploadHandler):
    """Keeps large files on disk while a form is read; where there is no room
    the rest of the form is read all the same.

    The request then says `found_no_room`, and `ui.middleware` answers with what was typed.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._skip(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece of a file."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._skip(error)
        return None

    def _skip(self, error: OSError) -> None:
        if not is_disk_full(error):
            raise error
        self.request.found_no_room = True  # type: ignore[union-attr]
        raise SkipFile
