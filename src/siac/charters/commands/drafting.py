# SPDX-License-Identifier: EUPL-1.2
"""Writing an edition before it is approved: its texts, its promises, their order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.cases.public import kinds
from siac.catalogue.public import services, topics
from siac.charters.commands.approving import held_charter, next_number
from siac.charters.domain.commitments import UNITS_OF, Form, Subject
from siac.charters.domain.parts import BY_CODE, LONGEST
from siac.charters.domain.states import UNAPPROVED, EditionState
from siac.charters.models import Charter, CharterEdition, Commitment
from siac.charters.texts import RemedyKind
from siac.clocks.public import parse_amount
from siac.indicators.public import followed
from siac.infra.metrics import SHARES
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, Saved, save_version, unit_tree
from siac.servicepoints.public import service_points

MOST_COMMITMENTS = 60
_COPIED = (
    "code", "text", "service_id", "sustained_by", "dimension", "form", "kind_id", "amount", "unit", "target",
    "record", "moment", "responsible_id", "is_controllable", "dependence", "remedy_kind", "remedy",
    "no_remedy_reason", "remedy_days", "position", "attribute",
)  # fmt: skip


def held_draft(institution: Institution, edition_id: int) -> CharterEdition:
    """Return an edition that can be written, locked with its charter: who writes it and who approves it wait
    for one another (2 SQL).

    Raises:
        Refused: there is no such edition (edition_unknown), it is handed in or shown to everybody
            (edition_shut), or it is approved or given up (edition_over).
    """
    row = held_edition(institution, edition_id)
    if row.state not in UNAPPROVED:
        raise Refused("edition_over")
    if row.state != EditionState.DRAFT:
        raise Refused("edition_shut")
    return row


def held_edition(institution: Institution, edition_id: int) -> CharterEdition:
    """Return an edition whatever its state, locked with its charter (2 SQL).

    Raises:
        Refused: there is no such edition (edition_unknown).
    """
    rows = CharterEdition.objects.filter(institution=institution, pk=edition_id)
    charter_id = rows.values_list("charter_id", flat=True).first()
    if charter_id is None:
        raise Refused("edition_unknown")
    Charter.objects.select_for_update(no_key=True).get(pk=charter_id)
    return rows.select_for_update(of=("self",), no_key=True).select_related("charter", "institution").get()


@transaction.atomic
def start_edition(
    *, institution: Institution, charter_id: int, actor: User | None, now: datetime
) -> CharterEdition:
    """Begin the next edition of a charter: a draft that says and promises what the last one does, or an empty
    one (6 SQL). Where one is being written already, that one is returned.

    Raises:
        Refused: there is no such charter (charter_unknown).
    """
    charter = held_charter(institution, charter_id)
    open_one = charter.editions.filter(state__in=UNAPPROVED).first()
    if open_one is not None:
        return open_one
    last = charter.editions.filter(state=EditionState.APPROVED).order_by("-number").first()
    edition = CharterEdition.objects.create(
        institution=institution,
        charter=charter,
        number=next_number(charter),
        state=EditionState.DRAFT,
        texts=dict(last.texts) if last else {},
        service_ids=list(last.service_ids) if last else [],
        expectations=list(last.expectations) if last else [],
        objectives=list(last.objectives) if last else [],
    )
    if last is not None:
        for old in last.commitments.order_by("position", "pk"):
            copied = {name: getattr(old, name) for name in _COPIED}
            followed = old.indicator_id if old.form == Form.FIGURE else None
            Commitment.objects.create(
                institution=institution, edition=edition, indicator_id=followed, **copied
            )
    data = {"charter": charter.pk, "edition": edition.pk, "number": edition.number}
    record(institution.pk, charter.stream, "charters.edition_started", now, actor.pk if actor else None, data)
    return edition


@transaction.atomic
def save_texts(
    *,
    institution: Institution,
    edition_id: int,
    texts: Mapping[str, str],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Write parts of a draft, by their codes; parts that are not named stay (9 SQL).

    Raises:
        Refused: as `held_draft`; a part is unknown (part_unknown) or too long (text_too_long), or somebody
            saved it meanwhile (saved_meanwhile).
    """
    row = held_draft(institution, edition_id)
    written = dict(row.texts)
    for code, text in texts.items():
        if code not in BY_CODE:
            raise Refused("part_unknown")
        kept = legible(text).strip()
        if len(kept) > LONGEST:
            raise Refused("text_too_long", length=len(kept), limit=LONGEST)
        written.pop(code, None)
        if kept:
            written[code] = kept
    return _save_edition(row, {"texts": written}, based_on=based_on, actor=actor, now=now)


