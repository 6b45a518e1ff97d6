# SPDX-License-Identifier: EUPL-1.2
from siac.signin.models.directory import DirectoryGroup, DirectoryUser
from siac.signin.models.mail_domain import MailDomain
from siac.signin.models.provider import IdentityProvider, LinkedIdentity

__all__ = ["DirectoryGroup", "DirectoryUser", "IdentityProvider", "LinkedIdentity", "MailDomain"]
