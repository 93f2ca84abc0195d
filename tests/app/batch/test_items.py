"""Names, seeds and digests of items."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from caddis.app.batch.items import expand
from caddis.app.batch.jobs import Job

IDS = st.lists(
    st.text("abAB12-", min_size=1, max_size=4).filter(str.isalnum), unique_by=str.lower, max_size=6
)


@given(IDS, st.integers(0, 2**40), st.randoms())
def test_an_items_seed_does_not_depend_on_its_neighbours(ids, run_seed, random) -> None:
    jobs = [Job(name, count=2) for name in ids]
    shuffled = list(jobs)
    random.shuffle(shuffled)
    in_order = {item.name: item for item in expand(jobs, run_seed)}
    assert in_order == {item.name: item for item in expand(shuffled, run_seed)}
    assert len({item.seed for item in in_order.values()}) == len(in_order)


def test_a_jobs_own_seed_is_that_of_its_first_variation() -> None:
    first, second = expand([Job("a", count=2, seed=7)], run_seed=0)
    assert first.seed == 7
    assert second.seed not in {7, 8}
    assert expand([Job("b", count=2, seed=7)], run_seed=9)[1].seed == second.seed


def test_a_name_that_occurs_twice_is_changed_and_its_item_is_bad() -> None:
    items = expand([Job("a", count=2), Job("A-1"), Job("a-1~2")], run_seed=0)
    assert len({item.name.lower() for item in items}) == 4
    assert [bool(item.problem) for item in items] == [False, False, True, True]


def test_the_digest_depends_on_the_scans_content_and_the_versions(tmp_path: Path) -> None:
    scan = tmp_path / "a.stl"
    (item,) = expand([Job("a", "reconstruct", options={"scan": str(scan)})], run_seed=0)
    digests = [item.digest("1"), item.digest("2")]
    for content in (b"x", b"y"):
        scan.write_bytes(content)
        digests.append(item.digest("1"))
    assert len(set(digests)) == 4
