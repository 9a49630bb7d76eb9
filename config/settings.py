"""All settings. What differs between installations comes from environment variables, which only this module reads.

docs/operations.md says what each variable means, with its default. A wrong value raises ImproperlyConfigured with one
sentence that names the variable.
"""

import os
import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import split_domain_port

from config.middleware import ContentSecurityPolicy

BASE_DIR = Path(__file__).resolve().parent.parent
A_DAY = 86_400  # seconds


# -- Reading the environment -------------------------------------------------------------------------------


def read_text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def read_flag(name: str) -> bool:
    """on, true, yes or 1; off, false, no or 0, or not set."""
    words = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
    word = read_text(name, "off")
    if word.lower() not in words:
        raise ImproperlyConfigured(f"{name} must be on or off, not {word!r}.")
    return words[word.lower()]


def read_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first is the default."""
    word = read_text(name, choices[0])
    if word not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {word!r}.")
    return word


def read_address(name: str, *, default: str) -> str:
    """An IP address, as text."""
    word = read_text(name, default)
    try:
        return str(ip_address(word))
    except ValueError:
        reason = f"{name} must be an IP address such as 127.0.0.1, 0.0.0.0 or ::1, not {word!r}."
        raise ImproperlyConfigured(reason) from None


def read_token(name: str) -> str:
    """A secret token; "" if it is not set."""
    word = read_text(name)
    if word and (len(word) < 16 or not word.isascii() or not word.isprintable() or " " in word):
        raise ImproperlyConfigured(f"{name} must have at least 16 characters, all of them ASCII and none a blank.")
    return word


def read_seconds(name: str, *, default: float) -> float:
    """A number of seconds, up to a day, and 0 or at least a thousandth: databases count no smaller parts."""
    word = read_text(name, str(default))
    try:
        value = float(word)
    except ValueError:
        value = -1
    if value != 0 and not 0.001 <= value <= A_DAY:
        raise ImproperlyConfigured(f"{name} must be 0 or a number of seconds from 0.001 to 86400, not {word!r}.")
    return value


def read_whole_number(name: str, *, default: int, highest: int, lowest: int = 1) -> int:
    """A number in plain digits."""
    word = read_text(name, str(default))
    # The length first: int() raises ValueError for thousands of digits.
    if not (word.isascii() and word.isdecimal() and len(word) <= 9 and lowest <= int(word) <= highest):
        raise ImproperlyConfigured(f"{name} must be a whole number from {lowest} to {highest}, not {word!r}.")
    return int(word)


def read_list(name: str, *, default: str = "", valid: Callable[[str], bool], example: str) -> list[str]:
    """The parts of a comma-separated list. The error for an invalid part shows the example."""
    word = read_text(name, default)
    parts = [part.strip() for part in word.split(",") if part.strip()]
    for part in parts or word.split():  # commas alone have no parts, and are no list
        if not valid(part):
            raise ImproperlyConfigured(f"{name} must hold names like {example}, separated by commas, not {part!r}.")
    return parts


def is_host(word: str) -> bool:
    """Whether a Host header can have this name: without scheme, port, path, blanks and a dot at the end.

    >>> [is_host(word) for word in ("example.org", ".example.org", "[::1]", "*", "Example.org")]
    [True, True, True, True, True]
    >>> [is_host(word) for word in ("http://example.org", "a.org:80", "a.org.", "a..org", "my_site", "café.example")]
    [False, False, False, False, False, False]
    """
    name = word.removeprefix(".").lower()
    return word == "*" or (bool(name) and ".." not in word and split_domain_port(name) == (name, ""))


def is_origin(word: str) -> bool:
    """Whether a browser can send this origin: a scheme and a host, with a port only where it is not the usual one.

    >>> [is_origin(word) for word in ("https://example.org", "http://localhost:8000", "https://*.example.org")]
    [True, True, True]
    >>> [is_origin(word) for word in ("example.org", "https://a.org/x", "https://[::1", "https://a.org:99999")]
    [False, False, False, False]
    >>> [is_origin(word) for word in ("https://A.org", "https://a.org:443", "https://*", "https://a*.org")]
    [False, False, False, False]
    """
    match = re.fullmatch(r"(https?)://(\*\.)?(\[[\da-f:.]+\]|[a-z\d_-]+(?:\.[a-z\d_-]+)*)(?::(\d{1,5}))?", word)
    if match is None:
        return False
    usual_port = {"http": 80, "https": 443}[match[1]]
    return match[4] is None or (1 <= int(match[4]) <= 65_535 and int(match[4]) != usual_port)


def read_networks(name: str, default: str = "") -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, separated by commas."""
    parts = read_list(name, default=default, valid=is_network, example="10.0.0.1 or 192.168.0.0/16")
    return [ip_network(part, strict=False) for part in parts]


