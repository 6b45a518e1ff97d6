# SPDX-License-Identifier: EUPL-1.2
"""How competences and profiles come over into a practice body, without anybody who is in a post."""

from siac.organizations.public import Copying, PracticePart
from siac.staff.commands.competences import save_competence, save_profile
from siac.staff.models import Competence, Profile


def _copy(copying: Copying) -> None:
    """Copy the competences and profiles in use."""
    copying.each(
        Competence.objects.filter(institution=copying.source, is_active=True).order_by("pk"),
        lambda row: save_competence(
            **copying.common, name=row.name, kind=row.kind, description=row.description
        ),
    )
    copying.each(
        Profile.objects.filter(institution=copying.source, is_active=True).order_by("pk"),
        lambda row: save_profile(
            **copying.common, name=row.name, functions=row.functions,
            required=[
                (new, level)
                for pk, level in row.levels.items()
                if (new := copying.new_id(Competence, pk)) is not None
            ],
        ),
    )  # fmt: skip


PARTS = (PracticePart("profiles", 52, _copy, ("staff.Competence", "staff.Profile")),)
_REAL = "Who works in the source, what they lack and how they are trained."
LEFT_BEHIND = dict.fromkeys(
    ("staff.Employee", "staff.Gap", "staff.TrainingPlan", "staff.PersonnelSheet", "staff.EmployeeFact",
     "staff.GapFact", "staff.EnrolmentFact"),
    _REAL,
)  # fmt: skip
