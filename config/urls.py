from collections.abc import Callable

from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from comparisons.api.endpoints import allow_only_reading
from comparisons.urls import api_patterns
from comparisons.urls import urlpatterns as public
from comparisons.views.response_cache import cache_response
from config.sign_in import SignInForm, sign_in

View = Callable[..., HttpResponseBase]


def allow_reading(page: URLPattern, refuse_others: Callable[[View], View] = require_safe) -> URLPattern:
    """The same address for GET and HEAD only, with cached responses.

    Other methods get 405; without csrf_exempt they would first be asked for a token.
    """
    view = csrf_exempt(refuse_others(cache_response(page.callback)))
    return URLPattern(page.pattern, view, page.default_args, page.name)


admin.site.login_form = SignInForm
admin_patterns, app_name, namespace = admin.site.urls
# Django's address that leads to the public page of an object fails where keys are no numbers, and no screen has it.
admin_patterns = [pattern for pattern in admin_patterns if getattr(pattern, "name", "") != "view_on_site"]
urlpatterns = [path("admin/login/", sign_in), path("admin/", (admin_patterns, app_name, namespace))]
urlpatterns += map(allow_reading, public)
urlpatterns += [allow_reading(page, allow_only_reading) for page in api_patterns]

handler400 = "config.outages.bad_request"
handler500 = "config.outages.server_error"
