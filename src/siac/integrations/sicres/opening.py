# SPDX-License-Identifier: EUPL-1.2
"""Reading files of exchange in a process apart."""

import logging

from siac.infra.confined import CannotRead, read
from siac.integrations.sicres.domain.reading import Exchange, Message, Trouble, told

logger = logging.getLogger(__name__)
SECONDS = 20.0
_READ = "siac.integrations.sicres.domain.parsing:read"


def opened(content: bytes) -> Exchange | Message | Trouble:
    """Return what a file says, or why it cannot be read at all."""
    try:
        value, contents = read(_READ, content, seconds=SECONDS)
    except CannotRead as error:
        logger.warning("A file of exchange of %s bytes could not be read: %s", len(content), error.reason)
        return Trouble("unreadable")
    return Trouble(value["odd"]) if "odd" in value else told(value, contents)
