from django.urls import path

from comparisons import views

urlpatterns = [
    path("roles/<str:slug>/", views.role, name="role"),
]
