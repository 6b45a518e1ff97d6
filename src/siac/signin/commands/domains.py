# SPDX-License-Identifier: EUPL-1.2
"""Which addresses are of a body: said by whoever runs the installation, by nobody else."""

from datetime import datetime

from django.db import IntegrityError, transaction

from siac.kernel.errors import Refused
from siac.organizations.public import Institution, lock_institution, note_configuration
from siac.signin.domain.mail import as_domain, refusal_of_domain
from siac.signin.models import MailDomain


@transaction.atomic
def add_domain(*, institution: Institution, domain: str, now: datetime) -> bool:
    """Say that the addresses of a domain are of a body; False where that was said before.

    Raises:
        Refused: the body is one to practise on (practice_without_provider), it is no domain (domain_odd), it
            is one in which anybody opens an address (domain_of_everybody), or another body's (domain_taken).
    """
    if institution.is_practice:
        raise Refused("practice_without_provider")
    name = as_domain(domain)
    if code := refusal_of_domain(name):
        raise Refused(code, domain=name)
    lock_institution(institution.pk)
    if MailDomain.objects.filter(institution=institution, domain=name).exists():
        return False
    try:
        with transaction.atomic():
            MailDomain.objects.create(institution=institution, domain=name, created_at=now)
    except IntegrityError as error:
        raise Refused("domain_taken", domain=name) from error
    _note(institution, "signin.domain_added", name, now)
    return True


@transaction.atomic
def remove_domain(*, institution: Institution, domain: str, now: datetime) -> bool:
    """Say that the addresses of a domain are not of a body any more; False where they were not.

    Accounts stay as they are, and who is bound to the body's server comes in as before.
    """
    name = as_domain(domain)
    lock_institution(institution.pk)
    if not MailDomain.objects.filter(institution=institution, domain=name).delete()[0]:
        return False
    _note(institution, "signin.domain_removed", name, now)
    return True


def _note(institution: Institution, kind: str, domain: str, now: datetime) -> None:
    note_configuration(institution.pk, kind, actor=None, now=now, data={"domain": domain})
