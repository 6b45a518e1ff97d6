# SPDX-License-Identifier: EUPL-1.2
"""Whether what signs is installed here: the extra `sign`, which not every installation needs."""

from importlib.util import find_spec


def is_installed() -> bool:
    """Return whether documents can be signed and signatures be looked at in this installation."""
    return find_spec("pyhanko") is not None
