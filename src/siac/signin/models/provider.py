# SPDX-License-Identifier: EUPL-1.2
from django.db import models

from siac.accounts.public import Role


class Audience(models.TextChoices):
    """For whom a server of identity speaks."""

    STAFF = "staff", "Las personas del organismo"
    CITIZENS = "citizens", "La ciudadanía"


class IdentityProvider(models.Model):
    """A server of identity (OpenID Connect) that a body believes: of its staff, who sign in with the account
    they have there, or of citizens, who identify themselves before they ask something.

    Of staff it vouches only for who works in that body and in no other; of citizens for name and document,
    which open their own requests and give no right at all.
    """

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, related_name="+", db_index=False
    )
    audience = models.CharField(
        max_length=10, choices=Audience.choices, default=Audience.STAFF, db_default=Audience.STAFF
    )
    label = models.CharField("qué dice el botón", max_length=60)
    issuer = models.CharField("dirección del servidor (issuer)", max_length=300)
    client_id = models.CharField("identificador de cliente", max_length=200)
    secret = models.BinaryField()
    """Sealed with the vault key, bound to body, server and client."""
    domain = models.CharField("dominio del correo", max_length=120, blank=True)
    claim = models.CharField("dato que se exige", max_length=60, blank=True)
    claim_value = models.CharField("valor de ese dato", max_length=120, blank=True)
    trusts_addresses = models.BooleanField("el servidor solo da correos comprobados", default=False)
    """For servers that never say `email_verified`."""
    provisions = models.BooleanField("abre cuentas por sí solo", default=False)
    """Whoever it names and has no account gets one with `default_role`; otherwise only who was invited."""
    default_role = models.CharField(
        "rol de quien entra por primera vez",
        max_length=20,
        blank=True,
        choices=[(role.value, role.value) for role in Role],
    )
    default_unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_only_way = models.BooleanField("las personas del organismo entran solo así", default=False)
    """Then no password and no passkey lets in who works in this body alone; `siac sign-in passwords` ends
    that.
    """
    is_active = models.BooleanField("en uso", default=True)
    preset = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Code of the national server that it began as (`countries.IdentityServer`): what cannot be typed, such
    as where it answers, is taken from there. Empty: it says all of itself.
    """
    scopes = models.CharField(
        "permisos que se piden (scope)", max_length=200, blank=True, default="", db_default=""
    )
    document_claim = models.CharField(
        "dato que trae el documento", max_length=60, blank=True, default="", db_default=""
    )
    """The claim with the document of identity of a citizen."""
    assurance = models.CharField(
        "nivel de garantía que se pide (acr_values)", max_length=120, blank=True, default="", db_default=""
    )
    logout = models.CharField(
        "dirección para cerrar la sesión en él", max_length=300, blank=True, default="", db_default=""
    )
    """The address to come back to is put behind it; empty: as the server says of itself."""
    server = models.JSONField(default=dict)
    """Where the server answers, as read last (`domain.oidc.Server`)."""
    keys = models.JSONField(default=list)
    """The keys it signs with (JWK), as read last."""
    read_at = models.DateTimeField(null=True)
    """When both were read last; None: never."""
    reread_after = models.DateTimeField(null=True)
    """Until then nobody looks again whether it answers elsewhere: somebody does, or did in vain."""
    away_until = models.DateTimeField(null=True)
    """Until then nobody waits for it: it was silent. After that one asks, and the others once it answered."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(provisions=False) | ~models.Q(default_role=""),
                name="signin_provider_gives_a_role",
            ),
            models.UniqueConstraint("institution", "audience", name="signin_provider_of_body"),
            models.CheckConstraint(
                condition=models.Q(audience="staff")
                | models.Q(provisions=False, is_only_way=False, default_role=""),
                name="signin_citizens_get_no_role",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class LinkedIdentity(models.Model):
    """Somebody at a provider of identity and their account here, bound to each other at the first sign-in.

    From then on the server's own name for them (`sub`) counts, not their e-mail.
    """

    provider = models.ForeignKey(IdentityProvider, models.CASCADE, related_name="identities")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("provider", "subject", name="signin_identity_once"),
            models.UniqueConstraint("provider", "user", name="signin_identity_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.user_id}"
