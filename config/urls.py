from collections.abc import Callable

from django.contrib import admin
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from comparisons.api.endpoints import only_read as only_read_as_json
from comparisons.response_cache import keeping
from comparisons.urls import api_patterns
from comparisons.urls import urlpatterns as public

View = Callable[..., HttpResponseBase]


def only_read(page: URLPattern, refusing: Callable[[View], View] = require_safe) -> URLPattern:
    """The same address for GET and HEAD alone: whatever else is asked gets 405, and no word of tokens before that.

    What was answered once is kept.
    """
    view = csrf_exempt(refusing(keeping(page.callback)))
    return URLPattern(page.pattern, view, page.default_args, page.name)


urlpatterns = [path("admin/", admin.site.urls), *map(only_read, public)]
urlpatterns += [only_read(page, only_read_as_json) for page in api_patterns]
