"""The socket, as `nc`, `telnet` and programs use it."""

import json
import os
import pty
import select
import socket
import subprocess
import time
import unittest

from service import Service, wait_for


class LineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service().start()

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def test_a_question_by_nc_is_answered_with_its_source(self):
        printed = self.service.nc("How is personal power different from authority?\n")
        self.assertIn("[personal-power", printed)
        self.assertTrue(printed.endswith("\n\n"))

    def test_the_same_question_as_json_gives_one_line_of_json(self):
        printed = self.service.nc('{"ask":"How is personal power different from authority?","id":"7"}\n')
        replies = [line for line in printed.splitlines() if line.startswith("{")]
        self.assertEqual(len(replies), 1)
        reply = json.loads(replies[0])
        self.assertEqual((reply["kind"], reply["id"]), ("answer", "7"))
        self.assertEqual(reply["passages"][0]["document"], "personal-power")
        self.assertIn(reply["answer"].split(". ")[0], " ".join(p["text"] for p in reply["passages"]))

    def test_what_the_knowledge_does_not_hold_is_said_to_be_unknown(self):
        self.assertIn("do not know", self.service.nc("What is the capital of Mongolia?\n"))
        printed = self.service.nc('{"ask":"What is the capital of Mongolia?"}\n')
        self.assertIn('"kind":"unknown"', printed)

    def test_a_last_line_without_an_end_is_answered(self):
        self.assertIn("[personal-power", self.service.nc("What is personal power?"))

    def test_pipelined_requests_are_answered_in_their_order(self):
        requests = "".join(f'{{"ask":"What is trust?","id":"{number}"}}\n' for number in range(200))
        replies = [json.loads(line) for line in self.service.nc(requests).splitlines() if line.startswith("{")]
        self.assertEqual([reply["id"] for reply in replies], [str(number) for number in range(200)])

    def test_a_line_beyond_the_limit_is_refused_and_the_next_one_is_answered(self):
        printed = self.service.nc('{"ask":"' + "a" * 9000 + '"}\n{"ask":"What is trust?","id":"next"}\n')
        self.assertIn('"id":"next"', printed)
        self.assertEqual(printed.count("line-too-long") + printed.count("too long"), 1)

    def test_commands_follow_the_conversation(self):
        printed = self.service.nc("What is personal power?\n/more\n/sources\n/why\n/tip\n/status\n/nonsense\n/quit\n")
        self.assertIn("Inner Leadership, Westside Toastmasters", " ".join(printed.split()))
        self.assertIn("percent sure", printed)
        self.assertIn("There is no command /nonsense", printed)

    def test_a_conversation_goes_on_over_another_connection(self):
        first = json.loads(self.service.nc('{"ask":"What is personal power?"}\n').splitlines()[-1])
        more = self.service.nc(json.dumps({"ask": "/more", "conversation": first["conversation"]}) + "\n")
        reply = json.loads(more.splitlines()[-1])
        self.assertEqual(reply["conversation"], first["conversation"])
        self.assertEqual(reply["kind"], "answer")

    def test_an_http_request_is_told_so(self):
        printed = self.service.nc("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertIn("HTTP", printed)
        self.assertNotIn("[", printed.split("\n", 1)[1])

    def test_no_option_byte_is_sent_to_a_client_that_sent_none(self):
        with socket.create_connection(("127.0.0.1", self.service.line_port)) as client:
            client.sendall(b"What is trust?\n")
            client.shutdown(socket.SHUT_WR)
            received = b"".join(iter(lambda: client.recv(65536), b""))
        self.assertNotIn(b"\xff", received)

    def test_telnet_in_a_terminal_works(self):
        terminal, inside = pty.openpty()
        telnet = subprocess.Popen(
            ["telnet", "127.0.0.1", str(self.service.line_port)], stdin=inside, stdout=inside, stderr=inside)
        os.close(inside)
        printed = bytearray()

        def read_until(words):
            deadline = time.monotonic() + 20
            while words not in printed and time.monotonic() < deadline:
                if select.select([terminal], [], [], 0.2)[0]:
                    try:
                        printed.extend(os.read(terminal, 65536))
                    except OSError:
                        break
            self.assertIn(words, bytes(printed))

        read_until(b"Inner Coach")
        os.write(terminal, b"What is personal power?\r")
        read_until(b"[personal-power")
        os.write(terminal, b"/quit\r")
        read_until(b"Connection closed")
        telnet.wait(timeout=10)
        os.close(terminal)

    def test_a_client_that_negotiates_gets_a_prompt_and_its_own_width(self):
        iac, do, will, sb, se, naws = 255, 253, 251, 250, 240, 31
        with socket.create_connection(("127.0.0.1", self.service.line_port)) as client:
            client.sendall(bytes([iac, will, naws, iac, sb, naws, 0, 40, 0, 24, iac, se]) + b"What is trust?\r\n")
            received = bytearray()
            client.settimeout(10)
            while b"\r\n> " not in received or b"[" not in received:
                received.extend(client.recv(65536))
        self.assertIn(bytes([iac, do, naws]), received)
        lines = received.split(b"\r\n")[1:-1]
        self.assertLessEqual(max(len(line) for line in lines), 45)


class LifeTest(unittest.TestCase):
    def test_sigterm_drains_and_ends_with_zero(self):
        service = Service().start()
        self.addCleanup(service.close)
        with socket.create_connection(("127.0.0.1", service.line_port)) as client:
            client.recv(65536)
            self.assertEqual(service.stop(), 0)
            rest = b"".join(iter(lambda: client.recv(65536), b""))
        self.assertIn(b"down", rest.lower())

    def test_a_second_service_on_the_same_data_is_refused(self):
        service = Service().start()
        self.addCleanup(service.close)
        second = service.coach("serve", check=False)
        self.assertEqual(second.returncode, 69)
        self.assertIn("Another coach serves", second.stderr)
        self.assertEqual(len(second.stderr.strip().splitlines()), 1)

    def test_a_changed_document_is_live_within_seconds(self):
        service = Service()
        self.addCleanup(service.close)
        folder = service.path / "own"
        folder.mkdir()
        text = service.config.read_text()
        service.config.write_text(text.replace('Knowledge"]', f'Knowledge", "{folder}"]'))
        service.start()
        self.assertIn("do not know", service.nc("What is the zeppelin rota?\n"))
        (folder / "zeppelin.md").write_text("# Zeppelin rota\n\nThe zeppelin rota names who moors the zeppelin each week.\n")
        wait_for(lambda: "moors the zeppelin" in service.nc("What is the zeppelin rota?\n"), 10, "the new document")
        (folder / "zeppelin.md").unlink()
        wait_for(lambda: "do not know" in service.nc("What is the zeppelin rota?\n"), 10, "the document to be gone")
