# SPDX-License-Identifier: EUPL-1.2
import uuid

from django.db import models
from django.db.models.functions import Lower

from siac.accounts.public import Role


class DirectoryUser(models.Model):
    """Somebody of a body as its directory tells of them by SCIM (RFC 7643, 4.1), and their account here."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Its `id` in SCIM."""
    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, related_name="+")
    """Null while the directory told no e-mail of theirs: nobody signs in without one."""
    has_made_account = models.BooleanField(default=False)
    """Whether the account was opened for this row: only then the directory may change name and address."""
    has_closed_account = models.BooleanField(default=False)
    """Whether it was closed with this row: only then it is opened again with it."""
    is_removed = models.BooleanField(default=False)
    """Whether the directory forgot them: nothing is told of the row any more, which only remembers what the
    directory did with the account, for when it tells of the same person again.
    """
    user_name = models.CharField(max_length=254)
    """How the directory calls them; mostly the address they sign in with."""
    external_id = models.CharField(max_length=255, blank=True)
    details = models.JSONField(default=dict)
    """`name`, `displayName`, `emails` and `active` as the directory gave them; nothing else is kept."""
    is_active = models.BooleanField(default=True)
    granted = models.JSONField(default=list)
    """The roles that its groups gave or offered, as [role, unit id or null]; only these are taken away again.
    """
    is_due = models.BooleanField(default=False, db_default=False)
    """Whether a job still brings their roles after their groups (`commands.roles`)."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("institution", "user", name="signin_directory_user_once"),
            models.UniqueConstraint(
                "institution",
                Lower("user_name"),
                name="signin_directory_name_once",
                condition=models.Q(is_removed=False),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "external_id"], name="signin_directory_external"),
            models.Index("institution", "id", name="signin_directory_due", condition=models.Q(is_due=True)),
        ]

    def __str__(self) -> str:
        return self.user_name


class DirectoryGroup(models.Model):
    """A group of the directory of a body, and the role that its members have here; until somebody who
    administers says which, none.
    """

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nombre en el directorio", max_length=200)
    external_id = models.CharField(max_length=255, blank=True)
    role = models.CharField(
        "rol", max_length=20, blank=True, choices=[(role.value, role.value) for role in Role]
    )
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    """Where the role holds; null: in the whole body."""
    members = models.ManyToManyField(DirectoryUser, related_name="groups")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint("institution", "name", name="signin_directory_group_once")]

    def __str__(self) -> str:
        return self.name
