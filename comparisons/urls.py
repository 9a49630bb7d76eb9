from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from django.views.decorators.common import no_append_slash

from comparisons.api import endpoints
from comparisons.views import about, chart_data, downloads, explore, feeds, lists, pages, sitemaps


@no_append_slash  # Django must not lead back where neither address exists
def drop_slash(request: HttpRequest) -> HttpResponse:
    """From an address with a slash too many to the one without."""
    address, mark, query = request.get_full_path().partition("?")
    return redirect(address.rstrip("/") + mark + query)


urlpatterns = [
    # After the name of a file; it comes first, because it would belong to the name of a role.
    re_path(r"^\w.*\.(?:csv|html|json|txt|xml)/$", drop_slash),
    # The pages that are read most come first, because patterns are tried in order.
    path("compare/<str:slugs>/", pages.comparison, name="comparison"),
    path("roles/<str:slug>/", pages.role, name="role"),
    path("roles/suggest", pages.suggest, name="suggest"),
    path("", pages.home, name="home"),
    path("roles/", lists.roles, name="roles"),
    path("roles.csv", lists.roles_csv, name="roles_csv"),
    path("explore/", explore.explore, name="explore"),
    path("explore/points.json", explore.points_json, name="explore_json"),
    path("roles/<str:slug>.json", pages.role_json, name="role_json"),
    path("roles/<str:slug>.csv", downloads.role_csv, name="role_csv"),
    path("roles/<str:slugs>/figures/<slug:slug>.json", chart_data.figure),
    path("compare/", pages.choose, name="compare"),
    path("compare/<str:slugs>.json", pages.comparison_json, name="comparison_json"),
    path("compare/<str:slugs>.csv", downloads.comparison_csv, name="comparison_csv"),
    path("compare/<str:slugs>.html", downloads.comparison_html, name="comparison_html"),
    path("compare/<str:slugs>/figures/<slug:slug>.json", chart_data.figure, name="figure"),
    path("about/", about.about, name="about"),
    path("api/", endpoints.api_page, name="api"),
    path("feed.xml", feeds.NewRoles(), name="feed"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    re_path(r"^sitemap-(?P<kind>roles|comparisons)-(?P<number>[1-9]\d{0,5})\.xml$", sitemaps.file, name="sitemap_file"),
]

# What answers in JSON whatever is asked.
api_patterns = [
    path("api/openapi.json", endpoints.openapi_document, name="api_document"),
    path("api/v1/roles", endpoints.roles, name="api_roles"),
    path("api/v1/roles/<str:slug>", endpoints.role, name="api_role"),
    path("api/v1/search", endpoints.search, name="api_search"),
    path("api/v1/compare/<str:slugs>", endpoints.compare, name="api_compare"),
    path("api/v1/areas", endpoints.areas, name="api_areas"),
    path("api/v1/skills", endpoints.skill_list, name="api_skills"),
    path("api/v1/skills/<str:slug>", endpoints.skill, name="api_skill"),
    re_path(r"^api/v1/\w.*/$", drop_slash),
    re_path(r"^api/v1(?:/.*)?$", endpoints.unknown_address),
]
