# SPDX-License-Identifier: EUPL-1.2
"""How cases are told apart in figures."""

from collections.abc import Mapping, Sequence

from siac.cases.models import Channel, Nature
from siac.cases.queries import kinds
from siac.cases.territory import NOT_TOLD, territory_above, territory_names
from siac.catalogue.public import services, topics
from siac.infra.metrics import Dimension, Names
from siac.organizations.public import Institution, unit_tree
from siac.people.public import Characteristics
from siac.servicepoints.public import service_points

NATURES = {
    Nature.ENQUIRY: "Consultas (todas)",
    Nature.COMPLAINT: "Reclamos y quejas (todos)",
    Nature.SUGGESTION: "Sugerencias (todas)",
    Nature.COMPLIMENT: "Felicitaciones (todas)",
    Nature.WRONGDOING: "Denuncias (todas)",
    Nature.INFORMATION_REQUEST: "Acceso a la información (todas)",
    Nature.PETITION: "Solicitudes y trámites (todos)",
    Nature.DATA_RIGHT: "Derechos sobre datos personales (todos)",
    Nature.INCIDENT: "Avisos e incidencias (todos)",
}
"""What kinds of one nature are called together."""
NONE = "0"
"""The member that means none, where members are told by the number of their row."""


def _units(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): node.name for pk, node in unit_tree(institution).nodes.items()}
    return {**named, NONE: "Por derivar"}


def _units_above(institution: Institution) -> Mapping[str, str]:
    nodes = unit_tree(institution).nodes
    return {str(pk): str(node.parent_id) for pk, node in nodes.items() if node.parent_id is not None}


def _kinds(institution: Institution) -> Mapping[str, str]:
    """Return the kinds, and over them what each is whatever the body calls it: one that is added later
    counts there by itself.
    """
    known = kinds(institution)
    used = {kind.nature for kind in known.values()}
    natures = {each.value: NATURES[each] for each in Nature if each in used}
    return {**natures, **{str(pk): kind.name for pk, kind in known.items()}}


def _kinds_above(institution: Institution) -> Mapping[str, str]:
    return {str(pk): str(kind.nature) for pk, kind in kinds(institution).items()}


def _kinds_by_rule(institution: Institution) -> Mapping[str, list[str]]:
    """Return the kinds that follow each rule of the law."""
    found: dict[str, list[str]] = {}
    for pk, kind in kinds(institution).items():
        if kind.rule_id:
            found.setdefault(kind.rule_id, []).append(str(pk))
    return found


def _topics(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): topic.name for pk, topic in topics(institution).items()}
    return {**named, NONE: "Sin tema"}


def _topics_above(institution: Institution) -> Mapping[str, str]:
    found = topics(institution)
    return {str(pk): str(topic.parent_id) for pk, topic in found.items() if topic.parent_id is not None}


def _points(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): point.name for pk, point in service_points(institution).items()}
    return {**named, NONE: "Sin punto de atención"}


def _services(institution: Institution) -> Mapping[str, str]:
    named = {str(pk): row.name for pk, row in services(institution).items()}
    return {**named, NONE: "Sin servicio"}


def _channels(_: Institution) -> Mapping[str, str]:
    return {code: str(label) for code, label in Channel.choices}


def _persons(_: Institution) -> Mapping[str, str]:
    return {"natural": "Persona natural", "legal": "Persona jurídica", "anonymous": "Sin identificar"}


def _audiences(_: Institution) -> Mapping[str, str]:
    return {"citizen": "Ciudadanía", "internal": "Personal de la institución", "": "Sin identificar"}


UNIT = Dimension("unit", "Unidad", "unit_id", _units, _units_above)
KIND = Dimension("kind", "Tipo de solicitud", "kind_id", _kinds, _kinds_above, _kinds_by_rule)
TOPIC = Dimension("topic", "Tema", "topic_id", _topics, _topics_above)
SERVICE = Dimension("service", "Servicio o trámite", "service_id", _services)
CHANNEL = Dimension("channel", "Canal", "channel", _channels)
POINT = Dimension("point", "Punto de atención", "point_id", _points)
PERSON = Dimension("person", "Tipo de persona", "person", _persons)
AUDIENCE = Dimension("audience", "Público", "audience", _audiences)


def _choices(choices: Sequence[tuple[str, str]]) -> Names:
    named = {code: str(label) for code, label in choices} | {"": NOT_TOLD}
    return lambda _: named


def _trait(key: str, title: str, choices: Sequence[tuple[str, str]]) -> Dimension:
    return Dimension(key, title, key, _choices(choices), is_trait=True)


TRAITS = (
    _trait("age_band", "Edad", Characteristics.AgeBand.choices),
    _trait("sex", "Sexo", Characteristics.Sex.choices),
    _trait("disability", "Discapacidad", Characteristics.Answer.choices),
    _trait("nationality_group", "Nacionalidad", Characteristics.NationalityGroup.choices),
    _trait("indigenous_people", "Pueblo originario", Characteristics.Answer.choices),
    _trait("income_band", "Ingreso", Characteristics.Income.choices),
    _trait("schooling", "Estudios", Characteristics.Schooling.choices),
    Dimension("commune", "Territorio", "commune", territory_names, territory_above, is_trait=True),
)
"""What people told of themselves; the place where they live counts in its province and its region too."""
DIMENSIONS = (UNIT, KIND, TOPIC, SERVICE, CHANNEL, POINT, PERSON, AUDIENCE, *TRAITS)
FAMILIES = (
    (),
    ("unit",),
    ("kind",),
    ("topic",),
    ("service",),
    ("channel",),
    ("point",),
    ("person",),
    ("audience",),
    ("kind", "unit"),
    ("channel", "unit"),
    ("topic", "unit"),
    ("channel", "kind"),
)
"""What figures are kept of; each in alphabetical order."""
