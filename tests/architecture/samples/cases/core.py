# SPDX-License-Identifier: EUPL-1.2
"""Pages of the core of `cases`: filing, following, handling, answering."""

from datetime import datetime, timedelta

from siac.cases.answer_templates.commands import save_template
from siac.cases.commands.approving import submit_answer
from siac.cases.commands.delivering import record_delivery
from siac.cases.commands.drafts import hand_over, save_draft
from siac.cases.commands.silence import certify_silence
from siac.cases.domain.delivery import Delivery
from siac.cases.models import Case
from siac.cases.public import Outcome, assign_case, save_kind
from siac.clocks.public import settle_overdue
from siac.documents.models import Attachment
from siac.documents.public import check_uploads
from siac.notices.models import Notice
from siac.notices.public import switch_texts
from tests.architecture.samples.whom import (
    APPROVERS,
    EXTENDERS,
    FILERS,
    FOLIO,
    READERS,
    ROUTERS,
    WORKERS,
    Made,
    R,
    Sample,
    with_,
)
from tests.factories import House, answer, file, person, upload

BROWSER = "b" * 43
"""The secret of the citizen's browser."""
TYPED = {"subject": "Un banco", "body": "Falta un banco en la plaza.", "anonima": "si"}

SAMPLES = {
    "portal:cases:choose": Sample(),
    "portal:cases:check": Sample(arguments=with_(key="draft")),
    "portal:cases:fill": Sample(arguments=with_(kind="kind_code")),
    "portal:cases:receipt": Sample(arguments=with_(key="receipt")),
    "portal:cases:receipt_pdf": Sample(arguments=with_(key="receipt")),
    "portal:cases:track": Sample(),
    "portal:cases:leave": Sample(post=True),
    "portal:cases:lost_code": Sample(),
    "portal:cases:case": Sample(),
    "portal:cases:inform": Sample(post=True),
    "portal:cases:contest": Sample(post=True),
    "portal:cases:reply": Sample(post=True),
    "portal:cases:rate": Sample(post=True),
    "portal:cases:withdraw": Sample(post=True),
    "portal:cases:delay": Sample(post=True),
    "portal:cases:silence_pdf": Sample(),
    "portal:cases:text_messages": Sample(),
    "portal:cases:file": Sample(arguments=with_(attachment_id="file")),
    "portal:cases:view_file": Sample(arguments=with_(attachment_id="file")),
    "workspace:cases:new": Sample(FILERS),
    "workspace:cases:workload": Sample(FILERS),
    "workspace:cases:refer_here": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:case": Sample(READERS, FOLIO),
    "workspace:cases:filed": Sample(frozenset({R.FRONT_DESK}), with_(folio="running")),
    "workspace:cases:receipt": Sample(FILERS, FOLIO),
    "workspace:cases:code": Sample(FILERS, FOLIO, post=True),
    "workspace:cases:file": Sample(READERS, with_(folio="folio", attachment_id="file")),
    "workspace:cases:view_file": Sample(READERS, with_(folio="folio", attachment_id="file")),
    "workspace:cases:clasificar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:derivar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:no-es-nuestra": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:asignar": Sample(ROUTERS, FOLIO, post=True),
    "workspace:cases:pedir": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:ampliar": Sample(EXTENDERS, FOLIO, post=True),
    "workspace:cases:responder": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:deshacer": Sample(frozenset({R.UNIT_OFFICER}), FOLIO, post=True),
    "workspace:cases:escribir": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:borrador": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:enviar-a-aprobacion": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:descartar": Sample(WORKERS, FOLIO),
    "workspace:cases:aprobar": Sample(frozenset({R.HEAD_OF_UNIT}), with_(folio="review_folio"), post=True),
    "workspace:cases:devolver": Sample(WORKERS, with_(folio="review_folio"), post=True),
    "workspace:cases:deliver": Sample(FILERS, with_(folio="letter_folio", notice_id="letter")),
    "workspace:cases:letter": Sample(FILERS, with_(folio="letter_folio", notice_id="letter")),
    "workspace:cases:returned": Sample(FILERS, with_(folio="gone_folio", notice_id="gone")),
    "workspace:cases:undo_returned": Sample(FILERS, with_(folio="gone_folio", notice_id="gone"), post=True),
    "workspace:cases:templates": Sample(ROUTERS),
    "workspace:cases:template_new": Sample(ROUTERS),
    "workspace:cases:template": Sample(frozenset({R.QUALITY_MANAGER}), with_(template_id="template")),
    "workspace:cases:template_text": Sample(WORKERS, with_(folio="folio", template_id="template")),
    "workspace:cases:approvals": Sample(APPROVERS),
    "workspace:cases:cerrar": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:transferir": Sample(ROUTERS, FOLIO),
    "workspace:cases:acumular": Sample(ROUTERS, FOLIO),
    "workspace:cases:desistir": Sample(FILERS, FOLIO),
    "workspace:cases:acusar": Sample(FILERS, FOLIO),
    "workspace:cases:certificar": Sample(FILERS, FOLIO),
    "workspace:cases:inadmitir": Sample(WORKERS, FOLIO),
    "workspace:cases:tener-por-desistida": Sample(WORKERS, FOLIO),
    "workspace:cases:reabrir": Sample(EXTENDERS, FOLIO),
    "workspace:cases:comentario-leido": Sample(WORKERS, FOLIO),
    "workspace:cases:repetida": Sample(WORKERS, FOLIO),
    "workspace:cases:siguiente": Sample(READERS, FOLIO, moved=True),
    "workspace:cases:anterior": Sample(READERS, FOLIO, moved=True),
    "workspace:cases:preview": Sample(WORKERS, FOLIO, post=True),
    "workspace:cases:alike": Sample(READERS, FOLIO),
    "workspace:cases:silence_pdf": Sample(READERS, FOLIO),
    "workspace:cases:reservar": Sample(ROUTERS, FOLIO),
    "workspace:cases:levantar-reserva": Sample(ROUTERS, FOLIO),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make an answered case with a file, and one in each further state that addresses ask for."""
    institution, desk, officer = house.institution, house.user(R.FRONT_DESK), house.user(R.UNIT_OFFICER)
    filed = now - timedelta(days=40)
    switch_texts(institution.pk, is_on=True, actor_id=None, now=filed)
    case = file(
        house,
        now=filed,
        who=person(phone="9 8765 4321"),
        actor=desk,
        unit_id=house.units["obras"],
        files=check_uploads([upload()]),
    )
    settle_overdue(now)
    certify_silence(institution=institution, case_id=case.pk, actor=desk, now=now)
    answer(house, case, now=now)
    asked = file(house, "acceso", now=now, unit_id=house.units["obras"])
    running = file(house, now=now, actor=desk)
    review = _to_approve(house, now)
    posted = file(house, now=now, unit_id=house.units["obras"])
    answer(house, posted, now=now, channel=Delivery.LETTER)
    gone = file(house, now=now, unit_id=house.units["obras"])
    answer(house, gone, now=now, channel=Delivery.LETTER)
    gone_letter = Notice.objects.get(subject_id=gone.pk, channel="letter").pk
    record_delivery(
        institution=institution, case_id=gone.pk, notice_id=gone_letter, proof="RR1CL", actor=desk, now=now
    )
    draft, sent = (
        save_draft(
            institution=institution, kind=house.kinds["sugerencia"], browser=BROWSER, typed=TYPED, now=now
        )
        for _ in range(2)
    )
    hand_over(sent.pk, running, now=now)
    own = file(house, now=now, unit_id=house.units["obras"])
    assign_case(
        institution=institution, case_id=own.pk, version=None, assignee_id=officer.pk, actor=officer, now=now
    )
    return {
        "case": case,
        "case_pk": case.pk,
        "folio": case.folio,
        "file": Attachment.objects.get(subject_type="case").pk,
        "kind_code": "reclamo",
        "asked": asked,
        "asked_folio": asked.folio,
        "running": running.folio,
        "own": own,
        "own_folio": own.folio,
        "review_folio": review.folio,
        "letter_folio": posted.folio,
        "letter": Notice.objects.get(subject_id=posted.pk, channel="letter").pk,
        "gone_folio": gone.folio,
        "gone": gone_letter,
        "template": _template(house, now),
        "draft": draft.key,
        "receipt": sent.key,
    }


def _to_approve(house: House, now: datetime) -> Case:
    """Put an answer before the head of the unit."""
    save_kind(
        institution=house.institution,
        actor=None,
        now=now,
        kind=house.kinds["consulta"],
        approver="head_of_unit",
    )
    house.institution.refresh_from_db()
    case = file(house, "consulta", now=now, unit_id=house.units["obras"])
    return submit_answer(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        draft_version=0,
        body="Listo.",
        outcome=Outcome.INFORMED,
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )


def _template(house: House, now: datetime) -> int:
    return save_template(
        institution=house.institution,
        actor=house.user(R.QUALITY_MANAGER),
        now=now,
        title="Saludo",
        body="Estimada {nombre}:",
    ).pk
