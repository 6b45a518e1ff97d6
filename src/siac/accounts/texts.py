# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {
    "token_scope_missing": "Indique al menos un alcance para la clave.",
    "token_days": "La duración de la clave va de 1 a 3650 días.",
    "account_number": "El número de cuenta {number} es aquí de otra persona.",
    "account_closed": ("La cuenta {email} está cerrada: pida a quien opera el sistema que la abra de nuevo."),
    "address_taken": "Ya hay una cuenta con ese correo.",
    "account_open": "Ya hay una cuenta con ese correo: entre con su contraseña.",
    "password_weak": "{why}",
    "token_user_inactive": "La cuenta {email} está desactivada.",
}
