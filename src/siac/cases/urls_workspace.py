# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.alerts import urls as alerts
from siac.cases.answer_templates import urls as answer_templates
from siac.cases.appeals import urls as appeals
from siac.cases.attentions import urls as attentions
from siac.cases.auditing import urls as auditing
from siac.cases.bulk import urls as bulk
from siac.cases.causes import urls as causes
from siac.cases.deeds import deeds
from siac.cases.desk import urls as desk
from siac.cases.hearing import urls as hearing
from siac.cases.imports import urls as imports
from siac.cases.letters import urls as letters
from siac.cases.linking import urls as linking
from siac.cases.lists import urls as lists
from siac.cases.protection import urls as protection
from siac.cases.reserve import urls as reserve
from siac.cases.routing import urls as routing
from siac.cases.suggesting import urls as suggesting
from siac.cases.teamwork import urls as teamwork
from siac.cases.traits import urls as traits
from siac.cases.workload import urls as workload
from siac.cases.workspace import (
    approvals,
    beside_in_list,
    case,
    referring,
)
from siac.documents.public import view_response

app_name = "cases"
urlpatterns = [
    *alerts.WORKSPACE,
    *answer_templates.WORKSPACE,
    *appeals.WORKSPACE,
    *attentions.WORKSPACE,
    *auditing.WORKSPACE,
    *bulk.WORKSPACE,
    *causes.WORKSPACE,
    *desk.WORKSPACE,
    *hearing.WORKSPACE,
    *imports.WORKSPACE,
    *letters.WORKSPACE,
    *linking.WORKSPACE,
    *lists.WORKSPACE,
    *protection.WORKSPACE,
    *reserve.WORKSPACE,
    *routing.WORKSPACE,
    *suggesting.WORKSPACE,
    *teamwork.WORKSPACE,
    *traits.WORKSPACE,
    *workload.WORKSPACE,
    path("por-aprobar/", approvals.approval_list, name="approvals"),
    path("solicitudes/<str:folio>/", case.case_page, name="case"),
    *(path(f"solicitudes/<str:folio>/{code}/", case.act, {"code": code}, name=code) for code in deeds()),
    path("solicitudes/<str:folio>/derivar-aqui/", referring.refer_here, name="refer_here"),
    *(
        path(f"solicitudes/<str:folio>/{side}/", beside_in_list.move, {"side": side}, name=side)
        for side in ("siguiente", "anterior")
    ),
    path("solicitudes/<str:folio>/certificado/", case.silence_paper, name="silence_pdf"),
    path("solicitudes/<str:folio>/archivo/<int:attachment_id>/", case.file, name="file"),
    path(
        "solicitudes/<str:folio>/archivo/<int:attachment_id>/ver/",
        case.file,
        {"give": view_response},
        name="view_file",
    ),
]
