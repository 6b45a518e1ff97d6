# SPDX-License-Identifier: EUPL-1.2
"""Pages of `catalogue`."""

from datetime import datetime

from siac.accounts.public import Role
from siac.catalogue.commands.finding import note_missed, save_everyday_word
from siac.catalogue.public import save_service
from tests.architecture.samples.whom import ADMIN, STAFF, Made, Sample, with_
from tests.factories import House

_KEEPERS = frozenset({Role.QUALITY_MANAGER, Role.ADMINISTRATOR})
SAMPLES = {
    "portal:catalogue:services": Sample(),
    "portal:catalogue:service": Sample(arguments=lambda made: {"code": "matricula-y-traslados"}),
    "workspace:catalogue:topics": Sample(ADMIN),
    "workspace:catalogue:topic_new": Sample(ADMIN),
    "workspace:catalogue:topic": Sample(ADMIN, with_(topic_id="topic")),
    "portal:catalogue:linked": Sample(),
    "portal:catalogue:opinion": Sample(arguments=lambda made: {"code": "matricula-y-traslados"}, post=True),
    "workspace:catalogue:words": Sample(_KEEPERS),
    "workspace:catalogue:word_new": Sample(_KEEPERS),
    "workspace:catalogue:word": Sample(_KEEPERS, with_(word_id="everyday_word")),
    "workspace:catalogue:missed": Sample(STAFF),
    "workspace:catalogue:services": Sample(STAFF),
    "workspace:catalogue:service_new": Sample(_KEEPERS),
    "workspace:catalogue:service": Sample(STAFF, with_(service_id="service")),
    "workspace:catalogue:script": Sample(STAFF, with_(service_id="service")),
    "workspace:catalogue:service_change": Sample(_KEEPERS, with_(service_id="service")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a topic of the body, and a service."""
    step = {"code": "p_revisar", "step": "Revisar", "unit_id": None, "amount": 2, "unit": "bd"}
    service = save_service(
        institution=house.institution, actor=None, now=now, name="Matrícula y traslados",
        process=[{**step, "document": "", "clock": "legal"}], topic_id=next(iter(house.topics.values())),
    )  # fmt: skip
    word = save_everyday_word(
        institution=house.institution, actor=None, now=now, said="anotar en el colegio", meant="matrícula"
    )
    today = house.institution.local_date(now)
    note_missed(institution=house.institution, text="patente de perro", today=today)
    return {
        "topic": next(iter(house.topics.values())), "service": service.pk, "everyday_word": word.pk,
    }  # fmt: skip
