"""A mail server for the tests: aiosmtpd on loopback. Keeps each mail in a folder as N.eml; ends when
its standard input does. Usage: mail_server.py FOLDER MODE [CERTIFICATE KEY]"""

import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder, mode = sys.argv[1:3]
counts = {"mail": 0, "attempt": 0}


def keep(envelope):
    counts["mail"] += 1
    path = os.path.join(folder, f"{counts['mail']}.eml")
    with open(path + ".new", "wb") as file:
        file.write(f"X-From: {envelope.mail_from}\r\n".encode())
        for reader in envelope.rcpt_tos:
            file.write(f"X-To: {reader}\r\n".encode())
        file.write(envelope.content)
    os.rename(path + ".new", path)


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if mode == "refuse-sender":
            return "550 not this sender"
        if mode == "stall":
            await asyncio.sleep(3600)
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "refuse" or (mode == "refuse-one" and address.startswith("gone")):
            return "550 no such mailbox"
        if mode == "later":
            return "450 not now"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        counts["attempt"] += 1
        keep(envelope)
        if mode == "drop" or (mode == "drop-once" and counts["attempt"] == 1):
            server.transport.abort()
            return "421 unheard"
        if mode == "refuse-message":
            return "554 not this message"
        return "250 kept"


def check(server, session, envelope, mechanism, given):
    known = given.login == b"protoflow" and given.password == b"s3cret"
    return AuthResult(success=known, handled=known)  # not handled: the server says 535 by itself


def make():
    context = None
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
    return SMTP(
        Handler(),
        tls_context=context,
        require_starttls=context is not None,
        authenticator=check,
        auth_required=mode == "auth",
        auth_require_tls=context is not None,
        enable_SMTPUTF8=True,
    )


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0)
    with open(os.path.join(folder, "port"), "w", encoding="ascii") as pipe:
        pipe.write(str(server.sockets[0].getsockname()[1]))
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
