# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `signing`."""

from siac.signing.commands.asking import ask_signature, forget_signatures, give_up, take_out
from siac.signing.commands.certificates import add_certificate, save_setup
from siac.signing.commands.ports import save_port
from siac.signing.commands.stamping import stamp
from siac.signing.domain.ports import Port
from siac.signing.domain.rights import SignRight
from siac.signing.domain.signables import Found, Signable, register_signable
from siac.signing.models import Signature
from siac.signing.pdf.extra import is_installed
from siac.signing.pdf.stamping import StampAway, StampRefused
from siac.signing.queries import (
    certificate_in_force,
    setup_of,
    signature_of,
    signed_among,
    signed_copy,
    signs_answers,
    subjects_called,
)

__all__ = [
    "Found",
    "Port",
    "SignRight",
    "Signable",
    "Signature",
    "StampAway",
    "StampRefused",
    "add_certificate",
    "ask_signature",
    "certificate_in_force",
    "forget_signatures",
    "give_up",
    "is_installed",
    "register_signable",
    "save_port",
    "save_setup",
    "setup_of",
    "signature_of",
    "signed_among",
    "signed_copy",
    "signs_answers",
    "stamp",
    "subjects_called",
    "take_out",
]
