# SPDX-License-Identifier: EUPL-1.2
"""Configuration of topics."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.commands.topics import save_topic
from siac.catalogue.models import Approver, Topic
from siac.catalogue.queries import topics
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, StaffRight, setup_tabs, staff_page, unit_tree
from siac.ui.forms import AutocompleteSelect, Form
from siac.ui.public import refusal_text


class TopicForm(Form):
    """A topic."""

    name = forms.CharField(label="Nombre", max_length=120, error_messages={"required": "Escriba el nombre."})
    parent_id = forms.TypedChoiceField(label="Tema general", required=False, coerce=int, empty_value=None)
    unit_id = forms.TypedChoiceField(
        label="Unidad que responde", required=False, coerce=int, empty_value=None, widget=AutocompleteSelect,
        help_text="Las solicitudes de este tema van directo a esa unidad.",
    )  # fmt: skip
    approver = forms.ChoiceField(
        label="Quién aprueba la respuesta",
        required=False,
        choices=[("", "Lo que diga el tipo de solicitud"), *Approver.choices],
        help_text="Vale para este tema aunque el tipo diga otra cosa. En las reservadas manda el tipo.",
    )
    is_active = forms.BooleanField(label="Activo", required=False, initial=True)

    def __init__(self, institution: Institution, topic: Topic | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = [(pk, t.name) for pk, t in topics(institution).items() if t.parent_id is None and t != topic]
        units = [
            (n.pk, "\u2014 " * depth + n.name) for depth, n in unit_tree(institution).outline() if n.is_active
        ]
        self.fields["parent_id"].choices = [("", "Ninguno"), *tops]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "Se deriva a mano"), *units]  # type: ignore[attr-defined]


@require_safe
@staff_page(StaffRight.SETUP)
def topic_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the topics with the unit that answers."""
    institution, known = access.institution, topics(access.institution)
    units = unit_tree(institution).nodes
    rows = [
        {
            "cells": [
                topic.name,
                known[topic.parent_id].name if topic.parent_id else "—",
                units[topic.unit_id].name if topic.unit_id else "Se deriva a mano",
                "Sí" if topic.is_active else "No",
            ],
            "url": reverse("workspace:catalogue:topic", args=[institution.slug, pk]),
        }
        for pk, topic in known.items()
    ]
    context = {
        "title": "Temas",
        "tabs": setup_tabs(institution),
        "headers": ["Tema", "Tema general", "Unidad", "Activo"],
        "rows": rows,
        "add_url": reverse("workspace:catalogue:topic_new", args=[institution.slug]),
        "add_label": "Agregar tema",
    }
    return render(request, "ui/record_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def topic(request: HttpRequest, access: Access, topic_id: int | None = None) -> HttpResponse:
    """Add or change a topic."""
    institution = access.institution
    row = Topic.objects.filter(institution=institution, pk=topic_id).first() if topic_id else None
    if topic_id and row is None:
        raise Http404(str(topic_id))
    initial = (
        {name: getattr(row, name) for name in ("name", "parent_id", "unit_id", "approver", "is_active")}
        if row
        else None
    )
    form = TopicForm(institution, row, request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            save_topic(
                institution=institution, topic=row, actor=access.user, now=current_time(), **form.cleaned_data
            )
            messages.success(request, "Tema guardado.")
            return redirect("workspace:catalogue:topics", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    back = reverse("workspace:catalogue:topics", args=[institution.slug])
    context = {"title": row.name if row else "Nuevo tema", "form": form, "back_url": back}
    return render(request, "ui/record_form.html", context, status=422 if form.is_bound else 200)
