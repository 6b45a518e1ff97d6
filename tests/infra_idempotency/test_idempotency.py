# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from siac.infra.idempotency import claim, forget_old_keys, fulfil
from siac.kernel.errors import Refused
from siac.organizations.models import Institution

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return Institution.objects.create(
        slug="idem", name="K", short_name="K", jurisdiction="CL", time_zone="UTC", place="CL"
    )


def test_the_second_request_gets_the_first_answer(body, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        first = claim(body.pk, "file", "clave-123", b"content", NOW)
        assert first.result is None
        fulfil(first, {"case": 7})
    assert claim(body.pk, "file", "clave-123", b"content", NOW).result == {"case": 7}
    assert claim(body.pk, "other", "clave-123", b"content", NOW).result is None


def test_one_key_cannot_stand_for_two_contents(body) -> None:
    claim(body.pk, "file", "clave-123", b"content", NOW)
    with pytest.raises(Refused, match="idempotency_key_reused"):
        claim(body.pk, "file", "clave-123", b"other", NOW)


@pytest.mark.parametrize("key", ["", "short", "x" * 201])
def test_a_key_has_a_sane_length(body, key) -> None:
    with pytest.raises(Refused, match="idempotency_key_invalid"):
        claim(body.pk, "file", key, b"", NOW)


def test_work_that_failed_leaves_the_key_free(body) -> None:
    def fail() -> None:
        with transaction.atomic():
            claim(body.pk, "file", "clave-123", b"content", NOW)
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert claim(body.pk, "file", "clave-123", b"other", NOW).result is None


def test_old_keys_are_forgotten(body) -> None:
    claim(body.pk, "file", "clave-123", b"content", NOW)
    assert forget_old_keys(NOW + timedelta(days=2)) == 0
    assert forget_old_keys(NOW + timedelta(days=4)) == 1
