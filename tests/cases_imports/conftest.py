# SPDX-License-Identifier: EUPL-1.2
"""Bodies and people around an old register."""

import io
from datetime import UTC, datetime

import pytest

from siac.accounts.public import Role, User
from siac.cases.imports.batches import new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.layouts import parse_layout, store_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.opening import rows_of
from siac.cases.models import ImportBatch
from siac.cases.public import save_kind
from siac.organizations.public import Institution, create_institution, grant_role

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
FIELDS = {
    "original_number": {"column": "Número"},
    "filed_at": {"column": "Fecha", "format": "dmy"},
    "kind": {"value": "queja"},
    "topic": {"column": "Tema"},
    "body": {"column": "Texto"},
    "state": {"column": "Estado"},
}
HEADER = "Número;Fecha;Tema;Texto;Estado\n"


def make_body(slug: str = "villa") -> Institution:
    """Return a Spanish municipality that receives quejas and avisos."""
    institution = create_institution(
        actor=None, now=NOW, slug=slug, name=f"Ayuntamiento de {slug}", short_name=slug, jurisdiction="ES",
        time_zone="Europe/Madrid", place="ES-MD",
    )  # fmt: skip
    for code, nature in (("queja", "complaint"), ("aviso", "incident")):
        save_kind(
            institution=institution,
            actor=None,
            now=NOW,
            code=code,
            nature=nature,
            name=code.capitalize(),
            need=f"Una {code}",
            rule_id="ES.QYS",
            allows_anonymous=True,
        )
    institution.refresh_from_db()
    return institution


@pytest.fixture
def body(db) -> Institution:
    return make_body()


def make_user(institution: Institution, role: Role, email: str = "calidad@villa.test") -> User:
    """Return somebody who holds `role` in the whole body."""
    grant_role(
        institution=institution, email=email, name="Alguien", role=role, unit_id=None, actor=None, now=NOW
    )
    return User.objects.get(email=email)


def batch_of(institution: Institution, content: bytes, fields=None, *, skip: bool = False) -> ImportBatch:
    """Return an unchecked batch of a file with this content."""
    batch = new_batch(
        institution=institution, file=io.BytesIO(content), name="registro.csv", actor=None, now=NOW
    )
    batch.mapping = store_layout(parse_layout({"fields": fields or FIELDS}))
    batch.skip_rejected = skip
    batch.save()
    return batch


def checked(institution: Institution, content: bytes, fields=None) -> ImportBatch:
    """Return a batch after its check."""
    batch = batch_of(institution, content, fields)
    return check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)


def loaded(institution: Institution, content: bytes, fields=None, *, skip: bool = False) -> ImportBatch:
    """Return a batch after its load."""
    batch = batch_of(institution, content, fields, skip=skip)
    return load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
