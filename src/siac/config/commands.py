# SPDX-License-Identifier: EUPL-1.2
"""Our own commands: the words people type, the management command behind them, one line of help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """`command` may begin the arguments too; `needs_tables`: pending migrations are applied
    first where the database is the embedded one.
    """

    words: str
    command: str
    help: str
    needs_tables: bool = True


ENTRIES = (
    Entry(
        "demo", "", "Arranca la demostración: base de datos, web y trabajos (--reset empieza de cero)", False
    ),
    Entry(
        "setup", "setup_installation", "Prepara o actualiza la base de datos y los archivos estáticos", False
    ),
    Entry("serve", "", "Atiende la web (HOST, PORT, WEB_WORKERS)", False),
    Entry("worker", "", "Ejecuta los trabajos en segundo plano", False),
    Entry("backup", "backup", "Respalda base de datos, archivos y borrados en una carpeta"),
    Entry(
        "restore", "restore", "Repone un respaldo en una base de datos vacía, o lo revisa (--check)", False
    ),
    Entry("health", "health", "Dice si todo anda: trabajos, correo, disco, sellos, casillas"),
    Entry("institutions", "institutions", "Lista los organismos: dirección y nombre"),
    Entry(
        "institution create",
        "institution create",
        "Abre un organismo; pregunta lo que no se indique (--kit municipio)",
    ),
    Entry(
        "institution practice",
        "institution practice",
        "Abre junto a un organismo otro de práctica, o lo hace de nuevo",
    ),
    Entry(
        "institution export",
        "export_institution",
        "Escribe un organismo entero en un archivo cifrado, para llevarlo a otra instalación",
    ),
    Entry(
        "institution import",
        "import_institution",
        "Trae un organismo de un archivo exportado, o revisa el archivo (--check)",
    ),
    Entry("institution close", "close_institution", "Cierra un organismo que se trasladó, o lo abre"),
    Entry("admin create", "admin create", "Da a una persona la administración de un organismo, con su clave"),
    Entry(
        "account", "account", "Cierra la cuenta de quien se fue, en todos los organismos, o la abre de nuevo"
    ),
    Entry("term", "term", "Calcula un plazo y lo explica día por día"),
    Entry("rules check", "rules check", "Lista las reglas de plazo y lo que falta confirmar"),
    Entry("import cases", "import_cases", "Importa un registro de solicitudes (CSV o XLSX)"),
    Entry(
        "mail read",
        "mail read",
        "Muestra cómo se lee un correo (.eml) y qué pasaría con él, sin guardar nada",
    ),
    Entry("sms test", "sms test", "Envía un mensaje de texto de prueba: sms test +56912345678"),
    Entry("suggestions", "suggestions", "Mide las sugerencias de tema y unidad (evaluate)"),
    Entry(
        "figures rebuild", "figures rebuild", "Cuenta de nuevo todas las cifras de un organismo, o de todos"
    ),
    Entry(
        "sign-in",
        "sign_in",
        "Deja entrar otra vez con clave a un organismo cuyo servidor de identidad era la única forma",
    ),
    Entry("token create", "create_token", "Crea una clave para programas (API)"),
    Entry("verify", "verify", "Comprueba que el registro de hechos no fue alterado, o un expediente (.zip)"),
    Entry("journal seal", "seal_journal", "Sella el registro de hechos hasta ahora"),
    Entry(
        "erasures",
        "erasures",
        "Repite tras un respaldo los borrados por fin de plazo (apply), o los anota (export)",
    ),
    Entry("vault rotate", "vault rotate", "Vuelve a cifrar las identidades con la clave actual"),
)


def resolve(arguments: list[str]) -> tuple[Entry | None, list[str]]:
    """Return our entry for the words typed and what follows them; no entry leaves them to Django."""
    for entry in ENTRIES:
        words = entry.words.split()
        if arguments[: len(words)] == words:
            return entry, arguments[len(words) :]
    return None, arguments


def overview() -> str:
    """Return the list of our commands as `siac --help` shows it."""
    width = max(len(entry.words) for entry in ENTRIES)
    lines = [f"  {entry.words:<{width}}  {entry.help}" for entry in ENTRIES]
    return "\n".join(["Uso: siac ORDEN [OPCIONES]", "", *lines, "", "Ayuda de una orden: siac ORDEN --help"])
