# SPDX-License-Identifier: EUPL-1.2
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from siac.countries.public import COUNTRIES, Country


class Institution(models.Model):
    """A public body that receives requests. Every domain row belongs to exactly one."""

    slug = models.SlugField(
        "dirección en el portal",
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9-]{1,39}$", "Use minúsculas, números y guiones; empiece por una letra."
            )
        ],
    )
    name = models.CharField("nombre", max_length=200)
    short_name = models.CharField("nombre corto o sigla", max_length=40)
    jurisdiction = models.CharField(
        "país", max_length=2, choices=[(code, country.name) for code, country in COUNTRIES.items()]
    )
    time_zone = models.CharField("zona horaria", max_length=40)
    place = models.CharField("lugar para el calendario", max_length=60)
    """Place expression of the seat, as `siac term --place` takes it: CL-CO, PE-LIM, ES-MD+28079."""
    office_closes_at = models.TimeField("cierre de la oficina", null=True, blank=True)
    reporting_days = models.PositiveSmallIntegerField(
        "plazo para registrar atenciones, en días hábiles",
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
    )
    """Within so many business days units register the attentions they give (política 5); null: no term."""
    asks_traits = models.BooleanField("pregunta rasgos de las personas, para estadísticas", default=False)
    """After a request was sent, whoever sent it may say their age band, sex and the like, or nothing."""
    smallest_group = models.PositiveSmallIntegerField(
        "personas del menor grupo que se muestra",
        default=5,
        db_default=5,
        blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(100)],
    )
    """In figures of traits smaller groups are hidden, with others so that none follows from the rest."""
    is_compared = models.BooleanField(
        "se compara en público con otros organismos", default=False, db_default=False
    )
    """Its charters stand beside those of the other bodies of the installation that said so too."""
    official_code = models.CharField("código oficial", max_length=40, blank=True)
    email = models.EmailField("correo de contacto", blank=True)
    phone = models.CharField("teléfono", max_length=40, blank=True)
    address = models.CharField("dirección", max_length=200, blank=True)
    languages = models.CharField(
        "otros idiomas de sus páginas", max_length=60, blank=True, default="", db_default=""
    )
    """Codes of the languages that people may choose beside Spanish, in their order: "ca eu"."""
    brand_colour = models.CharField("color", max_length=7, default="#0b4f6c")
    is_demo = models.BooleanField(default=False)
    """Its people and cases are invented, and every page says so."""
    practice_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="practice_bodies"
    )
    """The body of which it is a copy to learn on: invented cases, nothing is sent.

    Set when it is opened, never after.
    """
    is_active = models.BooleanField(default=True)
    now_at = models.CharField(max_length=200, blank=True, default="", db_default="")
    """Of a closed one: the address (https://…) at which it goes on; empty: nobody said it."""
    config_version = models.PositiveIntegerField(default=1)
    """Raised by every change of configuration; caches of configuration are keyed by it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                "practice_of",
                name="organizations_one_practice_body",
                condition=models.Q(practice_of__isnull=False, is_active=True),
            ),
            models.CheckConstraint(
                condition=~models.Q(practice_of=models.F("id")), name="organizations_practice_of_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_practice(self) -> bool:
        """Whether people learn on it: nothing of its cases leaves the house."""
        return self.practice_of_id is not None

    @property
    def stamp(self) -> str:
        """What every paper of a body says whose cases are invented; empty for all others."""
        if self.is_practice:
            return "PRÁCTICA"
        return "DEMOSTRACIÓN" if self.is_demo else ""

    @property
    def country(self) -> Country:
        """The country whose law it follows, with all that is of that country only."""
        return COUNTRIES[self.jurisdiction]

    @property
    def offered_languages(self) -> tuple[str, ...]:
        """The languages that people may choose for its pages beside Spanish, of those its country ships."""
        chosen = self.languages.split()
        return tuple(code for code in self.country.languages if code in chosen) if chosen else ()

    @property
    def zone_name(self) -> str:
        """The town after which its hours are called: Santiago, of America/Santiago."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local_date(self, moment: datetime) -> date:
        """Return the calendar day of `moment` (aware) at the seat of the body."""
        return moment.astimezone(self.zone).date()

    def day_bounds(self, first: date, last: date) -> tuple[datetime, datetime]:
        """Return the instants between which the local days `first` to `last` lie: from, and before."""
        start = datetime.combine(first, time.min, tzinfo=self.zone)
        return start, datetime.combine(last + timedelta(days=1), time.min, tzinfo=self.zone)
