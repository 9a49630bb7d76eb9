"""The tests' own database, which is copied from a migrated one."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db
def test_the_tests_run_on_a_database_that_has_all_migrations() -> None:
    executor = MigrationExecutor(connection)
    assert executor.loader.applied_migrations != {}
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
