import pytest
import torch

from caddis.generation.threads import NARROW, threads_for


@pytest.fixture(autouse=True)
def three_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def test_narrow_layers_get_one_thread_and_wide_ones_all():
    with threads_for(NARROW):
        assert torch.get_num_threads() == 1
    with threads_for(NARROW + 1):
        assert torch.get_num_threads() == 3


def test_the_number_is_put_back_after_an_error():
    with pytest.raises(RuntimeError), threads_for(64):
        raise RuntimeError
    assert torch.get_num_threads() == 3
