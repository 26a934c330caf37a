"""A client for a frame loop: `python frame_client.py [TCP_ADDRESS]` sends its position every frame for a second."""

import sys
import time

from fastnet import Client, Connected, Data, Disconnected

server_addr = sys.argv[1] if len(sys.argv) > 1 else "localhost:7778"
with Client(server_addr) as client:  # Connects while the loop already runs
    connected, echoes, frame = False, 0, 0
    while frame < 60:
        for event in client.poll():
            match event:
                case Connected():
                    connected = True
                case Data():
                    echoes += 1
                case Disconnected(_, code, reason):
                    sys.exit(f"Disconnected: {code} {reason}")
        if connected:
            client.send(1, 3, f"position {frame}".encode())  # Channel 3: only the latest counts
            frame += 1
        time.sleep(1 / 60)  # Your game draws here
    print(f"{echoes} echoes in {frame} frames")
