# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.workspace import outbox, text_messages

app_name = "outbox"
urlpatterns = [
    path("avisos/", outbox.notice_list, name="list"),
    path("avisos/mensajes/", text_messages.months, name="text_messages"),
    path("avisos/mensajes/cambiar/", text_messages.switch, name="text_switch"),
    path("avisos/<int:notice_id>/", outbox.notice_page, name="notice"),
    path("avisos/<int:notice_id>/decision/", outbox.decide, name="decide"),
]
