# SPDX-License-Identifier: EUPL-1.2
"""Who may see which mail."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from siac.accounts.public import Permission
from siac.cases.public import closed_reach, visible_to
from siac.integrations.mailbox.models import IncomingMail
from siac.journal.public import record_access
from siac.organizations.public import Access


def visible_mail(access: Access) -> QuerySet[IncomingMail]:
    """Return the mail of the body that the holder of `access` may see, unordered.

    Mail of mailboxes for restricted requests only with the right to those, or, where their kind is closed to named
    readers, as one of these; mail about a restricted request only where that is seen.
    """
    rows = IncomingMail.objects.filter(institution=access.institution)
    reach = closed_reach(access)
    kinds = Q(mailbox__kind__is_restricted=False) | Q(mailbox__kind__in=reach.everywhere | reach.units.keys())
    if access.has(Permission.CASE_READ_RESTRICTED):
        kinds |= ~Q(mailbox__kind__in=reach.closed)
    readable = visible_to(access).filter(is_restricted=True).values("pk")
    cases = Q(case__isnull=True) | Q(case__is_restricted=False) | Q(case__in=readable)
    return rows.filter(kinds, cases)


def mail_for(access: Access, mail_id: int, *, now: datetime) -> IncomingMail:
    """Return one mail; reading it leaves an entry in the reader's access stream, as it names its sender (4 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = visible_mail(access).select_related("mailbox__kind", "case", "decided_by")
    mail = rows.filter(pk=mail_id).first()
    if mail is None:
        raise Http404(str(mail_id))
    record_access(institution_id=access.institution.pk, user_id=access.user.pk, subject=mail.stream, at=now)
    return mail
