"""Slack, by requests that its own library signs, and a receiver on loopback that libcurl posts to."""

import json
import subprocess
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

from slack_sdk.signature import SignatureVerifier

from service import SIGNING_SECRET, Receiver, Service, wait_for


class SlackTest(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.service = Service(receiver=self.receiver).start()
        self.addCleanup(self.service.close)

    def post(self, body, content_type, timestamp=None, signature=None):
        """Returns the status, the body of the answer and how long it took."""
        timestamp = str(timestamp if timestamp is not None else int(time.time()))
        if signature is None:
            signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=timestamp, body=body)
        request = urllib.request.Request(
            self.service.url("/hooks/leads"), data=body, method="POST",
            headers={
                "Content-Type": content_type, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature,
            })
        start = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read(), time.monotonic() - start
        except urllib.error.HTTPError as error:
            return error.code, error.read(), time.monotonic() - start

    def slash(self, text, trigger="1.2.3", **keywords):
        body = urllib.parse.urlencode({
            "team_id": "T1", "channel_id": "C1", "channel_name": "leads", "user_id": "U1", "user_name": "anna",
            "command": "/coach", "text": text, "trigger_id": trigger,
            "response_url": f"http://127.0.0.1:{self.receiver.port}/response/{trigger}",
        }).encode()
        return self.post(body, "application/x-www-form-urlencoded", **keywords)

    def event(self, inner, event_id="Ev1", **keywords):
        body = json.dumps({
            "type": "event_callback", "team_id": "T1", "event_id": event_id, "event_time": int(time.time()),
            "event": inner,
        }).encode()
        return self.post(body, "application/json", **keywords)

    def mention(self, text, event_id="Ev1", ts="1790000000.000100", **keywords):
        return self.event(
            {"type": "app_mention", "user": "U1", "text": f"<@UBOT> {text}", "ts": ts, "channel": "C1"}, event_id,
            **keywords)

    def arrived(self, count, path=None):
        wait_for(lambda: len(self.receiver.texts(path)) >= count, 15, f"{count} posts to {path or 'anywhere'}")
        return self.receiver.texts(path)

    def settled(self):
        """Waits until nothing is on its way any more."""
        def is_idle():
            rows = json.loads(self.service.coach("deliveries", "list", "--json").stdout)["deliveries"]
            return all(row["state"] not in ("pending", "leased") for row in rows)
        wait_for(is_idle, 15, "all deliveries to be settled")

    def test_a_slash_command_is_acknowledged_and_answered(self):
        status, _, seconds = self.slash("How is personal power different from authority?")
        self.assertEqual(status, 200)
        self.assertLess(seconds, 3)
        self.assertIn("ersonal power", self.arrived(1, "/response/1.2.3")[0])

    def test_a_mention_is_answered_in_its_thread(self):
        status, _, _ = self.mention("How can I get my team to trust me after I broke a promise?")
        self.assertEqual(status, 200)
        self.arrived(1, "/webhook")
        posted = json.loads(self.receiver.posts[0][1])
        self.assertEqual(posted["thread_ts"], "1790000000.000100")
        self.assertIn("promise", posted["text"])

    def test_a_direct_message_is_answered(self):
        status, _, _ = self.event({
            "type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "What is personal power?",
            "ts": "1790000001.000100"})
        self.assertEqual(status, 200)
        self.assertIn("ersonal power", self.arrived(1)[0])

    def test_the_conversation_is_kept_between_requests(self):
        self.slash("What is personal power?", trigger="1")
        self.arrived(1, "/response/1")
        self.slash("more", trigger="2")
        self.assertIn("ersonal power", self.arrived(1, "/response/2")[0])

    def test_url_verification_is_answered_only_when_signed(self):
        body = json.dumps({"type": "url_verification", "challenge": "abc123", "token": "x"}).encode()
        status, answer, _ = self.post(body, "application/json")
        self.assertEqual(status, 200)
        self.assertIn(b"abc123", answer)
        status, answer, _ = self.post(body, "application/json", signature="v0=" + "0" * 64)
        self.assertEqual(status, 401)
        self.assertNotIn(b"abc123", answer)

    def test_forged_stale_and_repeated_requests_post_nothing(self):
        self.assertEqual(self.slash("What is trust?", signature="v0=" + "0" * 64)[0], 401)
        self.assertEqual(self.slash("What is trust?", timestamp=int(time.time()) - 301)[0], 401)
        self.assertEqual(self.mention("What is trust?", timestamp=int(time.time()) + 400)[0], 401)
        for _ in range(4):
            self.assertEqual(self.mention("What is trust?", event_id="Ev9")[0], 200)
        # The same post may come once more as another kind of event.
        self.event({
            "type": "message", "channel_type": "im", "channel": "C1", "user": "U1", "text": "<@UBOT> What is trust?",
            "ts": "1790000000.000100"}, event_id="Ev10")
        self.arrived(1)
        self.settled()
        self.assertEqual(len(self.receiver.texts()), 1)

    def test_a_reply_survives_kill_9_between_acknowledgement_and_delivery(self):
        self.receiver.status = 503
        self.assertEqual(self.slash("What is personal power?", trigger="kill")[0], 200)
        self.arrived(1, "/response/kill")
        self.service.kill()
        before = len(self.receiver.texts("/response/kill"))
        self.receiver.status = 200
        self.service.start()
        wait_for(
            lambda: len(self.receiver.texts("/response/kill")) > before, 60, "the reply after the restart")
        self.settled()
        self.assertEqual(len(self.receiver.texts("/response/kill")), before + 1)

    def test_a_reply_that_was_never_tried_is_delivered_once_after_kill_9(self):
        self.receiver.close()
        self.assertEqual(self.slash("What is personal power?", trigger="once")[0], 200)
        self.service.kill()
        self.receiver.open(self.receiver.port)
        self.service.start()
        wait_for(lambda: self.receiver.texts("/response/once"), 60, "the reply after the restart")
        self.settled()
        self.assertEqual(len(self.receiver.texts("/response/once")), 1)

    def test_the_question_is_stored_nowhere(self):
        canary = "xylophonequartzcanary"
        self.slash(f"What is personal power, {canary}?")
        self.arrived(1)
        self.service.stop()
        for file in self.service.path.rglob("*"):
            if file.is_file():
                self.assertNotIn(canary.encode(), file.read_bytes(), file)
        self.assertNotIn(canary, self.receiver.texts()[0])


class ToolTest(unittest.TestCase):
    def test_curl_gets_a_problem_for_an_unknown_channel(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        service = Service(receiver=receiver).start()
        self.addCleanup(service.close)
        printed = subprocess.run(
            ["curl", "-sS", "-i", "-X", "POST", "-d", "x=1", service.url("/hooks/nobody")], capture_output=True, text=True,
            check=True).stdout
        self.assertIn("404", printed.splitlines()[0])
        self.assertIn("application/problem+json", printed)
