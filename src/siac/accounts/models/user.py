# SPDX-License-Identifier: EUPL-1.2
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in with `email`; without a password the account cannot sign in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create whoever runs the installation: sets up bodies, sees no citizen's data by that alone."""
        return self.create_user(email, password, **{**fields, "is_installer": True})


class User(AbstractBaseUser):
    """Someone of the house who signs in. Citizens need no account."""

    email = models.EmailField("correo electrónico", max_length=254, unique=True)
    name = models.CharField("nombre", max_length=150)
    is_active = models.BooleanField("activa", default=True)
    is_barred = models.BooleanField(default=False)
    """Closed by whoever runs the installation: nobody else opens it again."""
    is_installer = models.BooleanField("administra la instalación", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_lower")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Django's admin is not part of the product."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Deny: rights come from `organizations` memberships, never from Django permissions."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Deny, as `has_perm`."""
        return False
