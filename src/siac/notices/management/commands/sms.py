# SPDX-License-Identifier: EUPL-1.2
import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from siac.infra.environment import Misconfigured
from siac.notices.channels.sms import cost_of, gateway, hand_over
from siac.notices.domain.outbox import Outcome
from siac.notices.domain.phones import mobile_number
from siac.notices.texts import OUTCOMES

TEXT = "Prueba de mensajes de texto de {url}"


class Command(BaseCommand):
    """One real text message to a number of one's own: what the gateway says of it, and what it costs."""

    help = "Envía un mensaje de prueba: «sms test +56912345678». Se paga como cualquiera."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["test"])
        parser.add_argument("number", help="con + y código de país")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send it; an error where the gateway did not take it."""
        number = mobile_number(options["number"], "")
        if not number:
            raise CommandError(f"«{options['number']}» no es un teléfono móvil con + y código de país.")
        content = TEXT.format(url=settings.SITE_URL)
        try:
            gateway()
            cost = cost_of(content)
        except Misconfigured as error:
            raise CommandError(str(error)) from None
        result = hand_over(number, content, reference=f"test-{uuid.uuid4().hex}", callback="")
        told = f"{OUTCOMES[result.outcome]}: {result.answer}"
        if result.outcome != Outcome.ACCEPTED:
            raise CommandError(told)
        self.stdout.write(f"{told}\nNúmero en la pasarela: {result.given_id or 'ninguno'}")
        self.stdout.write(
            f"Partes: {cost.parts}; costo: {cost.thousandths} milésimas de {cost.currency or '—'}"
        )
