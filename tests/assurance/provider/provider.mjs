// A council's sign-in, as it would be: node's oidc-provider, with one person, who signs in at once.
// POST /fault says which fault its next tokens have: nonce, audience, expired, signature, algorithm, or none;
// POST /leaver takes the person out, and /joiner brings them back.
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";

const [client, secret, redirect, address] = process.argv.slice(2);
const ours = await generateKeyPair("RS256", { extractable: true });
const foreign = await generateKeyPair("RS256", { extractable: true });
let provider, fault = "", gone = false;
const server = createServer((request, answer) => provider.callback()(request, answer));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const issuer = `http://127.0.0.1:${server.address().port}`;
provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect] }],
  jwks: { keys: [{ ...(await exportJWK(ours.privateKey)), kid: "ours", alg: "RS256", use: "sig" }] },
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, sub) => gone ? undefined : ({
    accountId: sub, claims: () => ({ sub, email: address, email_verified: true, name: "Pat" }),
  }),
  loadExistingGrant: async (context) => {
    const grant = new provider.Grant({ clientId: client, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

async function forged(token) {
  const said = decodeJwt(token);
  if (fault === "nonce") said.nonce = "of another try";
  if (fault === "audience") said.aud = "another service";
  if (fault === "expired") said.exp = Math.floor(Date.now() / 1000) - 3600;
  if (fault === "algorithm") {
    return new SignJWT(said).setProtectedHeader({ alg: "HS256", kid: "ours" }).sign(Buffer.from(secret));
  }
  const key = fault === "signature" ? foreign.privateKey : ours.privateKey;
  return new SignJWT(said).setProtectedHeader({ alg: "RS256", kid: "ours" }).sign(key);
}

provider.use(async (context, next) => {
  if (context.path.startsWith("/interaction/")) {
    if (gone) return void (context.status = 403, context.body = "Your account is closed.");
    const result = { login: { accountId: "pat" } };
    const there = await provider.interactionResult(context.req, context.res, result, { mergeWithLastSubmission: false });
    return void context.redirect(there);
  }
  if (context.path === "/fault") return void (fault = context.query.of ?? "", context.body = fault);
  if (context.path === "/leaver") return void (gone = true, context.body = "gone");
  if (context.path === "/joiner") return void (gone = false, context.body = "back");
  await next();
  if (fault && context.path === "/token" && context.body?.id_token) {
    context.body = { ...context.body, id_token: await forged(context.body.id_token) };
  }
});
console.log(issuer);
