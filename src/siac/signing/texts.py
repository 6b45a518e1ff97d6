# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.signing.domain.ports import Port, PortTrouble
from siac.signing.domain.states import SignState, Trouble

PORTS: dict[Port, str] = {
    Port.AUTOFIRMA: "AutoFirma",
    Port.FIRMAGOB: "FirmaGob",
    Port.FIRMAPERU: "Firma Perú",
}
"""How people call the ways to a signature outside."""
PORT_HINTS: dict[Port, str] = {
    Port.AUTOFIRMA: (
        "Quien firma abre AutoFirma desde la página del documento y firma con su propio certificado, en su "
        "computador. El programa debe estar instalado ahí y alcanzar este sitio por su nombre."
    ),
    Port.FIRMAGOB: (
        "El documento viaja a FirmaGob y vuelve firmado con un certificado desatendido, sin clave de un solo "
        "uso. Los datos se los da la Secretaría de Gobierno Digital al inscribir la aplicación."
    ),
    Port.FIRMAPERU: (
        "Quien firma abre Firma Perú en su computador y firma con su certificado o su DNI electrónico. "
        "El código y el secreto se los da la Secretaría de Gobierno y Transformación Digital al acreditar al "
        "organismo."
    ),
}
"""What each is, for whoever switches it on."""

PORT_TROUBLES: dict[PortTrouble, str] = {
    PortTrouble.AWAY: "la plataforma no contesta. Se le pregunta otra vez cada diez minutos.",
    PortTrouble.CREDENTIALS: (
        "la plataforma no reconoce las credenciales del organismo. Quien administra debe revisar el código y "
        "el secreto."
    ),
    PortTrouble.REFUSED: (
        "la plataforma contesta con un error. Se le pregunta otra vez cada diez minutos; si sigue así, quien "
        "administra debe consultar a la Secretaría de Gobierno y Transformación Digital."
    ),
    PortTrouble.ADDRESS: (
        "la dirección de la plataforma no se puede usar desde esta instalación. Quien administra debe "
        "revisarla."
    ),
    PortTrouble.NO_LEAVE: (
        "lo que contesta la plataforma no es un permiso para firmar. Quien administra debe revisar la "
        "dirección."
    ),
    PortTrouble.KEY: (
        "el secreto no se puede leer con la llave de esta instalación. Quien administra debe escribirlo otra "
        "vez."
    ),
}
"""Why a body got no leave of Firma Perú, and what to do; each goes on after «No se pudo obtener … :»."""

