# SPDX-License-Identifier: EUPL-1.2
"""Configuration in versions: who saved what, when, on which version, and what each save changed, in words.

A record inherits `VersionedRecord`; its versions are a model of their own that inherits `SavedVersion` and
points to it with `related_name="versions"`. The command saves by `save_version`, the page shows `history`
and, where two people edited at once, what the other one saved (`overtaken`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from django.db import models, transaction
from django.forms import ChoiceField, Field, FileField

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.ui.forms import Form, ModelForm, renew_basis

Fields = Mapping[str, Any]
Words = Mapping[str, Callable[[Any], str]]
"""How a column is worded, for those whose value does not say itself."""
HISTORY = 50
EMPTY = "(vacío)"


class VersionedRecord(models.Model):
    """A record of a body's configuration whose saves are kept."""

    version = models.PositiveIntegerField("versión", default=1)
    """Raised by every save that changes something."""

    unversioned: ClassVar[frozenset[str]] = frozenset({"id", "institution_id", "version", "sort_key"})
    """Columns that a version does not keep: whose it is, which version, and what follows from others."""

    class Meta:
        abstract = True

    def snapshot(self) -> dict[str, Any]:
        """Return what a version keeps: every field that somebody sets, by column, JSON-ready."""
        kept = (field for field in self._meta.concrete_fields if field.attname not in self.unversioned)
        return {field.attname: _in_json(field, getattr(self, field.attname)) for field in kept}


