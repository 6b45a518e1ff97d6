# SPDX-License-Identifier: EUPL-1.2
from django.db import models


class JobFault(models.Model):
    """Something that a job could not do for one body or one thing of it, until it could; shown in
    `/salud`.
    """

    job = models.CharField(max_length=80)
    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    subject = models.CharField(max_length=80, blank=True)
    """What it was about, `case:12` say; empty: the body as a whole."""
    error = models.CharField(max_length=100)
    """Class of the error, never its message, which could hold data of people."""
    failures = models.PositiveIntegerField(default=1)
    """Failed turns in a row."""
    since = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "institution", "subject"], name="infra_jobfault_once")
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.subject}"
