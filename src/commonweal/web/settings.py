"""Django's settings: everything that may differ between installations comes from COMMONWEAL_... variables."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from urllib.parse import urlsplit

from commonweal.web import environment
from commonweal.web.databases import databases
from commonweal.web.environment import Profile
from commonweal.web.mail import mail_settings
from commonweal.web.single_sign_on import openid_providers

HERE = Path(__file__).resolve().parent
VAR = Path(environment.text("VAR", "./var")).expanduser().resolve()
PROFILE = environment.profile()
SERVER = PROFILE is Profile.SERVER

SECRET_KEY = environment.secret_key(VAR, PROFILE)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_OLD")  # these still open what they closed
DEBUG = False
ALLOWED_HOSTS = environment.words("HOSTS", "" if SERVER else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("ORIGINS")
SITE_ADDRESS = environment.site_address(CSRF_TRUSTED_ORIGINS, ALLOWED_HOSTS, SERVER)
OCID_PREFIX = environment.prefix("OCID_PREFIX", r"ocds-[a-z0-9]{6}", "ocds-000000")
GRANT_PREFIX = environment.prefix("GRANT_PREFIX", r"360G-[A-Za-z0-9]+", "360G-unregistered")
ROOT_URLCONF = "commonweal.web.urls"
WSGI_APPLICATION = "commonweal.web.wsgi.application"

INSTALLED_APPS = [
    "commonweal.web",
    "commonweal.measures",
    "commonweal.agreements",
    "commonweal.procurement",
    "commonweal.options",
    "commonweal.priorities",
    "commonweal.needs",
    "commonweal.providers",
    "commonweal.knowledge",
    "commonweal.present",
    "commonweal.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "commonweal.web.middleware.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "commonweal.web.middleware.nulls.NoNulls",
    "commonweal.web.middleware.access.AccessLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commonweal.web.middleware.session_limits.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonweal.web.middleware.second_factor.RequireSecondFactor",
    "commonweal.web.middleware.readying.Readying",
    "commonweal.web.middleware.read_only.ReadOnly",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "commonweal.web.middleware.refusals.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commonweal.web.context.shell",
            ],
        },
    },
]
FORM_RENDERER = (
    "commonweal.present.forms.Renderer"
    if importlib.util.find_spec("commonweal.present.forms")
    else "django.forms.renderers.TemplatesSetting"
)

# Records
DATABASES = databases(VAR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.Person"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "OPTIONS": {"id_function": "commonweal.core.ids.uuid7"},
    }
}
CACHES = {"default": {  # how often somebody tried: every process of the server must know
    "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "commonweal_tries",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}}

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

# Static files come straight from the packages; nothing has to be collected
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600 if SERVER else 0

# Signing in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "commonweal.web.passwords.NotOfThisPlace"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "web:start"
ACCOUNT_ADAPTER = "commonweal.web.accounts.Accounts"
SOCIALACCOUNT_ADAPTER = "commonweal.web.accounts.SingleSignOn"
ACCOUNT_FORMS = {
    name: f"commonweal.web.sign_in_forms.{form}" for name, form in {
        "login": "SignIn", "reset_password": "AskForPassword", "reset_password_from_key": "ChoosePassword",
        "change_password": "ChangePassword", "set_password": "SetPassword", "reauthenticate": "ItIsMe",
    }.items()
}
MFA_FORMS = {
    name: f"commonweal.web.sign_in_forms.{form}" for name, form in {
        "authenticate": "EnterCode", "reauthenticate": "ItIsMeByCode", "activate_totp": "LinkApp",
        "add_webauthn": "AddPasskey",
        "edit_webauthn": "NamePasskey", "login_webauthn": "ByPasskey", "authenticate_webauthn": "PasskeyAsWell",
        "reauthenticate_webauthn": "ItIsMeByPasskey",
    }.items()
}
MFA_ADAPTER = "commonweal.web.accounts.SecondFactor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SERVER else "http"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # beside allauth's own
    "invite": "60/h/user",
    "accept_invitation": "20/5m/ip",
    "interest": "20/h/ip",
    "reference": "20/h/ip",
    "subscribe": "10/h/ip",
    "bid_begin": "20/h/ip",
    "bid_file": "200/h/ip",
    "bid_ask": "20/h/ip",
    "open_bid": "300/5m/ip",
    "open_return": "300/5m/ip",  # a return's link, tried by whoever holds it
    "return_file": "20/5m/ip",   # a return as a file, opened in a process of its own
    # An office shares one address: five failures an account and address come first, and use up nobody else's.
    "login_failed": "5/5m/key,100/5m/ip",
    "login": "300/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("BEHIND_PROXY") else 0
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Commonweal: "
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": ACCOUNT_RATE_LIMITS["login"]}  # an office shares one address here too
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVER  # http://localhost, on one's own computer
MFA_TOTP_ISSUER = environment.text("NAME", "Commonweal")
SOCIALACCOUNT_PROVIDERS = openid_providers()
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SINGLE_SIGN_ON_DOMAINS = frozenset(one.lower() for one in environment.words("OIDC_DOMAINS"))
SINGLE_SIGN_ON_HAS_SECOND_FACTOR = environment.flag("OIDC_SECOND_FACTOR")

# Mail
globals().update(mail_settings(VAR, SERVER))

# Cookies, transport, headers
SESSION_COOKIE_NAME = "__Host-session" if SERVER else "commonweal_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SERVER else "commonweal_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVER
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # from signing in, however busy
SESSION_IDLE_SECONDS = environment.number("IDLE_MINUTES", 120) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = SERVER
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics/$"]
SECURE_HSTS_SECONDS = 63_072_000 if SERVER else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVER
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "commonweal.web.views.errors.csrf_failure"
FORM_ACTION_ORIGINS = sorted({
    "{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["server_url"]))
    for provider in SOCIALACCOUNT_PROVIDERS.values() for app in provider["APPS"]
})

# Uploads
UPLOAD_LIMIT = environment.number("UPLOAD_LIMIT_MB", 60) * 1024 * 1024
UPLOAD_KEPT_HOURS = 24
BID_KEY = environment.text("BID_KEY")  # where the key that seals bids lies; VAR/keys/bids.key if not set
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["commonweal.web.sealed_upload.SealedUploads"]

# The council's own face, and whom to ring
BRAND_NAME = environment.text("NAME", "Commonweal")
BRAND_CSS = environment.text("BRAND_CSS")
CONTACT_NAME = environment.text("CONTACT_NAME")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
CONTACT_PHONE = environment.text("CONTACT_PHONE")
SECURITY_CONTACT = environment.text("SECURITY_CONTACT")  # whom to tell of a weakness; CONTACT_EMAIL if not set

LOG = environment.one_of("LOG", ("json", "plain") if SERVER else ("plain", "json"))
METRICS_TOKEN = environment.text("METRICS_TOKEN")  # whoever has it reads /metrics/; without one nobody does
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "commonweal.web.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "commonweal.security": {"level": "INFO"}, "django.request": {"level": "ERROR"},
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
