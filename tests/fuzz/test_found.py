"""What the fuzzer found, one test each; the inputs themselves stay in the corpus."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from targets.channels import Link
from targets.world import MS


def test_a_lost_grant_is_repeated_though_the_wish_for_it_comes_twice() -> None:
    """A second CREDIT_WANTED found nothing more to grant, and so unsaid the MAX_CREDIT that waited to be sent again."""
    link = Link()
    link.connect()
    server, client = link.ends
    link.send(client, 70, 8_344)  # More than the initial credit: it asks.
    for _ in range(2):  # The server grants, and all it says is lost; then the wish comes again.
        link.write(client)
        for content in client.outbound:
            link.deliver(client, content)
        client.outbound.clear()
        link.send(server, 1, 10)
        link.write(server)
        server.outbound.clear()
        link.wait(30 * MS)
    for _ in range(100):
        link.exchange()
        link.wait(20 * MS)
    assert server.got(70) == client.accepted[70]
