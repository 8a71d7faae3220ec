"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from policycards.desk.core import access, desk_page
from policycards.desk.core.access import enter
from policycards.desk.core.desk_page import open_file
from policycards.desk.details import details_page
from policycards.desk.handover import handover_page
from policycards.desk.home import home_page
from policycards.desk.office import guide_pages
from policycards.desk.policies import policies_page
from policycards.desk.printing import roster_pages
from policycards.desk.standards import standards_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/<str:key>/", enter, name="enter"),
    path("language/", set_language, name="language"),
    path("", home_page.home, name="home"),
    path("todo/", home_page.todo, name="todo"),
    path("force/", home_page.force, name="force"),
    path("files/<path:path>", open_file, name="file"),
    path("tasks/", desk_page.task_list, name="tasks"),
    path("tasks/<str:name>/", desk_page.task, name="task"),
    path("tasks/<str:name>/state/", desk_page.state, name="task-state"),
    *access.urls,
    *guide_pages.urls,
    *home_page.urls,
    *roster_pages.urls,
    *standards_page.urls,
    *policies_page.urls,
    *details_page.urls,
    *handover_page.urls,
]