def is_network(word: str) -> bool:
    try:
        return bool(ip_network(word, strict=False))
    except ValueError:
        return False


def read_secret_key() -> str:
    """From the environment or from the file that `make run` creates. Only in development there is a fixed one."""
    key_file = BASE_DIR / ".secret-key"
    key = read_text("SECRET_KEY") or (key_file.read_text().strip() if os.access(key_file, os.R_OK) else "")
    if not key and DEBUG:
        return "for-development-only-" * 3
    if not key:
        raise ImproperlyConfigured("SECRET_KEY must be set; `make run` creates one, or set DEBUG=on to develop.")
    if len(key) < 32:
        raise ImproperlyConfigured("SECRET_KEY must be at least 32 characters long.")
    return key


def read_database_settings(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        name = unquote(parts.path.removeprefix("/"))
        if name and parts.scheme == "sqlite" and not (parts.netloc or options):
            return make_sqlite_settings(BASE_DIR / name)
        if name and parts.scheme in ("postgres", "postgresql") and options.keys() <= {"host", "sslmode", "sslrootcert"}:
            return make_postgresql_settings(parts, options)
    except ValueError:
        pass  # refused below, like an address of another kind
    instead = f", not {hide_password(url)!r}" if url else ""
    raise ImproperlyConfigured(
        f"DATABASE_URL must look like postgresql://user:password@host:5432/name or sqlite:///path/to/file{instead}."
    )


def hide_password(url: str) -> str:
    """The address with its user and password left out, for error messages.

    >>> hide_password("postgresql://ann:secret@db/x")
    'postgresql://…@db/x'
    """
    scheme, slashes, rest = url.partition("://")
    _, at, host_and_name = rest.rpartition("@")
    return f"{scheme}{slashes}{'…@' if at else ''}{host_and_name}"


def make_sqlite_settings(path: Path) -> dict[str, Any]:
    # Concurrent writers wait for each other only if a transaction takes the write lock when it begins (IMMEDIATE) and
    # readers do not block writers (WAL); with the defaults half of them failed. The page cache keeps its default, 2 MB
    # per thread: a larger one hardly made pages faster.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": STATEMENT_TIMEOUT or A_DAY,  # for the write lock
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def make_postgresql_settings(parts: SplitResult, options: dict[str, str]) -> dict[str, Any]:
    """Raises ValueError if the port is no number from 1 to 65535."""
    socket_folder = options.pop("host", "")
    if parts.port == 0:
        raise ValueError("port 0")
    # A server that is slow, unreachable or stopped must be noticed within seconds, or every thread waits for it.
    # config/outages.py handles a frozen one.
    of_sessions = {
        "statement_timeout": round(1000 * STATEMENT_TIMEOUT),
        # A statement that keeps its plan (comparisons/search/statements.py) keeps it from the first time on.
        "plan_cache_mode": "force_generic_plan",
        # The server gives back the locks of a host that is gone after half a minute; by default it takes two hours.
        "tcp_keepalives_idle": 10,
        "tcp_keepalives_interval": 5,
        "tcp_keepalives_count": 3,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "HOST": socket_folder or unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            # A connection to a host that is gone ends while nobody uses it, and the next request opens a new one.
            "keepalives_idle": 5,
            "keepalives_interval": 1,
            "options": " ".join(f"-c {name}={value}" for name, value in of_sessions.items()),
            **options,
        },
    }


# -- From the environment ----------------------------------------------------------------------------------

