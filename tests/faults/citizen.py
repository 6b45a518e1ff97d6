# SPDX-License-Identifier: EUPL-1.2
"""Somebody who files by the pages of the portal, over HTTP."""

import http.client
import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leave redirects to the caller: they are the acknowledgement."""

    def redirect_request(self, *words: Any) -> None:
        """Follow nothing."""


class Citizen:
    """A browser reduced to what filing needs."""

    def __init__(self, place: Any) -> None:
        """Visit the portal on this machine at `place.port`."""
        self.base = f"http://127.0.0.1:{place.port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, Location and text of an answer; raises OSError where there is none."""
        data = None
        if form is not None:
            token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "") or ""
            data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token}).encode()
        try:
            with self.opener.open(self.base + path, data, timeout=20) as answer:
                return answer.status, "", answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Location", ""), error.read().decode()

    def insist(self, path: str, form: dict[str, str]) -> str:
        """Send the same form until it is acknowledged with a redirect, as people do; return where to."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                status, location, text = self.ask(path, form)
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
                continue
            if status == 302:
                return location
            assert status in {500, 502, 503}, (status, text[:500])
            time.sleep(0.2)
        raise AssertionError(f"{path} was never acknowledged")

    def write(self, text: str) -> dict[str, str]:
        """Open the form and return what is typed in it."""
        while True:
            try:
                if self.ask("/puerto/solicitud/sugerencia/")[0] == 200:
                    return {"subject": text, "body": f"{text}: falta un banco.", "anonima": "si"}
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.2)
