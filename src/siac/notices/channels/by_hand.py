# SPDX-License-Identifier: EUPL-1.2
"""Channels that an officer serves, who notes what proves it; and what is only shown."""

from siac.notices.channels import Channel

LETTER = Channel("letter", "Carta", "El comprobante del correo.")
PICKUP = Channel("pickup", "Retiro en persona", "Quién lo retiró y cuándo.")
PHONE = Channel("phone", "Teléfono", "A quién se le dijo y cuándo.")
NONE = Channel("none", "Sin envío", "")
