"""Passwords and second factors as the security standard asks for them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa import app_settings as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from tests.web.test_sign_in import PASSWORD, link_app, sign_in
from tests.world import signed_in

from commonweal.web import settings as written

NEW = "quiet marmalade lighthouse"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def admin(world):
    person = world.admin()
    person.set_password(PASSWORD)
    person.save()
    return person


def test_a_password_is_changed_with_the_old_one(admin):
    address = reverse("account_change_password")
    client = signed_in(admin)
    wrong = client.post(address, {"oldpassword": "not it at all", "password1": NEW, "password2": NEW})
    assert "There is a problem" in wrong.content.decode()
    client.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    admin.refresh_from_db()
    assert admin.check_password(NEW)


def test_a_password_counts_as_typed(admin):
    spaced = "  Long Words, ünd Gaps " + "x9" * 40 + " "
    address = reverse("account_change_password")
    client = signed_in(admin)
    client.post(address, {"oldpassword": PASSWORD, "password1": spaced, "password2": spaced})
    for given, opens in ((spaced.strip(), False), (spaced.lower(), False), (spaced[:72], False), (spaced, True)):
        assert (sign_in(Client(), admin.email, given).status_code == 302) is opens


@pytest.mark.parametrize("name", ["account_login", "account_change_password"])
def test_fields_mask_and_let_a_keeper_of_passwords_fill_in(admin, name):
    client = Client() if name == "account_login" else signed_in(admin)
    page = client.get(reverse(name)).content.decode()
    fields = re.findall(r"<input[^>]*password[^>]*>", page)
    assert fields
    assert all('type="password"' in one and "autocomplete=" in one for one in fields)
    assert not re.search(r"onpaste|autocomplete=\"off\"|secret question|maiden", page, re.IGNORECASE)


@pytest.mark.parametrize("common", ["password", "qwertyuiop12", "1q2w3e4r5t6y", "123456789012", "aaaaaaaaaaaa"])
def test_common_passwords_are_refused(common):
    with pytest.raises(ValidationError):
        validate_password(common)


def test_passwords_are_hashed_slowly():
    assert written.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
    hasher = ScryptPasswordHasher()
    assert hasher.work_factor * hasher.block_size * hasher.parallelism >= 2**14 * 8 * 5


def test_codes_are_long_enough_and_short_lived(admin):
    assert (second_factor.TOTP_PERIOD, second_factor.TOTP_TOLERANCE) == (30, 0)
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    assert 10 ** second_factor.RECOVERY_CODE_DIGITS >= 2**20
    assert len(generate_totp_secret()) * 5 >= 112
    keys = {signed_in(admin).session.session_key for _ in range(5)}
    assert len(keys) == 5
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)  # 165 bits


def test_signing_in_changes_the_session(admin):
    client = Client()
    session = client.session
    session["kept"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(client, admin.email)
    assert client.session.session_key != session.session_key


def test_a_reset_does_not_go_round_the_second_factor(admin):
    signed_in(admin)
    Client().post(reverse("account_reset_password"), {"email": admin.email})
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    client = Client()
    client.post(client.get(link).headers["Location"], {"password1": NEW, "password2": NEW})
    assert client.get(reverse("web:account")).status_code == 302
    assert sign_in(client, admin.email, NEW).headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("web:account")).status_code == 302


@pytest.mark.parametrize("name", ["mfa_deactivate_totp", "mfa_generate_recovery_codes"])
def test_how_one_signs_in_is_changed_only_after_signing_in_again(admin, name):
    answer = signed_in(admin).get(reverse(name))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_a_lost_second_factor_is_taken_off_by_the_keeper_alone(admin):
    client = Client()
    sign_in(client, admin.email)
    link_app(client)
    with pytest.raises(CommandError, match="Ring the person back"):
        call_command("reset_second_factor", admin.email)
    call_command("reset_second_factor", admin.email, rang_back=True)
    assert not Authenticator.objects.filter(user=admin).exists()
    assert client.get(reverse("web:account")).headers["Location"].startswith(reverse("account_login"))
    again = Client()
    sign_in(again, admin.email)
    assert again.get(reverse("web:home")).headers["Location"] == reverse("web:second-factor")


def test_a_leavers_account_opens_to_nobody(admin):
    client = signed_in(admin)
    call_command("close_account", admin.email)
    assert client.get(reverse("web:account")).headers["Location"].startswith(reverse("account_login"))
    assert sign_in(Client(), admin.email).headers.get("Location", "") in ("", reverse("account_inactive"))
    call_command("close_account", admin.email, open_again=True)
    assert sign_in(Client(), admin.email).headers["Location"] == reverse("mfa_authenticate")
    with pytest.raises(CommandError, match="No account"):
        call_command("close_account", "nobody@nowhere.example")
