from django.contrib import admin
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from comparisons.keeping import keeping
from comparisons.urls import urlpatterns as public


def only_read(page: URLPattern) -> URLPattern:
    """The same address for GET and HEAD alone: whatever else is asked gets 405, and no word of tokens before that.

    What was answered once is kept.
    """
    view = csrf_exempt(require_safe(keeping(page.callback)))
    return URLPattern(page.pattern, view, page.default_args, page.name)


urlpatterns = [path("admin/", admin.site.urls), *map(only_read, public)]
