"""Rasa comes without TensorFlow into the tests' own process, as in `faq serve`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.nlu import no_tensorflow
from tests.channels.site import RATE, Site, copy_of
from tests.conftest import serve

no_tensorflow.install()


@pytest.fixture(scope="session")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server behind a proxy that tells it its visitors' addresses, with a partner's website."""
    site = Site(copy_of(project, tmp_path_factory.mktemp("site")))
    with serve(site.folder, **site.environment(rate=RATE)) as url:
        site.url = url
        yield site
