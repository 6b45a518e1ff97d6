# SPDX-License-Identifier: EUPL-1.2
"""What is chosen for many cases at once: the forms of one case, without what belongs to one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from siac.cases.forms.actions import AssignForm, ClassifyForm, ReferForm
from siac.organizations.public import Institution
from siac.ui.forms import Form


class BulkAssignForm(AssignForm):
    """Who works on the cases."""

    version = None  # type: ignore[assignment]

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(institution, None, *args, **kwargs)


class BulkReferForm(ReferForm):
    """Which unit gets the cases, and why."""

    version = None  # type: ignore[assignment]
    offered = None  # type: ignore[assignment]


class BulkTopicForm(Form):
    """What the cases are about; their kind stays."""

    topic_id = forms.TypedChoiceField(label="Tema", required=False, coerce=int, empty_value=None)

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = ClassifyForm(institution).fields["topic_id"]
        self.fields["topic_id"].choices = topics.choices  # type: ignore[attr-defined]
        self.fields["topic_id"].widget = topics.widget


class BulkCloseForm(Form):
    """Nothing is asked."""

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


BULK_FORMS: Mapping[str, type[Form]] = {
    "asignar": BulkAssignForm,
    "derivar": BulkReferForm,
    "clasificar": BulkTopicForm,
    "cerrar": BulkCloseForm,
}
