# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin import entry

app_name = "entry"
urlpatterns = [
    path("<slug:slug>/", entry.start, name="start"),
    path("<slug:slug>/otra-vez/", entry.again, name="again"),
    path("<slug:slug>/otra-vez/ir/", entry.prove, name="prove"),
    path("<slug:slug>/vuelta/", entry.back, name="back"),
]
