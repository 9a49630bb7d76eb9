"""The figures over the whole data set, which a process computes once per revision."""

from threading import Event, Thread

from comparisons.queries.revision import compute_once, forget_computed


def test_a_thread_waits_for_the_one_that_computes_the_same() -> None:
    forget_computed()
    begun, begun_twice = Event(), Event()
    results = []

    def compute_slowly() -> str:
        begun.set()
        begun_twice.wait(0.2)
        return "from the first"

    def compute_again() -> str:
        begun_twice.set()
        return "from the second"

    first = Thread(target=lambda: results.append(compute_once("figure", 1, compute_slowly)))
    second = Thread(target=lambda: results.append(compute_once("figure", 1, compute_again)))
    first.start()
    begun.wait()
    second.start()
    for thread in (first, second):
        thread.join()
    assert results == ["from the first", "from the first"]


def test_a_new_revision_computes_again_and_other_keys_stand_apart() -> None:
    forget_computed()
    assert compute_once("figure", 1, lambda: "old") == "old"
    assert compute_once("figure", 1, lambda: "new") == "old"
    assert compute_once("figure", 2, lambda: "new") == "new"
    assert compute_once("other figure", 2, lambda: compute_once("figure", 2, lambda: "newer")) == "new"
