# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import Q

from siac.infra.models import LongWork, states_with
from siac.kernel.work_states import WorkState
from siac.signing.domain.states import OVER, SignState
from siac.signing.texts import PORTS, STATES


class Signature(LongWork):
    """That a document of a body is signed, or is to be: asked for, made by a job or brought back from
    outside.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    """Which document of that kind (`domain.signables`)."""
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10,
        choices=states_with(
            waiting="Por firmar",
            running="Firmándose",
            done="Firmado",
            failed="No se pudo firmar",
            stopped="Cancelada",
            **{str(state): words for state, words in STATES.items()},
        ),
        default=WorkState.WAITING,
    )
    code = models.CharField(max_length=12)
    """By which whoever holds the document finds what is known of its signature."""
    line = models.CharField(max_length=300)
    """What every page of it says of the signature."""
    not_before = models.DateTimeField(null=True)
    """Not signed before: until then what it signs may still be taken back."""
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    """What stands in its way (`Trouble`)."""
    way = models.CharField(
        max_length=12, blank=True, default="", choices=[(port.value, words) for port, words in PORTS.items()]
    )
    """By which program or service outside (`Port`); empty: by the certificate of the body, or by hand."""
    original_id = models.BigIntegerField(null=True)
    """The file as it was taken out, until it is brought back."""
    original_size = models.PositiveIntegerField(default=0)
    """Bytes of what was signed: a signed file begins with them."""
    original_sha256 = models.CharField(max_length=64, blank=True)
    signed_id = models.BigIntegerField(null=True)
    """The signed file."""
    signed_size = models.PositiveIntegerField(default=0)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    certificate = models.ForeignKey(
        "signing.SigningCertificate", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """By which it was signed here; null: outside."""
    signers = models.JSONField(default=list)
    """Who signed, as their certificates say: name, issuer, serial, until, at, stamped; of one from outside
    `held`, too, where it was seen that its certificate held between the document and its coming back.
    """
    signers_salt = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Salt of the digest that the journal holds of who signed; erased with them. Empty on older ones."""
    requested_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    """Null: the body signs such documents by itself."""
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", db_index=False
    )
    annulled_why = models.CharField(max_length=300, blank=True, default="")
    """Why it does not count any more: for the house, not for whoever checks a document."""
    annulled_salt = models.CharField(max_length=64, blank=True, default="", db_default="")
    """Salt of the digest that the journal holds of that; erased with it. Empty on older ones."""

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "institution",
                "kind",
                "subject_id",
                name="signing_once",
                condition=~Q(state__in=OVER),
            ),
            models.UniqueConstraint("institution", "code", name="signing_code"),
        ]
        indexes = [
            models.Index(fields=["institution", "-created_at", "-id"], name="signing_of_body"),
            # Also those that do not count any more, which `signing_once` leaves out.
            models.Index(fields=["institution", "kind", "subject_id"], name="signing_of_document"),
            models.Index(
                "institution",
                "id",
                name="signing_unfinished",
                condition=~Q(state__in=[WorkState.DONE.value, *OVER]),
            ),
        ]

    @property
    def stream(self) -> str:
        """The journal stream that tells it."""
        return f"signature:{self.pk}"

    @property
    def is_outside(self) -> bool:
        """Whether it was taken out and is not back."""
        return self.state == SignState.OUTSIDE

    @property
    def was_in_force(self) -> bool:
        """Whether it was seen that the certificates of a signature from outside held when it was made."""
        return all(each.get("held") for each in self.signers)

    def __str__(self) -> str:
        return self.title
