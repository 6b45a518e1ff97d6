# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string


class Session(AbstractBaseSession):
    """A signed-in browser (or one with something to remember); knows its user, to read both at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="browser_sessions"
    )

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the engine of the settings, as Django asks of a session model."""
        store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return store
