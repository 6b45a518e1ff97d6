# SPDX-License-Identifier: EUPL-1.2
from siac.signing.models.certificate import SigningCertificate, SigningSetup
from siac.signing.models.port import PortTicket, SigningPort
from siac.signing.models.signature import Signature

__all__ = ["PortTicket", "Signature", "SigningCertificate", "SigningPort", "SigningSetup"]
