# SPDX-License-Identifier: EUPL-1.2
"""What is sent to whom an answer may affect."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import TimestampSigner
from django.urls import reverse

from siac.cases.models import ThirdParty
from siac.notices.public import Notice
from siac.ui.public import long_date

THIRD_PARTIES = TimestampSigner(salt="cases.third_party")


@dataclass(frozen=True, slots=True)
class ThirdPartyNotice:
    """What somebody is told whom an answer may affect: never who asked, nor the code that opens the case."""

    code: str = "cases.third_party"
    title: str = "Aviso a un tercero"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        third = ThirdParty.objects.select_related("case__institution", "asked").get(
            pk=notice.context["third_party"], institution=notice.institution_id
        )
        institution = third.case.institution
        where = reverse("portal:cases:third_party", args=[institution.slug, third_party_token(third)])
        lines = [
            "Recibimos una solicitud de información que puede afectar sus derechos.",
            third.asked.body,
            (
                "Puede oponerse, con sus razones, hasta el "
                f"{long_date(third.until)}. Vea lo que se pide y responda en:"
            ),
            f"{settings.SITE_URL}{where}",
            institution.name,
        ]
        return f"Una solicitud de información puede afectarle [{third.case.folio}]", "\n\n".join(lines)


def third_party_token(third: ThirdParty) -> str:
    """Return what opens a third party's page, until its term has long ended."""
    return THIRD_PARTIES.sign(str(third.pk))
