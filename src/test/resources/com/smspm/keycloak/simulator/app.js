// The smallest honest OpenID Connect client: it knows nothing of how its users are authenticated.
const issuer = "http://localhost:8080/realms/smspm-demo";
// Another client of the demo realm logs in through another flow: /app?client=demo-step-up
const asked = new URLSearchParams(location.search).get("client");
if (asked) sessionStorage.setItem("client", asked);
const client = sessionStorage.getItem("client") ?? "demo-app";
const here = `${location.origin}/app`;
const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
const byId = (id) => document.getElementById(id);

async function login(more = {}) {
  const verifier = random();
  const state = random();
  sessionStorage.setItem(state, verifier);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const parameters = { client_id: client, redirect_uri: here, response_type: "code", scope: "openid phone", state,
    code_challenge: encode(new Uint8Array(digest)), code_challenge_method: "S256", ...more };
  location.assign(`${issuer}/protocol/openid-connect/auth?${new URLSearchParams(parameters)}`);
}

async function redeem(parameters) {
  const verifier = sessionStorage.getItem(parameters.get("state"));
  sessionStorage.removeItem(parameters.get("state"));
  history.replaceState(null, "", here);
  if (!verifier || !parameters.has("code")) return;
  const answer = await fetch(`${issuer}/protocol/openid-connect/token`, { method: "POST", body: new URLSearchParams({
    grant_type: "authorization_code", client_id: client, redirect_uri: here, code: parameters.get("code"), code_verifier: verifier }) });
  if (!answer.ok) return;
  const token = (await answer.json()).id_token;
  const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
  const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
  byId("who").textContent = `You are ${claims.preferred_username}.`;
  byId("claims").textContent = JSON.stringify(claims, null, 2);
  for (const id of ["claims", "change", "logout"]) byId(id).hidden = false;
  byId("confirm").hidden = client !== "demo-step-up";
  byId("login").hidden = true;
  byId("logout").addEventListener("click", () => location.assign(`${issuer}/protocol/openid-connect/logout?${
    new URLSearchParams({ id_token_hint: token, post_logout_redirect_uri: here })}`));
}

byId("login").addEventListener("click", () => login());
byId("change").addEventListener("click", () => login({ kc_action: "smspm-phone-number" }));
byId("confirm").addEventListener("click", () => login({ acr_values: "sms" }));
const parameters = new URLSearchParams(location.search);
if (parameters.has("state")) await redeem(parameters);