STATES: dict[SignState, str] = {
    SignState.HELD: "Espera un certificado",
    SignState.OUTSIDE: "Se firma fuera",
    SignState.ANNULLED: "Anulada",
}
MISSING = (
    "Esta instalación no tiene el complemento de firma. Quien la opera lo instala con «pip install "
    "'siac[sign]'»; mientras tanto no se firma ni se revisa lo firmado."
)
TROUBLES: dict[str, str] = {
    Trouble.NO_CERTIFICATE: (
        "El organismo no tiene un certificado. El documento espera: se firmará por sí solo cuando alguien "
        "que administra lo agregue."
    ),
    Trouble.EXPIRED: (
        "El certificado del organismo venció y no puede firmar. El documento espera: se firmará por sí solo "
        "cuando alguien que administra agregue uno vigente."
    ),
    Trouble.EARLY: "El certificado del organismo todavía no vale. El documento espera hasta entonces.",
    Trouble.KEY: (
        "La clave del certificado no se puede leer con la llave de esta instalación. El documento espera: "
        "quien administra debe agregar el certificado otra vez."
    ),
    Trouble.STAMP_AWAY: (
        "El servidor de sellado de tiempo no contesta. Se vuelve a intentar por sí solo; nada se perdió."
    ),
    Trouble.STAMP_REFUSED: (
        "El servidor de sellado de tiempo no dio un sello válido, o su dirección no se puede usar. "
        "Revíselo en la configuración de la firma y pida la firma otra vez."
    ),
    Trouble.GONE: "El documento ya no está: se retiró antes de firmarse.",
    Trouble.MOVED: (
        "La solicitud siguió después de esa respuesta, y la carta ya no diría lo que se respondió: no se "
        "firma."
    ),
    Trouble.ROOM: (
        "La cadena de certificados y el sello de tiempo no caben en la firma. Use un certificado con menos "
        "certificados por encima, u otro servidor de sello de tiempo."
    ),
    Trouble.PAPER: "El PDF no se pudo preparar. Pida la firma otra vez en unos minutos.",
    Trouble.EXTRA: MISSING,
    Trouble.PORT_CANCELLED: "La firma se canceló en el programa de firma. Puede abrirlo otra vez.",
    Trouble.PORT_FAILED: (
        "El programa de firma no pudo firmar. Ábralo otra vez, o descargue el documento y fírmelo por su "
        "cuenta."
    ),
    Trouble.PORT_GARBAGE: "Lo que llegó del programa o servicio de firma no es un documento firmado.",
    Trouble.PORT_CLOSED: (
        "El organismo ya no firma con FirmaGob. Cancele esta firma y pídala de otra forma, o avise a quien "
        "administra."
    ),
    Trouble.PORT_KEY: (
        "El secreto de FirmaGob no se puede leer con la llave de esta instalación. Quien administra debe "
        "escribirlo otra vez."
    ),
    Trouble.SERVICE_AWAY: "FirmaGob no contesta. Se vuelve a intentar solo durante algo más de una hora.",
    Trouble.SERVICE_REFUSED: (
        "FirmaGob no firmó el documento. Revise sus datos en la configuración de la firma y pídala otra vez."
    ),
    Trouble.OTHER: "La firma falló. Pídala otra vez; si vuelve a fallar, avise a quien opera el sistema.",
}
_NO_DAY = {
    "upload_expired": "El certificado con que se firmó estaba vencido. Firme con uno vigente.",
    "upload_early": "El certificado con que se firmó todavía no valía. Firme con uno que valga hoy.",
    "upload_clock": (
        "La firma dice que se hizo un día que no puede ser. Revise la fecha del computador y firme otra vez."
    ),
}
"""Why a file that a program or a service brought was not taken, where only the code of it is kept."""
REFUSALS: dict[str, str] = {
    "signing_key_password": "La clave no abre ese archivo, o no es un certificado PKCS#12 (.p12 o .pfx).",
    "signing_key_empty": "Ese archivo no trae una clave privada con su certificado.",
    "signing_key_weak": "Esa clave es débil para firmar: hace falta RSA de 2048 bits o más, o curva P-256.",
    "signing_key_usage": "Ese certificado no es para firmar documentos, según dice él mismo.",
    "signing_key_expired": "Ese certificado venció el {until}: agregue uno vigente.",
    "signing_key_there": "Ese certificado ya es el que está en uso.",
    "signing_key_none": "Ya no hay un certificado en uso.",
    "signing_key_practice": "En un organismo de práctica no se firma: lo que se hace en él es inventado.",
    "signing_key_unread": "El archivo no se pudo leer. Pruebe con otro exportado de su proveedor.",
    "signing_there": "Alguien ya pidió la firma de este documento.",
    "signing_moment": "Eso ya no se puede hacer con esta firma. Vea cómo quedó.",
    "signing_annulled": "Esa firma ya está anulada.",
    "signing_reason": "Diga por qué se anula.",
    "signing_unmade": "El PDF no se pudo preparar ahora. Inténtelo otra vez en unos minutos.",
    "signing_soon": "Todavía se puede deshacer: espere unos segundos y pídalo otra vez.",
    "signing_moved": (
        "La solicitud siguió después de esa respuesta, y la carta ya no diría lo que se respondió."
    ),
    "signing_gone": "El documento ya no está.",
    "signing_extra": MISSING,
    "port_ticket": "Ese permiso ya se usó o venció. Abra el programa de firma otra vez desde la página.",
    "port_closed": "El organismo no firma con ese programa.",
    "port_admission": (
        "Firma Perú todavía no dio permiso para firmar a este organismo. Inténtelo en unos minutos; si sigue "
        "así, avise a quien administra, o descargue el documento, fírmelo y súbalo."
    ),
    "port_admission_why": (
        "No se pudo obtener el permiso de Firma Perú: {why} Mientras tanto puede descargar el documento, "
        "firmarlo y subirlo."
    ),
    "port_kept": (
        "Cambió la dirección: escriba otra vez el código y el secreto. A otra dirección no se le dicen los "
        "de antes."
    ),
    "port_address": "La dirección debe empezar por https://, sin usuario ni clave en ella.",
    "port_missing": "Para usar esta forma de firmar escriba todos sus datos.",
    "port_run": "El RUN va sin puntos, sin guion y sin el dígito verificador.",
    "stamps_address": "La dirección debe empezar por https:// o http://, sin usuario ni clave en ella.",
    "upload_another": (
        "Ese archivo no es el documento que se descargó de aquí, tal como era. Firme el que descargó, sin "
        "imprimirlo ni guardarlo de nuevo como PDF."
    ),
    "upload_unsigned": "El archivo no trae ninguna firma.",
    "upload_changed": (
        "Además de la firma, el archivo cambió en algo más (texto, dibujos, notas o campos). "
        "Descárguelo otra vez y solo fírmelo."
    ),
    "upload_drawn": (
        "Lo que la firma muestra en la página puede tapar el texto. Fírmelo sin recuadro visible, o con uno "
        "en el margen de abajo (2 cm) o de la izquierda."
    ),
    "upload_broken": "La firma del archivo no está íntegra: lo firmado no es lo que trae.",
    "upload_expired": "El certificado con que se firmó venció el {day}: fírmelo con uno vigente.",
    "upload_early": "El certificado con que se firmó vale desde el {day}: fírmelo con uno que valga hoy.",
    "upload_clock": (
        "La firma dice que se hizo el {day}, y no puede ser: el documento se preparó el {made}. Revise la "
        "fecha del computador y fírmelo otra vez."
    ),
    "upload_unreadable": "El archivo no se pudo leer como PDF firmado.",
    "upload_large": "El archivo firmado pesa más de {limit} MB.",
}
RECORDED = (
    "signing.certificate_added",
    "signing.certificate_withdrawn",
    "signing.setup_saved",
    "signing.port_saved",
    "signing.port_opened",
    "signing.asked",
    "signing.taken_out",
    "signing.signed",
    "signing.brought_back",
    "signing.cancelled",
    "signing.annulled",
    "signing.reason_erased",
    "signing.erased",
)
"""Every kind of entry that this context writes in the journal."""


def trouble_text(code: str) -> str:
    """Return the words for what stands in the way of a signature: a `Trouble`, or why a file that came back
    was not taken; "" for none.
    """
    return TROUBLES.get(code) or _NO_DAY.get(code) or REFUSALS.get(code, "").format(limit=25)


def port_trouble_text(code: str) -> str:
    """Return why a body got no leave of Firma Perú when it was asked for last (a `PortTrouble`); "" for none.

    >>> port_trouble_text("away")[:35]
    'No se pudo obtener el permiso de Fi'
    """
    return f"No se pudo obtener el permiso de Firma Perú: {PORT_TROUBLES[PortTrouble(code)]}" if code else ""
