# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class ProcessingActivity(models.Model):
    """One line of the register of processing activities of a body (Regulation (EU) 2016/679, art.

    30; Ley 21.719).
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    name = models.CharField("actividad", max_length=200)
    purpose = models.TextField("fines", max_length=2000)
    basis = models.TextField("base legal", max_length=2000)
    subjects = models.TextField("de quiénes son los datos", max_length=2000)
    data = models.TextField("qué datos", max_length=2000)
    recipients = models.TextField("a quiénes se comunican", max_length=2000)
    transfers = models.TextField("transferencias a otros países", max_length=2000, blank=True)
    retention = models.TextField("cuándo se borran", max_length=2000)
    security = models.TextField("medidas de seguridad", max_length=2000)
    responsible = models.CharField("quién responde de ella", max_length=200)
    is_active = models.BooleanField("se hace hoy", default=True)
    version = models.PositiveIntegerField(default=1)
    """Raised by every save; a form sent for an older one is refused."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("institution", "name", name="organizations_processing_activity_name")
        ]

    def __str__(self) -> str:
        return self.name
