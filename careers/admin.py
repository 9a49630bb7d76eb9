"""Read-only admin screens for facts, and the editable list of other spellings of skills.

Facts cannot be edited, because a value changed by hand would contradict its evidence. Whether two spellings mean the
same skill is a person's decision. The screens of roles and publishers are in `ingest.admin`, because they show pages.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet, URLField
from django.http import HttpRequest

from careers.models import AllJobsFigure, Citation, FactRow, Revision, Skill, SkillAlias

if TYPE_CHECKING:  # ModelAdmin is generic for the type checker only
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReadOnlyAdmin(ModelAdmin):
    """Screens of rows that only a load, undo, merge or take-down may change."""

    list_per_page = 100
    show_full_result_count = False
    view_on_site = False  # config/urls.py leaves its address out
    formfield_overrides = {URLField: {"assume_scheme": "https"}}  # else Django warns that its default will change

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)


@admin.register(Citation)
class CitationAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "publisher", "captured_on", "loaded_at")
    list_filter = ("publisher",)
    search_fields = ("title", "url")
    list_select_related = ("publisher",)


@admin.register(AllJobsFigure)
class AllJobsAdmin(ReadOnlyAdmin):
    list_display = ("key", "value", "citation")
    list_select_related = ("citation__publisher",)
    search_fields = ("key",)


@admin.register(Skill)
class SkillAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)


@admin.register(SkillAlias)
class SkillAliasAdmin(ModelAdmin):
    """A change appears on every page at once and is recorded in the history of the admin."""

    list_display = ("name", "skill")
    list_select_related = ("skill",)
    search_fields = ("name", "skill__name")
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "skill"),
                "description": "The name is another spelling of the skill. Both count as one on every page at once. "
                "The magnifier beside the skill finds its number.",
            },
        ),
    )
    raw_id_fields = ("skill",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with Revision.counting_up():
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with Revision.counting_up():
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with Revision.counting_up():
            super().delete_queryset(request, queryset)


FACT_TABLES = [table for table in apps.get_app_config("careers").get_models() if issubclass(table, FactRow)]


@admin.register(*FACT_TABLES)
class FactAdmin(ReadOnlyAdmin):
    list_display = ("role", "citation")
    search_fields = ("role__title",)
    list_select_related = ("role", "citation__publisher")
    ordering: ClassVar = ["role__title", "pk"]
