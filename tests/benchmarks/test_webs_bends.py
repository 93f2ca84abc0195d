from hypothesis import given

from benchmarks.webs.bends import without_bends
from caddis.geometry.webs.graph import Web
from tests.geometry.webs.webs import cube, random_webs, triangle


def test_bends_are_straightened_but_anchors_and_junctions_stay():
    nodes = [
        [0, 0, 0],
        [1, 1, 0],
        [2, 0, 0],
        [3, 1, 0],
        [4, 0, 0],
        [2, 5, 0],
        [2, -5, 0],
        [9, 9, 9],
    ]
    web = Web(nodes, [[0, 1], [1, 2], [2, 3], [3, 4], [2, 5], [2, 6]], tensions=[1, 2, 3, 1, 1, 1],
              anchors=[False] * 3 + [True] + [False] * 4)  # fmt: skip
    straight = without_bends(web)
    assert straight.nodes.tolist() == [nodes[i] for i in (0, 2, 3, 4, 5, 6)]
    assert {frozenset(edge) for edge in straight.edges.tolist()} == {
        frozenset(edge) for edge in ([0, 1], [1, 2], [2, 3], [1, 4], [1, 5])
    }
    assert sorted(straight.tensions) == [1, 1, 1, 2, 3]


@given(random_webs)
def test_only_bends_go_when_a_web_is_straightened(web):
    straight = without_bends(web)
    kept = (web.degrees != 2) | web.held
    assert len(straight.nodes) == int((kept & (web.degrees > 0)).sum())


def test_a_ring_without_junction_is_left_out_and_a_cube_stays():
    assert len(without_bends(triangle()).nodes) == 0
    assert len(without_bends(cube()).edges) == 12
