# SPDX-License-Identifier: EUPL-1.2
"""Edits of calendars: each raises the version of its layer and is written in the journal."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from siac.clocks.commands.moves import apply_calendar_change
from siac.clocks.domain.refusals import Code
from siac.clocks.models import CalendarLayer, LayerDay
from siac.clocks.queries.calendars import own_layer_code, unit_layer_code
from siac.clocks.seeding import seed_layers
from siac.countries.public import COUNTRIES, FIRST, LAST, SeedLayer
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import touch_country


@transaction.atomic
def seed_calendars(now: datetime) -> dict[str, int]:
    """Load the shipped calendars, 2010 to 2030; return how many days each layer gained.

    Running it again adds only dates a layer has never had: a day that someone added, renamed or revoked
    stays as they left it. Live clocks that a new day touches move. A day that was shipped by mistake
    goes, for terms that start from now on: no day that was told to somebody moves earlier for it. What a
    layer answers for is brought up to date.
    """
    layers = list(seed_layers())
    known = {
        layer.code: layer for layer in CalendarLayer.objects.select_for_update(no_key=True).order_by("code")
    }
    CalendarLayer.objects.bulk_create(_new_layer(seed, now) for seed in layers if seed.code not in known)
    rows = {layer.code: layer for layer in CalendarLayer.objects.filter(code__in=[s.code for s in layers])}
    had = set(LayerDay.objects.filter(layer__in=rows.values()).values_list("layer__code", "date"))
    gained: dict[str, int] = {}
    fresh: list[LayerDay] = []
    for seed in layers:
        if seed.code in known:
            _claim_anew(rows[seed.code], seed, now)
        missing = [day for day in seed.days if (seed.code, day.date) not in had]
        layer = rows[seed.code]
        if missing and seed.code in known:
            layer.version += 1
        gained[seed.code] = len(missing)
        fresh += [
            LayerDay(
                layer=layer,
                date=day.date,
                name=day.name,
                kind=day.kind,
                basis=day.basis,
                source=day.source,
                version_from=layer.version,
                added_at=now,
            )
            for day in missing
        ]
    LayerDay.objects.bulk_create(fresh, batch_size=2000)
    grown = [rows[code] for code, count in gained.items() if count and code in known]
    CalendarLayer.objects.bulk_update(grown, ["version"])
    for layer in grown:
        apply_calendar_change(
            layer.code, days=[day.date for day in fresh if day.layer_id == layer.pk], now=now
        )
    for country in sorted({layer.country for layer in rows.values() if gained[layer.code]}):
        touch_country(country)
    return gained


def _claim_anew(layer: CalendarLayer, seed: SeedLayer, now: datetime) -> None:
    """Bring what a shipped layer answers for up to date, and take out what was shipped by mistake."""
    claim = seed.claim
    confirmed = claim.confirmed_to
    if confirmed and layer.confirmed_to:
        confirmed = max(confirmed, layer.confirmed_to)  # the body has read a later gazette
    layer.whole_from, layer.whole_why, layer.confirmed_to = claim.whole_from, claim.why, confirmed
    wrong = layer.days.filter(date__in=seed.wrong, revoked_at=None, added_by=None)
    if seed.wrong and wrong.exists():
        layer.version += 1
        wrong.update(version_to=layer.version, revoked_at=now, revoked_reason="Se cargó por error")
    layer.save(update_fields=["version", "whole_from", "whole_why", "confirmed_to"])


def _new_layer(seed: SeedLayer, now: datetime) -> CalendarLayer:
    return CalendarLayer(
        code=seed.code,
        name=seed.name,
        country=seed.country,
        kind=seed.kind,
        covers_from=FIRST,
        covers_to=LAST,
        whole_from=seed.claim.whole_from,
        whole_why=seed.claim.why,
        confirmed_to=seed.claim.confirmed_to,
        created_at=now,
    )


@transaction.atomic
def open_own_layer(*, institution_id: int, name: str, country: str, now: datetime) -> CalendarLayer:
    """Return the layer of a body's own days off, creating it empty.

    It limits no dates: it only adds days off.
    """
    layer, created = CalendarLayer.objects.get_or_create(
        institution_id=institution_id,
        kind=CalendarLayer.Kind.INSTITUTION,
        defaults={
            "code": own_layer_code(institution_id),
            "name": name[:120],
            "country": country,
            "created_at": now,
        },
    )
    if created:
        touch_country(country, institution_id)
    return layer


@transaction.atomic
def open_unit_layer(
    *, institution_id: int, unit_id: int, name: str, country: str, now: datetime
) -> CalendarLayer:
    """Return the layer of the closures of one unit, creating it empty.

    It stops only that unit's internal terms.

    Raises:
        Refused: OWN_CLOSURE_FORBIDDEN, where the law of the country lets no body declare its own days off.
    """
    _check_own_closures(country)
    layer, created = CalendarLayer.objects.get_or_create(
        unit_id=unit_id,
        defaults={
            "institution_id": institution_id,
            "code": unit_layer_code(institution_id, unit_id),
            "name": name[:120],
            "country": country,
            "kind": CalendarLayer.Kind.UNIT,
            "created_at": now,
        },
    )
    if created:
        touch_country(country, institution_id)
    return layer


@transaction.atomic
def open_municipality(
    *, code: str, name: str, covers_from: date, covers_to: date, now: datetime
) -> CalendarLayer:
    """Return the layer `ES-31201` (or `CL-13101`) of a municipality, creating it empty for a checked span."""
    layer, created = CalendarLayer.objects.get_or_create(
        code=code,
        defaults={
            "name": name[:120],
            "country": code[:2],
            "kind": CalendarLayer.Kind(COUNTRIES[code[:2]].places.local),
            "covers_from": covers_from,
            "covers_to": covers_to,
            "created_at": now,
        },
    )
    if created:
        touch_country(layer.country)
    return layer


def _lock(code: str) -> CalendarLayer:
    try:
        return CalendarLayer.objects.select_for_update(no_key=True).get(code=code)
    except CalendarLayer.DoesNotExist:
        raise Refused(Code.UNKNOWN_LAYER, layer=code) from None


@transaction.atomic
def add_days(
    *,
    layer_code: str,
    days: Sequence[date],
    name: str,
    kind: str,
    source: str,
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> CalendarLayer:
    """Add days off to a layer; its version rises by one. Clocks are moved by `apply_calendar_change`.

    Raises:
        Refused: UNKNOWN_LAYER, REASON_MISSING, DAY_ALREADY_THERE, DAY_OUTSIDE_LAYER, OWN_CLOSURE_FORBIDDEN
            (where the law of the country lets no body declare its own).
    """
    layer = _lock(layer_code)
    _check_addition(layer, days, kind, reason)
    layer.version += 1
    layer.save(update_fields=["version"])
    LayerDay.objects.bulk_create(
        LayerDay(
            layer=layer,
            date=day,
            name=squeeze(name)[:120],
            kind=kind,
            source=squeeze(source)[:200],
            reason=squeeze(reason)[:300],
            version_from=layer.version,
            added_by_id=actor_id,
            added_at=now,
        )
        for day in sorted(set(days))
    )
    _journal(layer, "calendar.days_added", days, institution_id, actor_id, now, day_kind=kind)
    return layer


def _check_own_closures(country: str) -> None:
    why = COUNTRIES[country].counting.no_own_closures
    if why:
        raise Refused(Code.OWN_CLOSURE_FORBIDDEN, why=why)


def _check_addition(layer: CalendarLayer, days: Sequence[date], kind: str, reason: str) -> None:
    if not squeeze(reason):
        raise Refused(Code.REASON_MISSING)
    if kind == LayerDay.Kind.CLOSURE:
        _check_own_closures(layer.country)
    for day in days:
        if not (layer.covers_from or date.min) <= day <= (layer.covers_to or date.max):
            raise Refused(
                Code.DAY_OUTSIDE_LAYER,
                day=day.isoformat(),
                first=str(layer.covers_from),
                last=str(layer.covers_to),
            )
    there = layer.days.filter(date__in=days, revoked_at__isnull=True).order_by("date").first()
    if there is not None:
        raise Refused(Code.DAY_ALREADY_THERE, day=there.date.isoformat())


@transaction.atomic
def revoke_days(
    *,
    layer_code: str,
    days: Sequence[date],
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> CalendarLayer:
    """Take days off out of a layer from its next version on; the rows stay, with who, when and why.

    Raises:
        Refused: UNKNOWN_LAYER, REASON_MISSING, DAY_NOT_THERE.
    """
    layer = _lock(layer_code)
    if not squeeze(reason):
        raise Refused(Code.REASON_MISSING)
    standing = LayerDay.objects.filter(layer=layer, date__in=days, revoked_at__isnull=True)
    gone = sorted(set(days) - set(standing.values_list("date", flat=True)))
    if gone:
        raise Refused(Code.DAY_NOT_THERE, day=gone[0].isoformat())
    layer.version += 1
    layer.save(update_fields=["version"])
    standing.update(
        version_to=layer.version, revoked_at=now, revoked_by_id=actor_id, revoked_reason=squeeze(reason)[:300]
    )
    _journal(layer, "calendar.days_revoked", days, institution_id, actor_id, now)
    return layer


@transaction.atomic
def confirm_year(
    *, layer_code: str, year: int, source: str, institution_id: int, actor_id: int | None, now: datetime
) -> CalendarLayer:
    """Note that the days of the next pending year of a layer are as its gazette
    published them; its version rises by one.

    Raises:
        Refused: UNKNOWN_LAYER, REASON_MISSING (no source), CONFIRM_YEAR
            (nothing is pending, or not that year).
    """
    layer = _lock(layer_code)
    if not squeeze(source):
        raise Refused(Code.REASON_MISSING)
    if layer.confirmed_to is None or year != layer.confirmed_to.year + 1:
        raise Refused(Code.CONFIRM_YEAR, year=str(layer.confirmed_to.year + 1) if layer.confirmed_to else "")
    layer.version, layer.confirmed_to = layer.version + 1, date(year, 12, 31)
    layer.save(update_fields=["version", "confirmed_to"])
    touch_country(layer.country, layer.institution_id)
    data = {"layer": layer.code, "version": layer.version, "year": year, "source": squeeze(source)[:200]}
    record(institution_id, f"calendar:{layer.code}", "calendar.year_confirmed", now, actor_id, data)
    return layer


def _journal(
    layer: CalendarLayer,
    kind: str,
    days: Sequence[date],
    institution_id: int,
    actor_id: int | None,
    now: datetime,
    **more: str,
) -> None:
    touch_country(layer.country, layer.institution_id)
    data = {
        "layer": layer.code,
        "version": layer.version,
        "days": [day.isoformat() for day in sorted(days)],
        **more,
    }
    record(institution_id, f"calendar:{layer.code}", kind, now, actor_id, data)
