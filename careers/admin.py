"""The facts, to look at. None is edited here: a value changed by hand would contradict its evidence.

Roles and publishers have screens of their own in `ingest.admin`, where pages are known.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from careers.models import (
    Citation,
    Demographics,
    Duty,
    Outlook,
    Preparation,
    Profile,
    RoleSkill,
    SalaryStats,
    Section,
    Skill,
)

if TYPE_CHECKING:  # only the types know the model of a ModelAdmin
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class LookOnly(ModelAdmin):
    """Rows that only loading, undoing, merging and taking down may change."""

    list_per_page = 100
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or super().has_change_permission(request, obj)


@admin.register(Citation)
class CitationAdmin(LookOnly):
    list_display = ("__str__", "publisher", "captured_on", "loaded_at")
    list_filter = ("publisher",)
    search_fields = ("title", "url")
    list_select_related = ("publisher",)


@admin.register(Skill)
class SkillAdmin(LookOnly):
    list_display = ("name", "slug")
    search_fields = ("name",)


@admin.register(SalaryStats, Outlook, Preparation, Demographics, Profile, RoleSkill, Duty, Section)
class FactAdmin(LookOnly):
    list_display = ("role", "citation")
    search_fields = ("role__title",)
    list_select_related = ("role", "citation__publisher")
    ordering: ClassVar = ["role__title", "pk"]
