"""Discord's own package and PyNaCl sign what the engine takes, and accept what the stand-in signs.

Arguments: the engine's URL of Discord's interactions, the seed of the key in hex. Standard input: a request of the stand-in, as JSON.
"""

import json
import sys
import time
import urllib.error
import urllib.request

from discord_interactions import verify_key
from nacl.signing import SigningKey

url, seed = sys.argv[1:]
key = SigningKey(bytes.fromhex(seed))
public = key.verify_key.encode().hex()

theirs = json.load(sys.stdin)
headers = {name.lower(): value for name, value in theirs["headers"].items()}
assert verify_key(theirs["body"].encode(), headers["x-signature-ed25519"], headers["x-signature-timestamp"], public), \
    "the stand-in's signature is not Discord's"


def post(body, signature=None):
    timestamp = str(int(time.time()))
    signature = signature or key.sign(timestamp.encode() + body).signature.hex()
    assert verify_key(body, signature, timestamp, public) or signature == "00" * 64
    headers = {"Content-Type": "application/json", "X-Signature-Timestamp": timestamp, "X-Signature-Ed25519": signature}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        return error.code, error.read()


status, answer = post(json.dumps({"id": "1", "application_id": "2", "type": 1}).encode())
assert status == 200 and answer == {"type": 1}, (status, answer)
status, answer = post(b'{"type":1}', signature="00" * 64)
assert status == 401, (status, answer)
print("discord-interactions and PyNaCl agree")
