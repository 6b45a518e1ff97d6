# SPDX-License-Identifier: EUPL-1.2
"""Who may see which mail."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from siac.cases.public import not_yet_cases, seen_by
from siac.integrations.mailbox.models import IncomingMail
from siac.integrations.mailbox.queries import VIEWS, has_mailboxes
from siac.journal.public import record_access
from siac.organizations.public import Access


def visible_mail(access: Access) -> QuerySet[IncomingMail]:
    """Return the mail of the body that the holder of `access` may see, unordered.

    Mail that is no request yet: whoever would see the request its mailbox makes of it, by unit and by kind.
    Mail of a request: whoever sees that request.

    Lazy: no SQL until it is read.
    """
    rows = IncomingMail.objects.filter(institution=access.institution)
    rows = rows.alias(for_unit=Coalesce("mailbox__unit", "mailbox__kind__unit"))
    unfiled = Q(case=None) & not_yet_cases(access, unit="for_unit", kind="mailbox__kind")
    return rows.filter(unfiled | (Q(case__isnull=False) & seen_by(access, through="case__")))


def mail_to_review(access: Access) -> list[QuerySet[IncomingMail]]:
    """Return what the menu counts beside the mail: what somebody must decide
    about; nothing where no mailbox is connected.

    Lazy: no SQL until it is read.
    """
    waiting = visible_mail(access).filter(state__in=VIEWS[0].states)
    return [waiting] if has_mailboxes(access.institution) else []


def mail_for(access: Access, mail_id: int, *, now: datetime) -> IncomingMail:
    """Return one mail; reading it leaves an entry in the reader's access
    stream, as it names its sender (4 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = visible_mail(access).select_related("mailbox__kind", "case", "decided_by")
    mail = rows.filter(pk=mail_id).first()
    if mail is None:
        raise Http404(str(mail_id))
    record_access(institution_id=access.institution.pk, user_id=access.user.pk, subject=mail.stream, at=now)
    return mail
