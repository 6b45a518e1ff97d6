# SPDX-License-Identifier: EUPL-1.2
"""Pages of `catalogue`."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from siac.accounts.public import Role
from siac.catalogue.commands.finding import note_missed, save_everyday_word
from siac.catalogue.commands.sheets import FORM_FILES
from siac.catalogue.public import save_draft, save_service, submit_draft
from siac.documents.public import attach, check_uploads
from tests.architecture.samples.whom import ADMIN, HOUSE, Made, Sample, with_
from tests.factories import House

_KEEPERS = frozenset({Role.QUALITY_MANAGER, Role.ADMINISTRATOR})
_PUBLISHERS = frozenset({Role.QUALITY_MANAGER, Role.AUTHORITY})
_CODE = "matricula-y-traslados"
SAMPLES = {
    "portal:catalogue:services": Sample(),
    "portal:catalogue:service": Sample(arguments=lambda made: {"code": _CODE}),
    "portal:catalogue:paper": Sample(arguments=lambda made: {"code": _CODE}),
    "portal:catalogue:form_file": Sample(
        arguments=lambda made: {"code": _CODE, "file_id": made["service_form"]}
    ),
    "workspace:catalogue:topics": Sample(ADMIN),
    "workspace:catalogue:topic_new": Sample(ADMIN),
    "workspace:catalogue:topic": Sample(ADMIN, with_(topic_id="topic")),
    "portal:catalogue:linked": Sample(),
    "portal:catalogue:opinion": Sample(arguments=lambda made: {"code": _CODE}, post=True),
    "workspace:catalogue:words": Sample(_KEEPERS),
    "workspace:catalogue:word_new": Sample(_KEEPERS),
    "workspace:catalogue:word": Sample(_KEEPERS, with_(word_id="everyday_word")),
    "workspace:catalogue:missed": Sample(HOUSE),
    "workspace:catalogue:gaps": Sample(HOUSE),
    "workspace:catalogue:reviews": Sample(HOUSE),
    "workspace:catalogue:form_file": Sample(HOUSE, with_(file_id="service_form")),
    "workspace:catalogue:drafts": Sample(HOUSE),
    "workspace:catalogue:draft": Sample(HOUSE, with_(draft_id="service_draft")),
    "workspace:catalogue:draft_change": Sample(_KEEPERS, with_(draft_id="service_draft")),
    "workspace:catalogue:draft_step": Sample(
        _KEEPERS, with_(draft_id="service_draft"), post=True, moved=True
    ),
    "workspace:catalogue:draft_decide": Sample(
        _PUBLISHERS, with_(draft_id="service_draft"), post=True, data={"hacer": "devolver"}
    ),
    "workspace:catalogue:services": Sample(HOUSE),
    "workspace:catalogue:service_new": Sample(_KEEPERS),
    "workspace:catalogue:service": Sample(HOUSE, with_(service_id="service")),
    "workspace:catalogue:script": Sample(HOUSE, with_(service_id="service")),
    "workspace:catalogue:compare": Sample(HOUSE, with_(service_id="service")),
    "workspace:catalogue:service_change": Sample(
        _KEEPERS, with_(service_id="service"), post=True, moved=True
    ),
    "workspace:catalogue:service_holds": Sample(_KEEPERS, with_(service_id="service"), post=True, moved=True),
    "workspace:catalogue:service_end": Sample(_KEEPERS, with_(service_id="service")),
    "workspace:catalogue:service_again": Sample(_KEEPERS, with_(service_id="service"), post=True, moved=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a topic of the body, a service with the file of a form, and a sheet in review."""
    common = {"institution": house.institution, "now": now}
    step = {"code": "p_revisar", "step": "Revisar", "unit_id": None, "amount": 2, "unit": "bd"}
    draft = save_draft(
        **common, actor=house.user(Role.ADMINISTRATOR), name="Becas", summary="Ayuda para estudiar.",
        steps=[{"text": "Pida"}], channels=[{"channel": "web", "how": "En el portal", "url": ""}], fee=0,
        responsible_id=next(iter(house.units.values())),
    )  # fmt: skip
    submit_draft(**common, actor=house.user(Role.ADMINISTRATOR), draft=draft)
    files = check_uploads([SimpleUploadedFile("solicitud.txt", b"Nombre y firma.")])
    with transaction.atomic():
        (form,) = attach(house.institution.pk, FORM_FILES, draft.pk, files, actor_id=None, now=now)
    service = save_service(
        **common, actor=None, name="Matrícula y traslados", summary="Un lugar en una escuela.", fee=0,
        questions=[{"question": "¿Sirve el pasaporte?", "answer": "Sí."}],
        form_links=[{"title": "Solicitud", "url": "", "file": form.pk}],
        review_on=house.institution.local_date(now) + timedelta(days=3),
        process=[{**step, "document": "", "clock": "legal"}], topic_id=next(iter(house.topics.values())),
    )  # fmt: skip
    word = save_everyday_word(**common, actor=None, said="anotar en el colegio", meant="matrícula")
    today = house.institution.local_date(now)
    note_missed(institution=house.institution, text="patente de perro", today=today)
    return {
        "topic": next(iter(house.topics.values())), "service": service.pk, "everyday_word": word.pk,
        "service_draft": draft.pk, "service_form": form.pk,
    }  # fmt: skip
