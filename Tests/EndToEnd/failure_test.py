"""What an operator can get wrong: each is one clear line with the remedy, the exit status as designed, nothing lost."""

import os
import pathlib
import re
import socket
import subprocess
import unittest

from service import Receiver, Service


class FailureTest(unittest.TestCase):
    def refused(self, service, status, *words, lines=1):
        done = service.coach("serve", check=False)
        printed = done.stderr.strip().splitlines()
        errors = [line for line in printed if line.startswith("coach: ")]
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertEqual(len(errors), lines, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def service(self, **keywords):
        service = Service(**keywords)
        self.addCleanup(service.close)
        return service

    def receiver(self):
        receiver = Receiver()
        self.addCleanup(receiver.close)
        return receiver

    def test_unknown_keys_and_wrong_values_are_named_all_at_once_with_their_lines(self):
        service = self.service(extra="lines: {}\nprivacy: { keep: soon }\n")
        self.refused(service, 78, "line 7: lines: is not a key; did you mean line?", "privacy.keep", "30d", lines=2)

    def test_a_missing_secret_is_named(self):
        service = self.service(receiver=self.receiver(), environment={"SLACK_SIGNING_SECRET": ""})
        self.refused(service, 78, "channels.leads.signing-secret", "SLACK_SIGNING_SECRET is not set")

    def test_a_secret_in_the_configuration_is_refused_and_not_repeated(self):
        service = self.service(receiver=self.receiver())
        text = service.config.read_text().replace("env:SLACK_SIGNING_SECRET", "8f742231b10e8888abcd")
        service.config.write_text(text)
        self.refused(service, 78, "channels.leads.signing-secret", "env:NAME")
        self.assertNotIn("8f742231b10e", service.coach("serve", check=False).stderr)

    def test_a_port_in_use_is_named(self):
        service = self.service()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", service.line_port))
            taken.listen()
            self.refused(service, 69, str(service.line_port), "line.listen")

    def test_a_corrupt_index_is_refused_by_offset_and_rebuilt(self):
        service = self.service()
        service.coach("index")
        index = next(pathlib.Path(service.path, "var").glob("index*"))
        data = bytearray(index.read_bytes())
        data[len(data) // 2] ^= 0x10
        index.write_bytes(data)
        self.assertIn("refused", service.coach("doctor", check=False).stdout + service.coach("index").stdout)
        service.start()
        self.assertIn("[personal-power", service.nc("What is personal power?\n"))

    def test_a_corrupt_database_is_refused_and_left_as_it_is(self):
        service = self.service()
        data = pathlib.Path(service.path, "var")
        data.mkdir(mode=0o700)
        (data / "coach.sqlite").write_bytes(b"this is no database" * 100)
        self.refused(service, 65, "damaged", "backup")
        self.assertEqual((data / "coach.sqlite").read_bytes(), b"this is no database" * 100)

    def test_an_unreadable_knowledge_file_is_named_and_the_rest_serves(self):
        service = self.service()
        folder = service.path / "own"
        folder.mkdir()
        (folder / "broken.md").write_bytes(b"---\ntitle: [unclosed\n---\ntext\n")
        service.config.write_text(service.config.read_text().replace('Knowledge"]', f'Knowledge", "{folder}"]'))
        service.start()
        self.assertIn("broken.md", service.log_text())
        self.assertIn("[personal-power", service.nc("What is personal power?\n"))

    def test_a_knowledge_folder_that_is_missing_is_named(self):
        service = self.service()
        service.config.write_text(service.config.read_text().replace('Knowledge"]', 'Nowhere"]'))
        self.refused(service, 78, "Nowhere", "knowledge.folders")

    @unittest.skipUnless(os.geteuid() == 0, "a small disk can be mounted by root only")
    def test_a_full_disk_at_the_start_is_named(self):
        service = self.service()
        data = service.path / "var"
        data.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(data)], check=False)
        if mounted.returncode != 0:
            self.skipTest("this machine does not let a small disk be mounted")
        self.addCleanup(subprocess.run, ["umount", str(data)], check=False)
        (data / "filler").write_bytes(b"x" * 60_000)
        self.refused(service, 69, "var")

    def test_usage_errors_have_their_status(self):
        service = self.service()
        for arguments in (["search"], ["tip", "--date", "yesterday"], ["deliveries", "show", "x"], ["nonsense"]):
            done = service.coach(*arguments, check=False)
            self.assertEqual(done.returncode, 64, (arguments, done.stderr))

    def test_config_shows_references_and_no_secret(self):
        service = self.service(receiver=self.receiver())
        printed = service.coach("config").stdout
        self.assertIn("env:SLACK_SIGNING_SECRET", printed)
        self.assertNotIn(service.environment["SLACK_SIGNING_SECRET"], printed)
        again = service.path / "again.yaml"
        again.write_text(printed)
        service.config, before = again, printed
        self.assertEqual(service.coach("config").stdout, before)

    def test_every_verb_has_help(self):
        listed = subprocess.run([os.environ["COACH"], "--help"], capture_output=True, text=True, check=True).stdout
        verbs = re.findall(r"^  ([a-z]+) ", listed.split("SUBCOMMANDS:")[1], re.MULTILINE)
        self.assertGreaterEqual(len(verbs), 10)
        for verb in verbs:
            done = subprocess.run([os.environ["COACH"], verb, "--help"], capture_output=True, text=True, check=True)
            self.assertIn("USAGE", done.stdout)
