from django.urls import path

from catalog.views import simulations, sweeps, verdicts

urlpatterns = [
    path("console/sweeps/", sweeps.sweep_run_list, name="sweep_run_list"),
    path("console/sweeps/start/", sweeps.sweep_run_create, name="sweep_run_create"),
    path("console/sweeps/simulation/", simulations.simulation, name="simulation"),
    path("console/sweeps/simulation/<int:pk>/", simulations.simulation_detail, name="simulation_detail"),
    path("console/sweeps/<int:pk>/", sweeps.sweep_run_detail, name="sweep_run_detail"),
    path("console/sweeps/<int:pk>/export/", sweeps.sweep_run_export, name="sweep_run_export"),
    path("console/sweeps/<int:pk>/release/", sweeps.sweep_release_create, name="sweep_release_create"),
    path("console/sweeps/<int:pk>/cancellation/", sweeps.sweep_cancellation_create, name="sweep_cancellation_create"),
    path("console/sweeps/<int:pk>/undo/", sweeps.sweep_undo_create, name="sweep_undo_create"),
    path("apps/<slug:slug>/verdict/", verdicts.verdict_detail, name="verdict_detail"),
]
