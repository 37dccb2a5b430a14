// A receiver of webhooks as others write them: CloudEvents by `cloudevents`, the HMAC by
// `standardwebhooks`, Ed25519, which that does not know, by node itself. Arguments: the secret
// (whsec_…), the public key (whpk_…), how many events. Prints its port, then a line for each event.
import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import { HTTP } from "cloudevents";
import { Webhook } from "standardwebhooks";

const [secret, publicKey, count] = process.argv.slice(2);
const patience = 60_000;
const derOfEd25519 = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410, before the 32 bytes
const key = createPublicKey({
  key: Buffer.concat([derOfEd25519, Buffer.from(publicKey.replace("whpk_", ""), "base64")]),
  format: "der",
  type: "spki",
});
const webhook = new Webhook(secret);

function isSignedByKey(headers, body) {
  const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  return headers["webhook-signature"]
    .split(" ")
    .filter((each) => each.startsWith("v1a,"))
    .some((each) => verify(null, signed, key, Buffer.from(each.slice(4), "base64")));
}

function refuses(check) {
  try {
    return check() === false;
  } catch {
    return true;
  }
}

function judge(headers, body) {
  const event = HTTP.toEvent({ headers, body });
  event.validate();
  webhook.verify(body, headers);
  if (!isSignedByKey(headers, body)) {
    throw new Error("the Ed25519 signature does not hold");
  }
  const forged = body.replace("protoflow.", "protoflow,");
  if (!refuses(() => webhook.verify(forged, headers)) || !refuses(() => isSignedByKey(headers, forged))) {
    throw new Error("a body that was changed is taken");
  }
  if (event.id !== headers["webhook-id"]) {
    throw new Error("the event has another id than the webhook");
  }
  return `ok ${event.type} ${event.source}`;
}

let left = Number(count);
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    try {
      console.log(judge(request.headers, Buffer.concat(chunks).toString("utf8")));
    } catch (error) {
      console.log(`bad ${error.message}`);
    }
    response.writeHead(204, { Connection: "close" }).end();
    left -= 1;
    if (left === 0) {
      server.close();
      clearTimeout(late);
    }
  });
});
const late = setTimeout(() => {
  console.log("bad nothing more came");
  process.exit(1);
}, patience);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
