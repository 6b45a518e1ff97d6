# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.callbacks import workspace

app_name = "callbacks"
urlpatterns = [
    path("llamadas/", workspace.call_list, name="calls"),
    path("llamadas/prometer/", workspace.promise, name="promise"),
    path("llamadas/plazo/", workspace.rule, name="rule"),
    path("llamadas/de-atencion/<int:attention_id>/", workspace.promise_of, name="promise_of"),
    path("llamadas/<int:call_back_id>/", workspace.call, name="call"),
    path("llamadas/<int:call_back_id>/<slug:code>/", workspace.act, name="act"),
]
