# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `signin`."""

from siac.signin.commands.domains import add_domain, remove_domain
from siac.signin.commands.providers import allow_passwords
from siac.signin.queries import mail_domains

__all__ = ["add_domain", "allow_passwords", "mail_domains", "remove_domain"]
