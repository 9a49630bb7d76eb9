"""The screens with which an admin merges and renames roles, and names the closest official occupation of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from careers.models import Role, RoleAlias
from ingest.admin.permissions import LINK, MERGE, form_screen, get_user
from ingest.admin.screen_parts import list_titles_to_offer, make_breadcrumb, render_confirmation, save_form
from ingest.forms import ClosestForm, MergeForm, RenameForm
from ingest.loading import merges
from ingest.loading.merges import TitleError
from ingest.models import Mention


@form_screen(MERGE)
def merge_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    initial = {"into": request.GET.get("into", "")[:130]}
    form = MergeForm(request.POST if request.method == "POST" else None, initial=initial)
    if save_form(form, "into", lambda cleaned: merges.merge_roles(role, cleaned["into"], get_user(request))):
        into = form.cleaned_data["into"]
        messages.success(request, f"{role.title} is now another title of {into.title}. This can be undone below.")
        return redirect("admin:careers_role_change", into.pk)
    sentences = [
        f"All facts of {role.title} become facts of the role that you name. “{role.title}” becomes another title of "
        "it, and its address redirects there.",
        "This can be undone.",
    ]
    titles = list_titles_to_offer(Role.objects.by_title().exclude(pk=pk))
    heading = f"Merge {role.title} into another role"
    return _render_form(request, role, heading, sentences, "Merge", form=form, titles=titles)


@form_screen(MERGE)
def rename_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"title": role.title})
    if save_form(form, "title", lambda cleaned: merges.rename_role(role, cleaned["title"], get_user(request))):
        messages.success(request, f"The role is called “{form.cleaned_data['title']}” now. This can be undone below.")
        return redirect("admin:careers_role_change", pk)
    sentences = [
        "Its current address will redirect to the new one, and pages no longer change its spelling.",
        "This can be undone.",
    ]
    return _render_form(request, role, f"Rename {role.title}", sentences, "Rename", form=form)


@form_screen(MERGE)
def remove_alias(request: HttpRequest, pk: int, alias: int) -> HttpResponse:
    other_title = get_object_or_404(RoleAlias.objects.select_related("role"), pk=alias, role__pk=pk)
    role = other_title.role
    if request.method == "POST":
        try:
            merges.remove_alias(other_title, get_user(request))
        except TitleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"“{other_title.title}” is no longer a title of this role.")
        return redirect("admin:careers_role_change", pk)
    pages = Mention.objects.filter(role=role, key=other_title.key).count()
    sentences = [
        f"“{other_title.title}” is another title of {role.title}. Without it, search does not find the role by it, and "
        "its old address no longer redirects.",
        f"Pages of this role that use it: {pages}. What they say becomes a role of its own.",
    ]
    return _render_form(request, role, "Remove another title", sentences, "Remove this title", button_class="removes")


@form_screen(LINK)
def choose_closest(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.by_title().select_related("closest_occupation"), pk=pk)
    current = role.closest_occupation
    code = request.GET.get("occupation", "")[:10] or (current.soc_code if current else "")
    form = ClosestForm(request.POST if request.method == "POST" else None, initial={"occupation": code})
    user = get_user(request)
    if save_form(form, "occupation", lambda cleaned: merges.set_closest_occupation(role, cleaned["occupation"], user)):
        messages.success(request, "The closest official occupation is saved. This can be undone below.")
        return redirect("admin:careers_role_change", pk)
    sentences = [
        "Readers see the two side by side on the page of the role, each with its own figures. Nothing is merged.",
        "This can be undone.",
    ]
    heading = f"The official occupation closest to {role.title}"
    titles = list_titles_to_offer(Role.objects.occupations())
    return _render_form(request, role, heading, sentences, "Save", form=form, titles=titles)


def _render_form(
    request: HttpRequest, role: Role, heading: str, sentences: list[str], button: str, **more: Any
) -> HttpResponse:
    """The screen that asks an admin to confirm a change of a role. `sentences`: what it does. `more`: form, titles."""
    address = reverse("admin:careers_role_change", args=[role.pk])
    breadcrumbs = [make_breadcrumb("Roles", "careers_role_changelist"), (role.title, address)]
    return render_confirmation(request, heading, sentences, button, breadcrumbs, **more)
