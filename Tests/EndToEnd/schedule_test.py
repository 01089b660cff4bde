"""A schedule whose moment comes while the service runs."""

import datetime
import json
import time
import unittest

from service import Receiver, Service, wait_for


class ScheduleTest(unittest.TestCase):
    def test_a_near_minute_posts_one_tip_and_a_restart_posts_no_second(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        now = datetime.datetime.now(datetime.timezone.utc)
        moment = now + datetime.timedelta(minutes=1 if now.second < 50 else 2)
        service = Service(
            receiver=receiver,
            extra=f"""
schedules:
  morning: {{ channel: leads, at: "{moment:%H:%M}", time-zone: UTC, topics: [trust] }}
""").start()
        self.addCleanup(service.close)
        wait_for(lambda: receiver.texts("/webhook"), 150, "the tip")
        service.kill()
        service.start()
        history = json.loads(service.coach("schedule", "history", "--json").stdout)["occurrences"]
        self.assertEqual([row["outcome"] for row in history], ["posted"])

        def is_delivered():
            rows = json.loads(service.coach("deliveries", "list", "--json").stdout)["deliveries"]
            return rows and all(row["state"] not in ("pending", "leased") for row in rows)
        wait_for(is_delivered, 60, "the delivery to be settled")
        # The service ticks at least once a second after the start; two seconds hold a tick in any case.
        time.sleep(2)
        self.assertEqual(len(receiver.texts("/webhook")), 1)

    def test_schedule_next_prints_utc_and_local_time(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        service = Service(
            receiver=receiver,
            extra="""
schedules:
  morning: { channel: leads, at: "weekdays 09:00", time-zone: Europe/Berlin }
""")
        self.addCleanup(service.close)
        printed = service.coach("schedule", "next", "--from", "2026-03-27T12:00:00Z", "--count", "2").stdout
        self.assertIn("2026-03-30T07:00:00Z  Mon 2026-03-30 09:00 +02:00", printed)
