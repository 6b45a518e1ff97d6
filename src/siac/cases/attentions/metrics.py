# SPDX-License-Identifier: EUPL-1.2
"""What can be measured of attentions. Terms are fixed here, not left to the reader."""

from siac.cases.attentions.facts import attentions_after, of_people, refresh_facts
from siac.cases.attentions.listing import THINGS
from siac.cases.measuring.commands import rests_on
from siac.cases.measuring.dimensions import CHANNEL, PERSON, POINT, TOPIC, UNIT
from siac.infra.metrics import Better, Family, Measure, Metric, Source, Statistic

SOURCE = Source(
    key="attentions",
    table="cases_interactionfact",
    subject="interaction_id",
    stream="interaction",
    refresh=refresh_facts,
    after=attentions_after,
    dimensions=(UNIT, TOPIC, CHANNEL, POINT, PERSON),
    families=(
        (),
        ("unit",),
        ("topic",),
        ("channel",),
        ("point",),
        ("person",),
        ("channel", "unit"),
        ("topic", "unit"),
        ("point", "unit"),
    ),
    things=THINGS,
    through={"person": of_people},
    rests_on=rests_on,
)


def _measure(name: str, day: str, where: str = "true", value: str = "") -> Measure:
    return Measure(f"attentions.{name}", SOURCE.key, day, where, value)


def _metric(name: str, title: str, definition: str, **more: object) -> Metric:
    return Metric(key=f"attentions.{name}", title=title, definition=definition, **more)  # type: ignore[arg-type]


_GIVEN = _measure("given", "begun_on")
METRICS = (
    _metric(
        "given",
        "Atenciones registradas",
        "Atenciones dadas en el período que no son solicitudes, sin las retiradas del registro.",
        family=Family.COVERAGE,
        unit="attentions",
        better=Better.NEITHER,
        of=_GIVEN,
    ),
    _metric(
        "first_contact",
        "Resueltas en la misma atención",
        "De las atenciones dadas en el período, las que terminaron ahí: la persona no necesita volver y no "
        "se ingresó una solicitud.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("resolved", "begun_on", "is_resolved"),
        per=_GIVEN,
    ),
    _metric(
        "filed",
        "Atenciones que pasaron a ser solicitud",
        "De las atenciones dadas en el período, las que después se ingresaron como solicitud.",
        family=Family.EFFICIENCY,
        unit="percent",
        better=Better.NEITHER,
        of=_measure("filed", "begun_on", "is_filed"),
        per=_GIVEN,
    ),
    _metric(
        "minutes",
        "Minutos de atención",
        "Minutos que duraron las atenciones dadas en el período, de aquellas en que se anotó.",
        family=Family.EFFICIENCY,
        unit="minutes",
        better=Better.NEITHER,
        of=_measure("minutes", "begun_on", value="minutes"),
    ),
    _metric(
        "waited",
        "Minutos de espera",
        "Minutos que las personas esperaron antes de ser atendidas, de las atenciones dadas en el período en "
        "que se anotó.",
        family=Family.TIMELINESS,
        unit="minutes",
        better=Better.LOWER,
        of=_measure("waited", "begun_on", "waited IS NOT NULL", "waited"),
        told=(
            Statistic.MEDIAN,
            Statistic.P90,
            Statistic.MEAN,
            Statistic.MAXIMUM,
            Statistic.MINIMUM,
            Statistic.WITHIN,
            Statistic.BEYOND,
        ),
    ),
    _metric(
        "reporting_days",
        "Días hábiles hasta reportar la atención",
        "De las atenciones registradas o cargadas en el período, días hábiles de la unidad desde "
        "que se dieron.",
        family=Family.TIMELINESS,
        unit="business_days",
        better=Better.LOWER,
        of=_measure("reporting_days", "registered_on", value="reporting_days"),
    ),
    _metric(
        "reported_in_term",
        "Atenciones reportadas a tiempo",
        "De las atenciones registradas o cargadas en el período mientras la institución tenía un plazo para "
        "reportarlas, las que se registraron dentro de él.",
        family=Family.TIMELINESS,
        unit="percent",
        better=Better.HIGHER,
        of=_measure("reported_in_term", "registered_on", "is_in_term"),
        per=_measure("reported_with_term", "registered_on", "is_in_term IS NOT NULL"),
    ),
)
