# SPDX-License-Identifier: EUPL-1.2
"""Deciding what a body publishes."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.infra.longwork import begin
from siac.infra.metrics import metric
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, lock_institution, note_configuration, save_version
from siac.reporting.domain.open_data import COMMITMENTS, LICENCES, RESULTS
from siac.reporting.models import Dataset, DatasetFile, EachLabel
from siac.reporting.opendata.contents import Table, dimensions_open
from siac.reporting.opendata.making import LINE, write

EARLIEST = date(1990, 1, 1)


@transaction.atomic
def save_dataset(
    *,
    institution: Institution,
    title: str,
    since: date,
    licence: str,
    is_published: bool = True,
    what: str = "",
    by: str = "",
    every: str = EachLabel.MONTH,
    dataset: Dataset | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Dataset:
    """Decide that a table is published, or otherwise of `dataset`, whose `what`, `by` and `every` stay as
    they are. Its file is made by a job; that of one that is taken back goes at once (at most 14 SQL).

    Raises:
        Refused: there is no such table (dataset_what) or it cannot be told apart so (dataset_cut), it is
            published already (dataset_taken), tables of the same things go by another length of period
            (dataset_length, with `every`), the day is to come or long past (dataset_since), no such licence
            (dataset_licence), or somebody saved it meanwhile (saved_meanwhile).
    """
    if not EARLIEST <= since <= institution.local_date(now):
        raise Refused("dataset_since")
    if licence not in LICENCES:
        raise Refused("dataset_licence")
    # Two who publish the same by months and by quarters at once: the second sees the first.
    lock_institution(institution.pk)
    # The file first: a job that is just writing it down finds the decision made, or is waited for.
    kept = None if dataset is None else DatasetFile.objects.select_for_update().get(dataset=dataset)
    row = dataset or _new(institution, title, what, by, every)
    if is_published and dataset is not None:
        _of_one_length(institution, dataset.what, dataset.every)
    fields = {
        "title": squeeze(title),
        "since": since,
        "licence": licence,
        "is_published": is_published,
    }
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("dataset_taken") from error
    if saved.is_changed:
        _tell(institution, saved.row, actor, now)
        _follow(saved.row, kept, now)
    return saved.row


def _new(institution: Institution, title: str, what: str, by: str, every: str) -> Dataset:
    if every not in EachLabel:
        raise Refused("dataset_what")
    if what in (RESULTS, COMMITMENTS):
        if by:
            raise Refused("dataset_cut")
    else:
        try:
            of = metric(what)
        except KeyError as error:
            raise Refused("dataset_what") from error
        if by and by not in {each.key for each in dimensions_open(of)}:
            raise Refused("dataset_cut")
        _of_one_length(institution, what, every)
    return Dataset(
        institution=institution, what=what, by=by, every=every, slug=_free(institution, slugify(title)[:60])
    )


def _of_one_length(institution: Institution, key: str, every: str) -> None:
    """Refuse another length of period than that of what is published of the same things already: whoever had
    both would know by subtraction what each hides, also where one only counts what the other is a share of
    (1 SQL).
    """
    of = _source_of(key)
    rows = Dataset.objects.filter(institution=institution, is_published=True)
    for what, other in rows.values_list("what", "every"):
        if of and _source_of(what) == of and other != every:
            raise Refused("dataset_length", every=EachLabel(other).label.lower())


def _source_of(what: str) -> str:
    """Return of what things a table is; nothing where it is no figure, or an update took its metric away."""
    try:
        return metric(what).of.source
    except KeyError:
        return ""


def _free(institution: Institution, wanted: str) -> str:
    """Return an address that no other table of the body has (1 SQL)."""
    base = wanted or "datos"
    taken = set(
        Dataset.objects.filter(institution=institution, slug__startswith=base).values_list("slug", flat=True)
    )
    return next(
        each for each in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if each not in taken
    )


def _tell(institution: Institution, row: Dataset, actor: User | None, now: datetime) -> None:
    data: dict[str, Any] = {"dataset": row.pk, "version": row.version, "is_published": row.is_published}
    note_configuration(institution.pk, "reporting.dataset_saved", actor=actor, now=now, data=data)


def _follow(row: Dataset, kept: DatasetFile | None, now: datetime) -> None:
    file = kept or DatasetFile(institution_id=row.institution_id, dataset=row)
    if not row.is_published and kept is not None:
        write(kept, Table((), (), ()), now)
    elif not file.is_moving or kept is None:
        begin(LINE, file, now=now, refusal="dataset_moving")


@transaction.atomic
def make_again(*, institution: Institution, file_id: int, now: datetime) -> bool:
    """Have the file of a table made anew; return whether that was begun, and is not under way (3 SQL)."""
    row = LINE.locked(file_id, institution=institution)
    if row is None or row.is_moving:
        return False
    begin(LINE, row, now=now, refusal="dataset_moving")
    return True
