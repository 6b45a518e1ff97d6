# SPDX-License-Identifier: EUPL-1.2
"""Through which door somebody comes to a survey, and whether it is open."""

from dataclasses import dataclass
from datetime import date

from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.surveys.models import Invitation, LinkKind, Survey, SurveyLink, Way


@dataclass(frozen=True, slots=True)
class Door:
    """The survey behind an address: how answers come through it, at which place, and whether it opens once
    (`invitation_id`).
    """

    survey: Survey
    way: Way
    token: str
    point_id: int | None = None
    invitation_id: int | None = None

    @property
    def is_kiosk(self) -> bool:
        """Whether it is a screen that many use one after the other."""
        return self.way is Way.KIOSK


def door_for(institution: Institution, token: str, *, today: date) -> Door | None:
    """Return the door with a token in a body; None where there is none (1 or 2 SQL).

    Raises:
        Refused: it was used (survey_link_used), its days are over (survey_link_over), or the survey takes no
            answers (survey_closed).
    """
    link = SurveyLink.objects.select_related("survey").filter(institution=institution, token=token).first()
    if link is not None:
        if not (link.is_active and link.survey.is_active):
            raise Refused("survey_closed")
        way = Way.KIOSK if link.kind == LinkKind.KIOSK else Way.LINK
        return Door(link.survey, way, token, link.point_id)
    rows = Invitation.objects.select_related("survey").filter(institution=institution, token=token)
    invitation = rows.first()
    if invitation is None:
        return None
    if invitation.is_spent:
        raise Refused("survey_link_used", survey=invitation.survey)
    if today > invitation.closes_on:
        raise Refused("survey_link_over")
    if not invitation.survey.is_active:
        raise Refused("survey_closed")
    return Door(invitation.survey, Way.INVITED, token, invitation_id=invitation.pk)
