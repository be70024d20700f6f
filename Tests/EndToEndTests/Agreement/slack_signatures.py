"""Slack's own package signs what the engine takes, and accepts what the stand-in signs.

Arguments: the engine's URL of Slack's events, the signing secret. Standard input: a request of the stand-in, as JSON.
"""

import json
import sys
import time
import urllib.error
import urllib.request

from slack_sdk.signature import SignatureVerifier

url, secret = sys.argv[1:]
verifier = SignatureVerifier(secret)

theirs = json.load(sys.stdin)
assert verifier.is_valid_request(theirs["body"], theirs["headers"]), "the stand-in's signature is not Slack's"


def post(body, content_type, signed=None):
    timestamp = str(int(time.time()))
    signature = verifier.generate_signature(timestamp=timestamp, body=signed if signed is not None else body)
    headers = {"Content-Type": content_type, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body.encode(), headers)) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


challenge = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", "text": "ä 🙂"})
status, answer = post(challenge, "application/json")
assert status == 200 and "3eZbrw1aBm2r" in answer, (status, answer)
status, answer = post("ssl_check=1&token=x", "application/x-www-form-urlencoded")
assert status == 200, (status, answer)
status, answer = post(challenge, "application/json", signed=challenge + " ")
assert status == 401, (status, answer)
print("slack-sdk agrees")
