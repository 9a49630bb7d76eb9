from django.http import HttpRequest, HttpResponse


def role(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(slug)
