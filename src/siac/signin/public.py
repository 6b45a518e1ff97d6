# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `signin`."""

from siac.signin.commands.providers import allow_passwords

__all__ = ["allow_passwords"]