DEBUG = read_flag("DEBUG")
HTTPS = read_flag("HTTPS")
SECRET_KEY = read_secret_key()
ALLOWED_HOSTS = read_list(
    "ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]", valid=is_host, example="example.org (no scheme, no port)"
)
TRUSTED_PROXIES = read_networks("TRUSTED_PROXIES")
FORWARDED_ALLOW_IPS = read_networks("FORWARDED_ALLOW_IPS", default="127.0.0.1,::1")
CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS", valid=is_origin, example="https://example.org")
STATEMENT_TIMEOUT = read_seconds("STATEMENT_TIMEOUT", default=60)
RESPONSE_CACHE_BYTES = 1_000_000 * read_whole_number("KEPT_MEGABYTES", default=8, lowest=0, highest=1000)
ADMIN_LOCK_SECONDS = 10  # that a request to the admin waits for SQLite's write lock
REVISION_SECONDS = 1.0  # between two queries for the revision: a load must show within two seconds
REVISION_PATIENCE = 0.1  # seconds that a reader waits for its answer, instead of being sent what is kept
HOST = read_address("HOST", default="127.0.0.1")
PORT = read_whole_number("PORT", default=8000, highest=65_535)
WEB_CONCURRENCY = read_whole_number("WEB_CONCURRENCY", default=2, highest=64)
LOG_FORMAT = read_choice("LOG_FORMAT", ("plain", "json"))
ACCESS_LOG = read_flag("ACCESS_LOG")
LOG_ADDRESSES = read_flag("LOG_ADDRESSES")
METRICS_TOKEN = read_token("METRICS_TOKEN")
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
# Named as in Django 6. Who works on batches: the requests of the admin, or workers that share the database.
TASKS = {"default": {"BACKEND": TASK_BACKENDS[read_choice("TASKS", ("immediate", "database"))]}}
DATABASES = {"default": read_database_settings(read_text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))}

# -- Applications and middleware ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",  # also where tasks run at once: all installations have the same tables
    "config",
    "careers",
    "ingest",
    "comparisons",
    "django_tables2",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.monitoring.request_log.RequestLog",  # outermost: it times the others and answers nothing itself
    "config.middleware.StrictHeaders",  # its headers are on every response, whatever answers further in
    "config.monitoring.health.HealthChecks",  # before anything that looks at the host or redirects
    "django.middleware.security.SecurityMiddleware",  # the redirect to https
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.BodyLimit",  # before anything that reads a body
    "config.outages.OutagePage",
    "config.outages.RefuseOddLists",
    "config.middleware.AdminPatience",  # outside sessions, which write
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.IdleSessions",  # inside sessions, which save what it changes
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A larger body is refused unread, except where files are uploaded (config/middleware.py).
MOST_BODY_BYTES = 1_000_000
UPLOAD_VIEWS = ("admin:ingest_page_upload", "admin:ingest_batch_files")

# Public pages are drawn by Jinja2; the admin keeps Django's own language. A name is looked up in this order.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "OPTIONS": {"environment": "comparisons.views.jinja.environment"},
    },
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
USE_I18N = False  # the site has one language
TIME_ZONE = "UTC"
USE_TZ = True

# -- Static files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # files that browsers request at the root, such as favicon.ico
WHITENOISE_ALLOW_ALL_ORIGINS = False  # browsers keep our files to our pages (config/middleware.py)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # File names contain a digest, so browsers may keep them for a year.
        "BACKEND": "config.storage.FilesFromTheirFolders" if DEBUG else "config.storage.MinifyingStaticFilesStorage",
    },
}

# -- Signing in --------------------------------------------------------------------------------------------

_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]
# Seconds without a request to the admin after which a person signs in again (config/middleware.py).
SESSION_COOKIE_AGE = 2 * 60 * 60

# -- Browser security --------------------------------------------------------------------------------------
# Named as in Django 6, whose own middleware will replace this part of config/middleware.py.

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
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # whether HSTS covers subdomains is the owner's choice
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer the admin's login is refused
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# Browsers accept a __Host- cookie only over https, so the names depend on it.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
BROWSER_COOKIE_NAME = "__Host-browser" if HTTPS else "browser"  # of browsers that signed in (config/sign_in.py)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # avoids a third cookie

# -- Logging -----------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refusals": {"()": "config.monitoring.log_lines.NoTracebackForRefusals"},
        "clients": {"()": "config.monitoring.log_lines.NothingOfClients"},
    },
    "formatters": {
        "plain": {"()": "config.monitoring.log_lines.PlainFormatter"},
        "json": {"()": "config.monitoring.log_lines.JsonFormatter"},
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["refusals", "clients"]}
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "access": {"level": "INFO" if ACCESS_LOG else "ERROR"},
        "django.request": {"level": "ERROR"},  # refusals are in the access log
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # there, too: scanners ask for IP addresses all day
        "gunicorn.error": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
    },
}
