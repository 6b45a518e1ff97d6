# SPDX-License-Identifier: EUPL-1.2
"""Configuration of topics."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.catalogue.commands.topics import save_topic
from siac.catalogue.models import Approver, Topic
from siac.catalogue.queries import topics
from siac.organizations.public import (
    Access,
    Histories,
    Institution,
    StaffRight,
    Words,
    setup_tabs,
    staff_page,
    unit_options,
    unit_tree,
)
from siac.ui.forms import AutocompleteSelect, Form
from siac.ui.records import Records, yes_or_no


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
        self.fields["parent_id"].choices = [("", "Ninguno"), *tops]  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [("", "Se deriva a mano"), *unit_options(institution)]  # type: ignore[attr-defined]


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    known, units = topics(access.institution), unit_tree(access.institution).nodes
    for pk, topic in known.items():
        yield (
            pk,
            [
                topic.name,
                known[topic.parent_id].name if topic.parent_id else "—",
                units[topic.unit_id].name if topic.unit_id else "Se deriva a mano",
                yes_or_no(topic.is_active),
            ],
        )


def _load(access: Access, pk: int) -> Topic | None:
    return Topic.objects.filter(institution=access.institution, pk=pk).first()


def _form(access: Access, row: Topic | None, data: QueryDict | None) -> TopicForm:
    names = ("name", "parent_id", "unit_id", "approver", "is_active")
    initial = {name: getattr(row, name) for name in names} if row else None
    return TopicForm(access.institution, row, data, initial=initial)


def _save(access: Access, row: Topic | None, fields: dict[str, Any]) -> None:
    save_topic(institution=access.institution, topic=row, actor=access.user, now=current_time(), **fields)


def _words(access: Access) -> Words:
    known, units = topics(access.institution), unit_tree(access.institution).nodes
    return {
        "parent_id": lambda pk: known[pk].name if pk in known else "",
        "unit_id": lambda pk: units[pk].name if pk in units else "",
        "approver": lambda code: Approver(code).label,
    }


_TOPICS: Records[Access, Topic] = Records(
    title="Temas",
    columns=("Tema", "Tema general", "Unidad", "Activo"),
    listed="workspace:catalogue:topics",
    one="workspace:catalogue:topic",
    add="Agregar tema",
    new="Nuevo tema",
    saved="Tema guardado.",
    cells=_cells,
    load=_load,
    name=lambda topic: topic.name,
    form=_form,
    save=_save,
    tabs=lambda access: setup_tabs(access.institution),
    history=Histories(_words),
)


@require_safe
@staff_page(StaffRight.SETUP)
def topic_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the topics with the unit that answers."""
    return _TOPICS.list_page(request, access)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def topic(request: HttpRequest, access: Access, topic_id: int | None = None) -> HttpResponse:
    """Add or change a topic."""
    return _TOPICS.form_page(request, access, topic_id)
