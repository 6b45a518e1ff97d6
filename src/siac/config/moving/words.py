# SPDX-License-Identifier: EUPL-1.2


class MovingError(Exception):
    """A body cannot leave or come in; the message is for the operator."""
