# SPDX-License-Identifier: EUPL-1.2
"""Every environment variable the product reads; `docs/operate.md` shows this table."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """`default` as text; empty means that nothing is assumed."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "embedded server",
        "`postgresql://user:password@host:port/name` or `...?host=/socket`; of several nodes"
        " `...@a:5432,b:5432/name?target_session_attrs=read-write`",
    ),
    Variable(
        "DATABASE_DIRECT_URL",
        "",
        "the server itself, where DATABASE_URL leads to a pooler: the web goes by the pooler,"
        " all else goes here",
    ),
    Variable(
        "DATABASE_OWNER_URL",
        "",
        (
            "role that owns the tables, for `siac setup` only; "
            "then the role of DATABASE_URL needs no more than rows"
        ),
    ),
    Variable(
        "DATABASE_REPLICA_URL",
        "",
        "a replica from which pages for everybody are read, and by jobs what staff have made for them:"
        " exports, reports; never a person's own case",
    ),
    Variable(
        "SIAC_REPLICA_SECONDS",
        "60",
        "how old the data of the replica may be before those pages read the database itself",
    ),
    Variable(
        "SIAC_PREPARED",
        "1",
        "0 prepares no statements, for a pooler between house and database that gives each transaction"
        " another connection and cannot keep them; so by itself where DATABASE_DIRECT_URL is set",
    ),
    Variable(
        "SIAC_REQUEST_SECONDS",
        "30",
        "how long a page may wait for the database before it says 503 and keeps what was typed; 0: no limit",
    ),
    Variable(
        "SIAC_POSTGRES_TOOLS",
        "",
        (
            "folder of pg_dump, pg_restore and psql for backups; by default those "
            "of this machine that fit the server, else the ones that come along"
        ),
    ),
    Variable("SIAC_HOME", "./var", "folder of files, keys, static files and the embedded server"),
    Variable(
        "SECRET_KEY", "SIAC_HOME/keys.env", "signs sessions and links; keep it out of backups of the database"
    ),
    Variable("SIAC_VAULT_KEY", "SIAC_HOME/keys.env", "encrypts identities; without it they cannot be read"),
    Variable("SIAC_JOURNAL_KEY", "SIAC_HOME/keys.env", "signs the checkpoints of the journal"),
    Variable("SIAC_LOG", "line", "`json` writes one JSON object per event"),
    Variable(
        "SIAC_SLOW_STATEMENT_MS",
        "1000",
        "SQL statements that take so many milliseconds are logged, without the values in them; 0: none",
    ),
    Variable(
        "SIAC_METRICS_TOKEN",
        "",
        "opens `/metrics` to whoever shows it (`Authorization: Bearer ...`); without it nothing is counted",
    ),
    Variable(
        "SIAC_METRICS_FOLDER",
        "",
        "where processes count for `/metrics`, best in memory (`/run/siac`): a full disk would end them; by"
        " default `SIAC_HOME/metrics`",
    ),
    Variable("SIAC_ACCESS_LOG", "1", "0 leaves out the line per request"),
    Variable(
        "SIAC_DISK_FREE", "2000", "megabytes; `/salud` complains when the disk of SIAC_HOME has less free"
    ),
    Variable(
        "SECRET_OLD_KEYS", "", "former SECRET_KEYs by commas: sessions and links they signed still hold"
    ),
    Variable("SIAC_VAULT_OLD_KEYS", "", "former vault keys by commas, until `siac vault rotate` has run"),
    Variable("SIAC_JOURNAL_OLD_KEYS", "", "former journal keys by commas; they stay for good"),
    Variable("HOST", "127.0.0.1", "address `siac serve` and `siac demo` listen on"),
    Variable("PORT", "8000", "port they listen on"),
    Variable("WEB_WORKERS", "2", "web processes, each for one request at a time; about one per core"),
    Variable(
        "ALLOWED_HOSTS",
        "",
        "names the portal answers to, by commas; to `localhost` and `127.0.0.1` it always does",
    ),
    Variable("SIAC_HTTPS", "0", "1 behind a proxy that ends TLS and sets X-Forwarded-Proto"),
    Variable("SIAC_TRUSTED_ORIGINS", "", "further origins of forms, `https://...`, by commas"),
    Variable("SIAC_PROXIES", "0", "how many trusted proxies stand in front, for the visitor's address"),
    Variable(
        "SIAC_URL",
        "http://127.0.0.1:8000",
        "address of the portal as citizens reach it, for links in mail and QR codes",
    ),
    Variable(
        "SIAC_SMTP_URL",
        "",
        (
            "`smtp://`, `smtp+starttls://` or `smtps://` with "
            "`user:password@host:port`; empty keeps mail in the outbox"
        ),
    ),
    Variable(
        "SIAC_STORAGE",
        "",
        (
            "where files lie; empty: SIAC_HOME/files; `siac.documents.buckets.bucket`: an S3-compatible "
            "bucket; or the dotted path of another Django storage"
        ),
    ),
    Variable("SIAC_S3_BUCKET", "", "name of the bucket; nobody but this installation may read or write it"),
    Variable("SIAC_S3_ENDPOINT", "", "`https://…` of its service; empty: Amazon's"),
    Variable("SIAC_S3_REGION", "us-east-1", "its region; most services of one's own take any"),
    Variable("SIAC_S3_KEY", "", "name of the key that opens it"),
    Variable("SIAC_S3_SECRET", "", "the key; better in a file"),
    Variable("SIAC_S3_PREFIX", "", "folder within the bucket, where others have theirs"),
    Variable(
        "SIAC_CLAMD",
        "",
        "`host:port` of a clamd that scans uploads; a page waits two seconds for it, then a job asks again",
    ),
    Variable(
        "SIAC_OUTSIDE_ALLOWED",
        "",
        (
            "networks by commas that connected mailboxes, told programs, authorities of time stamps and"
            " services that sign may lie in although they are this machine's or link-local: `127.0.0.1,::1`"
        ),
    ),
    Variable(
        "SIAC_TSA_URL",
        "",
        "`https://…` of an authority of time stamps (RFC 3161) for bodies that name none of their own;"
        " empty: none",
    ),
    Variable(
        "SIAC_CITIZEN_SERVERS",
        "",
        "servers of identity, by commas and by their whole address (issuer), that citizens may identify"
        " themselves at besides the national one of their country: a gateway of Cl@ve, say",
    ),
    Variable(
        "SIAC_STAFF_SERVERS",
        "",
        "servers of identity, by commas and by their whole address (issuer), that bodies may choose for their"
        " staff; empty: any, and who administers, or is bound to one, is told by letter",
    ),
    Variable("SIAC_MAIL_FROM", "siac@localhost", "sender of mail"),
    Variable(
        "SIAC_MAIL", "", "`smtp` sends, `outbox` only shows; by default smtp where SIAC_SMTP_URL is set"
    ),
    Variable("SIAC_SMS_URL", "", "`https://…` of the gateway that takes text messages; empty: none are sent"),
    Variable(
        "SIAC_SMS_HEADER", "", "header that opens the gateway: `Authorization: Bearer …`; better in a file"
    ),
    Variable(
        "SIAC_SMS_BODY",
        "",
        (
            "JSON that the gateway wants, with `{to}`, `{text}`, `{from}`, `{reference}` and `{callback}`; "
            "by default an object of these five"
        ),
    ),
    Variable("SIAC_SMS_FROM", "", "sender's name or number of text messages"),
    Variable(
        "SIAC_SMS_PRICE", "0", "price of one part of a text message, in thousandths of SIAC_SMS_CURRENCY"
    ),
    Variable("SIAC_SMS_CURRENCY", "", "`CLP`, `PEN`, `EUR` …"),
    Variable(
        "SIAC_SMS_ID", "id", "where the gateway's answer has its number of the message: `messages.0.id`"
    ),
    Variable("SIAC_SMS_STATUS", "status", "where its report has what became of the message"),
    Variable("SIAC_DEMO", "0", "set by `siac demo`: shows the style guide"),
    Variable(
        "SIAC_DEMO_BODIES",
        "",
        "which bodies `siac demo` loads, with commas between: `slep` (Chile), `ministry` (Peru),"
        " `municipality` (Spain); empty loads all",
    ),
    Variable("SIAC_DEMO_CASES", "", "cases per body that `siac demo` loads; empty loads two years of them"),
    Variable("SIAC_DEBUG", "0", "1 only for development: shows the source of errors"),
    Variable("SIAC_TEST", "0", "set by the tests"),
)


def table() -> str:
    """Return the variables as a Markdown table."""
    rows = [f"| `{v.name}` | {v.default and f'`{v.default}`'} | {v.meaning} |" for v in VARIABLES]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
