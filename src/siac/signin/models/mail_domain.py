# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class MailDomain(models.Model):
    """What follows the @ in the addresses of one body, as whoever runs the installation made sure of.

    Only for such addresses the server of identity of the body and its directory find, open, change or bind
    accounts: what either says of other addresses proves nothing.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    domain = models.CharField(max_length=253, unique=True)
    """In small letters, exactly: a subdomain is another one."""
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("domain",)
        constraints = [
            models.CheckConstraint(condition=Q(domain=Lower("domain")), name="signin_mail_domain_lower")
        ]

    def __str__(self) -> str:
        return self.domain
