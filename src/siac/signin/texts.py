# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.accounts.public import Step, Way

WAYS: dict[str, str] = {
    Way.PASSWORD: "Contraseña",
    Way.PASSKEY: "Llave de acceso",
    Way.PROVIDER: "Cuenta institucional",
    Way.INVITATION: "Primera entrada, con contraseña nueva",
    Way.SECOND_STEP: "Segundo paso equivocado",
    Way.CONFIRMATION: "Confirmación de identidad",
    Way.OTHER: "Otra",
}
STEPS: dict[str, str] = {
    Step.NONE: "",
    Step.TOTP: "código de la aplicación",
    Step.KEY: "llave de seguridad",
    Step.RECOVERY: "código de recuperación",
}
REFUSALS: dict[str, str] = {
    "practice_without_provider": "En un organismo de práctica se entra con la contraseña.",
    "provider_address": "La dirección del servidor debe empezar por https://, sin usuario ni clave en ella.",
    "provider_secret_missing": "Escriba el secreto de cliente.",
    "provider_logout": "La dirección para cerrar la sesión debe empezar por https://.",
    "provider_not_named": (
        "Quien opera la instalación debe permitir antes el servidor {issuer} (SIAC_CITIZEN_SERVERS): lo que"
        " diga de las personas abre sus solicitudes."
    ),
    "provider_not_of_staff": (
        "Quien opera la instalación debe permitir antes el servidor {issuer} (SIAC_STAFF_SERVERS): lo que"
        " diga de las personas abre sus cuentas."
    ),
    "provider_document": "Escriba en qué dato trae el servidor el documento de identidad.",
    "provider_unread": "El servidor no contestó lo que debe: revise la dirección, o no marque «en uso».",
    "provider_role": "Elija el rol de quien entra por primera vez: ni de administración ni externo.",
    "provider_unit": "Esa unidad ya no está.",
    "provider_untried": (
        "Antes de quitar las claves, entre usted una vez con la cuenta institucional: así se ve que sirve."
    ),
    "entry_state": "Esta entrada empezó en otra ventana, o ya se usó. Empiece otra vez.",
    "entry_late": "Pasaron más de diez minutos desde que empezó a entrar. Empiece otra vez.",
    "entry_changed": "Su institución cambió de servidor mientras usted entraba. Empiece otra vez.",
    "entry_not_named": (
        "Quien opera la instalación no admite el servidor de su institución: entre con su contraseña."
    ),
    "entry_denied": "El servidor de su institución no le dejó entrar, o usted lo canceló.",
    "entry_away": (
        "El servidor de su institución no contesta. Espere unos minutos y pruebe otra vez; "
        "no se perdió nada de lo que tenía abierto."
    ),
    "entry_unproven": (
        "Lo que contestó el servidor de su institución no se pudo comprobar, y no se le dejó entrar. "
        "Avise a quien administra el sistema en su organismo."
    ),
    "entry_no_email": "Su cuenta institucional no dice su correo. Pida a su institución que lo agregue.",
    "entry_email_unverified": "Su institución no ha comprobado su correo: sin eso no se sabe quién es aquí.",
    "entry_domain": "Aquí se entra con un correo que termina en @{domain}.",
    "entry_foreign": (
        "El dominio de su correo no está anotado como propio de este organismo: pida a quien administra "
        "el sistema en él que lo haga agregar, o entre con su contraseña."
    ),
    "entry_claim": "Su cuenta institucional no tiene el permiso que este organismo pide para entrar.",
    "entry_nobody": "Nadie le ha invitado a trabajar aquí con ese correo. Pídalo a quien administra.",
    "entry_closed": "Su cuenta está cerrada. Pida a quien administra el sistema que la abra de nuevo.",
    "entry_elsewhere": (
        "Su cuenta también trabaja en otro organismo, o administra la instalación: entre con su contraseña."
    ),
    "entry_taken": (
        "Su correo ya está unido a otra cuenta de su institución. Pida a quien administra que la desvincule."
    ),
    "entry_stale": "El servidor de su institución no volvió a pedirle su clave: salga de él y confirme.",
    "entry_no_time": (
        "El servidor de su institución no dice cuándo le pidió su clave (auth_time), y sin eso no se "
        "confirma nada. Avise a quien administra el sistema en su organismo."
    ),
    "entry_another": "La cuenta institucional con que confirmó no es la de quien está dentro.",
    "identity_state": "Esta identificación empezó en otra ventana, o ya se usó. Empiece otra vez.",
    "identity_late": "Pasaron más de diez minutos desde que empezó a identificarse. Empiece otra vez.",
    "identity_changed": "El organismo cambió de servidor mientras usted se identificaba. Empiece otra vez.",
    "identity_denied": "{server} no confirmó quién es, o usted lo canceló.",
    "identity_away": "{server} no contesta. Pruebe en unos minutos.",
    "identity_unproven": "Lo que contestó {server} no se pudo comprobar, y por eso no se usó.",
    "identity_no_document": "{server} no dijo su documento, y sin él no se sabe quién es.",
    "identity_odd_document": "El documento que dijo {server} no es uno de los de este país.",
    "identity_no_name": "{server} no dijo su nombre.",
    "identity_kiosk": (
        "En esta pantalla no puede identificarse: su sesión en {server} quedaría abierta para quien venga "
        "después. Hágalo en su teléfono o pida ayuda en el mesón."
    ),
    "group_role": "Un grupo no puede dar ese rol: los de fuera terminan en un día y se dan a mano.",
    "group_unit": "Esa unidad ya no está.",
    "directory_taken": "El directorio ya tiene a otra persona, u otro grupo, con ese nombre o esa cuenta.",
    "directory_address": "Esa cuenta no es solo de este directorio: no puede cambiarle el correo.",
    "directory_domain": (
        "El dominio {domain} no está anotado como propio de este organismo: quien opera la instalación lo "
        "agrega. No se tocó ninguna cuenta."
    ),
    "domain_odd": "«{domain}» no es un dominio de correo, como municipio.cl.",
    "domain_of_everybody": "En {domain} cualquiera abre un correo: no es de un organismo.",
    "domain_taken": "{domain} ya es de otro organismo.",
    "directory_key_owner": (
        "La clave del directorio está a nombre de {name}, y sin ella quien se vaya conservaría su acceso."
        " Haga antes una clave a nombre de otra persona que administre, póngala en el directorio y revoque"
        " esa."
    ),
    "directory_last": (
        "El directorio quiso quitar a la última persona que administra {name}, y no se hizo. "
        "Nombre antes a otra en «Personas y roles»."
    ),
}
RECORDED = (
    "signin.provider_saved",
    "signin.passwords_allowed",
    "signin.domain_added",
    "signin.domain_removed",
    "signin.identity_linked",
    "signin.identity_unlinked",
    "signin.directory_user_saved",
    "signin.directory_group_saved",
    "signin.directory_refused",
)
"""Every kind of entry that this context writes in the journal."""


def way_words(way: str, step: str) -> str:
    """Return how somebody signed in, in words.

    >>> way_words("password", "totp")
    'Contraseña y código de la aplicación'
    """
    more = STEPS.get(step, "")
    return f"{WAYS.get(way, way)} y {more}" if more else WAYS.get(way, way)
