import numpy as np

from caddis.data.fresh_captions import WRITTEN_SHARE, fresh_caption

ENTRY = {
    "category": "table",
    "captions": ["table ronde", "somewhere to eat"],
    "nouns": ["table"],
    "attributes": {"legs": [3, 0.1], "top": ["round", 1.0]},
}


def drawn(entry, count=1000):
    rng = np.random.default_rng(0)
    return [fresh_caption(entry, rng) for _ in range(count)]


def test_captions_are_made_up_from_attributes_and_some_are_the_written_ones():
    captions = drawn(ENTRY)
    written = sum(one in ENTRY["captions"] for one in captions) / len(captions)
    assert abs(written - WRITTEN_SHARE) < 0.05
    assert "a round table on three legs" in captions


def test_objects_without_words_have_no_caption():
    nothing = {"category": "", "captions": [], "nouns": [], "attributes": {}}
    assert set(drawn(nothing, 20)) == {""}
    assert set(drawn({**nothing, "captions": ["a thing"]}, 20)) == {"a thing"}
