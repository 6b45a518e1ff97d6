# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.infra.models import LongWork, states_with
from siac.kernel.work_states import WorkState

EXPIRED = "expired"


class PreparedFile(LongWork):
    """A file that a job makes for whoever asked, handed out for a while (see `documents.prepared`); the row
    stays, for it says who took what.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(
        max_length=10,
        choices=states_with(
            waiting="En preparación",
            running="En preparación",
            done="Listo",
            failed="No se pudo preparar",
            expired="Vencido",
        ),
        default=WorkState.WAITING,
    )
    attachment_id = models.BigIntegerField(null=True)
    """The stored file while it lasts."""
    sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the file as it was handed out; it stays when the file is gone."""
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
