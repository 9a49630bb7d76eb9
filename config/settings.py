"""The one settings module. What differs from place to place is read from the environment, here and nowhere else.

    SECRET_KEY            signs sessions; without it the file .secret-key is read, which `make run` makes once
    DEBUG                 on or off (off)
    ALLOWED_HOSTS         host names, separated by commas (localhost, 127.0.0.1, [::1])
    HTTPS                 on where people reach the site over https: redirects, secure cookies (off)
    CSRF_TRUSTED_ORIGINS  origins with their scheme, separated by commas; needed behind some proxies (none)
    DATABASE_URL          postgresql://user:password@host:port/name or sqlite:///path (the file db.sqlite3)
    KEPT_MEGABYTES        memory of each process for finished pages, 0 for none (8)
    STATEMENT_TIMEOUT     seconds one statement may take, 0 for any time (60; 1.5 when serving pages)
    PORT                  where the application server listens, from 1 to 65535 (8000)
    WEB_CONCURRENCY       its number of processes, from 1 to 64 (2)

A wrong value raises ImproperlyConfigured with one sentence that names the variable.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.headers import ContentSecurityPolicy

BASE_DIR = Path(__file__).resolve().parent.parent


# -- Reading the environment ---------------------------------------------------------------------------------


def text(name: str, default: str = "") -> str:
    """The variable without blanks around it; one that is set to nothing counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    words = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    word = text(name, "on" if default else "off")
    if word.lower() not in words:
        raise ImproperlyConfigured(f"{name} must be on or off, not {word!r}.")
    return words[word.lower()]


def seconds(name: str, *, default: float) -> float:
    word = text(name, str(default))
    try:
        value = float(word)
    except ValueError:
        value = -1
    if not 0 <= value <= 86_400:
        raise ImproperlyConfigured(f"{name} must be a number of seconds from 0 to 86400, not {word!r}.")
    return value


def whole_number(name: str, *, default: int, highest: int, lowest: int = 1) -> int:
    """A number in plain digits."""
    word = text(name, str(default))
    # The length first: Python refuses to read numbers of thousands of digits.
    if not (word.isascii() and word.isdecimal() and len(word) <= 9 and lowest <= int(word) <= highest):
        raise ImproperlyConfigured(f"{name} must be a whole number from {lowest} to {highest}, not {word!r}.")
    return int(word)


def words(name: str, *, default: str = "", valid: Callable[[str], bool], example: str) -> list[str]:
    """The parts of a list with commas; each must be valid, else the sentence shows an example."""
    parts = [part for part in (part.strip() for part in text(name, default).split(",")) if part]
    for part in parts:
        if not valid(part):
            raise ImproperlyConfigured(f"{name} must hold names like {example}, separated by commas, not {part!r}.")
    return parts


def is_host(word: str) -> bool:
    """A name that a Host header can match: no scheme, port, path or blank.

    >>> [is_host(word) for word in ("example.org", ".example.org", "[::1]", "*", "http://example.org", "a.org:80")]
    [True, True, True, True, False, False]
    """
    name = word.removeprefix(".")
    if word == "*" or (word.startswith("[") and word.endswith("]")):
        return True
    return bool(name) and all(letter.isalnum() or letter in ".-_" for letter in name)


def is_origin(word: str) -> bool:
    """
    >>> [is_origin(word) for word in ("https://example.org", "http://localhost:8000", "example.org", "https://a.org/x")]
    [True, True, False, False]
    """
    parts = urlsplit(word)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.path or parts.query)


def secret_key() -> str:
    key_file = BASE_DIR / ".secret-key"
    key = text("SECRET_KEY") or (key_file.read_text().strip() if key_file.exists() else "")
    if not key and DEBUG:
        return "for-development-only-" * 3
    if not key:
        raise ImproperlyConfigured("SECRET_KEY must be set; `make run` makes one, or set DEBUG=on to develop.")
    if len(key) < 32:
        raise ImproperlyConfigured("SECRET_KEY must be at least 32 characters long.")
    return key


