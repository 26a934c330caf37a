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
    link.send(client, 70, 8_344)  # More than the initial credit: it asks, and asks again when the grant is lost.
    link.write(client)
    link.deliver(client, client.outbound.pop())
    link.write(server)
    link.wait(100 * MS)
    wishes = len(client.outbound)
    assert wishes
    server.outbound.clear()
    for _ in range(4):  # Acknowledgements of these show the server that its grant was lost.
        link.send(server, 1, 10)
        link.write(server)
        link.deliver(server, server.outbound.pop())
        link.write(client)
    for content in client.outbound[wishes:] + client.outbound[:wishes]:
        link.deliver(client, content)
    client.outbound.clear()
    for _ in range(100):
        link.exchange()
        link.wait(20 * MS)
    assert server.got(70) == client.accepted[70]
