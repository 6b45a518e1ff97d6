# SPDX-License-Identifier: EUPL-1.2
"""Whether text messages reach somebody: the body sends them, only a mobile phone is known,
nobody said no to it.
"""

from siac.infra.config_cache import ConfigCache
from siac.notices.public import mobile_number, sends_texts
from siac.organizations.public import Institution
from siac.people.public import PersonData, wants_texts

_SENDS: ConfigCache[bool] = ConfigCache(sends_texts)


def texts_sent_by(institution: Institution) -> bool:
    """Return whether a body sends text messages; no SQL when warm."""
    return _SENDS.get(institution)


def texts_reach(institution: Institution, person: PersonData) -> bool:
    """Return whether what `person` is told goes as a text message (at most 1 SQL when warm)."""
    if person.email or not person.phone or not texts_sent_by(institution):
        return False
    dialled = mobile_number(person.phone, institution.jurisdiction)
    return bool(dialled) and wants_texts(institution.pk, person.phone)
