# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.improvement.workspace import actions, plans, reviews

app_name = "improvement"
urlpatterns = [
    path("mejora/", plans.plan_list, name="plans"),
    path("mejora/planes/nuevo/", plans.keep, name="plan_new"),
    path("mejora/planes/<int:plan_id>/", plans.plan, name="plan"),
    path("mejora/planes/<int:plan_id>/cambiar/", plans.keep, name="plan_change"),
    path("mejora/planes/<int:plan_id>/hacer/<slug:code>/", plans.act, name="plan_act"),
    path("mejora/planes/<int:plan_id>/evaluar/", plans.evaluate, name="plan_evaluate"),
    path("mejora/planes/<int:plan_id>/propuestas/<int:number>/", plans.proposal, name="proposal"),
    path("mejora/planes/<int:plan_id>/pdf/", plans.paper, name="plan_paper"),
    path("mejora/planes/<int:plan_id>/accion-nueva/", actions.add, name="action_new"),
    path("mejora/acciones/", actions.action_list, name="actions"),
    path("mejora/acciones/<int:action_id>/", actions.action, name="action"),
    path("mejora/acciones/<int:action_id>/cambiar/", actions.change, name="action_change"),
    path("mejora/acciones/<int:action_id>/linea-base/", actions.baseline, name="baseline"),
    path("mejora/acciones/<int:action_id>/efecto/", actions.effect, name="effect"),
    path("mejora/acciones/<int:action_id>/sin-efecto/", actions.drop, name="action_drop"),
    path("mejora/acciones/<int:action_id>/reabrir/", actions.reopen, name="action_reopen"),
    path("mejora/acciones/<int:action_id>/avisar/", actions.tell, name="tell"),
    path("mejora/acciones/<int:action_id>/evidencia/<int:attachment_id>/", actions.evidence, name="evidence"),
    path("mejora/hallazgos/<int:finding_id>/solicitud/", reviews.link, name="link"),
    path("mejora/sesiones/<int:sitting_id>/revision/", reviews.review, name="review"),
    path("mejora/acuerdos/<int:agreement_id>/accion/", reviews.adopt, name="adopt"),
]
