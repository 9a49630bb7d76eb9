"""The headers that every answer has."""

from django.http.response import HttpResponseBase

STRICT = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def find_faults(response: HttpResponseBase) -> list[str]:
    """The names of headers that are missing or differ, or that contradict the others."""
    names = [name for name, value in STRICT.items() if response.headers.get(name) != value]
    if "camera=()" not in response.headers.get("Permissions-Policy", ""):
        names.append("Permissions-Policy")
    if "Access-Control-Allow-Origin" in response.headers:  # other sites may not use what the headers above keep to ours
        names.append("Access-Control-Allow-Origin")
    return names
