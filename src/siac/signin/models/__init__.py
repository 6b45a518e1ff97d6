# SPDX-License-Identifier: EUPL-1.2
from siac.signin.models.directory import DirectoryGroup, DirectoryUser
from siac.signin.models.identification import Identification
from siac.signin.models.mail_domain import MailDomain
from siac.signin.models.provider import Audience, IdentityProvider, LinkedIdentity

__all__ = [
    "Audience",
    "DirectoryGroup",
    "DirectoryUser",
    "Identification",
    "IdentityProvider",
    "LinkedIdentity",
    "MailDomain",
]