@transaction.atomic
def save_services(
    *,
    institution: Institution,
    edition_id: int,
    service_ids: Collection[int],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Say of which services a draft is (8 SQL).

    Raises:
        Refused: as `held_draft`, one is not the body's (service_unknown), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    row = held_draft(institution, edition_id)
    if not set(service_ids) <= set(services(institution)):
        raise Refused("service_unknown")
    return _save_edition(row, {"service_ids": sorted(service_ids)}, based_on=based_on, actor=actor, now=now)


@transaction.atomic
def save_participation(
    *,
    institution: Institution,
    edition_id: int,
    rows: Sequence[Mapping[str, Any]],
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Write who took part in a draft: {group, who, how, on, people, proposed, verdict, why} (8 SQL).

    Raises:
        Refused: as `held_draft`, what was proposed has no verdict, or was declined without a reason
            (participation_verdict), or somebody saved it meanwhile (saved_meanwhile).
    """
    row = held_draft(institution, edition_id)
    kept = [_took_part(each) for each in rows]
    return _save_edition(row, {"participation": kept}, based_on=based_on, actor=actor, now=now)


def _took_part(row: Mapping[str, Any]) -> dict[str, Any]:
    proposed, verdict, why = squeeze(row["proposed"] or ""), row["verdict"] or "", squeeze(row["why"] or "")
    if bool(proposed) != bool(verdict) or (verdict in ("partly", "declined") and not why):
        raise Refused("participation_verdict")
    return {
        "group": str(row["group"]), "who": squeeze(row["who"]), "how": squeeze(row["how"]),
        "on": row["on"].isoformat() if row["on"] else None, "people": row["people"], "proposed": proposed,
        "verdict": str(verdict), "why": why,
    }  # fmt: skip


@transaction.atomic
def save_days(
    *,
    institution: Institution,
    edition_id: int,
    valid_from: date | None,
    revised_by: date | None,
    actor: User | None,
    now: datetime,
    based_on: int | None,
) -> Saved[CharterEdition]:
    """Say from when a draft is meant to be valid, and by when it is to be revised (8 SQL); whether the days
    are possible is told by the checks.

    Raises:
        Refused: as `held_draft`, or somebody saved it meanwhile (saved_meanwhile).
    """
    row = held_draft(institution, edition_id)
    fields = {"valid_from": valid_from, "revised_by": revised_by}
    return _save_edition(row, fields, based_on=based_on, actor=actor, now=now)


def _save_edition(
    row: CharterEdition, fields: Mapping[str, Any], *, based_on: int | None, actor: User | None, now: datetime
) -> Saved[CharterEdition]:
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": row.pk, "version": saved.row.version, "fields": sorted(fields)}
        by = actor.pk if actor else None
        record(row.institution_id, row.charter.stream, "charters.edition_saved", now, by, data)
    return saved


@transaction.atomic
def save_commitment(
    *,
    institution: Institution,
    edition_id: int,
    actor: User | None,
    now: datetime,
    fields: Mapping[str, Any],
    commitment_id: int | None = None,
    based_on: int | None = None,
) -> Commitment:
    """Put a promise in a draft, or change one of its; `fields` by column, those of a form that does not
    apply are emptied (9 SQL).

    Raises:
        Refused: as `held_draft`; there is no such promise (commitment_unknown), too many
            (commitments_full), its kind, topic, place or indicator is not the body's (commitment_source), its
            term is out of bounds (bad_amount) or in a unit that is not promised of it (commitment_unit), its
            target no share (commitment_target), it names no remedy and is not said to have none
            (commitment_remedy), its unit is unknown (unit_unknown), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    edition = held_draft(institution, edition_id)
    values = _values(edition, fields)
    if commitment_id is None:
        if edition.commitments.count() >= MOST_COMMITMENTS:
            raise Refused("commitments_full", most=MOST_COMMITMENTS)
        row = Commitment(
            institution=institution, edition=edition, code=_new_code(edition, values["text"]),
            position=edition.commitments.count() + 1,
        )  # fmt: skip
    else:
        row = _of(edition, commitment_id)
    saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"edition": edition.pk, "commitment": saved.row.pk, "version": saved.row.version}
        by = actor.pk if actor else None
        record(institution.pk, edition.charter.stream, "charters.commitment_saved", now, by, data)
    return saved.row


def _values(edition: CharterEdition, fields: Mapping[str, Any]) -> dict[str, Any]:
    institution = edition.institution
    values = {
        name: squeeze(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if name != "based_on"
    }
    if values.get("responsible_id") and values["responsible_id"] not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    _check_service(institution, values)
    known_attributes = {row["code"] for row in edition.expectations}
    if values.get("attribute") and values["attribute"] not in known_attributes:
        values["attribute"] = ""
    if values["form"] == Form.GUARANTEE:
        values |= {"subject": values.get("subject") or Subject.CASE.value, "remedy_when_below": False}
        is_case = values["subject"] == Subject.CASE
        values |= {"channel": "", "service_point_id": None} if is_case else {"kind_id": None}
        _check_guarantee(institution, values)
        values["indicator_id"] = None
    else:
        _check_figure(institution, values)
        values |= {
            "subject": Subject.CASE.value, "kind_id": None, "amount": None, "topic_id": None, "channel": "",
            "service_point_id": None,
        }  # fmt: skip
    if values["remedy_kind"] == RemedyKind.NONE:
        values |= {"remedy": "", "remedy_when_below": False}
    elif not values["remedy"] and (values["form"] == Form.GUARANTEE or values.get("remedy_when_below")):
        raise Refused("commitment_remedy")
    else:
        values["no_remedy_reason"] = ""
    if values["is_controllable"]:
        values["dependence"] = ""
    return values


def _check_service(institution: Institution, values: dict[str, Any]) -> None:
    """Keep of the steps that sustain a promise those of the process of its service."""
    service_id = values.get("service_id")
    if service_id is not None and service_id not in services(institution):
        raise Refused("service_unknown")
    steps = {step["code"] for step in services(institution)[service_id].process} if service_id else set()
    values["sustained_by"] = sorted(set(values.get("sustained_by") or []) & steps)


def _check_guarantee(institution: Institution, values: Mapping[str, Any]) -> None:
    subject = Subject(values["subject"])
    if subject is Subject.CASE and values.get("kind_id") not in kinds(institution):
        raise Refused("commitment_source")
    if values.get("topic_id") and values["topic_id"] not in topics(institution):
        raise Refused("commitment_source")
    if values.get("service_point_id") and values["service_point_id"] not in service_points(institution):
        raise Refused("commitment_source")
    if values["unit"] not in UNITS_OF[subject]:
        raise Refused("commitment_unit")
    parse_amount(f"{values['amount']}{values['unit']}")
    if not 0 <= values["target"] <= 100:
        raise Refused("commitment_target")


def _check_figure(institution: Institution, values: Mapping[str, Any]) -> None:
    found = followed(institution).filter(pk=values.get("indicator_id") or 0).first()
    if found is None:
        raise Refused("commitment_source")
    is_share = found.statistic in SHARES if found.metric else found.unit == "%"
    if is_share and not 0 <= values["target"] <= 100:
        raise Refused("commitment_target")


def _new_code(edition: CharterEdition, text: str) -> str:
    """Return a code that no promise of the charter ever had: by it one is followed through the editions."""
    used = set(Commitment.ever.filter(edition__charter_id=edition.charter_id).values_list("code", flat=True))
    base = slugify(text)[:24].strip("-") or "compromiso"
    code, number = base, 1
    while code in used:
        number += 1
        code = f"{base}-{number}"
    return code


def _of(edition: CharterEdition, commitment_id: int) -> Commitment:
    row = edition.commitments.filter(pk=commitment_id).first()
    if row is None:
        raise Refused("commitment_unknown")
    return row


@transaction.atomic
def remove_commitment(
    *, institution: Institution, edition_id: int, commitment_id: int, actor: User, now: datetime
) -> None:
    """Take a promise out of a draft; what was written of it stays in its versions (7 SQL).

    Raises:
        Refused: as `held_draft`, or there is no such promise (commitment_unknown).
    """
    edition = held_draft(institution, edition_id)
    row = _of(edition, commitment_id)
    row.is_dropped = True
    row.save(update_fields=["is_dropped"])
    data = {"edition": edition.pk, "commitment": row.pk}
    record(institution.pk, edition.charter.stream, "charters.commitment_removed", now, actor.pk, data)


@transaction.atomic
def move_commitment(
    *, institution: Institution, edition_id: int, commitment_id: int, up: bool, actor: User, now: datetime
) -> None:
    """Put a promise before or after its neighbour (5 SQL); at the end of the list it stays.

    Raises:
        Refused: as `held_draft`, or there is no such promise (commitment_unknown).
    """
    edition = held_draft(institution, edition_id)
    _of(edition, commitment_id)
    ids = list(edition.commitments.order_by("position", "pk").values_list("pk", flat=True))
    at = ids.index(commitment_id)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(ids):
        return
    ids[at], ids[other] = ids[other], ids[at]
    rows = [Commitment(pk=pk, position=position) for position, pk in enumerate(ids, start=1)]
    Commitment.objects.bulk_update(rows, ["position"])
    data = {"edition": edition.pk, "order": ids}
    record(institution.pk, edition.charter.stream, "charters.commitments_ordered", now, actor.pk, data)
