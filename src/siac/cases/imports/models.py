# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.db.models import F

from siac.infra.models import LongWork, states_with

CASES_REGISTER = "cases"
"""The sort of register that requests are brought in from."""
UPLOADED, CHECKED, REFUSED = "uploaded", "checked", "refused"


class ImportStep(models.TextChoices):
    """Which of its works an import is at, or was last."""

    HEAD = "head", "Leyendo las columnas"
    CHECK = "check", "Revisando todas las filas"
    LOAD = "load", "Cargando"


class ImportBatch(LongWork):
    """One file of an earlier register that is being, or was, brought in."""

    institution = models.ForeignKey("organizations.Institution", models.PROTECT, related_name="+")
    register = models.CharField(max_length=20, default=CASES_REGISTER, db_default=CASES_REGISTER)
    """Which sort of register it is (see `imports.registers`)."""
    name = models.CharField("archivo", max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    """Column of the file for each field of a case, and how its values are read (see `domain.layouts`)."""
    source = models.JSONField(default=dict, db_default={})
    """How the file is read: sheet, encoding, line of the header; what was not
    chosen is found out (see `imports.opening`).
    """
    first_rows = models.JSONField(default=list, db_default=[])
    """The first rows of the file with their lines, titles included, to choose
    the header by; emptied as `samples`.
    """
    sheets = models.JSONField(default=list, db_default=[])
    """Names of the sheets of a workbook."""
    report = models.JSONField(default=dict, db_default={})
    """What the check counted: rows by reason, words that the body does not know, what
    rows come in without (`imports.report`).
    """
    headers = models.JSONField(default=list)
    """Names of the columns, once the head of the file was read."""
    samples = models.JSONField(default=list)
    """The first rows as they stand in the file, to choose columns by; emptied when the batch ends."""
    reason = models.CharField(max_length=300, blank=True)
    """Why the whole file was refused, in Spanish; empty otherwise."""
    state = models.CharField(
        max_length=10,
        choices=states_with(
            uploaded="Por revisar",
            checked="Revisada",
            refused="Rechazada",
            done="Cargada",
            failed="Interrumpida",
        ),
        default=UPLOADED,
    )
    step = models.CharField(max_length=5, choices=ImportStep.choices, default="", blank=True)
    rows_loaded = models.PositiveIntegerField(default=0)
    rows_repeated = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    """Cases that were there already and took what changed in the register."""
    rows_rejected = models.PositiveIntegerField(default=0)
    skip_rejected = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index("institution", F("id").desc(), name="cases_batch_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def updates(self) -> bool:
        """Whether rows that came in before bring their state and answer up to
        date, instead of being left out.
        """
        return bool(self.mapping.get("updates"))

    @property
    def comes_without(self) -> bool:
        """Whether rows with a wrong document, mail or phone come in without it, instead of staying out."""
        return bool(self.mapping.get("without"))


class StagedRow(models.Model):
    """A row of an import that cannot come in as it stands, kept as it was read with the reasons why."""

    batch = models.ForeignKey("cases.ImportBatch", models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    """Line of the file, counting the header as 1."""
    data = models.JSONField()
    """The cells of the row."""
    problems = models.JSONField(default=list)
    """Spanish sentences."""

    class Meta:
        ordering = ("batch", "line")
        constraints = [models.UniqueConstraint("batch", "line", name="cases_staged_row_line")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class SavedMapping(models.Model):
    """A mapping of columns that a body keeps for the next file of the same layout."""

    institution = models.ForeignKey("organizations.Institution", models.CASCADE, related_name="+")
    name = models.CharField("nombre", max_length=100)
    register = models.CharField(max_length=20, default=CASES_REGISTER, db_default=CASES_REGISTER)
    """Of which sort of register."""
    headers_digest = models.CharField(max_length=64)
    """Digest of the header row, by which a file of the same layout is recognised."""
    mapping = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("institution", "name", name="cases_saved_mapping_name")]

    def __str__(self) -> str:
        return self.name
