# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.db import models

from siac.accounts.domain.signing_in import Step, Way


class SignIn(models.Model):
    """A time somebody signed in with an account, or tried to and failed.

    Tries with an address that has no account are only counted (`accounts.guessing`): who typed what is
    nobody's to keep.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=[(way.value, way.value) for way in Way])
    step = models.CharField(max_length=16, blank=True, choices=[(step.value, step.value) for step in Step])
    provider_id = models.BigIntegerField(null=True)
    """The provider of identity that vouched or refused (`signin.IdentityProvider`); null: none."""
    succeeded = models.BooleanField()
    address = models.CharField(max_length=45, blank=True)
    """Where it came from, an IPv6 one as its /64 network; forgotten after `KEEP_ADDRESS`."""
    browser = models.CharField(max_length=40, blank=True)
    """Browser and system in words; forgotten with the address."""
    session_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the key of the session that began, in hexadecimal; the key itself is a way in."""

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["user", "-at"], name="accounts_sign_in_of_user"),
            models.Index(fields=["at"], name="accounts_sign_in_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