def database(url: str) -> dict[str, Any]:
    """The settings of one database from its address."""
    wrong = ImproperlyConfigured(
        "DATABASE_URL must look like postgresql://user:password@host:5432/name or sqlite:///path/to/file"
        + (f", not {without_password(url)!r}." if url else ".")
    )
    try:
        parts = urlsplit(url)
        port = parts.port or ""
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise wrong from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name and not (parts.netloc or options):
        return sqlite(BASE_DIR / name)
    if parts.scheme in ("postgres", "postgresql") and name and options.keys() <= {"host", "sslmode", "sslrootcert"}:
        host = options.pop("host", unquote(parts.hostname or ""))  # a folder where the server listens on a socket
        login = {"USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or "")}
        return postgresql(options) | login | {"NAME": name, "HOST": host, "PORT": port}
    raise wrong


def without_password(url: str) -> str:
    """
    >>> without_password("postgresql://ann:secret@db/x")
    'postgresql://…@db/x'
    """
    scheme, slashes, rest = url.partition("://")
    return f"{scheme}{slashes}{'…@' + rest.rpartition('@')[2] if '@' in rest else rest}"


def sqlite(path: Path) -> dict[str, Any]:
    # Processes that write the same file at once wait for one another only if a transaction takes the write lock when
    # it begins (IMMEDIATE) and readers do not hold up writers (WAL); with the defaults half of them fail. The cache
    # stays as small as SQLite makes it, 2 MB: each thread has one, and a larger one made pages hardly quicker.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": min(20, STATEMENT_TIMEOUT or 20),  # for the write lock
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(options: dict[str, str]) -> dict[str, Any]:
    # A server that is slow, cut off or stopped must be noticed within seconds, or every thread waits for it;
    # config/outages.py adds the one that is frozen.
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "options": f"-c statement_timeout={round(1000 * STATEMENT_TIMEOUT)}",
            **options,
        },
    }


# -- What is read --------------------------------------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
HTTPS = flag("HTTPS", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = words(
    "ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]", valid=is_host, example="example.org (no scheme, no port)"
)
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", valid=is_origin, example="https://example.org")
STATEMENT_TIMEOUT = seconds("STATEMENT_TIMEOUT", default=60)
KEPT_BYTES = 1_000_000 * whole_number("KEPT_MEGABYTES", default=8, lowest=0, highest=1000)
REVISION_SECONDS = 1.0  # between two looks at whether something was loaded: a load must show within two
PORT = whole_number("PORT", default=8000, highest=65_535)
WEB_CONCURRENCY = whole_number("WEB_CONCURRENCY", default=2, highest=64)
DATABASES = {"default": database(text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}

# -- The same everywhere -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "careers",
    "ingest",
    "comparisons",
    "django_tables2",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.headers.StrictHeaders",  # outermost: whatever answers further in, the headers stand on it
    "django.middleware.security.SecurityMiddleware",  # the redirect to https
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.outages.CalmOutage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en-us"
USE_I18N = False  # one language; texts are not looked up
TIME_ZONE = "UTC"
USE_TZ = True

# -- Static files --------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # what browsers ask for at the top, whatever a page says
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Names carry a digest, so browsers keep them for a year; what is made of them is made once, when collecting.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.storage.MinifyingStaticFilesStorage",
    },
}

# -- Who may sign in -----------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a throttled attempt is turned away before any hashing
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # both: nobody is locked out by a stranger elsewhere
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# -- What browsers are told ----------------------------------------------------------------------------------
# Named as in Django 6, which brings this setting and its middleware: then config/headers.py loses this part.

SECURE_CSP: ContentSecurityPolicy = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_HSTS_SECONDS = 31_536_000
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other hosts under the same name are not ours to bind
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer the admin's login is refused
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A browser takes a __Host- cookie only over https, so the names change with it.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie

# -- What is said on the terminal ----------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
}
