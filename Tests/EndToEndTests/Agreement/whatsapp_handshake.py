"""pywa's validation accepts the engine's handshake, and the stand-in's signatures.

Arguments: the engine's URL of WhatsApp's webhook, the verify token, the app secret. Standard input: a request of the stand-in, as JSON.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

import pywa
from pywa.utils import webhook_updates_validator

url, verify_token, app_secret = sys.argv[1:]
client = pywa.WhatsApp(phone_id="1", token="x", server=None, verify_token=verify_token, app_secret=app_secret)


def get(token, challenge):
    query = urllib.parse.urlencode({"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": token})
    try:
        with urllib.request.urlopen(f"{url}?{query}") as response:
            return response.read().decode(), response.status
    except urllib.error.HTTPError as error:
        return None, error.code


for token in (verify_token, verify_token + "x", ""):
    theirs, status = client.webhook_challenge_handler(token, "1158201444")
    ours, our_status = get(token, "1158201444")
    assert our_status == status, (token, our_status, status)
    assert status != 200 or ours == theirs, (ours, theirs)

request = json.load(sys.stdin)
body = request["body"].encode()
headers = {name.lower(): value for name, value in request["headers"].items()}
signature = headers["x-hub-signature-256"]
assert webhook_updates_validator(app_secret, body, signature), "the stand-in's signature is not Meta's"
assert not webhook_updates_validator(app_secret, body + b" ", signature)
update = json.loads(body)
message = update["entry"][0]["changes"][0]["value"]["messages"][0]
assert message["type"] == "text" and message["text"]["body"], message
print("pywa agrees")
