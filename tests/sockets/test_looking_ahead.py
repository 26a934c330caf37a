"""A server with more peers than fit into a processor's caches: it looks ahead in each batch, whatever stands there."""

import random
import socket
from functools import partial

from fastnet import Client, Config
from socket_world import Stage, make_server, trusting

PEERS = 120
CROWD = Config(handshakes_max=256, handshakes_per_address=256, handshake_rate_per_s=1_000, handshake_burst=1_000)


def all_have(stage: Stage, clients: list[Client], count: int) -> bool:
    return all(len(stage.data(client)) == count for client in clients)


def test_every_one_of_a_crowd_is_answered_also_among_garbage_and_the_departed() -> None:
    server = make_server(config=CROWD)
    stage, prng = Stage(server), random.Random(1)
    clients = [Client(server.tcp_address, trust=trusting(server)) for _ in range(PEERS + 8)]
    for client in clients:
        stage.add(client)
    stage.play(lambda: all(stage.has(client) for client in clients) and len(server.peers()) == len(clients))
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    staying, leaving = clients[:PEERS], clients[PEERS:]
    for number in range(3):
        for client in staying:
            client.send(1, 0, b"number %d" % number)
            stranger.sendto(prng.randbytes(prng.randrange(1, 80)), server.udp_address)
        for client in leaving if number == 1 else ():  # Their datagrams wait in the same batches.
            client.disconnect(1)
        stage.play(partial(all_have, stage, staying, number + 1))
    assert all(stage.data(client) == [b"number 0", b"number 1", b"number 2"] for client in staying)
    assert sum(server.stats().drops.values()) >= 3 * PEERS
    stranger.close()
    stage.close()
