# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from siac.organizations.public import SavedVersion, VersionedRecord
from siac.policy.domain.rounds import Ending
from siac.policy.domain.states import EditionState, Phase, phase


class QualityPolicy(VersionedRecord):
    """The quality policy of a body (*política de calidad de servicio*): one for each, in editions."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    title = models.CharField("título", max_length=200)
    council_ids = models.JSONField("órganos que deben aprobarla", default=list)
    """Primary keys of the councils that must all approve an edition; a running round keeps its own."""

    class Meta:
        constraints = [models.UniqueConstraint("institution", name="policy_one_policy")]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The journal stream that tells what became of it."""
        return f"policy:{self.pk}"


class PolicyVersion(SavedVersion):
    """A policy as it stood since one save."""

    policy = models.ForeignKey(
        "policy.QualityPolicy", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("policy", "-number")
        constraints = [models.UniqueConstraint("policy", "number", name="policy_policy_version")]


class PolicyEdition(VersionedRecord):
    """An edition of the policy: its draft, then what the councils and the authority approved, which stays."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    policy = models.ForeignKey("policy.QualityPolicy", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("edición")
    state = models.CharField(max_length=8, default=EditionState.DRAFT)
    title = models.CharField("título", max_length=200)
    author = models.CharField("elaborada por", max_length=200, blank=True)
    """The office, never a name."""
    validator = models.CharField("validada por", max_length=200, blank=True)
    """The office, never a name."""
    source = models.CharField("fuente", max_length=500, blank=True)
    """Where its text comes from, if it was first published elsewhere."""
    valid_from = models.DateField("rige desde", null=True, blank=True)
    """Local day; of a draft the one that is meant."""
    valid_to = models.DateField("rigió hasta", null=True, blank=True)
    """Its last local day: the one before the next edition began."""
    review_by = models.DateField("se revisa antes del", null=True, blank=True)
    act = models.CharField("acto que la aprueba", max_length=200, blank=True)
    approvals = models.JSONField(default=list)
    """What the councils said when it was approved: {council, sitting, on} each, the day in ISO form."""
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    """Of all that was approved."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {
        "policy_id", "number", "state", "valid_to", "act", "approvals", "approved_at", "approved_by_id",
        "digest",
    }  # fmt: skip

    class Meta:
        ordering = ("policy", "-number")
        constraints = [
            models.UniqueConstraint("policy", "number", name="policy_edition_number"),
            models.UniqueConstraint(
                "policy", name="policy_one_draft", condition=~Q(state=EditionState.APPROVED)
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in EditionState]), name="policy_edition_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.APPROVED)
                | (Q(valid_from__isnull=False, approved_at__isnull=False) & ~Q(digest="")),
                name="policy_edition_approved",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="policy_edition_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} ed. {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it can be written."""
        return self.state == EditionState.DRAFT

    def phase(self, today: date) -> Phase:
        """Return how it stands on a local day."""
        return phase(self.state, self.valid_from, self.valid_to, today)


class EditionVersion(SavedVersion):
    """What an edition says of itself (who wrote it, from when) as it stood since one save."""

    edition = models.ForeignKey(
        "policy.PolicyEdition", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("edition", "-number")
        constraints = [models.UniqueConstraint("edition", "number", name="policy_edition_version")]


class PolicySection(VersionedRecord):
    """A section of an edition (`domain.sections`): a text, and rows, or the links of a matrix."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("policy.PolicyEdition", models.PROTECT, related_name="sections")
    code = models.CharField(max_length=20)
    text = models.TextField("texto", max_length=20_000, blank=True)
    rows = models.JSONField("filas", default=list)
    """Each with its `code` and the columns of its section; of a matrix {row, column, text}. Days in ISO
    form, numbers whole."""

    unversioned: ClassVar[frozenset[str]] = VersionedRecord.unversioned | {"edition_id", "code"}

    class Meta:
        ordering = ("edition", "pk")
        constraints = [models.UniqueConstraint("edition", "code", name="policy_section_once")]

    def __str__(self) -> str:
        return self.code


class SectionVersion(SavedVersion):
    """A section as it stood since one save."""

    section = models.ForeignKey(
        "policy.PolicySection", models.PROTECT, related_name="versions", db_index=False
    )

    class Meta:
        ordering = ("section", "-number")
        constraints = [models.UniqueConstraint("section", "number", name="policy_section_version")]


class PolicyRound(models.Model):
    """An edition as it was proposed to its councils once: all must approve, one that rejects returns it."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    edition = models.ForeignKey("policy.PolicyEdition", models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    council_ids = models.JSONField()
    digest = models.CharField(max_length=64)
    """Of what was proposed."""
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=11, blank=True)

    class Meta:
        ordering = ("edition", "-number")
        constraints = [
            models.UniqueConstraint("edition", "number", name="policy_round_number"),
            models.UniqueConstraint("edition", name="policy_one_round", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(ending="", ended_at=None)
                | Q(ending__in=[each.value for each in Ending], ended_at__isnull=False),
                name="policy_round_ending",
            ),
        ]

    def __str__(self) -> str:
        return f"round:{self.pk}"


class LineLink(models.Model):
    """By what the progress of a line of action is seen: a thing of another context, by its kind and number.
    It belongs to the policy, not to an edition: it is said when the thing exists.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    policy = models.ForeignKey("policy.QualityPolicy", models.PROTECT, related_name="links")
    line = models.CharField(max_length=20)
    """The code of the line, the same in every edition."""
    kind = models.CharField(max_length=30)
    number = models.BigIntegerField()

    class Meta:
        ordering = ("policy", "line", "pk")
        constraints = [models.UniqueConstraint("policy", "line", "kind", "number", name="policy_link_once")]

    def __str__(self) -> str:
        return f"{self.line}:{self.kind}:{self.number}"
