"""Guessing passwords is throttled, and a throttled attempt costs little."""

import time

import pytest
from django.contrib.auth.models import User
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from tests.config.test_headers import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann", password="correct horse")


def sign_in(password: str, address: str = "192.0.2.1") -> HttpResponseBase:
    return Client().post("/admin/login/", {"username": "ann", "password": password}, REMOTE_ADDR=address)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(ann: User) -> None:
    assert [sign_in("wrong").status_code for _ in range(4)] == [200] * 4
    assert sign_in("wrong").status_code == 429
    response = sign_in("correct horse")
    assert response.status_code == 429
    assert faults(response) == []


def test_a_stranger_elsewhere_cannot_lock_the_owner_out(ann: User) -> None:
    for _ in range(6):
        sign_in("wrong", address="198.51.100.7")
    assert sign_in("correct horse").status_code == 302


def test_an_attempt_that_has_to_wait_is_not_hashed(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    User.objects.create_superuser("ann", password="correct horse")

    def cost() -> float:
        start = time.process_time()
        sign_in("wrong")
        return time.process_time() - start

    first, *_, locked = [cost() for _ in range(6)]
    assert locked < first / 3