def _in_json(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return a value as JSON keeps it: a day in ISO form, an exact number with the decimals of its column."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}"
    return value


class SavedVersion(models.Model):
    """A record as it stood since one save. Rows are never rewritten: a trigger forbids it."""

    number = models.PositiveIntegerField()
    fields = models.JSONField()
    """Every field that somebody sets, by column (see `VersionedRecord.snapshot`)."""
    based_on = models.PositiveIntegerField(null=True)
    """The version that whoever saved had before them; null where it was not asked."""
    saved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    """Null: the installation, or before versions were kept."""
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"v{self.number}"


def version_guard(model: type[models.Model]) -> tuple[str, str, str]:
    """Return the trigger that keeps versions, and other rows that are never changed, from being rewritten, as
    `journal.register_guard` takes it.
    """
    table = model._meta.db_table
    definition = (
        f"CREATE TRIGGER {table}_guard BEFORE DELETE OR UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION organizations_version_guard()"
    )
    return table, f"{table}_guard", definition


R = TypeVar("R", bound=VersionedRecord)


@dataclass(frozen=True, slots=True)
class Saved(Generic[R]):
    """What became of a save: the record as it stands now, and how it was (None: it is new)."""

    row: R
    before: Fields | None
    is_changed: bool


def check_basis(based_on: int | None, standing: int) -> None:
    """Refuse to save over a version that whoever edits has not seen; None does not ask.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile, with `version`, the one that stands).
    """
    if based_on not in (None, standing):
        raise Refused("saved_meanwhile", version=standing)


def save_version(
    row: R,
    fields: Fields,
    *,
    based_on: int | None,
    actor: User | None,
    now: datetime,
    check: Callable[[R, Fields | None], None] = lambda row, before: None,
) -> Saved[R]:
    """Write `fields` on a record as its next version; a save that changes nothing is none.

    `row` is new, or as somebody read it: what is changed is the row as it stands, locked. `check` looks at
    it with the new values, and at how it was, before anything is written. Costs 4 SQL, 2 for a new record,
    1 where nothing changes; call it inside the transaction of the change.

    Raises:
        Refused: as `check_basis`, and what `check` refuses.
        IntegrityError: a constraint forbids it; the transaction goes on, and the caller words it.
    """
    # The row as it stands: a form may have written on the object it was given.
    old = _locked(row) if row.pk else None
    before = old.snapshot() if old else None
    if old is not None:
        check_basis(based_on, old.version)
    written = old or row
    for name, value in fields.items():
        setattr(written, name, value)
    check(written, before)
    if before is not None and written.snapshot() == before:
        return Saved(written, before, is_changed=False)
    written.version += 0 if before is None else 1
    with transaction.atomic():
        written.save()
    _keep(written, before, based_on=based_on, actor=actor, now=now)
    return Saved(written, before, is_changed=True)


def _locked(row: R) -> R:
    return type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def _keep(
    row: VersionedRecord, before: Fields | None, *, based_on: int | None, actor: User | None, now: datetime
) -> None:
    """Write down the new version, and the one before it where none was kept."""
    versions = _versions(row)
    if before is not None and not versions.exists():
        versions.create(number=row.version - 1, fields=before, saved_at=now)
    versions.create(
        number=row.version, fields=row.snapshot(), based_on=based_on, saved_by=actor, saved_at=now
    )


def _versions(row: VersionedRecord) -> Any:
    return row.versions  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two versions, in words; or, with `typed`, between what stands (`after`)
    and what somebody typed.
    """

    label: str
    before: str
    after: str
    typed: str = ""


class Kept(NamedTuple):
    """A version as it was kept, whatever table it is in; `who` is empty for the installation."""

    number: int
    at: datetime | None
    who: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """One version in words; `at` is empty where it was not kept, `changes` for the first one kept."""

    number: int
    at: datetime | None
    who: str
    changes: list[Change]


def labels_of(model: type[models.Model]) -> dict[str, str]:
    """Return how each column of a model is called on pages, in their order."""
    return {field.attname: str(field.verbose_name) for field in model._meta.concrete_fields}


def differences(labels: Mapping[str, str], before: Fields, after: Fields, words: Words) -> list[Change]:
    """Return the fields among `labels` that differ, in words and in the order of the labels. One that an
    older version did not have yet and that is empty since differs in nothing.
    """
    found = [
        Change(label, _word(words, name, before.get(name)), _word(words, name, after[name]))
        for name, label in labels.items()
        if name in after and before.get(name) != after[name]
    ]
    return [each for each in found if (each.before, each.after) != (EMPTY, EMPTY)]


def _word(words: Words, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "sí" if value else "no"
    if value is None or value in ("", []):
        return EMPTY
    return (words[name](value) if name in words else _plain(value)) or EMPTY


def _plain(value: Any) -> str:
    """Return a value as a version keeps it: a day, kept as year-month-day, as people write it."""
    day = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value))
    return f"{day[3]}-{day[2]}-{day[1]}" if day else str(value)


def told(versions: Iterable[Kept], labels: Mapping[str, str], words: Words) -> list[ToldVersion]:
    """Return versions, given the newest first, in words: each with what it changed of the one before.

    Of more than `HISTORY` the older ones are left out.
    """
    rows = list(versions)
    found = [
        ToldVersion(new.number, new.at, new.who, differences(labels, old.fields, new.fields, words))
        for new, old in pairwise(rows[: HISTORY + 1])
    ]
    if rows and len(rows) <= HISTORY:
        found.append(ToldVersion(rows[-1].number, rows[-1].at, rows[-1].who, []))
    return found


def history(row: VersionedRecord, words: Words) -> list[ToldVersion]:
    """Return the latest versions of a record, the newest first, in words (1 SQL)."""
    rows = _versions(row).select_related("saved_by").order_by("-number")[: HISTORY + 1]
    kept = [
        Kept(
            version.number,
            version.saved_at,
            version.saved_by.name if version.saved_by else "",
            version.fields,
        )
        for version in rows
    ]
    return told(kept, labels_of(type(row)), words)


def changes_since(row: VersionedRecord, number: int, words: Words) -> list[Change]:
    """Return what changed in a record since one of its versions (2 SQL); nothing where it was not kept."""
    standing = type(row)._default_manager.get(pk=row.pk)
    seen = _versions(row).filter(number=number).first()
    return differences(labels_of(type(row)), seen.fields, standing.snapshot(), words) if seen else []


def overtaken(
    form: Form | ModelForm, refused: Refused, row: VersionedRecord, words: Words
) -> Sequence[Change]:
    """Return what somebody else saved while a form was filled in, and let it be saved all the same next time.

    Nothing for any other refusal.
    """
    if refused.code != "saved_meanwhile":
        return []
    changes = changes_since(row, form.cleaned_data["based_on"], words)
    renew_basis(form, refused)
    return changes


H = TypeVar("H")


def standing_beside(form: Form | ModelForm, refused: Refused) -> Sequence[Change]:
    """Return where what stands differs from what was typed, of a record that keeps no versions, and let it be
    saved all the same next time. No SQL. The form was drawn for the record as it stands.

    Nothing for any other refusal.
    """
    if refused.code != "saved_meanwhile":
        return []
    renew_basis(form, refused)
    found = []
    for bound in form:
        if bound.is_hidden or isinstance(bound.field, FileField):
            continue
        stands = _said_in(bound.field, bound.initial)
        typed = _said_in(bound.field, form.cleaned_data.get(bound.name))
        if stands != typed:
            found.append(Change(str(bound.label), "", stands, typed))
    return found


def _options(field: ChoiceField) -> list[tuple[Any, Any]]:
    """Return what a field offers, groups opened."""
    found: list[tuple[Any, Any]] = []
    choices: Any = field.choices
    for code, words in choices:
        found += words if isinstance(words, (list, tuple)) else [(code, words)]
    return found


def _said_in(field: Field, value: Any) -> str:
    """Return a value of a field as people read it."""
    if value is None or value == "":
        return EMPTY
    if isinstance(field, ChoiceField):
        return next((str(words) for code, words in _options(field) if str(code) == str(value)), str(value))
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


@dataclass(frozen=True, slots=True)
class Histories(Generic[H, R]):
    """The history of the records of a set-up page (`ui.records.Records.history`), worded for who reads it."""

    words: Callable[[H], Words]

    def versions(self, access: H, row: R) -> Sequence[ToldVersion]:
        """Return the versions of a record (1 SQL)."""
        return history(row, self.words(access))

    def overtaken(self, access: H, row: R, form: Form | ModelForm, refused: Refused) -> Sequence[Change]:
        """Return what somebody else saved meanwhile (2 SQL where they did)."""
        return overtaken(form, refused, row, self.words(access))
