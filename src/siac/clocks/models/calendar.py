# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F, Q


class CalendarLayer(models.Model):
    """Days off of one country, region, commune, municipality, body or unit of a
    body; each change raises its version.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", "País"
        REGION = "region", "Región o comunidad"
        COMMUNE = "commune", "Comuna"
        MUNICIPALITY = "municipality", "Municipio"
        INSTITUTION = "institution", "Institución"
        UNIT = "unit", "Unidad"

    institution = models.ForeignKey(
        "organizations.Institution", models.PROTECT, null=True, blank=True, related_name="calendar_layers"
    )
    """Set for the layers of a body's own days; the other layers are shared by all bodies."""
    unit = models.OneToOneField(
        "organizations.Unit", models.PROTECT, null=True, blank=True, related_name="calendar_layer"
    )
    """Set for the closures of one unit, which stop only that unit's internal terms."""
    code = models.CharField("código", max_length=40, unique=True)
    name = models.CharField("nombre", max_length=120)
    country = models.CharField("país", max_length=2)
    kind = models.CharField("tipo", max_length=12, choices=Kind.choices)
    covers_from = models.DateField("cubre desde", null=True, blank=True)
    covers_to = models.DateField("cubre hasta", null=True, blank=True)
    """First and last local date over which it can be reckoned; null: the layer only adds days."""
    whole_from = models.DateField("completo desde", null=True, blank=True)
    whole_why = models.CharField("por qué", max_length=300, blank=True)
    """First date from which all its days are there, and why not before; null: over all it covers.

    No term starts earlier.
    """
    confirmed_to = models.DateField("confirmado hasta", null=True, blank=True)
    """Last date whose days its gazette has published; null: nothing is pending.

    Terms that end later carry a warning.
    """
    version = models.PositiveIntegerField("versión", default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_to__isnull=True)
                | Q(covers_from__lte=F("covers_to")),
                name="clocks_layer_coverage",
            ),
            models.CheckConstraint(
                condition=Q(kind="institution", institution__isnull=False, unit__isnull=True)
                | Q(kind="unit", institution__isnull=False, unit__isnull=False)
                | (~Q(kind__in=["institution", "unit"]) & Q(institution__isnull=True, unit__isnull=True)),
                name="clocks_layer_owner",
            ),
            models.UniqueConstraint("institution", name="clocks_layer_own", condition=Q(kind="institution")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class LayerDay(models.Model):
    """A date in a layer, since one version and perhaps until another. Rows are revoked, never deleted."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "Feriado o festivo"
        DECREED = "decreed", "Día no laborable decretado"
        CLOSURE = "closure", "Cierre de la institución"
        OPTIONAL_WORKING = "optional_working", "Día señalado que sí es hábil"

    layer = models.ForeignKey("clocks.CalendarLayer", models.PROTECT, related_name="days")
    date = models.DateField("fecha")
    name = models.CharField("nombre", max_length=120)
    kind = models.CharField("tipo", max_length=20, choices=Kind.choices)
    basis = models.CharField("respaldo", max_length=16, default="verified")
    source = models.CharField("norma o fuente", max_length=200)
    reason = models.CharField("motivo", max_length=300, blank=True)
    version_from = models.PositiveIntegerField()
    version_to = models.PositiveIntegerField(null=True, blank=True)
    """First version of the layer without this day; null while it stands."""
    added_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField("motivo de la anulación", max_length=300, blank=True)

    class Meta:
        ordering = ("date", "pk")
        constraints = [
            models.UniqueConstraint(
                "layer", "date", name="clocks_day_once", condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, version_to__isnull=True)
                | Q(revoked_at__isnull=False, version_to__gt=F("version_from")),
                name="clocks_day_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
